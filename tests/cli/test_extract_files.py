"""The theorem of docs/contracts/extract.md 1, and the files of 2.1 to 2.3, read by programs that are not ours."""

import json
import os
import re
import shutil
import struct
import wave

from extracting import BUILDS, VALID, ExtractTest, builder, built_demo, scenes_pack
from harness.png_reader import Png
from harness.trees import read, read_tree

PLANE = 32_768


def colours_of(payload, palette):
    """The sixteen RGB565 colours of a palette as the console has them."""
    return struct.unpack_from("<16H", payload, PLANE + 32 * palette)


def shown(colour):
    """RGB565 with its upper bits repeated."""
    red, green, blue = colour >> 11, colour >> 5 & 63, colour & 31
    return red << 3 | red >> 2, green << 2 | green >> 4, blue << 3 | blue >> 2


def slices(pack):
    """The entries of a pack, with their payloads."""
    size, = struct.unpack_from("<I", pack, 8)
    start, = struct.unpack_from("<Q", pack, 12)
    header = json.loads(pack[32:32 + size])
    return [(entry, pack[start + entry["offset"]:start + entry["offset"] + entry["size"]]) for entry in header["asset_table"]]


class Theorem(ExtractTest):
    def assert_same(self, pack, name):
        shutil.rmtree(self.path("out"), ignore_errors=True)
        self.assertIs(self.report(pack, "--to", "out")["conforms"], True)
        file = os.path.join(pack, "assets.pa") if os.path.isdir(pack) else pack
        self.assertEqual(self.rebuilt(), read(file), name)

    def test_every_valid_pack_comes_back(self):
        names = sorted(os.listdir(VALID))
        self.assertGreater(len(names), 50)
        for name in names:
            self.assert_same(os.path.join(VALID, name), name)

    def test_every_valid_build_comes_back_with_its_companion_and_without(self):
        names = sorted(os.listdir(BUILDS))
        self.assertGreater(len(names), 8)
        for name in names:
            self.assert_same(os.path.join(BUILDS, name), name)
            shutil.copy(os.path.join(BUILDS, name, "assets.pa"), self.path("alone.pa"))
            self.assert_same(self.path("alone.pa"), name)

    def test_the_demo_comes_back(self):
        demo = built_demo(self)
        self.assert_same(os.path.join(demo, "build"), "with its companion")
        shutil.copy(os.path.join(demo, "build", "assets.pa"), self.path("alone.pa"))
        self.assert_same(self.path("alone.pa"), "without")

    def test_what_came_back_comes_back_again(self):
        demo = built_demo(self)
        self.extract(os.path.join(demo, "build"), "--to", "one", "-q")
        self.rebuilt("one")
        self.extract("one/build", "--to", "two", "-q")
        kept = lambda tree: {path: content for path, content in read_tree(self.path(tree, "assets")).items() if not path.startswith(".prometeu")}  # pylint: disable=unnecessary-lambda-assignment
        self.assertEqual(kept("one"), kept("two"))


class Files(ExtractTest):
    def test_a_sheet_is_what_the_console_shows(self):
        pixels = bytes((7 * i + i // 256) & 0xFF for i in range(PLANE))
        palettes = {index: builder.palette(*((index * 977 + 4_111 * i) & 0xFFFF for i in range(16))) for index in range(3)}
        payload = builder.sheet(palettes, pixels)
        self.pack(builder.one_glyph(payload, metadata=builder.glyph_metadata(palette_authored=3), preload=[builder.wanted(slot=9)]))
        document = self.report("game.pa", "--to", "out")
        self.assertEqual([os.path.basename(file["path"]) for file in document["assets"][0]["files"]],
                         ["asset.json", "palette-00.gpl", "palette-01.gpl", "palette-02.gpl", "sheet.png"])
        picture = Png(read(self.path("out", "assets", "0001-glyph", "sheet.png")))
        self.assertEqual((picture.width, picture.height, picture.depth, picture.kind), (256, 256, 4, 3))
        self.assertEqual(picture.palette, [shown(colour) for colour in colours_of(payload, 0)])
        self.assertEqual(picture.chunk(b"tRNS"), b"\0")
        nibbles = [nibble for byte in pixels for nibble in (byte >> 4, byte & 15)]
        self.assertEqual([pixel[0] for row in picture.pixels for pixel in row], nibbles)
        for index in range(3):
            lines = read(self.path("out", "assets", "0001-glyph", f"palette-{index:02}.gpl")).decode().splitlines()
            self.assertEqual(lines[0], "GIMP Palette")
            read_back = [tuple(map(int, line.split()[:3])) for line in lines if re.match(r" *\d", line)]
            self.assertEqual(read_back, [shown(colour) for colour in colours_of(payload, index)])
        declaration = self.declaration("0001-glyph")
        self.assertEqual(declaration["inputs"], {
            "palettes": [{"index": index, "path": f"palette-{index:02}.gpl"} for index in range(3)],
            "sprites": [{"path": "sheet.png", "tile": 0, "palette": 0}]})
        self.assertEqual(declaration["output"], {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 16}})
        self.assertEqual(declaration["preload"], {"enabled": True, "slot": 9})
        self.assertEqual(self.rebuilt(), read(self.path("game.pa")))

    def test_a_sound_is_a_wav_with_its_loop(self):
        metadata = builder.sound_metadata(sample_rate=22_050, frames=4, extra=[("loop_end", 4), ("loop_start", 1), ("note", '"x"')])
        self.pack(builder.one_sound(metadata=metadata))
        self.extract("game.pa", "--to", "out", "-q")
        path = self.path("out", "assets", "0001-sound", "sound.wav")
        with wave.open(path) as sound:
            self.assertEqual((sound.getnchannels(), sound.getsampwidth(), sound.getframerate(), sound.getnframes()), (1, 2, 22_050, 4))
            self.assertEqual(sound.readframes(4), builder.SOUND)
        data = read(path)
        at = data.index(b"smpl")
        self.assertEqual(struct.unpack_from("<I", data, at + 8 + 28), (1,))
        self.assertEqual(struct.unpack_from("<3I", data, at + 8 + 40), (0, 1, 3))
        self.assertEqual(len(data), struct.unpack_from("<I", data, 4)[0] + 8)
        output = self.declaration("0001-sound")["output"]
        self.assertEqual(output, {"format": "SOUNDS/pcm16le_v1", "codec": "NONE", "metadata": {"note": "x"}, "pipeline": {"loop": "source"}})
        self.assertEqual(self.rebuilt(), read(self.path("game.pa")))

    def test_a_sound_of_no_frames_is_raw(self):
        self.pack(builder.one_sound(b"", size=0, decoded_size=0, metadata=builder.sound_metadata(frames=0)))
        self.extract("game.pa", "--to", "out", "-q")
        self.assertEqual(sorted(os.listdir(self.path("out", "assets", "0001-sound"))), ["asset.json", "sound.bin"])
        self.assertEqual(self.declaration("0001-sound")["output"]["metadata"], {"channels": 1, "frames": 0, "sample_rate": 8_000})
        self.assertEqual(self.rebuilt(), read(self.path("game.pa")))

    def test_a_scene_declares_its_decoded_size(self):
        for metadata, declared in (("{}", 100), ('{"decoded_size":100}', None)):
            self.pack(builder.one_scene(decoded_size=100, metadata=metadata))
            shutil.rmtree(self.path("out"), ignore_errors=True)
            self.extract("game.pa", "--to", "out", "-q")
            self.assertEqual(self.declaration("0001-scene")["output"].get("decoded_size"), declared)
            self.assertEqual(self.rebuilt(), read(self.path("game.pa")))

    def test_the_form_is_the_one_that_prpack_writes(self):
        self.pack(scenes_pack(["hero"]))
        self.extract("game.pa", "--to", "out", "-q")
        text = read(self.path("out", "assets", "0001-hero", "asset.json")).decode()
        self.assertEqual(text, json.dumps(json.loads(text), indent=2) + "\n")
        self.assertEqual(list(json.loads(text)), ["schema_version", "asset_uuid", "name", "type", "inputs", "output", "preload"])
        registry = read(self.path("out", "assets", ".prometeu", "index.json")).decode()
        self.assertEqual(registry, json.dumps(json.loads(registry), indent=2) + "\n")
        self.assertEqual(self.run_here("init", "made", "-q").code, 0)
        ignored = os.path.join("assets", ".prometeu", ".gitignore")
        self.assertEqual(read(self.path("out", ignored)), read(self.path("made", ignored)))

    def long_glyph(self, more):
        """A GLYPH whose asset.json has about a megabyte: `more` bytes above the length that the indexed form may have."""
        payload = builder.sheet({index: builder.palette(index) for index in range(64)}, bytes(PLANE))
        note = json.dumps("n" * (1_045_000 + more))
        return builder.one_glyph(payload, metadata=builder.glyph_metadata(palette_authored=64, extra=[("note", note)]))

    def test_a_long_declaration_has_no_white_space_and_a_longer_one_is_raw(self):
        forms = set()
        for more in range(0, 3_400, 200):
            self.pack(self.long_glyph(more))
            shutil.rmtree(self.path("out"), ignore_errors=True)
            document = self.report("game.pa", "--to", "out")
            files = {os.path.basename(file["path"]) for file in document["assets"][0]["files"]}
            text = read(self.path("out", "assets", "0001-glyph", "asset.json"))
            forms.add((document["assets"][0]["format"], b"\n" in text))
            self.assertEqual("sheet.bin" in files, document["assets"][0]["format"] == "GLYPH/raw_v1")
            self.assertIn("sheet.png", files)
            self.assertLessEqual(len(text), 1 << 20)
            self.assertEqual(self.rebuilt(), read(self.path("game.pa")))
        self.assertEqual(forms, {("GLYPH/indexed_v1", True), ("GLYPH/indexed_v1", False), ("GLYPH/raw_v1", True), ("GLYPH/raw_v1", False)})
