"""Real sprites: pictures of games in Debian go through three quantisers, are packed with and without palette files, and are compared with what
the console would draw. The packages are downloaded for the run and are not kept.

Each picture is one asset: `build --verify` packs it or refuses it by name. The truth is what Pillow reads from the same PNG. The pack is read by
console_view.py, which sees nothing but the pack and its table of tiles.

Usage: real_sprites.py [--count N] [--seed S] [PACKAGE...], with PRPACK in the environment. It needs apt-get, dpkg-deb, ImageMagick (convert),
pngquant and Pillow, which ./scripts/test does not install."""

import argparse
import collections
import glob
import json
import os
import random
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.trees import Scratch, write, write_tree  # noqa: E402

from PIL import Image  # noqa: E402

import console_view  # noqa: E402
import debian_packages  # noqa: E402
import draw_pictures  # noqa: E402

PACKAGES = ("alex4-data", "asylum-data", "berusky-data", "biniax2-data", "blobby-data", "crawl-tiles-data", "cuyo-data", "freedroid-data",
            "kobodeluxe-data", "lbreakout2-data", "pingus-data", "tecnoballz-data")
TILE_SIZE = 8
REFUSALS = ("pixel-inexpressible", "palette-missing", "palette-invalid", "image-size", "sheet-full")


def sprites(packages, directory, count, random_):
    """Files of pictures that fit into a sheet, drawn from all packages alike."""
    by_package = []
    for tree in debian_packages.unpack(packages, directory):
        found = sorted(glob.glob(os.path.join(tree, "**", "*.png"), recursive=True))
        random_.shuffle(found)
        by_package.append(found)
    drawn = []
    while any(by_package) and len(drawn) < count:
        for found in by_package:
            while found:
                path = found.pop()
                if fits(path):
                    drawn.append(path)
                    break
    return drawn[:count]


def fits(path):
    try:
        with Image.open(path) as image:
            width, height = (-(-side // TILE_SIZE) * TILE_SIZE for side in image.size)
            return 0 < width * height <= 65536
    except (OSError, ValueError, SyntaxError):
        return False


def hard_alpha(path, to):
    """The same picture with pixels that are opaque or transparent, nothing between."""
    with Image.open(path) as image:
        image = image.convert("RGBA")
    image.putalpha(image.getchannel("A").point(lambda value: 255 if value >= 128 else 0))
    image.save(to)


def by_imagemagick(source, to):
    subprocess.run(["convert", source, "+dither", "-colors", "15", f"PNG8:{to}"], check=True, capture_output=True)


def by_pngquant(source, to):
    subprocess.run(["pngquant", "--force", "--nofs", "--output", to, "15", source], check=True, capture_output=True)


def by_pillow(source, to):
    with Image.open(source) as image:
        image.convert("RGBA").quantize(15, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(to)


def by_pillow_as_rgba(source, to):
    by_pillow(source, to)
    with Image.open(to) as image:
        image.convert("RGBA").save(to)


QUANTISERS = (by_imagemagick, by_pngquant, by_pillow, by_pillow_as_rgba)


class Truth:
    """What a picture shows, read by Pillow: colours, and which pixels are opaque by the contract's rule."""

    def __init__(self, path):
        with Image.open(path) as image:
            self.width, self.height = image.size
            transparent = "transparency" in image.info or (image.mode in ("RGBA", "LA") and image.getchannel("A").getextrema()[0] < 255)
            indices = list(image.getdata()) if image.mode == "P" else None
            self.pixels = list(image.convert("RGBA").getdata())
        if transparent:
            self.opaque = [pixel[3] == 255 for pixel in self.pixels]
        elif indices is not None:
            self.opaque = [index != 0 for index in indices]
        else:
            self.opaque = [True] * len(self.pixels)

    def colours(self):
        """Opaque colours in the order of their first pixels."""
        return list(dict.fromkeys(pixel[:3] for pixel, opaque in zip(self.pixels, self.opaque) if opaque))


def palette_file(way, colours):
    """"free": entry 0 is a spare colour; "taken": entry 0 is a colour of the picture."""
    listed = ([(255, 0, 255)] if way == "free" else []) + colours
    return "".join("%02x%02x%02x\n" % colour for colour in listed).encode()


def workspace(directory, picture, way, truth):
    inputs = {"sprites": ["sprite.png"]}
    if way != "none":
        inputs["palettes"] = [{"index": 0, "path": "sprite.hex"}]
        write(os.path.join(directory, "assets/drawn/sprite.hex"), palette_file(way, truth.colours()))
    record = {"asset_id": 1, "asset_uuid": draw_pictures.UUID, "root": "drawn", "included_in_build": True}
    output = {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": TILE_SIZE}, "pipeline": {"pad": True}}
    declaration = {"schema_version": 1, "asset_uuid": draw_pictures.UUID, "name": "drawn", "type": "glyph_bank", "inputs": inputs,
                   "output": output, "preload": {"enabled": False}}
    with open(picture, "rb") as file:
        content = file.read()
    write_tree(directory, {
        "assets/.prometeu/index.json": json.dumps({"schema_version": 1, "next_asset_id": 2, "assets": [record]}).encode(),
        "assets/drawn/asset.json": json.dumps(declaration).encode(), "assets/drawn/sprite.png": content})


def wrong_pixels(truth, directory):
    """What is wrong with the first wrong pixel, or None."""
    bank = console_view.banks(directory)[1]
    pixels, width = bank.sprite(bank.tiles[0])
    for i, (pixel, opaque) in enumerate(zip(truth.pixels, truth.opaque)):
        index, palette = pixels[i // truth.width * width + i % truth.width]
        if opaque != (index != 0):
            return f"pixel {i % truth.width}, {i // truth.width} is {'opaque' if opaque else 'transparent'} and has index {index}"
        if opaque and bank.palettes[palette][index] != console_view.rgb565(pixel):
            return f"pixel {i % truth.width}, {i // truth.width} has another colour"
    padding = [pixels[y * width + x][0] for y in range(len(pixels) // width) for x in range(width)
               if x >= truth.width or y >= truth.height]
    return "padding is not transparent" if any(padding) else None


def examine(picture, way):
    truth = Truth(picture)
    if way != "none" and not 1 <= len(truth.colours()) <= 15:
        return "left out: more colours than a palette file has", None
    with Scratch() as directory:
        workspace(directory, picture, way, truth)
        ended = prpack(directory, "build", "--verify", "--format", "json")
        if ended.code == WELL:
            return "packed", wrong_pixels(truth, os.path.join(directory, "build"))
        ids = [finding["id"] for document in ended.documents() for finding in document["diagnostics"] if finding["severity"] == "error"]
        expected = ended.code == WRONG and len(ids) == 1 and ids[0] in REFUSALS
        return f"refused: {ids[0] if ids else '?'}", None if expected and (ids[0], way) != ("pixel-inexpressible", "free") else str(ended)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("packages", nargs="*", default=PACKAGES)
    options = parser.parse_args()
    seen = collections.Counter()
    faults = 0
    with Scratch() as scratch:
        drawn = sprites(options.packages, scratch, options.count, random.Random(options.seed))
        for number, path in enumerate(drawn):
            hard, quantised = os.path.join(scratch, "hard.png"), os.path.join(scratch, "quantised.png")
            hard_alpha(path, hard)
            quantiser = QUANTISERS[number % len(QUANTISERS)]
            quantiser(hard, quantised)
            for way in ("none", "free", "taken"):
                kind, fault = examine(quantised, way)
                seen[(quantiser.__name__.removeprefix("by_"), way, kind)] += 1
                if fault is not None:
                    faults += 1
                    print(f"{path.removeprefix(scratch)}, {quantiser.__name__}, palette {way}: {fault}")
    for key, count in sorted(seen.items()):
        print(f"{count:6} " + ", ".join(key))
    print(f"{len(drawn)} sprites, {sum(seen.values())} builds, {faults} faults")
    return 1 if faults or not drawn else 0


if __name__ == "__main__":
    sys.exit(main())
