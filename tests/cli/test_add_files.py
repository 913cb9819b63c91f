"""What prpack add makes of the files of a directory: which of them count, in which order, and what it says of them."""

import io
import json
import os
import wave

from harness.pictures import chunk, png
from harness.trees import read, write
from workspace import WorkspaceTest

COLOURS = ((255, 0, 255), (16, 32, 48), (200, 40, 40), (255, 255, 255), (0, 0, 0))
HEX = "".join("%02x%02x%02x\n" % colour for colour in COLOURS)


def picture(width, height, colour_at):
    """A truecolour PNG; colour_at(x, y) is red, green, blue."""
    return png(width, height, 2, b"".join(b"\0" + b"".join(bytes(colour_at(x, y)) for x in range(width)) for y in range(height)))


def indexed(width, height, palette, index_at):
    rows = b"".join(b"\0" + bytes(index_at(x, y) for x in range(width)) for y in range(height))
    return png(width, height, 3, rows, chunk(b"PLTE", b"".join(bytes(colour) for colour in palette)))


def strip(side):
    return picture(5 * side, side, lambda x, y: COLOURS[x // side])


def sound(channels):
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((channels, 2, 22_050, 0, "NONE", ""))
        file.writeframes(bytes(range(8 * channels)))
    return made.getvalue()


HERO = picture(16, 16, lambda x, y: COLOURS[1 + x // 4])


class AddFiles(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.run_here("init")

    def put(self, root, files):
        for name, data in files.items():
            write(self.path("assets", root, name), data)

    def add(self, root, *words):
        """The asset as JSON tells it, and what is said of it in words by a dry run."""
        said = self.run_here("add", f"assets/{root}", *words, "--dry-run")
        ended = self.run_here("add", f"assets/{root}", *words, "--format", "json")
        self.assertEqual(ended.code, 0, ended.said)
        return json.loads(ended.out)["asset"], said.out

    def declared(self, root):
        return json.loads(read(self.path("assets", root, "asset.json")))

    def assert_builds(self):
        ended = self.run_here("build", "--verify")
        self.assertEqual(ended.code, 0, ended.said)
        ended = self.run_here("verify", "--sources")
        self.assertEqual(ended.code, 0, ended.said)

    def test_frames_are_in_natural_order_and_shown(self):
        frames = [f"walk{number}.png" for number in range(1, 13)]
        self.put("walk", {**{name: HERO for name in frames}, "p10.hex": HEX, "p9.hex": HEX})
        asset, said = self.add("walk")
        self.assertEqual(asset["sprites"], frames)
        self.assertEqual(asset["palettes"], ["p9.hex", "p10.hex"])
        self.assertEqual(asset["ignored"], [])
        self.assertEqual(self.declared("walk")["inputs"]["sprites"], frames)
        self.assertIn("  sprites: walk1.png, walk2.png, walk3.png … walk12.png (12)\n", said)
        self.assertIn("  palettes: p9.hex, p10.hex\n", said)
        self.assertNotIn("ignored", said)
        self.assert_builds()

    def test_a_few_frames_are_all_shown(self):
        self.put("idle", {"b.png": HERO, "a.png": HERO, "p.hex": HEX})
        _, said = self.add("idle")
        self.assertIn("  palette: p.hex\n  sprites: a.png, b.png\n", said)

    def test_working_files_are_ignored_and_named(self):
        working = [".DS_Store", "Thumbs.db", "hero.aseprite", "hero.kra", "hero.psd", "license.txt"]
        self.put("hero", {**{name: "" for name in working}, ".hidden": "", "hero.png": HERO, "hero.hex": HEX})
        asset, said = self.add("hero")
        self.assertEqual(asset["ignored"], working)
        self.assertIn("  ignored: .DS_Store, Thumbs.db, hero.aseprite, hero.kra, hero.psd, license.txt\n", said)
        self.assert_builds()
        self.assertNotIn("input-undeclared", self.run_here("list").said)

    def test_a_strip_beside_a_sprite_is_its_palette(self):
        for side in (1, 8, 32):
            self.put(f"s{side}", {"hero.png": HERO, "swatch.png": strip(side)})
            asset, said = self.add(f"s{side}")
            self.assertEqual((asset["palettes"], asset["sprites"]), (["swatch.png"], ["hero.png"]))
            self.assertIn("  palette: swatch.png (a strip of 5 colours)\n  sprite: hero.png\n", said)
        self.assert_builds()
        packed = [asset["payload_xxh3_128"] for asset in self.run_here("inspect", "build", "--format", "json").documents()[0]["assets"]]
        self.assertEqual(len(set(packed)), 1)
        self.put("text", {"hero.png": HERO, "swatch.hex": HEX})
        self.add("text")
        self.run_here("build")
        again = self.run_here("inspect", "build", "--format", "json").documents()[0]["assets"]
        self.assertEqual(again[-1]["payload_xxh3_128"], packed[0])

    def test_an_indexed_strip_is_read_as_it_is_shown(self):
        order = (3, 0, 4, 2, 1)
        shuffled = [COLOURS[i] for i in order]
        self.put("own", {"hero.png": HERO, "swatch.png": indexed(5, 1, shuffled, lambda x, y: order.index(x))})
        self.put("text", {"hero.png": HERO, "swatch.hex": HEX})
        asset, _ = self.add("own")
        self.assertEqual(asset["palettes"], ["swatch.png"])
        self.add("text")
        self.assert_builds()
        own, text = self.run_here("inspect", "build", "--format", "json").documents()[0]["assets"]
        self.assertEqual(own["payload_xxh3_128"], text["payload_xxh3_128"])

    def test_tiles_of_one_colour_are_sprites(self):
        blank = picture(8, 8, lambda x, y: COLOURS[1])
        row = picture(32, 8, lambda x, y: COLOURS[1])
        self.put("tiles", {"blank.png": blank, "row.png": row, "hero.png": HERO, "p.hex": HEX})
        asset, _ = self.add("tiles")
        self.assertEqual((asset["palettes"], asset["sprites"]), (["p.hex"], ["blank.png", "hero.png", "row.png"]))
        self.put("strips", {"a.png": strip(8), "b.png": strip(8), "p.hex": HEX})
        asset, _ = self.add("strips")
        self.assertEqual((asset["palettes"], asset["sprites"]), (["p.hex"], ["a.png", "b.png"]))
        self.assert_builds()

    def test_a_file_is_what_it_begins_like(self):
        for name, data, words in (
                ("level.bin", b"ID3\4\0", "an MP3 sound"), ("level.dat", b"OggS\0\2", "an Ogg sound"), ("hero.dat", b"GIF89a", "a GIF picture"),
                ("hero.bin", b"\xff\xd8\xff\xe0", "a JPEG picture"), ("hero", b"BM\1\2\3\4\0\0\0\0", "a BMP picture"), ("a.lvl", b"PK\3\4", "a ZIP archive"),
                ("b.lvl", b"%PDF-1.4", "a PDF document"), ("song", b"Extended Module: ", "an XM module"), ("x.bin", b"MThd\0\0\0\6", "a MIDI file"),
                ("y.png2", b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer")):
            with self.subTest(name=name):
                root = name.replace(".", "_")
                self.put(root, {name: data})
                self.assert_one_line(self.run_here("add", f"assets/{root}"), 1, "type-undecided", f"the only file is {words};")

    def test_a_name_that_ends_otherwise_is_corrected(self):
        for name, data, right in (("hero.v2.bin", HERO, "hero.v2.png"), ("jump", sound(1), "jump.wav"), ("b.snd", sound(1), "b.wav")):
            with self.subTest(name=name):
                root = name.replace(".", "_")
                self.put(root, {name: data})
                self.assert_one_line(self.run_here("add", f"assets/{root}"), 1, "type-undecided", f"Rename the file to {right}.")

    def test_a_raw_scene_is_asked_for(self):
        self.put("level", {"level.lvl": b"\1\2\3", "README.txt": "Levels."})
        refused = self.run_here("add", "assets/level")
        self.assert_one_line(refused, 1, "type-undecided", "prpack add assets/level --type scene_bank")
        asset, _ = self.add("level", "--type", "scene_bank")
        self.assertEqual((asset["format"], asset["sprites"], asset["ignored"]), ("SCENE/raw_v1", [], ["README.txt"]))
        self.assert_builds()

    def test_channels_of_a_sound_are_declared(self):
        for channels in ("left", "right", "mix"):
            self.put(channels, {"jump.wav": sound(2)})
            self.add(channels, "--channels", channels)
            self.assertEqual(self.declared(channels)["output"]["pipeline"], {"channels": channels})
        self.put("mono", {"jump.wav": sound(1)})
        self.add("mono", "--channels", "mix")
        self.assert_builds()

    def test_channels_that_cannot_be(self):
        self.put("jump", {"jump.wav": sound(2)})
        self.put("hero", {"hero.png": HERO, "hero.hex": HEX})
        self.assert_one_line(self.run_here("add", "assets/jump", "--channels", "both"), 2, "usage", "left, right or mix", "both")
        self.assert_one_line(self.run_here("add", "assets/hero", "--channels", "mix"), 2, "usage", "GLYPH/indexed_v1 has no channels")
        self.add("jump", "--channels", "mix")
        declaration = self.declared("jump")
        write(self.path("assets", "copy", "jump.wav"), sound(2))
        write(self.path("assets", "copy", "asset.json"), json.dumps({**declaration, "asset_uuid": "", "name": "copy"}))
        self.assert_one_line(self.run_here("add", "assets/copy", "--channels", "left"), 1, "declaration-value", "Leave out --channels")
        asset, _ = self.add("copy", "--channels", "mix")
        self.assertFalse(asset["wrote_declaration"])

    def test_a_declared_root_shows_its_sprites_in_their_order(self):
        self.put("hero", {"1.png": HERO, "2.png": HERO, "p.hex": HEX})
        self.add("hero")
        declaration = self.declared("hero")
        declaration["inputs"]["sprites"] = ["2.png", {"path": "1.png", "tile": 5}]
        os.rename(self.path("assets", "hero"), self.path("assets", "other"))
        write(self.path("assets", "other", "asset.json"), json.dumps({**declaration, "asset_uuid": "", "name": "other"}))
        asset, said = self.add("other")
        self.assertEqual((asset["sprites"], asset["palettes"], asset["ignored"]), (["2.png", "1.png"], ["p.hex"], []))
        self.assertIn("  sprites: 2.png, 1.png\n", said)

    # ---- assets/.prometeu/ignore ----

    def ignore(self, text):
        write(self.path("assets", ".prometeu", "ignore"), text)

    def passed_over(self, words, *operands):
        """The call is a success with one warning about a root, which has these words."""
        ended = self.run_here("add", *operands)
        self.assertEqual(ended.code, 0, ended.said)
        line, = [line for line in ended.err.splitlines() if "[root-invalid]" in line]
        self.assertIn("warning[root-invalid] assets/.prometeu/ignore leaves out " + words, line)
        return line

    def test_a_root_that_ignore_leaves_out(self):
        self.put("hero", {"hero.png": HERO, "hero.hex": HEX})
        self.put("drafts/rope", {"rope.png": HERO, "rope.hex": HEX})
        self.ignore("drafts/\n")
        self.put("drafts", {"x.png": HERO, "x.hex": HEX})
        self.assertIn("repeat the command with --anyway", self.passed_over("the directory", "assets/hero", "assets/drafts"))
        self.assertTrue(os.path.exists(self.path("assets", "hero", "asset.json")))
        self.passed_over("the directory", "assets/drafts/rope")
        self.passed_over("the directory", "--each", "--type", "glyph_bank", "assets/drafts")
        self.assertFalse(os.path.exists(self.path("assets", "drafts", "rope", "asset.json")))
        asset, _ = self.add("drafts/rope", "--anyway")
        self.assertEqual(asset["sprites"], ["rope.png"])
        # It is registered now; the directory around it is still passed over, although it has pictures of its own.
        self.assertIn("root-registered", self.run_here("add", "assets/drafts/rope").err)
        self.passed_over("the directory", "assets/drafts")

    def test_a_strict_call_refuses_what_is_left_out(self):
        self.put("drafts", {"x.png": HERO, "x.hex": HEX})
        self.ignore("drafts/\n")
        self.assertEqual(self.run_here("add", "assets/drafts", "--strict").code, 1)

    def test_files_that_ignore_names_are_not_taken(self):
        self.put("hero", {"hero.png": HERO, "old.png": HERO, "hero.hex": HEX, "old.hex": HEX, "mix.wav": sound(1), "notes.bin": b"", "a.psd": b""})
        self.ignore("old.*\nhero/mix.wav\n*.bin\n")
        asset, said = self.add("hero")
        self.assertEqual((asset["sprites"], asset["palettes"]), (["hero.png"], ["hero.hex"]))
        self.assertEqual(asset["ignored"], ["a.psd", "mix.wav", "notes.bin", "old.hex", "old.png"])
        self.assertIn("  ignored: a.psd, mix.wav, notes.bin, old.hex, old.png\n", said)
        self.assert_builds()

    def test_ignore_holds_for_a_raw_scene(self):
        self.put("cave", {"level.txt": b"a level", "old.txt": b"another"})
        self.ignore("old.*\n")
        asset, _ = self.add("cave", "--type", "scene_bank")
        self.assertEqual(asset["ignored"], ["old.txt"])
        self.assertEqual(self.declared("cave")["inputs"], {"sources": ["level.txt"]})

    def test_a_root_whose_files_are_all_left_out(self):
        self.put("drafts", {"x.png": HERO, "x.hex": HEX, "x.psd": b""})
        self.ignore("drafts/**\n")
        self.assertIn("change assets/.prometeu/ignore", self.passed_over("all its files", "assets/drafts"))

    def test_an_anchor_that_ignore_names(self):
        self.put("hero", {"hero.png": HERO, "hero.hex": HEX})
        self.add("hero")
        text = read(self.path("assets", "hero", "asset.json")).replace(b'"name": "hero"', b'"name": "copy"')
        self.put("copy", {"hero.png": HERO, "hero.hex": HEX, "asset.json": json.dumps({**json.loads(text), "asset_uuid": ""})})
        self.ignore("copy/asset.json\n")
        self.passed_over("its asset.json", "assets/copy")
        self.assertFalse(self.add("copy", "--anyway")[0]["wrote_declaration"])

    # ---- What lies beside registered directories ----

    def test_a_sound_that_comes_to_registered_ones(self):
        self.put("sfx", {"jump.wav": sound(1)})
        self.assertEqual(self.run_here("add", "--each", "assets/sfx").code, 0)
        self.put("sfx", {"coin.wav": sound(1)})
        self.assertIn("Run prpack add --each assets/sfx,", self.run_here("list").err)
        self.assert_one_line(self.run_here("add", "assets/sfx"), 1, "root-invalid", "Run prpack add --each assets/sfx:")
        self.assertEqual(self.run_here("add", "--each", "assets/sfx").code, 0)
        self.assertNotIn("art-unregistered", self.run_here("list").err)

    def test_a_picture_that_comes_to_registered_directories(self):
        self.put("ui/hero", {"hero.png": HERO, "hero.hex": HEX})
        self.add("ui/hero")
        self.put("ui", {"a.png": HERO})
        self.assertIn("Move the files of assets/ui into a directory of their own", self.run_here("list").err)
        self.assert_one_line(self.run_here("add", "assets/ui"), 1, "root-invalid", "Move the files that lie directly in assets/ui into a directory of their own")

    def test_the_remedy_for_art(self):
        self.put("hero", {"hero.png": HERO})
        self.assertIn("Run prpack add DIRECTORY for what belongs to the game,", self.run_here("list").err)
        self.put("jump", {"jump.wav": sound(1)})
        self.assertIn("Run prpack add DIRECTORY for what belongs to the game,", self.run_here("list").err)
        self.put("sfx", {"jump.wav": sound(1), "coin.wav": sound(1)})
        self.assertIn("Run prpack add --each assets/sfx,", self.run_here("list").err)

    def test_art_directly_in_assets(self):
        self.put(".", {"hero.png": HERO})
        said = self.run_here("list").err
        self.assertIn('1 directory with 1 picture is not registered: "assets/". Move the files of assets into a directory of their own', said)

    def test_each_names_the_pictures_that_stay(self):
        self.put("mix", {"jump.wav": sound(1), "b.png": HERO, "a.png": HERO, ".c.png": HERO, "draft.png": HERO})
        self.ignore("draft.*\n")
        ended = self.run_here("add", "--each", "assets/mix")
        self.assertEqual(ended.code, 0, ended.said)
        line, = [line for line in ended.err.splitlines() if "art-unregistered" in line]
        self.assertIn('2 pictures directly in it stay there, because sounds alone are taken without a type: "a.png", "b.png". Move them', line)
        self.assertIn("prpack add --each --type glyph_bank assets/mix", line)
        self.assertTrue(os.path.exists(self.path("assets", "mix", "a.png")))
