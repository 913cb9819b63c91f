"""Frames, hearts, gauges and a pointer for the screen's edge, tiles of 8 x 8."""

from .canvas import Canvas, colour

KEY = colour('#ff00ff')
PALETTE = [KEY] + [colour(text) for text in (
    '#14121e #2c3352 #46507c #8390bc #d8def0 #ffffff #6e1630 #d8344c #ff9088 #7a4410 #e89424 #ffdc5a #1f5a4c #46b08a '
    '#a8f0c0').split()]
INKS = {digit: PALETTE[at] for at, digit in enumerate('0123456789abcdef') if at > 0}

FRAME = (
    '.1111111' '11111111' '1111111.',
    '15444444' '44444444' '44444431',
    '14333333' '33333333' '33333321',
    '14322222' '22222222' '22222321',
) + ('14322222' '22222222' '22222321',) * 16 + (
    '14322222' '22222222' '22222321',
    '14333333' '33333333' '33333321',
    '13222222' '22222222' '22222221',
    '.1111111' '11111111' '1111111.',
)
HEARTS = (
    '.11.11..' '.11.11..' '.11.11..',
    '1961881.' '1961221.' '12212211',
    '19888871' '19882231' '12232231',
    '18888871' '18882231' '12222231',
    '.188871.' '.188231.' '.122231.',
    '..1871..' '..1831..' '..1231..',
    '...11...' '...11...' '...11...',
    '........' '........' '........',
)
ICONS = (
    '..1111..' '...1....' '..111...' '1.......',
    '.1cccb1.' '..161...' '.1f5f1..' '161.....',
    '1c5ccba1' '.16651..' '1f5ffe1.' '1661....',
    '1ccaaba1' '1666551.' '1fffee1.' '16661...',
    '1ccaaba1' '1655541.' '1ffeed1.' '166661..',
    '1cbbbba1' '.15441..' '.1eed1..' '166511..',
    '.1bbba1.' '..141...' '..1d1...' '11161...',
    '..1111..' '...1....' '...1....' '..11....',
)


def gauge(canvas, x, y, filled, part):
    """A piece of the oil gauge. part: 0 the left end, 1 the middle, 2 the right end."""
    left, right = (1 if part == 0 else 0), (7 if part == 2 else 8)
    canvas.rect(x + left, y + 1, right - left, 6, PALETTE[1])
    canvas.rect(x + left + (part == 0), y + 2, right - left - (part in (0, 2)), 4, PALETTE[2])
    for column in range(x + left + (part == 0), x + left + (part == 0) + filled):
        if column < x + right - (part == 2):
            canvas.rect(column, y + 2, 1, 4, PALETTE[11])
            canvas.put(column, y + 2, PALETTE[12])
            canvas.put(column, y + 5, PALETTE[10])


def panel():
    """A frame of nine tiles, three hearts, four icons, a gauge in three pieces, full, half and empty."""
    canvas = Canvas(64, 32)
    canvas.stamp(FRAME, 0, 0, INKS)
    canvas.stamp(HEARTS, 32, 0, INKS)
    canvas.stamp(ICONS, 32, 8, INKS)
    for part in range(3):
        gauge(canvas, 32 + part * 8, 16, 8, part)
        gauge(canvas, part * 8, 24, 4, part)
        gauge(canvas, 32 + part * 8, 24, 0, part)
    return canvas


def pointer():
    """A hand and a bar, in greys: what a painting program saves as grey with alpha."""
    canvas = Canvas(16, 8)
    light, mid, dark = (255, 255, 255), (160, 160, 160), (32, 32, 32)
    canvas.stamp(('lld.....', 'lmmld...', 'lmmmmld.', 'lmmmmmmd', 'lmmmmld.', 'lmmld...', 'lld.....', '........'), 0, 0,
                 {'l': light, 'm': mid, 'd': dark})
    canvas.stamp(('.dddddd.', 'dllllmmd', 'dlmmmmmd', '.dddddd.', '.dddddd.', 'dmmmmmmd', 'dmmmmmmd', '.dddddd.'), 8, 0,
                 {'l': light, 'm': mid, 'd': dark})
    return canvas


POINTER_PALETTE = [KEY, (32, 32, 32), (160, 160, 160), (255, 255, 255)]
