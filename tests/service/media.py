"""Small sources of every kind, and a workspace that has them all."""

import json
import struct
import zlib

from harness.trees import with_directories
from harness.workspaces import scenes


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows, palette):
    """An indexed PNG: rows of palette indices, palette of (r, g, b)."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    lines = b"".join(b"\0" + bytes(row) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"PLTE", bytes(sum(palette, ()))) +
            chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def wav(samples):
    """16 bits, one channel, 8,000 frames a second."""
    data = struct.pack(f"<{len(samples)}h", *samples)
    form = struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)
    body = b"WAVE" + b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def sprite(seed):
    """8 x 8 pixels of two colours."""
    return png([[(x * y + seed) % 2 for x in range(8)] for y in range(8)], [(0, 0, 0), (255, 255, 255)])


def sound(seed):
    return wav([(i * 37 + seed) % 1000 for i in range(40)])


def mixed(seed):
    """A workspace of a sheet, a sound and a raw scene. Another seed, other bytes in each."""
    tree = scenes({"sheet": b"", "sound": b"", "scene": bytes([seed]) * 100})
    sources = {"sheet": ("sprite.png", sprite(seed)), "sound": ("sound.wav", sound(seed))}
    changes = {
        "sheet": {"type": "glyph_bank", "inputs": {"sprites": ["sprite.png"]},
                  "output": {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}}},
        "sound": {"type": "sound_bank", "inputs": {"sources": ["sound.wav"]},
                  "output": {"format": "SOUNDS/pcm16le_v1", "codec": "NONE"}},
    }
    for root, change in changes.items():
        name, data = sources[root]
        del tree[f"assets/{root}/data.bin"]
        tree[f"assets/{root}/{name}"] = data
        declaration = json.loads(tree[f"assets/{root}/asset.json"])
        tree[f"assets/{root}/asset.json"] = json.dumps({**declaration, **change}).encode()
    return with_directories(tree)
