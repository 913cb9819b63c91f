"""Names that `add` gives: docs/contracts/workspace.md 6.3."""

import json

from harness.trees import read, write
from workspace import WorkspaceTest


class DefaultNames(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.scene_workspace({"menu": b"a menu"})

    def names(self, *arguments, code=0):
        result = self.run_here("add", "--type", "scene_bank", "--format", "json", *arguments)
        self.assertEqual(result.code, code, result.said)
        return [document["asset"] and document["asset"]["name"] for document in result.documents()]

    def put(self, *roots):
        for root in roots:
            write(self.path("assets", root, "data.bin"), root)
        return roots

    def test_a_name_that_is_taken_gets_more_of_the_path(self):
        roots = self.put("fire/cave", "a/fire/cave", "b/fire/cave", "ice/menu", "menu2/x", "cave")
        self.assertEqual(self.names(*roots, "--dry-run", code=1), ["cave", "fire/cave", "b/fire/cave", "ice/menu", "x", None])
        self.assertEqual(self.names(*roots, code=1), ["cave", "fire/cave", "b/fire/cave", "ice/menu", "x", None])
        self.assertEqual(json.loads(read(self.path("assets/b/fire/cave/asset.json")))["name"], "b/fire/cave")
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_a_name_that_was_given_stays(self):
        roots = self.put("c/fire", "d/fire")
        self.assertEqual(self.names("c/fire", "--name", "menu", code=1), [None])
        self.assertEqual(self.names(*roots), ["fire", "d/fire"])

    def test_a_declared_name_stays(self):
        self.put("e/menu")
        write(self.path("assets", "e", "menu", "asset.json"), read(self.path("assets", "menu", "asset.json")).replace(b"-000000000001", b"-000000000009"))
        self.assertEqual(self.names("e/menu", code=1), [None])

    def test_the_whole_path_is_taken(self):
        self.edit_declaration("menu", lambda document: document.update(name="f/cave"))
        self.put("cave", "f/cave")
        self.assertEqual(self.names("cave", "f/cave", code=1), ["cave", None])
