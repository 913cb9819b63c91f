"""Projects: whole files, and what somebody does to them afterwards. The records are those of fuzz/projects/project.h."""

import json
import struct

from seeds import media

WRITE, FOLDER, LINK_OUT, LINK_IN, REMOVE, REWRITE, APPEND, OVERWRITE, OVERWRITE_END, SUBSTITUTE, REPLACE, RELINK, REPAIR = range(13)
REGISTRY, BUILT = 0, 101
PACK, TABLE, PRELOAD, METADATA, MANIFEST, DIRECTORY = range(BUILT, BUILT + 6)
NOTHING, MEMORY, CALL, CHANGE = range(4)
ERROR, INTERRUPT, SHORT, END = range(4)
BUILD, ALONE, CARTRIDGE, PATH = range(4)


def place(asset, file=None):
    """asset.json, or f0 … f3 of an asset."""
    return 1 + asset * 5 + (0 if file is None else file + 1)


def record(op, where, data=b"", total=0):
    data = data.encode() if isinstance(data, str) else data
    return struct.pack("<BBIH", op, where, total, len(data)) + data


def swap(where, old, new):
    return record(SUBSTITUTE, where, old.encode() + b"\0" + new.encode())


def tail(look=BUILD, jobs=1, sources=True, no_companions=False, progress=False, small=False, fault=NOTHING, call=0, nth=0, keep=0):
    way = jobs - 1 & 1 | (jobs > 2) << 7 | look << 1 | (0 if sources else 8) | no_companions << 4 | progress << 5 | small << 6
    return struct.pack("<HBB", nth, fault + 4 * call + 16 * keep, way)


def uuid(asset):
    return f"00000000-0000-4000-8000-{asset:012x}"


def declaration(asset, type_, format_, inputs, metadata=None, output=None, preload=None, **changes):
    written = {"format": format_, "codec": "NONE"} | ({} if metadata is None else {"metadata": metadata}) | (output or {})
    return {"schema_version": 1, "asset_uuid": uuid(asset), "name": f"n{asset}", "type": type_, "inputs": inputs,
            "output": written, "preload": preload or {"enabled": False}} | changes


def registry(count, excluded=()):
    return {"schema_version": 1, "next_asset_id": count + 1,
            "assets": [{"asset_id": i + 1, "asset_uuid": uuid(i), "root": f"a{i}", "included_in_build": i not in excluded}
                       for i in range(count)]}


def project(assets, excluded=()):
    """assets: (declaration, [file, …]); a file is bytes, (bytes, total), or an op."""
    out = record(WRITE, REGISTRY, json.dumps(registry(len(assets), excluded)))
    for i, (declared, files) in enumerate(assets):
        out += record(WRITE, place(i), json.dumps(declared, ensure_ascii=False))
        for j, file in enumerate(files):
            if isinstance(file, int):
                out += record(file, place(i, j))
            elif file is not None:
                data, total = file if isinstance(file, tuple) else (file, 0)
                out += record(WRITE, place(i, j), data, total)
    return out


# ---- Assets ----

RAW_GLYPH = {"width": 256, "height": 256, "tile_size": 8, "palette_count": 64, "palette_authored": 1}
RAW_SOUND = {"channels": 1, "sample_rate": 8_000, "frames": 6}


def scene(asset=0, data=b"scene", **options):
    return declaration(asset, "scene_bank", "SCENE/raw_v1", {"sources": ["f0"]}, **options), [data]


def raw_glyph(asset=0, metadata=None, data=(b"\x12" * 8, 34_816), **options):
    return declaration(asset, "glyph_bank", "GLYPH/raw_v1", {"sources": ["f0"]}, RAW_GLYPH if metadata is None else metadata,
                       **options), [data]


def raw_sound(asset=0, metadata=None, data=bytes(12), **options):
    return declaration(asset, "sound_bank", "SOUNDS/raw_v1", {"sources": ["f0"]}, RAW_SOUND if metadata is None else metadata,
                       **options), [data]


def sound(asset=0, data=None, metadata=None, **options):
    data = media.wav(1, 1, 8_000, 16, struct.pack("<6h", *range(6))) if data is None else data
    return declaration(asset, "sound_bank", "SOUNDS/pcm16le_v1", {"sources": ["f0"]}, metadata, **options), [data]


def sheet(asset=0, images=(), palettes=(), metadata=None, tile=8, **options):
    """palettes: (index, bytes)."""
    inputs = {"sprites": [f"f{i}" for i in range(len(images))]}
    if palettes:
        inputs["palettes"] = [{"index": index, "path": f"f{len(images) + i}"} for i, (index, _) in enumerate(palettes)]
    return (declaration(asset, "glyph_bank", "GLYPH/indexed_v1", inputs, {"tile_size": tile} | (metadata or {}), **options),
            [*images, *(data for _, data in palettes)])


def indexed(width=8, height=8, fill=1, colours=media.COLOURS, transparency=b""):
    return media.png(width, height, 8, 3, media.rows(width, height, 8, 3, fill), colours, transparency)


def coloured(pixels, width=8, height=8):
    """RGBA of these pixels again and again."""
    row = b"".join(bytes(pixels[i % len(pixels)]) for i in range(width))
    return media.png(width, height, 8, 6, (b"\0" + row) * height)


RED, GREEN, BLUE, CLEAR, HALF = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (0, 0, 0, 0), (255, 0, 0, 128)
PALETTE_A = b"GIMP Palette\nName: a\nColumns: 4\n#\n0 0 0\tnone\n255 0 0\tred\n0 255 0\n"
PALETTE_B = b"000000\n0000ff\nff0000\n"
PALETTE_C = b"JASC-PAL\r\n0100\r\n2\r\n0 0 0\r\n0 255 0\r\n"


def _sheets():
    a, b, c = (0, PALETTE_A), (5, PALETTE_B), (1, PALETTE_C)
    yield "matched", [coloured([RED, GREEN, CLEAR]), coloured([RED, BLUE], 16, 16)], [a, b], {}
    yield "matched-nowhere", [coloured([RED, (1, 2, 3, 255)])], [a, b], {}
    yield "matched-divided", [coloured([BLUE, GREEN, GREEN])], [a, b, c], {}
    yield "matched-translucent", [coloured([RED, HALF])], [a], {}
    yield "matched-grey", [media.png(8, 8, 8, 0, media.rows(8, 8, 8, 0, 0))], [(3, b"000000\n000000\n")], {}
    yield "matched-empty", [coloured([CLEAR])], [a], {}
    yield "matched-black", [coloured([(0, 0, 0, 255), RED])], [a], {}
    yield "matched-partly", [coloured([GREEN, GREEN, BLUE])], [a, b], {}
    yield "matched-partly-last", [coloured([GREEN, RED, BLUE])], [a, c], {}
    yield "matched-rounded", [media.png(8, 8, 16, 2, (b"\0" + b"\xff\xff\0\x7f\0\0" * 8) * 8)], [a], {}
    yield "matched-sixteen", [media.png(8, 8, 16, 2, (b"\0" + b"\xff\xff\0\0\0\0" * 8) * 8)], [a], {}
    yield "matched-indexed", [indexed(fill=2, colours=bytes([0, 0, 0, 255, 0, 0, 0, 255, 0]))], [a], {}
    yield "matched-picture", [coloured([(3, 4, 5, 255)])], [(2, indexed())], {}
    yield "kept", [indexed(), indexed(16, 8, 3)], [], {}
    yield "kept-differ", [indexed(), indexed(colours=bytes(48))], [], {}
    yield "kept-transparent", [indexed(fill=2, transparency=b"\xff\xff\0")], [], {}
    yield "kept-translucent", [indexed(fill=2, transparency=b"\xff\xff\x80")], [], {}
    yield "kept-translucent-unused", [indexed(fill=1, transparency=b"\xff\xff\x80\0")], [], {}
    yield "kept-many", [indexed(fill=3, colours=bytes(range(60)))], [], {}
    yield "kept-beyond", [indexed(fill=17, colours=bytes(range(60)))], [], {}
    yield "no-palette", [coloured([RED])], [], {}
    yield "odd-width", [indexed(12, 8)], [], {}
    yield "odd-height", [indexed(8, 12)], [], {}
    yield "wide", [media.png(264, 256, 1, 0, (b"\0" + bytes(33)) * 256)], [(0, PALETTE_B)], {}
    yield "full", [media.png(256, 256, 1, 3, (b"\0" + bytes(32)) * 256, b"\0\0\0\xff\xff\xff"), indexed()], [], {}
    yield "tile-16", [indexed(16, 16)], [], {"tile": 16}
    yield "tile-32", [indexed(32, 64)], [], {"tile": 32}
    yield "not-an-image", [b"GIF89a"], [], {}
    yield "missing", [None], [], {}
    yield "one-missing", [None, indexed()], [a, (9, None)], {}
    yield "folder", [FOLDER], [], {}
    yield "link-out", [LINK_OUT], [], {}
    yield "link-in", [indexed(), LINK_IN], [], {}
    yield "palette-link-out", [coloured([RED])], [(0, LINK_OUT)], {}
    yield "palette-folder", [coloured([RED])], [(0, FOLDER), (1, PALETTE_C)], {}
    yield "palette-bad", [coloured([RED])], [(0, b"12345\n"), b], {}
    yield "palette-bad-all", [coloured([HALF, RED])], [(0, b"")], {}
    yield "palette-large", [coloured([RED])], [(0, (b"000000\n", 70_000))], {}
    yield "palette-rgb", [coloured([RED])], [(0, coloured([RED]))], {}
    yield "palette-beyond", [coloured([RED])], [(0, indexed(fill=17, colours=bytes(60)))], {}
    yield "palette-63", [coloured([RED])], [(63, PALETTE_A), (62, PALETTE_B)], {}
    for member, value in (("width", 256), ("width", 255), ("height", 255), ("palette_count", 63), ("palette_authored", 1),
                          ("palette_authored", 2), ("width", 256.5), ("width", "256"), ("pipeline", {}), ("height", -1),
                          ("other", {"b": [1, "é"], "a": None})):
        yield f"member-{member}-{value!r}"[:40], [indexed()], [], {"metadata": {member: value}}
    yield "pipeline", [indexed()], [], {"output": {"pipeline": {"z": 1, "a": [True, {"b": "\n"}]}}}
    yield "pipeline-fraction", [indexed()], [], {"output": {"pipeline": {"z": 1.5}}}
    yield "decoded", [indexed()], [], {"output": {"decoded_size": 67_584}}
    yield "decoded-wrong", [indexed()], [], {"output": {"decoded_size": 67_585}}
    yield "decoded-metadata", [indexed()], [], {"metadata": {"decoded_size": 67_584}}


def _sounds():
    samples = struct.pack("<6h", *range(6))
    for name, data in media._sounds():
        yield name, data, None
    yield "float-exact", media.wav(3, 1, 8_000, 32, struct.pack("<4f", 0, 0.5, -1, 0.25)), None
    yield "float-inexact", media.wav(3, 1, 8_000, 32, struct.pack("<4f", 0, 0.5, -1, 0.123456)), None
    yield "float-over", media.wav(3, 1, 8_000, 32, struct.pack("<4f", 0, 1, 2, float("inf"))), None
    yield "double", media.wav(3, 2, 8_000, 64, struct.pack("<4d", 0, 0.5, -1, 0.25)), None
    yield "double-nan", media.wav(3, 1, 8_000, 64, struct.pack("<2d", 0, float("nan"))), None
    yield "rifx", b"RIFX" + media.wav(1, 1, 8_000, 16, samples)[4:], None
    yield "riff-other", b"RIFF" + struct.pack("<I", 4) + b"AVI " + samples, None
    yield "form-other", b"FORM" + struct.pack(">I", 4) + b"8SVX" + samples, None
    yield "eight-signed", media.aiff(1, 8_000, 8, 12, samples), None
    yield "wav-none", b"RIFF" + struct.pack("<I", 4) + b"WAVE", None
    yield "aiff-none", b"FORM" + struct.pack(">I", 4) + b"AIFF", None
    yield "aiff-short", b"FORM" + struct.pack(">I", 16) + b"AIFFSSND" + struct.pack(">I", 4) + bytes(4), None
    yield "mpeg-almost", b"\xff\x1b" + bytes(40), None
    yield "many", media.wav(1, 2, 48_000, 16, bytes(range(256)) * 40), None
    for member, value in (("channels", 1), ("channels", 2), ("frames", 6), ("frames", 7), ("sample_rate", 8_000),
                          ("sample_rate", 8_001), ("loop_start", 0), ("frames", 6.5), ("pipeline", 1)):
        yield f"member-{member}-{value!r}", media.wav(1, 1, 8_000, 16, samples), {member: value}


def _raws():
    for member in RAW_GLYPH:
        yield f"glyph-no-{member}", raw_glyph(metadata={k: v for k, v in RAW_GLYPH.items() if k != member})
        for value in (0, 255, 257, 1.5, "8", -1):
            yield f"glyph-{member}-{value!r}", raw_glyph(metadata=RAW_GLYPH | {member: value})
    for tile in (16, 32):
        yield f"glyph-tile-{tile}", raw_glyph(metadata=RAW_GLYPH | {"tile_size": tile})
    yield "glyph-authored-64", raw_glyph(metadata=RAW_GLYPH | {"palette_authored": 64}, data=(b"\0" * 34_810 + b"\1" * 6, 0))
    yield "glyph-unused", raw_glyph(data=(b"\1" * 32_803, 34_816))
    yield "glyph-short", raw_glyph(data=(b"", 34_815))
    yield "glyph-decoded", raw_glyph(output={"decoded_size": 67_584})
    yield "glyph-decoded-wrong", raw_glyph(output={"decoded_size": 67_583})
    yield "glyph-missing", raw_glyph(data=None)
    for member in RAW_SOUND:
        yield f"sound-no-{member}", raw_sound(metadata={k: v for k, v in RAW_SOUND.items() if k != member})
        for value in (0, 1, 3, 7_999, 48_001, 2**53, 1.5, "8", -1):
            yield f"sound-{member}-{value!r}", raw_sound(metadata=RAW_SOUND | {member: value})
    yield "sound-short", raw_sound(data=bytes(11))
    yield "sound-decoded", raw_sound(output={"decoded_size": 12})
    yield "sound-decoded-wrong", raw_sound(output={"decoded_size": 13})
    yield "sound-missing", raw_sound(data=None)
    yield "scene-decoded", scene(output={"decoded_size": 2**53 - 1})
    yield "scene-decoded-over", scene(output={"decoded_size": 2**53})
    yield "scene-empty", scene(data=b"")
    yield "scene-pipeline", scene(output={"pipeline": {"a": [1, -2, "x"]}})
    yield "scene-large", scene(data=(b"large", 2_600_000))
    yield "scene-folder", scene(data=FOLDER)
    yield "scene-link-out", scene(data=LINK_OUT)
    yield "scene-metadata", scene(metadata={"é\n": [1, {"b": -2}], "a": {"z": "\u0001\"\\", "y": True, "x": None}})
    yield "scene-metadata-float", scene(metadata={"a": [1, {"b": 0.5}]})


def _all(**options):
    """One of each kind, with slots."""
    return [sheet(0, [coloured([RED, GREEN, CLEAR]), coloured([RED, BLUE])], [(0, PALETTE_A), (5, PALETTE_B)],
                  preload={"enabled": True}, **options),
            sound(1, preload={"enabled": True, "slot": 3}), scene(2, preload={"enabled": True, "slot": 0}),
            raw_glyph(3, preload={"enabled": True, "slot": 0})]


# ---- What somebody does afterwards ----


def _source_changes():
    for i, name in enumerate(("sheet", "sound", "scene", "raw")):
        for op, how in ((REMOVE, "removed"), (REPLACE, "folder"), (RELINK, "link")):
            yield f"{name}-{how}", record(op, place(i, 0))
        yield f"{name}-appended", record(APPEND, place(i, 0), b"x")
        yield f"{name}-overwritten", record(OVERWRITE, place(i, 0), b"x", 3)
        yield f"{name}-undeclared", record(REMOVE, place(i))
        yield f"{name}-declared-twice", record(APPEND, place(i), b"{}")
        yield f"{name}-name", swap(place(i), f'"n{i}"', '"other"')
        yield f"{name}-name-escaped", swap(place(i), f'"n{i}"', f'"\\u006e{i}"')
        yield f"{name}-name-null", swap(place(i), f'"n{i}"', "null")
        yield f"{name}-name-empty", swap(place(i), f'"n{i}"', '""')
        yield f"{name}-preload-off", swap(place(i), '"enabled": true', '"enabled": false')
        yield f"{name}-preload-null", swap(place(i), '"enabled": true', '"enabled": null')
        yield f"{name}-preload-array", swap(place(i), '"preload": {', '"preload": [], "x": {')
        yield f"{name}-inputs-array", swap(place(i), '"inputs": {', '"inputs": [], "x": {')
        yield f"{name}-output-array", swap(place(i), '"output": {', '"output": [], "x": {')
        yield f"{name}-format", swap(place(i), "_v1", "_v2")
        yield f"{name}-path", swap(place(i), '"f0"', '"f9"')
        yield f"{name}-path-outside", swap(place(i), '"f0"', '"../a1/f0"')
        yield f"{name}-path-number", swap(place(i), '"f0"', "1")
        yield f"{name}-path-more", swap(place(i), '"f0"', '"f0", "f1"')
        yield f"{name}-role-object", swap(place(i), '["f0"', '{}, "x": ["f0"')
    yield "sound-slot", swap(place(1), '"slot": 3', '"slot": 4')
    yield "sound-slot-text", swap(place(1), '"slot": 3', '"slot": "3"')
    yield "sheet-slot", swap(place(0), '"enabled": true', '"enabled": true, "slot": 9')
    yield "palette-number", swap(place(0), '{"index": 0', '1, {"index": 0')
    yield "palette-path", swap(place(0), '"path": "f2"', '"path": 2')
    yield "palette-index", swap(place(0), '"index": 5', '"index": 1')
    yield "format-other", swap(place(3), "GLYPH/raw_v1", "GLYPH/indexed_v1")
    yield "format-bank", swap(place(2), "SCENE/raw_v1", "SOUNDS/pcm16le_v1")
    yield "large-declaration", record(REWRITE, place(0), b"{}", 1_100_000)
    yield "registry", record(REMOVE, REGISTRY)
    yield "everything", b"".join(record(REMOVE, place(i, j)) for i in range(4) for j in range(4))


def _build_changes():
    for where, name in ((PACK, "pack"), (TABLE, "table"), (PRELOAD, "preload"), (METADATA, "metadata")):
        for op, how in ((REMOVE, "removed"), (REPLACE, "folder"), (RELINK, "link")):
            yield f"{name}-{how}", record(op, where)
        yield f"{name}-appended", record(APPEND, where, b"x")
        yield f"{name}-space", record(APPEND, where, b" ")
        yield f"{name}-emptied", record(REWRITE, where, b"")
        yield f"{name}-overwritten", record(OVERWRITE, where, b"x", 40)
        yield f"{name}-end", record(OVERWRITE_END, where, b"x", 1)
    yield "directory", record(REMOVE, PACK) + b"".join(record(REMOVE, BUILT + i) for i in range(4)) + record(REMOVE, DIRECTORY)
    yield "manifest", record(REWRITE, MANIFEST, b'{"magic":"PMTU","cartridge_version":1,"app_id":1,"title":"t","app_version":"1",'
                             b'"app_mode":"Game","capabilities":["asset"]}')
    yield "manifest-folder", record(REPLACE, MANIFEST)
    yield "manifest-duplicate", record(REWRITE, MANIFEST, b'{"title":"t","title":"u","x":{"title":1,"title":2},"y":1,"y":2}')
    for name, old, new in (("name", '"n1"', '"n9"'), ("rate", '"sample_rate":8000', '"sample_rate":8001'),
                           ("channels", '"channels":1', '"channels":2'), ("frames", '"frames":6', '"frames":7'),
                           ("slot", '"slot":3', '"slot":4'), ("slot-over", '"slot":3', '"slot":99'),
                           ("id", '"asset_id":4', '"asset_id":9'), ("bank", '"SCENE"', '"GLYPH"'), ("tile", '"tile_size":8', '"tile_size":9'),
                           ("authored", '"palette_authored":6', '"palette_authored":1'), ("width", '"width":256', '"width":999'),
                           ("width-minus", '"width":256', '"width":-56'), ("codec", '"NONE"', '"RAWS"'), ("type", '"size":12', '"size":[]'),
                           ("key", '"codec"', '"codek"'), ("text", '{"asset', '{"ass\xe9'), ("zero", '"offset":0', '"offset":-')):
        for repaired, how in ((b"", ""), (record(REPAIR, 0), "-repaired")):
            yield f"header-{name}{how}", swap(PACK, old, new) + repaired
    # Behind the header stand sheet, sound, scene, raw: 34,816, 12, 5 and 34,816 bytes.
    for name, at in (("sheet-pixel", 34_816 + 5 + 12 + 34_816), ("sheet-rest", 34_816 + 5 + 12 + 2_049),
                     ("sheet-colour", 34_816 + 5 + 12 + 2_046), ("sound", 34_816 + 5 + 3), ("scene", 34_816 + 2), ("raw", 34_816)):
        yield f"payload-{name}", record(OVERWRITE_END, PACK, b"\x77", at)
        yield f"payload-{name}-repaired", record(OVERWRITE_END, PACK, b"\x77", at) + record(REPAIR, 0)
    for name, old, new in (("uuid", uuid(1), uuid(9)), ("uuid-upper", "0000-4000", "0000-400A"), ("root", '"a1"', '"a9"'),
                           ("root-escape", '"a1"', '"a\\\\1"'), ("root-dots", '"a1"', '"../a1"'), ("root-dot", '"a1"', '"./a1"'),
                           ("root-nul", '"a1"', '"a\\u00001"'), ("root-slash", '"a1"', '"/a1"'), ("root-unit", '"a1"', '"a\\u00e91"'),
                           ("root-control", '"a1"', '"a\\n1"'), ("root-quote", '"a1"', '"a\\"1"'),
                           ("path-long", '"f0"', '"' + "f" * 300 + '"'), ("path-below", '"f0"', '"f0/x"'), ("root-below", '"a1"', '"a2/f0"'),
                           ("path", '"f0"', '"f9"'), ("path-number", '"f0"', "7"), ("hash", '"xxh3-128"', '"xxh3-129"'),
                           ("assets", '"assets":[{', '"assets":[7,{'), ("assets-object", '"assets":[', '"assets":{},"x":['),
                           ("uuid-number", f'"asset_uuid":"{uuid(1)}"', '"asset_uuid":7'), ("inputs", '"inputs":[', '"inputs":7,"x":['),
                           ("size", '"size":5', '"size":6'), ("id", '"asset_id":2', '"asset_id":7'), ("id-text", '"asset_id":2', '"asset_id":""'),
                           ("version", '"schema_version":1', '"schema_version":2'), ("fraction", '"size":5', '"size":5.0'),
                           ("twice", '"hash":', '"hash":"xxh3-128","hash":'), ("pipeline", '"pipeline":{', '"pipeline":7,"x":{')):
        yield f"record-{name}", swap(METADATA, old, new)
        yield f"record-{name}-repaired", swap(METADATA, old, new) + record(REPAIR, 0)
    for name, old, new in (("minus", '"offset":0', '"offset":-0'), ("huge", '"size":12', '"size":99999999999999999999'),
                           ("name", '"n1"', '"n9"'), ("one-less", '{"asset_id":2,"slot":3},', ""), ("id", '"asset_id":3', '"asset_id":7'),
                           ("depth", '"metadata":{', '"metadata":{"0":[[]],'), ("more", '"metadata":{', '"metadata":{"0":1,'),
                           ("not-object", '[{', '[7,{'), ("no-array", "[{", '{"x":[{'), ("empty", "[{", "[],[{")):
        for where, what in ((TABLE, "table"), (PRELOAD, "preload")):
            yield f"{what}-{name}", swap(where, old, new)


def _words(name):
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name)


def seeds():
    for name, images, palettes, options in _sheets():
        yield "project", f"sheet-{_words(name)}", project([sheet(0, images, palettes, **options)]) + tail()
    for name, data, metadata in _sounds():
        yield "project", f"sound-{_words(name)}", project([sound(0, data, metadata)]) + tail()
    for name, one in _raws():
        yield "project", f"raw-{_words(name)}", project([one]) + tail()
    everything = project(_all())
    for name, changes in _source_changes():
        yield "project", f"then-source-{name}", everything + changes + tail()
    for name, changes in _build_changes():
        yield "project", f"then-build-{name}", everything + changes + tail()
    for name, one in (("float", sound(0, media.wav(3, 1, 8_000, 32, struct.pack("<4f", 0, 0.5, -1, 0.25)))),
                      ("double", sound(0, media.wav(3, 1, 8_000, 64, struct.pack("<4d", 0, 0.5, -1, 0.25)))),
                      ("stereo", sound(0, media.flac(list(range(-16, 16)), 44_100, 2))), ("aiff", sound(0, media.aiff(1, 8_000, 16, 6, bytes(12)))),
                      ("kept", sheet(0, [indexed()])), ("rounded", sheet(0, [coloured([RED, CLEAR])], [(0, PALETTE_A)])),
                      ("off", scene(0))):
        for op, how in ((b"", "plain"), (record(OVERWRITE_END, PACK, b"\x21", 1) + record(REPAIR, 0), "last"),
                        (record(OVERWRITE_END, PACK, b"\x21", 5) + record(REPAIR, 0), "before-last"),
                        (record(OVERWRITE_END, PACK, b"\x21", 34_816) + record(REPAIR, 0), "first"),
                        (record(OVERWRITE_END, PACK, b"\x21", 2_049) + record(REPAIR, 0), "pixels"),
                        (swap(PACK, '"tile_size":8', '"tile_size":16'[:13]) + record(REPAIR, 0), "tile"),
                        (swap(PACK, '"palette_authored":1', '"palette_authored":2') + record(REPAIR, 0), "authored"),
                        (swap(PACK, '"frames":', '"fr\x61mes":') + swap(place(0), '"enabled": false', '"enabled": true'), "preload")):
            yield "project", f"then-{name}-{how}", project([one]) + op + tail()
    big = project([sheet(0, [indexed(16, 24)], tile=8)])
    yield "project", "then-tile-16", big + swap(PACK, '"tile_size":8,', '"tile_size":16') + record(REPAIR, 0) + tail()
    yield from _looks(everything)
    yield from _faults(everything)
    yield from _many()
    yield from _kept(everything)


CARTRIDGE_MANIFEST = (b'{"magic":"PMTU","cartridge_version":1,"app_id":1,"title":"t","app_version":"1","app_mode":"Game",'
                      b'"capabilities":["asset"]}')


def _looks(everything):
    small = project([scene()])
    manifest = record(WRITE, MANIFEST, CARTRIDGE_MANIFEST)
    broken = record(OVERWRITE, PACK, b"\1", 40)
    gone = record(REMOVE, PACK)
    alone = b"".join(record(REMOVE, BUILT + i) for i in range(1, 4))
    for look, name in ((BUILD, "build"), (ALONE, "alone"), (CARTRIDGE, "cartridge"), (PATH, "path")):
        for changes, what in ((b"", "plain"), (broken, "broken"), (gone, "gone"), (alone, "bare"), (record(REPLACE, PACK), "folder"),
                              (record(APPEND, PACK, b"x" * 40), "trailing"), (record(REWRITE, PACK, b"ASPA"), "short"),
                              (record(REMOVE, TABLE), "no-table"), (record(REMOVE, TABLE) + record(REMOVE, PRELOAD), "metadata-alone"),
                              (record(REMOVE, TABLE) + record(REMOVE, METADATA), "preload-alone"),
                              (record(REWRITE, MANIFEST, b"{}"), "manifest"), (record(REPLACE, MANIFEST), "manifest-folder"),
                              (record(REWRITE, PACK, b"PPA1" + struct.pack("<5I", 1, 2, 26, 0, 0) + b"{}"), "legacy"),
                              (record(REMOVE, MANIFEST) + gone + alone + record(REMOVE, DIRECTORY), "nothing")):
            for options, how in (({}, ""), ({"no_companions": True}, "-alone"), ({"sources": False}, "-no-sources")):
                start = small + (manifest if look in (CARTRIDGE, PATH) else b"")
                yield "project", f"look-{name}-{what}{how}", start + changes + tail(look, **options)
    yield "project", "look-small", everything + tail(small=True)
    yield "project", "look-progress", everything + tail(progress=True, jobs=2)
    for jobs in (1, 2):
        large = project([scene(0, (b"a", 700_000)), scene(1, (b"b", 500_000)), scene(2, (b"c", 2_300_000)), scene(3, (b"d", 9))])
        yield "project", f"look-large-{jobs}", large + tail(jobs=jobs, progress=True)
        yield "project", f"look-large-aside-{jobs}", large + swap(PACK, '"offset":3500000', '"offset":0000001') + tail(jobs=jobs)
        yield "project", f"look-large-overlap-{jobs}", (large + swap(PACK, '"offset":1200000', '"offset":1100000')
                                                       + record(REPAIR, 0) + tail(jobs=jobs))


def _faults(everything):
    small = project([scene(0, preload={"enabled": True})])
    mixed = (swap(PACK, '"n1"', '"n9"') + swap(METADATA, uuid(1), uuid(9)) + swap(PRELOAD, '"slot":3', '"slot":4')
             + record(OVERWRITE_END, PACK, b"\x77", 34_900) + record(APPEND, place(2, 0), b"x") + record(REMOVE, place(3)))
    unlike = (record(OVERWRITE_END, PACK, b"\x77", 34_816 + 5 + 12 + 34_816) + record(OVERWRITE_END, PACK, b"\x77", 34_816 + 5 + 3)
              + record(OVERWRITE_END, PACK, b"\x77", 34_816 + 2) + swap(PACK, '"n1"', '"n9"') + record(REPAIR, 0))
    wrong = project([sheet(0, [coloured([RED, HALF]), indexed(12, 8)], [(0, PALETTE_C), (1, b"12345\n")]),
                     sound(1, b"RIFF"), scene(2, None), raw_glyph(3, RAW_GLYPH | {"width": 255}), raw_sound(4, {})])
    kept = project([sheet(0, [indexed(), indexed(fill=2)])])
    for jobs in (1, 2):
        for name, records in (("all", everything), ("small", small), ("mixed", everything + mixed), ("unlike", everything + unlike),
                              ("wrong", wrong), ("kept", kept)):
            yield "project", f"no-memory-{name}-{jobs}", records + tail(fault=MEMORY, jobs=jobs)
            for call, how in ((ERROR, "error"), (INTERRUPT, "interrupt"), (SHORT, "short"), (END, "end")):
                yield "project", f"call-{how}-{name}-{jobs}", records + tail(fault=CALL, call=call, jobs=jobs)
    manifest = record(WRITE, MANIFEST, CARTRIDGE_MANIFEST)
    for look, name in ((ALONE, "alone"), (CARTRIDGE, "cartridge"), (PATH, "path")):
        for fault, call, how in ((MEMORY, 0, "memory"), (CALL, ERROR, "error"), (CALL, END, "end")):
            yield "project", f"fault-{how}-{name}", small + manifest + tail(look, fault=fault, call=call)
    large = project([scene(0, (b"a", 700_000)), scene(1, (b"c", 2_300_000))])
    for call, how in ((ERROR, "error"), (END, "end"), (SHORT, "short")):
        yield "project", f"call-{how}-large", large + tail(fault=CALL, call=call, jobs=2)
    changes = {"source": record(APPEND, place(1, 0), b"x") + record(APPEND, place(2, 0), b"x") + record(REMOVE, place(3, 0)),
               "source-shorter": b"".join(record(REWRITE, place(i, 0), b"x") for i in range(4)) + record(REWRITE, place(0, 2), b"x"),
               "source-other": b"".join(record(OVERWRITE, place(i, j), b"\7", 3) for i in range(4) for j in range(4)),
               "source-gone": b"".join(record(REMOVE, place(i, j)) for i in range(4) for j in range(4)),
               "declaration": b"".join(record(REWRITE, place(i), b"{}") for i in range(4)),
               "pack": record(OVERWRITE, PACK, b"\1", 40), "pack-shorter": record(REWRITE, PACK, b"ASPA"),
               "pack-longer": record(APPEND, PACK, b"x"), "pack-payload": record(OVERWRITE_END, PACK, b"x", 1),
               "companions": b"".join(record(REWRITE, BUILT + i, b"[]") for i in range(1, 4)),
               "companions-gone": b"".join(record(REMOVE, BUILT + i) for i in range(1, 4))}
    for name, change in changes.items():
        yield "project", f"meanwhile-{name}", everything + change + tail(fault=CHANGE)
        yield "project", f"meanwhile-{name}-2", everything + change + tail(fault=CHANGE, jobs=2)
    for name, change in (("sheet", record(REWRITE, place(0, 0), indexed(16, 8))), ("palette", record(REWRITE, place(0, 2), PALETTE_C)),
                         ("sound", record(REWRITE, place(1, 0), media.wav(1, 2, 8_000, 16, bytes(24)))),
                         ("raw", record(REWRITE, place(3, 0), b"\1" * 34_816))):
        yield "project", f"meanwhile-right-{name}", everything + change + tail(fault=CHANGE)


def _many():
    """More preloads than there are slots, with and without slots declared; ids left out; two at one slot."""
    on = {"enabled": True}
    seventeen = [scene(i, b"", preload=on) for i in range(17)]
    yield "project", "slots-exhausted", project(seventeen) + tail()
    yield "project", "slots-exhausted-more", project(seventeen + [scene(17, b"", preload=on), scene(18, b"")]) + tail()
    yield "project", "slots-exhausted-mixed", project(seventeen + [raw_sound(17, preload=on)]) + tail()
    yield "project", "jobs-many", project([scene(0), scene(1)]) + tail(jobs=4)
    yield "project", "jobs-default", project([scene(0), scene(1)]) + tail(jobs=3)
    yield "project", "slots-full", project(seventeen[:16]) + tail()
    yield "project", "slots-excluded", project(seventeen, {3}) + tail()
    at_two = on | {"slot": 2}
    yield "project", "slots-clash", project([scene(0, preload=at_two), scene(1, preload=at_two), scene(2, preload=on)]) + tail()
    yield "project", "slots-banks", project([scene(0, preload=at_two), raw_sound(1, preload=at_two)]) + tail()
    yield "project", "slots-around", project([scene(0, preload=on), scene(1, preload=on | {"slot": 0})]) + tail()
    yield "project", "nothing", project([]) + tail()
    yield "project", "no-registry", b"" + tail()
    yield "project", "excluded", project([scene(0), scene(1, None)], {1}) + tail()
    yield "project", "name-twice", project([scene(0), (scene(1)[0] | {"name": "n0"}, [b"x"])]) + tail()
    for name in ("", "\u007f", "é😀", "\u0000", "a" * 300):
        yield "project", f"name-{len(name)}-{sum(map(ord, name)) % 1000}", project([(scene(0)[0] | {"name": name}, [b"x"])]) + tail()


def _kept(everything):
    """Payloads from an earlier pack: keep says of which assets, and from 8 on that the pack is harmed."""
    large = project([scene(0, (b"a", 700_000)), scene(1, (b"c", 2_300_000)), scene(2, b""), scene(3, b"d"), scene(4, (b"e", 1_900_000))])
    piped = project([scene(0, output={"pipeline": {"a": 1}}), scene(1), sound(2)])
    for keep in range(1, 16):
        for name, records in (("all", everything), ("large", large), ("piped", piped)):
            yield "project", f"kept-{name}-{keep}", records + tail(keep=keep, jobs=1 + keep % 2)
    yield "project", "kept-nothing", project([]) + tail(keep=1)
    for keep in (1, 6, 9):
        yield "project", f"kept-no-memory-{keep}", everything + tail(keep=keep, fault=MEMORY)
        for call, how in ((ERROR, "error"), (INTERRUPT, "interrupt"), (SHORT, "short"), (END, "end")):
            yield "project", f"kept-{how}-{keep}", everything + tail(keep=keep, fault=CALL, call=call)
    yield "project", "kept-no-memory-large", large + tail(keep=1, fault=MEMORY)
    yield "project", "kept-error-large", large + tail(keep=1, fault=CALL, call=ERROR)
    yield "project", "kept-end-large", large + tail(keep=1, fault=CALL, call=END)
