"""corpus/packs/invalid, slices and preload: sections 1.2 and 1.4, rules slice-*, payload-trailing and preload-*."""

from builder import SCENE, SOUND, entry, glyph, header, one_scene, pack, sheet, sound, two_scenes, wanted
from case import after, at

HEADER = header([entry()]).encode()
END = 32 + len(HEADER)
SECOND_SIZE = at('4}],"preload"')
SECOND_OFFSET = after('"two","bank_type":"SCENE","codec":"NONE","decoded_size":4,"metadata":{},"offset":')


def add(cases):
    _slice_range(cases)
    _slice_gap_and_overlap(cases)
    _trailing(cases)
    _preload_values(cases)
    _preload_clashes(cases)
    _several(cases)


def _slice_range(cases):
    refused = cases.refused
    offset, size = after('"offset":'), after('"size":')
    refused("slice-range.one-byte", one_scene(payload=SCENE[:3]), size,
            "the payload passes the end of the file by one byte")
    refused("slice-range.no-payload", one_scene(payload=b""), size, "the file ends where the payload begins")
    refused("slice-range.offset", one_scene(offset=5, size=0, decoded_size=0), offset,
            "an empty payload that starts behind the end of the file")
    refused("slice-range.offset-far", one_scene(offset=2**32), offset,
            "right in the low four bytes of the offset alone")
    refused("slice-range.size-far", one_scene(size=2**32 + 4, decoded_size=4), size,
            "right in the low four bytes of the size alone")
    refused("slice-range.exact-limit", one_scene(size=2**53 - 1), size, "the largest size that is written exactly")
    refused("slice-range.second", two_scenes(payload=SCENE + SCENE[:1]), SECOND_SIZE,
            "the file is cut inside its second payload")
    refused("slice-range.from-file-start", one_scene(offset=END), offset,
            "the offset counts from the start of the file")
    # payload_offset + offset + size has to wrap at 64 bits, which only a number beyond 2^53-1 can do (4.2.9).
    refused("slice-range.overflow", one_scene(offset=2**64 - 4), offset, "offset + size is 2^64",
            "entry-range-exact:C,slice-range:L")
    refused("slice-range.overflow-into-file", one_scene(offset=2**64 - END, size=END), offset,
            "payload_offset + offset + size is 2^64 + the header's end, which wraps to a place inside the file",
            "entry-range-exact:C,slice-range:L")


def _slice_gap_and_overlap(cases):
    taken = cases.taken
    taken("slice-gap.region", pack(HEADER, SCENE, between=bytes(16)), 12,
          "the payload region starts 16 bytes behind the header")
    taken("slice-gap.region-one-byte", pack(HEADER, SCENE, between=b" "), 12,
          "the payload region starts one byte behind the header")
    taken("slice-gap.region-empty-table", pack(header([]), between=bytes(4)), 12,
          "a late payload region with nothing in it")
    taken("slice-gap.first", one_scene(offset=1, payload=b"\0" + SCENE), after('"offset":'),
          "the first payload starts at 1")
    taken("slice-gap.between", two_scenes(second={"offset": 5}, payload=SCENE + b"\0" + SCENE), at('5,"size"'),
          "one byte between two payloads")
    taken("slice-gap.aligned", two_scenes(second={"offset": 16}, payload=SCENE + bytes(12) + SCENE), at('16,"size"'),
          "the second payload is aligned to 16 bytes: v1 aligns nothing")
    taken("slice-gap.zero-bytes", two_scenes(second={"offset": 5, "size": 0, "decoded_size": 0}, payload=SCENE + b"\0"),
          at('5,"size"'), "an empty payload after one unused byte")
    taken("slice-overlap.one-byte", two_scenes(second={"offset": 3}, payload=SCENE + SCENE[1:]), at('3,"size":4'),
          "the second payload begins with the last byte of the first")
    taken("slice-overlap.shared", two_scenes(second={"offset": 0}, payload=SCENE),
          SECOND_OFFSET,
          "two entries share one payload")
    taken("slice-overlap.inside", two_scenes({"size": 8, "decoded_size": 8}, {"offset": 2}), at('2,"size":4'),
          "the second payload lies inside the first")


def _trailing(cases):
    taken = cases.taken
    taken("payload-trailing.one-byte", one_scene(payload=SCENE + b"\0"), END + 4, "one byte behind the last payload")
    taken("payload-trailing.text", one_scene(payload=SCENE + b"end\n"), END + 4, "text behind the last payload")
    taken("payload-trailing.padded", one_scene(payload=SCENE + bytes(512)), END + 4, "padding behind the last payload")
    taken("payload-trailing.empty-table", pack(header([]), SCENE), 32 + len(header([])),
          "a payload region that no entry uses")
    taken("payload-trailing.last-is-empty", one_scene(size=0, decoded_size=0, payload=SCENE), END,
          "the only payload is empty")


def _preload_values(cases):
    refused = cases.refused
    id_ = after('"preload":[{"asset_id":')
    refused("preload-unknown-asset.id", one_scene(preload=[wanted(2)]), id_, "no entry has id 2")
    refused("preload-unknown-asset.zero", one_scene(preload=[wanted(0)]), id_, "0 is no id of an entry here")
    refused("preload-unknown-asset.negative", one_scene(preload=[wanted(-1)]), id_, "-1 is no id of an entry here")
    refused("preload-unknown-asset.empty-table", pack(header([], [wanted(1)])), id_, "there is no entry at all")
    refused("preload-unknown-asset.position", pack(header([entry(asset_id=9)], [wanted(0)]), SCENE), id_,
            "an id is no position in the table")
    refused("preload-unknown-asset.gap", pack(header([
        entry(asset_id=1, asset_name='"a"', offset=0),
        entry(asset_id=3, asset_name='"b"', offset=4),
    ], [wanted(2)]), SCENE * 2), id_, "the id stands in a gap between two others")
    for variant, slot in (("sixteen", 16), ("negative", -1), ("byte-wraps", 256), ("int32", 2**31 - 1),
                          ("wraps-to-zero", 2**32),
                          ("exact-limit", 2**53), ("forty-digits", "1" * 40), ("lowest", -2**63)):
        refused(f"preload-slot-range.{variant}", one_scene(preload=[wanted(1, slot)]), after('"slot":'),
                f"slot is {slot}")


def _preload_clashes(cases):
    refused, taken = cases.refused, cases.taken
    refused("preload-slot-clash.scene", two_scenes(preload=[wanted(1, 3), wanted(2, 3)]),
            after('{"asset_id":2,"slot":'),
            "two SCENE in slot 3")
    refused("preload-slot-clash.sounds", pack(header([
        sound(asset_id=1, asset_name='"a"', offset=0),
        sound(asset_id=2, asset_name='"b"', offset=8),
    ], [wanted(1, 0), wanted(2, 0)]), SOUND * 2), after('{"asset_id":2,"slot":'), "two SOUNDS in slot 0")
    refused("preload-slot-clash.glyph", pack(header([
        glyph(asset_id=1, asset_name='"a"', offset=0),
        glyph(asset_id=2, asset_name='"b"', offset=34_816),
    ], [wanted(1, 15), wanted(2, 15)]), sheet() * 2), after('{"asset_id":2,"slot":'), "two GLYPH in slot 15")
    refused("preload-slot-clash.same-asset", one_scene(preload=[wanted(1, 3), wanted(1, 3)]),
            after('"slot":3},{"asset_id":1,"slot":'),
            "one preload entry twice: a clash, not a duplicate")
    refused("preload-slot-clash.apart", pack(header([
        sound(asset_id=1, offset=0),
        entry(asset_id=2, asset_name='"a"', offset=8),
        entry(asset_id=3, asset_name='"b"', offset=12),
    ], [wanted(2, 5), wanted(1, 5), wanted(3, 5)]), SOUND + SCENE * 2), after('{"asset_id":2,"slot":5},{"asset_id":'),
            "two SCENE in slot 5, with a sound in its own slot 5 between them",
            "preload-order:C,preload-slot-clash:L")
    taken("preload-duplicate.two-slots", one_scene(preload=[wanted(1, 0), wanted(1, 1)]),
          after('"slot":0},{"asset_id":'),
          "one asset in two slots")
    taken("preload-duplicate.apart", two_scenes(preload=[wanted(1, 0), wanted(2, 1), wanted(1, 2)]),
          after('"slot":1},{"asset_id":'),
          "one asset in two slots, with another between")
    taken("preload-missing.absent", pack('{"asset_table":[' + entry() + "]}", SCENE), 32,
          "the header has no preload, which the console takes for an empty one")
    taken("preload-missing.no-assets", pack('{"asset_table":[]}'), 32, "neither assets nor preload")
    taken("preload-order.slots", two_scenes(preload=[wanted(2, 9), wanted(1, 3)]), after('"slot":9},{"asset_id":'),
          "slot 3 stands after slot 9 of the same bank")
    taken("preload-order.banks", pack(header([
        sound(asset_id=1, offset=0),
        entry(asset_id=2, offset=8),
    ], [wanted(2, 0), wanted(1, 7)]), SOUND + SCENE), after('"slot":0},{"asset_id":'), "a SCENE stands before a sound")
    taken("preload-order.middle", pack(header([
        entry(asset_id=id_, asset_name=f'"{id_}"', offset=4 * index) for index, id_ in enumerate((1, 2, 3))
    ], [wanted(1, 1), wanted(2, 0), wanted(3, 5)]), SCENE * 3), after('"slot":1},{"asset_id":'),
          "one of three stands too late, and only the next one is compared with it")


def _several(cases):
    several = cases.several
    several("slice.gap-then-overlap", two_scenes({"offset": 4}, {"offset": 0}), True, "slice-gap:C,slice-overlap:C",
            "two payloads stand in the wrong order: the first is late, the second early; nothing is trailing")
    several("slice.range-takes-no-part", pack(header([
        entry(asset_id=1, asset_name='"a"', offset=0),
        entry(asset_id=2, asset_name='"b"', offset=1_000),
        entry(asset_id=3, asset_name='"c"', offset=6),
    ]), SCENE + bytes(7)), False, "slice-range:L",
            "a payload outside the file is not compared, nor is the next one with it; what is trailing is not asked",
            at('1000,"size"'))
    several("slice.unusable-takes-no-part", pack(header([
        entry(asset_id=1, asset_name='"a"', offset=0),
        entry(asset_id=2, asset_name='"b"', offset='"4"'),
        entry(asset_id=3, asset_name='"c"', offset=6),
    ]), SCENE + bytes(7)), False, "entry-type:L",
            "a payload without a usable offset is not compared, nor is the next one with it", at('"4","size"'))
    several("slice.region-and-first", pack(header([entry(offset=2)]), b"\0\0" + SCENE, between=b"\0"), True,
            "slice-gap:C",
            "a late region and a late first payload: one id, two findings", 12)
    several("slice.gap-and-trailing", one_scene(offset=1, payload=b"\0" + SCENE + b"\0"), True,
            "payload-trailing:C,slice-gap:C",
            "a byte before and a byte behind")
    several("preload.clash-with-out-of-range", two_scenes(preload=[wanted(1, 16), wanted(2, 16)]), False,
            "preload-slot-range:L",
            "a slot out of range clashes with nothing", after('"preload":[{"asset_id":1,"slot":'))
    several("preload.clash-in-unknown-bank",
            two_scenes({"bank_type": '"TILES"'}, {"bank_type": '"TILES"'}, preload=[wanted(1, 0), wanted(2, 0)]),
            False, "bank-legacy:L", "slots are not compared in a bank that is not known",
            at('"TILES","codec":"NONE","decoded_size":4,"metadata":{},"offset":0'))
    several("preload.clash-and-duplicate", two_scenes(preload=[wanted(1, 0), wanted(1, 1), wanted(2, 0)]), False,
            "preload-duplicate:C,preload-order:C,preload-slot-clash:L", "one asset in two slots, and another in the first of them")
    several("preload.order-across-unknown", pack(header([
        entry(asset_id=1, asset_name='"a"', offset=0),
        entry(asset_id=2, asset_name='"b"', offset=4),
    ], [wanted(1, 9), wanted(7, 5), wanted(2, 0)]), SCENE * 2), False, "preload-unknown-asset:L",
            "an entry of an unknown asset is not compared, nor is the next one with it", at('7,"slot":5'))
    several("preload.order-and-duplicate", one_scene(preload=[wanted(1, 1), wanted(1, 0)]), True,
            "preload-duplicate:C,preload-order:C", "an asset in two slots, the lower of them last")
    several("preload.minus-zero-clash", two_scenes(preload=[wanted(1, 0), wanted(2, "-0")]), False,
            "json-not-canonical:C,preload-slot-clash:L", "slot -0 is slot 0", after('{"asset_id":2,"slot":'))
