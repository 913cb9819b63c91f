"""corpus/builds: a pack with its three companions, section 3, rules companion-*, *-mismatch and hash-mismatch.

The canonical texts are written out piece by piece; only the hashes are calculated, with the xxhash module."""

import xxhash

from builder import SCENE, SOUND, entry, glyph, glyph_metadata, header, members, pack, palette, sheet, sound, wanted
from case import OPEN

UUID = '"6f1c2d3e-0000-4000-8000-00000000000{}"'
ZERO_HASH = '"00000000000000000000000000000000"'


def xxh3(data):
    """XXH3, 128 bits, seed 0, canonical form, as a JSON string."""
    return f'"{xxhash.xxh3_128(data).hexdigest()}"'


def flip(hash_):
    """The hash with its last digit changed."""
    return hash_[:-2] + ("1" if hash_[-2] == "0" else "0") + '"'


class Build:
    """The parts of a build directory, each of which a case may spoil before files() puts them together.

    assets: (entry, payload, decoded form) of each asset. tiles: of every asset, or None."""

    def __init__(self, assets, preload=(), inputs=(), pipeline=None, tiles=None, schema_version=2):
        self.table = "[" + ",".join(asset[0] for asset in assets) + "]"
        self.preload = "[" + ",".join(preload) + "]"
        self.header = header([asset[0] for asset in assets], preload)
        self.pack = pack(self.header, b"".join(asset[1] for asset in assets))
        self.inputs = "[" + ",".join(inputs) + "]"
        self.ids = [index + 1 for index in range(len(assets))]
        self.payload_hashes = [xxh3(asset[1]) for asset in assets]
        self.decoded_hashes = [xxh3(asset[2]) for asset in assets]
        self.pipeline = pipeline
        self.header_hash = xxh3(self.header.encode())
        self.size = len(self.pack)
        self.pack_hash = xxh3(self.pack)
        self.hash_name = '"xxh3-128"'
        self.tiles = tiles
        self.schema_version = schema_version
        self.extra = ()
        self.document_hash = None

    def asset(self, index):
        pairs = [
            ("asset_id", self.ids[index]),
            ("asset_root", f'"assets/{self.ids[index]}"'),
            ("asset_uuid", UUID.format(self.ids[index])),
            ("decoded_xxh3_128", self.decoded_hashes[index]),
            ("inputs", self.inputs),
            ("payload_xxh3_128", self.payload_hashes[index]),
        ]
        if self.pipeline is not None:
            pairs.append(("pipeline", self.pipeline))
        if self.tiles is not None:
            pairs.append(("tiles", self.tiles))
        return members(pairs)

    def document(self):
        pairs = [
            ("assets", "[" + ",".join(self.asset(index) for index in range(len(self.ids))) + "]"),
            ("assets_pa", members((
                ("header_xxh3_128", self.header_hash), ("size", self.size), ("xxh3_128", self.pack_hash)))),
            ("hash", self.hash_name),
            ("schema_version", self.schema_version),
            *self.extra,
        ]
        hash_ = self.document_hash or xxh3(members(sorted(pairs)).encode())
        return members(sorted([*pairs, ("document_xxh3_128", hash_)]))

    def files(self, **replaced):
        """table, preload, document, pack: other text or bytes for that file, or None for no file."""
        parts = {
            "asset_table.json": replaced.get("table", self.table),
            "preload.json": replaced.get("preload", self.preload),
            "asset_table_metadata.json": replaced.get("document", self.document()),
            "assets.pa": replaced.get("pack", self.pack),
        }
        return {name: part.encode() if isinstance(part, str) else part
                for name, part in parts.items() if part is not None}


def two():
    """Two SCENE, one of them preloaded, with an input."""
    return Build([
        (entry(asset_id=1, asset_name='"one"'), SCENE, SCENE),
        (entry(asset_id=2, asset_name='"two"', offset=4), SCENE, SCENE),
    ], [wanted(1, 0)], [members((("path", '"scene.bin"'), ("size", 4), ("xxh3_128", xxh3(SCENE))))])


def sprite(path='"a.png"', tile=0, columns=1, rows=1, palette=0, palettes=None, drop=(), extra=()):
    """An element of tiles."""
    named = ("palette", palette) if palettes is None else ("palettes", palettes)
    return members((("columns", columns), named, ("path", path), ("rows", rows), ("tile", tile)), drop, extra)


def drawn(*sprites, stray=None, authored=2, tiles=None, **overrides):
    """A sheet of 256 tiles of 16 x 16 pixels with two palettes and the sprites that tiles names. Each of tiles 0 to 5 has a pixel; stray is
    another tile with one."""
    pixels = bytearray(32_768)
    for tile in [*range(6), *([] if stray is None else [stray])]:
        pixels[(tile // 16 * 16 * 256 + tile % 16 * 16) // 2] = 0x10
    stored = sheet({0: palette(0, 0xFFFF), 1: palette(0, 0xF800)}, bytes(pixels))
    decoded = b"".join(bytes((byte >> 4, byte & 15)) for byte in stored[:32_768]) + stored[32_768:]
    entry_ = glyph(metadata=glyph_metadata(palette_authored=authored, **overrides))
    return Build([(entry_, stored, decoded)], tiles="[" + ",".join(sprites) + "]" if tiles is None else tiles)


SIX = (sprite(columns=3, palettes="[0,1,0]"), sprite('"b.png"', 3, 1, 2), sprite('"a.png"', 5, palette=1))


def spoiled(**attributes):
    """two() with some of its parts replaced before the document is written, so that its own hash is right."""
    build = two()
    for name, value in attributes.items():
        setattr(build, name, value)
    return build.files()


def add(cases):
    _valid(cases)
    _missing(cases)
    _mirrors(cases)
    _document(cases)
    _mismatch(cases)
    _hashes(cases)
    _tiles(cases)


def _valid(cases):
    valid = cases.valid
    valid("two-scenes", two().files(), "two SCENE, one preloaded")
    valid("empty", Build([]).files(), "no asset")
    valid("pipeline",
          Build([(entry(), SCENE, SCENE)], pipeline='{"steps":["cut",{"ratio":2}]}').files(),
          "the declaration had a pipeline")
    valid("no-inputs", Build([(entry(), SCENE, SCENE)]).files(), "an asset without inputs")
    valid("sounds", Build([(sound(), SOUND, SOUND)], [wanted(1, 0)]).files(),
          "the decoded form of a sound is what is stored")
    valid("scene-zero-bytes", Build([(entry(size=0, decoded_size=0), b"", b"")]).files(), "the hash of no bytes")
    # Pixels 1, 2, 3, 4 are stored as 12 34 and decode to a byte each.
    stored = sheet({0: palette(0, 0xFFFF)}, b"\x12\x34" + bytes(32_766))
    decoded = b"\x01\x02\x03\x04" + bytes(65_532) + stored[32_768:]
    valid("glyph", Build([(glyph(), stored, decoded)]).files(),
          "the decoded form of a sheet has a byte a pixel, then the palettes")
    version_1 = Build([(glyph(), stored, decoded)], schema_version=1)
    valid("version-1", version_1.files(), "a document of version 1, which has no tiles")
    valid("tiles", drawn(*SIX).files(), "three sprites with their tiles; the first one has a palette for each tile")
    apart = drawn(sprite(tile=255, palette=1), sprite(tile=0, columns=5, rows=51), stray=255)
    valid("tiles-full", apart.files(), "every tile has a sprite")
    valid("tiles-empty", Build([(glyph(), sheet(), bytes(67_584))], tiles="[]").files(), "no sprite, and an empty sheet")
    valid("names", Build([(entry(asset_name='"😀 é"'), SCENE, SCENE)]).files(),
          "a name outside ASCII")


def _missing(cases):
    for file, part in (("asset-table", "table"), ("preload", "preload"), ("metadata", "document")):
        cases.taken(f"companion-missing.{file}", two().files(**{part: None}), OPEN,
                    f"one companion is not there ({part})")
    cases.taken("companion-missing.all", two().files(table=None, preload=None, document=None), OPEN,
                "nothing but the pack")


def _mirrors(cases):
    taken = cases.taken
    build = two()
    for variant, parts, note in (
            ("table-empty", {"table": ""}, "a file of no bytes"),
            ("table-cut", {"table": build.table[:-1]}, "the last bracket is missing"),
            ("table-white-space", {"table": build.table.replace(",", ", ", 1)}, "equal values, another form"),
            ("table-newline", {"table": build.table + "\n"}, "a newline behind the array"),
            ("table-bom", {"table": "\ufeff" + build.table}, "a byte-order mark"),
            ("table-object", {"table": "{}"}, "an object instead of an array"),
            ("table-duplicate-key", {"table": build.table.replace('"size":4', '"size":4,"size":4', 1)}, "a key twice"),
            ("table-latin-1", {"table": build.table.encode().replace(b"one", b"\xe9ne")}, "not UTF-8"),
            ("preload-null", {"preload": "null"}, "null instead of an array"),
            ("preload-newline", {"preload": build.preload + "\n"}, "a newline behind the array"),
            ("preload-key-order", {"preload": '[{"slot":0,"asset_id":1}]'}, "equal values, another form"),
    ):
        taken(f"companion-syntax.{variant}", two().files(**parts), OPEN, note)


def _document(cases):
    taken = cases.taken
    document = two().document()
    for variant, text, note in (
            ("metadata-empty", "", "a file of no bytes"),
            ("metadata-empty-object", "{}", "no member at all"),
            ("metadata-array", "[]", "an array instead of an object"),
            ("metadata-cut", document[:-1], "the last brace is missing"),
            ("metadata-newline", document + "\n", "a newline behind the object"),
            ("metadata-white-space", document.replace(":", ": ", 1), "a space behind a colon"),
    ):
        taken(f"companion-syntax.{variant}", two().files(document=text), OPEN, note)
    build = two()
    for variant, attributes, note in (
            ("metadata-unknown-member", {"extra": (("tool", '"x"'),)}, "a member that section 3 does not list"),
            ("metadata-schema-version", {"schema_version": 3}, "schema_version is 3"),
            ("metadata-schema-version-zero", {"schema_version": 0}, "schema_version is 0"),
            ("metadata-hash-name", {"hash_name": '"xxh64"'}, "another kind of hash"),
            ("metadata-hash-short", {"pack_hash": build.pack_hash[:-2] + '"'}, "a hash of 31 digits"),
            ("metadata-hash-upper-case", {"pack_hash": '"' + "A" * 32 + '"'}, "a hash in upper case"),
            ("metadata-hash-number", {"header_hash": "0"}, "a number instead of a hash"),
            ("metadata-size-string", {"size": f'"{build.size}"'}, "a string instead of a size"),
            ("metadata-size-negative", {"size": -1}, "a negative size"),
            ("metadata-inputs-object", {"inputs": "{}"}, "an object instead of a list"),
            ("metadata-input-without-path", {"inputs": '[{"size":4,"xxh3_128":' + ZERO_HASH + "}]"},
             "an input without path"),
            ("metadata-pipeline-null", {"pipeline": "null"}, "null instead of a pipeline"),
            ("metadata-one-asset-less", {"ids": [1]}, "one element an entry: here is one less"),
            ("metadata-asset-order", {"ids": [2, 1]}, "the elements stand in another order than the entries"),
            ("metadata-other-id", {"ids": [1, 3]}, "an id that the table does not have"),
    ):
        taken(f"companion-syntax.{variant}", spoiled(**attributes), OPEN, note)


def _mismatch(cases):
    taken = cases.taken
    build = two()
    one, second = entry(asset_id=1, asset_name='"one"'), entry(asset_id=2, asset_name='"two"', offset=4)
    third = entry(asset_id=3, asset_name='"three"', offset=8)
    for variant, table, note in (
            ("name", build.table.replace('"two"', '"too"'), "another name"),
            ("size", build.table.replace('"size":4}]', '"size":5}]'), "another size"),
            ("metadata", build.table.replace('"metadata":{}', '"metadata":{"x":1}', 1), "another metadata"),
            ("entry-missing", f"[{one}]", "one entry less"),
            ("entry-added", f"[{one},{second},{third}]", "one entry more"),
            ("order", f"[{second},{one}]", "the entries in another order"),
            ("empty", "[]", "no entry"),
    ):
        taken(f"table-mismatch.{variant}", build.files(table=table), OPEN, note)
    for variant, preload, note in (
            ("slot", "[" + wanted(1, 1) + "]", "another slot"),
            ("asset-id", "[" + wanted(2, 0) + "]", "another asset"),
            ("empty", "[]", "no entry"),
            ("added", "[" + wanted(1, 0) + "," + wanted(2, 1) + "]", "one entry more"),
    ):
        taken(f"preload-mismatch.{variant}", build.files(preload=preload), OPEN, note)


def _hashes(cases):
    taken = cases.taken
    build = two()
    for variant, attributes, note in (
            ("header", {"header_hash": flip(build.header_hash)}, "the recorded hash of the header"),
            ("payload", {"payload_hashes": [build.payload_hashes[0], flip(build.payload_hashes[1])]},
             "the recorded hash of a payload"),
            ("decoded", {"decoded_hashes": [flip(build.decoded_hashes[0]), build.decoded_hashes[1]]},
             "the recorded hash of a decoded form"),
            ("file", {"pack_hash": flip(build.pack_hash)}, "the recorded hash of the whole file"),
            ("size", {"size": build.size + 1}, "the recorded size of the file"),
            ("document", {"document_hash": ZERO_HASH}, "the document's own hash"),
            ("byte-swapped", {"pack_hash": '"' + bytes.fromhex(build.pack_hash[1:-1])[::-1].hex() + '"'},
             "a hash in little-endian form"),
    ):
        taken(f"hash-mismatch.{variant}", spoiled(**attributes), OPEN, note)
    taken("hash-mismatch.payload-byte", build.files(pack=build.pack[:-1] + b"\x05"), OPEN,
          "one bit of the last payload changed")
    # The name has one bit changed in the header and in its mirror: only the hashes tell.
    other = build.header.replace('"two"', '"twn"').encode()
    taken("hash-mismatch.header-byte",
          build.files(pack=build.pack[:32] + other + build.pack[32 + len(other):],
                      table=build.table.replace('"two"', '"twn"')),
          OPEN, "a name changed in header and mirror alike")
    document = build.document()
    taken("hash-mismatch.document-path", build.files(document=document.replace("scene.bin", "scene.bim")), OPEN,
          "a path in the document changed: nothing but the document's hash tells")


def _tiles(cases):
    """3.1: the form of tiles, and what can be checked of it without sources."""
    taken = cases.taken
    a, b, c = SIX
    for variant, build, note in (
            ("tiles-version-1", {"schema_version": 1}, "tiles in a document of version 1"),
            ("tiles-object", {"tiles": "{}"}, "an object instead of a list"),
            ("tiles-null", {"tiles": "null"}, "null instead of a list"),
            ("tiles-element", {"tiles": "[0]"}, "a number instead of an element"),
            ("tiles-unknown-member", {"tiles": f"[{a},{b},{sprite(tile=5, extra=(('size', 1),))}]"},
             "a member that 3.1 does not list"),
            ("tiles-without-path", {"tiles": f"[{a},{b},{sprite(tile=5, drop=('path',))}]"}, "an element without path"),
            ("tiles-without-rows", {"tiles": f"[{a},{b},{sprite(tile=5, drop=('rows',))}]"}, "an element without rows"),
            ("tiles-without-palette", {"tiles": f"[{a},{b},{sprite(tile=5, drop=('palette',))}]"},
             "neither palette nor palettes"),
            ("tiles-both-palettes", {"tiles": f"[{a},{b},{sprite(tile=5, extra=(('palettes', '[0]'),))}]"},
             "palette and palettes"),
            ("tiles-string", {"tiles": f"[{a},{b},{sprite(tile=ZERO_HASH)}]"}, "a string instead of a number"),
            ("tiles-palettes-string", {"tiles": f"[{sprite(columns=3, palettes=f'[0,{ZERO_HASH},0]')},{b},{c}]"},
             "a string in palettes"),
            ("tiles-fraction", {"tiles": f"[{a},{b},{sprite(tile='5.0')}]"}, "a number with a fraction"),
    ):
        spoilt = drawn(*SIX)
        for name, value in build.items():
            setattr(spoilt, name, value)
        taken(f"companion-syntax.{variant}", spoilt.files(), OPEN, note)
    for variant, build, note in (
            ("tile-negative", drawn(a, b, c, sprite(tile=-1)), "a negative tile"),
            ("columns-zero", drawn(a, b, c, sprite(tile=6, columns=0)), "no column"),
            ("rows-zero", drawn(a, b, c, sprite(tile=6, rows=0)), "no row"),
            ("columns-negative", drawn(a, b, c, sprite(tile=6, columns=-1, rows=-1)), "negative columns and rows"),
            ("past-the-end", drawn(a, b, c, sprite(tile=255, columns=2)), "the last tile of the sprite is tile 256 of 256"),
            ("past-the-end-by-rows", drawn(a, b, c, sprite(tile=6, columns=2, rows=126)), "252 tiles from tile 6 on"),
            ("overflow", drawn(a, b, c, sprite(tile=6, columns=2**32, rows=2**32)), "2^64 tiles"),
            ("tile-of-smaller-tiles", drawn(a, b, c, sprite(tile=256)), "tile 256, which a sheet of 8 x 8 would have"),
            ("two-sprites", drawn(a, b, c, sprite(tile=5)), "two sprites have tile 5"),
            ("two-sprites-inside", drawn(a, b, c, sprite(tile=6, columns=2), sprite(tile=7)), "two sprites have tile 7"),
            ("palette-negative", drawn(a, b, sprite(tile=5, palette=-1)), "a negative palette"),
            ("palette-not-authored", drawn(a, b, sprite(tile=5, palette=2)), "palette 2 of 2"),
            ("palettes-not-authored", drawn(sprite(columns=3, palettes="[0,1,2]"), b, c), "palette 2 of 2 in a list"),
            ("palettes-short", drawn(sprite(columns=3, palettes="[0,1]"), b, c), "one palette less than tiles"),
            ("palettes-long", drawn(sprite(columns=3, palettes="[0,1,0,1]"), b, c), "one palette more than tiles"),
            ("palettes-none", drawn(sprite(columns=3, palettes="[]"), b, c), "palettes has no element"),
            ("palettes-equal", drawn(sprite(columns=3, palettes="[1,1,1]"), b, c), "all tiles have one palette in a list"),
            ("stray-pixel", drawn(a, b, c, stray=100), "a pixel in tile 100, which no sprite has"),
            ("stray-pixel-last", drawn(a, b, c, stray=255), "a pixel in the last tile, which no sprite has"),
            ("sprite-missing", drawn(a, b), "tile 5 has a pixel, and no sprite"),
            ("none", drawn(tiles="[]"), "no sprite, and a sheet with pixels"),
            ("scene", Build([(entry(), SCENE, SCENE)], tiles="[]"), "a SCENE with tiles"),
            ("sound", Build([(sound(), SOUND, SOUND)], tiles=f"[{a}]"), "a sound with tiles"),
    ):
        taken(f"tiles-mismatch.{variant}", build.files(), OPEN, note)
