"""move: docs/contracts/workspace.md 8.6."""

import json
import os
import shutil

from harness.trees import commit_edit, read, read_tree, write
from operation import OperationTest

HISTORY = "assets/.prometeu/history.jsonl"
INDEX = "assets/.prometeu/index.json"


class MoveTest(OperationTest):
    """A workspace of three scenes: 1 hero, 2 ui_bat, 3 cave."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"1", "ui/bat": b"2", "cave": b"3"})
        os.makedirs(self.path("assets/hero/notes/empty"))
        os.symlink("../cave", self.path("assets/hero/link"))

    def records(self):
        return json.loads(read(self.path(INDEX)))["assets"]

    def move(self, asset, typed, old, new, cwd="."):
        """A dry run and the real run: the directory is at the new place with all that was in it, and nothing else is changed but the record."""
        stamps, files, records = self.stamps(), read_tree(self.path("assets", old)), self.records()
        inodes = {path: os.lstat(self.path("assets", old, path)).st_ino for path in files}
        dry = self.document("move", asset, typed, "--dry-run", cwd=cwd)
        self.assertEqual(self.stamps(), stamps)
        real = self.document("move", asset, typed, cwd=cwd)
        self.assertEqual({**dry, "dry_run": False}, real)
        self.assertFalse(os.path.lexists(self.path("assets", old)))
        self.assertEqual(read_tree(self.path("assets", new)), files)
        self.assertEqual({path: os.lstat(self.path("assets", new, path)).st_ino for path in files}, inodes)
        self.assertEqual(self.records(), [{**record, "root": new} if record["root"] == old else record for record in records])
        row, = real["assets"]
        self.assertEqual((row["root"], row["old_root"], row["changed"]), (new, old, True))
        self.assertEqual([step["action"] for step in real["plan"]], ["move", "write"])
        return real

    def refuse(self, diagnostic, *words, said="", code=1):
        before, stamps = read_tree(self.dir), self.stamps()
        for extra in (("--dry-run",), ()):
            document = self.document("move", *words, *extra, code=code)
            finding, = document["diagnostics"]
            self.assertEqual(finding["id"], diagnostic)
            self.assertIn(said, finding["message"])
            self.assertEqual((document["assets"], document["plan"]), ([], []))
            if extra:
                self.assertEqual(self.stamps(), stamps)
        self.assertEqual(read_tree(self.dir), before)
        return finding


class Moves(MoveTest):
    def test_a_directory_and_its_record(self):
        document = self.move("hero", "knight", "hero", "knight")
        self.assertEqual([(step["from"], step["to"]) for step in document["plan"]], [("assets/hero", "assets/knight"), (None, INDEX)])
        self.assertEqual(self.run_here("build", "--verify").code, 0)
        line = json.loads(read(self.path(HISTORY)))
        self.assertEqual((line["text"], line["moves"]), ('move asset 1 "hero" from hero to knight', [{"from": "hero", "to": "knight", "directory": True}]))
        self.assertEqual([(change["before"]["root"], change["after"]["root"]) for change in line["changes"]], [("hero", "knight")])

    def test_directories_above_are_made_and_stay(self):
        self.move("2", "a/b/c", "ui/bat", "a/b/c")
        self.assertEqual(os.listdir(self.path("assets/ui")), [])
        self.move("2", "a/x", "a/b/c", "a/x")
        self.assertEqual(sorted(os.listdir(self.path("assets/a"))), ["b", "x"])

    def test_spellings(self):
        self.move("1", "assets/z", "hero", "z")
        self.move("1", "y/", "z", "y")
        self.move("1", "./assets/x", "y", "x")
        self.move("1", self.path("assets/w"), "x", "w")
        self.move("1", "v", "w", "v", cwd="assets/ui")
        self.move("1", "./u", "v", "ui/u", cwd="assets/ui")
        self.move("1", "../t", "ui/u", "t", cwd="assets/ui")
        self.move("1", "../assets/ui/../s", "t", "s", cwd="assets")
        self.move("1", "assets/assets", "s", "assets")
        self.move("1", "a b\n\u00e4", "assets", "a b\n\u00e4")

    def test_another_directory_in_place_of_assets(self):
        os.rename(self.path("assets"), self.path("art"))
        for typed, root in (("art/z", "z"), ("y", "y"), ("assets/x", "x"), ("./art/w", "w")):
            self.document("move", "1", typed, "--assets", "art")
            self.assertTrue(os.path.isfile(self.path("art", root, "asset.json")))

    def test_upper_and_lower_case(self):
        self.move("1", "Hero", "hero", "Hero")

    def test_where_it_is_already(self):
        stamps = self.stamps()
        for typed in ("hero", "assets/hero", "./assets/hero/"):
            document = self.document("move", "1", typed)
            self.assertEqual((document["plan"], document["assets"][0]["changed"]), ([], False))
        self.assertEqual(self.stamps(), stamps)
        self.assertIn("is there already", self.run_here("move", "1", "hero").out)

    def test_a_broken_declaration_makes_no_difference(self):
        write(self.path("assets/hero/asset.json"), b"{")
        self.move("1", "z", "hero", "z")
        os.remove(self.path("assets/z/asset.json"))
        self.move("1", "y", "z", "y")

    def test_an_asset_that_is_not_built(self):
        self.run_here("exclude", "1")
        self.move("1", "z", "hero", "z")

    def test_text(self):
        self.assertEqual(self.run_here("move", "1", "z").out, 'moved asset 1 "hero" (assets/hero) to assets/z\n')
        self.assertIn("  would move assets/z to assets/y: ", self.run_here("move", "1", "y", "--dry-run").out)


class Refusals(MoveTest):
    def test_what_is_no_root(self):
        for typed, said in (("", "is empty"), ("a//b", "empty component"), (".prometeu/x", "registry lives"), ("../x", "outside"), ("/x", "outside"), ("..", "outside"),
                            ("assets", "assets/ itself"), ("assets/", "assets/ itself"), ("./x", "outside"), ("a\\b", "backslash"), ("assets/../x", "outside"), ("/", "outside")):
            with self.subTest(typed=typed):
                self.assertEqual(self.refuse("root-invalid", "1", typed, said=said)["help"], "Choose another NEW_ROOT.")
        self.assertEqual(self.run_here("move", "1", b"\xff").code, 1)

    def test_what_is_there_already(self):
        os.makedirs(self.path("assets/empty"))
        write(self.path("assets/file"), b"")
        os.symlink("nowhere", self.path("assets/link"))
        for typed in ("empty", "file", "link", "ui"):
            self.refuse("root-invalid", "1", typed, said="is there already" if typed != "ui" else "contains the root")

    def test_roots_in_roots(self):
        self.assertEqual(self.refuse("root-invalid", "1", "cave/x", said="lies in the root")["asset_id"], 3)
        self.assertEqual(self.refuse("root-invalid", "1", "cave", said="is or lies in the root")["asset_id"], 3)
        self.refuse("root-invalid", "1", "hero/x", said="lies in the old one")
        shutil.rmtree(self.path("assets/ui"))
        self.assertEqual(self.refuse("root-invalid", "1", "ui", said="contains the root")["asset_id"], 2)

    def test_what_is_on_the_way(self):
        write(self.path("assets/file"), b"")
        os.makedirs(self.path("assets/real"))
        os.symlink("real", self.path("assets/link"))
        self.refuse("root-invalid", "1", "file/x", said="not a directory")
        self.refuse("root-invalid", "1", "link/x", said="link on its way")
        self.refuse("root-invalid", "1", "x" * 256, said="too long")

    def test_a_root_that_is_a_link(self):
        os.rename(self.path("assets/hero"), self.path("assets/real"))
        os.symlink("real", self.path("assets/hero"))
        self.refuse("root-invalid", "1", "z", said="link")
        os.rename(self.path("assets/ui"), self.path("assets/other"))
        os.symlink("other", self.path("assets/ui"))
        self.refuse("root-invalid", "2", "z", said="link")

    def test_a_root_that_is_gone(self):
        shutil.rmtree(self.path("assets/hero"))
        self.refuse("root-invalid", "1", "z")
        write(self.path("assets/hero"), b"")
        self.refuse("root-invalid", "1", "z")

    def test_rights(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everywhere")
        os.chmod(self.path("assets/ui"), 0o555)
        self.addCleanup(os.chmod, self.path("assets/ui"), 0o755)
        self.refuse("environment-write", "2", "z", code=3)
        self.refuse("environment-write", "1", "ui/z", code=3)

    def test_unknown_assets_and_operands(self):
        self.refuse("asset-unknown", "nix", "z")
        for words in ((), ("hero",), ("hero", "a", "b")):
            self.assertEqual(self.run_here("move", *words).code, 2)

    def test_a_workspace_between_two_states(self):
        commit_edit(self.path("assets", ".prometeu"))
        stamps = self.stamps()
        self.assert_one_line(self.run_here("move", "1", "z", "--dry-run"), 3, "edit-pending")
        self.assertEqual(self.stamps(), stamps)
        self.move("1", "z", "hero", "z") if self.run_here("list").code == 0 else self.fail()
