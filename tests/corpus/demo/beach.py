"""Those who live on the beach: a crab that walks sideways and a gull that flies, tiles of 16 x 16."""

from .canvas import Canvas, colour

PALETTE = [colour(text) for text in (
    '#ff00ff #1c1420 #7a1a24 #c8382c #f0683c #ffb070 #ffffff #c6ccd8 #8890a4 #4a5064 #f2b632 #d07a1a #22283c #f6d8c0 '
    '#5fb6c8 #2c6c8c').split()]
INKS = {digit: PALETTE[at] for at, digit in enumerate('0123456789abcdef') if at > 0}

CRAB = (
    '....6......6....',
    '....c......c....',
    '....4......4....',
    '....33444433....',
    '...3455444433...',
    '..344554444433..',
    '..344444444432..',
    '..334c4444c332..',
    '...3344cc4332...',
    '....22333322....',
)
CLAWS = (('44.', '4.4', '434', '.33'), ('4.4', '4.4', '434', '.33'))
GULL_BODY = (
    '.......666..',
    '......6c666.',
    '.....66666aa',
    '..66666667b.',
    '.6677777667.',
    '9877777776..',
    '998777777...',
    '..98b.b8....',
)
WING_UP = ('9..........', '989........', '.9888......', '..988776...', '...9887766.', '....9877766', '.....987776')
WING_OUT = ('99988877666', '.9998877766', '...99887776')
WING_DOWN = ('....9877766', '...9887766.', '..9988766..', '.998876....', '.9987......', '998........', '9..........')


def crab(step):
    canvas = Canvas(16, 16)
    low = step % 2
    claws = CLAWS[step % 2]
    canvas.stamp(CRAB, 0, 3 + low, INKS)
    canvas.stamp(claws, 0, 3 + low + (step == 2), INKS)
    canvas.stamp(claws, 13, 3 + low + (step == 0), INKS, flip=True)
    for at in range(3):
        reach = (at + step) % 2
        canvas.line(4 - at // 2, 11 + low, 1 + at * 2 - reach, 14, PALETTE[2 + (at == 1)])
        canvas.line(11 + at // 2, 11 + low, 14 - at * 2 + reach, 14, PALETTE[2 + (at == 1)])
    canvas.outline(PALETTE[1])
    return canvas


def gull(beat):
    canvas = Canvas(32, 16)
    rise = (1, 0, -1, 0)[beat]
    canvas.stamp(GULL_BODY, 11, 5 + rise, INKS)
    wing, y = ((WING_UP, 1), (WING_OUT, 6), (WING_DOWN, 8), (WING_OUT, 6))[beat]
    canvas.stamp(wing, 5, y + rise, INKS)
    canvas.outline(PALETTE[1])
    return canvas


def crabs():
    canvas = Canvas(64, 16)
    for step in range(4):
        canvas.blit(crab(step), step * 16, 0)
    return canvas


def gulls():
    canvas = Canvas(128, 16)
    for beat in range(4):
        canvas.blit(gull(beat), beat * 32, 0)
    return canvas
