"""corpus/builds: a pack with its three companions, section 3, rules companion-*, *-mismatch and hash-mismatch.

The canonical texts are written out piece by piece; only the hashes are calculated, with the xxhash module."""

import xxhash

from builder import SCENE, SOUND, entry, glyph, header, members, pack, palette, sheet, sound, wanted
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

    assets: (entry, payload, decoded form) of each asset."""

    def __init__(self, assets, preload=(), inputs=(), pipeline=None):
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
        self.schema_version = 1
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
            ("metadata-schema-version", {"schema_version": 2}, "schema_version is 2"),
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
