"""What was probably meant: commands, options, values and names."""

import os

from harness.trees import write
from workspace import WorkspaceTest, prpack


class Suggestions(WorkspaceTest):
    def assert_says(self, words, *arguments, id_="usage", code=2):
        result = self.run_here(*arguments)
        self.assert_one_line(result, code, id_, *words)
        line = [line for line in result.err.splitlines() if "error[" in line][0]
        sentences = line.split("; ") + line.split(". ")
        self.assertEqual(len(sentences), len(set(sentences)), line)  # nothing is said twice

    def test_commands_of_other_programs(self):
        for word, meant in (("rm", "prpack exclude ASSET"), ("unregister", "prpack forget ASSET"), ("mv", "prpack move ASSET NEW_ROOT"), ("status", "prpack list"), ("ls", "prpack list"),
                            ("dump", "prpack inspect"), ("check", "prpack build --check"), ("clean", "prpack gc"), ("CHECK", "prpack verify"),
                            ("restore", "prpack quarantine restore N"), ("revert", "prpack undo N"), ("purge", "prpack quarantine purge N"), ("merge", "prpack doctor --fix")):
            with self.subTest(word=word):
                self.assert_says((f'there is no command "{word}". ', meant), word)

    def test_commands_with_a_slip(self):
        for word, meant in (("biuld", "build"), ("Build", "build"), ("palette", "palettes"), ("lst", "list"), ("insepct", "inspect")):
            with self.subTest(word=word):
                self.assert_says((f"Did you mean prpack {meant}?",), word, "x")
        self.assert_says(("See prpack --help.",), "frobnicate")
        self.assert_says(("Run prpack list: commands have no dashes.",), "--list")

    def test_a_dry_run_of_a_build(self):
        self.assert_says(("prpack build has no option --dry-run. Run prpack build --check, which does everything but write.",), "build", "--dry-run")
        self.assert_says(("It is an option of prpack init, add,",), "watch", "--dry-run")

    def test_options_with_a_slip(self):
        for words, meant in ((("build", "--verfy"), "--verify"), (("--Verify", "build"), "--verify"), (("build", "--out", "x"), "--output"),
                             (("build", "--no-cahce"), "--no-cache"), (("add", "x", "--tilesize=8"), "--tile-size")):
            with self.subTest(words=words):
                self.assert_says((f"Did you mean {meant}?",), *words)
        self.assert_says(("See prpack build --help.",), "build", "--frobnicate")
        self.assert_says(("prpack build has no option --sources. It is an option of prpack verify; see prpack build --help.",), "build", "--sources")

    def test_values_are_listed(self):
        formats = "GLYPH/indexed_v1, GLYPH/raw_v1, SOUNDS/pcm16le_v1, SOUNDS/raw_v1 or SCENE/raw_v1"
        for words, said in ((("add", "x", "--type"), "--type needs a value: glyph_bank, sound_bank or scene_bank. "),
                            (("add", "x", "--as"), f"--as needs a value: {formats}. "), (("add", "x", "--as="), f"--as takes {formats}. "),
                            (("add", "x", "--tile-size"), "--tile-size needs a value: 8, 16 or 32. "),
                            (("add", "x", "--tile-size", "64"), '--tile-size takes 8, 16 or 32; found "64". '),
                            (("ids", "--format"), "--format needs a value: json or c. "),
                            (("list", "--format", "JSON"), 'found "JSON". Did you mean --format json?'),
                            (("build", "--output"), "--output needs a value: the directory to publish into")):
            with self.subTest(words=words):
                self.assert_says((said,), *words)

    def test_operands_that_are_missing_or_too_many(self):
        self.assert_says(("prpack add needs ROOT...: directories below assets/. See prpack add --help.",), "add")
        self.assert_says(('prpack list takes no operand; found "x". See prpack list --help.',), "list", "x")
        self.assert_says(('prpack verify takes one operand at most; found "b". ',), "verify", "a", "b")

    def test_an_input_whose_name_is_similar(self):
        self.scene_workspace({"a": b"1"})
        os.rename(self.path("assets", "a", "data.bin"), self.path("assets", "a", "Data.bin"))
        self.assert_says(('there is no such file; beside it is "Data.bin". Write "Data.bin" in asset.json if that is meant, or rename the file.',
                          "Upper and lower case matter."), "build", id_="input-missing", code=1)
        os.remove(self.path("assets", "a", "Data.bin"))
        write(self.path("assets", "a", "something.else"), b"1")
        self.assert_says(("there is no such file. Restore the file",), "build", id_="input-missing", code=1)
