"""Likely mistakes are named as what they are."""

import json
import os

from harness.trees import read, write
from workspace import WorkspaceTest

MANIFEST = {"magic": "PMTU", "cartridge_version": 1, "app_id": 7, "title": "t", "app_version": "1", "app_mode": "Game"}
POINTER = ("version https://git-lfs.github.com/spec/v1\n"
           "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n")
CONFLICT = '<<<<<<< HEAD\n      "root": "a",\n=======\n      "root": "b",\n>>>>>>> other\n'


class Hints(WorkspaceTest):
    def inspect(self, name):
        ended = self.run_here("inspect", "--format", "json", name)
        return ended, json.loads(ended.out)

    def built_scene(self):
        self.scene_workspace({"a": b"scene"})
        self.assertEqual(self.run_here("build", "--quiet").code, 0)

    def test_other_files_in_place_of_a_pack(self):
        for data, words in ((POINTER, ("Git LFS pointer", "git lfs pull")),
                            ("\n <!DOCTYPE html><html><title>404 Not Found</title>", ("HTML page",)),
                            ("<HTML><head></head><body>sign in</body></HTML>", ("HTML page",)),
                            (b"PK\3\4" + bytes(60), ("ZIP archive",)),
                            ('[{"asset_id":1,"asset_name":"scene"}]', ("JSON text", "assets.pa"))):
            with self.subTest(words=words):
                write(self.path("assets.pa"), data)
                ended, report = self.inspect("assets.pa")
                self.assertEqual(ended.code, 1)
                self.assertEqual([one["id"] for one in report["diagnostics"]], ["prelude-magic"])
                for word in words:
                    self.assertIn(word, report["diagnostics"][0]["message"])

    def test_a_short_html_file_is_named_too(self):
        write(self.path("x.pa"), "<html></html>")
        _, report = self.inspect("x.pa")
        self.assertEqual([one["id"] for one in report["diagnostics"]], ["file-truncated"])
        self.assertIn("HTML", report["diagnostics"][0]["message"])

    def test_the_bank_sound(self):
        self.built_scene()
        pack = read(self.path("build", "assets.pa"))
        write(self.path("x.pa"), pack.replace(b'"SCENE"', b'"SOUND"'))
        ended, report = self.inspect("x.pa")
        self.assertEqual(ended.code, 1)
        self.assertEqual(report["diagnostics"][0]["id"], "bank-unknown")
        self.assertEqual(report["diagnostics"][0]["expected"], "SOUNDS")

    def test_a_manifest_in_lower_case_and_the_capability_assets(self):
        for change, expected in (({"app_mode": "game"}, '"Game"'), ({"app_mode": "system"}, '"System"'),
                                 ({"capabilities": ["assets"]}, '"asset"')):
            with self.subTest(change=change):
                write(self.path("game", "manifest.json"), json.dumps({**MANIFEST, **change}))
                ended, report = self.inspect("game")
                self.assertEqual(ended.code, 0, ended.said)
                self.assertEqual((report["loads"], report["conforms"]), (True, True))
                found = [(one["id"], one["severity"], one["expected"]) for one in report["diagnostics"]]
                self.assertEqual(found, [("cartridge-spelling", "warning", expected)])

    def test_names_of_types_of_earlier_generations(self):
        for type_ in ("image_bank", "tile_bank"):
            with self.subTest(type=type_):
                self.built_scene()
                self.edit_declaration("a", lambda document, type_=type_: document.update(type=type_))
                for command in (("build",), ("verify", "--sources")):
                    ended = self.run_here(*command)
                    self.assertEqual(ended.code, 1, ended.said)
                    self.assertIn("glyph_bank", ended.said)
                    self.assertNotIn("sound_bank", ended.said.replace("glyph_bank, sound_bank or scene_bank", ""))

    def test_an_unresolved_merge_is_named(self):
        for name, remedy in ((os.path.join(".prometeu", "index.json"), "Run prpack doctor --fix"),
                             (os.path.join("a", "asset.json"), "Keep one side")):
            with self.subTest(name=name):
                self.built_scene()
                text = read(self.path("assets", name)).decode()
                write(self.path("assets", name), text.replace("{", "{\n" + CONFLICT, 1))
                for command in (("build",), ("verify", "--sources"), ("list",)):
                    ended = self.run_here(*command)
                    self.assertEqual(ended.code, 1, ended.said)
                    self.assertIn("unresolved merge", ended.said)
                    self.assertIn(remedy, ended.said)
