"""Findings about pixels: each picture is opened with a reader of the tests at the place that the finding names, and what the
finding counts is counted again."""

import json
import os
import struct

import xxhash

from harness.pictures import chunk, png
from harness.png_reader import Png
from harness.trees import read, write
from workspace import WorkspaceTest

UUID = "00000000-0000-4000-8000-000000000001"
MARK = (255, 0, 255)

# Ids of the catalogue whose names speak of pictures, and that are never about one pixel.
ABOUT_NO_PIXEL = {"palette-conflict", "palette-count", "palette-index", "palette-missing", "palette-mismatch", "palette-unused",
                  "palettes-needed", "palettes-unproven", "palette-entry-unset", "image-size", "frames-dropped", "tile-clash", "tiles-blank",
                  "tiles-equal", "tiles-mismatch"}


def canonical(document):
    return json.dumps(document, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def rgb565(colour):
    return colour[0] >> 3, colour[1] >> 2, colour[2] >> 3


def rows_of(width, height, pixels, background, depth=8):
    form = "B" if depth == 8 else ">H"
    return b"".join(b"\0" + b"".join(struct.pack(form, sample) for x in range(width)
                                     for sample in pixels.get((x, y), background)) for y in range(height))


def coloured(pixels, background=(0, 0, 0, 0), size=(24, 16)):
    """A PNG with red, green, blue and alpha; pixels are {(x, y): samples}."""
    return png(*size, 6, rows_of(*size, pixels, background))


def deep(pixels, background=(0, 0, 0, 0), size=(24, 16)):
    data = png(*size, 6, rows_of(*size, pixels, background, 16))
    header = struct.pack(">IIBBBBB", *size, 16, 6, 0, 0, 0)
    return data[:8] + chunk(b"IHDR", header) + data[8 + 25:]


def indexed(indices, background, colours, alphas=None, size=(24, 16)):
    extra = chunk(b"PLTE", b"".join(bytes(colour) for colour in colours))
    extra += b"" if alphas is None else chunk(b"tRNS", bytes(alphas))
    return png(*size, 3, rows_of(*size, {at: (index,) for at, index in indices.items()}, (background,)), extra)


RED, BLUE, LIME, GREY = (200, 40, 40), (40, 40, 200), (40, 200, 40), (96, 96, 96)
BLACK = (0, 0, 0)


def opaque(*colour):
    return (*colour, 255)


class Pixels(WorkspaceTest):
    def declare(self, sprite, palettes=(), pipeline=None, fixed=None):
        """One glyph_bank with hero.png and palette files of these colours; writes what is there anew."""
        write(self.path("assets", "hero", "hero.png"), sprite)
        for number, colours in enumerate(palettes):
            write(self.path("assets", "hero", f"p{number}.hex"), "".join("%02x%02x%02x\n" % colour for colour in colours))
        inputs = {"sprites": ["hero.png" if fixed is None else {"path": "hero.png", "palette": fixed}]}
        if palettes:
            inputs["palettes"] = [{"index": number, "path": f"p{number}.hex"} for number in range(len(palettes))]
        output = {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}}
        if pipeline is not None:
            output["pipeline"] = pipeline
        write(self.path("assets", "hero", "asset.json"), json.dumps(
            {"schema_version": 1, "asset_uuid": UUID, "name": "hero", "type": "glyph_bank", "inputs": inputs, "output": output,
             "preload": {"enabled": False}}))
        write(self.path("assets", ".prometeu", "index.json"), json.dumps(
            {"schema_version": 1, "next_asset_id": 2, "assets": [
                {"asset_id": 1, "asset_uuid": UUID, "root": "hero", "included_in_build": True}]}))

    def findings(self, *arguments):
        return json.loads(self.run_here(*arguments, "--format", "json").out)["diagnostics"]

    def check_counts(self, finding, at_fault):
        """What the finding says of places and counts is so in the file that it names."""
        picture = Png(read(self.path(finding["file"])))
        wrong = [(y, x) for y in range(picture.height) for x in range(picture.width) if at_fault(picture, x, y)]
        columns = (picture.width + 7) // 8
        tiles = {y // 8 * columns + x // 8 for y, x in wrong}
        y, x = min(wrong)
        tile = y // 8 * columns + x // 8
        self.assertEqual((finding["x"], finding["y"], finding["tile"]), (x, y, tile), finding["message"])
        self.assertEqual((finding["pixels"], finding["tiles"]), (len(wrong), len(tiles)), finding["message"])
        self.assertIn(f"tile {tile} ", finding["message"])
        self.assertIn(f"(x {x % 8}, y {y % 8} in it)", finding["message"])
        return picture, set(wrong)

    def check_image(self, finding, picture, wrong):
        """The picture that was written shows the same pixels, and marks those at fault."""
        shown = Png(read(self.path(finding["image"])))
        self.assertEqual({name for name, _ in shown.chunks}, {b"IHDR", b"IDAT", b"IEND"})
        factor = shown.width // picture.width
        self.assertGreaterEqual(factor, 4)
        self.assertEqual((shown.width, shown.height), (picture.width * factor, picture.height * factor))
        for y in range(picture.height):
            for x in range(picture.width):
                marked = shown.colour(x * factor, y * factor) == MARK
                if (y, x) in wrong:
                    self.assertTrue(marked, (x, y))
                has_colour = picture.kind != 3 or picture.pixels[y][x][0] < len(picture.palette)
                if has_colour and picture.alpha(x, y) in (None, 255):
                    self.assertEqual(shown.colour(x * factor + factor // 2, y * factor + factor // 2), picture.colour(x, y))

    def check_palette(self, finding, picture, palettes, fixed):
        """The palette is the one that draws the most of the colours of the tile."""
        tile, columns = finding["tile"], (picture.width + 7) // 8
        area = [(x, y) for y in range(tile // columns * 8, min(picture.height, tile // columns * 8 + 8))
                for x in range(tile % columns * 8, min(picture.width, tile % columns * 8 + 8))]
        colours = {rgb565(picture.colour(x, y)) for x, y in area if picture.alpha(x, y) in (None, 255)}
        drawn = [len(colours & {rgb565(colour) for colour in palette[1:]}) for palette in palettes]
        self.assertEqual(finding["palette"], drawn.index(max(drawn)) if fixed is None else fixed)

    def record(self, sprite):
        """Lets the published set say that it was made from this sprite, as a wrong writer would."""
        path = self.path("build", "asset_table_metadata.json")
        document = json.loads(read(path))
        for source in document["assets"][0]["inputs"]:
            if source["path"] == "hero.png":
                source.update(size=len(sprite), xxh3_128=xxhash.xxh3_128_hexdigest(sprite))
        del document["document_xxh3_128"]
        document["document_xxh3_128"] = xxhash.xxh3_128_hexdigest(canonical(document))
        write(path, canonical(document))

    def check_verifier(self, finding, right, sprite, palettes, pipeline, fixed):
        """The verifier, which reads pictures and palettes by its own code, finds the same in the same sources."""
        self.declare(right, palettes, pipeline, fixed)
        self.assertEqual(self.run_here("build", "--no-cache").code, 0)
        self.declare(sprite, palettes, pipeline, fixed)
        self.record(sprite)
        found = [other for other in self.findings("verify", "--sources")
                 if other["id"] == finding["id"] and other["x"] is not None]
        self.assertEqual(len(found), 1, found)
        for member in ("file", "x", "y", "tile", "pixels", "tiles", "palette"):
            self.assertEqual(found[0][member], finding[member], (member, found[0]["message"], finding["message"]))

    def check(self, id_, at_fault, sprite, palettes=(), pipeline=None, fixed=None, nearest=False, says=(),
              right=coloured({})):
        self.declare(sprite, palettes, pipeline, fixed)
        found = [finding for finding in self.findings("build", "--images", "out") if finding["id"] == id_]
        self.assertEqual(len(found), 1, found)
        picture, wrong = self.check_counts(found[0], at_fault)
        self.check_image(found[0], picture, wrong)
        if nearest:
            self.check_palette(found[0], picture, palettes, fixed)
        else:
            self.assertIsNone(found[0]["palette"])
        for text in says:
            self.assertIn(text, found[0]["message"] + str(found[0]["actual"]))
        if found[0]["severity"] == "error":
            self.check_verifier(found[0], right, sprite, palettes, pipeline, fixed)

    def check_pixel_translucent(self):
        soft = {(9, 1): (1, 2, 3, 77), (2, 5): (1, 2, 3, 5), (3, 5): opaque(*RED)}
        self.check("pixel-translucent", lambda p, x, y: p.alpha(x, y) not in (0, 255), coloured(soft), [[BLACK, RED]],
                   says=["alpha 77"])
        self.check("pixel-translucent", lambda p, x, y: p.alpha(x, y) not in (0, 255),
                   indexed({(5, 9): 2, (17, 9): 2}, 1, [BLACK, RED, BLUE], [0, 255, 9]), says=["alpha 9"],
                   right=indexed({}, 1, [BLACK, RED, BLUE], [0]))
        self.check("pixel-translucent", lambda p, x, y: p.alpha(x, y) not in (0, 65535), deep({(7, 7): (0, 0, 0, 32896)}),
                   [[BLACK, RED]], says=["alpha 32896 of 65535"])

    def check_pixel_inexpressible(self):
        hit = {(1, 9): opaque(*LIME), (20, 3): opaque(*LIME), (21, 3): opaque(*GREY), (22, 3): opaque(*BLUE)}
        palettes = [[BLACK, RED], [BLACK, BLUE], [BLACK, RED]]
        self.check("pixel-inexpressible", lambda p, x, y: p.alpha(x, y) == 255 and p.colour(x, y) in (LIME, GREY),
                   coloured(hit), palettes, nearest=True, says=["palette 1, p1.hex, is nearest", "this colour and #606060"])
        self.check("pixel-inexpressible", lambda p, x, y: p.colour(x, y) == LIME and p.alpha(x, y) == 255,
                   coloured({(8, 8): opaque(*LIME), (9, 8): opaque(*RED)}), [[LIME, RED], [BLACK, BLUE]], nearest=True,
                   says=["palette 0, p0.hex, has the colour at entry 0 only"])
        rows = {(1, 7): opaque(*LIME), (9, 1): opaque(*LIME), (10, 1): opaque(*RED)}
        self.check("pixel-inexpressible", lambda p, x, y: p.colour(x, y) == LIME, coloured(rows),
                   [[BLACK, BLUE], [BLACK, RED], [BLACK, RED]], nearest=True, says=["palette 1, p1.hex, is nearest"])
        together = {(8, 0): opaque(*RED), (9, 0): opaque(*BLUE), (10, 0): opaque(*LIME), (11, 0): opaque(*RED)}
        self.check("pixel-inexpressible", lambda p, x, y: p.colour(x, y) == BLUE, coloured(together),
                   [[BLACK, BLUE], [BLACK, RED, LIME]], nearest=True, says=["no palette has all colours of a tile"])
        self.check("pixel-inexpressible", lambda p, x, y: p.colour(x, y) == BLUE, coloured({(3, 3): opaque(*BLUE)}),
                   [[BLACK, BLUE], [BLACK, RED]], fixed=1, nearest=True,
                   says=["palette 1, p1.hex, which the sprite asks for", "palette 0, p0.hex, has all colours of the tile"])
        exact = (0x2828, 0x2828, 0xC8C8, 65535)
        self.check("pixel-inexpressible", lambda p, x, y: p.pixels[y][x] == (1, 2, 3, 65535),
                   deep({(3, 3): exact, (13, 13): (1, 2, 3, 65535)}), [[BLACK, BLUE]], says=["#000100020003", "#000000"])
        self.check("pixel-inexpressible", lambda p, x, y: p.pixels[y][x] == (2,),
                   indexed({(3, 3): 2, (13, 3): 2}, 0, [BLACK, RED, BLUE]), [[BLACK, RED, LIME, BLUE]], {"indices": "banked"},
                   nearest=True, says=["names entry 2 of palette 0", "has the colour at entry 3"])

    def check_palette_invalid(self):
        colours = [(8 * i, 0, 0) for i in range(20)]
        self.check("palette-invalid", lambda p, x, y: p.pixels[y][x][0] > 15,
                   indexed({(9, 0): 16, (1, 1): 17, (2, 9): 19, (3, 9): 4}, 1, colours), says=["3 pixels in 3 tiles", "16"],
                   right=indexed({}, 1, colours[:16]))

    def check_image_invalid(self):
        self.check("image-invalid", lambda p, x, y: p.pixels[y][x][0] > 2,
                   indexed({(9, 0): 3, (1, 1): 200}, 1, [BLACK, RED, BLUE]), says=["index 3", "3 colours"],
                   right=indexed({}, 1, [BLACK, RED, BLUE]))

    def check_pixel_hidden(self):
        self.check("pixel-hidden", lambda p, x, y: p.pixels[y][x][0] == 0,
                   indexed({(5, 1): 0, (2, 2): 0, (23, 15): 0}, 1, [GREY, RED, (97, 97, 97)]),
                   says=["index 0, #606060", "index 2 has the same RGB565"])

    def check_colour_merged(self):
        near = (RED[0], RED[1], RED[2] + 1)
        self.check("colour-merged", lambda p, x, y: p.colour(x, y) == near,
                   coloured({(0, 0): opaque(*RED), (9, 9): opaque(*near), (10, 9): opaque(*near)}), [[BLACK, RED]],
                   says=["#c82829", "same RGB565 as #c82828"])
        self.check("colour-merged", lambda p, x, y: p.pixels[y][x][0] == 3,
                   indexed({(4, 4): 1, (5, 5): 3}, 2, [BLACK, RED, BLUE, near], [0]), says=["index 3", "same RGB565 as index 1"])

    def change_pack(self, pixels):
        """Gives pixels of the sheet another index: {(x, y): index}."""
        data = bytearray(read(self.path("build", "assets.pa")))
        begin = struct.unpack_from("<Q", data, 12)[0]
        for (x, y), index in pixels.items():
            at = begin + y * 128 + x // 2
            data[at] = (data[at] & 0x0F | index << 4) if x % 2 == 0 else (data[at] & 0xF0 | index)
        write(self.path("build", "assets.pa"), bytes(data))

    def check_verified(self, id_, wrong, index, says=()):
        """Pixels of tile 1 of the sheet, which is tile 1 of the picture."""
        self.declare(coloured({(x, y): opaque(*RED) for x in range(8, 16) for y in range(8)}), [[BLACK, RED, BLUE]])
        self.assertEqual(self.run_here("build", "--no-cache").code, 0)
        self.change_pack({at: index for at in wrong})
        found = [finding for finding in self.findings("verify", "--sources") if finding["id"] == id_]
        self.assertEqual(len(found), 1, found)
        self.check_counts(found[0], lambda p, x, y: (x, y) in wrong)
        self.assertIsNone(found[0]["image"])
        for text in says:
            self.assertIn(text, found[0]["message"] + str(found[0]["actual"]))

    def check_opacity_mismatch(self):
        self.check_verified("opacity-mismatch", {(9, 2), (12, 7), (10, 2)}, 0, says=["a hole", "index 0"])

    def check_source_mismatch(self):
        self.check_verified("source-mismatch", {(15, 0), (8, 1)}, 2, says=["another index", "index 2"])

    def test_every_id_of_the_catalogue_that_speaks_of_pixels(self):
        catalogue = [entry["id"] for entry in json.loads(self.run_here("explain", "--format", "json").out)["explanations"]]
        checks = {name[len("check_"):].replace("_", "-"): name for name in dir(self) if name.startswith("check_")}
        pictures = {id_ for id_ in catalogue
                    if id_.startswith(("pixel-", "image-", "colour-", "palette", "opacity-", "frames-", "tile"))}
        self.assertEqual(pictures - set(checks), ABOUT_NO_PIXEL & pictures)
        for id_ in sorted(set(checks) & set(catalogue)):
            with self.subTest(id=id_):
                getattr(self, checks[id_])()

    def test_a_sprite_of_soft_edges_is_one_line(self):
        soft = {(x, y): (200, 40, 40, 100 + x) for x in range(24) for y in range(16) if (x + y) % 3 == 0}
        self.declare(coloured(soft), [[BLACK, RED]])
        text = self.run_here("build").err
        self.assertEqual(text.count("pixel-translucent"), 1)
        self.assertEqual(text.count("tile 0"), 1, text)


class Images(Pixels):
    """`build --images DIR`: docs/contracts/artifact-ownership.md 3.9."""

    def declare_hidden(self):
        self.declare(indexed({(5, 1): 0}, 1, [GREY, RED]))

    def test_names_are_safe_and_tell_sprites_apart(self):
        self.declare_hidden()
        path = self.path("assets", "hero", "asset.json")
        document = json.loads(read(path))
        sprite = read(self.path("assets", "hero", "hero.png"))
        names = ["hero.png", "sub/héro one.x.png", "n" * 100 + ".png", "hero.png"]
        for name in names:
            write(self.path("assets", "hero", *name.split("/")), sprite)
        document["inputs"]["sprites"] = names
        write(path, json.dumps(document))
        self.run_here("build", "--images", "deep/er")
        self.assertEqual(sorted(os.listdir(self.path("deep", "er"))), sorted(
            ["1-0-hero.png", "1-1-h__ro_one.x.png", "1-2-" + "n" * 80 + ".png", "1-3-hero.png"]))

    def test_nothing_is_written_where_nothing_is_wrong(self):
        self.declare(coloured({(0, 0): opaque(*RED)}), [[BLACK, RED]])
        ended = self.run_here("build", "--images", "out")
        self.assertEqual((ended.code, ended.err), (0, ""))
        self.assertFalse(os.path.exists(self.path("out")))

    def test_a_warning_is_shown_when_its_asset_would_be_kept(self):
        self.declare_hidden()
        self.assertIsNone(self.findings("build")[0]["image"])
        first = read(self.path("build", "assets.pa"))
        for arguments in (["--images", "out"], ["--images", "checked", "--check"], ["--images", "verified", "--verify"]):
            ended = self.run_here("build", "--explain", "--format", "json", *arguments)
            report = json.loads(ended.out)
            self.assertEqual((ended.code, report["diagnostics"][0]["image"]), (0, arguments[1] + "/1-0-hero.png"))
            self.assertEqual(report["reasons"][0]["reason"], "images")
        self.assertEqual(read(self.path("build", "assets.pa")), first)
        self.assertEqual(read(self.path("out", "1-0-hero.png")), read(self.path("checked", "1-0-hero.png")))

    def test_a_picture_that_is_right_already_is_not_touched_and_nothing_else_is(self):
        self.declare_hidden()
        write(self.path("out", "1-7-other.png"), "mine")
        text = self.run_here("build", "--images", "out").err
        self.assertIn("the pixels are marked in out/1-0-hero.png", text)
        image = self.path("out", "1-0-hero.png")
        os.utime(image, (7, 7))
        self.run_here("build", "--images", "out", "--jobs", "3")
        self.assertEqual(os.stat(image).st_mtime, 7)
        os.remove(image)
        os.symlink(self.path("assets", "hero", "hero.png"), image)
        before = read(self.path("assets", "hero", "hero.png"))
        self.run_here("build", "--images", "out")
        self.assertFalse(os.path.islink(image))
        self.assertEqual(read(self.path("assets", "hero", "hero.png")), before)
        self.assertEqual((sorted(os.listdir(self.path("out"))), read(self.path("out", "1-7-other.png"))),
                         (["1-0-hero.png", "1-7-other.png"], b"mine"))

    def test_reserved_directories_are_refused_before_anything_is_built(self):
        self.declare_hidden()
        os.symlink("assets", self.path("link"))
        for directory in ("assets", "assets/new", "assets/hero", "assets/.prometeu", "assets/.prometeu/x", "link/hero",
                          "build/.prpack-staging", "x/.prpack-commit/y", "assets/../assets/hero"):
            ended = self.run_here("build", "--images", directory)
            self.assertEqual(ended.code, 2, directory)
            self.assert_one_line(ended, 2, "output-reserved", "--images")
        self.assertFalse(os.path.exists(self.path("build")))

    def test_what_cannot_be_written_changes_no_verdict(self):
        self.declare_hidden()
        write(self.path("file"), "")
        ended = self.run_here("build", "--verify", "--images", "file", "--format", "json")
        report = json.loads(ended.out)
        self.assertEqual((ended.code, report["published"]), (3, True))
        self.assertEqual({finding["id"] for finding in report["diagnostics"]}, {"pixel-hidden", "environment-write"})
        self.assertEqual({finding["image"] for finding in report["diagnostics"]}, {None})
        self.declare(coloured({(0, 0): opaque(*BLUE)}), [[BLACK, RED]])
        self.assertEqual(self.run_here("build", "--images", "file").code, 3)
