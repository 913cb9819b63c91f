"""Images, palettes and sounds: each kind, each edge. Nothing here depends on how a library packs its bytes."""

import random
import struct
import zlib

from harness.sounds import crc

# The last byte of an image says what the bytes are, the one before it which allocation fails.
FILE, REPAIRED, MADE = 0, 1, 2


def stored(data):
    """A zlib stream of stored blocks."""
    blocks = [data[at:at + 65_535] for at in range(0, len(data), 65_535)] or [b""]
    packed = b"\x78\x01"
    for i, block in enumerate(blocks):
        packed += struct.pack("<BHH", i == len(blocks) - 1, len(block), len(block) ^ 0xFFFF) + block
    return packed + struct.pack(">I", zlib.adler32(data))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, palette=b"", transparency=b"", interlace=0, extra=b"", end=True):
    parts = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))
    parts += extra
    if palette:
        parts += chunk(b"PLTE", palette)
    if transparency:
        parts += chunk(b"tRNS", transparency)
    return parts + chunk(b"IDAT", stored(rows)) + (chunk(b"IEND", b"") if end else b"")


CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
COLOURS = bytes(range(0, 48))


def rows(width, height, depth, colour, fill=0x11, filter_=0):
    return (bytes([filter_]) + bytes([fill]) * ((width * CHANNELS[colour] * depth + 7) // 8)) * height


def _images():
    for depth, colour in ((1, 0), (2, 0), (4, 0), (8, 0), (16, 0), (8, 2), (16, 2), (1, 3), (2, 3), (4, 3), (8, 3), (8, 4),
                          (16, 4), (8, 6), (16, 6)):
        palette = COLOURS if colour == 3 else b""
        fill = 0x01 if colour == 3 and depth == 8 else 0x11
        yield f"colour-{colour}-{depth}", png(8, 8, depth, colour, rows(8, 8, depth, colour, fill), palette)
    for filter_ in range(5):
        yield f"filter-{filter_}", png(8, 8, 8, 2, rows(8, 8, 8, 2, filter_=filter_))
    yield "filter-bad", png(8, 8, 8, 2, rows(8, 8, 8, 2, filter_=5))
    yield "interlaced", png(8, 8, 8, 3, (b"\0" + b"\1") * 2 + (b"\0" + b"\1\1") * 3 + (b"\0" + b"\2" * 4) * 6 + (b"\0" + b"\3" * 8) * 4,
                            COLOURS, interlace=1)
    yield "transparent-index", png(8, 8, 8, 3, rows(8, 8, 8, 3, 1), COLOURS, b"\xff\x00\x80")
    yield "transparent-key", png(8, 8, 8, 2, rows(8, 8, 8, 2), transparency=struct.pack(">HHH", 0x11, 0x11, 0x11))
    yield "transparent-grey", png(8, 8, 8, 0, rows(8, 8, 8, 0), transparency=struct.pack(">H", 0x11))
    yield "translucent", png(8, 8, 8, 6, (b"\0" + b"\1\2\3\x80" * 8) * 8)
    yield "sixteen-inexact", png(8, 8, 16, 2, (b"\0" + b"\1\2" * 24) * 8)
    for name, pixel in (("opaque", b"\1\1\2\2\3\3\xff\xff"), ("blue", b"\1\1\2\2\3\4\xff\xff"), ("green", b"\1\1\2\3\3\3\xff\xff"),
                        ("almost", b"\1\1\2\2\3\3\xff\xfe"), ("half", b"\1\1\2\2\3\3\x12\x34"), ("clear", b"\1\2\2\3\3\4\0\0")):
        yield f"sixteen-{name}", png(8, 8, 16, 6, (b"\0" + pixel * 8) * 8)
    yield "index-beyond", png(8, 8, 8, 3, rows(8, 8, 8, 3, 200), COLOURS)
    yield "no-palette", png(8, 8, 8, 3, rows(8, 8, 8, 3))
    yield "palette-odd", png(8, 8, 8, 3, rows(8, 8, 8, 3, 0), COLOURS[:7])
    yield "palette-256", png(8, 8, 8, 3, rows(8, 8, 8, 3, 255), bytes(768))
    yield "huge", png(2**31 - 1, 2**31 - 1, 8, 6, b"")
    yield "wide", png(65_536, 1, 1, 0, bytes(8_193))
    yield "zero", png(0, 8, 8, 0, b"")
    yield "short", png(8, 8, 8, 0, rows(8, 4, 8, 0))
    yield "long", png(8, 8, 8, 0, rows(8, 9, 8, 0))
    yield "no-end", png(8, 8, 8, 0, rows(8, 8, 8, 0), end=False)
    yield "chunk-unknown", png(8, 8, 8, 0, rows(8, 8, 8, 0), extra=chunk(b"teSt", b"x") + chunk(b"gAMA", struct.pack(">I", 45_455)))
    yield "chunk-critical", png(8, 8, 8, 0, rows(8, 8, 8, 0), extra=chunk(b"TEST", b"x"))
    yield "crc-wrong", png(8, 8, 8, 0, rows(8, 8, 8, 0))[:-1] + b"\0"
    yield "signature", b"\x89PNG\r\n\x1a\n"
    yield "empty", b""
    yield "text", b"GIF89a"


def _made():
    chance = random.Random(2)
    # From the end: allocation and way, interlace, depth, colour, width, height, colours, transparency.
    for depth in range(5):
        for colour in (0, 2, 3, 4, 6):
            fields = bytes([3, 16, 8, 8, colour, depth, colour])
            yield f"made-{colour}-{depth}", chance.randbytes(120) + fields + bytes([0, MADE])


def _palettes():
    yield "hex", b"000000\nff0000\n00ff00\n"
    yield "hex-upper", b"FFAA00\r\n00FFAA\r\n"
    yield "hex-one", b"123456"
    yield "hex-sixteen", b"".join(b"%06x\n" % i for i in range(16))
    yield "hex-seventeen", b"".join(b"%06x\n" % i for i in range(17))
    yield "hex-hash", b"#112233\n"
    yield "hex-short", b"12345\n"
    yield "hex-long", b"1234567\n"
    yield "hex-blank", b"\n\n112233\n\n"
    yield "hex-letters", b"gg0000\n"
    yield "gpl", b"GIMP Palette\nName: x\nColumns: 4\n# remark\n  0   0   0\tblack\n255 255 255\twhite\n"
    yield "gpl-bare", b"GIMP Palette\n1 2 3\n"
    yield "gpl-alpha", b"GIMP Palette\nChannels: RGBA\n1 2 3 255\n"
    yield "gpl-empty", b"GIMP Palette\n#\n"
    yield "gpl-over", b"GIMP Palette\n256 0 0\n"
    yield "gpl-two", b"GIMP Palette\n1 2\n"
    yield "gpl-minus", b"GIMP Palette\n-1 2 3\n"
    yield "jasc", b"JASC-PAL\r\n0100\r\n2\r\n0 0 0\r\n255 255 255\r\n"
    yield "jasc-alpha", b"JASC-PAL\n0100\n1\n1 2 3 4\n"
    yield "jasc-more", b"JASC-PAL\n0100\n1\n1 2 3\n4 5 6\n"
    yield "jasc-less", b"JASC-PAL\n0100\n2\n1 2 3\n"
    yield "jasc-version", b"JASC-PAL\n0200\n1\n1 2 3\n"
    yield "jasc-count", b"JASC-PAL\n0100\nx\n1 2 3\n"
    yield "jasc-zero", b"JASC-PAL\n0100\n0\n"
    yield "jasc-seventeen", b"JASC-PAL\n0100\n17\n"
    yield "jasc-cut", b"JASC-PAL\n0100"
    yield "empty", b""
    yield "nul", b"\0\0\0"
    yield "bom", b"\xef\xbb\xbf112233\n"
    for i, line in enumerate((b"1 2 3 name \t ", b"1x 2 3", b"1 256 3", b"1 2 256", b"1 2", b"1 2 3x", b"", b"#", b"\t7\t8\t9", b"1 2 3 4 5")):
        yield f"gpl-line-{i}", b"GIMP Palette\nName: x\nChannels: RGB\n\n# y\n4 5 6\n" + line + b"\n7 8 9"
        yield f"jasc-line-{i}", b"JASC-PAL\n0100\n3\n4 5 6\n" + line + b"\n7 8 9"
    yield "gpl-seventeen", b"GIMP Palette\n" + b"1 2 3\n" * 17
    yield "gpl-only", b"GIMP Palette"
    yield "jasc-trailing", b"JASC-PAL\n0100\n1 x\n1 2 3\n"
    yield "jasc-only", b"JASC-PAL\n"
    yield "jasc-blank-end", b"JASC-PAL\n0100\n1\n1 2 3\n\n \n"
    yield "jasc-seventeen-lines", b"JASC-PAL\n0100\n17\n" + b"1 2 3\n" * 17
    yield "jasc-most", b"JASC-PAL\n0100\n65537\n1 2 3\n"
    yield "riff", b"RIFF\x10\0\0\0PAL data"
    yield "hex-remarks", b"; one\n# two\n#\n#\tthree\n112233\n"
    yield "hex-then-text", b"112233\nhello\n"
    yield "hex-edges", b"/12233\n"
    yield "hex-at", b"11223@\n"
    yield "hex-brace", b"11223`\n"
    yield "hex-colon", b"11223:\n"
    yield "png", png(8, 8, 8, 3, rows(8, 8, 8, 3, 1), COLOURS[:12])
    yield "png-many", png(8, 8, 8, 3, rows(8, 8, 8, 3, 1), bytes(60))
    yield "png-rgb", png(8, 8, 8, 2, rows(8, 8, 8, 2))


def wav(format_, channels, rate, bits, data, size=None, before=b""):
    frame = channels * ((bits + 7) // 8)
    body = before + b"fmt " + struct.pack("<IHHIIHH", 16, format_, channels, rate, rate * frame, frame, bits)
    body += b"data" + struct.pack("<I", len(data) if size is None else size) + data
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def aiff(channels, rate, bits, frames, data, offset=0, kind=b"AIFF", codec=b""):
    exponent = rate.bit_length() - 1
    common = struct.pack(">hIh", channels, frames, bits) + struct.pack(">HQ", 16_383 + exponent, rate << (63 - exponent)) + codec
    body = b"COMM" + struct.pack(">I", len(common)) + common
    body += b"SSND" + struct.pack(">III", 8 + len(data), offset, 0) + data
    return b"FORM" + struct.pack(">I", 4 + len(body)) + kind + body


def flac(samples, rate, channels, total=None):
    """One frame of 16-bit samples as they are."""
    count = len(samples) // channels
    info = struct.pack(">HH", count, count) + bytes(6)
    info += (rate << 44 | (channels - 1) << 41 | 15 << 36 | (count if total is None else total)).to_bytes(8, "big") + bytes(16)
    head = b"\xff\xf8" + bytes([0x70, (channels - 1) << 4 | 0x08]) + b"\0" + struct.pack(">H", count - 1)
    frame = head + bytes([crc(head, 0x07, 8)])
    for channel in range(channels):
        frame += b"\x02" + struct.pack(f">{count}h", *samples[channel::channels])
    return b"fLaC" + b"\x80" + len(info).to_bytes(3, "big") + info + frame + struct.pack(">H", crc(frame, 0x8005, 16))


def _sounds():
    data = struct.pack("<16h", *range(-8, 8))
    big = struct.pack(">16h", *range(-8, 8))
    yield "wav-mono", wav(1, 1, 8_000, 16, data)
    yield "wav-stereo", wav(1, 2, 48_000, 16, data)
    yield "wav-8", wav(1, 1, 22_050, 8, data)
    yield "wav-24", wav(1, 1, 22_050, 24, bytes(24))
    yield "wav-24-fine", wav(1, 1, 22_050, 24, b"\0\1\2" * 8)
    yield "wav-24-inexact", wav(1, 1, 22_050, 24, b"\1\1\2" * 8)
    yield "wav-32", wav(1, 1, 22_050, 32, b"\0\0\1\2" * 8)
    yield "wav-float", wav(3, 1, 22_050, 32, bytes(32))
    yield "wav-adpcm", wav(2, 1, 22_050, 4, bytes(32))
    yield "wav-ulaw", wav(7, 1, 8_000, 8, bytes(32))
    yield "wav-slow", wav(1, 1, 7_999, 16, data)
    yield "wav-fast", wav(1, 1, 48_001, 16, data)
    yield "wav-three", wav(1, 3, 8_000, 16, data[:30])
    yield "wav-odd", wav(1, 1, 8_000, 16, data[:31])
    yield "wav-empty", wav(1, 1, 8_000, 16, b"")
    yield "wav-cut", wav(1, 1, 8_000, 16, data, size=64)
    yield "wav-size-most", wav(1, 1, 8_000, 16, data, size=2**32 - 1)
    yield "wav-list", wav(1, 1, 8_000, 16, data, before=b"LIST" + struct.pack("<I", 4) + b"INFO")
    yield "wav-zero-chunks", wav(1, 1, 8_000, 16, data, before=(b"junk" + bytes(4)) * 20)
    yield "wav-ogg", wav(1, 1, 8_000, 16, b"OggS" + data)
    yield "aiff", aiff(1, 8_000, 16, 16, big)
    yield "aiff-stereo", aiff(2, 44_100, 16, 8, big)
    yield "aiff-offset", aiff(1, 8_000, 16, 14, big, offset=4)
    yield "aiff-offset-far", aiff(1, 8_000, 16, 16, big, offset=1_000)
    yield "aiff-frames", aiff(1, 8_000, 16, 99, big)
    yield "aifc-none", aiff(1, 8_000, 16, 16, big, kind=b"AIFC", codec=b"NONE\0\0")
    yield "aifc-sowt", aiff(1, 8_000, 16, 16, data, kind=b"AIFC", codec=b"sowt\0\0")
    yield "aifc-ima4", aiff(1, 8_000, 16, 1, bytes(34), kind=b"AIFC", codec=b"ima4\0\0")
    yield "flac", flac(list(range(-8, 8)), 8_000, 1)
    yield "flac-stereo", flac(list(range(-16, 16)), 44_100, 2)
    yield "flac-frames", flac(list(range(-8, 8)), 8_000, 1, total=99)
    yield "flac-unknown-length", flac(list(range(-8, 8)), 8_000, 1, total=0)
    yield "flac-most", flac(list(range(-8, 8)), 8_000, 1, total=2**36 - 1)
    yield "ogg", b"OggS" + bytes(40)
    yield "mp3", b"ID3\3" + bytes(40)
    yield "mpeg", b"\xff\xfb\x90\x00" + bytes(40)
    yield "mp4", b"\0\0\0\x18ftypM4A " + bytes(16)
    yield "empty", b""


def _looping():
    """Loops, tags, and lengths that are not given."""
    data = struct.pack("<16h", *range(-8, 8))
    loop = bytes(28) + struct.pack("<II", 1, 0) + struct.pack("<IIIIII", 1, 0, 2, 9, 0, 0)
    yield "wav-loop", wav(1, 1, 8_000, 16, data) + b"smpl" + struct.pack("<I", len(loop)) + loop
    yield "wav-size-none", wav(1, 1, 8_000, 16, data, size=0)
    yield "wav-tag", b"ID3\4\0\0\0\0\0\3abc" + wav(1, 1, 8_000, 16, data)
    yield "rf64", b"RF64" + wav(1, 1, 8_000, 16, data, size=2**32 - 1,
                                before=b"ds64" + struct.pack("<IQQQ", 24, 0, len(data), 16))[4:]
    big = struct.pack(">16h", *range(-8, 8))
    marks = struct.pack(">HHIBxHIB1s", 2, 1, 2, 0, 2, 9, 1, b"b")
    inst = bytes(8) + struct.pack(">HHHHHH", 1, 1, 2, 0, 0, 0)
    yield "aiff-loop", aiff(1, 8_000, 16, 16, big) + b"INST" + struct.pack(">I", 20) + inst + \
        b"MARK" + struct.pack(">I", len(marks)) + marks
    suffix = bytes.fromhex("f3acd3118cd100c04f8edb8a")
    fmt = struct.pack("<HHIIHH", 1, 1, 8_000, 16_000, 2, 16)
    yield "wave64", b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000") + bytes(8) + b"wave" + suffix + \
        b"fmt " + suffix + struct.pack("<Q", 24 + len(fmt)) + fmt + b"data" + suffix + struct.pack("<Q", 24 + len(data)) + data
    whole = flac(list(range(-8, 8)), 8_000, 1)
    fields = [b"LOOPSTART=2", b"looplength=7"]
    comment = struct.pack("<II", 0, len(fields)) + b"".join(struct.pack("<I", len(field)) + field for field in fields)
    yield "flac-loop", whole[:4] + b"\0" + whole[5:42] + b"\x84" + len(comment).to_bytes(3, "big") + comment + whole[42:]


def _endings():
    """Converted line ends, and chunks after samples of unknown length."""
    lines = struct.pack("<16h", *range(2, 18))
    big = struct.pack(">16h", *range(2, 18))
    suffix = bytes.fromhex("f3acd3118cd100c04f8edb8a")
    fmt = struct.pack("<HHIIHH", 1, 1, 8_000, 16_000, 2, 16)
    body = b"wave" + suffix + b"fmt " + suffix + struct.pack("<Q", 24 + len(fmt)) + fmt + \
        b"data" + suffix + struct.pack("<Q", 24 + len(lines)) + lines
    whole = {"wav": wav(1, 1, 8_000, 16, lines), "aiff": aiff(1, 8_000, 16, 16, big),
             "rf64": b"RF64" + wav(1, 1, 8_000, 16, lines, size=2**32 - 1, before=b"ds64" + struct.pack("<IQQQ", 24, 100, 32, 16))[4:],
             "wave64": b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000") + struct.pack("<Q", 24 + len(body)) + body}
    for name, data in whole.items():
        yield f"{name}-converted", data.replace(b"\n", b"\r\n")
        yield f"{name}-longer", data + b"\r\n"
    back = wav(1, 1, 8_000, 16, struct.pack("<16h", *range(2_570, 3_370, 50)) + b"\r\n") + b"LIST" + struct.pack("<I", 4) + b"INFO"
    back = back[:4] + struct.pack("<I", len(back) - 8) + back[8:]
    yield "wav-converted-back", back.replace(b"\r\n", b"\n")
    junk = b"JUNK" + bytes(4)
    for name, tail in (("list", b"LIST" + struct.pack("<I", 3) + b"abc"), ("list-cut", b"LIST" + struct.pack("<I", 3) + b"ab"),
                       ("unknown", b"what" + bytes(4) + junk), ("many", junk * 600), ("many-cut", junk * 600 + b"ab"),
                       ("crossing", (b"LIST" + struct.pack("<I", 8) + junk + b"smpl" + struct.pack("<I", 16)) * 40)):
        yield f"wav-endless-{name}", wav(1, 1, 8_000, 16, lines + tail, size=2**32 - 1)
    yield "aiff-endless", whole["aiff"][:42] + b"\xff" * 4 + whole["aiff"][46:] + b"ANNO" + struct.pack(">I", 2) + b"ab"
    yield "tag-too-long", b"ID3\4\0\0\0\0\3\0" + whole["wav"]


def seeds():
    for name, data in _images():
        yield "png", name, data + bytes([0, FILE])
    for name, data in _made():
        yield "png", name, data
    good = png(8, 8, 8, 3, rows(8, 8, 8, 3, 1), COLOURS)
    yield "png", "repaired", good[:40] + b"\x55" + good[41:] + bytes([0, REPAIRED])
    for allocation in range(1, 12):
        yield "png", f"no-memory-{allocation}", good + bytes([allocation, FILE])
    for name, data in _palettes():
        yield "palette", name, data
    for name, data in _sounds():
        yield "sound", name, data + b"\x00"
        yield "sound_readings", name, data
    for name, data in (*_looping(), *_endings()):
        yield "sound_readings", name, data
    yield "sound", "made", struct.pack("<8h", *range(8)) + struct.pack("<HB", 100, 0) + b"\x01"
    yield "sound", "made-stereo", struct.pack("<8h", *range(8)) + struct.pack("<HB", 30_000, 1) + b"\x01"
