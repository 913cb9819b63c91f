"""corpus/packs/invalid, file and prelude: section 1.1, rules file-* and prelude-*."""

import struct

from builder import SCENE, entry, header, one_scene, pack, prelude, wanted

HEADER = header([entry()]).encode()
END = 32 + len(HEADER)  # where the payload region belongs
GOOD = one_scene()
CAP = 268_435_456


def add(cases):
    _file(cases)
    _magic(cases)
    _lengths(cases)
    _reserved(cases)
    _several(cases)


def _file(cases):
    refused = cases.refused
    refused("file-truncated.empty", b"", 0, "no byte at all")
    refused("file-truncated.magic-only", GOOD[:4], 4, "nothing behind the magic")
    refused("file-truncated.short-prelude", GOOD[:31], 31, "one byte short of a prelude")
    refused("file-truncated.prelude-only", GOOD[:32], 32, "the file ends where the header should begin")
    # header_len and payload_offset agree with each other: the file is to blame.
    refused("file-truncated.in-header", GOOD[:END - 40], END - 40, "the file ends inside the header")
    refused("file-truncated.header-last-byte", GOOD[:END - 1], END - 1, "the last byte of the header is missing")
    refused("file-truncated.late-region", pack(HEADER, payload_offset=END + 64)[:END - 7], END - 7,
            "the file ends inside the header, and payload_offset stands even further away")


def _magic(cases):
    refused = cases.refused
    refused("prelude-magic.zero", b"\0\0\0\0" + GOOD[4:], 0, "four zero bytes")
    refused("prelude-magic.lower-case", b"aspa" + GOOD[4:], 0, "aspa")
    refused("prelude-magic.reversed", b"APSA" + GOOD[4:], 0, "the magic as a big-endian number")
    refused("prelude-magic.one-bit", b"ASPC" + GOOD[4:], 0, "one bit is wrong")
    refused("prelude-magic.legacy-like", b"PPA2" + GOOD[4:], 0, "close to the magic of the early packer")
    refused("prelude-magic.shifted", b"\n" + GOOD, 0, "a byte stands before the pack")

    text = (b'{"asset_table":[{"asset_id":1,"asset_name":"tiles","bank_type":"TILES","codec":"RAW","decoded_size":4,'
            b'"metadata":{"pipeline":{}},"offset":0,"size":4}],"preload":[]}')
    legacy = struct.pack("<4s5I", b"PPA1", 1, len(text), 24 + len(text), 0, 0) + text + SCENE
    refused("prelude-legacy.whole", legacy, 0,
            "a whole pack of the early packer: 24-byte prelude, bank TILES, codec RAW")
    refused("prelude-legacy.new-prelude", b"PPA1" + GOOD[4:], 0, "only the magic is the old one")
    for version, name in ((0, "zero"), (2, "two"), (0x01000000, "big-endian"), (0xFFFFFFFF, "max")):
        refused(f"prelude-version.{name}", pack(HEADER, SCENE, schema_version=version), 4,
                f"schema_version is {version}")


def _lengths(cases):
    refused = cases.refused
    refused("prelude-header-length.zero", pack(HEADER, SCENE, header_len=0), 8, "no header")
    refused("prelude-header-length.one", pack(HEADER, SCENE, header_len=1), 8, "one byte cannot be an object")
    # payload_offset stays where it was, so it is header_len that is wrong.
    refused("prelude-header-length.past-end", pack(HEADER, SCENE, header_len=len(HEADER) + 5), 8,
            "the header would end one byte behind the file")
    refused("prelude-header-length.max", pack(HEADER, SCENE, header_len=0xFFFFFFFF), 8,
            "the largest number of the field")
    refused("prelude-header-length.above-cap", pack(HEADER, SCENE, header_len=CAP + 1), 8,
            "one byte above the cap of 256 MiB")
    refused("prelude-payload-offset.zero", pack(HEADER, SCENE, payload_offset=0), 12,
            "the region would begin with the prelude")
    refused("prelude-payload-offset.in-header", pack(HEADER, SCENE, payload_offset=END - 1), 12,
            "one byte before the header's end")
    refused("prelude-payload-offset.past-end", pack(HEADER, SCENE, payload_offset=END + 5), 12,
            "one byte behind the end of the file")
    refused("prelude-payload-offset.high-half", pack(HEADER, SCENE, payload_offset=END + 2**32), 12,
            "right in its low four bytes alone")
    refused("prelude-payload-offset.max", pack(HEADER, SCENE, payload_offset=2**64 - 1), 12,
            "the largest number of the field")


def _reserved(cases):
    taken = cases.taken
    taken("prelude-reserved.flags", pack(HEADER, SCENE, flags=1), 20, "flags is 1")
    taken("prelude-reserved.flags-high-bit", pack(HEADER, SCENE, flags=2**31), 20, "the highest bit of flags")
    taken("prelude-reserved.reserved", pack(HEADER, SCENE, reserved=1), 24, "reserved is 1")
    taken("prelude-reserved.checksum", pack(HEADER, SCENE, header_checksum=0xDEADBEEF), 28,
          "a header checksum: v1 carries none")


def _several(cases):
    several = cases.several
    several("prelude.version-hides-the-rest", pack(b"no JSON", SCENE, schema_version=9, flags=1, payload_offset=3),
            False,
            "prelude-version:L", "after a finding of class L in the prelude nothing behind it is judged", 4)
    several("prelude.length-hides-flags", pack(HEADER, SCENE, header_len=0, flags=1), False, "prelude-header-length:L",
            "flags stand behind header_len", 8)
    several("prelude.all-reserved", pack(HEADER, SCENE, flags=1, reserved=2, header_checksum=3), True,
            "prelude-reserved:C",
            "one finding a field: three in all", 20)
    several("prelude.reserved-and-slot", pack(header([entry()], [wanted(1, 16)]), SCENE, flags=1), False,
            "prelude-reserved:C,preload-slot-range:L", "a reserved field lets everything go on", 20)
    several("prelude.reserved-and-syntax", prelude(2, 34, flags=1) + b"{]", False, "json-syntax:L,prelude-reserved:C",
            "a reserved field lets everything go on, the header included", 20)
