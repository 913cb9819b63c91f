"""Builds packs field by field, as bytes and text: it knows where things stand and checks nothing.

Every number and every JSON value is given as it shall be written, so that each fault is visible where the case is
defined."""

import struct


def prelude(header_len, payload_offset, *, magic=b"ASPA", schema_version=1, flags=0, reserved=0, header_checksum=0):
    """The 32 bytes of section 1.1."""
    return b"".join((
        magic,  # at 0
        struct.pack("<I", schema_version),  # at 4
        struct.pack("<I", header_len),  # at 8
        struct.pack("<Q", payload_offset),  # at 12
        struct.pack("<I", flags),  # at 20
        struct.pack("<I", reserved),  # at 24
        struct.pack("<I", header_checksum),  # at 28
    ))


def pack(header, payload=b"", *, header_len=None, payload_offset=None, between=b"", **fields):
    """A pack around the given header (text or bytes). `between` stands between the header and the payload region."""
    if isinstance(header, str):
        header = header.encode("utf-8")
    if header_len is None:
        header_len = len(header)
    if payload_offset is None:
        payload_offset = 32 + len(header) + len(between)
    return prelude(header_len, payload_offset, **fields) + header + between + payload


def members(pairs, drop=(), extra=()):
    """An object of (key, JSON text) pairs in the order given, without those in `drop`, with `extra` at their place."""
    kept = [pair for pair in pairs if pair[0] not in drop] + list(extra)
    if extra:
        kept.sort()
    return "{" + ",".join(f'"{key}":{value}' for key, value in kept) + "}"


def entry(asset_id=1, asset_name='"scene"', bank_type='"SCENE"', codec='"NONE"', decoded_size=4, metadata="{}",
          offset=0, size=4, drop=(), extra=()):
    """An element of asset_table. Every value is JSON text; integers may be given as such."""
    return members((
        ("asset_id", asset_id),
        ("asset_name", asset_name),
        ("bank_type", bank_type),
        ("codec", codec),
        ("decoded_size", decoded_size),
        ("metadata", metadata),
        ("offset", offset),
        ("size", size),
    ), drop, extra)


def wanted(asset_id=1, slot=0, drop=(), extra=()):
    """An element of preload."""
    return members((("asset_id", asset_id), ("slot", slot)), drop, extra)


def header(entries, preload=()):
    """The canonical root around JSON texts of entries and preload entries."""
    return '{"asset_table":[' + ",".join(entries) + '],"preload":[' + ",".join(preload) + "]}"


# Payloads and entries of each bank

SCENE = b"\x01\x02\x03\x04"


def one_scene(preload=(), payload=SCENE, **overrides):
    """The smallest pack with something in it: one raw SCENE of four bytes."""
    return pack(header([entry(**overrides)], preload), payload)


def two_scenes(first=None, second=None, preload=(), payload=SCENE + SCENE):
    """Two SCENE of four bytes, ids 1 and 2; the arguments override members."""
    one = {"asset_id": 1, "asset_name": '"one"', "offset": 0} | (first or {})
    two = {"asset_id": 2, "asset_name": '"two"', "offset": 4} | (second or {})
    return pack(header([entry(**one), entry(**two)], preload), payload)


def palette(*colours):
    """Sixteen RGB565 colours; what is not given is zero."""
    return struct.pack("<16H", *(list(colours) + [0] * (16 - len(colours))))


def sheet(palettes=None, pixels=None):
    """A GLYPH payload: 32,768 bytes of pixels, then 64 palettes. palettes: index -> 32 bytes."""
    palettes = palettes or {}
    return (pixels or bytes(32_768)) + b"".join(palettes.get(index, bytes(32)) for index in range(64))


def glyph_metadata(tile_size=16, width=256, height=256, palette_count=64, palette_authored=1, drop=(), extra=()):
    return members((
        ("height", height),
        ("palette_authored", palette_authored),
        ("palette_count", palette_count),
        ("tile_size", tile_size),
        ("width", width),
    ), drop, extra)


def glyph(asset_name='"glyph"', decoded_size=67_584, size=34_816, metadata=None, **overrides):
    return entry(asset_name=asset_name, bank_type='"GLYPH"', decoded_size=decoded_size, size=size,
                 metadata=glyph_metadata() if metadata is None else metadata, **overrides)


def one_glyph(payload=None, preload=(), **overrides):
    return pack(header([glyph(**overrides)], preload), sheet() if payload is None else payload)


SOUND = struct.pack("<4h", 0, 1, -1, 32_767)  # four frames


def sound_metadata(sample_rate=8_000, channels=1, frames=4, drop=(), extra=()):
    return members((("channels", channels), ("frames", frames), ("sample_rate", sample_rate)), drop, extra)


def sound(asset_name='"sound"', decoded_size=8, size=8, metadata=None, **overrides):
    return entry(asset_name=asset_name, bank_type='"SOUNDS"', decoded_size=decoded_size, size=size,
                 metadata=sound_metadata() if metadata is None else metadata, **overrides)


def one_sound(payload=SOUND, preload=(), **overrides):
    return pack(header([sound(**overrides)], preload), payload)
