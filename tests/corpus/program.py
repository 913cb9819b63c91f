"""Runs prpack and reads its reports: one compact line of JSON a file."""

import json
import subprocess

BATCH = 400


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


def _run(program, arguments, count):
    """(exit status, verdicts). A crash, an exit status other than 0 and 1, or another number of lines is a failure."""
    done = subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode not in (0, 1) or len(lines) != count:
        shown = done.stderr.decode("utf-8", "replace").strip()[-2_000:]
        command = f"{program} {' '.join(arguments[:4])} …"
        counts = f"exit status {done.returncode}, {len(lines)} lines for {count} operands"
        raise ProgramFailed(f"{command}: {counts}\n{shown}")
    return done.returncode, [Verdict(line) for line in lines]


def inspect(program, paths):
    """A verdict for every path, in order."""
    verdicts = []
    for start in range(0, len(paths), BATCH):
        batch = paths[start:start + BATCH]
        status, found = _run(program, ["inspect", "--format", "json", *batch], len(batch))
        if status != (0 if all(verdict.conforms for verdict in found) else 1):
            raise ProgramFailed(f"inspect {batch[0]} …: exit status {status} does not fit the {len(batch)} reports")
        verdicts.extend(found)
    return verdicts


def verify(program, path):
    status, (verdict,) = _run(program, ["verify", "--format", "json", path], 1)
    if status != (0 if verdict.conforms else 1):
        raise ProgramFailed(f"verify {path}: exit status {status} does not fit the report")
    return verdict
