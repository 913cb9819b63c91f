"""Pictures as PNG files of every kind, whose pixels are known because they are drawn here."""

import functools
import struct
import zlib

from harness.pictures import chunk

INDEXED, GREY, GREY_ALPHA, RGB, RGBA = 3, 0, 4, 2, 6
CHANNELS = {INDEXED: 1, GREY: 1, GREY_ALPHA: 2, RGB: 3, RGBA: 4}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def png_of(chunks):
    """A PNG of any chunks."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, content) for name, content in chunks)


def _pack_samples(samples, depth):
    """One row of samples, the first one in the upper bits."""
    if depth == 16:
        return struct.pack(f">{len(samples)}H", *samples)
    if depth == 8:
        return bytes(samples)
    row = bytearray((len(samples) * depth + 7) // 8)
    for i, sample in enumerate(samples):
        row[i * depth // 8] |= sample << (8 - depth - i * depth % 8)
    return bytes(row)


class Picture:
    """pixels[y * width + x] is a tuple of samples as the file has them. trns: None, the alphas of the first entries, or the
    samples of the one transparent colour."""

    def __init__(self, width, height, kind, depth, pixels, palette=None, trns=None):
        self.width, self.height, self.kind, self.depth = width, height, kind, depth
        self.pixels, self.palette, self.trns = pixels, palette, trns

    @property
    def indexed(self):
        return self.kind == INDEXED

    def index(self, i):
        return self.pixels[i][0]

    def _eight(self, sample):
        return sample >> 8 if self.depth == 16 else sample * 255 // ((1 << self.depth) - 1)

    def colour(self, i):
        """Red, green, blue of a pixel, 8 bits each."""
        samples = self.pixels[i]
        if self.indexed:
            return self.palette[samples[0]]
        if self.kind in (GREY, GREY_ALPHA):
            return (self._eight(samples[0]),) * 3
        return tuple(self._eight(sample) for sample in samples[:3])

    def alpha(self, i):
        """0 transparent, 1 opaque, anything else between."""
        samples = self.pixels[i]
        if self.indexed:
            alphas = self.trns or ()
            return alphas[samples[0]] / 255 if samples[0] < len(alphas) else 1
        if self.kind in (GREY_ALPHA, RGBA):
            return samples[-1] / ((1 << self.depth) - 1)
        return 0 if self.trns is not None and samples == self.trns else 1

    @functools.cached_property
    def has_transparency(self):
        return self.trns is not None or any(self.alpha(i) < 1 for i in range(len(self.pixels)))

    def _rows(self, left, top, across, down):
        """The filtered rows of every across-th column and down-th row."""
        rows = b""
        for y in range(top, self.height, down):
            row = self.pixels[y * self.width + left:(y + 1) * self.width:across] if left < self.width else []
            rows += b"\0" + _pack_samples([sample for pixel in row for sample in pixel], self.depth) if row else b""
        return rows

    def chunks(self, interlaced=False):
        """[(name, content)] of the PNG."""
        rows = b"".join(self._rows(*a_pass) for a_pass in (ADAM7 if interlaced else [(0, 0, 1, 1)]))
        header = struct.pack(">IIBBBBB", self.width, self.height, self.depth, self.kind, 0, 0, int(interlaced))
        made = [(b"IHDR", header)]
        if self.indexed:
            made.append((b"PLTE", b"".join(bytes(colour) for colour in self.palette)))
        if self.trns is not None:
            made.append((b"tRNS", bytes(self.trns) if self.indexed else struct.pack(f">{len(self.trns)}H", *self.trns)))
        return made + [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]

    def file(self, interlaced=False):
        """The bytes of the PNG."""
        return png_of(self.chunks(interlaced))
