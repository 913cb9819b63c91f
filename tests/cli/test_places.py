"""Where findings are, in faulty workspaces: each file is opened at the place that a finding names (harness/places.py)."""

import json
import os
import random
import re
import struct

from harness.pictures import png
from harness.places import faults, is_text
from harness.trees import read, write
from workspace import WorkspaceTest

UUID = "00000000-0000-4000-8000-00000000000%d"


class Places(WorkspaceTest):
    def findings(self, *arguments):
        """All findings of a run, each at a right place of its file."""
        result = self.run_here(*arguments, "--format", "json")
        found = [finding for document in result.documents() for finding in document["diagnostics"]]
        for finding in found:
            path = self.path(finding["file"]) if finding["file"] is not None else self.dir
            self.assertEqual(faults(finding, path), [], finding)
        return found

    def declare(self, text, root="a"):
        write(self.path("assets", root, "asset.json"), text)

    def only(self, id_, *arguments):
        found = [finding for finding in self.findings(*arguments or ["build"]) if finding["id"] == id_]
        self.assertEqual(len(found), 1, found)
        return found[0]

    def assert_spans(self, finding, text):
        """What the finding names is this text."""
        data = read(self.path(finding["file"]))
        begin = finding["byte_offset"]
        self.assertEqual(data[begin:begin + finding["length"]].decode("utf-8"), text)

    def test_syntax_has_the_place_to_correct(self):
        self.scene_workspace({"a": b"1"})
        self.declare('{\n  "name": "ä",\n  "type": nothing\n}')
        finding = self.only("declaration-syntax")
        self.assertEqual((finding["line"], finding["column"], finding["character_utf16"], finding["length"]), (3, 11, 10, 7))
        self.assertEqual((finding["byte_offset"], finding["json_pointer"]), (28, None))
        self.assertNotIn("line", finding["message"])
        self.assertIn("assets/a/asset.json:3:11: error[declaration-syntax] byte 28", self.run_here("build").err)

    def test_what_only_packing_shows_has_its_place_in_the_declaration(self):
        """The writer finds these after the declarations were read: it looks for their places in the file once more."""
        self.scene_workspace({"a": b"1", "b": b"2"})
        for root in "ab":
            declared = json.loads(read(self.path("assets", root, "asset.json")))
            declared["preload"] = {"enabled": True, "slot": 3}
            self.declare(json.dumps(declared, indent=1), root)
        for _ in range(2):
            finding = self.only("slot-clash")
            self.assertEqual((finding["file"], finding["json_pointer"]), ("assets/b/asset.json", "/preload/slot"))
            self.assert_spans(finding, "3")
        self.assertIn(f"assets/b/asset.json:{finding['line']}:{finding['column']}: error[slot-clash]", self.run_here("build").err)
        # An asset that was packed before, and is kept.
        declared = json.loads(read(self.path("assets", "a", "asset.json")))
        self.declare(json.dumps({**declared, "preload": {"enabled": False}}, indent=1), "a")
        self.assertEqual(self.run_here("build").code, 0)
        self.declare(json.dumps({**declared, "name": "another"}, indent=1), "a")
        self.assertEqual([f["line"] is not None for f in self.findings("build") if f["id"] == "slot-clash"], [True])

    def test_what_a_declaration_lacks_is_at_the_brace_around_it(self):
        write(self.path("assets", "a", "a.png"), png(8, 8, 2, (b"\0" + b"\1\2\3" * 8) * 8))
        self.assertEqual(self.run_here("init").code, 0)
        self.assertEqual(self.run_here("add", "--anyway", "assets/a").code, 0)
        finding = self.only("palette-missing")
        self.assertEqual(finding["json_pointer"], "/inputs")
        data = read(self.path("assets", "a", "asset.json"))
        self.assertEqual(data[finding["byte_offset"]:finding["byte_offset"] + 1], b"{")

    def test_values_keys_and_what_is_missing(self):
        self.scene_workspace({"a": b"1"})
        before = json.loads(read(self.path("assets", "a", "asset.json")))
        table = (  # member, value, id, what is at fault
            ("name", 7, "declaration-shape", "7"),
            ("type", "scene", "declaration-value", "scene"),
            ("preload", None, "declaration-shape", "null"),
            ("prelaod", {}, "declaration-shape", "prelaod"),
            ("asset_uuid", UUID % 9, "declaration-identity", UUID % 9),
        )
        for member, value, id_, text in table:
            with self.subTest(member=member, value=value):
                self.declare(json.dumps({**before, member: value}, indent=3))
                finding = self.only(id_)
                self.assert_spans(finding, text)
                self.assertGreater(finding["line"], 1)
        del before["type"]
        self.declare(json.dumps(before, indent=3))
        finding = self.only("declaration-shape")
        self.assertEqual((finding["line"], finding["column"], finding["length"]), (1, 1, None))

    def test_objects_and_arrays_are_at_fault_as_a_whole(self):
        self.scene_workspace({"a": b"1"})
        text = read(self.path("assets", "a", "asset.json")).decode("utf-8").replace('"a"', '{"x":\n[1, 2]}', 1)
        self.declare(text)
        self.assert_spans(self.only("declaration-shape"), '{"x":\n[1, 2]}')

    def test_registry(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        path = self.path("assets", ".prometeu", "index.json")
        text = json.dumps(json.loads(read(path)), indent=1)
        write(path, text.replace('"root": "b"', '"root": "a"'))
        finding = self.only("registry-duplicate")
        self.assert_spans(finding, "a")
        self.assertGreater(finding["line"], 8)

    def test_two_assets_of_one_name(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        document = json.loads(read(self.path("assets", "b", "asset.json")))
        self.declare(json.dumps({**document, "name": "a"}, indent=1), "b")
        for number in range(2):  # the second time, the asset that is not at fault may come from the cache
            with self.subTest(number=number):
                finding = self.only("declaration-value")
                self.assert_spans(finding, "a")
                self.assertEqual(finding["json_pointer"], "/name")
                self.assertGreater(finding["line"], 1)

    def test_binary_files_have_no_lines(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        pack = self.path("build", "assets.pa")
        data = bytearray(read(pack))
        data[20] = 1
        write(pack, bytes(data) + b"more")
        found = {finding["id"]: finding for finding in self.findings("verify", "build")}
        self.assertEqual((found["prelude-reserved"]["byte_offset"], found["prelude-reserved"]["length"]), (20, 4))
        self.assertEqual(found["payload-trailing"]["length"], 4)
        for finding in found.values():
            self.assertEqual([finding[name] for name in ("line", "column", "x", "y")], [None] * 4, finding)

    def test_findings_without_a_place_have_none(self):
        finding = self.findings("build")[0]
        self.assertEqual(finding["id"], "workspace-missing")
        for name in ("byte_offset", "length", "line", "column", "character_utf16", "x", "y", "tile", "pixels", "tiles", "palette",
                     "frame", "image", "asset_id", "json_pointer"):
            self.assertIsNone(finding[name], name)

    def mutants(self, seed, count):
        """Changes some bytes of any text of the workspace, and breaks lines anywhere: yields its path, and mends it afterwards."""
        texts = sorted(os.path.join(folder, name) for folder, _, names in os.walk(self.path("assets"))
                       for name in names if is_text(name))
        chance = random.Random(seed)
        for _ in range(count):
            path = chance.choice(texts)
            before = read(path)
            after = bytearray(re.sub(rb" ", lambda _: chance.choice((b" ", b" ", b"\n", b"\r\n")), before)
                              if path.endswith(".json") else before)
            for _ in range(chance.randint(1, 3)):
                after[chance.randrange(len(after))] = chance.choice(b'{}[]",:0123456789truefalsnxyz\n\\\xff')
            write(path, bytes(after))
            yield path
            write(path, before)

    def kinds_of_places(self, seed, *arguments):
        """Which kinds of text had a finding with a line, each with and without a length."""
        seen = set()
        for path in self.mutants(seed, 60):
            for finding in self.findings(*arguments):
                if finding["line"] is not None and path.endswith(finding["file"]):
                    seen.add((os.path.splitext(path)[1], finding["length"] is not None))
        return seen

    def test_places_of_many_mutants_of_the_demo(self):
        self.dir = self.copy_demo()
        seen = self.kinds_of_places(1, "build")
        self.assertLessEqual({(".json", True), (".json", False), (".hex", True)}, seen)

    def test_places_in_a_workspace_that_a_pack_is_compared_with(self):
        self.dir = self.copy_demo()
        self.assertEqual(self.run_here("build").code, 0)
        seen = self.kinds_of_places(2, "verify", "build", "--sources")
        self.assertLessEqual({(".json", True), (".json", False)}, seen)

    def test_a_record_that_is_not_that_of_the_workspace(self):
        white = [[(255, 255, 255, 255)] * 8 for _ in range(8)]
        self.picture_workspace(white)
        self.assertEqual(self.run_here("build").code, 0)
        path = self.path("assets", ".prometeu", "index.json")
        write(path, json.dumps(json.loads(read(path)), indent=1).replace('"root": "hero"', '"root": "other"'))
        os.rename(self.path("assets", "hero"), self.path("assets", "other"))
        finding = self.only("record-mismatch", "verify", "build", "--sources")
        self.assertEqual((finding["line"], finding["column"]), (1, finding["byte_offset"] + 1))
        self.assert_spans(finding, '"hero"')
        metadata = self.path("build", "asset_table_metadata.json")
        write(metadata, json.dumps(json.loads(read(metadata)), indent=1) + "\n")  # other white space is accepted
        finding = self.only("record-mismatch", "verify", "build", "--sources")
        self.assertGreater(finding["line"], 3)
        self.assert_spans(finding, '"hero"')

    def picture_workspace(self, rows, palette="000000\nffffff\n"):
        """One glyph_bank of a picture of 8 x 8: rows of (red, green, blue, alpha)."""
        lines = b"".join(b"\0" + b"".join(bytes(pixel) for pixel in row) for row in rows)
        self.glyph_workspace(png(8, 8, 6, lines), palette)

    def test_pixels(self):
        white = (255, 255, 255, 255)
        for pixel, id_ in (((1, 2, 3, 255), "pixel-inexpressible"), ((255, 255, 255, 7), "pixel-translucent")):
            with self.subTest(id=id_):
                rows = [[white] * 8 for _ in range(8)]
                rows[5][3] = pixel
                self.picture_workspace(rows)
                finding = self.only(id_)
                self.assertEqual((finding["file"], finding["x"], finding["y"]), ("assets/hero/hero.png", 3, 5))
                self.assertEqual([finding[name] for name in ("byte_offset", "length", "line", "column")], [None] * 4)

    def test_lines_of_palettes(self):
        rows = [[(0, 0, 0, 255)] * 8 for _ in range(8)]
        for text, line, shown in (("000000\n\nzzz\n", 3, "zzz"), ("000000\r\nfff\r\n", 2, "fff"),
                                  ("GIMP Palette\n#\n1 2\n", 3, "1 2"), ("JASC-PAL\n0100\n17\n", 3, "17")):
            with self.subTest(text=text):
                self.picture_workspace(rows, text)
                finding = self.only("palette-invalid")
                self.assertEqual((finding["line"], finding["column"]), (line, 1))
                self.assert_spans(finding, shown)
                self.assertNotIn("line", finding["message"])

    def add_sound(self, width, samples):
        """A mono WAV of 8000 Hz, registered as assets/jump."""
        data = b"".join((sample & ((1 << 8 * width) - 1)).to_bytes(width, "little") for sample in samples)
        form = struct.pack("<HHIIHH", 1, 1, 8000, 8000 * width, width, 8 * width)
        body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        write(self.path("assets", "jump", "jump.wav"), b"RIFF" + struct.pack("<I", len(body)) + body)
        if not os.path.exists(self.path("assets", ".prometeu")):
            self.assertEqual(self.run_here("init").code, 0)
            self.assertEqual(self.run_here("add", "--anyway", "assets/jump").code, 0)

    def test_frames_of_sounds(self):
        self.add_sound(3, [256, 512, 0x0304, 0, 1])
        finding = self.only("sound-format")
        self.assertEqual((finding["file"], finding["frame"], finding["byte_offset"]), ("assets/jump/jump.wav", 2, 44 + 2 * 3))
        self.assertEqual(self.run_here("build").err.count("frame 2"), 1)
