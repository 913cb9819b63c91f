"""What add and build say of sounds (docs/contracts/workspace.md 3.2.3 and 6.3)."""

import json
import os
import struct
import unittest

from harness.trees import read, write
from workspace import WorkspaceTest


def fmt(channels, order="<"):
    return struct.pack(order + "HHIIHH", 1, channels, 8000, 8000 * channels * 2, channels * 2, 16)


def chunk(name, data, order="<"):
    return name + struct.pack(order + "I", len(data)) + data + b"\0" * (len(data) % 2)


def samples(channels, order="<"):
    return struct.pack(f"{order}{100 * channels}h", *range(100 * channels))


def wav(channels, begin=b"RIFF", order="<", before=b""):
    body = b"WAVE" + before + chunk(b"fmt ", fmt(channels, order), order) + chunk(b"data", samples(channels, order), order)
    return begin + struct.pack(order + "I", len(body)) + body


def rf64(channels, begin):
    data = samples(channels)
    return wav(channels, begin, before=chunk(b"ds64", struct.pack("<QQQI", len(data) + 72, len(data), 100, 0)))


def aiff(channels, form=b"AIFF", coding=b""):
    common = struct.pack(">HIH", channels, 100, 16) + b"\x40\x0b\xfa" + bytes(7) + coding
    body = form + chunk(b"NAME", b"odd", ">") + chunk(b"COMM", common, ">") + chunk(b"SSND", bytes(8) + samples(channels, ">"), ">")
    return b"FORM" + struct.pack(">I", len(body)) + body


def wave64(channels):
    rest = bytes.fromhex("f3acd3118cd100c04f8edb8a")
    data = samples(channels)
    body = b"wave" + rest + b"fmt " + rest + struct.pack("<Q", 40) + fmt(channels) + b"data" + rest + struct.pack("<Q", 24 + len(data)) + data
    return b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000") + struct.pack("<Q", len(body) + 24) + body


KINDS = {"wav": wav, "rifx": lambda channels: wav(channels, b"RIFX", ">"), "rf64": lambda channels: rf64(channels, b"RF64"),
         "bw64": lambda channels: rf64(channels, b"BW64"), "aiff": aiff, "aifc": lambda channels: aiff(channels, b"AIFC", b"NONE\0\0"),
         "w64": wave64}


class Sounds(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.run_here("init")

    def add(self, root, content, *options):
        os.makedirs(self.path("assets", root), exist_ok=True)
        write(self.path("assets", root, "sound.wav"), content)
        return self.run_here("add", root, *options)

    def test_two_channels_of_every_kind_are_refused(self):
        for name, make in KINDS.items():
            with self.subTest(name):
                refused = self.add(f"{name}-2", make(2))
                self.assertEqual(refused.code, 1, refused.said)
                self.assertIn("error[sound-format] the sound is stereo", refused.err)
                self.assertIn(f"prpack add assets/{name}-2 --channels mix", refused.err)
                added = self.add(f"{name}-1", make(1))
                self.assertEqual(added.code, 0, added.said)

    def test_the_member_that_is_shown_makes_the_sound_one_that_is_built(self):
        said = self.add("jump", wav(2), "--anyway").err
        self.assertIn("warning[sound-format]", said)
        self.assertIn('"pipeline": {"channels": "mix"}', said)
        refused = self.run_here("build")
        self.assertEqual(refused.code, 1, refused.said)
        self.assertIn("error[sound-format]", refused.said)
        path = self.path("assets", "jump", "asset.json")
        declaration = json.loads(read(path))
        declaration["output"].update(json.loads('{"pipeline": {"channels": "mix"}}'))
        write(path, json.dumps(declaration))
        built = self.run_here("build", "--verify")
        self.assertEqual(built.code, 0, built.said)
        self.assertIn("matches: yes", built.said)

    def test_a_declaration_that_says_it_is_taken(self):
        self.add("jump", wav(2), "--anyway")
        declaration = json.loads(read(self.path("assets", "jump", "asset.json")))
        for channels, code in ((None, 1), ("left", 0)):
            root = f"copy-{channels}".lower()
            declaration.update(asset_uuid="", name=root)
            declaration["output"]["pipeline"] = {} if channels is None else {"channels": channels}
            os.makedirs(self.path("assets", root))
            write(self.path("assets", root, "asset.json"), json.dumps(declaration))
            ended = self.add(root, wav(2))
            self.assertEqual(ended.code, code, ended.said)
            self.assertEqual('"pipeline": {"channels": "mix"}' in ended.err, code == 1)

    def warnings(self, *arguments):
        ended = self.run_here("build", "--format", "json", *arguments)
        self.assertEqual(ended.code, 0, ended.said)
        return [(finding["id"], finding["message"]) for finding in ended.documents()[0]["diagnostics"]]

    def test_warnings_about_sounds_are_given_again(self):
        """By each build: when all is packed, when nothing has changed, and when something else has."""
        loop = chunk(b"smpl", bytes(28) + struct.pack("<II", 1, 0) + struct.pack("<IIIIII", 0, 0, 10, 19, 0, 0))
        sound = wav(1, before=loop)
        at = sound.index(b"data") + 4
        self.add("jump", sound[:at] + b"\xff\xff\xff\xff" + sound[at + 4:])
        first = self.warnings("--verify")
        self.assertEqual(sorted(name for name, _ in first), ["sound-length-unknown", "sound-loop-ignored"])
        self.assertEqual(self.warnings(), first)
        self.add("step", wav(1))
        self.assertEqual(self.warnings("--verify"), first)
        self.assertEqual(self.warnings("--no-cache"), first)


if __name__ == "__main__":
    unittest.main()
