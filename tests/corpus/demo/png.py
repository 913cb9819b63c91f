"""PNG by hand: every colour type, 1 to 16 bits, with and without Adam7."""

import struct
import zlib

GREY, RGB, INDEXED, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, INDEXED: 1, GREY_ALPHA: 2, RGBA: 4}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(name, data):
    return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))


def pack_row(samples, depth):
    if depth == 16:
        return b''.join(struct.pack('>H', sample) for sample in samples)
    if depth == 8:
        return bytes(samples)
    packed = bytearray((len(samples) * depth + 7) // 8)
    for at, sample in enumerate(samples):
        packed[at * depth // 8] |= sample << (8 - depth - at * depth % 8)
    return bytes(packed)


def paeth(left, above, corner):
    guess = left + above - corner
    distances = abs(guess - left), abs(guess - above), abs(guess - corner)
    return (left, above, corner)[distances.index(min(distances))]


def filtered(row, above, step):
    """The row under the filter that leaves the smallest differences, its type first."""
    left = bytes(step) + row[:-step]
    corner = bytes(step) + above[:-step]
    guesses = (bytes(len(row)), left, above,
               bytes((a + b) // 2 for a, b in zip(left, above)),
               bytes(paeth(a, b, c) for a, b, c in zip(left, above, corner)))
    tries = [bytes((value - guess) & 255 for value, guess in zip(row, guessed)) for guessed in guesses]
    costs = [sum(min(value, 256 - value) for value in attempt) for attempt in tries]
    best = costs.index(min(costs))
    return bytes([best]) + tries[best]


def scanlines(pixels, colour_type, depth):
    step = max(1, CHANNELS[colour_type] * depth // 8)
    plain = colour_type == INDEXED or depth < 8
    above, lines = None, []
    for row in pixels:
        packed = pack_row([sample for pixel in row for sample in pixel], depth)
        lines.append(b'\0' + packed if plain else filtered(packed, above or bytes(len(packed)), step))
        above = packed
    return b''.join(lines)


def encode(pixels, colour_type, depth, before_data=b'', interlaced=False):
    """pixels: rows of tuples of samples. before_data: chunks between IHDR and IDAT."""
    size = struct.pack('>IIBBBBB', len(pixels[0]), len(pixels), depth, colour_type, 0, 0, 1 if interlaced else 0)
    if interlaced:
        passes = ([row[x::dx] for row in pixels[y::dy]] for x, y, dx, dy in ADAM7)
        data = b''.join(scanlines(part, colour_type, depth) for part in passes if part and part[0])
    else:
        data = scanlines(pixels, colour_type, depth)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', size) + before_data + chunk(b'IDAT', zlib.compress(data, 9)) +
            chunk(b'IEND', b''))


def indexed(canvas, palette, depth=8, interlaced=False):
    """A palette image; entry 0 is the transparent one."""
    index = {ink: at for at, ink in enumerate(palette) if at > 0}
    index[None] = 0
    chunks = chunk(b'PLTE', bytes(sample for ink in palette for sample in ink))
    if canvas.has_transparent():
        chunks += chunk(b'tRNS', b'\0')
    return encode([[(index[ink],) for ink in row] for row in canvas.rows], INDEXED, depth, chunks, interlaced)


def rgb(canvas, key=None, extra=b''):
    """Truecolour; key is the colour that stands for transparent, if any does."""
    chunks = extra + (chunk(b'tRNS', struct.pack('>HHH', *key)) if key else b'')
    return encode([[ink or key for ink in row] for row in canvas.rows], RGB, 8, chunks)


def rgba(canvas, depth=8):
    """Truecolour with alpha 0 or full; a 16-bit sample is the 8-bit one twice."""
    scale = 257 if depth == 16 else 1
    full = 255 * scale
    return encode([[tuple(sample * scale for sample in ink) + (full,) if ink else (0, 0, 0, 0) for ink in row]
                   for row in canvas.rows], RGBA, depth)


def grey(canvas, depth):
    """Grey with black as the transparent colour. Every ink must be a grey that depth bits can say."""
    unit = 255 // ((1 << depth) - 1)
    return encode([[(ink[0] // unit if ink else 0,) for ink in row] for row in canvas.rows], GREY, depth,
                  chunk(b'tRNS', struct.pack('>H', 0)))


def grey_alpha(canvas):
    return encode([[(ink[0], 255) if ink else (0, 0) for ink in row] for row in canvas.rows], GREY_ALPHA, 8)
