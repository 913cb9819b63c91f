"""watch: what it says, and how it begins and ends (docs/contracts/workspace.md 8.12). tests/service/watch.py has what it finds."""

import json
import os
import re
import signal

from harness.program import USAGE, WELL, WRONG
from harness.trees import read, write
from harness.watching import Watch
from workspace import ROOT, WorkspaceTest, artifacts_of

TIME = r"\d\d:\d\d:\d\d "


class Watching(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.scene_workspace({"bay": b"a bay " * 400, "cave": b"a cave"})

    def watch(self, *arguments, **how):
        watch = Watch(self.dir, *arguments, **{"options": (), **how})
        self.addCleanup(watch.__exit__)
        return watch

    def answer(self, watch, act):
        """The next line of the watch, after something was done."""
        count = len(watch.lines)
        act()
        watch.wait_lines(count + 1)
        return watch.lines[-1]

    def edit(self, content=b"another cave"):
        write(self.path("assets", "cave", "data.bin"), content)

    def test_one_line_per_build(self):
        watch = self.watch()
        watch.wait_lines(1)
        self.assertRegex(watch.lines[0], rf"\A{TIME}built 2 assets, \d\.\d KiB, in [\d.]+ m?s\n\Z")
        self.assertRegex(self.answer(watch, self.edit), rf"\A{TIME}built 2 assets, \d\.\d KiB, in [\d.]+ m?s\n\Z")
        self.assertRegex(self.answer(watch, lambda: os.utime(self.path("assets", "cave", "data.bin"))), rf"\A{TIME}nothing changed\n\Z")
        before = artifacts_of(self.path("build"))
        self.assertRegex(self.answer(watch, lambda: os.remove(self.path("assets", "cave", "data.bin"))), rf"\A{TIME}failed: 1 error\n\Z")
        self.assertEqual(artifacts_of(self.path("build")), before)
        self.assertRegex(self.answer(watch, lambda: self.edit(b"c")), rf"\A{TIME}built 2 assets")
        ended = watch.end()
        self.assertEqual(ended.code, WELL)
        lines = ended.err.splitlines()
        self.assertEqual(len(lines), 1, ended.err)
        self.assertIn("assets/cave/data.bin: error[input-missing]", lines[0])

    def test_the_time_is_that_of_the_user(self):
        def hour(zone):
            with self.watch(env={"TZ": zone}) as watch:
                watch.wait_lines(1)
                return int(watch.lines[0][:2])

        self.assertIn((hour("XXX-3") - hour("XXX+0")) % 24, (3, 4))  # the hour may end between the two

    def test_warnings_are_said_when_they_are_others(self):
        write(self.path("assets", "bay", "loose.bin"), b"1")
        watch = self.watch()
        watch.wait_lines(1)
        self.assertIn("; 1 warning\n", watch.lines[0])
        self.assertIn("; 1 warning\n", self.answer(watch, self.edit))
        self.assertIn("; 2 warnings\n", self.answer(watch, lambda: write(self.path("assets", "cave", "more.bin"), b"1")))
        self.assertIn("; 2 warnings\n", self.answer(watch, lambda: self.edit(b"2")))
        ended = watch.end()
        self.assertEqual([line.split(":")[0] for line in ended.err.splitlines()],
                         ["assets/bay", "assets/bay", "assets/cave"])

    def test_json_has_what_a_verified_build_has(self):
        watch = self.watch("--format", "json")
        watch.wait_lines(1)
        self.answer(watch, self.edit)
        self.assertEqual(watch.end().code, WELL)
        first, second = watch.documents()
        built = self.run_here("build", "--verify", "--format", "json").documents()[0]
        self.assertEqual({**built, "command": "watch", "unchanged": False, "summary": {**built["summary"], "kept": 1}}, second)
        self.assertEqual((first["published"], first["verified"], first["matches"]), (True, True, True))

    def test_json_is_valid_by_the_schema(self):
        import jsonschema
        with open(os.path.join(ROOT, "docs", "schemas", "report.schema.json"), encoding="utf-8") as file:
            validator = jsonschema.Draft202012Validator(json.load(file))
        watch = self.watch("--format", "json")
        watch.wait_lines(1)
        self.answer(watch, lambda: os.remove(self.path("assets", "cave", "asset.json")))
        self.answer(watch, lambda: write(self.path("assets", ".prometeu", "index.json"), b"{"))
        watch.end()
        for document in watch.documents():
            validator.validate(document)

    def test_quiet_says_errors_alone(self):
        watch = self.watch("--quiet")
        watch.wait(lambda: os.path.exists(self.path("build", "assets.pa")), "the first build")
        os.remove(self.path("assets", "cave", "data.bin"))
        watch.wait(lambda: watch.said, "an error")
        ended = watch.end()
        self.assertEqual(ended.out, "")
        self.assertEqual(len(ended.err.splitlines()), 1, ended.err)

    def test_options_are_those_of_a_build(self):
        write(self.path("assets", "bay", "loose.bin"), b"1")
        for options, line in ((["--strict"], "failed: 1 error\n"), (["--error", "input-undeclared"], "failed: 1 error\n"),
                              (["--ignore", "input-undeclared"], None)):
            with self.watch(*options) as watch:
                watch.wait_lines(1)
                if line:
                    self.assertRegex(watch.lines[0], rf"\A{TIME}{line}\Z")
                else:
                    self.assertNotIn("warning", watch.lines[0])
        with self.watch("--no-cache", "--jobs", "1", "--output", "elsewhere", "--assets", "assets", "--max-decoded", "1K",
                        "--max-findings", "0", "--format", "json") as watch:
            watch.wait_lines(1)
            self.answer(watch, self.edit)
            document = watch.documents()[-1]
            self.assertEqual((document["output"], document["summary"]["kept"], document["diagnostics"]), ("elsewhere", 0, []))
        for options in (["--verify"], ["--dry-run"], ["--check"], ["--wait"], ["--depfile", "x"], ["assets"]):
            ended = self.run_here("watch", *options)
            self.assertEqual(ended.code, USAGE, ended)

    def test_a_slip_at_the_beginning_ends_it(self):
        os.rename(self.path("assets"), self.path("other"))
        self.assert_one_line(self.run_here("watch"), WRONG, "workspace-missing")
        os.rename(self.path("other"), self.path("assets"))
        self.assert_one_line(self.run_here("watch", "--output", "assets/bay"), USAGE, "output-reserved")
        self.assert_one_line(self.run_here("watch", "--ignore", "nonsense"), USAGE, "usage")

    def test_it_works_in_any_directory_of_the_project(self):
        before = read(self.path("assets", "cave", "data.bin"))
        for place in (["-C", self.dir], ["-C", "."]):
            watch = Watch(self.path("assets", "cave") if place[1] == "." else "/", *place, options=())
            self.addCleanup(watch.__exit__)
            watch.wait_lines(1)
            self.answer(watch, self.edit)
            self.assertEqual(watch.end().code, WELL)
            self.edit(before)

    def test_signals_end_it_well_unless_they_are_ignored(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            watch = self.watch()
            watch.wait_lines(1)
            ended = watch.end(number)
            self.assertEqual((ended.code, ended.err), (WELL, ""))
        watch = self.watch(preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        watch.wait_lines(1)
        watch.send(signal.SIGINT)
        self.answer(watch, self.edit)
        self.assertEqual(watch.end(signal.SIGTERM).code, WELL)

    def test_help_names_it(self):
        self.assertRegex(self.run_here("--help").out, r"\n  watch +build whenever something changes\n")
        self.assertTrue(re.search(r"usage: prpack watch \[OPTION\.\.\.\]\n", self.run_here("watch", "--help").out))
