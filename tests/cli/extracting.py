"""Packs that are taken apart, and built again."""

import json
import os
import sys

from harness.trees import read, write
from operation import OperationTest
from workspace import ROOT, prpack

sys.path.append(os.path.join(ROOT, "tests", "corpus"))
import builder  # pylint: disable=wrong-import-position,import-error

VALID = os.path.join(ROOT, "corpus", "packs", "valid")
INVALID = os.path.join(ROOT, "corpus", "packs", "invalid")
BUILDS = os.path.join(ROOT, "corpus", "builds", "valid")


def scenes_pack(names, payload=b"scene"):
    """A pack of scenes with these names, ids from 1 on."""
    entries = [builder.entry(asset_id=number, asset_name=json.dumps(name, ensure_ascii=False), decoded_size=len(payload), size=len(payload),
                             offset=(number - 1) * len(payload)) for number, name in enumerate(names, start=1)]
    return builder.pack(builder.header(entries), payload * len(names))


class ExtractTest(OperationTest):
    def pack(self, data, name="game.pa"):
        write(self.path(name), data)
        return name

    def extract(self, *words, code=0):
        ended = self.run_here("extract", *words)
        self.assertEqual(ended.code, code, ended.said)
        return ended

    def report(self, *words, code=0):
        return self.document("extract", *words, code=code)

    def rebuilt(self, directory="out"):
        """The pack that a build of the workspace gives."""
        ended = self.run_here("-C", directory, "build", "-q", "--verify")
        self.assertEqual(ended.code, 0, ended.said)
        return read(self.path(directory, "build", "assets.pa"))

    def declaration(self, root, directory="out"):
        return json.loads(read(self.path(directory, "assets", root, "asset.json")))

    def registry(self, directory="out"):
        return json.loads(read(self.path(directory, "assets", ".prometeu", "index.json")))


def built_demo(test):
    """The demo, built: the path of its directory."""
    demo = test.copy_demo()
    ended = prpack("-C", demo, "build", "-q")
    test.assertEqual(ended.code, 0, ended.said)
    return demo
