"""build --explain: why each asset was packed or kept (docs/contracts/build-cache.md 5)."""

import json
import os
import shutil

import xxhash
from harness.births import seal
from harness.trees import read, write
from workspace import WorkspaceTest


class Reasons(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.scene_workspace({"bay": b"a bay " * 40, "cave": b"a cave " * 50, "dune": b"a dune " * 60})

    def explain(self, *arguments, code=0):
        ended = self.run_here("build", "--explain", "--format", "json", *arguments)
        self.assertEqual(ended.code, code, ended.said)
        return ended.documents()[0]

    def reasons(self, *arguments, code=0):
        """{asset_id: (action, reason, file)} of a build."""
        return {row["asset_id"]: (row["action"], row["reason"], row["file"])
                for row in self.explain(*arguments, code=code)["reasons"]}

    def assert_all(self, reasons, action, reason, ids=(1, 2, 3)):
        self.assertEqual(reasons, {number: (action, reason, None) for number in ids})

    def edit_registry(self, change):
        path = self.path("assets", ".prometeu", "index.json")
        registry = json.loads(read(path))
        change(registry)
        write(path, json.dumps(registry))

    def edit_cache(self, change):
        """Changes the cache, and seals it again: nothing tells it from one that a build wrote."""
        path = self.path("assets", ".prometeu", "cache.json")
        text = change(read(path)).rpartition(b',"seal":"')[0]
        write(path, text + b',"seal":"' + seal(os.path.dirname(path), text).encode() + b'"}')

    def harm_pack(self):
        """Changes a byte of the first payload."""
        path = self.path("build", "assets.pa")
        content = read(path)
        at = content.index(b"a bay ")
        write(path, content[:at] + b"A" + content[at + 1:])

    def test_a_first_build_has_no_last_one(self):
        self.assert_all(self.reasons(), "pack", "no-last-build")

    def test_nothing_is_packed_when_nothing_has_changed(self):
        self.explain()
        report = self.explain()
        self.assertTrue(report["unchanged"])
        self.assertTrue(report["in_place"])
        self.assert_all(self.reasons(), "keep", "unchanged")

    def test_an_input_that_changed_is_named(self):
        self.explain()
        write(self.path("assets", "cave", "data.bin"), b"another cave")
        reasons = self.reasons()
        self.assertEqual(reasons[2], ("pack", "input", "assets/cave/data.bin"))
        self.assertEqual(reasons[1], ("keep", "unchanged", None))

    def test_a_file_that_was_only_touched_has_not_changed(self):
        self.explain()
        os.utime(self.path("assets", "cave", "data.bin"), (1, 1))
        self.assert_all(self.reasons(), "keep", "unchanged")

    def test_of_a_declaration_and_an_input_the_declaration_is_named(self):
        self.explain()
        write(self.path("assets", "cave", "data.bin"), b"another cave")
        self.edit_declaration("cave", lambda document: document.update(name="den"))
        report = self.explain()
        row = report["reasons"][1]
        self.assertEqual((row["asset_name"], row["action"], row["reason"], row["file"]),
                         ("den", "pack", "declaration", "assets/cave/asset.json"))

    def test_assets_come_and_go(self):
        self.explain()

        def change(registry):
            record = dict(registry["assets"][1], asset_id=4, asset_uuid="00000000-0000-4000-8000-000000000009", root="den")
            registry["assets"] = [registry["assets"][0], dict(registry["assets"][2], included_in_build=False), record]
            registry["next_asset_id"] = 5

        self.edit_registry(change)
        shutil.copytree(self.path("assets", "cave"), self.path("assets", "den"))
        self.edit_declaration("den", lambda document: document.update(asset_uuid="00000000-0000-4000-8000-000000000009"))
        self.assertEqual(self.reasons(), {1: ("keep", "unchanged", None), 2: ("drop", "removed", None),
                                          3: ("drop", "removed", None), 4: ("pack", "new", None)})

    def test_an_asset_that_moved_is_packed(self):
        self.explain()
        os.rename(self.path("assets", "cave"), self.path("assets", "den"))
        self.edit_registry(lambda registry: registry["assets"][1].update(root="den"))
        self.assertEqual(self.reasons()[2], ("pack", "identity", None))

    def test_no_cache_is_a_reason(self):
        self.explain()
        self.assert_all(self.reasons("--no-cache"), "pack", "no-cache")

    def test_another_output_directory_is_a_reason(self):
        self.explain()
        self.assert_all(self.reasons("--output", "other"), "pack", "other-output")

    def test_another_version_is_a_reason(self):
        self.explain()
        self.edit_cache(lambda text: text.replace(b'"packer":"', b'"packer":"9.', 1))
        self.assert_all(self.reasons(), "pack", "other-packer")
        self.edit_cache(lambda text: text.replace(b'"writer":', b'"writer":9', 1))
        self.assert_all(self.reasons(), "pack", "other-packer")

    def test_a_cache_that_is_damaged_or_copied_is_none(self):
        self.explain()
        write(self.path("assets", ".prometeu", "cache.json"), b"{")
        self.assert_all(self.reasons(), "pack", "no-last-build")
        shutil.copytree(self.path("assets"), self.path("copy", "assets"))
        self.assert_all(self.reasons("-C", "copy"), "pack", "no-last-build")

    def test_a_pack_that_was_changed_is_a_reason(self):
        self.explain()
        self.harm_pack()
        report = self.explain()
        self.assertFalse(report["in_place"])
        self.assertEqual(report["summary"]["kept"], 0)
        self.assertEqual({row["reason"] for row in report["reasons"]}, {"last-pack"})

    def test_what_changed_itself_keeps_its_own_reason(self):
        self.explain()
        self.harm_pack()
        write(self.path("assets", "dune", "data.bin"), b"another dune")
        self.assertEqual(self.reasons(), {1: ("pack", "last-pack", None), 2: ("pack", "last-pack", None),
                                          3: ("pack", "input", "assets/dune/data.bin")})

    def test_artifacts_that_are_gone_are_published_again(self):
        self.explain()
        os.remove(self.path("build", "preload.json"))
        report = self.explain()
        self.assertEqual((report["in_place"], report["unchanged"], report["published"]), (False, False, True))
        self.assertEqual({row["action"] for row in report["reasons"]}, {"keep"})
        os.remove(self.path("build", "preload.json"))
        self.assertIn("the artifacts of the last build were not in place", self.run_here("build", "--explain").out)

    def test_a_set_that_does_not_conform_is_a_reason(self):
        self.explain()
        self.harm_pack()
        pack = self.path("build", "assets.pa")
        status = os.stat(pack)

        def believe(text):
            cache = json.loads(text)
            cache["artifacts"][-1] = [[status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns],
                                      xxhash.xxh3_128(read(pack)).hexdigest()]
            return json.dumps(cache, separators=(",", ":"), ensure_ascii=False).encode()

        self.edit_cache(believe)
        report = self.explain("--verify")
        self.assertEqual({(row["action"], row["reason"]) for row in report["reasons"]}, {("pack", "not-conforming")})
        self.assertTrue(report["published"])

    def test_a_build_that_fails_says_what_it_was_about_to_do(self):
        self.explain()
        os.remove(self.path("assets", "cave", "data.bin"))
        self.assertEqual(self.reasons(code=1)[2], ("pack", "input", "assets/cave/data.bin"))
        write(self.path("assets", "bay", "asset.json"), b"{")
        report = self.explain(code=1)
        self.assertEqual((report["reasons"][0]["asset_name"], report["reasons"][0]["reason"]), (None, "declaration"))
        self.assertEqual(report["reasons"][2]["action"], "keep")

    def test_the_text_has_a_line_for_each_asset(self):
        self.explain()
        write(self.path("assets", "cave", "data.bin"), b"another cave")
        lines = self.run_here("build", "--explain").out.splitlines()
        self.assertIn("   1  bay   keep    nothing of it has changed", lines)
        self.assertIn("   2  cave  pack    assets/cave/data.bin has changed", lines)
        self.assertEqual(len([line for line in lines if line.startswith("   ")]), 3)
        self.assertEqual(self.run_here("build", "--explain", "--quiet").out, "")

    def test_reasons_do_not_depend_on_the_number_of_workers(self):
        for number in range(40):
            write(self.path("assets", f"new{number}", "data.bin"), bytes([number]))
        self.assertEqual(self.run_here("add", *(f"assets/new{number}" for number in range(40)), "--type", "scene_bank").code, 0)
        self.explain()
        for number in range(0, 40, 3):
            write(self.path("assets", f"new{number}", "data.bin"), b"other")
        shutil.copytree(self.path("assets", ".prometeu"), self.path("kept"))
        seen = []
        for jobs in ("1", "7"):
            os.rename(self.path("build"), self.path(f"before{jobs}"))
            shutil.copytree(self.path(f"before{jobs}"), self.path("build"))
            write(self.path("assets", ".prometeu", "cache.json"), read(self.path("kept", "cache.json")))
            seen.append(self.explain("--jobs", jobs)["reasons"])
            shutil.rmtree(self.path("build"))
            os.rename(self.path(f"before{jobs}"), self.path("build"))
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(len([row for row in seen[0] if row["reason"] == "input"]), 14)
