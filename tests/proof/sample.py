"""A small workspace with every format, for which each rule of the comparison matters. Its files are made here."""

import io
import json
import struct
import wave
import zlib


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, pixels, palette=None, alpha=None):
    """An indexed PNG where a palette is given (pixels are indices), else RGBA (pixels are tuples)."""
    kind = 3 if palette else 6
    rows = b""
    for y in range(height):
        row = pixels[y * width:(y + 1) * width]
        rows += b"\0" + (bytes(row) if palette else b"".join(bytes(pixel) for pixel in row))
    data = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    if palette:
        data += _chunk(b"PLTE", b"".join(bytes(colour) for colour in palette))
    if alpha:
        data += _chunk(b"tRNS", bytes(alpha))
    return data + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def wav(frames, rate=8000, first=10, last=199):
    """A stereo WAV with a loop."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(struct.pack(f"<{2 * frames}h", *((i * 719) % 20000 - 10000 for i in range(2 * frames))))
    loops = bytes(28) + struct.pack("<II", 1, 0) + struct.pack("<IIIIII", 0, 0, first, last, 0, 0)
    return out.getvalue() + b"smpl" + struct.pack("<I", len(loops)) + loops


RED, GREEN, BLUE, WHITE, NONE = (248, 0, 0, 255), (0, 252, 0, 255), (0, 0, 248, 255), (248, 252, 248, 255), (9, 9, 9, 0)


def hex_palette(*colours):
    return "".join("%02x%02x%02x\n" % colour[:3] for colour in colours).encode()


def gpl_palette(*colours):
    return ("GIMP Palette\nName: one\nColumns: 4\n#\n" +
            "".join("%d %d %d\tcolour\n" % colour[:3] for colour in colours)).encode()


def strip(*colours, side=8):
    """A palette as a row of squares."""
    return png(side * len(colours), side, [colour for _ in range(side) for colour in colours for _ in range(side)])


def _glyphs():
    """Tiles of 8: the first in red and blue, the second in green and white, a third transparent."""
    pixels = []
    for y in range(8):
        for x in range(24):
            tile = ((RED, BLUE), (GREEN, WHITE), (NONE, NONE))[x // 8]
            pixels.append(tile[(x + y * 3) % 2])
    return png(24, 8, pixels)


def _declaration(number, name, kind, form, inputs, **more):
    output = {"format": form, "codec": "NONE"}
    output.update(more.get("output", {}))
    return {"schema_version": 1, "asset_uuid": uuid(number), "name": name, "type": kind, "inputs": inputs,
            "output": output, "preload": more.get("preload", {"enabled": False})}


def workspace():
    """{path below the project: bytes}. Asset 5 is left out of the build, and 8 is the last id that was given."""
    roots = {1: "ui/hero", 2: "ui/icons", 3: "sound/jump", 4: "level/one", 5: "draft", 6: "level/two", 7: "sheet", 8: "tone"}
    tree = {}
    declarations = {
        1: _declaration(1, "hero", "glyph_bank", "GLYPH/indexed_v1",
                        {"palettes": [{"index": 3, "path": "unused.hex"}, {"index": 0, "path": "warm.gpl"},
                                      {"index": 1, "path": "cold.png"}], "sprites": ["walk.png", "walk.png"]},
                        output={"metadata": {"tile_size": 8, "author": "né", "nested": {"b": [1, {"z": None, "a": True}], "a": "x/y~"}},
                                "pipeline": {"steps": ["draw", {"seed": 7, "by": "hand"}], "notes": {"pad": "none"}}},
                        preload={"enabled": True}),
        2: _declaration(2, "icons", "glyph_bank", "GLYPH/indexed_v1", {"sprites": ["a.png", "b.png"]},
                        output={"metadata": {"tile_size": 8}}, preload={"enabled": True, "slot": 0}),
        3: _declaration(3, "jump", "sound_bank", "SOUNDS/pcm16le_v1", {"sources": ["jump.wav"]},
                        output={"metadata": {"frames": 300}, "pipeline": {"channels": "mix", "loop": "source"}}, preload={"enabled": True}),
        4: _declaration(4, "one", "scene_bank", "SCENE/raw_v1", {"sources": ["one.bin"]},
                        output={"decoded_size": 4096, "metadata": {"columns": 4}}, preload={"enabled": True}),
        5: _declaration(5, "draft", "scene_bank", "SCENE/raw_v1", {"sources": ["draft.bin"]}),
        6: _declaration(6, "two", "scene_bank", "SCENE/raw_v1", {"sources": ["two.bin"]}, preload={"enabled": True, "slot": 0}),
        7: _declaration(7, "sheet", "glyph_bank", "GLYPH/raw_v1", {"sources": ["sheet.bin"]},
                        output={"metadata": {"tile_size": 16, "width": 256, "height": 256, "palette_count": 64, "palette_authored": 2}}),
        8: _declaration(8, "tone", "sound_bank", "SOUNDS/raw_v1", {"sources": ["tone.bin"]},
                        output={"metadata": {"sample_rate": 8000, "channels": 1, "frames": 50}}),
    }
    declarations[3]["build"] = {"threads": 1.5}
    declarations[4]["$schema"] = "asset.schema.json"
    icons = [(0, 0, 0), (248, 0, 0), (248, 0, 0), (0, 0, 248)]
    files = {
        1: {"walk.png": _glyphs(), "warm.gpl": gpl_palette(WHITE, RED, BLUE, RED), "cold.png": strip(RED, GREEN, WHITE),
            "unused.hex": hex_palette(BLUE, GREEN, RED)},
        2: {"a.png": png(8, 8, [(x * 3 + x // 8) % 4 for x in range(64)], icons, [0]),
            "b.png": png(8, 8, [x % 2 for x in range(64)], [(8, 8, 8), (16, 32, 64)])},
        3: {"jump.wav": wav(300)},
        4: {"one.bin": bytes(range(200))},
        5: {"draft.bin": b"draft"},
        6: {"two.bin": b""},
        7: {"sheet.bin": bytes(i * 7 & 255 for i in range(32768)) + bytes(range(64)) + bytes(1984)},
        8: {"tone.bin": bytes(i & 255 for i in range(100))},
    }
    for number, root in roots.items():
        tree[f"assets/{root}/asset.json"] = json.dumps(declarations[number], indent=2, ensure_ascii=False).encode() + b"\n"
        for name, data in files[number].items():
            tree[f"assets/{root}/{name}"] = data
    records = [{"asset_id": number, "asset_uuid": uuid(number), "root": root, "included_in_build": number != 5}
               for number, root in roots.items()]
    tree["assets/.prometeu/index.json"] = json.dumps(
        {"$schema": "registry.schema.json", "schema_version": 1, "next_asset_id": 9, "assets": records}, indent=2).encode() + b"\n"
    return tree
