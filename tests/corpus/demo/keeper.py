"""The hero: an old lighthouse keeper in an oilskin, frames of 32 x 32."""

from .canvas import Canvas, colour

# Index 0 is transparent; the order is the order of INKS.
DAY = [colour(text) for text in (
    '#ff00ff #1a1826 #a8641c #e0982a #ffcf4a #a8674a #e8ab80 #9aa3b5 '
    '#eef0f2 #222f56 #3c538c #43291f #7a4c34 #6d6d80 #ff7a2a #fff3b4').split()]
# The same coat by starlight, and all of it in white for the moment of a hit.
NIGHT = DAY[:1] + [tuple((sample * 5 + glow) // 9 for sample, glow in zip(ink, (40, 70, 190))) for ink in DAY[1:14]]
NIGHT += DAY[14:]
HIT = [DAY[0]] + [(255, 255, 255 - 8 * at) for at in range(15)]
INKS = {digit: DAY[at] for at, digit in enumerate('0123456789abcdef') if at > 0}

HEAD = (
    '.....4433.......',
    '....44333322....',
    '...4433333322...',
    '...4333333322...',
    '...2222222222...',
    '..44333333333332',
    '.443332222222222',
    '.433.5666666....',
    '.332.56661661...',
    '.2...566666666..',
    '.....6688887786.',
    '.....778888888..',
    '.....77888888...',
    '......778888....',
)
COAT = (
    '...23333343.....',
    '..233333344.....',
    '..2333333444....',
    '.22333333344....',
    '.22333133344....',
    '.22333333344....',
    '.223331333344...',
    '.223333333344...',
    '2223333333344...',
    '222222223333....',
)
LANTERN = (
    '.dd.',
    'd..d',
    'dddd',
    'deed',
    'dffd',
    'dffd',
    'dddd',
)
# Where both feet stand in each step of the walk, from the hip: (forward, lifted); and how deep the body dips.
WALK = (((5, 0), (-5, 1), 1), ((3, 0), (-3, 3), 0), ((0, 0), (0, 4), 0), ((-2, 0), (3, 3), 0),
        ((-5, 1), (5, 0), 1), ((-3, 3), (3, 0), 0), ((0, 4), (0, 0), 0), ((3, 3), (-2, 0), 0))


def leg(canvas, hip_x, hip_y, foot, ink, boot, shine):
    x, y = hip_x + foot[0], 30 - foot[1]
    canvas.line(hip_x, hip_y, hip_x + (foot[0] + 1) // 2 + (1 if foot[1] else 0), (hip_y + y) // 2, ink, 3)
    canvas.line(hip_x + (foot[0] + 1) // 2 + (1 if foot[1] else 0), (hip_y + y) // 2, x, y - 2, ink, 3)
    canvas.rect(x - 1, y - 2, 4, 3, boot)
    canvas.put(x + 2, y - 2, shine)


def frame(feet, dip=0, swing=0, lean=0, arm=(7, 5)):
    """One picture. swing moves the lantern, arm is the hand's place seen from the shoulder."""
    canvas = Canvas(32, 32)
    top = 1 + dip
    leg(canvas, 13, 23 + dip, feet[1], INKS['9'], INKS['b'], INKS['b'])
    leg(canvas, 15, 23 + dip, feet[0], INKS['a'], INKS['b'], INKS['c'])
    canvas.stamp(COAT, 7, top + 14, INKS)
    canvas.stamp(HEAD, 6 + lean, top, INKS)
    shoulder = (15, top + 16)
    hand = (shoulder[0] + arm[0], shoulder[1] + arm[1])
    canvas.line(shoulder[0], shoulder[1], hand[0], hand[1], INKS['2'], 3)
    canvas.line(shoulder[0], shoulder[1] - 1, hand[0], hand[1] - 1, INKS['4'], 2)
    canvas.rect(hand[0], hand[1] - 1, 2, 2, INKS['6'])
    canvas.stamp(LANTERN, hand[0] - 1 + swing, hand[1], INKS)
    canvas.outline(INKS['1'])
    return canvas


def sheet(frames):
    canvas = Canvas(32 * 8, 32 * ((len(frames) + 7) // 8))
    for at, picture in enumerate(frames):
        canvas.blit(picture, at % 8 * 32, at // 8 * 32)
    return canvas


def walk():
    swings = (0, 0, 1, 1, 0, 0, -1, -1)
    return sheet([frame(step[:2], step[2], swing) for step, swing in zip(WALK, swings)])


def poses():
    """Standing (four, breathing), jumping up, falling, raising the lantern, cheering."""
    stand = ((2, 0), (-1, 0))
    return sheet([frame(stand), frame(stand, 0, 1), frame(stand, 1), frame(stand, 1, -1),
                  frame(((4, 5), (-3, 2)), 0, -1, 0, (7, 1)), frame(((3, 2), (-4, 4)), 0, 1, 0, (7, -1)),
                  frame(stand, 0, 0, 0, (9, 0)), frame(stand, 0, 0, 1, (8, -5))])
