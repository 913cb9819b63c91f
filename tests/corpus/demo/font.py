"""An alphabet of 5 x 7 pixels: seven rows a character, each one digit to the base 32 (0-9, a-v)."""

from .canvas import Canvas

GLYPHS = (
    # space to /
    '0000000 4444004 aaa0000 aavavaa 4fke5u4 op248j3 cik8lid c480000 2488842 8422248 04lel40 044v440 0000c48 000v000 '
    '00000cc 01248g0 '
    # 0 to ?
    'ehjlphe 4c4444e eh168gv eh161he 26aiv22 vgu11he 68guhhe v124888 ehhehhe ehhf12c 0cc0cc0 0cc0c48 248g842 00v0v00 '
    '8421248 eh12404 '
    # @ to O
    'eh1dlle ehhvhhh uhhuhhu ehggghe sihhhis vgguggv vgguggg ehgnhhf hhhvhhh e44444e 72222ic hikokih ggggggv hrllhhh '
    'hhpljhh ehhhhhe '
    # P to _
    'uhhuggg ehhhlid uhhukih fgge11u v444444 hhhhhhe hhhhha4 hhhllla hha4ahh hhha444 v1248gv e88888e 0g84210 e22222e '
    '4ah0000 000000v '
    # ` to o
    '8420000 00e1fhf ggmphhu 00egghe 11djhhf 00ehvge 698s888 0fhhf1e ggmphhh 40c444e 20622ic ggikoki c44444e 00qllhh '
    '00mphhh 00ehhhe '
    # p to ~, and a heart
    '00uhugg 00djf11 00mpggg 00ege1u 88s8896 00hhhjd 00hhha4 00hhlla 00ha4ah 00hhf1e 00v248v 2448442 4444444 8442448 '
    '008l200 0arvve4'
).split()

WIDTH, HEIGHT = 5, 7


def bits(character):
    """The character as HEIGHT rows of WIDTH booleans."""
    digits = GLYPHS[ord(character) - 32]
    return [[bool(int(digit, 32) >> (WIDTH - 1 - column) & 1) for column in range(WIDTH)] for digit in digits]


def draw(canvas, x, y, text, ink):
    for at, character in enumerate(text):
        for row, line in enumerate(bits(character)):
            for column, dot in enumerate(line):
                if dot:
                    canvas.put(x + at * (WIDTH + 1) + column, y + row, ink)


def sheet(ink, shadow):
    """The alphabet in tiles of 8 x 8, sixteen a row, each character with a shadow."""
    canvas = Canvas(128, 48)
    for code in range(32, 128):
        x, y = (code - 32) % 16 * 8, (code - 32) // 16 * 8
        draw(canvas, x + 2, y + 1, chr(code), shadow)
        draw(canvas, x + 1, y, chr(code), ink)
    return canvas
