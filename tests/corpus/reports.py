#!/usr/bin/python3
"""Compares all that PROGRAM says about the corpus with reports.jsonl: every text, place and number of every report.

    reports.py PROGRAM [--write]

What is right is judged by compare.py and fields.py. This one holds still the rest, the wording and what is listed: a change of it
shows in the diff of reports.jsonl, which --write makes anew and somebody reads."""

import argparse
import json
import os
import sys

import jsonschema
import xxhash

import compare
import examine

PLACE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reports.jsonl")
SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "schemas", "report.schema.json")
BATCH = 200


def shortened(line):
    """Without what other tests hold still, and of long lists only their hash."""
    report = json.loads(line)
    for name in ("schema_version", "command", "kind", "errors", "warnings", "ignored", "findings_by_file"):
        report.pop(name, None)
    for finding in report["diagnostics"]:
        for name in [name for name, value in finding.items() if value is None or name in ("help", "severity")]:
            del finding[name]
        finding["file"] = os.path.basename(finding["file"])
    for name, value in report.items():
        text = json.dumps(value)
        if isinstance(value, list) and (len(value) > 8 or len(text) > 65_536):
            report[name] = xxhash.xxh3_128(text.encode("utf-8")).hexdigest()
    return json.dumps(report, separators=(",", ":"))


def reports(program):
    """One line of JSON for each file of the corpus, in the order of the table. All are of the documented shape."""
    paths = [row["path"] for row in compare.rows()]
    builds = [path for path in paths if path.startswith("builds/")]
    others = [path for path in paths if not path.startswith("builds/")]
    lines = []
    for at in range(0, len(others), BATCH):
        batch = others[at:at + BATCH]
        lines += examine.report_lines(program, ["inspect", "--format", "json", *batch], len(batch), compare.CORPUS)[1]
    for path in builds:
        lines += examine.report_lines(program, ["verify", "--format", "json", "--jobs", "1", path], 1, compare.CORPUS)[1]
    with open(SCHEMA, encoding="utf-8") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    for line in lines:
        validator.validate(json.loads(line))
    return [shortened(line) for line in lines]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    found = reports(os.path.abspath(arguments.program))
    if arguments.write:
        with open(PLACE, "w", encoding="utf-8") as file:
            file.write("\n".join(found) + "\n")
        return 0
    with open(PLACE, encoding="utf-8") as file:
        kept = file.read().split("\n")[:-1]
    differing = [(old, new) for old, new in zip(kept, found) if old != new]
    for old, new in differing[:5]:
        print(f"not ok\n    kept: {old}\n    now:  {new}")
    same = len(kept) == len(found)
    print(f"{len(found)} reports, {len(kept)} kept: {len(differing)} differ")
    return 1 if differing or not same else 0


if __name__ == "__main__":
    sys.exit(main())
