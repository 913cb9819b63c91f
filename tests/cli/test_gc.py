"""gc: docs/contracts/workspace.md 8.11."""

import fcntl
import json
import os
import stat

from harness.trees import commit_edit, read, read_tree, write
from operation import OperationTest
from workspace import artifacts_of

REGISTRY = "assets/.prometeu"


class Clearing(OperationTest):
    """A workspace with a build, and what killed commands have left in it."""

    left = {
        "build/.prpack-staging": 700,
        REGISTRY + "/..gitignore.new": 6,
        REGISTRY + "/..gitattributes.new": 7,
        REGISTRY + "/.cache.json.new": 5,
        REGISTRY + "/quarantine/.purge-0007": 9,
        "assets/hero/.asset.json.new": 11,
        "assets/hero/pal/.main.gpl.new": 3,
    }
    kept = ("assets/hero/.hero.png.new", "assets/loose/.main.gpl.new", "assets/.git/.asset.json.newer", "assets/hero/.new", "assets/hero/asset.json.new",
            "assets/hero/..new", REGISTRY + "/.notes.new", REGISTRY + "/.index.json.prpack-new", REGISTRY + "/quarantine/0008/record.json", REGISTRY + "/quarantine/.purge-me/data.bin", "build/notes.txt")

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"1", "ui/bat": b"2"})
        self.assertEqual(self.run_here("build").code, 0)

    def litter(self):
        write(self.path("build/.prpack-staging/assets.pa"), b"x" * 600)
        write(self.path("build/.prpack-staging/preload.json"), b"x" * 100)
        for path in list(self.left)[1:]:
            write(self.path(path, "files", "data.bin") if ".purge" in path else self.path(path), b"y" * self.left[path])
        for path in self.kept:
            write(self.path(path), b"the user's")

    def document(self, *words, code=0, cwd="."):
        return super().document("gc", *words, code=code, cwd=cwd)

    def test_what_is_left_and_the_cache_go_and_nothing_else(self):
        clean = read_tree(self.dir)
        self.litter()
        cache = os.path.getsize(self.path(REGISTRY, "cache.json"))
        stamps = self.stamps()
        dry = self.document("--dry-run")
        text = self.run_here("gc", "--dry-run")
        self.assertEqual(self.stamps(), stamps)
        expected = {**self.left, REGISTRY + "/cache.json": cache}
        self.assertEqual({file["path"]: file["bytes"] for file in dry["files"]}, expected)
        self.assertEqual(dry["bytes"], sum(expected.values()))
        self.assertEqual([(step["action"], step["from"], step["to"]) for step in dry["plan"]], [("delete", None, file["path"]) for file in dry["files"]])
        for path, size in expected.items():
            self.assertIn(f"would delete {path} ({size:,} bytes)\n", text.out)
        self.assertTrue(text.out.endswith(f"would free {sum(expected.values()):,} bytes\n"))

        self.assertEqual(self.document(), {**dry, "dry_run": False})
        for path in self.kept:
            self.assertEqual(read(self.path(path)), b"the user's")
            os.remove(self.path(path))
        for directory in ("assets/loose", "assets/.git", "assets/hero/pal", REGISTRY + "/quarantine/0008", REGISTRY + "/quarantine/.purge-me", REGISTRY + "/quarantine"):
            os.rmdir(self.path(directory))
        self.assertEqual(read_tree(self.dir, with_cache=True), clean)
        self.assertEqual(self.run_here("gc").out, "there is nothing to delete\n")
        self.assertEqual(self.document()["plan"], [])

    def test_the_next_build_makes_the_cache_and_the_same_bytes(self):
        before = artifacts_of(self.path("build"))
        ended = self.run_here("gc")
        self.assertEqual((ended.code, ended.err), (0, ""))
        self.assertFalse(os.path.exists(self.path(REGISTRY, "cache.json")))
        self.assertEqual(self.run_here("build").code, 0)
        self.assertEqual(artifacts_of(self.path("build")), before)
        self.assertTrue(os.path.exists(self.path(REGISTRY, "cache.json")))

    def test_what_prpack_did_not_make_stays(self):
        os.remove(self.path(REGISTRY, "cache.json"))
        write(self.path("elsewhere/keep"), b"kept")
        os.symlink("../elsewhere", self.path("build/.prpack-staging"))
        os.symlink("../../elsewhere/keep", self.path(REGISTRY, "cache.json"))
        os.mkdir(self.path(REGISTRY, ".cache.json.new"))
        os.mkfifo(self.path("assets/hero/.asset.json.new"))
        os.symlink("../../elsewhere/keep", self.path("assets/ui/bat/.asset.json.new"))
        os.symlink("../elsewhere", self.path("assets/linked"))
        write(self.path("elsewhere/.asset.json.new"), b"kept")
        before = read_tree(self.dir)
        self.assertEqual(self.document()["plan"], [])
        self.assertEqual(read_tree(self.dir), before)

    def test_another_output_directory_has_to_be_named(self):
        self.assertEqual(self.run_here("build", "--output", "out/of/here").code, 0)
        write(self.path("out/of/here/.prpack-staging/assets.pa"), b"half")
        self.document()
        self.assertTrue(os.path.exists(self.path("out/of/here/.prpack-staging")))
        document = self.document("--output", "out/of/here")
        self.assertEqual(document["files"], [{"path": "out/of/here/.prpack-staging", "bytes": 4}])
        self.assertFalse(os.path.exists(self.path("out/of/here/.prpack-staging")))
        self.assertEqual(self.document("--output", "not/there")["plan"], [])

    def test_a_set_that_is_committed_is_moved_into_place(self):
        os.mkdir(self.path("build/.prpack-commit"))
        os.rename(self.path("build/assets.pa"), self.path("build/.prpack-commit/assets.pa"))
        dry = self.document("--dry-run")
        self.assertEqual([step["to"] for step in dry["plan"] if step["action"] == "move"], ["build"])
        self.assertEqual({**dry, "dry_run": False}, self.document())
        self.assertTrue(os.path.exists(self.path("build/assets.pa")))
        self.assertFalse(os.path.exists(self.path("build/.prpack-commit")))

    def test_a_workspace_that_is_in_use_is_left_alone(self):
        self.litter()
        before = read_tree(self.dir, with_cache=True)
        lock = os.open(self.path(REGISTRY), os.O_RDONLY)
        self.addCleanup(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in ([], ["--dry-run"]):
            document = self.document(*words)
            self.assertEqual([(finding["id"], finding["severity"]) for finding in document["diagnostics"]], [("build-busy", "warning")])
            self.assertNotIn("--wait", document["diagnostics"][0]["help"])
            self.assertEqual(document["plan"], [])
        self.assertEqual(read_tree(self.dir, with_cache=True), before)

    def test_staging_that_a_build_holds_stays_and_the_rest_goes(self):
        self.litter()
        staging = os.open(self.path("build/.prpack-staging"), os.O_RDONLY)
        self.addCleanup(os.close, staging)
        fcntl.flock(staging, fcntl.LOCK_EX)
        dry = self.document("--dry-run")
        real = self.document()
        self.assertEqual({**dry, "dry_run": False}, real)
        self.assertEqual([finding["file"] for finding in real["diagnostics"]], ["build/.prpack-staging"])
        self.assertNotIn("build/.prpack-staging", [file["path"] for file in real["files"]])
        self.assertEqual(len(real["files"]), len(self.left))
        self.assertTrue(os.path.exists(self.path("build/.prpack-staging/assets.pa")))

    def test_a_committed_edit_is_completed_first_and_a_dry_run_says_so(self):
        before = read_tree(self.dir)
        commit_edit(self.path(REGISTRY))
        self.assertEqual([finding["id"] for finding in self.document("--dry-run", code=3)["diagnostics"]], ["edit-pending"])
        self.assertEqual([file["path"] for file in self.document()["files"]], [REGISTRY + "/cache.json"])
        self.assertEqual(read_tree(self.dir), before)

    def test_a_registry_with_a_fault_keeps_only_stages_in_roots(self):
        self.litter()
        write(self.path(REGISTRY, "index.json"), b"{")
        document = self.document(code=1)
        self.assertEqual([finding["id"] for finding in document["diagnostics"]], ["registry-syntax"])
        self.assertEqual({file["path"] for file in document["files"]}, {REGISTRY + "/cache.json", *[path for path in self.left if not path.startswith("assets/hero/")]})

    def test_what_may_not_be_deleted_is_reported(self):
        if os.geteuid() == 0:
            self.skipTest("root may delete everything")
        write(self.path("assets/hero/.asset.json.new"), b"x")
        os.chmod(self.path("assets/hero"), stat.S_IRUSR | stat.S_IXUSR)
        self.addCleanup(os.chmod, self.path("assets/hero"), stat.S_IRWXU)
        document = self.document(code=3)
        self.assertEqual([(finding["id"], finding["file"]) for finding in document["diagnostics"]], [("environment-write", "assets/hero/.asset.json.new")])

    def test_outside_of_a_workspace(self):
        ended = self.run_here("gc", "-C", "/")
        self.assertEqual(ended.code, 1)
        self.assertIn("workspace-missing", ended.err)
