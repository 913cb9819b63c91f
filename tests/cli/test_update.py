"""add --update: docs/contracts/workspace.md 6.7."""

import json
import os

from harness.pictures import chunk, png
from harness.trees import read, read_tree, write
from workspace import WorkspaceTest, prpack

DECLARATION = """{
\t"schema_version" : 1,\t"build": {"mine": [1,   2]},
  "asset_uuid": "00000000-0000-4000-8000-000000000001", "name": "h\\u00e9ro", "type": "glyph_bank",
    "inputs": {%s
  "sprites": [ "a2.png",
               {"path": "sub/b.png", "palette": 0} ] },
  "output": {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}}, "preload": {"enabled": false}
}

"""
PALETTES = '\r\n      "palettes": [{"index": 1, "path": "p.hex"},  {"path":"q.hex","index":0}],'


def picture(red, width=8, height=8):
    return png(width, height, 2, b"".join(b"\0" + bytes((red, 0, 0)) * width for _ in range(height)))


def indexed(red):
    return png(8, 8, 3, b"".join(b"\0" + b"\1" * 8 for _ in range(8)), chunk(b"PLTE", bytes((255, 0, 255, red, 0, 0))))


class Update(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.workspace(PALETTES)

    def workspace(self, palettes):
        self.scene_workspace({"ui/hero": b"", "cave": b"a cave"})
        os.remove(self.path("assets", "ui", "hero", "data.bin"))
        self.put("p.hex", b"ff00ff\nc80000\n640000\n320000\n")
        self.put("q.hex", b"ff00ff\n0000ff\n")
        self.put("a2.png", picture(200))
        self.put("sub/b.png", png(8, 8, 2, b"".join(b"\0" + bytes((0, 0, 255)) * 8 for _ in range(8))))
        self.text = (DECLARATION % palettes).encode()
        self.put("asset.json", self.text)

    def put(self, name, data):
        write(self.path("assets", "ui", "hero", name), data)

    def anchor(self):
        return read(self.path("assets", "ui", "hero", "asset.json"))

    def update(self, *arguments, code=0, root="ui/hero"):
        result = self.run_here("add", "--update", root, *arguments)
        self.assertEqual(result.code, code, result.said)
        return result

    def test_new_files_are_declared_and_every_other_byte_stays(self):
        for name in ("walk10.png", "walk2.png", "Z.png"):
            self.put(name, picture(100))
        self.put("new.gpl", b"GIMP Palette\n#\n255 0 255\n50 0 0\n")
        self.put("hero.ase", b"a working file")
        self.put(".hidden.png", b"")
        before = read_tree(self.dir)
        dry = self.update("--dry-run")
        self.assertEqual(read_tree(self.dir), before)
        self.assertIn("would update asset 1", dry.out)
        self.assertEqual(dry.out.count("would write "), 1)
        self.assertIn("would write assets/ui/hero/asset.json: it declares the new files", dry.out)
        self.assertIn('updated asset 1 "héro" in assets/ui/hero', self.update().out)
        expected = self.text.replace(b'"palette": 0} ]', b'"palette": 0},\n               "Z.png",\n               "walk2.png",\n               "walk10.png" ]')
        expected = expected.replace(b'"index":0}]', b'"index":0},  {"index": 2, "path": "new.gpl"}]')
        self.assertEqual(self.anchor(), expected)
        after = read_tree(self.dir)
        self.assertEqual({key for key in after if after[key] != before.get(key)}, {"assets/ui/hero/asset.json", "assets/.prometeu/history.jsonl"})
        self.assertEqual(self.run_here("build", "--verify").code, 0)
        self.assertIn("nothing is new of asset 1", self.update().out)
        self.assertEqual(self.anchor(), expected)

    def test_the_report(self):
        self.put("b.png", picture(100))
        document = json.loads(self.update("--dry-run", "--format", "json").out)
        self.assertEqual((document["dry_run"], document["asset"]["asset_id"], document["asset"]["updated"]), (True, 1, True))
        self.assertEqual((document["asset"]["sprites"], document["asset"]["palettes"]), (["b.png"], []))
        self.assertEqual([step["to"] for step in document["plan"]], ["assets/ui/hero/asset.json"])
        self.assertTrue(json.loads(self.update("--format", "json").out)["asset"]["updated"])
        document = json.loads(self.update("--dry-run", "--format", "json").out)
        self.assertEqual((document["asset"]["updated"], document["plan"]), (False, []))

    def test_several_roots_and_one_twice(self):
        self.put("b.png", picture(100))
        result = self.run_here("add", "--update", "cave", "ui/hero", "assets/ui/hero", "ui/../cave", "--format", "json")
        self.assertEqual(result.code, 0, result.said)
        self.assertEqual([document["asset"]["updated"] for document in result.documents()], [False, True, False, False])
        self.assertEqual(self.anchor().count(b"b.png"), 2)

    def test_a_fault_is_refused_as_a_build_would(self):
        self.put("b.png", picture(7))
        refused = self.update(code=1)
        self.assertIn("assets/ui/hero/b.png: error[pixel-inexpressible]", refused.err)
        self.assertIn("--anyway", refused.said)
        self.assertEqual(self.anchor(), self.text)
        self.put("c.png", b"not a PNG")
        self.assertIn("assets/ui/hero/c.png: error[image-invalid]", self.update(code=1).err)
        self.assertEqual(self.anchor(), self.text)
        self.assertIn("assets/ui/hero/b.png: warning[pixel-inexpressible]", self.update("--anyway").err)
        self.assertIn(b'"b.png",\n               "c.png" ]', self.anchor())
        self.assertEqual(self.run_here("build").code, 1)

    def test_a_list_whose_last_sprite_is_a_string(self):
        for form, result in ((b'["a2.png"]', b'["a2.png", "c.png"]'), (b'[ {"path": "a2.png"},\n"a2.png"\n]', b'[ {"path": "a2.png"},\n"a2.png",\n"c.png"\n]')):
            begin, end = self.text.index(b'[ "a2'), self.text.index(b"] },")
            self.put("asset.json", self.text[:begin] + form + self.text[end + 1:])
            self.put("c.png", picture(100))
            self.update()
            self.assertEqual(self.anchor(), self.text[:begin] + result + self.text[end + 1:])

    def test_what_is_ignored_stays_out(self):
        write(self.path("assets", ".prometeu", "ignore"), b"ui/hero/d*.png\n*.gpl\n")
        self.put("draft.png", picture(7))
        self.put("e.png", picture(100))
        self.put("e.gpl", b"GIMP Palette\n")
        self.update()
        self.assertEqual(self.anchor(), self.text.replace(b'"palette": 0} ]', b'"palette": 0},\n               "e.png" ]'))

    def test_a_root_that_is_left_out_takes_up_nothing(self):
        write(self.path("assets", ".prometeu", "ignore"), b"ui/\n")
        self.put("e.png", picture(100))
        self.assertIn("nothing is new of asset 1", self.update().out)

    def test_a_frame_that_comes_last(self):
        self.put("walk10.png", picture(100))
        self.assertNotIn("come", self.update().out)
        self.put("walk2.png", picture(100))
        self.assertIn("  walk2.png comes last, after walk10.png, so that tiles keep their numbers; order the list in asset.json by hand if walk2.png is meant", self.update().out)
        self.put("a1.png", picture(100))
        self.put("z.png", picture(100))
        self.assertIn("  the 2 new sprites come last, after walk2.png, so that tiles keep their numbers; order the list in asset.json by hand if a1.png", self.update().out)

    def test_a_frame_that_is_gone(self):
        for name in ("walk1.png", "walk2.png"):
            self.put(name, picture(100))
        self.update()
        os.remove(self.path("assets", "ui", "hero", "walk2.png"))
        line, = [line for line in self.run_here("build").err.splitlines() if "input-missing" in line]
        self.assertIn("there is no such file. Put the file back, or take it out of asset.json", line)
        self.put("walk3.png", picture(100))
        os.remove(self.path("assets", "ui", "hero", "walk1.png"))
        lines = [line for line in self.run_here("build").err.splitlines() if "input-missing" in line]
        self.assertTrue(all('Write "walk3.png"' in line for line in lines), lines)

    def test_a_frame_that_was_renamed(self):
        """An update would declare it, and still says that it may be the frame that is missing."""
        os.rename(self.path("assets", "ui", "hero", "a2.png"), self.path("assets", "ui", "hero", "A2.png"))
        for words in (["build"], ["add", "--update", "ui/hero"], ["add", "--update", "ui/hero", "--anyway", "--dry-run"]):
            line, = [line for line in self.run_here(*words).err.splitlines() if "input-missing" in line]
            self.assertIn('beside it is "A2.png". Write "A2.png" in asset.json if that is meant, or rename the file.', line, words)

    def test_a_first_palette(self):
        self.workspace("")
        self.put("sub/b.png", picture(100))
        os.remove(self.path("assets", "ui", "hero", "q.hex"))
        self.update()
        self.assertEqual(self.anchor(), self.text.replace(b'"inputs": {\n  "sprites"',
                                                          b'"inputs": {\n  "palettes": [\n    {"index": 0, "path": "p.hex"}\n  ],\n  "sprites"'))
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_palettes_beside_indexed_sprites(self):
        self.workspace("")
        for name in ("a2.png", "sub/b.png", "c.png"):
            self.put(name, indexed(200))
        refused = self.update(code=1)
        self.assertIn('error[type-undecided]', refused.err)
        self.assertIn('"palettes": [{"index": 0, "path": "p.hex"}, {"index": 1, "path": "q.hex"}]', refused.err)
        self.assertEqual(self.anchor(), self.text)
        write(self.path("assets", ".prometeu", "ignore"), b"*.hex\n")
        self.update()
        self.assertIn(b'"c.png"', self.anchor())
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_names_that_need_an_escape(self):
        self.put('a "b".png', picture(100))
        self.put('d "e".hex', b"ff00ff\n010203\n")
        self.update()
        document = json.loads(self.anchor())
        self.assertEqual((document["inputs"]["sprites"][-1], document["inputs"]["palettes"][-1]), ('a "b".png', {"index": 2, "path": 'd "e".hex'}))

    def test_names_that_a_declaration_cannot_carry(self):
        for name, fault in ((b"a\\b.png", "has a backslash"), (b"\xff.png", "is not UTF-8")):
            with open(os.path.join(os.fsencode(self.path("assets", "ui", "hero")), name), "wb") as file:
                file.write(picture(100))
            refused = self.update(code=1)
            self.assertIn(f"error[declaration-value] the name of a file {fault}", refused.err)
            self.assertIn("Rename the file.", refused.err)
            os.remove(os.path.join(os.fsencode(self.path("assets", "ui", "hero")), name))
        self.assertEqual(self.anchor(), self.text)

    def test_remedies_are_those_of_a_registered_asset(self):
        self.workspace("")
        for name in ("p.hex", "q.hex"):
            os.remove(self.path("assets", "ui", "hero", name))
        self.put("c.png", picture(100))
        refused = self.update(code=1)
        self.assertIn("error[palette-missing]", refused.err)
        self.assertNotIn("prpack add --anyway", refused.err)

    def test_new_colours_get_palettes_by_the_remedy(self):
        self.put("c.png", picture(77))
        refused = self.update(code=1)
        self.assertIn("error[pixel-inexpressible]", refused.err)
        commands = ("add --update --anyway assets/ui/hero", "palettes assets/ui/hero --write")
        self.assertIn("Or run prpack {}, and then prpack {}, which finds palettes for the new colours.".format(*commands), refused.err)
        for command in (*commands, "build --verify"):
            result = self.run_here(*command.split())
            self.assertEqual(result.code, 0, result.said)

    def test_new_colours_of_a_translucent_sprite_get_no_palettes(self):
        self.put("c.png", picture(77))
        self.put("d.png", png(8, 8, 6, (b"\0" + bytes((200, 0, 0, 99)) * 8) * 8))
        refused = self.update(code=1)
        self.assertIn("error[pixel-translucent]", refused.err)
        self.assertIn("error[pixel-inexpressible]", refused.err)
        self.assertNotIn("palettes assets/ui/hero", refused.err)

    def test_no_index_is_free(self):
        for number in range(63):
            self.put(f"n{number}.hex", b"ff00ff\nc80000\n")
        self.assertIn("63 new palette files, and 62 indices are free", self.update(code=1).err)
        os.remove(self.path("assets", "ui", "hero", "n62.hex"))
        self.update()
        self.assertEqual(sorted(palette["index"] for palette in json.loads(self.anchor())["inputs"]["palettes"]), list(range(64)))

    def test_what_is_not_registered(self):
        write(self.path("assets", "new", "a.png"), picture(1))
        refused = self.update(code=1, root="assets/new")
        self.assertIn("assets/new: error[root-invalid] the directory is not registered", refused.err)
        self.assertIn("Run prpack add assets/new first.", refused.err)
        self.put("b.png", picture(100))
        result = self.run_here("add", "--update", "new", "ui/hero")
        self.assertEqual((result.code, b"b.png" in self.anchor().replace(b"sub/b.png", b"")), (1, True))

    def test_options_that_say_what_an_asset_is(self):
        self.put("b.png", picture(100))
        for option in (["--channels", "mix"], ["--each"], ["--type", "glyph_bank"], ["--as", "GLYPH/indexed_v1"], ["--name", "x"], ["--tile-size", "8"], ["--pad"], ["--preload"], ["--slot", "1"]):
            self.assertIn("Leave out --update or the other option", self.update(*option, code=2).err)
        self.assertEqual(self.anchor(), self.text)

    def test_a_declaration_with_a_fault(self):
        self.put("asset.json", self.text.replace(b'"type"', b'"tipe"'))
        self.put("b.png", picture(100))
        self.assertIn("assets/ui/hero/asset.json:3:", self.update(code=1).err)
        self.assertEqual(self.anchor(), self.text.replace(b'"type"', b'"tipe"'))

    def test_list_and_build_name_the_command(self):
        self.put("b.png", picture(100))
        write(self.path("assets", "cave", "stray.png"), picture(1))
        for command in (["list"], ["build"], ["build"]):
            said = self.run_here(*command).err
            self.assertIn("Run prpack add --update assets/ui/hero to add new sprites and palettes", said)
            self.assertNotIn("--update assets/cave", said)
        self.assertIn("Run prpack add --update ../../assets/ui/hero to add", prpack("list", cwd=self.path("assets", "ui")).err.replace("../ui/", "../../assets/ui/"))

    def test_a_root_that_may_not_be_written(self):
        if os.geteuid() != 0:
            self.put("b.png", picture(100))
            os.chmod(self.path("assets", "ui", "hero"), 0o555)
            self.assertIn("error[environment-write]", self.update(code=3).err)
