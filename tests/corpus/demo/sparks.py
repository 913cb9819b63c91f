"""A bank that comes encoded already, as from a tool that knows the console: the bytes of GLYPH/raw_v1."""

import struct

from .canvas import Canvas, colour

PALETTE = [colour(text) for text in '#000000 #fffbd8 #ffd24a #f0862a #b03a2e #4a2038 #e8e4f0 #a8a4c0 #6a6684'.split()]
SIDE = 256


def draw():
    """A burst of eight pictures, then a puff of smoke of eight, tiles of 16 x 16."""
    canvas = Canvas(SIDE, SIDE)
    for step in range(8):
        x, reach = step * 16 + 8, 2 + step
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            for at in range(max(1, step - 2), min(7, reach)):
                canvas.put(x + dx * at, 8 + dy * at, PALETTE[min(5, 1 + (reach - at + step) // 3)])
        for dx, dy in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
            for at in range(max(1, step - 2), min(6, reach - 1)):
                canvas.put(x + dx * at, 8 + dy * at, PALETTE[min(5, 2 + (reach - at + step) // 3)])
        if step < 4:
            canvas.disc(2 * x + 1, 17, 7 - 2 * step, PALETTE[1 + step // 2])
        puff = 128 + step * 16
        for dx, dy, radius, ink in ((-2, 2, 6, 8), (2, 1, 6, 7), (0, -2, 5, 6)):
            size = radius - abs(step - 2)
            if size > 0:
                canvas.disc(2 * (puff + 8 + dx * (3 + step) // 4), 2 * (9 + dy - step // 2), size, PALETTE[ink])
    return canvas


def encode(canvas):
    """The pixel plane, left pixel in the high nibble, then 64 palettes of 16 colours as RGB565."""
    index = {ink: at for at, ink in enumerate(PALETTE) if at > 0}
    index[None] = 0
    pixels = [index[ink] for row in canvas.rows for ink in row]
    plane = bytes(pixels[at] << 4 | pixels[at + 1] for at in range(0, len(pixels), 2))
    colours = [(red >> 3) << 11 | (green >> 2) << 5 | blue >> 3 for red, green, blue in PALETTE]
    return plane + struct.pack('<%dH' % len(colours), *colours).ljust(64 * 16 * 2, b'\0')
