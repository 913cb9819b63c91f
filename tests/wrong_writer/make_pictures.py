#!/usr/bin/python3
"""make_pictures.py DIRECTORY: a workspace in which each rule about pictures (workspace.md 3.2.2) decides about a pixel, a palette or a place; and
beside it, as DIRECTORY-NAME, workspaces that a right writer refuses."""

import json
import os
import shutil
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "proof"))

from sample import hex_palette, png, strip, uuid  # noqa: E402

BLACK, RED, GREEN, BLUE, WHITE, PINK = ((0, 0, 0, 255), (248, 0, 0, 255), (0, 252, 0, 255), (0, 0, 248, 255), (248, 252, 248, 255),
                                        (255, 0, 255, 255))


def stripes(*colours, width=8, height=8):
    """Columns of these pixels, one after the other."""
    return [colours[x % len(colours)] for _ in range(height) for x in range(width)]


def indexed(plte, *indices, alpha=None, **size):
    return png(size.get("width", 8), size.get("height", 8), stripes(*indices, **size), [colour[:3] for colour in plte], alpha)


def assets():
    """(root, sprites, palette files in the order of their indices, pipeline, files)"""
    ramp = [RED, GREEN, BLUE, WHITE, PINK]
    yield "exchange", ["a.png", "b.png"], [], {}, {
        "a.png": indexed(ramp, 0, 1, 2, 3, 4, alpha=[255, 255, 0, 255, 0]),
        "b.png": indexed([BLUE, GREEN, RED], 0, 1, 2, alpha=[0])}
    yield "plain", ["a.png"], [], {}, {"a.png": indexed(ramp, 0, 1, 2)}
    yield "alpha", ["a.png"], [], {"transparent": "alpha"}, {"a.png": indexed(ramp, 0, 1, 2)}
    yield "keyed", ["a.png", "b.png"], ["p.hex"], {"transparent": "index"}, {
        "p.hex": hex_palette(PINK, RED, GREEN, PINK), "a.png": png(8, 8, stripes(PINK, RED)), "b.png": indexed(ramp, 0, 1)}
    yield "named", ["walk.png", "whole.png", "apart.png"], ["first.hex", "walk.hex"], {}, {
        "first.hex": hex_palette(BLACK, RED, GREEN, BLUE), "walk.hex": hex_palette(BLACK, GREEN, RED, WHITE),
        "walk.png": png(8, 8, stripes(RED, GREEN)),
        "whole.png": png(16, 8, [(RED, WHITE)[x > 7] for _ in range(8) for x in range(16)]),
        "apart.png": png(16, 8, [(BLUE, WHITE)[x > 7] for _ in range(8) for x in range(16)])}
    yield "holes", ["a.png"], ["first.hex", "second.hex"], {}, {
        "first.hex": hex_palette(RED, GREEN), "second.hex": hex_palette(BLACK, GREEN, RED), "a.png": png(8, 8, stripes(RED, GREEN))}
    yield "kept", ["a.png"], ["other.hex", "own.hex"], {}, {
        "other.hex": hex_palette(BLACK, RED, GREEN), "own.hex": hex_palette(BLACK, RED, GREEN, RED),
        "a.png": indexed([BLACK, RED, GREEN, RED], 1, 2, 3, alpha=[0])}
    yield "filled", ["a.png"], ["own.hex"], {}, {
        "own.hex": hex_palette(BLACK, RED, GREEN, RED), "a.png": indexed([PINK, RED, GREEN, RED, BLUE, WHITE], 0, 1, 2, 3, alpha=[0])}
    yield "equal", ["a.png"], ["used.hex", "all.hex"], {}, {
        "used.hex": hex_palette(BLACK, RED, GREEN), "all.hex": hex_palette(BLACK, RED, GREEN, PINK),
        "a.png": indexed([BLACK, RED, GREEN, PINK], 0, 1, 2, alpha=[0])}
    # The colour of the sprite is at an entry above 0 when the squares are read in another order, too: so what is wrong is the palette alone.
    clear, red, green = (9, 9, 9, 0), png(8, 8, stripes(RED)), png(8, 8, stripes(GREEN))
    yield "strip", ["a.png"], ["p.png"], {}, {"p.png": strip(BLACK, RED, GREEN, RED, WHITE), "a.png": red}
    yield "strip-of-clear", ["a.png"], ["p.png"], {}, {"p.png": strip(clear, RED, BLUE, RED, clear, clear), "a.png": red}
    yield "strip-of-32", ["a.png"], ["p.png"], {}, {"p.png": strip(BLACK, RED, RED, side=32), "a.png": red}
    yield "strip-shown", ["a.png"], ["p.png"], {}, {"p.png": indexed(ramp, 4, 1, 3, 1, width=4, height=1), "a.png": green}
    yield "strip-of-its-own", ["a.png"], ["p.png"], {}, {"p.png": indexed([BLACK, RED, RED, BLUE], 0, 1, 2, width=3, height=1), "a.png": red}
    yield "banked", ["a.png"], [], {"indices": "banked", "transparent": "alpha"}, {
        "a.png": indexed([(8 * i, 0, 0, 255) if i not in (16, 17) else PINK for i in range(32)], 16, 18, 19)}
    yield "padded", ["a.png"], ["p.hex"], {"pad": True}, {
        "p.hex": hex_palette(BLACK, RED), "a.png": png(5, 9, stripes(RED, width=5, height=9))}
    yield "placed", ["a.png", {"path": "b.png", "tile": 2, "palette": 1}, "wide.png", "a.png"], ["p.hex", "q.hex"], {}, {
        "p.hex": hex_palette(BLACK, RED), "q.hex": hex_palette(BLACK, GREEN, RED), "a.png": png(8, 8, stripes(RED)),
        "b.png": png(8, 8, stripes(RED)), "wide.png": png(16, 8, stripes(RED, width=16))}


def refused():
    """The same; each is an asset of a workspace of its own."""
    yield "hole", ["a.png"], ["p.hex"], {}, {"p.hex": hex_palette(RED, GREEN), "a.png": png(8, 8, stripes(RED, GREEN))}
    yield "translucent", ["a.png"], ["p.hex"], {}, {
        "p.hex": hex_palette(BLACK, RED), "a.png": png(8, 8, stripes(RED, (248, 0, 0, 128)))}
    yield "bank-colour", ["a.png"], ["p.hex"], {"indices": "banked"}, {
        "p.hex": hex_palette(BLACK, RED, GREEN), "a.png": indexed([BLACK, RED, BLUE], 1, 2)}
    yield "banks-mixed", ["a.png"], [], {"indices": "banked"}, {
        "a.png": indexed([(8 * i, 0, 0, 255) for i in range(32)], 1, 17)}
    tile = png(8, 8, stripes(RED, GREEN))
    mixed = png(24, 8, [PINK if x == 23 and y == 7 else (BLACK, RED, GREEN)[x // 8] for y in range(8) for x in range(24)])
    for name, palette in (("mixed", mixed), ("see-through", strip(BLACK, RED, (0, 252, 0, 254))), ("of-16", strip(BLACK, RED, GREEN, side=16)),
                          ("of-one-colour", strip(RED, RED, RED))):
        yield f"strip-{name}", ["a.png"], ["p.png"], {}, {"p.png": palette, "a.png": tile if name != "of-one-colour" else png(8, 8, stripes(RED))}
    yield "clash", [{"path": "a.png", "tile": 1}, {"path": "b.png", "tile": 1}], ["p.hex"], {}, {
        "p.hex": hex_palette(BLACK, RED, GREEN), "a.png": png(8, 8, stripes(RED)), "b.png": png(8, 8, stripes(GREEN))}


def declaration(number, name, sprites, palettes, pipeline):
    inputs = {"sprites": sprites}
    if palettes:
        inputs["palettes"] = [{"index": index, "path": path} for index, path in enumerate(palettes)]
    return {"schema_version": 1, "asset_uuid": uuid(number), "name": name, "type": "glyph_bank", "inputs": inputs,
            "output": {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}, "pipeline": pipeline},
            "preload": {"enabled": False}}


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def make(directory, drawn):
    shutil.rmtree(directory, ignore_errors=True)
    records = []
    for number, (root, sprites, palettes, pipeline, files) in enumerate(drawn, 1):
        records.append({"asset_id": number, "asset_uuid": uuid(number), "root": root, "included_in_build": True})
        files["asset.json"] = json.dumps(declaration(number, root, sprites, palettes, pipeline)).encode()
        for name, data in files.items():
            write(os.path.join(directory, "assets", root, name), data)
    registry = {"schema_version": 1, "next_asset_id": len(records) + 1, "assets": records}
    write(os.path.join(directory, "assets", ".prometeu", "index.json"), json.dumps(registry).encode())


def main(directory):
    make(directory, assets())
    for asset in refused():
        make(f"{directory}-{asset[0]}", [asset])


if __name__ == "__main__":
    main(*sys.argv[1:])
