"""What init and build leave to git, and where init makes a workspace: docs/contracts/workspace.md 5, artifact-ownership.md 3."""

import json
import os
import shutil
import subprocess
import unittest

from harness.trees import read, read_tree, write
from harness.workspaces import ARTIFACTS
from workspace import WorkspaceTest, prpack

INDEX = "assets/.prometeu/index.json"
IGNORE = "assets/.prometeu/.gitignore"


class Init(WorkspaceTest):
    def test_a_directory_is_made(self):
        result = self.run_here("init", "games/new/")
        self.assertEqual(result.code, 0, result.said)
        self.assertIn(f"games/new/{INDEX}", result.out)
        self.assertEqual(sorted(key for key, content in read_tree(self.dir).items() if content is not None), [f"games/new/{IGNORE}", f"games/new/{INDEX}"])
        self.assert_one_line(self.run_here("init", "games/new"), 1, "workspace-exists", f"games/new/{INDEX}")
        self.assertEqual(self.run_here("-C", "games/new", "list").code, 0)

    def test_the_plan_of_a_directory(self):
        result = self.run_here("init", "games/new", "--dry-run", "--format", "json")
        self.assertEqual(result.code, 0, result.said)
        self.assertEqual([step["to"] for step in json.loads(result.out)["plan"]], [f"games/new/{IGNORE}", f"games/new/{INDEX}"])
        self.assertEqual(os.listdir(self.dir), [])
        text = self.run_here("init", "games/new", "--dry-run")
        self.assertIn(f"would write games/new/{IGNORE}: ", text.out)
        self.assertEqual(os.listdir(self.dir), [])

    def test_a_directory_that_cannot_be_made(self):
        write(self.path("file"), b"")
        before = read_tree(self.dir)
        for arguments in (["file"], ["file/new"], ["file/new", "--dry-run"]):
            self.assert_one_line(self.run_here("init", *arguments), 3, "environment-write", "file")
        self.assertEqual(self.run_here("init", "").code, 2)
        self.assertEqual(self.run_here("init", "a", "b").code, 2)
        self.assertEqual(read_tree(self.dir), before)

    def test_inside_a_workspace(self):
        self.assertEqual(self.run_here("init").code, 0)
        os.makedirs(self.path("assets", "ui"))
        before = read_tree(self.dir)
        for where, arguments, shown in ((["assets", "ui"], [], f"../../{INDEX}"), (["assets", "ui"], ["--dry-run"], f"../../{INDEX}"),
                                        (["."], ["inner"], self.path(INDEX)), (["."], ["assets/ui/deep/er"], self.path(INDEX)),
                                        (["assets"], ["../inner"], self.path(INDEX)), (["assets", "ui"], ["."], f"../../{INDEX}")):
            with self.subTest(where=where, arguments=arguments):
                result = prpack("init", *arguments, cwd=self.path(*where))
                self.assert_one_line(result, 1, "workspace-exists", f"{shown}: error", "lies in this one", "outside of that directory")
        self.assertEqual(read_tree(self.dir), before)
        self.assert_one_line(self.run_here("-C", "assets", "init"), 1, "workspace-exists", self.path(INDEX))
        self.assertEqual(self.run_here("init", "--assets", "other").code, 0)

    def test_what_is_there_stays(self):
        write(self.path(IGNORE), b"mine\n")
        result = self.run_here("init", "--dry-run", "--format", "json")
        self.assertEqual([step["to"] for step in json.loads(result.out)["plan"]], [INDEX])
        self.assertEqual(self.run_here("init").code, 0)
        self.assertEqual(read(self.path(IGNORE)), b"mine\n")
        os.remove(self.path(IGNORE))
        for command in (["list"], ["build"], ["init"]):
            self.assertNotIn("gitignore", self.run_here(*command).said)
        self.assertFalse(os.path.lexists(self.path(IGNORE)))

    def test_a_link_in_its_place_is_not_followed(self):
        os.makedirs(self.path("assets", ".prometeu"))
        os.symlink("../../outside", self.path(IGNORE))
        self.assertEqual(self.run_here("init").code, 0)
        self.assertEqual((os.readlink(self.path(IGNORE)), os.path.lexists(self.path("outside"))), ("../../outside", False))

    def test_nothing_is_left_when_the_registry_cannot_be_made(self):
        os.makedirs(self.path("assets", ".prometeu", ".index.json.new", "full"))
        self.assertEqual(self.run_here("init").code, 3)
        self.assertFalse(os.path.lexists(self.path(IGNORE)))


class Build(WorkspaceTest):
    def files(self, directory="build"):
        return sorted(os.listdir(self.path(directory)))

    def test_an_output_that_is_made(self):
        self.scene_workspace({"cave": b"a cave"})
        for output in ("build", "out", "deep/er/out"):
            result = self.run_here("build", "--verify", "--output", output)
            self.assertEqual(result.code, 0, result.said)
            self.assertEqual(self.files(output), sorted([".gitignore", *ARTIFACTS]))
            self.assertEqual(read(self.path(output, ".gitignore")), b"*\n")
        self.assertEqual(os.listdir(self.path("deep", "er")), ["out"])
        self.assertEqual(os.listdir(self.path("deep")), ["er"])
        for command in (["verify"], ["inspect", "build"], ["ids"], ["verify", "--sources"]):
            result = self.run_here(*command)
            self.assertEqual((result.code, "gitignore" in result.said), (0, False), result.said)
        self.assertEqual([self.run_here("build").out.count("unchanged") for _ in range(2)], [0, 1])

    def test_an_output_that_exists(self):
        self.scene_workspace({"cave": b"a cave"})
        os.mkdir(self.path("build"))
        write(self.path("full", ".gitignore"), b"mine\n")
        for output, content in (("build", sorted(ARTIFACTS)), ("full", sorted([".gitignore", *ARTIFACTS]))):
            self.assertEqual(self.run_here("build", "--output", output).code, 0)
            self.assertEqual(self.files(output), content)
        self.assertEqual(read(self.path("full", ".gitignore")), b"mine\n")
        self.assertEqual(self.run_here("build", "--output", ".").code, 0)
        self.assertFalse(os.path.lexists(self.path(".gitignore")))

    def test_one_that_was_removed_stays_away(self):
        self.scene_workspace({"cave": b"a cave"})
        self.assertEqual(self.run_here("build").code, 0)
        os.remove(self.path("build", ".gitignore"))
        write(self.path("assets", "cave", "data.bin"), b"another")
        self.assertEqual(self.run_here("build").code, 0)
        self.assertEqual(self.files(), sorted(ARTIFACTS))
        shutil.rmtree(self.path("build"))
        self.assertEqual(self.run_here("build").code, 0)
        self.assertIn(".gitignore", self.files())

    def test_a_build_that_publishes_nothing(self):
        self.scene_workspace({"cave": b"a cave"})
        self.assertEqual(self.run_here("build", "--check").code, 0)
        self.assertEqual(self.files("."), ["assets"])
        os.remove(self.path("assets", "cave", "data.bin"))
        self.assertEqual(self.run_here("build", "--verify", "--output", "deep/er").code, 1)
        self.assertEqual(self.files("."), ["assets"])

    def test_staging_with_one_is_settled(self):
        """As a kill leaves it: before the commit point, and after it."""
        self.scene_workspace({"cave": b"a cave"})
        self.assertEqual(self.run_here("build").code, 0)
        for state in (".prpack-staging", ".prpack-commit"):
            os.mkdir(self.path("build", state))
            os.rename(self.path("build", ".gitignore"), self.path("build", state, ".gitignore"))
            if state == ".prpack-commit":
                for name in ARTIFACTS:
                    os.rename(self.path("build", name), self.path("build", state, name))
            self.assertEqual(self.run_here("list").code, 0)
            self.assertEqual(self.files(), sorted(ARTIFACTS if state == ".prpack-staging" else [".gitignore", *ARTIFACTS]))
            write(self.path("build", ".gitignore"), b"mine\n")
        os.mkdir(self.path("build", ".prpack-commit"))
        write(self.path("build", ".prpack-commit", ".gitignore"), b"*\n")
        self.assertEqual(self.run_here("list").code, 0)
        self.assertEqual((self.files(), read(self.path("build", ".gitignore"))), (sorted([".gitignore", *ARTIFACTS]), b"mine\n"))


@unittest.skipUnless(shutil.which("git"), "git is not here")
class Git(WorkspaceTest):
    def git(self, *arguments):
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": self.dir}
        return subprocess.run(["git", *arguments], cwd=self.dir, env=environment, check=True, capture_output=True).stdout.decode()

    def test_git_takes_what_belongs_there(self):
        self.git("init", "-q")
        self.assertEqual(self.run_here("init").code, 0)
        write(self.path("assets", "cave", "data.bin"), b"a cave")
        self.assertEqual(self.run_here("add", "assets/cave", "--type", "scene_bank").code, 0)
        self.assertEqual(self.run_here("build").code, 0)
        self.assertTrue(os.path.exists(self.path("assets", ".prometeu", "cache.json")))
        write(self.path("assets", ".prometeu", "ignore"), b"drafts/\n")
        for name in (".prpack-edit", ".prpack-edit-commit", ".index.json.new", ".cache.json.new", "..gitignore.new", "later/file"):
            write(self.path("assets", ".prometeu", name), b"")
        os.symlink("x", self.path("assets", ".prometeu", ".prpack-output"))
        expected = [IGNORE, "assets/.prometeu/ignore", INDEX, "assets/cave/asset.json", "assets/cave/data.bin"]
        self.assertEqual(self.git("status", "--porcelain", "-uall").split("\n"), [*(f"?? {path}" for path in expected), ""])
        self.git("add", "assets")
        self.assertEqual(self.git("ls-files").split(), expected)

    def test_git_sees_neither_quarantine_nor_history(self):
        self.git("init", "-q")
        self.assertEqual(self.run_here("init").code, 0)
        write(self.path("assets", "cave", "data.bin"), b"a cave")
        self.assertEqual(self.run_here("add", "assets/cave", "--type", "scene_bank").code, 0)
        self.git("add", "assets")
        self.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "a cave")
        self.assertEqual(self.run_here("remove", "cave").code, 0)
        self.assertTrue(os.path.exists(self.path("assets", ".prometeu", "quarantine", "0002", "files", "data.bin")))
        self.assertTrue(os.path.exists(self.path("assets", ".prometeu", "history.jsonl")))
        self.assertEqual(self.git("status", "--porcelain", "-uall").split("\n"),
                         [f" M {INDEX}", " D assets/cave/asset.json", " D assets/cave/data.bin", ""])
        listed = self.run_here("list")
        self.assertEqual(listed.code, 0, listed.said)
        self.assertNotIn("unregistered", listed.said)
        self.assertEqual(self.run_here("quarantine", "restore", "2").code, 0)
        self.assertEqual(self.git("status", "--porcelain", "-uall").count("cave"), 0)
