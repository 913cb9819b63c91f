"""The title, 256 x 96 in tiles of 8: gold letters above, stone letters and the sea below."""

from .canvas import Canvas, colour
from . import font

GOLD = [colour(text) for text in (
    '#ff00ff #120f24 #4a1c2c #8c3a1e #c8641c #f0942a #ffc24a #ffe48a #fffbe0 #2a2348').split()]
STONE = [colour(text) for text in (
    '#ff00ff #120f24 #2a3048 #46506e #6a7896 #94a4bc #c4d2e0 #f4f8fc #173a5e #2a6a98 #58a8cc #b4e4f0 #ffd24a #fff4c0 '
    '#c8641c #0c1f3c').split()]


def grown(dots):
    """Twice the size, corners rounded: a corner is cut or filled where both its neighbours agree."""
    height, width = len(dots), len(dots[0])

    def at(x, y):
        return 0 <= x < width and 0 <= y < height and dots[y][x]

    big = [[False] * (2 * width) for _ in range(2 * height)]
    for y in range(height):
        for x in range(width):
            for dy in range(2):
                for dx in range(2):
                    across, along = at(x + 2 * dx - 1, y), at(x, y + 2 * dy - 1)
                    back, beyond = at(x - 2 * dx + 1, y), at(x, y - 2 * dy + 1)
                    agree = across == along and across != back and along != beyond
                    big[2 * y + dy][2 * x + dx] = across if agree else at(x, y)
    return big


def letters(text, spacing):
    """The word four times as large as the font, as a canvas of one ink."""
    pictures = []
    for character in text:
        dots = [[False] * 7] + [[False] + row + [False] for row in font.bits(character)] + [[False] * 7]
        pictures.append(grown(grown(dots)))
    canvas = Canvas((len(text) - 1) * spacing + 28, 36)
    for at, picture in enumerate(pictures):
        for y, row in enumerate(picture):
            for x, dot in enumerate(row):
                if dot:
                    canvas.put(at * spacing + x, y, (255, 255, 255))
    return canvas


def word(canvas, text, x, y, spacing, inks, palette):
    """Dithered from bright to dark, with a light upper edge, a dark lower one, a deep side and an outline."""
    mask = letters(text, spacing)
    face = Canvas(mask.width, mask.height)
    face.gradient(0, 4, mask.width, 28, [palette[at] for at in inks])
    layer = Canvas(mask.width + 4, mask.height + 4)
    for depth in (2, 1):
        for row in range(mask.height):
            for column in range(mask.width):
                if mask.get(column, row):
                    layer.put(column + 1, row + 1 + depth, palette[2])
    for row in range(mask.height):
        for column in range(mask.width):
            if mask.get(column, row):
                ink = face.get(column, row)
                if not mask.get(column, row - 1):
                    ink = palette[inks[0] + (1 if inks[0] > inks[-1] else 0)]
                elif not mask.get(column, row + 1):
                    ink = palette[inks[-1]]
                layer.put(column + 1, row + 1, ink)
    layer.outline(palette[1])
    canvas.blit(layer, x, y)


def sea(canvas):
    layers = ((78, 3, 32, 8, 9), (83, 3, 24, 9, 10), (88, 2, 16, 8, 15))
    for x in range(256):
        for layer, (base, swing, step, ink, light) in enumerate(layers):
            phase = (x + layer * 11) % step
            top = base + abs(phase - step // 2) * 2 * swing // step
            canvas.rect(x, top, 1, 96 - top, STONE[ink])
            canvas.put(x, top, STONE[11 if layer < 2 else 10])
            canvas.put(x, top + 1, STONE[light if layer < 2 else 9])


def rays(canvas, x, y):
    for side in (-1, 1):
        for slope in (-1, 0, 1):
            for step in range(12):
                if step % 4 < 3:
                    ink = STONE[13 if step < 3 else 12 if step < 8 else 14]
                    canvas.put(x + side * (8 + step), y + slope * (3 + step // 2), ink)


def draw():
    """The upper five rows of tiles use GOLD alone, the lower seven STONE alone."""
    canvas = Canvas(256, 96)
    upper = Canvas(256, 40)
    word(upper, 'LANTERN', 26, 0, 29, (7, 6, 5, 4), GOLD)
    for x, y in ((14, 8), (240, 14), (18, 28), (232, 30)):
        upper.line(x - 2, y, x + 2, y, GOLD[5])
        upper.line(x, y - 2, x, y + 2, GOLD[6])
        upper.put(x, y, GOLD[8])
    lower = Canvas(256, 56)
    canvas.blit(upper, 0, 0)
    word(lower, 'ROCK', 70, 0, 29, (6, 5, 4, 3), STONE)
    rays(lower, 42, 18)
    rays(lower, 214, 18)
    for x in (42, 214):
        lower.rect(x - 4, 11, 9, 15, STONE[1])
        lower.rect(x - 3, 13, 7, 11, STONE[12])
        lower.rect(x - 1, 14, 3, 9, STONE[13])
        lower.rect(x - 5, 10, 11, 2, STONE[3])
        lower.rect(x - 5, 25, 11, 2, STONE[3])
        lower.rect(x - 2, 7, 5, 3, STONE[4])
    canvas.blit(lower, 0, 40)
    sea(canvas)
    return canvas
