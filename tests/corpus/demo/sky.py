"""Backdrops of 256 x 128: the bay by night, and the same bay in a storm."""

from .canvas import BAYER, Canvas, Noise, colour

# Transparent; the sky from the zenith down, 5, and at the horizon; the moon, 3; a star; clouds; the sea, 3; the land.
NIGHT = [colour(text) for text in (
    '#ff00ff #0d1030 #161a48 #222a66 #33408a #4d5cae #7a80c4 #fff7d6 #f2dfa0 #d4b878 #ffffff #5d6aa8 #0f2a52 #1c4a78 '
    '#8fb8d8 #080a1c').split()]
STORM = [colour(text) for text in (
    '#ff00ff #14161c #1e222a #2b303a #3b414c #505864 #6e7680 #f4f6ff #c8d0e8 #9aa4c0 #dfe8ff #7c848e #101a24 #1e303c '
    '#5c7884 #060709').split()]

HORIZON = 92


def stars(canvas, ink, dim, count, seed):
    noise = Noise(seed)
    for _ in range(count):
        x, y = noise.below(256), noise.below(78)
        if noise.below(9) == 0:
            canvas.line(x - 1, y, x + 1, y, dim)
            canvas.line(x, y - 1, x, y + 1, dim)
        canvas.put(x, y, ink if noise.below(3) else dim)


def moon(canvas, palette, x, y):
    for radius, ink in ((46, palette[3]), (36, palette[4])):
        for row in range(canvas.height):
            for column in range(canvas.width):
                dx, dy = 2 * column + 1 - x, 2 * row + 1 - y
                if dx * dx + dy * dy <= radius * radius * 2 and (row + column) % 2 and row < HORIZON:
                    canvas.put(column, row, ink)
    canvas.disc(x, y, 33, palette[8])
    canvas.disc(x - 3, y - 3, 29, palette[7])
    for dx, dy, radius in ((-10, 4, 7), (9, -9, 5), (10, 13, 4), (-5, -15, 3)):
        canvas.disc(x + dx, y + dy, radius, palette[8])
        canvas.disc(x + dx + 1, y + dy + 1, radius - 2, palette[9])


def cloud(canvas, x, y, width, lit, dark):
    noise = Noise(x * 31 + y + 7)
    at = 0
    while at < width:
        radius = 3 + noise.below(5) * min(at, width - at) * 2 // width
        canvas.ellipse(2 * (x + at), 2 * y - radius, 14 + radius, 4 + 2 * radius, dark)
        canvas.ellipse(2 * (x + at) - 3, 2 * y - radius - 4, 9 + radius, 1 + radius, lit)
        at += 5
    canvas.rect(x - 8, y + 2, width + 16, 14, None)


def clouds(canvas, palette, places):
    for x, y, width in places:
        layer = Canvas(canvas.width, canvas.height)
        cloud(layer, x, y, width, palette[6], palette[11])
        canvas.blit(layer, 0, 0)


def sea(canvas, palette, light):
    canvas.gradient(0, HORIZON, 256, 128 - HORIZON, [palette[13], palette[12], palette[12], palette[1]])
    canvas.rect(0, HORIZON, 256, 1, palette[5])
    noise = Noise(4711)
    for y in range(HORIZON + 2, 128, 2):
        spread = 8 + (y - HORIZON) * 3 // 4
        for _ in range(7):
            x, length = light + noise.below(spread) - spread // 2, 2 + noise.below(6)
            canvas.line(x - length // 2, y, x + length // 2, y, palette[14 if noise.below(3) else 8])
        for _ in range(5):
            x = noise.below(256)
            canvas.line(x, y, x + 1 + noise.below(5), y, palette[13])


def coast(canvas, palette):
    """Far hills, and on the nearest one the lighthouse with its beam."""
    for x in range(256):
        far = min(x - 150, 9) * (40 + abs(x % 74 - 37) + abs(x % 26 - 13)) // 80
        near = max(0, 22 - abs(x - 44) * 5 // 10) + (x * 5 % 11) // 5
        if x > 150:
            canvas.rect(x, HORIZON - far, 1, far, palette[2])
        if near > 1 and x < 92:
            canvas.rect(x, HORIZON + 3 - near, 1, near, palette[15])
    for y in range(22):
        half = 2 + y // 9
        canvas.rect(44 - half, 50 + y, 2 * half, 1, palette[15])
    canvas.rect(40, 48, 8, 2, palette[15])
    canvas.rect(42, 41, 4, 2, palette[15])
    canvas.rect(42, 43, 4, 5, palette[7])
    canvas.rect(41, 43, 1, 5, palette[15])
    canvas.rect(46, 43, 1, 5, palette[15])


def beam(canvas, palette):
    for x in range(48, 200):
        along = x - 48
        middle, half = 45 - along // 9, 2 + along // 8
        for y in range(middle - half, middle + half + 1):
            strength = 11 - along // 12 - abs(y - middle) * 5 // half
            if strength > BAYER[y % 4][x % 4]:
                canvas.put(x, y, palette[7 if along < 20 else 8 if along < 60 else 9 if along < 100 else 6])


def night():
    canvas = Canvas(256, 128, NIGHT[1])
    canvas.gradient(0, 0, 256, HORIZON, NIGHT[1:7])
    stars(canvas, NIGHT[10], NIGHT[6], 90, 99)
    moon(canvas, NIGHT, 2 * 198, 2 * 32)
    beam(canvas, NIGHT)
    clouds(canvas, NIGHT, ((88, 70, 52), (196, 60, 44), (20, 26, 34)))
    sea(canvas, NIGHT, 198)
    coast(canvas, NIGHT)
    return canvas


def storm():
    canvas = Canvas(256, 128, STORM[1])
    canvas.gradient(0, 0, 256, HORIZON, STORM[1:7])
    clouds(canvas, STORM, ((10, 20, 60), (70, 14, 90), (160, 22, 80), (30, 44, 70), (130, 48, 100)))
    for x, y in ((150, 34), (206, 30)):
        for step, turn in enumerate((-5, 4, -6, 3, -4, 5)):
            canvas.line(x, y + step * 9, x + turn, y + step * 9 + 9, STORM[7], 2 if step < 3 else 1)
            x += turn
    beam(canvas, STORM)
    sea(canvas, STORM, 60)
    coast(canvas, STORM)
    noise = Noise(31337)
    for _ in range(220):
        x, y = noise.below(256), noise.below(128)
        canvas.line(x, y, x - 2, y + 5, STORM[11])
    return canvas
