#!/usr/bin/python3
"""Lets the SARIF Multitool validate what PROGRAM writes about the corpus: its rules hold the schema of SARIF, and GitHub's.

    multitool.py PROGRAM MULTITOOL

Ends with 77 when there is no MULTITOOL: scripts/install-packages installs it."""

import collections
import json
import os
import sys
import tempfile

import examine
import formats

from harness.program import run  # pylint: disable=wrong-import-order

SKIPPED = 77
# It asks for the page of the program, which has none.
ACCEPTED = {"SARIF2005"}
EVERY = 25  # of the builds, which are inspected all together too


def commands():
    inspect, *verify = formats.commands()
    return [inspect, ["inspect", *(path for _, path in verify)], *verify[::EVERY]]


def write_logs(program, directory):
    paths = []
    for number, command in enumerate(commands()):
        paths.append(os.path.join(directory, f"{number}.sarif"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write(formats.output(program, command, "sarif")[1])
    return paths


def validate(multitool, paths, report):
    command = [multitool, "validate", *paths, "--rule-kind", "'Sarif;Ghas'", "--level", "'Error;Warning'", "--output", report]
    ended = run(command, patience=examine.PATIENCE, env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"})
    with open(report, encoding="utf-8-sig") as file:
        validation = json.load(file)["runs"][0]
    failed = not all(each["executionSuccessful"] for each in validation["invocations"])
    return ended, failed, validation["results"]


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    program, multitool = arguments
    if not os.path.exists(multitool):
        print(f"there is no {multitool}")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="prpack-sarif-") as directory:
        paths = write_logs(os.path.abspath(program), directory)
        ended, failed, results = validate(multitool, paths, os.path.join(directory, "validation.sarif"))
    wrong = [each for each in results if each["ruleId"] not in ACCEPTED or each.get("level") == "error"]
    for each in wrong[:20]:
        print(f"not ok - {json.dumps(each)}")
    said = collections.Counter(each["ruleId"] for each in results)
    print(f"{len(paths)} logs, {len(wrong)} of what it says is wrong: {dict(sorted(said.items()))}")
    if failed or ended.code != 0 or not said:
        print(ended)
    return 1 if wrong or failed or ended.code != 0 or not said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
