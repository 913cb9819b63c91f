"""init and add: what --dry-run says, and what the real run then does. Several roots in one command."""

import fcntl
import json
import os

from harness.trees import commit_edit, read, read_tree, without, write
from operation import OperationTest


def documents_of(result):
    return [json.loads(line) for line in result.out.splitlines()]


class DryRun(OperationTest):
    def setUp(self):
        super().setUp()
        self.scene_workspace({"menu": b"a menu"})
        for root in ("cave", "dune", "deep/reef"):
            write(self.path("assets", root, "data.bin"), root)
        write(self.path("assets/two/a.wav"), b"")
        write(self.path("assets/two/b.wav"), b"")
        declaration = json.loads(read(self.path("assets/menu/asset.json")))
        write(self.path("assets/own/asset.json"), json.dumps({**declaration, "asset_uuid": "", "name": "own"}))
        write(self.path("assets/same/asset.json"), json.dumps({**declaration, "name": "same"}))
        for root in ("own", "same"):
            write(self.path("assets", root, "data.bin"), root)

    def check(self, code, *words):
        """A dry run and the real run: the same exit code, and the files of the plan. Returns the documents of both."""
        before, stamps = without(read_tree(self.dir), "assets/.prometeu/history.jsonl"), self.stamps()
        dry = self.run_here(*words, "--dry-run", "--format", "json")
        self.assertEqual(dry.code, code, dry.said)
        self.assertEqual(self.stamps(), stamps)
        text = self.run_here(*words, "--dry-run")
        self.assertEqual(text.code, code, text.said)
        self.assertEqual(self.run_here(*words, "--dry-run", "--quiet").out, "")
        self.assertEqual(self.stamps(), stamps)
        real = self.run_here(*words, "--format", "json")
        self.assertEqual(real.code, code, real.said)
        planned, done = documents_of(dry), documents_of(real)
        files = {step["to"] for document in planned for step in document.get("plan", [])}
        after = without(read_tree(self.dir), "assets/.prometeu/history.jsonl")
        self.assertEqual(files, {key for key, content in after.items()
                                 if content is not None and before.get(key, None) != content})
        for path in files:
            self.assertIn(f"would write {path}: ", text.out)
            self.assertEqual(text.out.count(f"would write {path}: "), 1)
        self.assertEqual([document["diagnostics"] for document in planned], [document["diagnostics"] for document in done])
        self.assertTrue(all("plan" not in document for document in done))
        return planned, done

    def test_several_roots(self):
        planned, done = self.check(0, "add", "cave", "assets/deep/reef", "own", "--type", "scene_bank")
        for dry, real in zip(planned, done):
            self.assertEqual((dry["dry_run"], real["dry_run"]), (True, False))
            self.assertIsNone(dry["asset"]["asset_uuid"])
            self.assertEqual({**dry["asset"], "asset_uuid": real["asset"]["asset_uuid"]}, real["asset"])
            self.assertTrue(all(set(step) == {"action", "from", "to", "reason"} for step in dry["plan"]))
            self.assertEqual([(step["action"], step["from"]) for step in dry["plan"]], [("write", None)] * 2)
            self.assertEqual(dry["plan"][-1]["to"], "assets/.prometeu/index.json")
        self.assertEqual([document["file"] for document in planned], ["cave", "assets/deep/reef", "own"])
        self.assertEqual([document["asset"]["asset_id"] for document in done], [2, 3, 4])
        self.assertEqual(self.run_here("list").code, 0)

    def test_refused_roots_are_left_out(self):
        planned, done = self.check(1, "add", "two", "cave", "nowhere", "same", "menu", "dune", "--type", "scene_bank")
        added = [document["file"] for document in done if document["asset"]]
        self.assertEqual(added, ["cave", "dune"])
        self.assertEqual([document["plan"] == [] for document in planned], [True, False, True, True, True, False])
        ids = [[finding["id"] for finding in document["diagnostics"]] for document in done]
        self.assertEqual(ids, [["type-undecided"], [], ["root-invalid"], ["declaration-identity"], ["root-registered"], []])
        roots = [record["root"] for record in json.loads(read(self.path("assets/.prometeu/index.json")))["assets"]]
        self.assertEqual(roots, ["menu", "cave", "dune"])

    def test_a_declared_root_gets_a_record_alone(self):
        self.edit_declaration("same", lambda document: document.update(asset_uuid="11111111-0000-4000-8000-000000000000"))
        planned, _ = self.check(0, "add", "same")
        self.assertEqual([step["to"] for step in planned[0]["plan"]], ["assets/.prometeu/index.json"])
        self.assertEqual(planned[0]["asset"]["asset_uuid"], "11111111-0000-4000-8000-000000000000")

    def test_a_wrong_request_is_said_once(self):
        planned, done = self.check(2, "add", "cave", "dune", "--type", "glyph_bank", "--as", "SCENE/raw_v1")
        for documents in (planned, done):
            self.assertEqual([len(document["diagnostics"]) for document in documents], [1, 0])
            self.assertEqual([document["asset"] for document in documents], [None, None])
        self.assertEqual(self.run_here("add", "cave", "dune", "--type", "glyph_bank", "--as", "SCENE/raw_v1").err.count("error["), 1)

    def test_no_workspace(self):
        os.remove(self.path("assets/.prometeu/index.json"))
        self.check(1, "add", "cave")

    def test_a_workspace_in_use(self):
        lock = os.open(self.path("assets/.prometeu"), os.O_RDONLY)
        self.addCleanup(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamps = self.stamps()
        self.assertEqual(self.run_here("add", "cave", "dune", "--type", "scene_bank", "--dry-run").code, 0)
        self.assertEqual(self.run_here("init", "--dry-run").code, 1)
        self.assertEqual(self.run_here("add", "cave", "dune").code, 3)
        self.assertEqual(self.stamps(), stamps)

    def test_what_a_kill_left_stays(self):
        """Staging, the note of an output directory and an edit that is not committed are left for a command that writes."""
        write(self.path("assets/.prometeu/.index.json.new"), b"{")
        write(self.path("assets/.prometeu/.prpack-edit"), b"prpack-edit 2")
        write(self.path("assets/cave/.asset.json.new"), b"{")
        write(self.path("build/.prpack-staging/assets.pa"), b"not yet")
        stamps = self.stamps()
        for words, code in ((["add", "cave", "--type", "scene_bank"], 0), (["init"], 1)):
            self.assertEqual(self.run_here(*words, "--dry-run").code, code)
            self.assertEqual(self.stamps(), stamps)
        self.assertEqual(self.run_here("add", "cave", "--type", "scene_bank").code, 0)
        self.assertFalse(os.path.exists(self.path("build/.prpack-staging")))

    def test_a_workspace_between_two_states(self):
        commit_edit(self.path("assets", ".prometeu"))
        stamps = self.stamps()
        for words in (["add", "cave"], ["init"]):
            self.assert_one_line(self.run_here(*words, "--dry-run"), 3, "edit-pending", "assets/.prometeu/.prpack-edit-commit")
            self.assertEqual(self.stamps(), stamps)
        self.assertEqual(self.run_here("list").code, 0)
        self.assertEqual(self.run_here("add", "cave", "--type", "scene_bank", "--dry-run").code, 0)

    def test_a_workspace_that_is_read_only(self):
        directories = [self.path("assets/.prometeu"), self.path("assets"), self.dir]
        for directory in directories:
            os.chmod(directory, 0o555)
            self.addCleanup(os.chmod, directory, 0o755)
        self.assertEqual(self.run_here("add", "cave", "--type", "scene_bank", "--dry-run").code, 0 if os.geteuid() == 0 else 3)
        self.assertEqual(self.run_here("init", "--dry-run").code, 1)

    def test_init(self):
        os.remove(self.path("assets/.prometeu/index.json"))
        planned, done = self.check(0, "init")
        self.assertEqual([step["to"] for step in planned[0]["plan"]], ["assets/.prometeu/.gitignore", "assets/.prometeu/index.json"])
        self.assertEqual(done[0]["dry_run"], False)
        self.check(1, "init")

    def test_init_in_an_empty_directory(self):
        os.remove(self.path("assets/.prometeu/index.json"))
        os.mkdir(self.path("new"))
        stamps = self.stamps()
        result = self.run_here("init", "-C", "new", "--dry-run")
        self.assertEqual((result.code, self.stamps()), (0, stamps), result.said)
        self.assertIn("would write assets/.prometeu/index.json: ", result.out)
        self.assertNotIn("made", result.out)
        self.assertNotIn("next:", result.out)
        self.assertEqual(self.run_here("init", "-C", "new").code, 0)
        self.assertEqual(self.run_here("init", "-C", "new", "--dry-run").code, 1)

    def test_a_file_in_the_place_of_a_directory(self):
        write(self.path("new/assets"), b"")
        for words in (["--dry-run"], []):
            self.assert_one_line(self.run_here("init", "-C", "new", *words), 3, "environment-write", "Not a directory")

    def test_no_other_command_has_it(self):
        for command in ("list", "build", "verify", "inspect"):
            self.assertEqual(self.run_here(command, "x", "--dry-run").code, 2)


class ForeignEdits(OperationTest):
    """An edit that came with a copy of the workspace."""

    def test_is_dropped_with_a_warning(self):
        self.scene_workspace({"menu": b"a menu"})
        registry = read(self.path("assets/.prometeu/index.json"))
        write(self.path("assets/cave/data.bin"), b"a cave")
        for name, foreign in ((".prpack-edit-commit", ["edit-foreign"]), (".prpack-edit", [])):
            for text in (b"", b"prpack-edit 1 1 1\n7\nend 0\n", bytes(100)):
                for command in (["list"], ["build"], ["add", "nowhere"], ["init"]):
                    write(self.path("assets/.prometeu/.index.json.new"), registry.replace(b"menu", b"cave"))
                    write(self.path("assets/menu/.asset.json.new"), b"{}")
                    write(self.path("assets/.prometeu", name), text)
                    result = self.run_here(*command, "--format", "json")
                    self.assertEqual([finding["id"] for finding in documents_of(result)[0]["diagnostics"]
                                      if finding["severity"] == "warning"], foreign)
                    self.assertEqual(result.code, 0 if command[0] in ("list", "build") else 1)
                    self.assertEqual(read(self.path("assets/.prometeu/index.json")), registry)
                    self.assertNotEqual(read(self.path("assets/menu/asset.json")), b"{}")
                    self.assertFalse(os.path.exists(self.path("assets/.prometeu", name)))
                    self.assertEqual(self.run_here("list").err, "")
