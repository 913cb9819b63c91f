"""show: docs/contracts/workspace.md 8.5."""

import json
import os
import pty
import re
import shutil

from harness.pictures import chunk, png
from harness.program import PATIENCE, PRPACK, end, start
from harness.sounds import wav
from harness.trees import commit_edit, read, read_tree, write
from operation import OperationTest

INDEX = "assets/.prometeu/index.json"
PALETTE = ((255, 0, 255), (200, 0, 0), (0, 96, 184))


def picture(colour, width=8, height=8):
    return png(width, height, 2, b"".join(b"\0" + bytes(colour) * width for _ in range(height)))


class ShowTest(OperationTest):
    """A workspace of 1 hero, a glyph bank, 2 jump, a sound, and 3 cave, a scene."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"", "sfx/jump": b"", "cave": b"a cave"})
        os.remove(self.path("assets/hero/data.bin"))
        os.remove(self.path("assets/sfx/jump/data.bin"))
        write(self.path("assets/hero/p.hex"), "".join("%02x%02x%02x\n" % colour for colour in PALETTE))
        write(self.path("assets/hero/a.png"), picture(PALETTE[1], 16, 8))
        write(self.path("assets/hero/b.png"), picture(PALETTE[2]))
        write(self.path("assets/sfx/jump/jump.wav"), wav(bytes(600)))
        self.declare("hero", type="glyph_bank", preload={"enabled": True, "slot": 3},
                     inputs={"sprites": ["a.png", {"path": "b.png", "tile": 5, "palette": 2}], "palettes": [{"index": 2, "path": "p.hex"}]},
                     output={"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8, "who": "h\u00e9"}, "pipeline": {"note": [1, None]}})
        self.declare("sfx/jump", type="sound_bank", inputs={"sources": ["jump.wav"]}, output={"format": "SOUNDS/pcm16le_v1", "codec": "NONE"})

    def declare(self, root, **members):
        self.edit_declaration(root, lambda document: document.update(members))

    def build(self, *options):
        result = self.run_here("build", *options)
        self.assertEqual(result.code, 0, result.said)

    def show(self, asset, *options, code=0, ids=()):
        """As JSON and as text. Nothing is written."""
        before, stamps = read_tree(self.dir, with_cache=True), self.stamps()
        ended = self.run_here("show", asset, *options, "--format", "json")
        self.text = self.run_here("show", asset, *options)
        self.assertEqual((ended.code, self.text.code), (code, code), ended.said + self.text.said)
        self.assertEqual(self.stamps(), stamps)
        self.assertEqual(read_tree(self.dir, with_cache=True), before)
        self.assertNotIn("\033", self.text.said)
        self.assertEqual(self.run_here("show", asset, *options, "--quiet").out, "")
        document, = ended.documents()
        self.validator.validate(document)
        self.assertEqual([finding["id"] for finding in document["diagnostics"]], list(ids))
        return document["asset"]

    def slice(self, asset="1", *options, **expected):
        shown = self.show(asset, *options, **expected)
        self.assertEqual(shown["build"]["built"], "with")
        return shown["build"]["slice"]


class Declared(ShowTest):
    def test_a_glyph_bank(self):
        shown = self.show("hero")
        self.assertEqual({key: shown[key] for key in ("asset_id", "asset_uuid", "root", "included_in_build", "root_present", "declaration", "valid", "name", "type",
                                                      "bank_type", "format", "tile_size", "metadata", "pipeline", "preload", "slot", "undeclared")},
                         {"asset_id": 1, "asset_uuid": "00000000-0000-4000-8000-000000000001", "root": "hero", "included_in_build": True, "root_present": True,
                          "declaration": "assets/hero/asset.json", "valid": True, "name": "hero", "type": "glyph_bank", "bank_type": "GLYPH", "format": "GLYPH/indexed_v1",
                          "tile_size": 8, "metadata": {"tile_size": 8, "who": "h\u00e9"}, "pipeline": {"note": [1, None]}, "preload": True, "slot": 3, "undeclared": []})
        palette, first, second = shown["inputs"]
        self.assertEqual([(one["role"], one["path"], one["palette"], one["tile"], one["width"], one["height"], one["tiles"]) for one in (palette, first, second)],
                         [("palettes", "p.hex", 2, None, None, None, None), ("sprites", "a.png", None, None, 16, 8, 2), ("sprites", "b.png", 2, 5, 8, 8, 1)])
        self.assertEqual(palette["colours"], ["#ff00ff", "#c80000", "#0060b8"])
        self.assertEqual((first["colours"], first["frames"]), ([], None))
        self.assertEqual([one["size"] for one in shown["inputs"]], [os.path.getsize(self.path("assets/hero", one["path"])) for one in shown["inputs"]])
        for word in ("asset 1 \"hero\" in assets/hero", "slot 3", "16 x 8, 2 tiles", "#0060b8", '"note":[1,null]', "last build in build: there is none"):
            self.assertIn(word, self.text.out)

    def test_a_sound(self):
        source, = self.show("2")["inputs"]
        self.assertEqual((source["role"], source["channels"], source["frames"], source["milliseconds"]),
                         ("sources", 1, 300, 300 * 1000 // source["sample_rate"]))
        self.assertIn("1 channel, 300 frames, 0.0", self.text.out)

    def test_a_scene(self):
        shown = self.show("assets/cave")
        source, = shown["inputs"]
        self.assertEqual((source["size"], source["width"], source["frames"], source["colours"]), (6, None, None, []))
        self.assertEqual((shown["tile_size"], shown["metadata"], shown["preload"], shown["slot"]), (None, {}, False, None))

    def test_indexed_pngs_bring_their_palettes(self):
        write(self.path("assets/hero/a.png"), png(8, 8, 3, (b"\0" + b"\1" * 8) * 8, chunk(b"PLTE", bytes((1, 2, 3, 4, 5, 6)))))
        for name in ("b.png", "p.hex"):
            os.remove(self.path("assets/hero", name))
        self.declare("hero", inputs={"sprites": ["a.png"]})
        sprite, = self.show("hero")["inputs"]
        self.assertEqual(sprite["colours"], ["#010203", "#040506"])

    def test_a_palette_with_room_for_more_colours(self):
        """Its zeros at the end are one entry for people; programs get all."""
        extra = chunk(b"PLTE", bytes((1, 2, 3, 4, 5, 6)) + bytes(3 * 14))
        write(self.path("assets/hero/a.png"), png(8, 8, 3, (b"\0" + b"\1" * 8) * 8, extra))
        for name in ("b.png", "p.hex"):
            os.remove(self.path("assets/hero", name))
        self.declare("hero", inputs={"sprites": ["a.png"]})
        sprite, = self.show("hero")["inputs"]
        self.assertEqual(len(sprite["colours"]), 16)
        self.assertEqual(self.text.out.count("#000000"), 1)
        self.assertIn("#000000, and so up to entry 15\n", self.text.out)

    def test_each_way_to_name_it(self):
        os.mkdir(self.path("assets/sfx/deep"))
        for name in ("2", "00000000-0000-4000-8000-000000000002", "sfx_jump", "sfx/jump", "assets/sfx/jump", "./assets/sfx/jump/"):
            self.assertEqual(self.show(name)["asset_id"], 2)
        below = self.run_here("-C", "assets/sfx/deep", "show", "../jump", "--format", "json").documents()[0]["asset"]
        self.assertEqual((below["asset_id"], below["declaration"], below["build"]["directory"]), (2, "../../../assets/sfx/jump/asset.json", "../../../build"))

    def test_what_no_asset_is_called_and_what_several_are(self):
        self.assertIsNone(self.show("nobody", code=1, ids=["asset-unknown"]))
        self.assertEqual(self.text.out, "")
        self.declare("cave", name="1")
        self.assertIsNone(self.show("1", code=1, ids=["asset-unknown"]))
        for word in ("hero", "cave"):
            self.assertIn(word, self.text.err)

    def test_one_operand(self):
        for words in ((), ("1", "2")):
            self.assertEqual(self.run_here("show", *words).code, 2)
        self.assertIn("ASSET", self.run_here("help", "show").out)

    def test_what_the_declaration_does_not_name(self):
        names = [f"n{number:02}.bin" for number in range(30)]
        for name in names:
            write(self.path("assets/hero", name), b"x")
        write(self.path("assets/hero/sub/x.png"), picture(PALETTE[1]))
        self.assertEqual(self.show("hero", ids=["input-undeclared"])["undeclared"], [*names, "sub/"])
        self.assertIn("and 11 more", self.text.out)

    def test_control_characters_are_not_printed(self):
        self.declare("cave", name="a\u202eb", output={"format": "SCENE/raw_v1", "codec": "NONE", "metadata": {"\u009b": "\u202e"}})
        self.show("3")
        self.assertNotRegex(self.text.said, "[\u202e\u009b]")


class Wrong(ShowTest):
    """What can be known is shown, and the exit code is 1."""

    def test_an_excluded_asset(self):
        self.run_here("exclude", "hero")
        shown = self.show("hero")
        self.assertEqual((shown["included_in_build"], len(shown["inputs"])), (False, 3))
        self.assertRegex(self.text.out, "in build set +no")

    def test_a_root_that_is_gone(self):
        self.build()
        shutil.rmtree(self.path("assets/hero"))
        shown = self.show("1", code=1, ids=["root-invalid"])
        self.assertEqual((shown["root_present"], shown["valid"], shown["name"], shown["inputs"], shown["preload"]), (False, False, None, [], None))
        self.assertEqual(shown["build"]["slice"]["name"], "hero")
        self.assertEqual([(change["path"], change["change"]) for change in shown["build"]["slice"]["changes"]],
                         [(path, "missing") for path in ("asset.json", "a.png", "b.png", "p.hex")])
        self.assertIn("which is not there", self.text.out)
        self.run_here("exclude", "1")
        self.assertFalse(self.show("1", code=1, ids=["root-invalid"])["root_present"])

    def test_a_broken_declaration(self):
        self.build()
        write(self.path("assets/hero/asset.json"), b"{ nonsense")
        write(self.path("assets/hero/b.png"), picture(PALETTE[1]))
        shown = self.show("assets/hero", code=1, ids=["declaration-syntax"])
        self.assertEqual((shown["root_present"], shown["valid"], shown["type"]), (True, False, None))
        self.assertEqual([(change["path"], change["change"]) for change in shown["build"]["slice"]["changes"]], [("asset.json", "modified"), ("b.png", "modified")])

    def test_inputs_that_are_not_what_they_should_be(self):
        write(self.path("assets/hero/a.png"), b"no picture")
        os.remove(self.path("assets/hero/b.png"))
        palette, first, second = self.show("hero", code=1, ids=["input-missing", "image-invalid"])["inputs"]
        self.assertEqual(len(palette["colours"]), 3)
        self.assertEqual((first["size"], first["width"]), (10, None))
        self.assertEqual((second["size"], second["xxh3_128"], second["width"]), (None, None, None))

    def test_a_sprite_that_is_not_whole_tiles(self):
        write(self.path("assets/hero/a.png"), picture(PALETTE[1], 9, 8))
        self.assertIsNone(self.show("hero", code=1, ids=["image-size"])["inputs"][1]["tiles"])
        self.declare("hero", output={"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}, "pipeline": {"pad": True}})
        self.assertEqual(self.show("hero")["inputs"][1]["tiles"], 2)

    def test_findings_count_as_asked(self):
        write(self.path("assets/hero/x.bin"), b"x")
        self.show("hero", "--strict", code=1, ids=["input-undeclared"])
        self.show("hero", "--ignore", "input-undeclared")

    def test_faults_of_other_assets_do_not_matter(self):
        write(self.path("assets/cave/asset.json"), b"")
        self.show("hero")

    def test_no_workspace_and_a_broken_registry(self):
        write(self.path(INDEX), b"{")
        self.assertIsNone(self.show("1", code=1, ids=["registry-syntax"]))
        os.remove(self.path(INDEX))
        self.assertIsNone(self.show("1", code=1, ids=["workspace-missing"]))

    def test_an_edit_that_a_killed_command_has_left(self):
        commit_edit(self.path("assets", ".prometeu"))
        self.assertIsNone(self.show("1", code=3, ids=["edit-pending"]))


class Built(ShowTest):
    def test_where_the_bytes_are(self):
        self.build()
        pack = read(self.path("build/assets.pa"))
        table = {entry["asset_id"]: entry for entry in json.loads(read(self.path("build/asset_table.json")))}
        recorded = {entry["asset_id"]: entry for entry in json.loads(read(self.path("build/asset_table_metadata.json")))["assets"]}
        payloads = int.from_bytes(pack[12:20], "little")
        for number in (1, 2, 3):
            found = self.slice(str(number))
            for member in ("offset", "size", "decoded_size"):
                self.assertEqual(found[member], table[number][member])
            self.assertEqual(found["position"], payloads + found["offset"])
            for member in ("payload_xxh3_128", "decoded_xxh3_128"):
                self.assertEqual(found[member], recorded[number][member])
            self.assertEqual((found["tiles"], found["slot"]), (recorded[number].get("tiles"), 3 if number == 1 else None))
            self.assertEqual((found["changed"], found["changes"]), (False, []))
        self.assertEqual(pack[self.slice("3")["position"]:][:6], b"a cave")
        self.assertIn("the same as now", self.text.out)

    def test_another_directory(self):
        self.build("--output", "../" + os.path.basename(self.dir) + "/out/side")
        self.assertEqual(self.show("1")["build"], {"directory": "build", "built": "nothing", "slice": None})
        self.assertFalse(self.slice("1", "--output", "out/side")["changed"])

    def test_times_do_not_matter_and_contents_do(self):
        self.build()
        for name in ("a.png", "p.hex", "asset.json"):
            path = self.path("assets/hero", name)
            text = read(path)
            os.utime(path, (1, 1))
            self.assertFalse(self.slice()["changed"])
            os.rename(path, path + "~")
            write(path, text)
            os.remove(path + "~")
            self.assertFalse(self.slice()["changed"])
        for name, text in (("a.png", picture(PALETTE[2], 16, 8)), ("p.hex", b"000000\nc80000\n0060b8\n"),
                           ("asset.json", read(self.path("assets/hero/asset.json")).replace(b'"slot": 3', b'"slot": 4'))):
            before = read(self.path("assets/hero", name))
            status = os.stat(self.path("assets/hero", name))
            write(self.path("assets/hero", name), text)
            os.utime(self.path("assets/hero", name), ns=(status.st_atime_ns, status.st_mtime_ns))
            found = self.slice()
            self.assertEqual((found["changed"], found["changes"]), (True, [{"path": name, "change": "modified"}]))
            self.assertIn(f"{name} has another content", self.text.out)
            write(self.path("assets/hero", name), before)
        self.assertFalse(self.slice()["changed"])

    def test_without_the_cache_asset_json_cannot_be_compared(self):
        self.build()
        os.remove(self.path("assets/.prometeu/cache.json"))
        found = self.slice()
        self.assertEqual((found["changed"], found["changes"]), (None, [{"path": "asset.json", "change": "unknown"}]))
        write(self.path("assets/hero/a.png"), picture(PALETTE[2], 16, 8))
        self.assertEqual([change["change"] for change in self.slice()["changes"]], ["unknown", "modified"])
        self.assertTrue(self.slice()["changed"])
        self.run_here("rename", "1", "knight")
        self.assertEqual(self.slice()["changes"][0], {"path": "asset.json", "change": "modified"})
        self.assertEqual(self.slice()["name"], "hero")

    def test_the_cache_of_another_directory_does_not_count(self):
        self.build()
        self.build("--output", "other")
        self.assertIsNone(self.slice()["changed"])
        self.assertFalse(self.slice("1", "--output", "other")["changed"])

    def test_inputs_that_came_and_went(self):
        self.build()
        write(self.path("assets/hero/c.png"), picture(PALETTE[2]))
        os.remove(self.path("assets/hero/b.png"))
        self.declare("hero", inputs={"sprites": ["a.png", "c.png"], "palettes": [{"index": 2, "path": "p.hex"}]})
        self.assertEqual([(change["path"], change["change"]) for change in self.slice()["changes"]],
                         [("asset.json", "modified"), ("b.png", "dropped"), ("c.png", "added")])

    def test_a_root_that_moved(self):
        self.build()
        os.rename(self.path("assets/hero"), self.path("assets/knight"))
        index = read(self.path(INDEX))
        write(self.path(INDEX), index.replace(b'"hero"', b'"knight"'))
        found = self.slice()
        self.assertEqual((found["changed"], found["changes"]), (True, [{"path": "hero", "change": "moved"}]))

    def test_an_asset_that_the_build_does_not_have(self):
        self.run_here("exclude", "cave")
        self.build()
        self.run_here("include", "cave")
        self.assertEqual(self.show("cave")["build"], {"directory": "build", "built": "without", "slice": None})
        self.assertIn("it does not have the asset", self.text.out)
        self.build()
        index = read(self.path(INDEX)).replace(b"8000-000000000003", b"8000-0000000000ff")
        write(self.path(INDEX), index)
        self.declare("cave", asset_uuid="00000000-0000-4000-8000-0000000000ff")
        self.assertEqual(self.show("cave")["build"]["built"], "without")

    def test_an_asset_that_was_excluded_since(self):
        self.build()
        self.run_here("exclude", "cave")
        self.assertFalse(self.slice("cave")["changed"])
        self.assertIn("the next one will not", self.text.out)

    def test_a_build_that_is_damaged(self):
        self.build()
        right = {name: read(self.path("build", name)) for name in os.listdir(self.path("build"))}
        document = "asset_table_metadata.json"
        for name, text in (("assets.pa", right["assets.pa"][:40]), ("assets.pa", right["assets.pa"] + b"x"), (document, right[document][:-1]),
                           (document, right[document].replace(b'"hero', b'"Hero', 1)), (document, None),
                           ("assets.pa", right["assets.pa"].replace(b'"hero"', b'"Hero"', 1))):
            os.remove(self.path("build", name))
            if text is not None:
                write(self.path("build", name), text)
            self.assertEqual(self.show("1")["build"], {"directory": "build", "built": "unreadable", "slice": None}, name)
            self.assertIn("prpack verify", self.text.out)
            write(self.path("build", name), right[name])
        self.assertFalse(self.slice()["changed"])

    def test_a_set_that_a_killed_build_has_committed(self):
        self.build()
        write(self.path("assets/cave/data.bin"), b"another cave")
        self.build("--output", "next")
        os.rename(self.path("next"), self.path("build/.prpack-commit"))
        self.assertEqual(self.slice("3")["size"], 12)
        self.assertTrue(os.path.isdir(self.path("build/.prpack-commit")))

    def test_what_is_no_directory(self):
        write(self.path("build"), b"")
        self.assertEqual(self.show("1")["build"]["built"], "nothing")


class Swatches(ShowTest):
    def on_terminal(self, *arguments, **env):
        ours, theirs = pty.openpty()
        process = start([PRPACK, *arguments], self.dir, {"NO_COLOR": "", "COLORTERM": "", "TERM": "xterm", **env}, stdout=theirs)
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 4096):
                said += piece
        except OSError:  # a terminal that no process writes to any more
            pass
        os.close(ours)
        self.assertEqual(process.wait(PATIENCE), 0, said)
        process.stderr.close()
        return said.decode()

    def test_24_bits(self):
        for word in ("truecolor", "24bit"):
            said = self.on_terminal("show", "hero", COLORTERM=word)
            for red, green, blue in PALETTE:
                self.assertIn(f"\033[48;2;{red};{green};{blue}m  \033[0m #{red:02x}{green:02x}{blue:02x}", said)

    def test_256_colours(self):
        said = self.on_terminal("show", "hero")
        self.assertEqual(re.findall("\033\\[48;5;([0-9]+)m  \033\\[0m (#[0-9a-f]{6})", said), [("201", "#ff00ff"), ("160", "#c80000"), ("25", "#0060b8")])
        write(self.path("assets/hero/p.hex"), b"ff00ff\nc80000\n0060b8\n808080\n000000\nffffff\n0d0d0d\n")
        self.assertEqual(re.findall("48;5;([0-9]+)m", self.on_terminal("show", "hero"))[3:], ["244", "16", "231", "232"])

    def test_none_where_they_are_not_wanted(self):
        for env in ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, {"TERM": "dumb", "COLORTERM": "truecolor"}):
            said = self.on_terminal("show", "hero", **env)
            self.assertIn("#c80000", said)
            self.assertNotIn("\033", said)
        self.assertNotIn("\033", self.on_terminal("show", "hero", "--format", "json", COLORTERM="truecolor"))
        piped = end(start([PRPACK, "show", "hero"], self.dir, {"COLORTERM": "truecolor", "TERM": "xterm", "NO_COLOR": ""}))
        self.assertNotIn("\033", piped.out)
