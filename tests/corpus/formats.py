#!/usr/bin/python3
"""Compares SARIF, JUnit and annotations of the whole corpus with the report in JSON, and follows each location into its file.

    formats.py PROGRAM"""

import json
import os
import re
import sys

import compare
import examine

from harness import annotations, junit, sarif  # pylint: disable=wrong-import-order
from harness.places import faults  # pylint: disable=wrong-import-order
from harness.program import run  # pylint: disable=wrong-import-order

ROOT = os.path.dirname(compare.CORPUS)
FAILURES = ("E", "U")
LEAST = {"results": 600, "bytes": 500, "lines": 80, "pointers": 450, "passed": 1000, "skipped": 1000}


def commands():
    """One call for all packs and cartridges, and one for each build."""
    paths = [os.path.join("corpus", row["path"]) for row in compare.rows()]
    builds = [path for path in paths if path.startswith(os.path.join("corpus", "builds"))]
    others = [path for path in paths if path not in builds]
    yield ["inspect", *others]
    for path in builds:
        yield ["verify", path]


def output(program, command, form):
    ended = run([program, command[0], "--format", form, *command[1:]], ROOT, examine.PATIENCE)
    if ended.code not in (0, 1):
        raise examine.ProgramFailed(f"{command[:3]} --format {form}: {ended}")
    return ended.code, ended.out


class Comparison:
    def __init__(self):
        self.wrong = []
        self.seen = dict.fromkeys(LEAST, 0)

    def expect(self, true, what):
        if not true:
            self.wrong.append(what)

    def result(self, result, finding):
        """One result of SARIF and the finding of the report."""
        path, place = sarif.place_of(result, ROOT)
        text = sarif.words(result["message"])
        pairs = [("id", result["ruleId"], finding["id"]), ("level", result["level"], finding["severity"]),
                 ("file", os.path.relpath(path, ROOT), finding["file"])]
        pairs += [(name, place[name], finding[name]) for name in ("byte_offset", "length", "line", "column", "character_utf16")]
        pairs += [("json_pointer", place["json_pointer"], finding["json_pointer"] or None)]
        pairs += [(name, result["properties"].get(name), finding[name]) for name in ("class", "asset_id", "x", "y", "expected")]
        for name, got, expected in pairs:
            self.expect(got == expected, f"{path}: {finding['id']}: {name} is {got!r}, not {expected!r}")
        self.expect(finding["help"] in text, f"{path}: {finding['id']}: the message does not say what to do: {text}")
        self.expect(not faults(place, path), f"{path}: {finding['id']}: {faults(place, path)}")
        for name, is_there in (("results", True), ("bytes", place["byte_offset"] is not None), ("lines", place["line"] is not None),
                               ("pointers", place["json_pointer"] is not None)):
            self.seen[name] += is_there

    def sarif(self, text, findings):
        run_ = sarif.read(text)
        self.expect(len(run_["results"]) == len(findings), "there are other results than findings")
        for result, finding in zip(run_["results"], findings):
            self.result(result, finding)

    def annotations(self, text, findings):
        found = [each for each in annotations.read(text) if each.level != "notice"]
        self.expect(len(found) == len(findings), "there are other annotations than findings")
        for each, finding in zip(found, findings):
            column = None if finding["line"] is None else finding["character_utf16"] + 1
            got = (each.level, each.title, each.path, each.line, each.column)
            expected = (finding["severity"], finding["id"], finding["file"], finding["line"] or 1, column)
            self.expect(got == expected, f"{got} is not {expected}")
            self.expect(finding["byte_offset"] is None or f"byte {finding['byte_offset']}" in each.message, each.message)

    def suite(self, suite, document):
        """A suite has each error in one case, and passes nothing that was not looked at."""
        at = f"{suite.name}:"
        errors = [f"error[{finding['id']}]" for finding in document["diagnostics"] if finding["severity"] == "error"]
        said = [word for case in suite.cases if case.outcome != junit.SKIPPED for word in case.text.split() if word.startswith("error[")]
        self.expect(sorted(said) == sorted(errors), f"{at} {sorted(said)} are not {sorted(errors)}")
        passed = {(case.group, case.name) for case in suite.cases if case.outcome == junit.PASSED}
        groups = {group for group, _ in passed}
        self.expect(document["loads"] is not None or not passed, f"{at} passes, and nothing is known")
        self.expect(document.get("prelude") is not None or "header" not in groups, f"{at} passes a header without a prelude")
        self.expect(document["checked"]["companions"] == 3 or "companions" not in groups, f"{at} passes companions")
        self.expect(document["matches"] is not None or "sources" not in groups, f"{at} passes sources")
        for asset in document["assets"]:
            unread = asset["payload_xxh3_128"] is None
            name = f"(asset {asset['asset_id']})"
            wrong = [case for case in suite.group("payload") if name in case.name and case.outcome == junit.PASSED]
            self.expect(not unread or not wrong, f"{at} {wrong} pass, and were not read")
        for finding in document["diagnostics"]:
            at_entry = re.match(r"/asset_table/([0-9]+)(?:/|$)", finding["json_pointer"] or "")
            if at_entry and finding["severity"] == "error" and suite.group("entry"):
                row = 1 + int(at_entry[1])
                failed = [group for group in ("entry", "payload", "companions", "sources")
                          if row < len(suite.group(group)) and f"error[{finding['id']}]" in suite.group(group)[row].text]
                unassigned = any(f"error[{finding['id']}]" in case.text for case in suite.cases if "(" not in case.name)
                self.expect(failed or unassigned, f"{at} {finding['json_pointer']} is not the case that fails")
        for name in ("passed", "skipped"):
            self.seen[name] += sum(case.outcome == name for case in suite.cases)
        for reason in document["not_checked"]:
            self.expect(any(case.name == reason and case.outcome == junit.SKIPPED for case in suite.cases), f"{at} hides: {reason}")

    def junit(self, text, documents):
        suites = junit.read(text.encode("utf-8"))
        self.expect(len(suites) == len(documents), "there are other suites than things examined")
        for suite, document in zip(suites, documents):
            self.suite(suite, document)

    def command(self, program, command):
        code, text = output(program, command, "json")
        documents = [json.loads(line) for line in text.splitlines()]
        findings = [finding for document in documents for finding in document["diagnostics"]]
        for form, check, against in (("sarif", self.sarif, [each for each in findings if each["class"] not in FAILURES]),
                                     ("github", self.annotations, findings), ("junit", self.junit, documents)):
            other_code, other = output(program, command, form)
            self.expect(other_code == code, f"{command[:2]} --format {form} ends with {other_code}, not with {code}")
            check(other, against)


def main(arguments):
    if len(arguments) != 1:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    comparison = Comparison()
    for command in commands():
        comparison.command(os.path.abspath(arguments[0]), command)
    for name, least in LEAST.items():
        comparison.expect(comparison.seen[name] >= least, f"too few {name}")
    for wrong in comparison.wrong[:100]:
        print(f"not ok - {wrong}")
    print(f"{len(comparison.wrong)} differences; there are {comparison.seen}")
    return 1 if comparison.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
