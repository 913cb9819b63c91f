"""The table of hidden characters against the data of Unicode that Python and Perl have.

    test_hidden.py PRINT_HIDDEN

The table may be of a later Unicode than they are: what it has beyond theirs must be unassigned there."""
import shutil
import subprocess
import sys
import unicodedata

PROPERTIES = r"\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}"
# Prints the characters with one of the properties.
PERL = r"""for my $c (0 .. 0x10ffff) {
    next if $c >= 0xd800 && $c <= 0xdfff;
    printf "%%x\n", $c if chr($c) =~ /%s/;
}""" % PROPERTIES


def numbers(command):
    return {int(line, 16) for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()}


def show(characters):
    return ", ".join("U+%04X" % c for c in sorted(characters)[:20])


def main():
    table = numbers([sys.argv[1]])
    expected = {c for c in range(0x110000) if unicodedata.category(chr(c)) in ("Cc", "Cf", "Zl", "Zp")}
    print("Python has Unicode %s: %d characters" % (unicodedata.unidata_version, len(expected)))
    perl = shutil.which("perl")
    if perl:
        properties = numbers([perl, "-e", PERL])
        if len(properties) < 4000:
            sys.exit("perl found %d characters only" % len(properties))
        print("Perl: %d characters" % len(properties))
        expected |= properties
    else:
        print("there is no perl: Default_Ignorable_Code_Point and Bidi_Control are not compared")
    missing = expected - table
    surplus = {c for c in table - expected if unicodedata.category(chr(c)) != "Cn"}
    if not perl:
        surplus = set()
    if missing or surplus:
        sys.exit("missing: %s\nsurplus: %s" % (show(missing), show(surplus)))
    print("%d of %d are in the table" % (len(expected), len(expected)))


main()
