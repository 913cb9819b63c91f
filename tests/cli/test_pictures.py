"""Pictures as people have them: what becomes of their pixels, and what is said about it."""

import json
import os

from harness.pictures import chunk, png
from harness.trees import read, write
from workspace import WorkspaceTest

PINK, BLUE, RED = b"\xff\x00\xff", b"\x00\x08\xc8", b"\xf8\x00\x00"


def truecolour(*pixels):
    """8 x 8 pixels; the last one fills the rest."""
    pixels = list(pixels) + [pixels[-1]] * (64 - len(pixels))
    return png(8, 8, 2, b"".join(b"\0" + b"".join(pixels[y * 8:y * 8 + 8]) for y in range(8)))


def indexed(indices, colours, alphas=None):
    extra = chunk(b"PLTE", b"".join(colours)) + (b"" if alphas is None else chunk(b"tRNS", bytes(alphas)))
    indices = list(indices) + [indices[-1]] * (64 - len(indices))
    return png(8, 8, 3, b"".join(b"\0" + bytes(indices[y * 8:y * 8 + 8]) for y in range(8)), extra)


class Pictures(WorkspaceTest):
    def add(self, *options, **files):
        """Registers the directory assets/hero with these files, whose dots are written as underscores."""
        for name, data in files.items():
            write(self.path("assets", "hero", name.replace("_", ".")), data)
        self.run_here("init")
        ended = self.run_here("add", "assets/hero", "--tile-size", "8", *options)
        self.assertEqual(ended.code, 0, ended.said)
        return json.loads(read(self.path("assets", "hero", "asset.json")))

    def warnings(self, *options):
        ended = self.run_here("build", "--format", "json", *options)
        self.assertEqual(ended.code, 0, ended.said)
        return [(finding["id"], finding["message"]) for finding in json.loads(ended.out)["diagnostics"]]

    def test_add_declares_a_colour_that_marks_what_is_transparent(self):
        document = self.add(a_png=truecolour(PINK, PINK, BLUE), p_hex="ff00ff\n0008c8\n")
        self.assertEqual(document["output"]["pipeline"], {"transparent": "index"})
        self.assertEqual(self.warnings("--verify"), [])

    def test_add_takes_the_palettes_of_indexed_pictures(self):
        document = self.add(a_png=indexed([0, 1, 0], [PINK, BLUE]))
        self.assertEqual(document["output"]["pipeline"], {"transparent": "index"})

    def test_add_declares_nothing_where_it_cannot_tell(self):
        for number, files in enumerate((
                {"a.png": truecolour(PINK, BLUE), "p.hex": "ff00fe\nff00ff\n0008c8\n"},  # another entry 0
                {"a.png": truecolour(BLUE), "p.hex": "ff00ff\n0008c8\n"},               # no pixel has it
                {"a.png": truecolour(PINK), "b.png": indexed([0, 1], [PINK, BLUE], [0]), "p.hex": "ff00ff\n0008c8\n"},
                {"a.png": truecolour(PINK), "p.hex": "ff00ff\n", "q.hex": "000000\n"})):
            root = "root%d" % number
            for name, data in files.items():
                write(self.path("assets", root, name), data)
            self.run_here("init")
            self.run_here("add", "assets/" + root, "--tile-size", "8", "--anyway")
            document = json.loads(read(self.path("assets", root, "asset.json")))
            self.assertNotIn("pipeline", document["output"], root)

    def test_warnings_about_pictures_are_given_again(self):
        """By each build: when all is packed, when nothing has changed, and when something else has."""
        self.add(a_png=indexed([0, 1, 1], [RED, BLUE]))
        first = self.warnings("--verify")
        self.assertEqual([name for name, _ in first], ["pixel-hidden"])
        self.assertEqual(self.warnings(), first)
        self.assertEqual(self.warnings("--verify"), first)
        write(self.path("assets", "level", "data.bin"), "level")
        self.run_here("add", "assets/level")
        self.assertEqual(self.warnings(), first)
        self.assertEqual(self.warnings("--no-cache"), first)

    def test_tiles_are_kept_with_what_was_packed(self):
        self.add(a_png=indexed([1, 0], [RED, BLUE], [0]))
        self.warnings()
        metadata = self.path("build", "asset_table_metadata.json")
        tiles = json.loads(read(metadata))["assets"][0]["tiles"]
        self.assertEqual(tiles, [{"columns": 1, "palette": 0, "path": "a.png", "rows": 1, "tile": 0}])
        write(self.path("assets", "level", "data.bin"), "level")
        self.run_here("add", "assets/level")
        self.warnings("--verify")
        self.assertEqual(json.loads(read(metadata))["assets"][0]["tiles"], tiles)

    def test_an_opaque_colour_of_entry_0_is_refused_with_both_ways_out(self):
        self.add("--anyway", a_png=truecolour(RED, BLUE), p_hex="f80000\n0008c8\n")
        self.assert_one_line(self.run_here("build", "--verify"), 1, "pixel-inexpressible", "x 0, y 0", "#f80000",
                             "1 pixel, in tile 0 (x 0, y 0 in it)", "Repeat the colour at the end", "insert a colour that the pictures do not use before the first")
        self.assertFalse(os.path.exists(self.path("build", "assets.pa")))

    def test_what_add_did_not_see_is_named(self):
        self.add(a_png=indexed([1, 0], [RED, BLUE], [0]))
        write(self.path("assets", "hero", "later.png"), b"")
        expected = [("input-undeclared", 'asset.json does not name 1 file or directory here: "later.png"')]
        self.assertEqual(self.warnings(), expected)
        self.assertEqual(self.warnings(), expected)
        listed = json.loads(self.run_here("list", "--format", "json").out)
        self.assertEqual([finding["id"] for finding in listed["diagnostics"]], ["input-undeclared"])
