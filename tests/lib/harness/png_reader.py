"""Reads PNG files: written from the PNG specification, apart from libpng, so that tests see what a stranger would see."""

import struct
import zlib

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def _paeth(left, above, corner):
    guess = left + above - corner
    return min((abs(guess - left), 0, left), (abs(guess - above), 1, above), (abs(guess - corner), 2, corner))[2]


def _unfilter(kind, row, before, step):
    if kind == 2:
        return bytearray((a + b) & 0xFF for a, b in zip(row, before)) if any(row) else before
    for i, byte in enumerate(row):
        left = row[i - step] if i >= step else 0
        above = before[i]
        corner = before[i - step] if i >= step else 0
        row[i] = (byte + (0, left, above, (left + above) // 2, _paeth(left, above, corner))[kind]) & 0xFF
    return row


class Png:
    """pixels[y][x] is a tuple of samples as the file has them. 4, 8 or 16 bits per sample, not interlaced."""

    def __init__(self, data):
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        self.chunks, at, body = [], 8, b""
        while at < len(data):
            size, name = struct.unpack_from(">I4s", data, at)
            content = data[at + 8:at + 8 + size]
            assert struct.unpack_from(">I", data, at + 8 + size)[0] == zlib.crc32(name + content)
            self.chunks.append((name, content))
            body += content if name == b"IDAT" else b""
            at += 12 + size
        self.width, self.height, self.depth, self.kind, _, _, interlaced = struct.unpack(">IIBBBBB", self.chunk(b"IHDR"))
        assert (self.depth in (8, 16) or (self.depth == 4 and self.kind == 3)) and not interlaced
        palette = self.chunk(b"PLTE") or b""
        self.palette = [tuple(palette[i:i + 3]) for i in range(0, len(palette), 3)]
        self.pixels = self._rows(zlib.decompress(body))

    def chunk(self, wanted):
        return next((content for name, content in self.chunks if name == wanted), None)

    def _rows(self, body):
        bits = CHANNELS[self.kind] * self.depth
        step = max(1, bits // 8)
        size = 1 + (self.width * bits + 7) // 8
        assert len(body) == size * self.height
        before, rows = bytearray(size - 1), []
        for y in range(self.height):
            row = bytearray(body[y * size + 1:(y + 1) * size])
            before = _unfilter(body[y * size], row, before, step)
            if self.depth == 4:
                rows.append([(byte >> shift & 15,) for byte in before for shift in (4, 0)][:self.width])
                continue
            samples = struct.unpack(f">{len(before) * 8 // self.depth}{'B' if self.depth == 8 else 'H'}", before)
            rows.append([samples[i:i + CHANNELS[self.kind]] for i in range(0, len(samples), CHANNELS[self.kind])])
        return rows

    def alpha(self, x, y):
        """As the file has it; None in a picture without alpha."""
        sample = self.pixels[y][x]
        if self.kind == 3:
            alphas = self.chunk(b"tRNS") or b""
            return alphas[sample[0]] if sample[0] < len(alphas) else 255
        return sample[-1] if self.kind in (4, 6) else None

    def colour(self, x, y):
        """Red, green and blue, 8 bits each."""
        sample = self.pixels[y][x]
        if self.kind == 3:
            return self.palette[sample[0]]
        sample = sample if self.kind in (2, 6) else (sample[0],) * 3
        return tuple(channel >> (self.depth - 8) for channel in sample[:3])
