"""What build leaves to git: docs/contracts/artifact-ownership.md 3."""

import os
import shutil

from harness.trees import read, write
from harness.workspaces import ARTIFACTS
from workspace import WorkspaceTest


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
