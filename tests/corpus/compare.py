#!/usr/bin/python3
"""Compares what PROGRAM says about the corpus with corpus/verdicts.tsv.

    compare.py PROGRAM

Packs and cartridges go through `inspect`, builds through `verify`. Compared are loads, conforms, the set of ids with
their classes, and the lowest byte position of a finding where the table names one."""

import csv
import os
import sys

import examine

CORPUS = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus"))


def rows():
    with open(os.path.join(CORPUS, "verdicts.tsv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def differences(row, verdict):
    pairs = [
        ("loads", row["loads"] == "yes", verdict.loads),
        ("conforms", row["conforms"] == "yes", verdict.conforms),
        ("ids", [] if row["ids"] == "-" else row["ids"].split(","), verdict.ids),
    ]
    if row["byte_offset"] != "*":
        pairs.append(("byte_offset", None if row["byte_offset"] == "-" else int(row["byte_offset"]),
                      verdict.byte_offset))
    return [f"{what}: expected {expected}, got {got}" for what, expected, got in pairs if expected != got]


def main(arguments):
    if len(arguments) != 1:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    builds, others = [], []
    for row in rows():
        (builds if row["path"].startswith("builds/") else others).append(row)
    try:
        verdicts = examine.inspect(arguments[0], [os.path.join(CORPUS, row["path"]) for row in others])
        verdicts += [examine.verify(arguments[0], os.path.join(CORPUS, row["path"])) for row in builds]
    except examine.ProgramFailed as failure:
        print(failure)
        return 1
    failed = 0
    for row, verdict in zip(others + builds, verdicts):
        found = differences(row, verdict)
        failed += bool(found)
        if found:
            print(f"not ok - {row['path']}: {'; '.join(found)}  ({row['note']})")
    print(f"{len(verdicts) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
