"""history: docs/contracts/workspace.md 8.8."""

import json
import os
import re

import jsonschema

from harness.pictures import png
from harness.trees import read, read_tree, write
from workspace import ROOT, WorkspaceTest

HISTORY = "assets/.prometeu/history.jsonl"
INDEX = "assets/.prometeu/index.json"
SCHEMA = os.path.join(ROOT, "docs", "schemas", "report.schema.json")


class HistoryTest(WorkspaceTest):
    """A workspace of three scenes: 1 hero, 2 ui_bat, 3 cave."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"1", "ui/bat": b"2", "cave": b"3"})
        self.validator = jsonschema.Draft202012Validator(json.loads(read(SCHEMA)))

    def do(self, *words, code=0):
        ended = self.run_here(*words)
        self.assertEqual(ended.code, code, ended.said)
        return ended

    def lines(self):
        return [json.loads(line) for line in read(self.path(HISTORY)).splitlines()]

    def history(self, code=0):
        document, = self.do("history", "--format", "json", code=code).documents()
        self.validator.validate(document)
        return document


class Lines(HistoryTest):
    def test_every_operation_that_changes_something_has_a_line(self):
        self.assertEqual(self.history()["operations"], [])
        self.assertFalse(os.path.exists(self.path(HISTORY)))
        write(self.path("assets/dune/dune.bin"), b"4")
        write(self.path("assets/reef/reef.bin"), b"5")
        self.do("add", "dune", "reef", "--type", "scene_bank")
        self.do("exclude", "hero", "cave")
        self.do("include", "hero")
        self.do("rename", "hero", "a \"knight\"")
        self.do("forget", "cave", "ui_bat")
        self.assertEqual([(each["operation"], each["name"], each["text"]) for each in self.lines()], [
            (1, "add", 'add asset 4 "dune", asset 5 "reef"'), (2, "exclude", 'exclude asset 1 "hero", asset 3 "cave"'),
            (3, "include", 'include asset 1 "hero"'), (4, "rename", 'rename asset 1 "hero" to "a "knight""'),
            (5, "forget", 'forget asset 2 "ui_bat", asset 3 "cave"')])
        shown = self.history()["operations"]
        self.assertEqual([{key: each[key] for key in ("operation", "time", "name", "text")} for each in self.lines()],
                         [{key: each[key] for key in ("operation", "time", "name", "text")} for each in shown])
        for each, line in zip(shown, self.do("history").out.splitlines()):
            self.assertRegex(each["time"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
            self.assertIsNone(each["undoes"])
            self.assertEqual(re.split(" {2,}", line.strip(), maxsplit=2), [str(each["operation"]), each["time"], each["text"]])

    def test_palettes(self):
        self.glyph_workspace(png(8, 8, 2, (b"\0" + b"\xff\0\0" * 8) * 8))
        self.edit_declaration("hero", lambda document: document["inputs"].pop("palettes"))
        before = read(self.path("assets/hero/asset.json"))
        self.do("palettes", "hero")
        self.assertFalse(os.path.exists(self.path(HISTORY)))
        self.do("palettes", "hero", "--write")
        line, = self.lines()
        self.assertEqual((line["name"], line["text"], line["changes"]), ("palettes", 'palettes of asset 1 "hero"', []))
        anchor, = (file for file in line["files"] if file["path"] == "asset.json")
        new, = (file for file in line["files"] if file["path"] != "asset.json")
        self.assertIsNone(new["before"])
        self.assertEqual(self.taken_back("hero", anchor), before)

    def taken_back(self, root, file):
        """The content before an operation, from its line and the content after it."""
        after = read(self.path("assets", root, file["path"]))
        return after[:file["at"]] + bytes.fromhex(file["removed"]) + after[file["at"] + file["inserted"]:]

    def test_a_line_has_what_takes_the_operation_back(self):
        index, anchor = json.loads(read(self.path(INDEX))), read(self.path("assets/hero/asset.json"))
        self.do("rename", "hero", "x")
        self.do("exclude", "hero")
        self.do("forget", "cave")
        rename, exclude, forget = self.lines()
        self.assertEqual(self.taken_back("hero", rename["files"][0]), anchor)
        hero, _, cave = index["assets"]
        self.assertEqual((rename["changes"], rename["moves"]), ([], []))
        self.assertEqual(exclude["changes"], [{"before": hero, "after": {**hero, "included_in_build": False}}])
        self.assertEqual(forget["changes"], [{"before": cave, "after": None}])

    def test_nothing_is_written_where_nothing_is_done(self):
        self.do("exclude", "hero")
        before = read(self.path(HISTORY))
        self.do("exclude", "hero")
        self.do("exclude", "nix", code=1)
        self.do("rename", "hero", "hero")
        for words in (("include", "hero"), ("rename", "hero", "x"), ("forget", "hero")):
            self.do(*words, "--dry-run")
        self.assertEqual(read(self.path(HISTORY)), before)

    def test_many_assets_are_not_all_named(self):
        self.scene_workspace({f"a{number:02}": b"1" for number in range(12)})
        self.do("exclude", *(str(number) for number in range(1, 13)))
        self.assertTrue(self.lines()[0]["text"].endswith('asset 8 "a07" and 4 more'), self.lines()[0]["text"])
        self.assertEqual(len(self.lines()[0]["changes"]), 12)

    def test_the_last_thousand_lines_are_kept(self):
        write(self.path(HISTORY), b"".join(b'{"operation":%d,"time":"t","name":"n","text":"x"}\n' % number for number in range(1, 1201)))
        self.do("exclude", "hero")
        self.assertEqual([each["operation"] for each in self.lines()], list(range(202, 1202)))

    def test_no_workspace(self):
        os.remove(self.path(INDEX))
        self.assert_one_line(self.run_here("history"), 1, "workspace-missing")

    def test_from_a_directory_of_the_project(self):
        self.do("exclude", "hero")
        self.assertEqual(self.run_here("history", "-C", "assets/hero").out, self.do("history").out)


class Strange(HistoryTest):
    """A history that prpack did not write."""

    def test_broken_lines_are_said_and_kept(self):
        self.do("exclude", "hero")
        whole = read(self.path(HISTORY))
        broken = [b"{", b"", b"[]", b"null", b'{"operation":0,"time":"t","name":"n","text":"x"}', b'{"operation":7,"time":"t","name":"n"}',
                  b'{"operation":1000000000000,"time":"t","name":"n","text":"x"}', b'{"operation":7.0,"time":"t","name":"n","text":"x"}',
                  b'{"operation":"7","time":"t","name":"n","text":"x"}', b'{"operation":7,"time":1,"name":"n","text":"x"}', b"\xff\xfe", b"\0" * 5,
                  b'{"operation":7,"time":"t","name":"n","text":"x","undoes":-1}', b"[" * 5000]
        write(self.path(HISTORY), whole + b"\n".join(broken))
        document = self.history()
        self.assertEqual([each["operation"] for each in document["operations"]], [1])
        self.assertEqual([(finding["id"], finding["severity"], finding["line"]) for finding in document["diagnostics"]],
                         [("history-broken", "warning", number + 2) for number in range(len(broken))])
        self.do("include", "hero")
        self.assertTrue(read(self.path(HISTORY)).startswith(whole + b"\n".join(broken) + b'\n{"operation":2,'))

    def test_what_is_not_a_file_is_no_history(self):
        write(self.path("outside"), b'{"operation":5,"time":"t","name":"n","text":"x"}\n')
        for make in (lambda path: os.symlink(self.path("outside"), path), lambda path: os.symlink("nowhere", path), os.mkfifo):
            make(self.path(HISTORY))
            self.assertEqual(self.history()["operations"], [])
            self.do("exclude", "hero")
            self.assertEqual([each["operation"] for each in self.lines()], [1])
            self.assertFalse(os.path.islink(self.path(HISTORY)))
            os.remove(self.path(HISTORY))
            self.do("include", "hero")
            os.remove(self.path(HISTORY))
        self.assertEqual(read(self.path("outside")), b'{"operation":5,"time":"t","name":"n","text":"x"}\n')

    def test_a_directory_in_its_place_is_said_before_anything_is_written(self):
        os.makedirs(self.path(HISTORY, "full"))
        before = read_tree(self.dir)
        for extra in ((), ("--dry-run",)):
            self.assert_one_line(self.run_here("exclude", "hero", *extra), 3, "environment-write", HISTORY)
        self.assertEqual(read_tree(self.dir), before)
        self.do("history", code=3)

    def test_numbers_go_on_above_the_highest(self):
        write(self.path(HISTORY), b'{"operation":41,"time":"t","name":"n","text":"x"}\n{"operation":7,"time":"t","name":"n","text":"x"}')
        for name in ("0099", "100x", "-200", "0", "1000000000000000000000", "+300", ".400"):
            os.makedirs(self.path("assets/.prometeu/quarantine", name))
        self.do("exclude", "hero")
        self.assertEqual([each["operation"] for each in self.lines()], [41, 7, 100])

    def test_the_highest_number(self):
        write(self.path(HISTORY), b'{"operation":999999999998,"time":"t","name":"n","text":"x"}\n')
        self.do("exclude", "hero")
        before = read_tree(self.dir)
        self.assert_one_line(self.run_here("include", "hero"), 3, "environment-write", "are used up")
        self.assertEqual(read_tree(self.dir), before)

    def test_control_characters_are_not_printed(self):
        write(self.path(HISTORY), json.dumps({"operation": 1, "time": "\x1b[31m", "name": "n", "text": "a\nb\u202e\x07"}).encode() + b"\n")
        out = self.do("history").out
        self.assertEqual(out.count("\n"), 1)
        self.assertFalse(set(out) & set("\x1b\x07\u202e"), out)

    def test_a_file_of_a_hundred_megabytes(self):
        line = b'{"operation":%d,"time":"t","name":"n","text":"' + b"x" * (1 << 20) + b'"}\n'
        with open(self.path(HISTORY), "wb") as file:
            for number in range(1, 101):
                file.write(line % number)
        self.do("exclude", "hero")
        self.assertLessEqual(os.path.getsize(self.path(HISTORY)), 64 << 20)
        self.assertEqual(self.lines()[-1]["operation"], 101)
