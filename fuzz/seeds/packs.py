"""Packs and what stands beside them: the cases of the corpus, which are one for each rule, and the edges of the prelude."""

import random
import struct

import builder
import make_packs

SMALL = 9_000


def _name(one):
    """The path below its folder, without the ending, as one word."""
    path = one.path.split("/", 1)[1]
    return path.removesuffix(".pa").replace("/", "-")


def _packs():
    return [one for one in make_packs.all_cases() if one.path.startswith("packs/")]


def _first_of_each_rule(cases):
    seen = set()
    for one in cases:
        key = ",".join(one.ids) or one.path
        if key not in seen:
            seen.add(key)
            yield one


def _open_tail(size=64, start=0, limit=255, way=0, allocation=0, call=0):
    return struct.pack("<HHBBBB", size, start, call, limit, way, allocation)


def _verify():
    small = [one for one in _packs() if len(one.files) < SMALL]
    valid = [one for one in small if one.path.startswith("packs/valid/")]
    others = [one for one in small if one not in valid]
    large = [one for one in _packs() if len(one.files) >= SMALL]
    sheets = [one for one in large if "glyph-palette-unused" in one.path][:2] + [one for one in large if one.conforms][:2]
    for one in valid + list(_first_of_each_rule(others)) + sheets:
        yield "verify", _name(one), one.files + struct.pack("<H", 0)
    two = builder.two_scenes(preload=[builder.wanted(1, 0), builder.wanted(2, 1)])
    for allocation in (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32):
        yield "verify", f"no-memory-{allocation}", two + struct.pack("<H", allocation)
    faulty = builder.two_scenes(second={"offset": 5, "asset_name": '"one"', "extra": [("zzz", 1)]})
    for allocation in range(6, 48, 4):
        yield "verify", f"no-memory-faulty-{allocation}", faulty + struct.pack("<H", allocation)


def _odd_headers():
    """Headers that only the verifier cares about: many findings, strange keys above them, numbers in strange places."""
    def plain(entries=(), preload=(), extra=""):
        return builder.header(entries, preload)[:-1] + extra + "}"

    yield "many-empty-entries", plain(["{}"] * 130)
    yield "many-empty-preloads", plain([], ["{}"] * 130)
    yield "many-not-objects", plain(["7"] * 130, ["[]"] * 130)
    yield "many-unknown", plain([], [], "".join(f',"z{i:03}":0' for i in range(130)))
    yield "many-floats", plain([builder.entry(metadata='{"a":[' + ",".join(["1.5"] * 130) + "]}")])
    for name, key in (("tilde", "~"), ("slash", "a/b"), ("newline", r"\n"), ("unit", r"\u0001"), ("pair", r"\ud83d\ude00"),
                      ("pair-9", r"\ud9aa\udc00"), ("pair-a", r"\udaaa\udc00"), ("pair-b", r"\udbff\udfff"), ("upper", r"\uD83D\uDE00"),
                      ("euro", r"\u20ac"), ("hangul", r"\ud7ff"), ("long", "k" * 700), ("longer", "~/" * 400), ("empty", "")):
        yield f"float-under-{name}", plain([builder.entry(metadata='{"%s":{"%s":[1,2.5]}}' % (key, key))])
        yield f"twice-under-{name}", plain([builder.entry(metadata='{"%s":1,"%s":[1]}' % (key, key))])
    spaced = builder.header([builder.entry(metadata='{ "a" :\t[ 1 ,\r\n 2 ] , "b" : "\\" c \\\\ " }')])
    yield "spaced", spaced.replace('"offset"', '\n\t "offset"').replace("}]", "\r}\n]")
    yield "spaced-front", " \t\r\n" + spaced
    yield "spaced-error", "{ \t\r\n x"
    for name in (r'"\u007f"', '"\x7f"', r'"\u0080"', r'"a\tb"', '"~/"'):
        yield f"name-{len(name)}-{ord(name[-2])}", plain([builder.entry(asset_name=name)])
    for i, text in enumerate(("-0", '{"asset_table":-0}', '{"asset_table":[],"preload":-0}', '{"asset_table":[-0]}', '{"asset_table":[[-0]]}',
                              '{"asset_table":{"a":-0}}', '{"asset_table":[],"preload":[-0,[-0],{"slot":-0}]}', '{"asset_table":[],"x":-0}',
                              '{"asset_table":[{"asset_id":-0,"x":-0,"metadata":-0}]}', '{"asset_table":[{"metadata":[-0]}]}',
                              '{"asset_table":[{"metadata":{"a":-0,"b":1e5}}]}', '{"asset_table":[{"codec":{"a":-0}}]}',
                              '{"asset_table":[{"codec":[9007199254740993]}],"x":9007199254740993}', '{"asset_table":[{"metadata":{"a":9007199254740993}}]}',
                              '{"asset_table":[],"preload":[{"asset_id":-0,"slot":-0,"y":-0}]}', '{"preload":[{"slot":1.0},{"slot":1e400}],"asset_table":[]}',
                              '{"asset_table":[{"asset_id":-0, "x":1}]}')):
        yield f"number-{i}", text
    for i, changes in enumerate(({"height": -5}, {"width": -5}, {"width": 2**53 - 1, "height": 2**53 - 1}, {"width": 2**31, "height": 2**31},
                                 {"width": 2**32, "height": 2**31}, {"width": 2**22, "height": 2**31 - 1}, {"palette_count": -1},
                                 {"palette_count": 256}, {"palette_count": 257}, {"width": 128, "height": 64}, {"width": '"256"'})):
        yield f"glyph-metadata-{i}", plain([builder.glyph(metadata=builder.glyph_metadata(**changes))])
        yield f"glyph-metadata-sized-{i}", plain([builder.glyph(metadata=builder.glyph_metadata(**changes), size=2_048 + 4_096,
                                                                decoded_size=2_048 + 8_192)])
    for drop in ("size", "decoded_size", "offset", "metadata", "asset_name", "asset_id", "bank_type"):
        yield f"glyph-no-{drop}", plain([builder.glyph(drop=(drop,))])
        yield f"sound-no-{drop}", plain([builder.sound(drop=(drop,))])
    want = builder.wanted
    for i, preload in enumerate(([want(1, 0, drop=("slot",)), want(1, 3)], [want(1, 3), want(1, 0, drop=("slot",))],
                                 [want(1, 3), want(1, 3), want(1, 2)], [want(1, 99), want(1, 99)], [want(1, 4), want(1, 1), want(1, 2), want(1, 1)],
                                 [want(1, 0, drop=("slot",)), want(1, 0, drop=("slot",))], [want(9, 1), want(9, 1), want(1, 0, drop=("asset_id",))],
                                 [want(2, 0), want(1, '"x"'), want(2, 5), want(1, 7)])):
        yield f"preload-{i}", plain([builder.entry(asset_id=1), builder.entry(asset_id=2, asset_name='"b"', offset=4),
                                     builder.entry(drop=("asset_id",))], preload)
    for at in (0, 1, 2, 3):
        yield f"spread-{at}", plain([builder.entry(asset_id=i + 1, asset_name=f'"{i * 7 % 5}"', offset=(at * i) % 9) for i in range(9)])


def _odd():
    for i, (name, text) in enumerate(_odd_headers()):
        pack = builder.pack(text, builder.SCENE * 2)
        yield "verify", f"odd-{name}", pack + struct.pack("<H", 0)
        if i % 3 == 0 and len(pack) < 900:
            yield "verify", f"odd-no-memory-{name}", pack + struct.pack("<H", 7)
    repeated = [builder.entry(asset_id=i + 1, asset_name=f'"{i}"', offset=0, size=36_000, decoded_size=36_000) for i in range(480)]
    yield "verify", "overlaps-everywhere", builder.pack(builder.header(repeated[:3]), bytes(36_000)) + struct.pack("<H", 1)


def _open():
    small = [one for one in _packs() if len(one.files) < SMALL]
    for one in _first_of_each_rule(small):
        yield "open", _name(one), one.files + _open_tail()
    two = builder.two_scenes(preload=[builder.wanted(1, 0), builder.wanted(2, 15)])
    yield "open", "file-path", two + _open_tail(way=5)
    yield "open", "file-path-error", two + _open_tail(way=5, call=4)
    for way, what in ((6, "file-read"), (7, "file-map")):
        yield "open", what, two + _open_tail(way=way)
        yield "open", what + "-refused", two[:-1] + _open_tail(way=way)
        for nth in range(1, 8):
            for fault, how in enumerate(("error", "interrupt", "short", "end")):
                yield "open", f"{what}-{how}-{nth}", two + _open_tail(way=way, size=3, call=nth * 4 + fault)
    for allocation in range(1, 9):
        yield "open", f"no-memory-{allocation}", two + _open_tail(allocation=allocation)
        yield "open", f"no-memory-file-{allocation}", two + _open_tail(allocation=allocation, way=6)
    for limit in (1, 2, 8):
        yield "open", f"limit-{limit}", two + _open_tail(limit=limit)
    for start, size in ((0, 4), (1, 3), (4, 0), (4, 1), (5, 0)):
        yield "open", f"range-{start}-{size}", two + _open_tail(size=size, start=start)
    yield "open", "glyph", builder.one_glyph() + _open_tail(size=200, start=32760)
    yield "open", "sound", builder.one_sound() + _open_tail(size=3, start=1)
    many = [builder.entry(asset_id=i + 1, asset_name=f'"{"n" * (i % 5)}{i // 2}"', offset=0, size=0, decoded_size=0)
            for i in range(40)]
    yield "open", "many-names", builder.pack(builder.header(many)) + _open_tail()
    escaped = [builder.entry(asset_id=i + 1, asset_name=name, offset=0, size=0, decoded_size=0)
               for i, name in enumerate(('"one"', r'"a\nb"', r'"\"q\\"', r'"\u0001\u001f"', r'"\u00e9x"', r'"\ud83d\ude00"', r'"x\uD83D\uDE00y"',
                                         r'"\ua000"', r'"\udBFF\udfff"', r'"\ud9aa\udc00"', '"onetwo"', '""', r'"a\n"', r'"\uDAAA\udc00"'))]
    yield "open", "names-escaped", builder.pack(builder.header(escaped)) + _open_tail()
    yield "open", "names-no-index", builder.pack(builder.header(escaped)) + _open_tail(way=128)
    yield "open", "names-no-index-many", builder.pack(builder.header(many)) + _open_tail(way=128)
    uneven = [builder.entry(asset_id=i, asset_name=f'"{i}"', offset=0, size=0, decoded_size=0)
              for i in [*range(1, 30), 2**31 - 1]]
    yield "open", "ids-uneven", builder.pack(builder.header(uneven)) + _open_tail()
    uneven = [builder.entry(asset_id=i, asset_name=f'"{i}"', offset=0, size=0, decoded_size=0)
              for i in [1, *range(2**31 - 40, 2**31 - 1)]]
    yield "open", "ids-uneven-low", builder.pack(builder.header(uneven)) + _open_tail()
    odd = builder.pack(builder.header([many[0], many[2].replace('"n', '"\\\\u00e9'), many[1]], [builder.wanted(1, 0), builder.wanted(2, 1)]))
    for at in range(32, len(odd), 3):
        yield "open", f"changing-{at}", odd + _open_tail(start=at, size=(0x40, 0x22, 0x5c)[at % 2], way=4, allocation=1)
    yield "open", "file-map-memory", two + _open_tail(way=7, allocation=1)
    for way in (5, 6, 7):
        empty = builder.pack(builder.header(many[:2]))
        yield "open", f"file-empty-payload-{way}", empty + _open_tail(way=way)
    for size, start, odd in ((1, 0, 8), (0, 7, 8), (2, 7, 8), (3, 32_767, 8), (9, 32_768, 0), (9, 32_768, 8), (2_048, 32_768, 0),
                             (600, 32_400, 8), (1, 33_791, 8), (0, 33_792, 0), (2, 33_791, 8), (47, 63, 0), (300, 5, 0)):
        yield "open", f"glyph-{start}-{size}-{odd}", builder.one_glyph() + _open_tail(size=size, start=start, way=odd)
    swapped = builder.header([many[2], many[0], many[1]])
    yield "open", "unsorted", builder.pack(swapped) + _open_tail()


def _header():
    def tail(region=64, limit=255, cut=0):
        return struct.pack("<HBB", region, limit, cut)

    def text_of(pack):
        length = struct.unpack_from("<I", pack, 8)[0]
        return pack[32:32 + length]

    small = [one for one in _packs() if 40 < len(one.files) < SMALL and one.files[:4] == b"ASPA"]
    for one in _first_of_each_rule(small):
        yield "header", _name(one), text_of(one.files) + tail()
    two = text_of(builder.two_scenes(preload=[builder.wanted(1, 0), builder.wanted(2, 1)]))
    for name, options in (("region-exact", {"region": 8}), ("region-short", {"region": 7}), ("limit-1", {"limit": 1}),
                          ("limit-2", {"limit": 2}), ("endless", {"limit": 8}), ("empty-region", {"region": 0})):
        yield "header", name, two + tail(**options)
    for nth in (32, 33, 34, 35, 36, 37, 38, 64, 65, 66, 67):
        yield "header", f"disturbed-{nth}", two + tail(cut=nth, region=60)
        yield "header", f"disturbed-preload-{nth}", two + tail(cut=nth, region=len(two) - 20)
    yield "header", "beginnings", two + tail(cut=128)
    odd = ('"\\u0001\\u001f\\u000b\\u000e\\u000f\\u0010\\u0019\\u0007\\b\\t\\n\\f\\r\\"\\\\é😀€"', '"plain and long enough for a whole word"')
    values = [("a", '{"\\"q":"x","a":1,"b":[true,false,null,-5,{"c":[]}],"é":0}'), ("b", odd[0]), ("c", "12345678"), ("d", "1234567"),
              ("e", "9007199254740991"), ("f", "-1"), ("g", "[[],{}]"), ("h", "{}")]
    for i, name in enumerate(odd):
        row = builder.entry(asset_id=1, asset_name=name, offset=0, size=0, decoded_size=2**53 - 1,
                            metadata="{" + ",".join(f'"{key}":{value}' for key, value in values) + "}")
        again = builder.entry(asset_id=12_345_678, asset_name='"b"', offset=0, size=0, metadata='{"a":1,"b":2,"z":3}')
        text = builder.header([row, again], [builder.wanted(1, 0)])
        yield "header", f"beginnings-{i}", text.encode() + tail(cut=128)
    bare = builder.header([builder.entry(offset=0, size=0)]).encode()
    for name, old, new in (("escape-upper", b'"metadata":{', b'"metadata":{"a":"\\u001F"'), ("escape-0008", b'"metadata":{', b'"metadata":{"a":"\\u0008"'),
                           ("escape-0020", b'"metadata":{', b'"metadata":{"a":"\\u0020"'), ("escape-000g", b'"metadata":{', b'"metadata":{"a":"\\u000g"'),
                           ("escape-001/", b'"metadata":{', b'"metadata":{"a":"\\u001/"'), ("escape-000:", b'"metadata":{', b'"metadata":{"a":"\\u000:"'),
                           ("escape-x", b'"metadata":{', b'"metadata":{"a":"\\x"'), ("long-zero", b'"metadata":{', b'"metadata":{"a":0123456789'),
                           ("long-over", b'"metadata":{', b'"metadata":{"a":9007199254740992'), ("long-17", b'"metadata":{', b'"metadata":{"a":12345678901234567'),
                           ("no-colon", b'"metadata":{', b'"metadata":{"a",1'), ("equal-keys", b'"metadata":{', b'"metadata":{"a":1,"a":1'),
                           ("falling-keys", b'"metadata":{', b'"metadata":{"b":1,"a":1'), ("prefix-keys", b'"metadata":{', b'"metadata":{"ab":1,"a":1'),
                           ("escaped-keys", b'"metadata":{', b'"metadata":{"\\n":1,"a":1'), ("deep", b'"metadata":{', b'"metadata":{"a":' + b"[" * 20 + b"]" * 20),
                           ("bracket", b'"metadata":{', b'"metadata":{"a":[1}'), ("behind", b"}],", b"};,"), ("behind-entry", b"}],", b"}}],")):
        yield "header", "not-canonical-" + name.replace("/", "slash").replace(":", "colon"), bare.replace(old, new, 1) + tail()
    yield "header", "nothing", tail()
    dup = (b'{"asset_table":[true,false,null,"s",1,[],{"a":1,"a":2}],"preload":[true,{"x":0,"x":1}],"preload":[{"y":0,"y":1}],'
           b'"asset_table":[{"z":0,"z":1}],"asset_table":{"b":0,"b":{"c":0,"c":0}}}')
    yield "header", "duplicates-everywhere", dup + tail()
    busy = (b'{"x":[1,{"y":2}],"preload":[{"asset_id":2,"slot":0},{"asset_id":7,"slot":1},[1],{"slot":2,"asset_id":2}],"asset_table":[{"asset_id":2,"asset_name":"a"},'
            b'[1,2],{"asset_id":2,"x":{"y":[3]}},{"asset_id":1,"codec":"NONE"},"s"],"z":{"w":[4,5]}}')
    marks = [at for at in range(len(busy)) if busy[at:at + 1] in b'{}[],:"' and at % 3 != 1]
    for at in marks:
        yield "header", f"disturbed-busy-{at}", busy + tail(cut=0x41, region=at)
    for name, cut in (("faulty", 4), ("faulty-2", 5), ("faulty-3", 6)):
        yield "header", f"cut-busy-{name}", busy + tail(cut=cut)
    faulty = b'{"asset_table":[{},{"asset_id":1,"asset_id":2},3],"preload":[{},4],"preload":5}'
    for cut in range(0, 32, 3):
        yield "header", f"cut-{cut}", faulty + tail(cut=cut)
        yield "header", f"no-memory-{cut}", two + tail(cut=cut)


def _prelude():
    def seed(start, beyond, cap=0):
        return start + struct.pack("<QI", beyond, cap)

    good = {"header_len": 100, "payload_offset": 132}
    edges = {
        "valid": (good, 200, 0), "exact": (good, 132, 0), "late": ({"header_len": 100, "payload_offset": 140}, 200, 0),
        "at-end": ({"header_len": 100, "payload_offset": 200}, 200, 0),
        "payload-past": ({"header_len": 100, "payload_offset": 201}, 200, 0),
        "payload-early": ({"header_len": 100, "payload_offset": 131}, 200, 0),
        "payload-zero": ({"header_len": 100, "payload_offset": 0}, 200, 0),
        "payload-most": ({"header_len": 100, "payload_offset": 2**64 - 1}, 200, 0),
        "length-zero": ({"header_len": 0, "payload_offset": 32}, 200, 0),
        "length-one": ({"header_len": 1, "payload_offset": 33}, 200, 0),
        "length-two": ({"header_len": 2, "payload_offset": 34}, 200, 0),
        "length-most": ({"header_len": 2**32 - 1, "payload_offset": 2**32 + 31}, 2**33, 0),
        "length-cap": ({"header_len": 2**28, "payload_offset": 2**28 + 32}, 2**33, 0),
        "length-cap-over": ({"header_len": 2**28 + 1, "payload_offset": 2**28 + 33}, 2**33, 0),
        "own-cap": (good, 200, 100), "own-cap-over": (good, 200, 99), "truncated": (good, 131, 0),
        "truncated-disagree": ({"header_len": 100, "payload_offset": 50}, 131, 0), "file-most": (good, 2**64 - 1, 0),
        "version-zero": (good | {"schema_version": 0}, 200, 0), "version-two": (good | {"schema_version": 2}, 200, 0),
        "flags": (good | {"flags": 1}, 200, 0), "reserved": (good | {"reserved": 2**31}, 200, 0),
        "checksum": (good | {"header_checksum": 7}, 200, 0), "magic": (good | {"magic": b"ASPB"}, 200, 0),
        "magic-backwards": (good | {"magic": b"APSA"}, 200, 0), "swapped": (good | {"schema_version": 1 << 24}, 200, 0),
    }
    for name, (fields, beyond, cap) in edges.items():
        yield "prelude", name, seed(builder.prelude(**fields), beyond, cap)
    legacy = b"PPA1" + struct.pack("<5I", 1, 20, 44, 0, 0)
    yield "prelude", "legacy", seed(legacy + bytes(8), 200)
    yield "prelude", "legacy-24", seed(legacy, 24)
    yield "prelude", "legacy-past", seed(b"PPA1" + struct.pack("<5I", 1, 177, 44, 0, 0) + bytes(8), 200)
    yield "prelude", "legacy-length-one", seed(b"PPA1" + struct.pack("<5I", 1, 1, 44, 0, 0) + bytes(8), 200)
    yield "prelude", "legacy-cap", seed(legacy + bytes(8), 200, 19)
    for size in (0, 1, 4, 23, 24, 31):
        yield "prelude", f"short-{size}", seed(builder.prelude(**good)[:size], 0)


def _companions():
    order = ("assets.pa", "asset_table.json", "preload.json", "asset_table_metadata.json")

    def seed(files, missing=0, repair=0, allocation=0):
        parts = [files.get(name, b"") for name in order]
        sizes = [len(part) for part in parts]
        return b"".join(parts) + struct.pack("<HHHBBB", sizes[2], sizes[1], sizes[0], allocation, repair, missing)

    cases = [one for one in make_packs.all_cases() if one.path.startswith("builds/")]
    for one in cases:
        missing = sum(1 << i for i, name in enumerate(order) if i > 0 and name not in one.files)
        yield "companions", _name(one), seed(one.files, missing)
    good = next(one for one in cases if one.path == "builds/valid/two-scenes").files
    spoiled = good | {"asset_table_metadata.json": good["asset_table_metadata.json"].replace(b'"one"', b'"two"')}
    yield "companions", "repaired", seed(spoiled | {"asset_table.json": b"[]"}, repair=3)
    yield "companions", "repaired-mirrors", seed(spoiled | {"preload.json": b"{}"}, repair=1)
    yield "companions", "missing-all", seed({"assets.pa": good["assets.pa"]}, missing=14)
    yield "companions", "no-pack", seed(good | {"assets.pa": b""})
    for allocation in (1, 2, 3, 5, 8, 12, 16, 20, 24, 28, 32, 40, 50):
        yield "companions", f"no-memory-{allocation}", seed(good, allocation=allocation)
        yield "companions", f"no-memory-spoiled-{allocation}", seed(spoiled, allocation=allocation)


def _extract():
    """Packs that conform, one for each rule that they may break, and sets with their companions."""
    def seed(pack, companion=b"", repaired=0, kind=0, nth=0):
        return pack + companion + struct.pack("<BBHH", repaired, kind, nth, len(companion))

    small = [one for one in _packs() if len(one.files) < SMALL]
    valid = [one for one in small if one.path.startswith("packs/valid/")]
    for one in valid + list(_first_of_each_rule([one for one in small if one not in valid])):
        yield "extract", _name(one), seed(one.files)
    two = builder.two_scenes(preload=[builder.wanted(1, 0), builder.wanted(2, 15)])
    for what, pack in (("glyph", builder.one_glyph()), ("sound", builder.one_sound()), ("two", two)):
        yield "extract", what, seed(pack)
        for nth in range(0, 300, 60):
            yield "extract", f"{what}-no-memory-{nth}", seed(pack, kind=1, nth=nth)
            yield "extract", f"{what}-no-call-{nth}", seed(pack, kind=2, nth=nth)
    for one in make_packs.all_cases():
        if one.path.startswith("builds/valid/") and len(one.files["assets.pa"]) < 4 * SMALL and "asset_table_metadata.json" in one.files:
            yield "extract", "set-" + _name(one), seed(one.files["assets.pa"], one.files["asset_table_metadata.json"])


def _parameters():
    """Targets whose inputs are nothing but choices."""
    chance = random.Random(1)
    for i in range(70):
        yield "roundtrip", f"chance-{i:02}", chance.randbytes(20 + 17 * i)
    for mutation in range(10):
        for file in range(4):
            for place in (7,):
                yield "mutate_valid", f"mutation-{mutation}-{file}-{place}", b'0{"\xff' + struct.pack(
                    "<IIBBB", place * 5 + 1, place * 11, mutation, file, (file + mutation) % 4)


def seeds():
    for part in (_verify, _odd, _open, _header, _prelude, _companions, _extract, _parameters):
        yield from part()
