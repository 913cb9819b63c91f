"""What the console can draw of a build: it reads the pack, and from the companion the `tiles` table alone. Written from
docs/contracts/assets-pa-v1.md."""

import sets

SIDE = 256
COLOURS = 16


def rgb565(colour):
    red, green, blue = colour[:3]
    return red >> 3 << 11 | green >> 2 << 5 | blue >> 3


class Bank:
    """A sheet: indices[y * 256 + x], palettes[p][entry] in RGB565, tiles as recorded."""

    def __init__(self, entry, payload, tiles):
        self.tile_size = entry["metadata"]["tile_size"]
        self.indices = sets.decoded(entry, payload)[:SIDE * SIDE]
        stored = payload[sets.PLANE:]
        words = [stored[i] | stored[i + 1] << 8 for i in range(0, len(stored), 2)]
        self.palettes = [words[p * COLOURS:(p + 1) * COLOURS] for p in range(64)]
        self.tiles = tiles

    def place(self, tile):
        across = SIDE // self.tile_size
        return tile % across * self.tile_size, tile // across * self.tile_size

    def tile(self, number):
        """The indices of a tile, row by row."""
        left, top = self.place(number)
        size = self.tile_size
        return [self.indices[(top + y) * SIDE + left + x] for y in range(size) for x in range(size)]

    def sprite(self, recorded):
        """(index, palette) of each pixel of a sprite, row by row, padding included; and its width."""
        size, columns = self.tile_size, recorded["columns"]
        width = columns * size
        pixels = [None] * (width * recorded["rows"] * size)
        for k in range(columns * recorded["rows"]):
            palette = recorded["palette"] if "palette" in recorded else recorded["palettes"][k]
            for i, index in enumerate(self.tile(recorded["tile"] + k)):
                x, y = k % columns * size + i % size, k // columns * size + i // size
                pixels[y * width + x] = (index, palette)
        return pixels, width


def banks(directory):
    """Every bank that has `tiles`, by asset_id."""
    build = sets.BuildSet(directory)
    return {entry["asset_id"]: Bank(entry, payload, record["tiles"])
            for entry, payload, record in zip(build.table, build.payloads, build.recorded) if "tiles" in record}
