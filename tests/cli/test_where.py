"""Which workspace a command is for, and where its paths begin: docs/contracts/workspace.md 1.5."""

import json
import os
import unittest

from harness import program
from harness.pictures import png
from harness.trees import read, read_tree, write
from harness.workspaces import ARTIFACTS
from workspace import WorkspaceTest, prpack

INDEX = "assets/.prometeu/index.json"
STRANGER = 65534


class Found(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.scene_workspace({"ui/hero": b"a hero", "cave": b"a cave"})
        os.makedirs(self.path("src", "deep"))

    def test_from_every_directory(self):
        for where, up in ((".", ""), ("src", "../"), ("src/deep", "../../"), ("assets", "../"), ("assets/ui/hero", "../../../"), ("assets/.prometeu", "../../")):
            with self.subTest(where=where):
                there = self.path(where)
                self.assertIn("ui/hero", prpack("list", cwd=there).out)
                built = prpack("build", "--verify", "--no-cache", cwd=there)
                self.assertEqual(built.code, 0, built.said)
                self.assertIn(f"{up}build/assets.pa: 2 assets", built.out)
                verified = prpack("verify", "--sources", "--format", "json", cwd=there)
                self.assertEqual((verified.code, json.loads(verified.out)["file"], json.loads(verified.out)["matches"]), (0, f"{up}build", True), verified.said)
                self.assertEqual(len(json.loads(prpack("ids", cwd=there).out)["assets"]), 2)
                self.assertIn("unchanged", prpack("build", cwd=there).out)
        self.assertEqual(sorted(os.listdir(self.dir)), ["assets", "build", "src"])
        self.assertEqual(os.listdir(self.path("src")), ["deep"])

    def test_paths_begin_where_it_runs(self):
        os.remove(self.path("assets", "cave", "data.bin"))
        there = self.path("src")
        for command in (["build"], ["build", "--check"]):
            self.assert_one_line(prpack(*command, cwd=there), 1, "input-missing", "../assets/cave/data.bin: error")
        with open(self.path("assets", "ui", "hero", "asset.json"), "wb") as file:
            file.write(b"{\n,")
        self.assertIn("../assets/ui/hero/asset.json:2:1: error[declaration-syntax]", prpack("list", cwd=there).err)

    def test_paths_of_the_call_begin_there_too(self):
        there = self.path("src", "deep")
        result = prpack("build", "--output", "out", "--depfile", "made/assets.d", cwd=there)
        self.assertEqual(result.code, 0, result.said)
        self.assertIn("out/assets.pa: 2 assets", result.out)
        self.assertEqual(sorted(os.listdir(os.path.join(there, "out"))), sorted([".gitignore", *ARTIFACTS]))
        words = [word for word in read(os.path.join(there, "made", "assets.d")).decode().split() if word != "\\"]
        self.assertEqual((words[0], words[1]), ("out/assets.pa:", f"../../{INDEX}"))
        self.assertTrue(all(os.path.exists(os.path.join(there, word.rstrip(":"))) for word in words))
        self.assertEqual(prpack("verify", "out", "--sources", cwd=there).code, 0)
        self.assertEqual(prpack("build", "--output", "../../build", cwd=there).code, 0)
        self.assertIn("unchanged", self.run_here("build").out)
        self.assertEqual(prpack("ids", "--output", "ids.json", cwd=there).code, 0)
        self.assertTrue(os.path.exists(os.path.join(there, "ids.json")))
        for output in ("../../assets/cave", "../../assets/.prometeu/x", "../../assets"):
            self.assert_one_line(prpack("build", "--output", output, cwd=there), 2, "output-reserved", output)
        self.assert_one_line(prpack("ids", "--output", "../../assets/x", cwd=there), 2, "file-reserved")

    def test_an_output_in_the_project_is_noted_from_anywhere(self):
        """A killed build is settled by its note, wherever the next command runs."""
        there = self.path("src")
        self.assertEqual(prpack("build", "--output", "deep/../out", cwd=there).code, 0)
        self.assertEqual(prpack("build", "--format", "json", "--output", "out", cwd=there).documents()[0].get("outside"), None)
        self.assertIn("outside", prpack("build", "--format", "json", "--output", "../../out", cwd=self.path("src")).out)

    def test_operands_of_add(self):
        for name in ("a", "b", "c", "d"):
            write(self.path("assets", "ui", name, "data.bin"), name)
        scene = ["--type", "scene_bank"]
        for where, operand in (("assets/ui", "a"), ("assets/ui/b", "."), ("assets", "ui/c"), ("src/deep", "assets/ui/d")):
            with self.subTest(where=where):
                result = prpack("add", operand, *scene, cwd=self.path(where))
                self.assertEqual(result.code, 0, result.said)
        roots = [record["root"] for record in json.loads(read(self.path(INDEX)))["assets"]]
        self.assertEqual(roots[2:], ["ui/a", "ui/b", "ui/c", "ui/d"])
        self.assertIn("../../../assets/ui/hero", prpack("add", "../hero", cwd=self.path("assets", "ui", "a")).said)
        self.assert_one_line(prpack("add", "deep", cwd=self.path("src")), 1, "root-invalid", "outside of assets/")
        self.assertIn("Did you mean prpack add ../../assets/ui/hero?", prpack("add", "../assets/ui/heroo", cwd=self.path("src", "deep")).said)

    def test_operands_of_palettes(self):
        rows = b"".join(b"\0" + bytes(range(8)) * 3 for _ in range(8))
        write(self.path("assets", "ui", "art", "art.png"), png(8, 8, 2, rows))
        result = prpack("add", "art", "--tile-size", "8", "--anyway", cwd=self.path("assets", "ui"))
        if result.code == 2:
            result = prpack("add", "art", "--tile-size", "8", cwd=self.path("assets", "ui"))
        self.assertEqual(result.code, 0, result.said)
        write(self.path("src", "first.hex"), b"ff00ff\n")
        for where, operand in (("assets/ui", "art"), ("assets/ui/art", "."), ("src", "../assets/ui/art"), ("src", "ui/art"), ("src/deep", "assets/ui/art")):
            result = prpack("palettes", operand, cwd=self.path(where))
            self.assertEqual(result.code, 0, result.said)
        result = prpack("palettes", "art", "--write", "--common", "first.hex", cwd=self.path("src"))
        self.assertEqual(result.code, 0, result.said)
        self.assertTrue(os.path.exists(self.path("assets", "ui", "art", "palette-0.gpl")))

    def test_a_directory_that_is_named(self):
        self.assertIn("ui/hero", self.run_here("-C", "src/deep", "list").out)
        self.assertIn("../../build/assets.pa", self.run_here("-C", "src/deep", "build").out)
        self.assertEqual(self.run_here("-C", "src", "verify", "../build").code, 0)

    def test_the_nearest_one_counts(self):
        inner = self.path("src", "deep", "game")
        os.makedirs(os.path.join(inner, "assets", ".prometeu"))
        write(os.path.join(inner, INDEX), b'{"schema_version": 1, "next_asset_id": 1, "assets": []}')
        os.makedirs(os.path.join(inner, "x"))
        self.assertIn("0 assets", prpack("list", cwd=os.path.join(inner, "x")).said)
        self.assertIn("2 assets", prpack("list", cwd=self.path("src", "deep")).out)

    def test_assets_that_are_named_are_not_searched_for(self):
        result = prpack("list", "--assets", "assets", cwd=self.path("src"))
        self.assertEqual(result.code, 1, result.said)
        self.assertIn("workspace-missing", result.err)
        result = prpack("build", "--assets", "../assets", cwd=self.path("src"))
        self.assertEqual(result.code, 0, result.said)
        self.assertTrue(os.path.exists(self.path("src", "build", "assets.pa")))

    def test_inspect_does_not_look_for_one(self):
        self.assertEqual(self.run_here("build").code, 0)
        self.assertEqual(prpack("inspect", "build/assets.pa", cwd=self.path("src")).code, 3)
        self.assertEqual(prpack("inspect", "../build/assets.pa", cwd=self.path("src")).code, 0)

    def test_the_kernels_directory_above_counts(self):
        os.makedirs(self.path("elsewhere", "real"))
        os.rename(self.path("assets"), self.path("elsewhere", "assets"))
        os.symlink("elsewhere/real", self.path("link"))
        self.assertIn("2 assets", self.run_here("-C", "link", "list").out)
        self.assertEqual(self.run_here("list").code, 1)

    def test_a_link_for_assets_is_found(self):
        os.rename(self.path("assets"), self.path("art"))
        os.symlink("art", self.path("assets"))
        self.assertIn("2 assets", prpack("list", cwd=self.path("src", "deep")).out)
        self.assertIn("2 assets", prpack("list", cwd=self.path("art", "ui")).out)
        os.remove(self.path("assets"))
        os.symlink("assets", self.path("assets"))
        self.assert_one_line(prpack("list", cwd=self.path("src")), 1, "path-outside", "../assets: error")

    def test_nothing_is_found(self):
        os.remove(self.path(INDEX))
        for command in (["list"], ["build"], ["add", "x"]):
            self.assert_one_line(prpack(*command, cwd=self.path("src")), 1, "workspace-missing", f"{INDEX}: error", "run prpack init")
        self.assertEqual(os.listdir(self.path("src")), ["deep"])

    def test_a_directory_that_is_gone(self):
        gone = self.path("src", "gone")
        os.mkdir(gone)
        for command, code in (("list", 0), ("build", 0), ("verify", 0), ("init", 1)):
            script = f'cd "{gone}" && rmdir "{gone}" && exec "{program.PRPACK}" {command}'
            ended = program.run(["bash", "-c", script])
            os.makedirs(gone, exist_ok=True)
            self.assertEqual(ended.code, code, ended)
        self.assertEqual(os.listdir(gone), [])


class Deleted(WorkspaceTest):
    """The current directory was deleted, and nothing is above it."""

    def run_deleted(self, command):
        gone = self.path("gone")
        os.makedirs(gone, exist_ok=True)
        return program.run(["bash", "-c", f'cd "{gone}" && rmdir "{gone}" && exec "{program.PRPACK}" {command}'])

    def test_each_command_says_so(self):
        for command in ("init", "init x", "add x", "add --each x", "palettes 1", "exclude 1", "include 1", "rename 1 x", "move 1 z", "forget 1", "remove 1",
                        "quarantine list", "history", "undo", "list", "show 1", "build", "build --check", "verify", "ids", "inspect x", "inspect ."):
            ended = self.run_deleted(command)
            self.assert_one_line(ended, 3, "environment-read", "the current directory was deleted", "Go to a directory that exists")
            self.assertEqual(os.listdir(self.dir), [])

    def test_what_does_not_need_it_works(self):
        write(self.path("project/assets/.prometeu/index.json"), '{"schema_version": 1, "next_asset_id": 1, "assets": []}')
        for command in ("explain root-invalid", "--version", f"-C {self.path('project')} list", f"init {self.path('new')}"):
            self.assertEqual(self.run_deleted(command).code, 0, command)


@unittest.skipUnless(os.geteuid() == 0, "only root can give files to another user")
class Strangers(WorkspaceTest):
    """A workspace that another user has put above the directories of this one."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"cave": b"a cave"})
        os.makedirs(self.path("mine", "deep"))
        os.chmod(self.dir, 0o755)

    def give(self, *paths):
        for path in paths:
            os.chown(self.path(path), STRANGER, STRANGER)

    def assert_missing(self, where="mine/deep"):
        before = read_tree(self.dir)
        for command in (["list"], ["build"], ["add", "cave"], ["palettes", "cave"]):
            ended = prpack(*command, cwd=self.path(where))
            self.assert_one_line(ended, 1, "workspace-missing", f"{INDEX}: error", "because another user owns it or a directory on the way")
        self.assertEqual(prpack("verify", cwd=self.path(where)).code, 2)
        self.assertEqual(read_tree(self.dir), before)

    def test_a_directory_of_another_user_ends_the_search(self):
        self.assertEqual(prpack("list", cwd=self.path("mine", "deep")).code, 0)
        for strange in (".", "mine"):
            self.give(strange)
            self.assert_missing()
            os.chown(self.path(strange), 0, 0)
        self.give("mine/deep")
        self.assertEqual(prpack("list", cwd=self.path("mine", "deep")).code, 0)

    def test_a_workspace_in_a_directory_for_all(self):
        os.chmod(self.dir, 0o1777)
        for strange in ("assets", "assets/.prometeu"):
            self.give(strange)
            self.assert_missing()
            self.assertEqual(prpack("init", "--dry-run", cwd=self.path("mine")).code, 0)
            os.chown(self.path(strange), 0, 0)

    def test_it_is_used_where_it_is_named(self):
        self.give(".", "assets", "assets/.prometeu", INDEX)
        self.assertEqual(self.run_here("list").code, 0)
        self.assertEqual(prpack("-C", "../..", "list", cwd=self.path("mine", "deep")).code, 0)
        self.assertIn("prpack -C ../.. COMMAND", prpack("list", cwd=self.path("mine", "deep")).err)
        self.assertIn(f"prpack -C {self.dir} COMMAND", prpack("-C", "deep", "list", cwd=self.path("mine")).err)

    def test_the_effective_user_counts(self):
        self.give("mine", "mine/deep")
        ended = program.run(["setpriv", f"--reuid={STRANGER}", "--clear-groups", program.PRPACK, "list"], self.path("mine", "deep"))
        self.assertIn("workspace-missing", ended.err)
        self.give(".", "assets", "assets/.prometeu", INDEX, "assets/cave", "assets/cave/asset.json")
        ended = program.run(["setpriv", f"--reuid={STRANGER}", "--clear-groups", program.PRPACK, "list"], self.path("mine", "deep"))
        self.assertIn("1 asset", ended.out)

    def test_a_directory_that_may_not_be_searched(self):
        self.give(".", "mine", "mine/deep", "assets", "assets/.prometeu", INDEX)
        os.chmod(self.path("mine"), 0)
        ended = program.run(["setpriv", f"--reuid={STRANGER}", "--clear-groups", program.PRPACK, "list"], self.path("mine", "deep"))
        self.assertEqual(ended.code, 3, ended)
        self.assertIn("../assets/.prometeu/index.json: error[environment-read]", ended.err)
        os.chown(self.path("mine"), 0, 0)
        os.chmod(self.path("mine"), 0o711)
        ended = program.run(["setpriv", f"--reuid={STRANGER}", "--clear-groups", program.PRPACK, "list"], self.path("mine", "deep"))
        self.assertIn("The workspace in ../.. is not used", ended.err)
        os.chmod(self.path("mine"), 0o700)
        ended = program.run(["setpriv", f"--reuid={STRANGER}", "--clear-groups", program.PRPACK, "list"], self.path("mine", "deep"))
        self.assertIn("workspace-missing", ended.err)
        self.assertNotIn("is not used", ended.err)
        self.give("mine")
        os.chmod(self.path("mine"), 0o755)
        os.chmod(self.path("assets"), 0)
        ended = program.run(["setpriv", f"--reuid={STRANGER}", "--clear-groups", program.PRPACK, "list"], self.path("mine", "deep"))
        self.assertEqual(ended.code, 3, ended)
        self.assertIn("../../assets/.prometeu/index.json: error[environment-read]", ended.err)
        os.chmod(self.path("assets"), 0o755)
