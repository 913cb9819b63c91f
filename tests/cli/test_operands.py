"""What verify says about paths that are not build directories."""

import json
import os
import shutil

from harness.trees import read_tree, write
from workspace import WorkspaceTest


class Operands(WorkspaceTest):
    def built(self):
        self.scene_workspace({"a": b"scene"})
        self.assertEqual(self.run_here("build", "--quiet").code, 0)

    def verify(self, *arguments):
        ended = self.run_here("verify", "--format", "json", *arguments)
        report = json.loads(ended.out)
        return ended.code, report, [(one["id"], one["expected"]) for one in report["diagnostics"]]

    def test_what_is_no_build_directory_is_usage_with_what_was_meant(self):
        self.built()
        os.mkdir(self.path("empty"))
        os.mkfifo(self.path("fifo"))
        write(self.path("game", "manifest.json"), "{}")
        before = read_tree(self.dir)
        for path, meant in (("build/assets.pa", "build"), ("build/preload.json", "build"), ("./build/assets.pa", "./build"),
                            (self.path("build", "assets.pa"), self.path("build")), (".", "build"), ("./", "build"),
                            (self.dir, self.path("build")), ("nope", "build"), ("nope/deeper", "build"), ("build/nope", "build"),
                            ("assets", "build"), ("empty", "build"), ("fifo", "a build directory"), ("assets/a/data.bin", "a build directory"),
                            ("build/assets.pa/x", "build"), ("game", "a build directory")):
            with self.subTest(path=path):
                code, report, found = self.verify(path)
                self.assertEqual((code, found), (2, [("usage", meant)]))
                self.assertEqual((report["loads"], report["conforms"], report["matches"]), (None, None, None))
                self.assertIn("prpack inspect", report["diagnostics"][0]["help"])
        self.assertEqual(read_tree(self.dir), before)

    def test_without_any_build_nothing_is_guessed(self):
        for path in ("nope", "build", "."):
            with self.subTest(path=path):
                self.assertEqual(self.verify(path)[::2], (2, [("usage", "a build directory")]))

    def test_a_workspace_that_was_never_built(self):
        self.scene_workspace({"a": b"scene"})
        for arguments in ((), ("build",), ("build/",), (".",), (self.dir,), ("--sources",), ("--no-companions",)):
            with self.subTest(arguments=arguments):
                code, report, found = self.verify(*arguments)
                self.assertEqual((code, found), (1, [("build-missing", None)]))
                self.assertEqual(report["loads"], None)
        os.mkdir(self.path("build"))
        self.assertEqual(self.verify()[2], [("build-missing", None)])
        # Another directory that is not there is not the one that builds publish into.
        self.assertEqual(self.verify("out")[2], [("usage", "a build directory")])

    def test_a_build_that_lacks_a_part_is_examined(self):
        self.built()
        for name in ("asset_table.json", "preload.json", "asset_table_metadata.json"):
            os.remove(self.path("build", name))
        self.assertEqual([one for one, _ in self.verify()[2]], ["companion-missing"] * 3)
        shutil.rmtree(self.path("build"))
        write(self.path("build", "preload.json"), "[]")
        self.assertNotIn("build-missing", [one for one, _ in self.verify()[2]])
