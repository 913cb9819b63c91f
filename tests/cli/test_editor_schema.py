"""The member $schema of index.json and asset.json: every edit keeps it."""

import json
import os

from harness.pictures import png
from harness.trees import read, write
from workspace import WorkspaceTest

INDEX = "assets/.prometeu/index.json"
MEMBER = b'"$schema" : "../a\\u0073set.schema.json#",'


def picture(colour):
    return png(8, 8, 2, b"".join(b"\0" + bytes(colour) * 8 for _ in range(8)))


class EditorSchema(WorkspaceTest):
    """A workspace whose registry and declarations have the member."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"", "cave": b"a cave"})
        os.remove(self.path("assets", "hero", "data.bin"))
        write(self.path("assets/hero/a.png"), picture((200, 0, 0)))

        def change(document):
            document["type"] = "glyph_bank"
            document["inputs"] = {"sprites": ["a.png"]}
            document["output"] = {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}}

        self.edit_declaration("hero", change)
        for root in ("hero", "cave"):
            self.insert(f"assets/{root}/asset.json")
        index = read(self.path(INDEX))
        write(self.path(INDEX), index.rstrip()[:-1] + b', "$sch\\u0065ma": "r\\u0065gistry.json"}')

    def insert(self, path):
        text = read(self.path(path))
        write(self.path(path), text.replace(b"{", b"{ " + MEMBER, 1))

    def edit(self, *words, declaration=None):
        """Runs an edit. The declaration changes, and has the member as it was."""
        before = read(self.path(declaration)) if declaration else b""
        result = self.run_here(*words)
        self.assertEqual(result.code, 0, result.said)
        if declaration:
            after = read(self.path(declaration))
            self.assertNotEqual(after, before)
            self.assertIn(MEMBER, after)
            self.assertEqual(after.count(b"$schema"), 1)
        return result

    def assert_registry(self):
        lines = read(self.path(INDEX)).decode().splitlines()
        self.assertEqual(lines[:3], ["{", '  "$schema": "registry.json",', '  "schema_version": 1,'])
        self.assertEqual(sum("$schema" in line for line in lines), 1)

    def test_each_edit(self):
        self.edit("palettes", "hero", "--write", declaration="assets/hero/asset.json")
        self.edit("rename", "hero", "knight", declaration="assets/hero/asset.json")
        write(self.path("assets/hero/b.png"), picture((200, 0, 0)))
        self.edit("add", "--update", "hero", declaration="assets/hero/asset.json")
        self.edit("exclude", "cave")
        self.assert_registry()
        self.edit("include", "cave")
        self.assert_registry()
        self.edit("forget", "cave")
        self.assert_registry()
        self.edit("undo")
        self.assert_registry()
        self.edit("move", "cave", "den")
        self.assert_registry()
        self.edit("remove", "den")
        self.assert_registry()
        self.edit("quarantine", "restore", "9")
        self.assert_registry()
        self.edit("move", "den", "cave")
        self.edit("forget", "cave")
        self.edit("add", "cave")
        self.assert_registry()
        self.assertEqual(self.run_here("build", "--verify").code, 0)
        self.assertEqual(self.run_here("verify", "--sources").code, 0)

    def test_add_writes_its_uuid_beside_it(self):
        for number, uuid in enumerate((b'"asset_uuid": "",', b"")):
            root = f"new{number}"
            document = json.loads(read(self.path("assets/cave/asset.json"))) | {"name": root}
            text = json.dumps(document | {"asset_uuid": ""}).encode().replace(b'"asset_uuid": "",', uuid)
            write(self.path(f"assets/{root}/asset.json"), text.replace(b'{"$schema": "../asset.schema.json#",', b"{ " + MEMBER))
            write(self.path(f"assets/{root}/data.bin"), b"x")
            self.edit("add", root, declaration=f"assets/{root}/asset.json")
            self.assert_registry()

    def test_no_edit_writes_one(self):
        write(self.path(INDEX), read(self.path(INDEX)).replace(b', "$sch\\u0065ma": "r\\u0065gistry.json"', b""))
        self.edit("exclude", "cave")
        self.assertNotIn(b"$schema", read(self.path(INDEX)))
        write(self.path("assets/new/data.bin"), b"x")
        self.edit("add", "new", "--type", "scene_bank")
        self.assertNotIn(b"$schema", read(self.path("assets/new/asset.json")))

    def test_only_a_string_and_only_at_the_top(self):
        for path, old, new, diagnostic in (
                (INDEX, b'"r\\u0065gistry.json"', b"7", "registry-shape"),
                (INDEX, b'"root"', b'"$schema": "x", "root"', "registry-shape"),
                ("assets/cave/asset.json", MEMBER, b'"$schema": null,', "declaration-shape"),
                ("assets/cave/asset.json", b'"preload": {', b'"preload": {"$schema": "x", ', "declaration-shape")):
            text = read(self.path(path))
            self.assertIn(old, text)
            write(self.path(path), text.replace(old, new, 1))
            self.assertIn(f"error[{diagnostic}]", self.run_here("build", "--check").err)
            write(self.path(path), text)
