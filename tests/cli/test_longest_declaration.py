"""The longest declarations that the packer takes, and packs that none of them can be the source of: assets-pa-v1.md 4.4."""

import json
import os
import struct
import unittest

from harness.pictures import chunk, png
from harness.trees import read, write
from workspace import WorkspaceTest

LIMIT = 1 << 20
DECLARED = {  # type -> role, format, metadata that has to be declared
    "glyph_bank": ("sprites", "GLYPH/indexed_v1", {"tile_size": 8}),
    "sound_bank": ("sources", "SOUNDS/pcm16le_v1", {}),
    "scene_bank": ("sources", "SCENE/raw_v1", {}),
}

SOURCES = {
    "glyph_bank": png(8, 8, 3, bytes(9 * 8), chunk(b"PLTE", bytes((0, 0, 0, 255, 255, 255)))),
    "sound_bank": b"RIFF" + struct.pack("<I4s4sIHHIIHH4sIh", 38, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 2, 7),
    "scene_bank": b"scene",
}


def longest(type_, preloaded):
    """An asset.json of 1 MiB without a byte to spare: its metadata fills it."""
    role, format_, metadata = DECLARED[type_]
    document = {
        "asset_uuid": "00000000-0000-4000-8000-000000000001",
        "inputs": {role: ["a"]},
        "name": "n",
        "output": {"codec": "NONE", "format": format_, "metadata": dict(metadata, x="")},
        "preload": {"enabled": preloaded},
        "schema_version": 1,
        "type": type_,
    }
    room = LIMIT - len(json.dumps(document, separators=(",", ":")))
    document["output"]["metadata"]["x"] = "x" * room
    return json.dumps(document, separators=(",", ":"))


def with_one_byte_more(pack):
    """The pack with one x more in its metadata."""
    header_len, payload_offset = struct.unpack_from("<IQ", pack, 8)
    header = pack[32:32 + header_len].replace(b'"x":"', b'"x":"x', 1)
    return pack[:8] + struct.pack("<IQ", header_len + 1, payload_offset + 1) + pack[20:32] + header + pack[payload_offset:]


class LongestDeclaration(WorkspaceTest):
    def build(self, type_, preloaded):
        self.scene_workspace({"a": b"scene"})
        os.remove(self.path("assets", "a", "data.bin"))
        write(self.path("assets", "a", "a"), SOURCES[type_])
        registry = json.loads(read(self.path("assets", ".prometeu", "index.json")))
        registry["assets"][0]["asset_uuid"] = "00000000-0000-4000-8000-000000000001"
        write(self.path("assets", ".prometeu", "index.json"), json.dumps(registry))
        write(self.path("assets", "a", "asset.json"), longest(type_, preloaded))
        built = self.run_here("build", "--verify", "--quiet")
        self.assertEqual(built.code, 0, built.said)
        return read(self.path("build", "assets.pa"))

    def test_what_fills_an_asset_json_conforms_and_a_byte_more_does_not(self):
        for type_ in DECLARED:
            for preloaded in (False, True):
                with self.subTest(type=type_, preloaded=preloaded):
                    pack = self.build(type_, preloaded)
                    write(self.path("longer.pa"), with_one_byte_more(pack))
                    inspected = self.run_here("inspect", "longer.pa", "--format", "json")
                    report = json.loads(inspected.out)
                    self.assertEqual((report["loads"], report["conforms"]), (True, False))
                    self.assertEqual([one["id"] for one in report["diagnostics"]], ["entry-too-long"])
                    self.assertIn("1048577", report["diagnostics"][0]["message"])
