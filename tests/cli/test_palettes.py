"""palettes: what is found, what is written, and what is said when nothing fits (docs/contracts/workspace.md 7)."""

import fcntl
import json
import os
import random

from harness.pictures import png
from harness.trees import read, read_tree, write
from workspace import WorkspaceTest


def picture(tiles, columns=4, size=8):
    """A truecolour PNG of tiles, each a list of colours (r, g, b) or of (r, g, b, a)."""
    rows = -(-len(tiles) // columns)
    lines = []
    for y in range(rows * size):
        line = b"\0"
        for x in range(columns * size):
            tile = y // size * columns + x // size
            colours = tiles[tile] if tile < len(tiles) else [(0, 0, 0, 0)]
            colour = colours[(y % size * size + x % size) % len(colours)]
            line += bytes(colour if len(colour) == 4 else (*colour, 255))
        lines.append(line)
    return png(columns * size, rows * size, 6, b"".join(lines))


def colour(number):
    """A colour of its own in RGB565 for each number below 32768."""
    return number % 32 * 8, number // 32 % 32 * 8, number // 1024 * 8


def colours(*numbers):
    return [colour(number) for number in numbers]


class Palettes(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.run_here("init")

    def root(self, *parts):
        return self.path("assets", "hero", *parts)

    def add(self, **sprites):
        os.makedirs(self.root(), exist_ok=True)
        for name, content in sprites.items():
            write(self.root(f"{name}.png"), content)
        ended = self.run_here("add", "--anyway", "--tile-size", "8", "hero")
        self.assertEqual(ended.code, 0, ended.said)
        return ended

    def palettes(self, *arguments, code=0, asset="hero"):
        ended = self.run_here("palettes", asset, "--format", "json", *arguments)
        self.assertEqual(ended.code, code, ended.said)
        return ended.documents()[0]

    def assert_builds(self):
        built = self.run_here("build", "--verify")
        self.assertEqual(built.code, 0, built.said)
        self.assertIn("matches: yes", built.said)

    def assert_packs(self):
        built = self.run_here("build")
        self.assertEqual(built.code, 0, built.said)

    def ids(self, document):
        return [entry["id"] for entry in document["diagnostics"]]

    def declare(self, index, name, content):
        write(self.root(name), content)
        self.edit_declaration("hero", lambda document: document["inputs"].setdefault("palettes", []).append(
            {"index": index, "path": name}))

    def test_it_says_what_was_written(self):
        self.add(a=picture([colours(1, 2, 3)]))
        dry = self.run_here("palettes", "hero").out
        self.assertIn("  would write assets/hero/palette-0.gpl: ", dry)
        done = self.run_here("palettes", "hero", "--write").out
        self.assertIn("  wrote assets/hero/palette-0.gpl: ", done)
        self.assertIn("  wrote assets/hero/asset.json: ", done)
        self.assertNotIn("would", done)
        self.assertNotIn("wrote", self.run_here("palettes", "hero", "--write").out)

    def test_a_dry_run_writes_nothing(self):
        self.add(a=picture([colours(1, 2, 3)]))
        before = read_tree(self.dir)
        document = self.palettes()
        self.assertEqual(before, read_tree(self.dir))
        self.assertTrue(document["dry_run"])
        self.assertEqual([step["to"] for step in document["plan"]],
                         ["assets/hero/palette-0.gpl", "assets/hero/asset.json"])
        self.assertEqual((document["found"], document["bound"], document["proven"], document["algorithm"]), (1, 1, True, 1))

    def test_a_dry_run_of_a_write(self):
        """It is what --write would do, beside a process that holds the lock, and not even a timestamp changes."""
        self.add(a=picture([colours(1, 2, 3)]))
        before = read_tree(self.dir)
        stamps = {name: os.stat(self.path(name)).st_mtime_ns for name in ("assets/.prometeu", "assets/hero", "assets/hero/asset.json")}
        holder = os.open(self.path("assets/.prometeu"), os.O_RDONLY)
        self.addCleanup(os.close, holder)
        fcntl.flock(holder, fcntl.LOCK_EX)
        dry = self.palettes("--write", "--dry-run")
        said = self.run_here("palettes", "hero", "--dry-run", "--write").out
        fcntl.flock(holder, fcntl.LOCK_UN)
        self.assertEqual(dry, self.palettes())
        self.assertEqual(dry, self.palettes("--dry-run"))
        self.assertEqual(said, self.run_here("palettes", "hero").out)
        self.assertIn("  would write assets/hero/palette-0.gpl: ", said)
        self.assertNotIn("wrote", said)
        self.assertEqual(before, read_tree(self.dir))
        self.assertEqual(stamps, {name: os.stat(self.path(name)).st_mtime_ns for name in stamps})
        done = self.palettes("--write")
        self.assertEqual((dry["dry_run"], done["dry_run"]), (True, False))
        self.assertEqual(dry["palettes"], done["palettes"])
        self.assertEqual([step["to"] for step in dry["plan"] if read_tree(self.dir).get(step["to"]) != before.get(step["to"])],
                         [step["to"] for step in dry["plan"]])

    def test_a_dry_run_of_a_write_counts_warnings_as_errors(self):
        """The exit code is that of --write, where --write would write nothing because of a warning."""
        self.add(a=picture([colours(1, 2, 3) + [(1, 0, 0), (2, 0, 0)]]))
        codes = {words: self.run_here("palettes", "hero", "--strict", *words).code for words in (("--write", "--dry-run"), ("--write",))}
        self.assertEqual(len(set(codes.values())), 1, codes)

    def test_what_is_written_builds_and_verifies(self):
        draw = random.Random(1)
        groups = [draw.sample(range(1, 200), 14) for _ in range(5)]
        tiles = [colours(*draw.sample(draw.choice(groups), 9)) for _ in range(64)]
        self.add(a=picture(tiles, columns=8), b=picture([colours(*groups[0])]))
        registry = read(self.path("assets", ".prometeu", "index.json"))
        dry = self.palettes()
        document = self.palettes("--write")
        self.assertEqual(dry["palettes"], document["palettes"])
        self.assertEqual(document["found"], 5)
        self.assertTrue(document["proven"])
        self.assertEqual(registry, read(self.path("assets", ".prometeu", "index.json")))
        self.assert_builds()
        metadata = json.loads(read(self.path("build", "asset_table_metadata.json")))
        told = [{key: value for key, value in (("palette", sprite["palette"]), ("palettes", sprite["palettes"]))
                 if value not in (None, [])} for sprite in document["sprites"]]
        recorded = [{key: tiles[key] for key in ("palette", "palettes") if key in tiles}
                    for tiles in metadata["assets"][0]["tiles"]]
        self.assertEqual(told, recorded)

    def test_a_second_run_has_nothing_to_do(self):
        self.add(a=picture([colours(*range(1, 14)), colours(*range(9, 22))]))
        self.palettes("--write")
        before = read_tree(self.path("assets"))
        document = self.palettes("--write")
        self.assertEqual([row["state"] for row in document["palettes"]], ["kept", "kept"])
        self.assertEqual(before, read_tree(self.path("assets")))

    def test_every_other_byte_of_the_declaration_stays(self):
        self.add(a=picture([colours(1)]))
        text = read(self.root("asset.json")).decode()
        strange = text.replace('"inputs": {\n', '"inputs":\t{\r\n', 1).replace('"tile_size": 8', '"tile_size":8 ')
        write(self.root("asset.json"), strange)
        self.palettes("--write")
        written = read(self.root("asset.json")).decode()
        begin = written.index('"palettes": [')
        end = written.index("],", begin) + 2
        inserted = written[begin:end]
        self.assertEqual(written[:begin].rstrip() + written[end:], strange)
        self.assertEqual(json.loads(inserted[len('"palettes": '):-1]), [{"index": 0, "path": "palette-0.gpl"}])

    def test_an_empty_list_of_palettes_is_filled(self):
        self.add(a=picture([colours(1)]))
        text = read(self.root("asset.json")).decode()
        sprites = text[text.index('"sprites"'):text.index("]") + 1]
        for empty, inside, expected in (
                ("[]", '"sprites": ["a.png"], "palettes": []', '"palettes": [{"index": 0, "path": "palette-0.gpl"}]'),
                ("[ ]", '"palettes": [ ], "sprites": ["a.png"]', '"palettes": [{"index": 0, "path": "palette-0.gpl"}]'),
                ("[\n    ]", sprites + ',\n    "palettes": [\n    ]',
                 '"palettes": [\n      {"index": 0, "path": "palette-0.gpl"}\n    ]')):
            begin, end = text.index("{", text.index('"inputs"')), text.index("}", text.index('"inputs"'))
            blanks = ("\n    ", "\n  ") if "\n" in empty else ("", "")
            before = text[:begin + 1] + blanks[0] + inside + blanks[1] + text[end:]
            write(self.root("asset.json"), before)
            self.palettes("--write")
            self.assertEqual(read(self.root("asset.json")).decode(), before.replace('"palettes": ' + empty, expected))
            os.remove(self.root("palette-0.gpl"))

    def test_a_sprite_of_few_colours_gets_one_palette(self):
        half = colours(*range(1, 9))
        other = colours(*range(11, 18))
        self.add(a=picture([half, other]), b=picture([half]), c=picture([other]))
        document = self.palettes()
        self.assertEqual(document["found"], 1)
        self.assertEqual([sprite["palette"] for sprite in document["sprites"]], [0, 0, 0])

    def test_sprites_are_taken_apart_when_they_do_not_fit_whole(self):
        first = colours(*range(1, 14))
        self.add(a=picture([first]), b=picture([colours(*range(20, 33))]), c=picture([first[:6], colours(*range(20, 26))]))
        self.assertEqual(self.palettes()["found"], 3)
        document = self.palettes("--max", "2")
        self.assertEqual(document["found"], 2)
        self.assertEqual(document["sprites"][2]["palette"], None)
        self.assertEqual(set(document["sprites"][2]["palettes"][:2]), {0, 1})

    def test_entry_0_is_a_colour_that_the_art_does_not_use(self):
        self.add(a=picture([[(255, 0, 255), (0, 255, 0)]]))
        document = self.palettes("--write")
        self.assertEqual(document["palettes"][0]["colours"][0], "#00ffff")
        self.assert_builds()

    def test_declared_palettes_are_kept(self):
        self.add(a=picture([colours(1, 2), colours(5)]))
        self.declare(1, "own.hex", "123456\n%s\n%s\n" % tuple("%02x%02x%02x" % value for value in colours(2, 1)))
        document = self.palettes("--write")
        self.assertEqual([(row["index"], row["state"]) for row in document["palettes"]], [(0, "new"), (1, "kept")])
        self.assertEqual(read(self.root("own.hex")).split(b"\n")[0], b"123456")
        self.assert_builds()

    def test_only_fill_uses_free_entries(self):
        kinds = {
            "a.hex": ("123456\n081000\n", b"123456\n081000\n"),
            "a.gpl": ("GIMP Palette\r\n#\r\n18 52 86\r\n8 16 0 x\r\n", b"GIMP Palette\r\n#\r\n18 52 86\r\n8 16 0 x\r\n"),
            "a.txt": ("; paint.net Palette File\nFF123456\nFF081000", b"; paint.net Palette File\nFF123456\nFF081000"),
        }
        for name, (text, begin) in kinds.items():
            with self.subTest(name):
                self.setUp()
                self.add(a=picture([[(8, 16, 0), (0, 0, 240), (240, 0, 0)]]))
                self.declare(0, name, text)
                self.assertEqual([row["state"] for row in self.palettes()["palettes"]], ["kept", "new"])
                declaration = read(self.root("asset.json"))
                document = self.palettes("--fill", "--write")
                self.assertEqual([(row["state"], row["added"]) for row in document["palettes"]], [("filled", 2)])
                self.assertEqual(document["palettes"][0]["colours"], ["#123456", "#081000", "#0000f0", "#f00000"])
                self.assertTrue(read(self.root(name)).startswith(begin))
                self.assertEqual(declaration, read(self.root("asset.json")))
                self.assert_packs()

    def test_what_was_written_is_told_when_its_report_is_lost(self):
        self.add(a=picture([[(8, 16, 0), (0, 0, 240)]]))
        with open("/dev/full", "wb") as full:
            for arguments, changed in (((), False), (("--write",), True), (("--write",), False)):
                ended = self.run_here("palettes", "hero", *arguments, stdout=full)
                self.assertEqual(ended.code, 3, ended.err)
                self.assertEqual("the workspace is changed as asked" in ended.err, changed, ended.err)

    def test_a_name_without_room_for_that_of_the_stage_writes_nothing(self):
        for length in (250, 251):
            name = "p" * (length - 4) + ".hex"
            with self.subTest(length):
                self.setUp()
                self.add(a=picture([[(8, 16, 0), (0, 0, 240)]]))
                self.declare(0, name, "123456\n081000\n")
                before = read_tree(self.path("assets"))
                ended = self.run_here("palettes", "hero", "--fill", "--write")
                if length == 250:
                    self.assertEqual(ended.code, 0, ended.said)
                    self.assertTrue(read(self.root(name)).endswith(b"0000f0\n"))
                    continue
                self.assertEqual(ended.code, 3, ended.said)
                self.assertIn(f"assets/hero/{name}: error[environment-write]", ended.said)
                self.assertIn("that name is too long", ended.said)
                self.assertIn("Give the file a shorter name", ended.said)
                self.assertEqual(read_tree(self.path("assets")), before)
                self.assertEqual(self.run_here("build").code, 1)

    def test_the_count_of_a_jasc_file_is_changed_with_it(self):
        self.add(a=picture([[(8, 16, 0), (0, 0, 240)]]))
        self.declare(0, "a.pal", "JASC-PAL\n0100\n2\n18 52 86\n8 16 0\n")
        self.palettes("--fill", "--write")
        self.assertEqual(read(self.root("a.pal")), b"JASC-PAL\n0100\n3\n18 52 86\n8 16 0\n0 0 240\n")
        self.assert_builds()

    def test_each_new_palette_begins_with_the_common_entries(self):
        self.add(a=picture([colours(1, 2, 3, *range(10, 20)), colours(1, 2, *range(30, 42))]))
        write(self.path("base.hex"), "00ff00\n%s\n%s\n" % tuple("%02x%02x%02x" % value for value in colours(1, 2)))
        document = self.palettes("--common", "base.hex", "--write")
        self.assertEqual(document["found"], 2)
        for row in document["palettes"]:
            self.assertEqual(row["colours"][:3], ["#00ff00", "#080000", "#100000"])
        self.assert_builds()

    def test_a_palette_that_a_sprite_asks_for_gets_its_index(self):
        self.add(a=picture([colours(1, 2)]), b=picture([colours(*range(10, 24))]))
        self.edit_declaration("hero", lambda document: document["inputs"].update(
            sprites=[{"path": "a.png", "palette": 7}, "b.png"]))
        document = self.palettes("--write")
        self.assertEqual([row["index"] for row in document["palettes"]], [0, 7])
        self.assertEqual([sprite["palette"] for sprite in document["sprites"]], [7, 0])
        self.assert_packs()

    def test_the_transparent_colour_is_entry_0(self):
        self.add(a=picture([[(255, 0, 255), *colours(*range(1, 16))]], columns=1))
        self.edit_declaration("hero", lambda document: document["output"].update(pipeline={"transparent": "index"}))
        document = self.palettes("--write")
        self.assertEqual(document["palettes"][0]["colours"][0], "#ff00ff")
        self.assertEqual(document["found"], 1)
        self.assert_builds()

    def test_an_asset_without_colours_gets_a_palette(self):
        self.add(a=picture([[(0, 0, 0, 0)]]))
        self.assertEqual(self.palettes("--write")["found"], 1)
        self.assert_builds()

    def test_a_file_that_is_there_is_not_overwritten(self):
        self.add(a=picture([colours(1)]))
        write(self.root("palette-0.gpl"), "mine")
        document = self.palettes("--write")
        self.assertEqual(document["palettes"][0]["path"], "palette-0-2.gpl")
        self.assertEqual(read(self.root("palette-0.gpl")), b"mine")

    def test_a_tile_of_too_many_colours_is_named(self):
        self.add(a=picture([colours(1), colours(*range(1, 20))]))
        document = self.palettes(code=1)
        self.assertEqual(self.ids(document), ["palette-conflict"])
        self.assertEqual(document["conflict"],
                         [{"path": "a.png", "tile": 1, "x": 8, "y": 0, "colours": 19, "excess": 4}])
        self.assertIsNone(document["found"])
        place = document["diagnostics"][0]
        self.assertEqual((place["file"], place["x"], place["y"]), ("assets/hero/a.png", 8, 0))

    def test_the_smallest_conflict_is_named(self):
        tiles = [colours(1), colours(*range(1, 12)), colours(*range(5, 16)), colours(*range(20, 30)), colours(2, 3)]
        self.add(a=picture(tiles))
        document = self.palettes("--max", "1", code=1)
        self.assertEqual(document["bound"], 2)
        self.assertEqual([(part["tile"], part["colours"], part["excess"]) for part in document["conflict"]],
                         [(1, 11, 6), (3, 10, 6)])

    def test_more_than_64_palettes_are_a_conflict(self):
        self.add(a=picture([colours(*range(15 * number, 15 * number + 15)) for number in range(70)], columns=8))
        document = self.palettes(code=1)
        self.assertEqual((document["bound"], len(document["conflict"])), (70, 65))

    def test_an_asset_is_named_in_any_way(self):
        self.add(a=picture([colours(1)]))
        uuid = json.loads(read(self.root("asset.json")))["asset_uuid"]
        self.edit_declaration("hero", lambda document: document.update(name="the hero"))
        for asset in ("1", uuid, "the hero", "hero", "assets/hero", "assets/hero/", self.root()):
            self.assertEqual(self.palettes(asset=asset)["asset_id"], 1)
        self.assertEqual(self.ids(self.palettes(asset="heroine", code=1)), ["asset-unknown"])

    def test_a_name_of_several_assets_is_refused_with_the_candidates(self):
        self.add(a=picture([colours(1)]))
        self.scene_directory("2", "other")
        ended = self.run_here("add", "--name", "1", "other", "--type", "scene_bank")
        self.assertEqual(ended.code, 0, ended.said)
        ended = self.run_here("palettes", "1")
        self.assertEqual(ended.code, 1, ended.said)
        self.assertIn("asset 1 (assets/hero), asset 2 (assets/other)", ended.said)

    def scene_directory(self, content, root):
        os.makedirs(self.path("assets", root))
        write(self.path("assets", root, "data.bin"), content)

    def test_an_asset_without_sprites_is_refused(self):
        self.scene_directory("cave", "cave")
        self.run_here("add", "cave", "--type", "scene_bank")
        self.assertEqual(self.ids(self.palettes(asset="cave", code=2)), ["usage"])

    def test_add_says_that_palettes_are_missing(self):
        ended = self.add(a=picture([colours(1)]))
        self.assertIn("warning[palette-missing]", ended.said)
        self.assertIn("prpack palettes assets/hero --write", ended.said)

    def test_several_assets_are_looked_at_one_by_one(self):
        self.add(a=picture([colours(1)]))
        ended = self.run_here("palettes", "hero", "nobody", "hero", "--format", "json")
        self.assertEqual(ended.code, 1)
        self.assertEqual([document["found"] for document in ended.documents()], [1, None, 1])

    def test_palettes_are_shown(self):
        self.add(a=picture([colours(1)]))
        ended = self.run_here("palettes", "hero")
        self.assertIn("1 palette, proven to be the fewest", ended.out)
        self.assertIn("would write assets/hero/palette-0.gpl", ended.out)
        self.assertEqual(self.run_here("palettes", "hero", "--quiet").said, "")
