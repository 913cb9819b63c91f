"""Palettes as painting programs write them. A palette is a list of colours; the first one is the transparent one."""

from . import png
from .canvas import Canvas


def gpl(palette, name):
    lines = ['GIMP Palette', 'Name: ' + name, 'Columns: 8', '# The first colour is transparent.']
    for at, (red, green, blue) in enumerate(palette):
        lines.append('%3d %3d %3d\t%s' % (red, green, blue, 'Transparent' if at == 0 else 'Index %d' % at))
    return ('\n'.join(lines) + '\n').encode()


def jasc(palette):
    lines = ['JASC-PAL', '0100', str(len(palette))] + ['%d %d %d' % ink for ink in palette]
    return ('\r\n'.join(lines) + '\r\n').encode()


def hexadecimal(palette):
    return ''.join('%02x%02x%02x\n' % ink for ink in palette).encode()


def swatch(palette):
    """A palette as the colour table of a PNG, which shows each of its colours once."""
    canvas = Canvas(len(palette), 1)
    for at, ink in enumerate(palette[1:], 1):
        canvas.put(at, 0, ink)
    return png.indexed(canvas, palette, depth=4)
