"""The lighthouse, 96 x 192: three tiles of 32 wide and six high."""

from .canvas import BAYER, Canvas, Noise, colour

PALETTE = [colour(text) for text in (
    '#00ff00 #15131f #7c1d2c #b5303a #dc5a4e #8d94ac #c3cadb #f3f4f6 #39415c #5c6684 #f7e27a #fffbd8 #e0963c #4a3028 '
    '#76503c #2f2a3a').split()]
DARK, RED, WHITE = 1, (2, 3, 4), (5, 6, 7)


def half_width(y):
    """Half the tower's width at row y: it tapers, and spreads at its foot."""
    return 15 + (y - 56) * 12 // 116 + max(0, y - 162)


def shade(x, y, half, inks):
    """Round: light from the left third, dithered into the dark of the right."""
    across = (x + half) * 32 // (2 * half)
    level = abs(across - 10) + BAYER[y % 4][x % 4] // 4
    return inks[2 if level < 7 else 1 if level < 17 else 0]


def shaft(canvas):
    for y in range(56, 176):
        half = half_width(y)
        stripe = RED if (y - 56) // 24 % 2 == 0 else WHITE
        for x in range(-half, half):
            canvas.put(48 + x, y, PALETTE[shade(x, y, half, stripe)])
        if y % 6 == 0:
            for x in range(-half + (y // 6 % 2) * 5 + 2, half - 3, 10):
                canvas.put(48 + x, y, PALETTE[stripe[0]])
                canvas.put(48 + x + 1, y, PALETTE[stripe[0]])
    for y, x in ((74, 44), (100, 50), (124, 42)):
        canvas.rect(x - 1, y - 1, 8, 12, PALETTE[DARK])
        canvas.ellipse(2 * (x + 3), 2 * y, 8, 6, PALETTE[DARK])
        canvas.rect(x, y, 6, 9, PALETTE[12])
        canvas.rect(x, y, 5, 8, PALETTE[10])
        canvas.line(x, y + 4, x + 5, y + 4, PALETTE[13])
        canvas.line(x + 3, y, x + 3, y + 8, PALETTE[13])
    canvas.ellipse(96, 2 * 154, 18, 18, PALETTE[DARK])
    canvas.rect(39, 154, 18, 22, PALETTE[DARK])
    canvas.ellipse(96, 2 * 154, 15, 15, PALETTE[14])
    canvas.rect(41, 154, 14, 22, PALETTE[14])
    for x in (41, 45, 49, 53):
        canvas.line(x, 150, x, 175, PALETTE[13])
    canvas.rect(51, 163, 2, 2, PALETTE[10])


def lantern_room(canvas):
    canvas.rect(28, 50, 40, 6, PALETTE[8])
    canvas.rect(28, 50, 40, 2, PALETTE[9])
    canvas.rect(31, 56, 34, 2, PALETTE[15])
    for x in (28, 33, 62, 67):
        canvas.rect(x, 40, 1, 10, PALETTE[8])
    canvas.rect(28, 40, 40, 1, PALETTE[9])
    canvas.rect(28, 45, 40, 1, PALETTE[8])
    canvas.rect(36, 24, 24, 26, PALETTE[12])
    canvas.gradient(37, 24, 22, 26, [PALETTE[12], PALETTE[10], PALETTE[11], PALETTE[10]])
    canvas.disc(96, 76, 14, PALETTE[11])
    for x in (36, 43, 52, 59):
        canvas.rect(x, 24, 1, 26, PALETTE[15])
    canvas.rect(36, 33, 24, 1, PALETTE[15])
    for y in range(12):
        half = 4 + (y * (24 - y)) * 12 // 143
        for x in range(-half, half):
            canvas.put(48 + x, 12 + y, PALETTE[shade(x, y, half, RED)])
    canvas.rect(46, 8, 4, 5, PALETTE[8])
    canvas.disc(96, 14, 5, PALETTE[9])
    canvas.rect(47, 1, 1, 6, PALETTE[8])
    canvas.line(48, 2, 53, 2, PALETTE[3])
    canvas.line(48, 3, 51, 3, PALETTE[3])


def rock(canvas):
    noise = Noise(5)
    for y in range(170, 192):
        half = 34 + (y - 170) // 2 + noise.below(3)
        for x in range(-half, half):
            lit = x < -half // 3 + (y % 5) or y < 172 + (x * 7 % 5)
            canvas.put(48 + x, y, PALETTE[9 if lit else 8])
    for _ in range(26):
        x, y = 10 + noise.below(74), 174 + noise.below(16)
        canvas.line(x, y, x + 3 + noise.below(6), y + noise.below(3), PALETTE[15])
        canvas.put(x, y - 1, PALETTE[5])
    for step in range(3):
        canvas.rect(38 - 2 * step, 176 + 3 * step, 20 + 4 * step, 3, PALETTE[9])
        canvas.rect(38 - 2 * step, 176 + 3 * step, 20 + 4 * step, 1, PALETTE[6])


def draw():
    canvas = Canvas(96, 192)
    rock(canvas)
    shaft(canvas)
    lantern_room(canvas)
    canvas.outline(PALETTE[DARK])
    return canvas
