"""Synthetic packs and workspaces of any size, the same in every run. Nothing here knows prpack's code: a pack is written from
docs/contracts/assets-pa-v1.md, a workspace from docs/contracts/workspace.md."""

import json
import os
import random
import shutil
import struct
import zlib

PRELUDE = struct.Struct("<4sIIQIII")
SHEET = 256


# ---- Packs ----

def header(entries, size):
    """The header of a pack of `entries` sheets that store `size` bytes each, about 212 bytes an entry."""
    rows = []
    for i in range(entries):
        rows.append('{"asset_id":%d,"asset_name":"sheet %d","bank_type":"GLYPH","codec":"NONE","decoded_size":67584,'
                    '"metadata":{"height":256,"palette_authored":%d,"palette_count":64,"tile_size":16,"width":256},'
                    '"offset":%d,"size":%d}' % (i + 1, i + 1, i % 64 + 1, i * size, size))
    slots = ",".join('{"asset_id":%d,"slot":%d}' % (i + 1, i) for i in range(min(16, entries)))
    return ('{"asset_table":[%s],"preload":[%s]}' % (",".join(rows), slots)).encode()


def pack(path, entries, payload):
    """A pack that loads, with a payload region of `payload` bytes of which none is written: the file is sparse."""
    text = header(entries, min(payload // entries, 10))
    with open(path, "wb") as file:
        file.write(PRELUDE.pack(b"ASPA", 1, len(text), PRELUDE.size + len(text), 0, 0, 0))
        file.write(text)
        file.truncate(PRELUDE.size + len(text) + payload)


# ---- Workspaces ----

def uuid(number):
    return "%08x-0000-4000-8000-%012x" % (number, number)


def declaration(number, kind, source):
    anchor = {
        "schema_version": 1,
        "asset_uuid": uuid(number),
        "name": "asset %d" % number,
        "type": "scene_bank" if kind == "scene" else "glyph_bank",
        "inputs": {"sources" if kind == "scene" else "sprites": [source]},
        "output": {"format": "SCENE/raw_v1" if kind == "scene" else "GLYPH/indexed_v1", "codec": "NONE"},
        "preload": {"enabled": False},
    }
    if kind == "sheet":
        anchor["output"]["metadata"] = {"tile_size": 16}
    return json.dumps(anchor, indent=2) + "\n"


def registry(roots):
    return json.dumps({
        "schema_version": 1,
        "next_asset_id": len(roots) + 1,
        "assets": [{"asset_id": i + 1, "asset_uuid": uuid(i + 1), "root": root, "included_in_build": True}
                   for i, root in enumerate(roots)],
    }, indent=2) + "\n"


def png(pixels, palette):
    """An indexed PNG of 8 bits a pixel, as drawing programs write it."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = b"".join(b"\0" + pixels[y * SHEET:(y + 1) * SHEET] for y in range(SHEET))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SHEET, SHEET, 8, 3, 0, 0, 0)) +
            chunk(b"PLTE", palette) + chunk(b"tRNS", b"\0") + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))


class Sheets:
    """Sheets that look to a decoder like drawn ones: tiles of 16 × 16 with flat areas, outlines and some dither."""

    def __init__(self):
        dice = random.Random(16)
        self.palette = bytes(dice.randrange(256) for _ in range(16 * 3))
        self.tiles = [self.tile(dice) for _ in range(512)]

    @staticmethod
    def tile(dice):
        colours = [dice.randrange(1, 16) for _ in range(4)]
        cut = dice.randrange(4, 12)
        rows = []
        for y in range(16):
            row = bytearray([colours[0] if y < cut else colours[1]]) * 16
            edge = dice.randrange(2, 6)
            row[:edge] = bytes(edge)
            row[edge] = colours[2]
            if y % 2 == 0:
                for x in range(edge + 2, 16, dice.randrange(2, 5)):
                    row[x] = colours[3]
            rows.append(bytes(row))
        return rows

    def draw(self, number):
        dice = random.Random(number)
        rows = []
        for _ in range(16):
            line = [dice.choice(self.tiles) for _ in range(16)]
            for y in range(16):
                rows.append(b"".join(tile[y] for tile in line))
        return png(b"".join(rows), self.palette)


def workspace(path, count, kind, size=0, spread=0, link=False):
    """`count` assets of one kind. Scenes hold `size` bytes, give or take `spread`. With link, scenes of equal content share
    one file on disk, which only saves time and room."""
    dice = random.Random(count)
    sheets = Sheets() if kind == "sheet" else None
    source = "sheet.png" if kind == "sheet" else "scene.bin"
    roots, shared = [], None
    for i in range(count):
        roots.append("group%03d/asset%07d" % (i // 1000, i + 1))
        root = os.path.join(path, "assets", roots[-1])
        os.makedirs(root)
        with open(os.path.join(root, "asset.json"), "w", encoding="utf-8") as file:
            file.write(declaration(i + 1, kind, source))
        target = os.path.join(root, source)
        if link and i % 50000 != 0:
            os.link(shared, target)
            continue
        with open(target, "wb") as file:
            write_source(file, sheets.draw(i) if sheets else None, size + dice.randrange(-spread, spread + 1))
        shared = target
    os.makedirs(os.path.join(path, "assets", ".prometeu"))
    with open(os.path.join(path, "assets", ".prometeu", "index.json"), "w", encoding="utf-8") as file:
        file.write(registry(roots))


def undeclared(path, count):
    """A workspace of `count` small scenes that are not registered and have no asset.json: those of roots()."""
    for root in roots(count):
        os.makedirs(os.path.join(path, root))
        with open(os.path.join(path, root, "scene.bin"), "wb") as file:
            write_source(file, None, 1024)


def roots(count):
    return ["assets/group%03d/asset%07d" % (i // 1000, i + 1) for i in range(count)]


def write_source(file, content, size):
    if content is not None:
        file.write(content)
        return
    while size > 0:
        piece = min(size, 1 << 22)
        file.write(os.urandom(piece))
        size -= piece


def flat_files(source, target):
    """The sources of a workspace as one flat directory: what other tools are given to pack."""
    os.makedirs(target)
    for directory, _, files in sorted(os.walk(os.path.join(source, "assets"))):
        for name in files:
            if name == "scene.bin":
                shutil.copyfile(os.path.join(directory, name), os.path.join(target, os.path.basename(directory) + ".bin"))
