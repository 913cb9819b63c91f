"""Bad input: one clear line, the right exit code, nothing left behind."""

import json
import os

from harness.pictures import png
from harness.trees import read, read_tree, write
from workspace import ROOT, WorkspaceTest, prpack


class Refusals(WorkspaceTest):
    def assert_build_refused(self, code, diagnostic, *words):
        before = read_tree(self.dir, with_cache=True)
        self.assert_one_line(self.run_here("build", "--verify"), code, diagnostic, *words)
        self.assertEqual(read_tree(self.dir, with_cache=True), before, "a refused build left something")

    def test_add_that_contradicts_the_declaration(self):
        """The remedy names the option that was given, and no other: `add` has no --format of its own, and no --no-preload."""
        self.scene_workspace({"a": b"1"})
        for option, value, pointer in (("--type", "glyph_bank", "/type"), ("--as", "GLYPH/raw_v1", "/output/format"),
                                       ("--name", "other", "/name"), ("--tile-size", "8", "/output"),
                                       ("--preload", None, "/preload/enabled"), ("--slot", "3", "/preload")):
            with self.subTest(option=option):
                self.run_here("init")
                write(self.path("assets", ".prometeu", "index.json"),
                      '{"schema_version": 1, "next_asset_id": 1, "assets": []}')
                words = [option] if value is None else [option, value]
                result = self.run_here("add", "assets/a", *words, "--format", "json")
                self.assertEqual(result.code, 1, result.said)
                finding = json.loads(result.out)["diagnostics"][0]
                self.assertEqual(finding["id"], "declaration-value")
                self.assertTrue(finding["json_pointer"].startswith(pointer), finding)
                self.assertNotIn("--", finding["message"])
                self.assertEqual([word.strip(",.;") for word in finding["help"].split() if word.startswith("--")], [option])
                self.assertIn(finding["help"], self.run_here("add", "assets/a", *words).err)

    def test_add_of_what_is_not_possible(self):
        self.scene_workspace({})
        write(self.path("assets", "a", "data.bin"), "1")
        for option, value in (("--type", "glyph"), ("--as", "GLYPH"), ("--name", "a\tb")):
            self.assert_one_line(self.run_here("add", "assets/a", option, value), 2, "usage", f"Correct {option}")
        self.assert_one_line(self.run_here("add", "assets/a", "--type", "scene_bank", "--tile-size", "8"), 2, "usage", "Correct --tile-size")

    def test_no_workspace(self):
        self.assert_build_refused(1, "workspace-missing", "index.json")

    def test_registry_that_is_no_json(self):
        write(self.path("assets", ".prometeu", "index.json"), '{"schema_version": 1,}')
        self.assert_build_refused(1, "registry-syntax", "index.json", "a comma comes before the closing '}'", "Remove the comma.")

    def test_registry_with_a_wrong_member(self):
        write(self.path("assets", ".prometeu", "index.json"),
              '{"schema_version": 2, "next_asset_id": 1, "assets": []}')
        self.assert_build_refused(1, "registry-shape", "/schema_version")

    def test_registry_that_is_a_fifo(self):
        os.makedirs(self.path("assets", ".prometeu"))
        os.mkfifo(self.path("assets", ".prometeu", "index.json"))
        self.assertIn(self.run_here("list").code, (1, 3))

    def test_declaration_that_is_no_json(self):
        self.scene_workspace({"a": b"1"})
        write(self.path("assets", "a", "asset.json"), "{")
        self.assert_build_refused(1, "declaration-syntax", "assets/a/asset.json", "byte 1")

    def test_declaration_with_a_misspelt_member(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document["preload"].update({"slto": 1}))
        self.assert_build_refused(1, "declaration-shape", "/preload/slto", "slot")

    def test_declaration_of_an_earlier_generation(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document["output"].update({"codec": "RAW"}))
        self.assert_build_refused(1, "declaration-value", "NONE")

    def test_declaration_with_another_uuid(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document.update(
            {"asset_uuid": "ffffffff-0000-4000-8000-000000000001"}))
        self.assert_build_refused(1, "declaration-identity", "assets/a/asset.json")

    def test_input_above_its_root(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document.update({"inputs": {"sources": ["../a/data.bin"]}}))
        self.assert_build_refused(1, "path-outside", "../a/data.bin")

    def test_absolute_input(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document.update({"inputs": {"sources": ["/etc/passwd"]}}))
        self.assert_build_refused(1, "path-outside", "/etc/passwd")

    def test_link_out_of_the_root(self):
        self.scene_workspace({"a": b"1"})
        os.remove(self.path("assets", "a", "data.bin"))
        os.symlink("/etc/passwd", self.path("assets", "a", "data.bin"))
        self.assert_build_refused(1, "path-outside", "assets/a/data.bin")

    def test_fifo_and_directory_as_input(self):
        self.scene_workspace({"a": b"1"})
        os.remove(self.path("assets", "a", "data.bin"))
        os.mkfifo(self.path("assets", "a", "data.bin"))
        self.assert_build_refused(1, "input-not-regular", "assets/a/data.bin")
        os.remove(self.path("assets", "a", "data.bin"))
        os.mkdir(self.path("assets", "a", "data.bin"))
        self.assert_build_refused(1, "input-not-regular", "assets/a/data.bin")

    def test_png_that_claims_too_much(self):
        self.glyph_workspace(png(2**29 - 256, 2**29 - 256))
        self.assert_build_refused(1, "image-size", "hero.png")

    def test_png_of_a_fraction_of_a_tile(self):
        self.glyph_workspace(png(12, 8, rows=(b"\0" + bytes(36)) * 8))
        self.assert_build_refused(1, "image-size", "hero.png", "12")

    def test_png_that_is_cut_short(self):
        self.glyph_workspace(png(8, 8, rows=(b"\0" + bytes(24)) * 8)[:-20])
        self.assert_build_refused(1, "image-invalid", "hero.png")

    def test_truecolour_without_a_palette(self):
        self.glyph_workspace(png(8, 8, rows=(b"\0" + bytes(24)) * 8))
        self.edit_declaration("hero", lambda document: document["inputs"].pop("palettes"))
        self.assert_build_refused(1, "palette-missing", "assets/hero/asset.json")

    def test_png_that_is_none(self):
        self.glyph_workspace(b"GIF89a")
        self.assert_build_refused(1, "image-invalid", "hero.png")

    def test_pixel_that_no_palette_has(self):
        rows = bytearray((b"\0" + bytes([255]) * 24) * 8)
        rows[25 * 3 + 1 + 5 * 3:25 * 3 + 1 + 5 * 3 + 3] = b"\x12\x34\x56"
        self.glyph_workspace(png(8, 8, rows=bytes(rows)))
        self.assert_build_refused(1, "pixel-inexpressible", "hero.png", "x 5", "y 3", "#123456")

    def test_palette_that_is_none(self):
        self.glyph_workspace(png(8, 8, rows=(b"\0" + bytes(24)) * 8), "GIMP Palette\n0 0 hello\n", "hero.gpl")
        self.assert_build_refused(1, "palette-invalid", "hero.gpl")

    def test_sound_that_is_none(self):
        self.scene_workspace({"jump": b"RIFF....WAVE"})

        def change(document):
            document["type"] = "sound_bank"
            document["output"]["format"] = "SOUNDS/pcm16le_v1"

        self.edit_declaration("jump", change)
        self.assert_build_refused(1, "sound-invalid", "assets/jump/data.bin")

    def test_slots(self):
        self.scene_workspace({f"s{i}": b"1" for i in range(17)})
        for i in range(17):
            self.edit_declaration(f"s{i}", lambda document: document.update({"preload": {"enabled": True}}))
        self.assert_build_refused(1, "slot-exhausted", "SCENE")
        for i in range(2, 17):
            self.edit_declaration(f"s{i}", lambda document: document.update({"preload": {"enabled": False}}))
        for i in range(2):
            self.edit_declaration(f"s{i}", lambda document: document.update({"preload": {"enabled": True, "slot": 3}}))
        self.assert_build_refused(1, "slot-clash", "3")

    def test_every_faulty_asset_is_reported_in_one_run(self):
        self.scene_workspace({"a": b"1", "b": b"2", "c": b"3"})
        os.remove(self.path("assets", "a", "data.bin"))
        os.remove(self.path("assets", "c", "data.bin"))
        result = self.run_here("build")
        self.assertEqual(result.code, 1)
        self.assertEqual(result.err.count("error[input-missing]"), 2)

    def test_output_that_cannot_be_made(self):
        self.scene_workspace({"a": b"1"})
        write(self.path("file"), b"")
        before = read_tree(self.dir, with_cache=True)
        self.assert_one_line(self.run_here("build", "-o", "file/build"), 3, "environment-write", "file")
        self.assertEqual(read_tree(self.dir, with_cache=True), before)

    def test_inspect_of_what_is_not_there(self):
        self.assertEqual(prpack("inspect", self.path("nothing.pa")).code, 3)

    def test_inspect_of_special_files(self):
        os.mkfifo(self.path("pipe.pa"))
        self.assertEqual(prpack("inspect", self.path("pipe.pa")).code, 3)
        self.assertEqual(prpack("inspect", "/dev/null").code, 3)

    def test_inspect_nothing(self):
        os.makedirs(self.path("empty"))
        result = prpack("inspect", self.path("empty"))
        self.assertEqual(result.code, 1)
        self.assertIn("neither a cartridge nor a build", result.out)
        self.assertNotIn("cartridge: ?", result.out)
        write(self.path("empty", "assets.pa"), b"")
        self.assertNotIn("neither a cartridge nor a build", prpack("inspect", self.path("empty")).out)

    def test_what_should_stand_there_is_said_once(self):
        result = prpack("inspect", os.path.join(ROOT, "corpus/packs/invalid/prelude-legacy.whole.pa"))
        self.assertEqual(result.out.count("expected ASPA"), 1, result.out)
        self.assertIn("early packer; expected ASPA, found PPA1. ", result.out)

    def test_a_slice_that_passes_the_end_is_told_its_limit(self):
        for name, where in (("offset", "the payload begins past the end of the file; expected at most 4, found 5. "),
                            ("one-byte", "the payload passes the end of the file; expected at most 3, found 4. ")):
            result = prpack("inspect", os.path.join(ROOT, f"corpus/packs/invalid/slice-range.{name}.pa"))
            self.assertIn(where, result.out)

    def test_verify_without_companions(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        for name in ("asset_table.json", "preload.json", "asset_table_metadata.json"):
            os.remove(self.path("build", name))
        result = self.run_here("verify")
        self.assertEqual(result.code, 1)
        self.assertEqual(result.out.count("error[companion-missing]"), 3)
        result = self.run_here("verify", "--no-companions")
        self.assertEqual(result.code, 0, result.out)
        self.assertEqual(result.out.count("not checked"), 2, result.out)  # and the inside of SCENE payloads
        self.assertIn("not checked: companions, recorded hashes and sources: said to be none", result.out)

    def test_verify_refuses_options_without_effect(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        for options, remedy in ((["--sources", "--no-companions"], "Leave out --sources or --no-companions."),
                                (["--max-decoded", "1G"], "Add --sources, or leave out --max-decoded."),
                                (["--assets", "assets"], "Add --sources, or leave out --assets.")):
            result = self.run_here("verify", *options)
            self.assertEqual(result.code, 2, result.said)
            self.assertIn("error[usage]", result.said)
            self.assertIn(remedy, result.said)
            report = json.loads(self.run_here("verify", *options, "--format", "json").out)
            self.assertEqual((report["loads"], report["matches"]), (None, None))
        self.assertEqual(self.run_here("verify", "--sources", "--max-decoded", "1G", "--assets", "assets").code, 0)

    def test_verify_notices_a_changed_source(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        write(self.path("assets", "a", "data.bin"), b"2")
        self.assertEqual(self.run_here("verify").code, 0)
        result = self.run_here("verify", "--sources")
        self.assertEqual(result.code, 1)
        self.assertIn("error[source-changed]", result.out)

    def test_verify_notices_a_changed_byte(self):
        self.scene_workspace({"a": b"1" * 100})
        self.assertEqual(self.run_here("build").code, 0)
        pack = bytearray(read(self.path("build", "assets.pa")))
        pack[-50] ^= 1
        write(self.path("build", "assets.pa"), bytes(pack))
        result = self.run_here("verify", "--format", "json")
        self.assertEqual(result.code, 1)
        found = [diagnostic["id"] for diagnostic in result.documents()[0]["diagnostics"]]
        self.assertIn("hash-mismatch", found)
        self.assertEqual(json.loads(result.out)["loads"], True)
