"""Runs prpack on files of the corpus and reads its reports: one compact line of JSON per file."""

import json
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "lib"))
from harness.program import run  # pylint: disable=wrong-import-position

BATCH = 400
PATIENCE = 600  # seconds that a batch may take


class Verdict:
    def __init__(self, line):
        report = json.loads(line)
        self.loads = report["loads"]
        self.conforms = report["conforms"]
        errors = [item for item in report["diagnostics"] if item.get("severity") != "warning"]
        self.ids = sorted({f"{item['id']}:{item['class']}" for item in errors})
        self.errors = errors
        self.places = [(f"{item['id']}:{item['class']}", item.get("byte_offset")) for item in errors]
        positions = [item["byte_offset"] for item in errors if item.get("byte_offset") is not None
                     and item["byte_offset"] >= 0]
        self.byte_offset = min(positions) if positions else None


class ProgramFailed(Exception):
    pass


def report_lines(program, arguments, count, cwd=None):
    """(exit code, lines of JSON). A crash, an exit code other than 0 and 1, or another number of lines is a failure."""
    ended = run([program, *arguments], cwd, PATIENCE)
    lines = [line for line in ended.out.split("\n") if line]
    if ended.code not in (0, 1) or len(lines) != count:
        command = f"{program} {' '.join(arguments[:4])} …"
        counts = f"exit code {ended.code}, {len(lines)} lines for {count} operands"
        raise ProgramFailed(f"{command}: {counts}\n{ended.err.strip()[-2_000:]}")
    return ended.code, lines


def inspect(program, paths):
    """A verdict for every path, in order."""
    verdicts = []
    for start in range(0, len(paths), BATCH):
        batch = paths[start:start + BATCH]
        code, lines = report_lines(program, ["inspect", "--format", "json", *batch], len(batch))
        found = [Verdict(line) for line in lines]
        if code != (0 if all(verdict.conforms for verdict in found) else 1):
            raise ProgramFailed(f"inspect {batch[0]} …: exit code {code} does not fit the {len(batch)} reports")
        verdicts.extend(found)
    return verdicts


def verify(program, path):
    code, (line,) = report_lines(program, ["verify", "--format", "json", path], 1)
    found = Verdict(line)
    if code != (0 if found.conforms else 1):
        raise ProgramFailed(f"verify {path}: exit code {code} does not fit the report")
    return found
