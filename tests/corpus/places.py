#!/usr/bin/python3
"""Opens the files of the corpus where PROGRAM says that its findings are: bytes, lines, pixels and JSON pointers.

    places.py PROGRAM"""

import json
import os
import sys

import compare
import examine

from harness.places import faults  # pylint: disable=wrong-import-order

BATCH = 200
# Members that as many findings of the corpus have at least, so that the check is not of nothing.
LEAST = {"byte_offset": 600, "length": 400, "line": 90}


def reports(program):
    paths = [os.path.join(compare.CORPUS, row["path"]) for row in compare.rows()]
    builds = [path for path in paths if os.sep + "builds" + os.sep in path]
    others = [path for path in paths if path not in builds]
    for at in range(0, len(others), BATCH):
        batch = others[at:at + BATCH]
        yield from examine.report_lines(program, ["inspect", "--format", "json", *batch], len(batch))[1]
    for path in builds:
        yield from examine.report_lines(program, ["verify", "--format", "json", path], 1)[1]


def main(arguments):
    if len(arguments) != 1:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    failed, seen = 0, dict.fromkeys(LEAST, 0)
    for line in reports(os.path.abspath(arguments[0])):
        for finding in json.loads(line)["diagnostics"]:
            wrong = faults(finding, finding["file"])
            failed += bool(wrong)
            if wrong:
                print(f"not ok - {finding['file']}: {finding['id']}: {'; '.join(wrong)}")
            for name in seen:
                seen[name] += finding[name] is not None
    few = [name for name, least in LEAST.items() if seen[name] < least]
    print(f"{failed} of the places are wrong; there are {seen}" + (f", too few of {', '.join(few)}" if few else ""))
    return 1 if failed or few else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
