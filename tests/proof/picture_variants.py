"""Pictures of every kind that PNG has, of every size that matters, and damaged in every way that is known."""

import random
import struct
import zlib

from picture import GREY, GREY_ALPHA, INDEXED, RGB, RGBA, Picture, png_of
from variants import Variant

NONE, RED, GREEN, BLUE, WHITE = (0, 0, 0), (248, 0, 0), (0, 252, 0), (0, 0, 248), (248, 252, 248)
COLOURS = [NONE, RED, GREEN, BLUE, WHITE]
HEX = "".join("%02x%02x%02x\n" % colour for colour in COLOURS).encode()
PINK_HEX = b"ff00ff\nf80000\n00fc00\n"
GREYS = b"ff00ff\n000000\n555555\naaaaaa\nffffff\n111111\n222222\n"


def _drawn(width, height, choice, seed=0):
    """One of the choice for each pixel; the first ones have all of it."""
    random_ = random.Random(seed)
    pixels = [tuple(pixel) for pixel in choice[:width * height]]
    return pixels + [tuple(random_.choice(choice)) for _ in range(width * height - len(pixels))]


def indexed(depth=8, size=(16, 16), used=(1, 2, 3), palette=None, trns=None):
    palette = palette or COLOURS[:1 << depth]
    return Picture(*size, INDEXED, depth, _drawn(*size, [(index,) for index in used]), palette, trns)


def rgb(size=(16, 16), colours=(RED, GREEN, BLUE), trns=None):
    return Picture(*size, RGB, 8, _drawn(*size, colours), trns=trns)


def rgba(size=(16, 16), pixels=(RED + (255,), GREEN + (255,), NONE + (0,))):
    return Picture(*size, RGBA, 8, _drawn(*size, pixels))


def deep(kind, *pixels):
    return Picture(16, 16, kind, 16, _drawn(16, 16, pixels))


def grey(depth, *samples, kind=GREY, trns=None):
    return Picture(16, 16, kind, depth, _drawn(16, 16, samples), trns=trns)


def one(name, picture, refused=None, palette=None, **more):
    """A picture alone, or with a palette file."""
    files = {"a.png": picture.file() if isinstance(picture, Picture) else picture}
    if palette is not None:
        files["p.hex"] = palette
    return Variant(name, files, refused, palettes=["p.hex"] if palette is not None else None, **more)


# ---- Kinds of PNG ----


def of_indexed():
    many = [(8 * i, 0, 0) for i in range(31)]
    for depth, used in ((1, (0, 1)), (2, (0, 1, 3)), (4, (0, 1, 4)), (8, (0, 1, 4))):
        yield one(f"indexed, {depth} bits", indexed(depth, used=used))
    yield one("indexed, a colour beyond the sixteenth", indexed(palette=many, used=(1, 17)), "palette-invalid")
    yield one("indexed, more than sixteen colours of which few are used", indexed(palette=many, used=(1, 15)))
    yield one("indexed, sparse, with a palette file", indexed(palette=many, used=(20, 30)), palette=b"000000\na00000\nf00000\n")
    yield one("indexed, transparent entry 0", indexed(used=(0, 1, 2), trns=[0]))
    yield one("indexed, transparent entry 3", indexed(used=(0, 1, 2, 3), trns=[255, 255, 255, 0]))
    yield one("indexed, a translucent entry that is used", indexed(used=(1, 2), trns=[0, 128]), "pixel-translucent")
    yield one("indexed, a translucent entry that is not used", indexed(used=(1, 2), trns=[0, 255, 255, 128]))
    yield one("indexed, with a palette file of its colours", indexed(used=(1, 2)), palette=HEX)
    yield one("indexed, with a palette file of others", indexed(used=(1, 2)), "pixel-inexpressible", palette=b"000000\n080808\n")
    yield one("indexed, banked", indexed(palette=many, used=(17, 18)), pipeline={"indices": "banked"}, declared=True)
    yield one("indexed, banked, two palettes in a tile", indexed(palette=many, used=(1, 18)), "pixel-inexpressible",
              pipeline={"indices": "banked"}, declared=True)
    yield one("indexed, opaque index 0 of 16 used", indexed(palette=many[:16], used=range(16), trns=[255]), "pixel-inexpressible")
    yield one("indexed, one pixel without a colour", indexed(used=(1, 9)), "image-invalid")


def of_grey():
    for depth, samples in ((1, [(0,), (1,)]), (2, [(0,), (1,), (2,)]), (4, [(0,), (5,), (15,)]), (8, [(0,), (0x55,), (0xFF,)])):
        yield one(f"grey, {depth} bits", grey(depth, *samples), palette=GREYS)
    yield one("grey, 16 bits", grey(16, (0,), (0x5555,)), palette=GREYS)
    yield one("grey, 16 bits that 8 do not hold", grey(16, (0,), (0x5556,)), "pixel-inexpressible", palette=GREYS)
    yield one("grey, a transparent sample", grey(8, (0,), (0x66,), trns=(0x66,)), palette=GREYS)
    yield one("grey, without a palette", grey(8, (0,), (0x55,)), "palette-missing")
    yield one("grey and alpha, 8 bits", grey(8, (0, 255), (0x55, 255), (7, 0), kind=GREY_ALPHA), palette=GREYS)
    yield one("grey and alpha, 16 bits", grey(16, (0, 65535), (0x5555, 65535), (7, 0), kind=GREY_ALPHA), palette=GREYS)
    yield one("grey and alpha, translucent", grey(8, (0, 255), (0x55, 254), kind=GREY_ALPHA), "pixel-translucent", palette=GREYS)


def of_truecolour():
    yield one("truecolour", rgb(), palette=HEX)
    yield one("truecolour, without a palette", rgb(), "palette-missing")
    yield one("truecolour, a transparent colour", rgb(trns=BLUE), palette=HEX)
    yield one("truecolour, a colour that no palette has", rgb(colours=(RED, (8, 16, 24))), "pixel-inexpressible", palette=HEX)
    yield one("truecolour, an opaque colour that is entry 0", rgb(colours=(RED, NONE)), "pixel-inexpressible", palette=HEX)
    yield one("truecolour, two colours that are one in RGB565", rgb(colours=(RED, (249, 1, 1))), palette=HEX)
    yield one("truecolour, pink is transparent", rgb(colours=(RED, (255, 0, 255))), palette=PINK_HEX, pipeline={"transparent": "index"})
    yield one("truecolour, pink is transparent, declared", rgb(colours=(RED, (255, 0, 255))), palette=PINK_HEX, pipeline={"transparent": "index"},
              declared=True)
    yield one("RGBA", rgba(), palette=HEX)
    yield one("RGBA, all transparent", rgba(pixels=(NONE + (0,), RED + (0,))), palette=HEX)
    yield one("RGBA, soft edges", rgba(pixels=(RED + (255,), RED + (90,))), "pixel-translucent", palette=HEX)
    yield one("RGBA, sixteen opaque colours", rgba(pixels=[(8 * i + 8, 0, 0, 255) for i in range(16)]), ("pixel-inexpressible", "palette-missing"))
    yield one("truecolour, 16 bits", deep(RGB, (0xF8F8, 0, 0), (0, 0xFCFC, 0)), palette=HEX)
    yield one("truecolour, 16 bits that 8 do not hold", deep(RGB, (0xF8F9, 0, 0)), "pixel-inexpressible", palette=HEX)
    yield one("RGBA, 16 bits, what is hidden needs more", deep(RGBA, (0xF8F8, 0, 0, 65535), (1, 2, 3, 0)), palette=HEX)
    yield one("RGBA, 16 bits, alpha 1 of 65,535", deep(RGBA, (0xF8F8, 0, 0, 65535), (0, 0, 0, 1)), "pixel-translucent", palette=HEX)


def of_palettes():
    two = {"a.png": rgb((32, 16), (RED,)).file(), "p.hex": b"000000\nf80000\n", "q.hex": b"000000\n0000f8\n"}
    halves = Picture(32, 16, RGB, 8, [RED if x < 16 else BLUE for _ in range(16) for x in range(32)])
    yield Variant("two palettes, one for each tile", {**two, "a.png": halves.file()}, palettes=["p.hex", "q.hex"])
    yield one("palette of seventeen colours", rgb(), "palette-invalid", palette=b"f80000\n" * 17)
    yield one("palette without a colour", rgb(), "palette-invalid", palette=b"; nothing\n")
    yield one("palette that is a Git LFS pointer", rgb(), "palette-invalid", palette=LFS)
    yield one("palette in UTF-16", rgb(), "palette-invalid", palette=HEX.decode().encode("utf-16"))
    yield Variant("palette of GIMP", {"a.png": rgb().file(), "p.gpl": b"GIMP Palette\r\n0 0 0\r\n248 0 0\tred\r\n0 252 0\r\n0 0 248\r\n"}, palettes=["p.gpl"])
    yield Variant("palette of JASC with a wrong number", {"a.png": rgb().file(), "p.pal": b"JASC-PAL\n0100\n9\n0 0 0\n248 0 0\n"}, "palette-invalid",
                  palettes=["p.pal"])
    yield Variant("working files beside it", {"a.png": rgb().file(), "p.hex": HEX, "a.aseprite": b"\0\0\0\0\xe0\xa5"}, palettes=["p.hex"])
    strip = Picture(5, 1, RGB, 8, list(COLOURS))
    yield Variant("a strip as palette", {"a.png": rgb().file(), "p.png": strip.file()}, palettes=["p.png"])
    squares = Picture(40, 8, RGB, 8, [COLOURS[x // 8] for _ in range(8) for x in range(40)])
    yield Variant("a strip of squares as palette", {"a.png": rgb().file(), "p.png": squares.file()}, palettes=["p.png"])
    yield Variant("a strip whose entry 0 is used", {"a.png": rgb().file(), "p.png": Picture(3, 1, RGB, 8, [RED, GREEN, BLUE]).file()},
                  "pixel-inexpressible", palettes=["p.png"])


# ---- Sizes ----


def of_sizes():
    for width, height, tile_size in ((8, 8, 8), (16, 16, 16), (24, 40, 8), (256, 256, 16), (512, 128, 16), (8, 8192, 8)):
        yield one(f"{width} x {height}", indexed(size=(width, height)), tile_size=tile_size)
    for width, height in ((5, 9), (1, 1), (16, 17), (320, 224), (264, 256), (65536, 1), (1, 65536), (3000, 3000)):
        yield one(f"{width} x {height}", indexed(size=(width, height)), "image-size")
    yield one("5 x 9, padded, declared", indexed(size=(5, 9)), pipeline={"pad": True}, declared=True)
    yield one("5 x 9, declared", indexed(size=(5, 9)), "image-size", tile_size=8, declared=True)
    yield one("5 x 9, padded", indexed(size=(5, 9)), options=("--pad",), pipeline={"pad": True})
    yield one("320 x 224, padded", indexed(size=(320, 224)), "image-size", options=("--pad",), pipeline={"pad": True})
    yield one("24 x 24, tiles of 16", indexed(size=(24, 24)), "image-size", options=("--tile-size", "16"))
    for width, height in ((0, 8), (8, 0)):
        yield one(f"{width} x {height}", indexed(size=(width, height)), ("image-invalid", "image-size"))
    frames = {f"walk{i}.png": indexed(used=(1, 2)).file() for i in (1, 2, 10, 11)}
    yield Variant("frames", frames)
    yield Variant("two sizes", {"a.png": indexed().file(), "b.png": indexed(size=(8, 24)).file()}, tile_size=8)
    full = {f"{i}.png": indexed(size=(256, 64)).file() for i in range(4)}
    yield Variant("as many tiles as a sheet has", full)
    yield Variant("a tile more than a sheet has", {**full, "z.png": indexed().file()}, "sheet-full")
    own = {f"{i}.png": indexed(palette=[NONE, (8 * (i % 30), 4 * (i // 30), 0)], used=(1,)).file() for i in range(65)}
    yield Variant("65 palettes", own, "palette-index")


# ---- Damage ----

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393" + b"\nsize 12345\n"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(300) + b"\xff\xd9"


def _cut(content, share):
    return content[:int(len(content) * share)]


def _with(picture, **changed):
    """Chunks of a picture; changed: name=content, or None to leave it out."""
    return [(name, changed.get(name.decode(), content)) for name, content in picture.chunks() if changed.get(name.decode(), content) is not None]


def _without_crc(content, name):
    """One bit of the checksum of the first chunk of that name is wrong."""
    at = content.index(name)
    end = at + 4 + struct.unpack_from(">I", content, at - 4)[0]
    return content[:end] + bytes([content[end] ^ 1]) + content[end + 1:]


def of_damage():
    picture = indexed(size=(32, 32), used=(1, 2, 3))
    whole = picture.file()
    invalid = "image-invalid"
    for name, content in (
            ("cut in its pixels", _cut(whole, 0.6)), ("cut in its header", whole[:20]), ("cut after the signature", whole[:8]), ("empty", b""),
            ("wrong checksum of the header", _without_crc(whole, b"IHDR")), ("wrong checksum of the palette", _without_crc(whole, b"PLTE")),
            ("wrong checksum of the pixels", _without_crc(whole, b"IDAT")),
            ("pixels that are not compressed", png_of(_with(picture, IDAT=bytes(300)))),
            ("too few pixels", png_of(_with(picture, IDAT=zlib.compress(b"\0" + bytes(32) * 3)))),
            ("an unknown filter", png_of(_with(picture, IDAT=zlib.compress((b"\x09" + bytes(32)) * 32)))),
            ("no pixels", png_of(_with(picture, IDAT=None))), ("no palette", png_of(_with(picture, PLTE=None))),
            ("a palette of 5 bytes", png_of(_with(picture, PLTE=bytes(5)))),
            ("an unknown critical chunk", png_of(picture.chunks()[:1] + [(b"ABCD", b"")] + picture.chunks()[1:])),
            ("3 bits", png_of(_with(picture, IHDR=struct.pack(">IIBBBBB", 32, 32, 3, 3, 0, 0, 0)))),
            ("line ends converted to LF", whole.replace(b"\r\n", b"\n")), ("line ends converted to CRLF", whole.replace(b"\n", b"\r\n")),
            ("a Git LFS pointer", LFS), ("CgBI", png_of([(b"CgBI", b"\x50\x00\x20\x02")] + picture.chunks())), ("a JPEG", JPEG),
            ("a WebP", b"RIFF\x64\0\0\0WEBPVP8 " + bytes(88)), ("a GIF", b"GIF89a\x10\0\x10\0\x80\0\0" + bytes(64)), ("a BMP", b"BM" + bytes(120)),
            ("a web page", b"<!DOCTYPE html>\n<html><body>404</body></html>\n"), ("text", b"not a picture\n"),
            ("an unresolved merge", b"<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n"), ("only zeros", bytes(4096))):
        yield one(f"damage: {name}", content, invalid)
    yield one("other bytes after the end", whole + b"more", None, tile_size=16)
    # libpng reads these two; both sides have to be of one opinion.
    yield one("cut before its end", whole[:-12], ("image-invalid",))
    yield one("tRNS longer than the palette", png_of(picture.chunks()[:2] + [(b"tRNS", bytes(9))] + picture.chunks()[2:]), ("image-invalid",))


def of_other_forms():
    yield one("interlaced, indexed", indexed(2, (24, 24), (0, 1, 3)).file(interlaced=True), tile_size=8)
    yield one("interlaced, RGBA", rgba((16, 32)).file(interlaced=True), palette=HEX)
    for frames in (1, 2):
        plain = indexed().chunks()
        control = struct.pack(">IIIIIHHBB", 0, 16, 16, 0, 0, 1, 10, 0, 0)
        moved = plain[:1] + [(b"acTL", struct.pack(">II", frames, 0)), (b"fcTL", control)] + plain[1:3]
        if frames == 2:
            moved += [(b"fcTL", b"\0\0\0\1" + control[4:]), (b"fdAT", b"\0\0\0\2" + plain[2][1])]
        yield one(f"an animation of {frames}", png_of(moved + plain[3:]))
    # a form of its own for the text: what is in it is nothing to the pixels
    text = indexed().chunks()
    yield one("remarks, gamma and a profile", png_of(text[:1] + [(b"gAMA", struct.pack(">I", 45455)), (b"sRGB", b"\0"), (b"tEXt", b"Comment\0x")] + text[1:]))
    split = zlib.compress(b"".join(b"\0" + bytes([1] * 16) for _ in range(16)))
    yield one("pixels in many chunks", png_of(text[:2] + [(b"IDAT", bytes([byte])) for byte in split] + text[3:]))


def variants():
    for part in (of_indexed, of_grey, of_truecolour, of_palettes, of_sizes, of_damage, of_other_forms):
        yield from part()
