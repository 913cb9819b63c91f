"""undo: docs/contracts/workspace.md 8.8."""

import json
import os
import shutil

from harness.pictures import png
from harness.trees import commit_edit, read, read_tree, without, write
from operation import OperationTest

HISTORY = "assets/.prometeu/history.jsonl"
INDEX = "assets/.prometeu/index.json"
QUARANTINE = "assets/.prometeu/quarantine"


class UndoTest(OperationTest):
    """A workspace of three scenes: 1 hero, 2 ui_bat, 3 cave."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"1", "ui/bat": b"2", "cave": b"3"})
        self.run_here("exclude", "1")
        self.run_here("include", "1")  # the registry is in the form in which it is written
        os.remove(self.path(HISTORY))

    def tree(self):
        """All but the history, and directories that have become empty."""
        return {key: content for key, content in without(read_tree(self.dir), HISTORY).items() if content is not None}

    def do(self, *words, code=0):
        ended = self.run_here(*words)
        self.assertEqual(ended.code, code, ended.said)
        return ended

    def undo(self, *words):
        """A dry run, which changes nothing, and the real run: both say the same."""
        stamps = self.stamps()
        dry = self.document("undo", *words, "--dry-run")
        self.assertEqual(self.stamps(), stamps)
        real = self.document("undo", *words)
        self.assertEqual({**dry, "dry_run": False}, real)
        return real

    def refuse(self, *words, said=""):
        before, stamps = self.tree(), self.stamps()
        for extra in (("--dry-run",), ()):
            document = self.document("undo", *words, *extra, code=1)
            self.assertEqual({finding["id"] for finding in document["diagnostics"]}, {"undo-blocked"})
            self.assertIn(said, " ".join(finding["message"] for finding in document["diagnostics"]))
            if extra:
                self.assertEqual(self.stamps(), stamps)
        self.assertEqual(self.tree(), before)

    def lines(self):
        return [json.loads(line) for line in read(self.path(HISTORY)).splitlines()]


class Undo(UndoTest):
    def test_every_operation_there_and_back(self):
        for words in (["exclude", "hero", "cave"], ["rename", "hero", "a \"knight\""], ["forget", "hero", "2"], ["move", "hero", "a/b/c"], ["remove", "hero", "cave"]):
            with self.subTest(words=words):
                before = self.tree()
                self.do(*words)
                after = self.tree()
                done = self.lines()[-1]
                document = self.undo()
                self.assertEqual((document["undoes"], document["text"]), (done["operation"], done["text"]))
                self.assertEqual(self.tree(), before)
                undo = self.lines()[-1]
                self.assertEqual((undo["name"], undo["undoes"], undo["text"]), ("undo", done["operation"], f"undo {done['operation']}: {done['text']}"))
                if words[0] != "remove":
                    self.undo(str(undo["operation"]))
                    self.assertEqual(self.tree(), after)
                    self.undo(str(self.lines()[-1]["operation"]))
                    self.assertEqual(self.tree(), before)
        self.assertEqual(self.do("build", "--verify").code, 0)

    def test_the_last_one_that_is_not_undone(self):
        for name in ("x", "y", "z"):
            self.do("rename", "1", name)
        self.assertEqual([self.undo()["undoes"] for _ in range(3)], [3, 2, 1])
        self.assertEqual(json.loads(read(self.path("assets/hero/asset.json")))["name"], "hero")
        self.refuse(said="nothing to undo")
        self.undo("6")
        self.assertEqual(json.loads(read(self.path("assets/hero/asset.json")))["name"], "x")
        self.assertEqual(self.undo()["undoes"], 1)

    def test_add(self):
        write(self.path("assets/dune/dune.bin"), b"4")
        index = json.loads(read(self.path(INDEX)))
        self.do("add", "dune", "--type", "scene_bank")
        uuid = json.loads(read(self.path(INDEX)))["assets"][-1]["asset_uuid"]
        self.undo()
        self.assertEqual(json.loads(read(self.path(INDEX))), {**index, "next_asset_id": 5})
        self.assertFalse(os.path.exists(self.path("assets/dune/asset.json")))
        write(self.path("assets/reef/reef.bin"), b"5")
        self.assertEqual(self.document("add", "reef", "--type", "scene_bank")["asset"]["asset_id"], 5)
        self.undo("2")
        self.assertIn((4, uuid), [(record["asset_id"], record["asset_uuid"]) for record in json.loads(read(self.path(INDEX)))["assets"]])

    def test_palettes(self):
        self.glyph_workspace(png(8, 8, 2, (b"\0" + b"\xff\0\0" * 8) * 8))
        self.edit_declaration("hero", lambda document: document["inputs"].pop("palettes"))
        before = self.tree()
        self.do("palettes", "hero", "--write")
        self.undo()
        self.assertEqual({key: content for key, content in self.tree().items() if not key.endswith(".gpl")}, before)

    def test_a_removal_and_its_undo(self):
        before = self.tree()
        self.do("remove", "hero", "cave")
        self.undo()
        self.assertEqual(self.tree(), before)
        self.undo("3")
        self.assertFalse(os.path.lexists(self.path("assets/hero")))
        self.assertEqual(len(self.document("quarantine", "list")["folders"]), 2)
        self.undo(str(self.lines()[-1]["operation"]))
        self.assertEqual(self.tree(), before)

    def test_a_removal_of_a_root_that_was_gone(self):
        shutil.rmtree(self.path("assets/hero"))
        before = self.tree()
        self.do("remove", "1")
        self.undo()
        self.assertEqual(self.tree(), before)
        self.assertEqual(self.document("quarantine", "list")["folders"], [])

    def test_restore(self):
        self.do("remove", "hero")
        self.do("quarantine", "restore", "1")
        self.undo()
        self.assertEqual([(folder["asset_id"], folder["name"]) for folder in self.document("quarantine", "list")["folders"]], [(1, "hero")])

    def test_the_history_says_what_is_undone(self):
        self.do("exclude", "hero")
        self.undo()
        self.assertEqual([(each["undoes"], each["undone_by"]) for each in self.document("history")["operations"]], [(None, 2), (1, None)])
        self.assertIn('exclude asset 1 "hero"  (undone by 2)\n', self.do("history").out)
        self.undo("2")
        self.assertEqual([each["undone_by"] for each in self.document("history")["operations"]], [None, 3, None])

    def undone(self):
        return {each["operation"]: each["undone_by"] for each in self.document("history")["operations"] if each["undone_by"] is not None}

    def test_an_undo_of_an_undo_of_an_undo(self):
        self.do("exclude", "hero")
        self.undo()
        self.undo("2")
        self.undo("3")
        self.assertEqual(self.undone(), {1: 2, 3: 4})
        self.refuse(said="nothing to undo")
        self.undo("4")
        self.assertEqual(self.undone(), {2: 3, 4: 5})
        self.assertEqual(self.undo()["undoes"], 1)
        self.assertEqual(self.undone(), {1: 6, 2: 3, 4: 5})

    def test_a_removal_that_is_done_again(self):
        before = self.tree()
        self.do("remove", "hero")
        self.undo()
        self.undo("2")
        self.assertEqual(self.undo()["undoes"], 1)
        self.assertEqual(self.tree(), before)

    def test_a_removal_whose_files_are_in_another_folder_now(self):
        before = self.tree()
        self.do("remove", "hero", "cave")
        self.do("quarantine", "restore", "2")
        self.undo()
        self.assertEqual(self.undo()["undoes"], 2)
        self.assertEqual(self.tree(), before)
        self.undo(str(self.lines()[-1]["operation"]))
        self.assertEqual(len(self.document("quarantine", "list")["folders"]), 2)
        self.assertEqual(self.undo()["undoes"], 2)
        self.assertEqual(self.tree(), before)

    def test_undo_until_nothing_is_left(self):
        """Undo alone never blocks itself, whatever was undone and done again."""
        before = self.tree()
        self.do("exclude", "cave")
        self.do("remove", "hero")
        self.do("quarantine", "restore", "2")
        self.do("rename", "hero", "knight")
        for number in ("", "5", "", "3", "8"):
            self.undo(*([number] if number else []))
        undoes = []
        while max((each["operation"] for each in self.lines()[:4] if each["operation"] not in self.undone()), default=0) > 0:
            undoes.append(self.undo()["undoes"])
        self.assertEqual(undoes, sorted(undoes, reverse=True))
        self.assertEqual(self.tree(), before)
        self.refuse(said="nothing to undo")

    def test_a_removal_without_files_that_is_done_again(self):
        shutil.rmtree(self.path("assets/hero"))
        before = self.tree()
        self.do("remove", "1")
        self.undo()
        self.undo("2")
        self.assertEqual(self.undo()["undoes"], 1)
        self.assertEqual(self.tree(), before)

    def test_text(self):
        self.do("exclude", "hero")
        self.assertIn("would undo operation 1: exclude asset 1 \"hero\"\n", self.do("undo", "--dry-run").out)
        self.assertEqual(self.do("undo").out, "undid operation 1: exclude asset 1 \"hero\"; prpack undo 2 does it again\n")


class Blocked(UndoTest):
    def test_the_number_that_does_it_again(self):
        before = self.tree()
        self.do("remove", "hero", "cave")
        self.undo()
        document = self.undo("3")
        self.assertEqual(document["operation"], self.lines()[-1]["operation"])
        self.assertEqual(len(self.document("quarantine", "list")["folders"]), 2)
        self.undo(str(document["operation"]))
        self.assertEqual(self.tree(), before)

    def test_the_directory_of_an_adopted_asset_stays(self):
        os.rename(self.path("assets", "hero"), self.path("assets", "knight"))
        self.do("adopt", "knight")
        said = "the registry has assets/hero again, and the files are still in assets/knight: move that directory back yourself\n"
        self.assertIn(said, self.do("undo").out)
        self.assertTrue(os.path.exists(self.path("assets/knight/asset.json")))
        self.do("move", "cave", "den")
        self.assertNotIn("stays", self.do("undo").out)

    def test_another_branch(self):
        index = read(self.path(INDEX))
        write(self.path("assets/dune/dune.bin"), b"4")
        self.do("add", "dune", "--type", "scene_bank")
        write(self.path(INDEX), index)
        said = self.do("undo", code=1).said
        self.assertIn("the registry has something else of this asset now", said)
        self.assertIn("If another branch is checked out now, run prpack undo on the one where the operation was done", said)

    def test_directories_that_were_made_on_the_way(self):
        os.makedirs(self.path("assets/x"))
        before = read_tree(self.dir)
        self.do("move", "hero", "x/y/z/hero")
        self.assertEqual(self.lines()[0]["moves"][0]["made"], "x/y")
        self.undo()
        self.assertEqual(without(read_tree(self.dir), HISTORY), before)
        self.undo("2")
        write(self.path("assets/x/y/note.txt"), b"mine")
        self.undo()
        self.assertEqual(os.listdir(self.path("assets/x/y")), ["note.txt"])
        self.do("move", "hero", "near")
        self.assertNotIn("made", self.lines()[-1]["moves"][0])

    def test_directories_that_were_made_by_a_restoration(self):
        self.do("remove", "ui_bat")
        os.rmdir(self.path("assets/ui"))
        self.do("quarantine", "restore", "1")
        self.undo()
        self.assertFalse(os.path.exists(self.path("assets/ui")))

    def test_what_was_changed_since(self):
        self.do("exclude", "hero")
        self.do("include", "hero")
        self.refuse("1", said='the registry has something else of this asset now: operation 2 (include asset 1 "hero") came later')
        self.remedy("Run prpack undo 2 first.", "1")
        self.do("rename", "hero", "x")
        text = read(self.path("assets/hero/asset.json"))
        write(self.path("assets/hero/asset.json"), text + b"\n")
        self.refuse(said="not as it left it")
        self.remedy("else take back what was changed in assets/hero/asset.json, or change it by hand to what you want.")
        write(self.path("assets/hero/asset.json"), text)
        self.do("move", "hero", "z")
        self.undo("3")
        os.rename(self.path("assets/z"), self.path("assets/y"))
        self.refuse("4", said="not there any more")
        self.remedy("else bring assets/z back to its place, and undo again.", "4")
        os.rename(self.path("assets/y"), self.path("assets/z"))
        os.makedirs(self.path("assets/hero"))
        self.refuse("4", said="something is where")
        self.remedy("Move assets/hero out of the way, and undo again.", "4")
        os.rename(self.path("assets/hero"), self.path("assets/aside"))
        self.undo("4")

    def remedy(self, text, *words):
        self.assertIn(text, self.do("undo", *words, code=1).said)

    def test_a_file_that_a_later_operation_wrote(self):
        self.do("rename", "hero", "knight")
        self.do("rename", "knight", "squire")
        self.refuse("1", said='the file is not as it left it: operation 2 (rename asset 1 "knight" to "squire") came later')
        self.remedy("Run prpack undo 2 first.", "1")
        self.undo("2")
        self.undo("1")

    def test_a_later_operation_that_is_undone_is_not_named(self):
        self.do("exclude", "hero")
        self.do("include", "hero")
        self.undo("2")
        self.do("forget", "hero")
        self.refuse("1", said='operation 4 (forget asset 1 "hero") came later')
        self.undo("4")
        self.undo("1")

    def test_each_cause_of_one_asset_has_its_remedy(self):
        self.remedy("Nothing to do. The history contains only what was done on this machine. Use version control to take back what was done on another one.")
        self.do("exclude", "hero")
        self.remedy("prpack history shows the operations of this machine with their numbers.", "9")
        self.undo()
        self.remedy("Nothing to do; prpack undo 2 does it again.", "1")
        self.undo("2")

    def test_what_is_taken_now(self):
        self.do("forget", "hero")
        self.do("move", "cave", "hero/cave")
        self.refuse("1", said="taken now")
        self.remedy("prpack list shows the asset that has the root now: run prpack move or prpack forget for it, and undo again.", "1")
        self.do("move", "cave", "cave")
        self.undo("1")

    def test_a_name_that_is_taken_now(self):
        self.do("exclude", "hero")
        self.do("rename", "cave", "hero")
        self.refuse("1", said="has its name now")
        self.remedy("Run prpack rename 3 NAME, or prpack exclude 3, and undo again.", "1")
        self.do("rename", "3", "den")
        self.undo("1")

    def declare(self, root, **members):
        path = self.path("assets", root, "asset.json")
        write(path, json.dumps({**json.loads(read(path)), **members}))

    def test_the_name_of_an_asset_that_comes_out_of_the_quarantine(self):
        self.do("remove", "hero")
        self.do("rename", "cave", "hero")
        self.refuse("1", said="has its name now")

    def test_a_name_that_another_asset_has_when_it_comes_back(self):
        self.do("rename", "hero", "knight")
        self.do("rename", "cave", "hero")
        self.refuse("1", said="has its name now")
        self.do("exclude", "cave")
        self.undo("1")

    def test_a_slot_that_is_taken_now(self):
        self.declare("hero", preload={"enabled": True, "slot": 3})
        self.do("remove", "hero")
        self.declare("cave", preload={"enabled": True, "slot": 3})
        self.refuse("1", said="all slots")
        self.remedy("Run prpack exclude ASSET for another asset of this bank, or change its preload in asset.json, and undo again.", "1")
        self.do("exclude", "cave")
        self.undo("1")

    def test_an_asset_json_that_is_gone(self):
        self.do("exclude", "hero")
        os.remove(self.path("assets", "hero", "asset.json"))
        self.refuse("1", said="not there any more")

    def test_an_asset_whose_files_went_elsewhere(self):
        """Its root is taken by no asset, and its files are in the quarantine, by another id."""
        self.do("forget", "hero")
        added, = self.do("add", "assets/hero", "--format", "json").documents()
        self.do("remove", str(added["asset"]["asset_id"]))
        self.refuse("1", said="not there any more")
        self.do("quarantine", "restore", "3")
        self.refuse("1", said="taken now")

    def test_what_came_back_and_is_gone_again(self):
        self.do("remove", "hero")
        self.do("quarantine", "restore", "1")
        os.rename(self.path("assets", "hero"), self.path("assets", "knight"))
        self.refuse("2", said="not there any more")

    def test_purged(self):
        self.do("remove", "hero")
        self.do("quarantine", "purge", "--all", "--yes")
        for words in ([], ["1"]):
            self.refuse(*words, said='operation 1 (remove asset 1 "hero") cannot be undone: what it removed is not in the quarantine any more')
            self.assertIn("Nothing to do: what it did stays. If a later operation brought the files back,", self.do("undo", *words, code=1).said)

    def test_no_other_one_in_place_of_what_was_purged(self):
        """Who undoes after a purge does not mean what was done before it: that is named, and is taken back by its number."""
        before = self.tree()
        self.do("rename", "cave", "den")
        self.do("remove", "ui_bat")
        self.do("quarantine", "purge", "--all", "--yes")
        self.do("remove", "hero")
        self.do("quarantine", "purge", "--all", "--yes")
        self.refuse(said='operation 3 (remove asset 1 "hero") cannot be undone: what it removed')
        self.assertIn("prpack undo 1 takes back the operation before it.", self.do("undo", code=1).said)
        self.assertEqual(self.undo("1")["undoes"], 1)
        self.assertEqual(self.tree()["assets/cave/asset.json"], before["assets/cave/asset.json"])
        self.refuse(said="operation 3 ")
        self.assertNotIn("prpack undo", self.do("undo", code=1).said)

    def test_an_operation_that_did_nothing_that_can_be_taken_back(self):
        self.do("exclude", "hero")
        write(self.path(HISTORY), json.dumps({**self.lines()[0], "changes": []}) + "\n")
        self.refuse(said="cannot be undone: nothing that it did can be taken back")
        self.refuse("1", said="cannot be undone: nothing that it did can be taken back")

    def test_numbers(self):
        self.do("exclude", "hero")
        self.refuse("7", said="not in the history")
        for number in ("x", "", "0", "-1", "1.0", "99999999999999"):
            self.do("undo", number, code=2)
        self.undo("001")
        self.refuse("1", said="undone already")

    def test_strange_lines(self):
        self.do("rename", "hero", "x")
        line = self.lines()[0]
        file = line["files"][0]
        record = {"asset_id": 1, "asset_uuid": "00000000-0000-4000-8000-000000000001", "root": "hero", "included_in_build": True}
        for changes in ({"files": None}, {"files": [5]}, {"files": [{**file, "path": "../../x"}]}, {"files": [{**file, "at": -1}]}, {"files": [{**file, "at": 1 << 40}]},
                        {"files": [{**file, "removed": "6"}]}, {"files": [{**file, "removed": "zz"}]}, {"files": [{**file, "removed": "41"}]}, {"files": [{**file, "inserted": 5000}]},
                        {"files": [{**file, "asset_id": 9}]}, {"files": [{**file, "before": "x"}]}, {"changes": 5}, {"changes": [{"before": None, "after": None}]},
                        {"changes": [{"before": {**record, "root": "../x"}, "after": record}]}, {"changes": [{"before": {**record, "asset_id": 2}, "after": record}]},
                        {"changes": [{"before": {**record, "asset_id": 99}, "after": None}]}, {"changes": [{"before": {**record, "asset_uuid": "x"}, "after": record}]},
                        {"changes": [{"before": {**record, "root": "cave"}, "after": record}]}, {"moves": [{"from": "../x", "to": "hero", "directory": True}]},
                        {"moves": [{"from": ".prometeu/x", "to": "hero", "directory": True}]}, {"moves": [{"from": "x", "to": ".prometeu", "directory": True}]},
                        {"moves": [{"from": "x", "to": "nowhere", "directory": True}]}, {"moves": [{"from": f"{QUARANTINE[7:]}/1/files", "to": "cave", "directory": True}]},
                        {"moves": [{"from": "cave2", "to": "cave", "directory": True, "made": "x"}]}, {"moves": [{"from": "cave2", "to": "cave", "directory": True, "made": "cave"}]},
                        {"moves": [{"from": "cave2", "to": "cave", "directory": True, "made": 1}]}, {"moves": None}, {"folders": ["hero/asset.json"]}, {"folders": [7]}):
            with self.subTest(changes=changes):
                write(self.path(HISTORY), json.dumps({**line, **changes}) + "\n")
                self.refuse("1")

    def test_a_line_that_was_cut(self):
        self.do("exclude", "hero")
        line, = self.lines()
        write(self.path(HISTORY), json.dumps({key: line[key] for key in ("operation", "time", "name", "text")}) + "\n")
        self.refuse(said="does not say")

    def test_a_workspace_between_two_states(self):
        self.do("exclude", "hero")
        commit_edit(self.path("assets", ".prometeu"))
        self.assert_one_line(self.run_here("undo", "--dry-run"), 3, "edit-pending")
        self.do("undo")


class Made(UndoTest):
    """What an operation made goes with it, unless it was changed since."""

    def all(self):
        return without(read_tree(self.dir), HISTORY)

    def test_add_each_there_and_back_twice(self):
        write(self.path("assets/dunes/one.bin"), b"4")
        write(self.path("assets/dunes/two.bin"), b"5")
        self.run_here("exclude", "1")
        before = without(self.all(), INDEX)
        for number in (2, 4):
            self.do("add", "--each", "dunes", "--type", "scene_bank")
            self.undo()
            self.assertEqual(without(self.all(), INDEX), before)
            self.assertEqual([file["after"] for file in self.lines()[number]["files"]], [None, None])
        added = self.undo("5")["operation"]
        self.assertEqual(sorted(os.listdir(self.path("assets/dunes/one"))), ["asset.json", "one.bin"])
        self.do("build", "--check")
        self.undo(str(added))
        self.assertEqual(without(self.all(), INDEX), before)

    def test_add_there_and_back_twice(self):
        write(self.path("assets/dune/dune.bin"), b"4")
        before = self.tree()
        for at in (1, 5):
            self.do("add", "dune", "--type", "scene_bank")
            made = self.tree()
            self.undo()
            self.assertEqual(without(self.tree(), INDEX), without(before, INDEX))
            self.undo(str(at + 1))
            self.assertEqual(self.tree(), made)
            self.undo(str(at + 2))
            self.assertEqual(without(self.tree(), INDEX), without(before, INDEX))

    def test_a_file_that_was_changed_since_stays(self):
        write(self.path("assets/dune/dune.bin"), b"4")
        self.do("add", "dune", "--type", "scene_bank")
        anchor = self.path("assets/dune/asset.json")
        write(anchor, read(anchor) + b" ")
        text = read(anchor)
        document = self.undo()
        self.assertEqual([(each["id"], each["severity"]) for each in document["diagnostics"]], [("undo-blocked", "warning")])
        self.assertEqual(read(anchor), text)
        self.undo("2")
        self.assertEqual(read(anchor), text)

    def test_what_is_in_the_way_of_a_file_that_comes_back(self):
        write(self.path("assets/dune/dune.bin"), b"4")
        self.do("add", "dune", "--type", "scene_bank")
        self.undo()
        write(self.path("assets/dune/asset.json"), b"mine")
        self.refuse("2", said="something is where this file would be written again")
        shutil.rmtree(self.path("assets/dune"))
        self.refuse("2", said="the directory of this file is not there any more")

    def test_a_name_that_is_taken_by_then(self):
        write(self.path("assets/dune/dune.bin"), b"4")
        self.do("add", "dune", "--type", "scene_bank")
        self.undo()
        self.do("rename", "cave", "dune")
        self.refuse("2", said="has its name now")
