"""build --check: everything but writing (docs/contracts/artifact-ownership.md 3.7)."""

import fcntl
import os
import resource
import shutil

from harness.trees import commit_edit, read, read_tree, write
from workspace import WorkspaceTest


class Check(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.scene_workspace({"bay": b"a bay " * 40, "cave": b"a cave " * 50})

    def check(self, *arguments, code=0):
        """The report of a check, which leaves everything as it was, the cache too."""
        before = self.seen()
        ended = self.run_here("build", "--check", "--format", "json", *arguments)
        self.assertEqual(ended.code, code, ended.said)
        self.assertEqual(self.seen(), before)
        report = ended.documents()[0]
        self.assertTrue(report["check"])
        self.assertFalse(report["published"])
        return report

    def seen(self):
        """All files, with their times."""
        return {path: (content, os.lstat(self.path(path)).st_mtime_ns)
                for path, content in read_tree(self.dir, with_cache=True).items()}

    def ids(self, report):
        return [finding["id"] for finding in report["diagnostics"]]

    def test_a_check_says_what_a_build_publishes(self):
        report = self.check()
        self.assertTrue(report["would_publish"])
        self.assertFalse(report["unchanged"])
        built = self.run_here("build", "--format", "json").documents()[0]
        self.assertEqual(report["summary"], built["summary"])
        self.assertFalse(built["check"])
        self.assertNotIn("would_publish", built)

    def test_a_check_says_that_nothing_has_changed(self):
        self.assertEqual(self.run_here("build").code, 0)
        for arguments in ([], ["--verify"]):
            report = self.check(*arguments)
            self.assertEqual((report["unchanged"], report["would_publish"]), (True, False))
            self.assertEqual(report["summary"]["kept"], 2)

    def test_with_verify_the_set_is_examined_in_memory(self):
        report = self.check("--verify")
        self.assertEqual((report["verified"], report["loads"], report["conforms"], report["matches"]), (True,) * 4)
        self.assertEqual(report["checked"]["companions"], 3)
        self.assertGreater(report["checked"]["hashes"], 0)
        self.assertEqual(report["file"], "build")
        self.assertIn("verified in memory", self.run_here("build", "--check", "--verify").out)

    def test_findings_and_exit_codes_are_those_of_a_build(self):
        faults = {
            "input-missing": lambda: os.remove(self.path("assets", "bay", "data.bin")),
            "declaration-syntax": lambda: write(self.path("assets", "bay", "asset.json"), b"{"),
            "registry-invalid": lambda: write(self.path("assets", ".prometeu", "index.json"), b"{}"),
            "workspace-missing": lambda: os.remove(self.path("assets", ".prometeu", "index.json")),
            "declaration-value": lambda: self.edit_declaration("cave", lambda document: document.update(name="bay")),
        }
        shutil.copytree(self.path("assets"), self.path("kept"))
        for diagnostic, harm in faults.items():
            with self.subTest(diagnostic):
                harm()
                report = self.check(code=1)
                self.assertEqual(report["would_publish"], False)
                self.assertEqual(report["summary"]["assets"], 0)
                built = self.run_here("build", "--format", "json")
                self.assertEqual((built.code, built.documents()[0]["diagnostics"]), (1, report["diagnostics"]))
                self.assertTrue(report["diagnostics"])
                shutil.rmtree(self.path("assets"))
                shutil.copytree(self.path("kept"), self.path("assets"))

    def test_faults_that_only_pixels_show_are_found(self):
        self.copy_demo()
        self.assertEqual(self.run_here("build", "--check", "-C", "demo").code, 0)
        picture = next(os.path.join(at, name) for at, _, names in os.walk(self.path("demo", "assets"))
                       for name in sorted(names) if name.endswith(".png"))
        content = bytearray(read(picture))
        content[-20] ^= 1
        write(picture, bytes(content))
        checked = self.run_here("build", "--check", "-C", "demo", "--format", "json").documents()[0]
        built = self.run_here("build", "-C", "demo", "--format", "json").documents()[0]
        self.assertEqual(checked["diagnostics"], built["diagnostics"])
        self.assertIn("error", [finding["severity"] for finding in checked["diagnostics"]])

    def test_budgets_hold(self):
        self.copy_demo()
        ended = self.run_here("build", "--check", "-C", "demo", "--max-decoded", "100")
        self.assertEqual(ended.code, 1)
        self.assertIn("error[decoded-budget]", ended.err)
        self.assertIn("nothing was written; a build would publish nothing", ended.err)

    def test_the_output_directory_is_checked(self):
        self.assertEqual(self.ids(self.check("--output", "assets", code=2)), ["output-reserved"])
        os.makedirs(self.path("build", "preload.json"))
        self.assertEqual(self.ids(self.check(code=3)), ["environment-write"])
        os.symlink("/nowhere", self.path("link"))
        os.rmdir(self.path("build", "preload.json"))
        os.rmdir(self.path("build"))
        os.symlink("elsewhere", self.path("build"))
        self.assertEqual(self.ids(self.check(code=1)), ["path-outside"])

    def test_reasons_are_those_of_a_build(self):
        self.assertEqual(self.run_here("build").code, 0)
        write(self.path("assets", "cave", "data.bin"), b"another cave")
        pack = read(self.path("build", "assets.pa"))
        for harmed in (pack, pack.replace(b"a bay ", b"A bay ")):
            write(self.path("build", "assets.pa"), harmed)
            checked = self.check("--explain")
            kept = checked["reasons"][0]["action"] == "keep"
            self.assertEqual(kept, harmed == pack)
            self.assertEqual(checked["summary"]["kept"], int(kept))
        built = self.run_here("build", "--explain", "--format", "json").documents()[0]
        self.assertEqual(checked["reasons"], built["reasons"])

    def test_a_lock_on_the_workspace_does_not_hinder_a_check(self):
        held = os.open(self.path("assets", ".prometeu"), os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        self.assertTrue(self.check()["would_publish"])
        self.assertEqual(self.run_here("build").code, 3)
        os.close(held)

    def test_a_promotion_that_does_not_end_is_busy(self):
        os.makedirs(self.path("build"))
        held = os.open(self.path("build"), os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        self.assertEqual(self.ids(self.check(code=3)), ["build-busy"])
        os.close(held)

    def test_what_a_killed_build_left_is_a_warning(self):
        self.assertEqual(self.run_here("build").code, 0)
        os.makedirs(self.path("build", ".prpack-staging"))
        os.makedirs(self.path("build", ".prpack-commit"))
        os.rename(self.path("build", "assets.pa"), self.path("build", ".prpack-commit", "assets.pa"))
        report = self.check()
        self.assertEqual(self.ids(report), ["build-pending"] * 2)
        self.assertTrue(report["would_publish"])

    def test_an_edit_that_was_killed_after_its_commit_is_pending(self):
        registry = self.path("assets", ".prometeu")
        shutil.copy(os.path.join(registry, "index.json"), os.path.join(registry, ".index.json.new"))
        journal = os.path.join(registry, ".prpack-edit-commit")
        write(journal, b"prpack-edit 2 0 0 0 0\nend d8bd3a69a5f0ee9e1f9f5d1cb0bd8a27\n")
        self.assertTrue(self.check()["would_publish"])  # not made here: a build drops it
        commit_edit(registry)
        self.assertEqual(self.ids(self.check(code=3)), ["edit-pending"])
        self.assertEqual(self.run_here("list").code, 0)
        self.assertTrue(self.check()["would_publish"])

    def test_memory_for_the_artifacts_can_run_out(self):
        write(self.path("assets", "bay", "data.bin"), bytes(8 << 20))
        limits = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))  # pylint: disable=unnecessary-lambda-assignment
        ended = self.run_here("build", "--check", "--verify", preexec_fn=limits)
        self.assertEqual(ended.code, 3)
        self.assertIn("error[environment-memory]", ended.err)
        self.assertEqual(self.run_here("build", "--check", preexec_fn=limits).code, 0)

    def test_the_text_says_what_would_be(self):
        self.assertIn("build/assets.pa: would be published: 2 assets", self.run_here("build", "--check").out)
        self.run_here("build")
        self.assertIn("build/assets.pa: unchanged: 2 assets", self.run_here("build", "--check").out)
        self.assertEqual(self.run_here("build", "--check", "--quiet").said, "")
