#!/usr/bin/python3
"""An independent reading of docs/contracts/assets-pa-v1.md: loads, conforms and ids of packs, builds and cartridges.

    oracle.py PATH…      one line of JSON for each path

A directory with manifest.json or program.pbx is a cartridge, any other directory a build directory."""

import json
import os
import sys

import build_oracle
import cartridge_oracle
import pack_oracle


def judge(path):
    if os.path.isdir(path):
        inside = os.listdir(path)
        if "manifest.json" in inside or "program.pbx" in inside:
            return cartridge_oracle.judge(path)
        return build_oracle.judge(path)
    if path.endswith(".pmc"):
        return cartridge_oracle.judge_reserved()
    with open(path, "rb") as file:
        return pack_oracle.judge(file.read())


def as_json(path, report):
    return {
        "path": path,
        "loads": report.loads(),
        "conforms": report.conforms(),
        "ids": report.ids(),
        "byte_offset": report.first_offset(),
        "findings": [{"id": id_, "class": class_, "byte_offset": at} for id_, class_, at in report.findings],
    }


def main(paths):
    if not paths:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    for path in paths:
        print(json.dumps(as_json(path, judge(path)), separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
