"""corpus/packs/invalid, the header's shape and its entries: section 1.2, rules header-*, entry-*, id-*, name-*, bank-*
and codec-*."""

from builder import SCENE, entry, header, one_scene, pack, two_scenes, wanted
from case import OPEN, after, at

START = 32
EXACT = 2**53 - 1


def add(cases):
    _shape(cases)
    _unknown_members(cases)
    _missing_members(cases)
    _types(cases)
    _ranges(cases)
    _exact_range(cases)
    _identity(cases)
    _names(cases)
    _bank_and_codec(cases)
    _several(cases)


def _shape(cases):
    for variant, text, where, note in (
            ("root-array", "[]", START, "the root is an array"),
            ("root-string", '"asset_table"', START, "the root is a string"),
            ("root-number", "12", START, "the root is a number"),
            ("root-null", "null", START, "the root is null"),
            ("table-missing", '{"preload":[]}', START, "no asset_table"),
            ("table-object", '{"asset_table":{},"preload":[]}', after('"asset_table":'), "asset_table is an object"),
            ("table-null", '{"asset_table":null,"preload":[]}', after('"asset_table":'), "asset_table is null"),
            ("table-string", '{"asset_table":"[]","preload":[]}', after('"asset_table":'), "asset_table is a string"),
            ("preload-object", '{"asset_table":[],"preload":{}}', after('"preload":'), "preload is an object"),
            ("preload-null", '{"asset_table":[],"preload":null}', after('"preload":'),
             "null is not the same as no preload"),
            ("preload-false", '{"asset_table":[],"preload":false}', after('"preload":'), "preload is false"),
            ("entry-array", '{"asset_table":[[]],"preload":[]}', after('"asset_table":['), "an entry is an array"),
            ("entry-null", '{"asset_table":[null],"preload":[]}', after('"asset_table":['), "an entry is null"),
            ("entry-number", '{"asset_table":[1],"preload":[]}', after('"asset_table":['), "an entry is a number"),
    ):
        cases.refused(f"header-shape.{variant}", pack(text), where, note)
    cases.refused("header-shape.entry-string-last", pack(header([entry(), '"x"']), SCENE), at('"x"'),
                  "the second entry is a string; the first is sound")
    cases.refused("header-shape.preload-entry-number", one_scene(preload=["1"]), after('"preload":['),
                  "a preload entry is a number")
    cases.refused("header-shape.preload-entry-array", one_scene(preload=["[1,0]"]), after('"preload":['),
                  "a preload entry is an array")


def _unknown_members(cases):
    taken = cases.taken
    taken("header-unknown-member.root", pack('{"asset_table":[],"preload":[],"version":1}'), at('"version"'),
          "a third member of the root")
    taken("header-unknown-member.root-case", pack('{"Asset_table":[],"asset_table":[],"preload":[]}'),
          at('"Asset_table"'), "names of members have a case")
    taken("preload-missing.case", pack('{"Preload":[],"asset_table":[]}'), START, "preload with a capital letter",
          "header-unknown-member:C,preload-missing:C")
    taken("header-unknown-member.entry", one_scene(extra=[("tags", "[]")]), at('"tags"'), "a ninth member of an entry")
    taken("header-unknown-member.entry-case", one_scene(extra=[("Size", "9")]), at('"Size"'),
          "names of members have a case")
    taken("header-unknown-member.entry-prefix", one_scene(extra=[("siz", "9")]), at('"siz"'),
          "the beginning of a known name")
    taken("header-unknown-member.entry-empty-name", one_scene(extra=[("", "null")]), at('"":null'),
          "a member without a name")
    # U+0000 and what follows are part of the name: a name that ends there is another one.
    taken("header-unknown-member.entry-nul", one_scene(extra=[("size\\u0000", "9")]), at('"size\\u0000"'),
          "a known name with U+0000 behind it")
    taken("header-unknown-member.entry-container",
          one_scene(extra=[("extra", '{"asset_id":-1,"list":[null,"x"],"slot":99}')]),
          at('"extra"'), "what is inside the member is not judged")
    taken("header-unknown-member.preload-entry", one_scene(preload=[wanted(extra=[("bank", '"SCENE"')])]),
          at('"bank":'),
          "a third member of a preload entry")


def _missing_members(cases):
    refused = cases.refused
    for name in ("asset_id", "asset_name", "bank_type", "codec", "decoded_size", "metadata", "offset", "size"):
        refused(f"entry-missing-member.{name.replace('_', '-')}", one_scene(drop=(name,)), after('"asset_table":['),
                f"no {name}")
    refused("entry-missing-member.second-entry", two_scenes(second={"drop": ("codec",)}), at('{"asset_id":2'),
            "no codec in the second entry")
    # If the one named by preload lost its id, nobody can say that preload is wrong.
    refused("entry-missing-member.asset-id-preloaded", one_scene(drop=("asset_id",), preload=[wanted()]),
            after('"asset_table":['),
            "no asset_id in the entry that preload probably means")
    refused("entry-missing-member.preload-asset-id", one_scene(preload=[wanted(drop=("asset_id",))]),
            after('"preload":['),
            "no asset_id in a preload entry")
    refused("entry-missing-member.preload-slot", one_scene(preload=[wanted(drop=("slot",))]), after('"preload":['),
            "no slot in a preload entry")


def _types(cases):
    for member, wrong in (
            ("asset_id",
             {"string": '"1"', "fraction": "1.0", "exponent": "1e0", "null": "null", "true": "true", "array": "[1]"}),
            ("asset_name", {"number": "7", "null": "null", "object": "{}", "fraction": "1.5"}),
            ("bank_type", {"number": "2", "null": "null", "array": '["SCENE"]', "map": '{"SCENE":null}'}),
            ("codec", {"map": '{"NONE":null}', "null": "null", "false": "false", "number": "0"}),
            ("decoded_size", {"string": '"4"', "fraction": "4.0", "null": "null"}),
            ("metadata", {"array": "[]", "null": "null", "string": '"{}"', "true": "true"}),
            ("offset", {"fraction": "0.0", "exponent": "0E+0", "string": '"0"', "minus-zero-fraction": "-0.0"}),
            ("size", {"exponent": "4e0", "fraction": "4.5", "object": "{}", "false": "false"}),
    ):
        for kind, value in wrong.items():
            cases.refused(f"entry-type.{member.replace('_', '-')}-{kind}", one_scene(**{member: value}),
                          after(f'"{member}":'),
                          f"{member} is {value}")
    for member, kind, value in (
            ("asset_id", "string", '"1"'),
            ("asset_id", "fraction", "1.0"),
            ("slot", "string", '"0"'),
            ("slot", "fraction", "0.5"),
            ("slot", "exponent", "1e0"),
            ("slot", "null", "null"),
    ):
        cases.refused(f"entry-type.preload-{member.replace('_', '-')}-{kind}",
                      one_scene(preload=[wanted(**{member: value})]),
                      after('"preload":[{"asset_id":' + ('1,"slot":' if member == "slot" else "")),
                      f"{member} of a preload entry is {value}")


def _ranges(cases):
    for member, variant, value in (
            ("asset_id", "above", 2**31),
            ("asset_id", "below", -2**31 - 1),
            ("asset_id", "exact-limit", 2**53),
            ("asset_id", "forty-digits", "1234567890" * 4),
            ("decoded_size", "negative", -1),
            ("decoded_size", "above", 2**64),
            ("offset", "negative", -1),
            ("offset", "above", 2**64),
            ("size", "negative", -1),
            ("size", "above", 2**64),
            ("size", "wraps-to-four", 2**64 + 4),
            ("size", "forty-digits", "9" * 40),
            ("size", "below-all", -2**63 - 1),
    ):
        cases.refused(f"entry-range.{member.replace('_', '-')}-{variant}", one_scene(**{member: value}),
                      after(f'"{member}":'),
                      f"{member} is {value}")
    for variant, value in (("above", 2**31), ("below", -2**31 - 1), ("wraps-to-one", 2**32 + 1)):
        cases.refused(f"entry-range.preload-asset-id-{variant}", one_scene(preload=[wanted(value)]),
                      after('"preload":[{"asset_id":'),
                      f"asset_id of a preload entry is {value}")


def _exact_range(cases):
    taken, refused = cases.taken, cases.refused
    taken("entry-range-exact.id-zero", one_scene(asset_id=0), after('"asset_id":'), "asset_id is 0")
    taken("entry-range-exact.id-minus-zero", one_scene(asset_id="-0"), after('"asset_id":'),
          "asset_id is -0: its spelling is not judged beside its value")
    taken("entry-range-exact.id-negative", one_scene(asset_id=-1), after('"asset_id":'), "asset_id is -1")
    taken("entry-range-exact.id-lowest", one_scene(asset_id=-2**31), after('"asset_id":'),
          "the lowest id that the runtime takes")
    taken("entry-range-exact.id-preloaded", one_scene(asset_id=-5, preload=['{"asset_id":-5,"slot":0}']),
          at('-5,"asset_name"'),
          "preload may name an id below 1: the fault is the entry's")
    taken("entry-range-exact.decoded-size", one_scene(decoded_size=2**53), after('"decoded_size":'),
          "decoded_size is 2^53")
    taken("entry-range-exact.decoded-size-max", one_scene(decoded_size=2**64 - 1), after('"decoded_size":'),
          "decoded_size is 2^64-1")
    for variant, value in (("above", EXACT + 1), ("below", -EXACT - 1), ("sixty-four-bits", 2**64),
                           ("forty-digits", "1" * 40),
                           ("sixty-digits", "-" + "1" * 60)):
        taken(f"entry-range-exact.metadata-{variant}", one_scene(metadata=f'{{"x":{value}}}'), after('"x":'),
              f"{value} in metadata")
    taken("entry-range-exact.metadata-nested", one_scene(metadata=f'{{"x":[{{"y":{2**53}}}]}}'), after('"y":'),
          "2^53 deep in metadata")
    # No file is that long, so the slice cannot be inside it: one number, two classes (4.2.9).
    refused("entry-range-exact.offset", one_scene(offset=2**53), after('"offset":'),
            "offset is 2^53, and the slice not in the file",
            "entry-range-exact:C,slice-range:L")
    # One finding stands at size, the other at offset.
    refused("entry-range-exact.size", one_scene(size=2**53), OPEN, "size is 2^53, and the slice not in the file",
            "entry-range-exact:C,slice-range:L")


def _identity(cases):
    refused, taken = cases.refused, cases.taken
    refused("id-duplicate.neighbours", two_scenes({"asset_id": 2}), at('2,"asset_name":"two"'), "two entries with id 2")
    refused("id-duplicate.three", pack(header([entry(asset_id=7, asset_name=f'"{name}"', offset=4 * index)
                                               for index, name in enumerate("abc")]), SCENE * 3),
            at('7,"asset_name":"b"'),
            "three entries with id 7")
    taken("id-order.swapped", two_scenes({"asset_id": 2}, {"asset_id": 1}), at('1,"asset_name":"two"'),
          "id 2 stands before id 1")
    taken("id-order.first-last", pack(header([
        entry(asset_id=id_, asset_name=f'"{id_}"', offset=4 * index) for index, id_ in enumerate((2, 3, 1))
    ]), SCENE * 3), at('1,"asset_name":"1"'), "id 1 stands last of three")


def _names(cases):
    taken = cases.taken
    taken("name-empty.entry", one_scene(asset_name='""'), after('"asset_name":'), "an empty name")
    taken("name-duplicate.two", two_scenes({"asset_name": '"same"'}, {"asset_name": '"same"'}),
          after('"asset_id":2,"asset_name":'),
          "two entries with one name")
    taken("name-duplicate.apart", pack(header([
        entry(asset_id=id_, asset_name=f'"{name}"', offset=4 * id_ - 4) for id_, name in ((1, "x"), (2, "y"), (3, "x"))
    ]), SCENE * 3), after('"asset_id":3,"asset_name":'), "the first and the third entry have one name")
    for variant, spelling, note in (
            ("nul", "a\\u0000b", "U+0000"),
            ("newline", "a\\nb", "a line feed"),
            ("tab-first", "\\tb", "a tab at the beginning"),
            ("unit-separator", "a\\u001f", "U+001F at the end"),
            ("delete", "a\x7fb", "U+007F, which stands there unescaped"),
    ):
        taken(f"name-control.{variant}", one_scene(asset_name=f'"{spelling}"'), after('"asset_name":'),
              f"{note} in a name")


def _bank_and_codec(cases):
    refused = cases.refused
    refused("bank-legacy.tiles", one_scene(bank_type='"TILES"'), after('"bank_type":'), "the bank that is GLYPH now")
    for variant, bank in (("lower-case", "glyph"), ("empty", ""), ("singular", "SOUND"), ("plural", "GLYPHS"),
                          ("legacy-lower-case", "tiles"),
                          ("space", "SCENE "), ("nul", "SCENE\\u0000"), ("prefix", "SCEN"),
                          ("declared-type", "glyph_bank")):
        refused(f"bank-unknown.{variant}", one_scene(bank_type=f'"{bank}"'), after('"bank_type":'),
                f'bank_type is "{bank}"')
    refused("codec-legacy.raw", one_scene(codec='"RAW"'), after('"codec":'), "the codec that is NONE now")
    for variant, codec in (("lower-case", "none"), ("empty", ""), ("lz4", "LZ4"), ("legacy-lower-case", "raw"),
                           ("nul", "NONE\\u0000")):
        refused(f"codec-unknown.{variant}", one_scene(codec=f'"{codec}"'), after('"codec":'), f'codec is "{codec}"')


def _several(cases):
    several = cases.several
    several("header.empty", pack("{}"), False, "header-shape:L,preload-missing:C", "an empty object", START)
    several("header.root-array-of-faults", pack('[{"asset_id":1.5}, 1]'), False, "header-shape:L,json-not-canonical:C",
            "a root of another type is not judged further, but JSON itself is")
    several("header.table-missing-preload-judged", pack('{"preload":[{"asset_id":1,"slot":16}]}'), False,
            "header-shape:L,preload-slot-range:L",
            "without a table preload is judged by itself, and no id in it is called unknown")
    several("header.every-member-wrong", pack(
        '{"asset_table":[{"asset_id":null,"asset_name":1,"bank_type":"TILES","codec":"RAW","decoded_size":-1,'
        '"metadata":{},"offset":"0"}],'
        '"preload":[]}', SCENE), False,
            "bank-legacy:L,codec-legacy:L,entry-missing-member:L,entry-range:L,entry-type:L",
            "everything is listed; no slice is known, so none is judged")
    several("id.duplicate-apart", pack(header([
        entry(asset_id=id_, asset_name=f'"{name}"', offset=4 * index) for index,
        (id_, name) in enumerate(((1, "a"), (2, "b"), (1, "c")))
    ]), SCENE * 3), False, "id-duplicate:L,id-order:C",
            "id 1 again behind id 2: a duplicate, and below the one before it")
    several("id.unusable-between", pack(header([
        entry(asset_id=5, asset_name='"a"', offset=0),
        entry(asset_id="null", asset_name='"b"', offset=4),
        entry(asset_id=3, asset_name='"c"', offset=8),
    ]), SCENE * 3), False, "entry-type:L", "the entry before has no usable id, so the order is not asked",
            at('null,"asset_name":"b"'))
    several("name.duplicate-escaped", two_scenes({"asset_name": '"ab"'}, {"asset_name": '"\\u0061b"'}), True,
            "json-not-canonical:C,name-duplicate:C", "names are compared after unescaping")
    several("name.control-and-duplicate", two_scenes({"asset_name": '"\\n"'}, {"asset_name": '"\\n"'}), True,
            "name-control:C,name-duplicate:C", "two faults of one name")
    several("entry.number-spelled-badly-too", one_scene(asset_id="1E+0", offset="-1", decoded_size=2**64 - 1), False,
            "entry-range-exact:C,entry-range:L,entry-type:L",
            "the spelling of a number that is at fault already is not judged")
