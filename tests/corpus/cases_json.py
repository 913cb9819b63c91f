"""corpus/packs/invalid, the header as JSON: sections 1.3 and 4.2.2 to 4.2.4, rules json-*."""

from builder import SCENE, entry, header, one_scene, pack, wanted
from case import after, at

HEADER = header([entry()]).encode()
METADATA = b'"metadata":{'
START = 32


def raw(old, new):
    """The pack of one SCENE with one piece of its header replaced, byte for byte."""
    assert HEADER.count(old) == 1, old
    return pack(HEADER.replace(old, new), SCENE)


def name(spelling):
    """The same with another spelling between the quotes of the name."""
    return raw(b'"asset_name":"scene"', b'"asset_name":"' + spelling + b'"')


def metadata(text):
    return raw(b'"metadata":{}', b'"metadata":' + text)


def text(header_text):
    """A pack whose header is no table at all; nothing stands behind it."""
    return pack(header_text)


NAME = '"asset_name":"'


def add(cases):
    _encoding(cases)
    _syntax_text(cases)
    _syntax_values(cases)
    _depth(cases)
    _duplicates(cases)
    _canonical_text(cases)
    _canonical_strings(cases)
    _several(cases)


def _encoding(cases):
    refused = cases.refused
    refused("json-encoding.bom", pack(b"\xef\xbb\xbf" + HEADER, SCENE), START, "a byte-order mark before the header")
    for variant, spelling, note in (
            ("lead-ff", b"\xff", "FF is no byte of UTF-8"),
            ("continuation", b"\x80", "a continuation byte without a lead"),
            ("latin-1", b"\xe9t\xe9", "Latin-1 text"),
            ("overlong-2", b"\xc0\x80", "U+0000 in two bytes"),
            ("overlong-3", b"\xe0\x9f\xbf", "U+07FF in three bytes"),
            ("overlong-4", b"\xf0\x8f\xbf\xbf", "U+FFFF in four bytes"),
            ("surrogate", b"\xed\xa0\x80", "a surrogate in three bytes"),
            ("beyond-last", b"\xf4\x90\x80\x80", "U+110000"),
            ("cut-by-quote", b"a\xf0\x9f\x98", "the string ends inside a character"),
    ):
        first = spelling.lstrip(b"a")
        refused(f"json-encoding.{variant}", name(spelling), at(first), note)
    refused("json-encoding.cut-by-end", text(b'{"asset_table":[],"preload":"\xe2\x82'), at(b"\xe2\x82"),
            "the header ends inside a character")
    refused("json-encoding.between-tokens", raw(b'"asset_table":', b'"asset_table":\xff'), at(b"\xff"),
            "not UTF-8 between two tokens: the text is not UTF-8, and JSON is text")
    for variant, spelling, note in (
            ("lone-high", b"\\ud83d", "a high surrogate at the end of a string"),
            ("lone-high-then-text", b"\\ud83dx", "a high surrogate before a letter"),
            ("lone-high-then-escape", b"\\ud83d\\n", "a high surrogate before another escape"),
            ("lone-high-twice", b"\\ud83d\\ud83d", "two high surrogates"),
            ("lone-low", b"\\ude00", "a low surrogate alone"),
            ("pair-turned-round", b"\\ude00\\ud83d", "a pair in the wrong order"),
    ):
        refused(f"json-encoding.{variant}", name(spelling), after(NAME), note)
    refused("json-encoding.lone-high-in-key", metadata(b'{"\\uD800":1}'), after('"metadata":{"'),
            "a lone surrogate in a key")


def _syntax_text(cases):
    refused = cases.refused
    for variant, spelling, where, note in (
            ("white-space-only", b"  ", 34, "no value"),
            ("cut-in-object", b'{"asset_table":[]', 49, "the object does not end"),
            ("cut-in-string", b'{"asset_table":[],"preload', 58, "the string does not end"),
            ("cut-in-escape", b'{"a\\u00', 39, "the escape does not end"),
            ("cut-in-literal", b'{"a":tru', 40, "the literal does not end"),
            ("cut-behind-comma", b'{"asset_table":[],', 50, "the object does not go on"),
            ("cut-behind-colon", b'{"asset_table":', 47, "the member has no value"),
            ("two-values", b"{}{}", 34, "a second value behind the first"),
            ("two-numbers", b"1 2", 34, "a second number behind the first"),
            ("nul-padding", b'{"asset_table":[]}\0\0', 50, "zero bytes behind the value"),
            ("comma-behind", b'{"asset_table":[]},', 50, "a comma behind the value"),
            ("closing-bracket-first", b"]]", 32, "a bracket closes what was never opened"),
            ("mismatched-bracket", b'{"asset_table":[}}', 48, "a brace closes an array"),
            ("mismatched-brace", b'{"asset_table":[]]', 49, "a bracket closes an object"),
            ("trailing-comma-object", b'{"asset_table":[],}', 50, "a comma before the closing brace"),
            ("trailing-comma-array", b'{"asset_table":[],"preload":[1,]}', 63, "a comma before the closing bracket"),
            ("leading-comma", b'{,"asset_table":[]}', 33, "a comma behind the opening brace"),
            ("two-commas", b'{"asset_table":[],,"preload":[]}', 50, "two commas"),
            ("missing-comma", b'{"asset_table":[]"preload":[]}', 49, "no comma between two members"),
            ("missing-colon", b'{"asset_table"[]}', 46, "no colon behind the key"),
            ("two-colons", b'{"asset_table"::[]}', 47, "two colons"),
            ("key-without-quotes", b"{asset_table:[]}", 33, "a key without quotes"),
            ("key-single-quotes", b"{'asset_table':[]}", 33, "a key in single quotes"),
            ("key-number", b'{1:[],"asset_table":[]}', 33, "a number as a key"),
            ("comment", b'{/**/"asset_table":[]}', 33, "a comment"),
            ("comment-line", b'{"asset_table":[]} // end', 51, "a comment behind the value"),
            ("form-feed", b'{\x0c"asset_table":[]}', 33, "a form feed is no white space of JSON"),
            ("no-break-space", '{\u00a0"asset_table":[]}'.encode(), 33, "U+00A0 is no white space of JSON"),
            ("late-bom", b'{\xef\xbb\xbf"asset_table":[]}', 33,
             "U+FEFF between two tokens is no byte-order mark, and no white space"),
    ):
        refused(f"json-syntax.{variant}", text(spelling), where, note)


def _syntax_values(cases):
    refused = cases.refused
    for variant, spelling, skip, note in (
            ("leading-zero", b"01", 1, "a leading zero"),
            ("leading-zero-negative", b"-01", 2, "a leading zero behind the minus sign"),
            ("plus-sign", b"+1", 0, "a plus sign"),
            ("minus-alone", b"-", 1, "a minus sign without a digit"),
            ("fraction-without-digits", b"1.", 2, "a point without a digit behind it"),
            ("fraction-without-integer", b".5", 0, "a point without a digit before it"),
            ("exponent-without-digits", b"1e", 2, "an exponent without a digit"),
            ("exponent-sign-only", b"1e+", 3, "an exponent with a sign alone"),
            ("hexadecimal", b"0x10", 1, "a hexadecimal number"),
            ("grouped-digits", b"1_000", 1, "an underscore in a number"),
            ("nan", b"NaN", 0, "NaN"),
            ("infinity", b"Infinity", 0, "Infinity"),
            ("minus-infinity", b"-Infinity", 1, "minus Infinity"),
            ("true-upper-case", b"True", 0, "True"),
            ("null-upper-case", b"nULL", 1, "nULL"),
            ("literal-goes-on", b"nulls", 4, "a letter behind null"),
            ("undefined", b"undefined", 0, "undefined"),
            ("single-quotes", b"'x'", 0, "a string in single quotes"),
    ):
        refused(f"json-syntax.{variant}", metadata(b'{"x":' + spelling + b"}"),
                after(METADATA + b'"x":' + spelling[:skip]), note)
    # 8: a derived reader takes it.
    refused("json-syntax.point-after-long-integer", metadata(b'{"x":18446744073709551616.}'),
            after(METADATA + b'"x":18446744073709551616.'), "2^64 with a point and no digit behind it")
    for variant, spelling, skip, note in (
            ("control-newline", b"a\nb", 1, "a raw line feed in a string"),
            ("control-tab", b"a\tb", 1, "a raw tab in a string"),
            ("control-nul", b"a\0b", 1, "a raw zero byte in a string"),
            ("control-1f", b"a\x1fb", 1, "a raw U+001F in a string"),
            ("escape-x", b"\\x41", 1, "\\x is no escape"),
            ("escape-upper-u", b"\\U0041", 1, "\\U is no escape"),
            ("escape-quote", b"\\'", 1, "\\' is no escape"),
            ("escape-zero", b"\\0", 1, "\\0 is no escape"),
            ("escape-digits", b"\\u12G4", 4, "a letter that is no hexadecimal digit"),
            ("escape-short", b"\\u12", 4, "the quote stands where the third digit belongs"),
    ):
        refused(f"json-syntax.{variant}", name(spelling), after(NAME.encode() + spelling[:skip]), note)


def _depth(cases):
    refused = cases.refused
    # The root is level 1, asset_table 2, the entry 3, metadata 4; the 124th bracket in it opens level 128.
    refused("json-depth.arrays-128", metadata(b'{"deep":' + b"[" * 124 + b"]" * 124 + b"}"),
            after('"deep":' + "[" * 123),
            "arrays in metadata down to level 128")
    refused("json-depth.objects-128", metadata(b'{"a":' * 124 + b"{}" + b"}" * 124),
            after('"metadata":' + '{"a":' * 124),
            "objects in metadata down to level 128")
    refused("json-depth.unknown-member", text(b'{"asset_table":[],"deep":' + b"[" * 127 + b"]" * 127 + b"}"),
            after('"deep":' + "[" * 126), "down to level 128 in a member that v1 does not know")
    refused("json-depth.bottomless", text(b"[" * 20_000), START + 127, "twenty thousand brackets that never close")


def _duplicates(cases):
    refused, taken = cases.refused, cases.taken
    refused("json-duplicate-key.root", text(b'{"asset_table":[],"asset_table":[],"preload":[]}'),
            after('{"asset_table":[],'),
            "asset_table twice")
    refused("json-duplicate-key.root-preload", text(b'{"asset_table":[],"preload":[],"preload":[]}'),
            after('"asset_table":[],"preload":[],'),
            "preload twice")
    refused("json-duplicate-key.entry", raw(b'"size":4', b'"size":4,"size":4'), after('"size":4,'),
            "size twice, with one value")
    refused("json-duplicate-key.entry-first-counts", raw(b'"size":4', b'"size":4,"size":"big"'), after('"size":4,'),
            "size twice: the first value counts, the second is not judged")
    refused("json-duplicate-key.entry-metadata", raw(b'"metadata":{}', b'"metadata":{},"metadata":{}'),
            after('4,"metadata":{},'),
            "metadata itself twice: the key stands in the entry, not inside metadata")
    refused("json-duplicate-key.escaped", raw(b'"size":4', b'"size":4,"\\u0073ize":4'), after('"size":4,'),
            "size twice, once with an escape: keys are compared after unescaping")
    refused("json-duplicate-key.preload", one_scene(preload=['{"asset_id":1,"asset_id":1,"slot":0}']),
            after('"preload":[{"asset_id":1,'), "asset_id twice in a preload entry")
    taken("json-duplicate-key.metadata", metadata(b'{"a":1,"a":2}'), after('{"a":1,'),
          "a key of metadata twice: class C")
    taken("json-duplicate-key.metadata-nested", metadata(b'{"list":[{"a":1,"a":1}]}'), after('{"a":1,'),
          "a key twice in an object inside metadata: class C")
    taken("json-duplicate-key.metadata-escaped", metadata(b'{"a":1,"\\u0061":2}'), after('{"a":1,'),
          "a key of metadata twice, once with an escape")
    taken("json-duplicate-key.metadata-apart", metadata(b'{"a":1,"b":2,"c":3,"a":4}'), after('"c":3,'),
          "a key of metadata twice, with others between")


def _canonical_text(cases):
    taken = cases.taken
    taken("json-not-canonical.whitespace", raw(b'"preload":[]', b'"preload": []'), after('"preload":'),
          "a space behind a colon")
    taken("json-not-canonical.space-first", pack(b" " + HEADER, SCENE), START, "a space before the header")
    taken("json-not-canonical.newline-last", pack(HEADER + b"\n", SCENE), START + len(HEADER),
          "a newline behind the header")
    taken("json-not-canonical.indented", pack(b'{\n  "asset_table": [],\n  "preload": []\n}\n'), START + 1,
          "written for people")
    taken("json-not-canonical.tab", raw(b'"size":4', b'"size":\t4'), after('"size":'), "a tab before a number")
    taken("json-not-canonical.carriage-return", raw(b'"preload":[]}', b'"preload":[]\r\n}'), after('"preload":[]'),
          "a line end of another system")
    taken("json-not-canonical.key-order-root", pack(b'{"preload":[],"asset_table":[]}'), START + 2,
          "preload stands first")
    # The canonical text would go on with offset; this one goes on with size.
    taken("json-not-canonical.key-order-entry", raw(b'"offset":0,"size":4', b'"size":4,"offset":0'),
          after('"metadata":{},"'),
          "size stands before offset")
    taken("json-not-canonical.key-order-preload", one_scene(preload=['{"slot":0,"asset_id":1}']),
          after('"preload":[{"'),
          "slot stands before asset_id")
    taken("json-not-canonical.key-order-metadata", metadata(b'{"b":1,"a":2}'), after('"metadata":{"'),
          "keys of metadata descend")
    taken("json-not-canonical.key-order-nested", metadata(b'{"a":{"b":1,"B":2}}'), after('"metadata":{"a":{"'),
          "upper case stands before lower case")
    taken("json-not-canonical.key-order-prefix", metadata(b'{"aa":1,"a":2}'), after('"metadata":{"a'),
          "a key stands before its own beginning")
    # U+1F600 is D83D DE00 in UTF-16 and F0 9F 98 80 in UTF-8; U+FF5E is EF BD 9E in UTF-8.
    taken("json-not-canonical.key-order-utf-16", metadata('{"😀":1,"\uff5e":2}'.encode()), after('"metadata":{"'),
          "keys in the order of UTF-16 units")
    taken("json-not-canonical.minus-zero", raw(b'"offset":0', b'"offset":-0'), after('"offset":'),
          "-0 is the integer 0: it loads")
    taken("json-not-canonical.minus-zero-metadata", metadata(b'{"x":-0}'), after('"x":'),
          "-0 in metadata is no fraction")
    taken("json-not-canonical.minus-zero-slot", one_scene(preload=[wanted(1, "-0")]), after('"slot":'),
          "slot -0 is slot 0")


def _canonical_strings(cases):
    taken = cases.taken
    for variant, spelling, skip, note in (
            ("escape-solidus", b"a\\/b", 1, "the slash needs no escape"),
            ("escape-letter", b"\\u0041", 0, "a letter needs no escape"),
            ("escape-accent", b"\\u00e9", 0, "a character outside ASCII needs no escape"),
            ("escape-pair", b"\\ud83d\\ude00", 0, "a character outside the basic plane needs no escape"),
            ("escape-c1", b"\\u0080", 0, "U+0080 needs no escape"),
            # The canonical spelling goes on with a quote or a backslash.
            ("escape-long-quote", b"a\\u0022", 2, "the quotation mark has a short escape"),
            ("escape-long-backslash", b"a\\u005c", 2, "the backslash has a short escape"),
    ):
        taken(f"json-not-canonical.{variant}", name(spelling), after(NAME.encode() + spelling[:skip]), note)
    for variant, spelling, skip, note in (
            ("escape-long-newline", b"\\u000a", 1, "U+000A has a short escape"),
            ("escape-long-backspace", b"\\u0008", 1, "U+0008 has a short escape"),
            ("escape-upper-case", b"\\u001F", 5, "hexadecimal digits are lower case"),
            ("escape-del-metadata", b"\\u007f", 0, "U+007F needs no escape"),
    ):
        taken(f"json-not-canonical.{variant}", metadata(b'{"x":"' + spelling + b'"}'),
              after(b'"x":"' + spelling[:skip]), note)
    taken("json-not-canonical.escape-key", raw(b'"size":4', b'"siz\\u0065":4'), after('"siz'),
          "an escape in a key: it is still size")
    taken("json-not-canonical.escape-bank", raw(b'"SCENE"', b'"\\u0053CENE"'), after('"bank_type":"'),
          "an escape in a bank: it is still SCENE")


def _several(cases):
    several = cases.several
    several("json.syntax-before-encoding", name(b"\\x\xff"), False, "json-syntax:L", "the first faulty byte decides",
            at(b"x\xff"))
    several("json.encoding-before-syntax", name(b"\xff\\x"), False, "json-encoding:L", "the first faulty byte decides",
            at(b"\xff\\x"))
    several("json.depth-before-syntax", text(b"[" * 128 + b"x"), False, "json-depth:L", "the first faulty byte decides",
            START + 127)
    several("json.syntax-before-depth", text(b"x" + b"[" * 128), False, "json-syntax:L",
            "the first faulty byte decides", START)
    several("json.syntax-hides-the-header", text(b'{"asset_table":1,"preload":[{"slot":99}],}'), False, "json-syntax:L",
            "a header that is no JSON is not judged further", after('"slot":99}],'))
    several("json.duplicate-hides-form", metadata(b'{ "a":1,"a":2}'), True, "json-duplicate-key:C",
            "the canonical form is not judged when a key is duplicated", after('"a":1,'))
    several("json.duplicate-of-both-classes", raw(b'"metadata":{}', b'"metadata":{"a":1,"a":1},"metadata":{}'), False,
            "json-duplicate-key:C,json-duplicate-key:L", "a key of metadata and metadata itself")
    several("json.form-and-range", raw(b'"size":4}],"preload":[]', b'"size":4}], "preload":[{"asset_id":1,"slot":16}]'),
            False,
            "json-not-canonical:C,preload-slot-range:L", "white space before a fault")
    several("json.two-spaces", raw(b'"preload":[]', b'"preload": [ ]'), True, "json-not-canonical:C",
            "the canonical form is reported once", after('"preload":'))
    several("json.unknown-member-inside",
            text(b'{"asset_table":[],"preload":[],"unknown":{"asset_id":1,"metadata":{"x":null},"slot":99}}'),
            True, "header-unknown-member:C", "inside a member that v1 does not know, only JSON itself is judged",
            at('"unknown"'))
    several("json.unknown-member-duplicate", text(b'{"asset_table":[],"preload":[],"unknown":{"a":1,"a":1}}'), False,
            "header-unknown-member:C,json-duplicate-key:L",
            "a duplicated key is a matter of JSON itself; outside metadata it is class L")
    # 8: a derived reader skips such a member without looking at it.
    several("json.unknown-member-encoding", text(b'{"asset_table":[],"preload":[],"unknown":"\xe9"}'), False,
            "json-encoding:L", "Latin-1 in a member that v1 does not know", at(b"\xe9"))
    several("json.unknown-member-surrogate", text(b'{"asset_table":[],"preload":[],"unknown":["\\ud83d"]}'), False,
            "json-encoding:L", "a lone surrogate in a member that v1 does not know", at(b"\\ud83d"))
    several("json.unknown-member-twice", text(b'{"asset_table":[],"preload":[],"unknown":1,"unknown":2}'), False,
            "header-unknown-member:C,json-duplicate-key:L", "a member that v1 does not know, twice")
    several("json.unknown-member-space", text(b'{"asset_table":[],"preload":[],"unknown":[ ]}'), True,
            "header-unknown-member:C,json-not-canonical:C", "the canonical form is a matter of JSON itself")
