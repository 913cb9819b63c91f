#!/usr/bin/python3
"""Packs random pictures and decodes the pack again with nothing but `tiles` of the companion at hand.

A decoder of its own reads the indices of each sprite and looks them up in the palette that `tiles` records. An opaque
pixel of the picture must have its colour there (RGB565) at one of the entries 1 … 15, a transparent one index 0. Which
pixels are opaque it decides by docs/contracts/workspace.md 3.2.2. Pictures that prpack refuses are counted: a run in
which it refuses too many of them fails, too.

    pictures.py [--count N] [--seed S] [--verify]
"""

import argparse
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import zlib

PRPACK = os.environ["PRPACK"]
UUID = "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10"
PLANE = 32768


def rgb565(colour):
    return colour[0] >> 3 << 11 | colour[1] >> 2 << 5 | colour[2] >> 3


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


class Picture:
    """One PNG: what is in the file, and what each pixel is."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.indices = None  # of an indexed picture
        self.colours = None  # its PLTE
        self.alphas = None   # its tRNS
        self.pixels = None   # of another one: (r, g, b, a)
        self.channel = False  # each pixel has an alpha

    def encode(self):
        kind = 3 if self.indices else 6 if self.channel else 2
        rows = b""
        for y in range(self.height):
            span = slice(y * self.width, (y + 1) * self.width)
            if self.indices:
                rows += b"\0" + bytes(self.indices[span])
            else:
                rows += b"\0" + b"".join(bytes(pixel[:4 if self.channel else 3]) for pixel in self.pixels[span])
        data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", self.width, self.height, 8, kind, 0, 0, 0))
        if self.indices:
            data += chunk(b"PLTE", b"".join(bytes(colour) for colour in self.colours))
            if self.alphas is not None:
                data += chunk(b"tRNS", bytes(self.alphas))
        return data + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

    def has_transparency(self):
        if self.indices:
            return self.alphas is not None
        return self.channel and any(pixel[3] < 255 for pixel in self.pixels)

    def colour(self, pixel):
        return self.colours[self.indices[pixel]] if self.indices else self.pixels[pixel][:3]

    def is_transparent(self, pixel, rules, entry_0):
        """entry_0: of the palette that the pixel is drawn with."""
        if self.has_transparency():
            if self.indices:
                index = self.indices[pixel]
                return index < len(self.alphas) and self.alphas[index] == 0
            return self.pixels[pixel][3] == 0
        if rules.get("transparent") == "alpha":
            return False
        if self.indices:
            return self.indices[pixel] % (16 if "indices" in rules else 256) == 0
        return rules.get("transparent") == "index" and rgb565(self.colour(pixel)) == entry_0


def some_colours(dice, count):
    """Colours of which some are one in RGB565, and some are equal."""
    pool = [(dice.randrange(256), dice.randrange(256), dice.randrange(256)) for _ in range(count)]
    for i in range(1, count):
        if dice.random() < 0.08:
            near = pool[dice.randrange(i)]
            pool[i] = tuple(value & ~3 | dice.randrange(4) for value in near)
        elif dice.random() < 0.05:
            pool[i] = (0, 0, 0)
    return pool


def some_indexed(dice, width, height, palettes, rules):
    picture = Picture(width, height)
    banked = "indices" in rules
    if palettes and dice.random() < 0.7:
        picture.colours = list(dice.choice(list(palettes.values())))
        if dice.random() < 0.3:
            dice.shuffle(picture.colours)
    else:
        picture.colours = some_colours(dice, dice.choice([2, 3, 8, 15, 16, 16, 17, 40]))
    if banked and palettes:
        picture.colours = [colour for index in sorted(palettes) for colour in
                           (list(palettes[index]) + [(0, 0, 0)] * 16)[:16]]
    count = len(picture.colours)
    if dice.random() < 0.6:
        picture.alphas = [255] * dice.randrange(1, count + 1)
        for _ in range(dice.choice([0, 1, 1, 1, 2])):
            picture.alphas[dice.choice([0, dice.randrange(len(picture.alphas))])] = 0
    reach = count if banked or dice.random() < 0.3 else min(count, 16)
    used = dice.sample(range(reach), dice.randrange(1, min(reach, 15) + 1))
    picture.indices = [dice.choice(used) for _ in range(width * height)]
    if banked:
        tile = rules_tile(rules)
        bank = {}
        for i in range(width * height):
            place = (i // width // tile, i % width // tile)
            k = bank.setdefault(place, dice.randrange((count + 15) // 16))
            picture.indices[i] = min(count - 1, k * 16 + dice.randrange(16))
    return picture


def rules_tile(rules):
    return rules["tile_size"]


def some_truecolour(dice, width, height, palettes):
    picture = Picture(width, height)
    picture.channel = dice.random() < 0.7
    holes = picture.channel and dice.random() < 0.8
    shared = dice.choice(list(palettes.values())) if palettes else some_colours(dice, 6)
    apart = dice.random() < 0.3
    first = 0 if dice.random() < 0.3 else 1
    picture.pixels = []
    by_tile = {}
    for i in range(width * height):
        colours = shared
        if apart and palettes:
            colours = by_tile.setdefault((i // width // 8, i % width // 8), dice.choice(list(palettes.values())))
        colour = dice.choice(colours[first:] or colours)
        if dice.random() < 0.01:
            colour = tuple(value & ~3 | dice.randrange(4) for value in colour)
        picture.pixels.append(colour + (0 if holes and dice.random() < 0.3 else 255,))
    return picture


def some_asset(dice):
    """(declaration, {file: bytes}, [Picture in list order], rules)"""
    tile = dice.choice([8, 16, 32])
    rules = {"tile_size": tile}
    pipeline = {}
    if dice.random() < 0.6:
        pipeline["transparent"] = dice.choice(["alpha", "index"])
    if dice.random() < 0.15:
        pipeline["indices"] = "banked"
    if dice.random() < 0.3:
        pipeline["pad"] = True
    rules.update(pipeline)
    files, palettes = {}, {}
    if dice.random() < 0.6:
        for index in dice.sample(range(64), dice.randrange(1, 5)) if "indices" not in pipeline else range(3):
            palettes[index] = some_colours(dice, dice.choice([3, 8, 15, 16]))
            if len(palettes) > 1 and dice.random() < 0.3:
                palettes[index] = dice.choice(list(palettes.values()))[:dice.randrange(2, 17)] + palettes[index][:1]
                palettes[index] = palettes[index][:16]
    names = ["b%d" % i for i in range(6)]
    sprites, pictures = [], []
    for number in range(dice.randrange(1, 5)):
        width, height = dice.randrange(1, 4) * tile, dice.randrange(1, 3) * tile
        if dice.random() < 0.1 and tile < 32:
            width, height = 256, tile
        if "pad" in pipeline:
            width, height = max(1, width - dice.randrange(tile)), max(1, height - dice.randrange(tile))
        if dice.random() < (0.5 if palettes else 0.85):
            picture = some_indexed(dice, width, height, palettes, rules)
        else:
            picture = some_truecolour(dice, width, height, palettes)
        path = names[number] + ".png"
        files[path] = picture.encode()
        entry = {"path": path}
        if dice.random() < 0.25:
            entry["tile"] = dice.choice([0, 3, 17, 40])
        if dice.random() < 0.1:
            entry["palette"] = dice.choice(list(palettes) or [0, 1])
        sprites.append(entry if len(entry) > 1 or dice.random() < 0.3 else path)
        pictures.append(picture)
    inputs = {"sprites": sprites}
    if palettes:
        inputs["palettes"] = []
        for place, index in enumerate(palettes):
            path = dice.choice(names) + ".%d.hex" % place if dice.random() < 0.5 else names[place] + ".hex"
            files[path] = b"".join(b"%02x%02x%02x\n" % colour for colour in palettes[index])
            inputs["palettes"].append({"index": index, "path": path})
    output = {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": tile}}
    if pipeline:
        output["pipeline"] = pipeline
    declaration = {"schema_version": 1, "asset_uuid": UUID, "name": "a", "type": "glyph_bank", "inputs": inputs,
                   "output": output, "preload": {"enabled": False}}
    return declaration, files, pictures, rules


def write(project, declaration, files):
    root = os.path.join(project, "assets", "a")
    os.makedirs(os.path.join(project, "assets", ".prometeu"))
    os.makedirs(root)
    registry = {"schema_version": 1, "next_asset_id": 2,
                "assets": [{"asset_id": 1, "asset_uuid": UUID, "root": "a", "included_in_build": True}]}
    with open(os.path.join(project, "assets", ".prometeu", "index.json"), "w", encoding="utf-8") as file:
        json.dump(registry, file)
    for path, data in dict(files, **{"asset.json": json.dumps(declaration).encode()}).items():
        with open(os.path.join(root, path), "wb") as file:
            file.write(data)


class Sheet:
    """The payload of the one asset."""

    def __init__(self, build, tile):
        with open(os.path.join(build, "assets.pa"), "rb") as file:
            pack = file.read()
        payload = pack[struct.unpack_from("<Q", pack, 12)[0]:]
        self.plane = [nibble for byte in payload[:PLANE] for nibble in (byte >> 4, byte & 15)]
        self.palettes = struct.unpack_from("<1024H", payload, PLANE)
        self.tile, self.across = tile, 256 // tile

    def index(self, number, x, y):
        return self.plane[(number // self.across * self.tile + y) * 256 + number % self.across * self.tile + x]


def faults_of(build, pictures, declaration, rules):
    tile = rules["tile_size"]
    sheet = Sheet(build, tile)
    with open(os.path.join(build, "asset_table_metadata.json"), encoding="utf-8") as file:
        records = json.load(file)["assets"][0]["tiles"]
    if len(records) != len(pictures):
        return ["tiles has %d elements for %d sprites" % (len(records), len(pictures))]
    faults, taken = [], set()
    for picture, record, sprite in zip(pictures, records, declaration["inputs"]["sprites"]):
        columns, rows = -(-picture.width // tile), -(-picture.height // tile)
        asked = sprite if isinstance(sprite, dict) else {"path": sprite}
        first = record["tile"]
        palettes = record.get("palettes") or [record["palette"]] * (columns * rows)
        wanted = {"path": asked["path"], "columns": columns, "rows": rows, "tile": asked.get("tile", first)}
        if any(record[key] != value for key, value in wanted.items()) or len(palettes) != columns * rows:
            faults.append("%s: the record is %s" % (asked["path"], record))
            continue
        if "palette" in asked and set(palettes) != {asked["palette"]}:
            faults.append("%s: palette %d was asked for" % (asked["path"], asked["palette"]))
        mine = set(range(first, first + columns * rows))
        if mine & taken:
            faults.append("%s: a tile is taken twice" % asked["path"])
        taken |= mine
        for y in range(rows * tile):
            for x in range(columns * tile):
                number = y // tile * columns + x // tile
                index = sheet.index(first + number, x % tile, y % tile)
                palette = palettes[number] * 16
                inside = x < picture.width and y < picture.height
                pixel = y * picture.width + x
                clear = not inside or picture.is_transparent(pixel, rules, sheet.palettes[palette])
                if clear != (index == 0):
                    faults.append("%s: pixel %d, %d has index %d" % (asked["path"], x, y, index))
                elif not clear and sheet.palettes[palette + index] != rgb565(picture.colour(pixel)):
                    faults.append("%s: pixel %d, %d has another colour" % (asked["path"], x, y))
    for number in range(sheet.across ** 2):
        if number not in taken and any(sheet.index(number, i % tile, i // tile) for i in range(tile * tile)):
            faults.append("tile %d belongs to no sprite and is not empty" % number)
    return faults


def main():
    parser = argparse.ArgumentParser(description="Packs random pictures and decodes the pack again.")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verify", action="store_true", help="build --verify")
    parser.add_argument("--keep", help="keep the project of this seed alone, in this directory")
    options = parser.parse_args()
    packed = refused = 0
    for seed in range(options.seed, options.seed + options.count):
        dice = random.Random(seed)
        declaration, files, pictures, rules = some_asset(dice)
        with tempfile.TemporaryDirectory() as project:
            project = options.keep or project
            write(project, declaration, files)
            command = [PRPACK, "build", "--no-cache", "--format", "json"] + (["--verify"] if options.verify else [])
            run = subprocess.run(command, cwd=project, capture_output=True, check=False)
            if run.returncode == 1 and not os.path.exists(os.path.join(project, "build")):
                verdict = json.loads(run.stdout)
                if verdict.get("report"):
                    sys.exit("seed %d: the verifier refuses what was packed: %s" % (seed, run.stdout.decode()))
                refused += 1
                continue
            if run.returncode != 0:
                sys.exit("seed %d: exit code %d: %s" % (seed, run.returncode, run.stdout.decode() + run.stderr.decode()))
            faults = faults_of(os.path.join(project, "build"), pictures, declaration, rules)
            if faults:
                sys.exit("seed %d: %d faults: %s" % (seed, len(faults), "; ".join(faults[:5])))
            packed += 1
    print("%d packed and decoded, %d refused" % (packed, refused))
    if packed < options.count // 4:
        sys.exit("too few were packed")


if __name__ == "__main__":
    main()
