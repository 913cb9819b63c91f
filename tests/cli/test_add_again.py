"""prpack add of directories that are registered, and of files beside directories, as a shell writes them for a star."""

import json
import os

from harness.trees import read, read_tree, write
from workspace import WorkspaceTest


class AddAgain(WorkspaceTest):
    """Two scenes are registered, and one directory is not."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"a hero", "units/bat": b"a bat"})
        write(self.path("assets/cave/data.bin"), b"a cave")

    def add(self, *arguments):
        return self.run_here("add", "--type", "scene_bank", *arguments)

    def roots(self):
        return [record["root"] for record in json.loads(read(self.path("assets/.prometeu/index.json")))["assets"]]

    def everything(self):
        """What a shell makes of assets/*."""
        return sorted("assets/" + name for name in os.listdir(self.path("assets")) if not name.startswith("."))

    def test_everything_can_be_added_twice(self):
        first = self.add(*self.everything())
        self.assertEqual(first.code, 0, first)
        self.assertEqual(self.roots(), ["hero", "units/bat", "cave"])
        before = read_tree(self.dir)
        again = self.add(*self.everything())
        self.assertEqual(again.code, 0, again)
        self.assertEqual(again.out, "")
        self.assertEqual(again.err.count("warning[root-registered]"), 3)  # two roots, and the directory of the third one
        self.assertEqual(read_tree(self.dir), before)

    def test_a_directory_of_roots_with_files_of_its_own_is_refused(self):
        write(self.path("assets/units/jump.wav"), b"")
        for arguments in (("assets/units",), ("assets/hero", "assets/units")):
            result = self.run_here("add", *arguments)
            self.assertEqual(result.code, 1, result)
            self.assertIn("error[root-invalid] asset 2: the root contains the root of asset 2", result.err)

    def test_registered_roots_do_not_hide_faults(self):
        result = self.add("assets/hero", "assets/nowhere", "assets/cave")
        self.assertEqual(result.code, 1, result)
        self.assertEqual(self.roots(), ["hero", "units/bat", "cave"])

    def test_the_same_root_twice_is_added_once(self):
        result = self.add("assets/cave", "cave")
        self.assertEqual(result.code, 0, result)
        self.assertIn("warning[root-registered] asset 3", result.err)
        self.assertEqual(self.roots(), ["hero", "units/bat", "cave"])

    def test_what_a_registered_root_has_and_does_not_declare_is_named(self):
        write(self.path("assets/hero/walk.png"), b"later")
        write(self.path("assets/hero/notes.txt"), b"a working file")
        result = self.add("assets/hero", "assets/units/bat")
        self.assertEqual(result.code, 0, result)
        line, = [line for line in result.err.splitlines() if "warning[input-undeclared]" in line]
        self.assertTrue(line.startswith("assets/hero: "), line)
        self.assertIn('"walk.png"', line)

    def test_a_registered_root_without_its_declaration(self):
        """The remedy does not say to edit what is not there, and it helps."""
        os.remove(self.path("assets/hero/asset.json"))
        result = self.add("assets/hero")
        self.assertEqual(result.code, 0, result)
        self.assertIn("there is nothing to add: the directory is registered, and its asset.json is not there. Restore its asset.json", result.err)
        self.assertNotIn("edit its asset.json", result.err)
        self.assertIn("run prpack forget assets/hero and prpack add --type scene_bank assets/hero, which", result.err)
        self.assertEqual(self.run_here("forget", "assets/hero").code, 0)
        self.assertEqual(self.add("assets/hero").code, 0)
        self.assertEqual(self.run_here("build", "--verify").code, 0)
        self.assertIn("edit its asset.json", self.add("assets/hero").err)

    def test_what_differs_from_an_asset_by_case_only(self):
        """It is added, with a warning each for the name and the directory; a build does not mind."""
        write(self.path("assets/Hero/data.bin"), b"another hero")
        write(self.path("assets/HERO/data.bin"), b"a third hero")
        result = self.add("assets/Hero", "assets/HERO", "assets/cave")
        self.assertEqual(result.code, 0, result)
        for what, command in (("name", "rename"), ("directory", "move")):
            self.assertIn(f'assets/Hero: warning[name-case] the {what} "Hero" differs from that of asset 1 by case only. Run prpack {command} assets/Hero ', result.err)
        self.assertEqual(result.err.count("name-case"), 4)
        self.assertEqual(self.roots(), ["hero", "units/bat", "Hero", "HERO", "cave"])
        self.assertEqual(self.run_here("build").code, 0)

    def test_a_report_of_a_registered_root(self):
        for extra, dry_run in (((), False), (("--dry-run",), True)):
            result = self.add("assets/hero", "--format", "json", *extra)
            document = json.loads(result.out)
            self.assertEqual((result.code, document["asset"], document["dry_run"], document["errors"]), (0, None, dry_run, 0))
            finding, = document["diagnostics"]
            self.assertEqual((finding["id"], finding["severity"], finding["asset_id"]), ("root-registered", "warning", 1))
        self.assertEqual(document["plan"], [])

    def test_it_can_count_as_an_error(self):
        for option in ("--strict", "--error=root-registered"):
            self.assertEqual(self.add("assets/hero", option).code, 1)
        self.assertEqual(self.add("assets/hero", "--ignore", "root-registered").code, 0)

    def test_a_file_beside_directories_is_passed_over(self):
        write(self.path("assets/README.txt"), b"how to draw")
        write(self.path("assets/units/notes.txt"), b"notes")
        for operands in (("assets/README.txt", "assets/cave"), ("assets/hero", "README.txt"), ("assets/hero/", "./assets/README.txt"),
                         ("assets/units/bat", "assets/units/notes.txt"), ("assets/hero", "assets/.prometeu", "assets/README.txt")):
            with self.subTest(operands=operands):
                result = self.add(*operands)
                self.assertEqual(result.code, 0, result)
                self.assertIn("warning[root-invalid] ", result.err)
                self.assertIn("passed over", result.err)
        self.assertEqual(self.roots(), ["hero", "units/bat", "cave"])

    def test_a_file_beside_no_directory_is_refused(self):
        write(self.path("assets/README.txt"), b"how to draw")
        write(self.path("outside/README.txt"), b"not in assets")
        for operands in (("assets/README.txt",), ("assets/README.txt", "assets/units/bat"), ("assets/cave", "assets/hero/data.bin"),
                         ("assets/.prometeu",), ("assets/.prometeu", "assets/units/bat"), ("assets/cave", "assets/.prometeu/index.json"),
                         ("assets/cave", "outside/README.txt"), ("assets/README.txt", "assets/nowhere")):
            with self.subTest(operands=operands):
                result = self.add(*operands, "--dry-run")
                self.assertEqual(result.code, 1, result)
                self.assertIn("error[root-invalid] ", result.err)
