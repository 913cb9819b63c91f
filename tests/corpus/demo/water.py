"""The sea in tiles of 16 x 16: eight pictures of the surface, eight of the deep, one palette."""

from .canvas import Canvas, Noise, colour

PALETTE = [colour(text) for text in (
    '#ff00ff #f4fbff #bfe6f2 #7cc4de #3f98c4 #2876aa #1c5a90 #164674 #10345c #0c2546 #58b0b4').split()]

# The height of the water in one wave of 16 pixels, in rows from the top of the tile.
CREST = (6, 5, 4, 3, 3, 3, 4, 5, 6, 7, 7, 8, 8, 8, 7, 7)


def surface():
    canvas = Canvas(128, 16)
    for frame in range(8):
        for column in range(16):
            x, top = frame * 16 + column, CREST[(column + 2 * frame) % 16]
            rising = CREST[(column + 2 * frame + 1) % 16] > top
            canvas.put(x, top, PALETTE[1])
            canvas.put(x, top + 1, PALETTE[1 if top < 5 else 2])
            canvas.put(x, top + 2, PALETTE[2 if rising else 3])
            canvas.gradient(x, top + 3, 1, 13 - top, [PALETTE[3], PALETTE[4], PALETTE[5]])
        for spot in range(3):
            x = (spot * 5 + frame * 2) % 16
            canvas.put(frame * 16 + x, 11 + spot, PALETTE[10])
            canvas.put(frame * 16 + (x + 1) % 16, 11 + spot, PALETTE[3])
    return canvas


def deep():
    """Light that wanders over the water; the right edge continues at the left one."""
    canvas = Canvas(128, 16, PALETTE[5])
    noise = Noise(77)
    places = [(noise.below(16), y, 2 + noise.below(5), noise.below(3)) for y in range(0, 16, 2)]
    for frame in range(8):
        for x, y, length, speed in places:
            for step in range(length):
                column = (x + step + frame * (2 if speed else -2)) % 16
                canvas.put(frame * 16 + column, y, PALETTE[4 if speed < 2 else 6])
        for spot in range(2):
            if frame % 4 < 2:
                canvas.put(frame * 16 + 3 + spot * 8, 5 + spot * 6, PALETTE[3])
        for x in range(16):
            canvas.put(frame * 16 + x, 15, PALETTE[6 if (x + frame * 2) % 4 else 5])
    return canvas


def abyss():
    """What lies below: darker row by row, four tiles deep, and bubbles that rise in it."""
    canvas = Canvas(128, 16)
    for tile in range(8):
        shades = PALETTE[5:10]
        canvas.gradient(tile * 16, 0, 16, 16, shades[tile % 4:tile % 4 + 2])
        if tile >= 4:
            y = 12 - (tile - 4) * 3
            canvas.disc(2 * (tile * 16 + 6), 2 * y, 4, PALETTE[4])
            canvas.put(tile * 16 + 5, y - 1, PALETTE[2])
            canvas.put(tile * 16 + 11, (y + 5) % 16, PALETTE[3])
    return canvas
