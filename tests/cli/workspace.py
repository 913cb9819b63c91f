"""prpack as its users run it, and workspaces to run it in."""

import json
import os
import shutil
import tempfile
import unittest

from harness import program
from harness.trees import read, write, write_tree
from harness.workspaces import ARTIFACTS, scenes

ROOT = os.environ["PRPACK_ROOT"]
DEMO = os.path.join(ROOT, "corpus", "workspaces", "demo")


def prpack(*arguments, cwd=None, **options):
    """Runs the program. A run that a signal ended, or that does not end, fails the test."""
    ended = program.prpack(cwd, *arguments, **options)
    if ended.code < 0 or ended.code == program.ENDLESS:
        raise AssertionError(f"prpack {arguments}: {ended}")
    return ended


def artifacts_of(build):
    return {name: read(os.path.join(build, name)) for name in ARTIFACTS}


class WorkspaceTest(unittest.TestCase):
    """Gives each test an empty directory, self.dir, which is removed when the test ends."""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="prpack-cli-")
        self.addCleanup(shutil.rmtree, self.dir)

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def run_here(self, *arguments, **options):
        return prpack(*arguments, cwd=self.dir, **options)

    def copy_demo(self, name="demo"):
        shutil.copytree(DEMO, self.path(name), symlinks=True)
        return self.path(name)

    def scene_workspace(self, assets):
        """A workspace of raw scenes: {root: bytes}, ids from 1 in that order."""
        write_tree(self.dir, scenes({root: data if isinstance(data, bytes) else data.encode("utf-8")
                                     for root, data in assets.items()}))

    def glyph_workspace(self, sprite, palette="000000\nffffff\n", name="hero.hex"):
        """A workspace of one glyph_bank, of a picture and a palette."""
        self.scene_workspace({"hero": b""})
        os.remove(self.path("assets", "hero", "data.bin"))
        write(self.path("assets", "hero", name), palette)

        def change(document):
            document["type"] = "glyph_bank"
            document["inputs"] = {"sprites": ["hero.png"], "palettes": [{"index": 0, "path": name}]}
            document["output"] = {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}}

        self.edit_declaration("hero", change)
        write(self.path("assets", "hero", "hero.png"), sprite)

    def edit_declaration(self, root, change):
        """Applies change(document) to an asset.json."""
        path = self.path("assets", root, "asset.json")
        document = json.loads(read(path))
        change(document)
        write(path, json.dumps(document))

    def assert_one_line(self, result, code, diagnostic, *words):
        """One error line, with the id, and the words that a user needs."""
        self.assertEqual(result.code, code, result.said)
        lines = [line for line in result.err.splitlines() if "error[" in line]
        self.assertEqual(len(lines), 1, result.err)
        self.assertIn(f"error[{diagnostic}]", lines[0])
        for word in words:
            self.assertIn(word, lines[0])
