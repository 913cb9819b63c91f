"""Companions that a tool formatted anew, and companions of another build."""

import json

from harness.trees import read, write
from workspace import WorkspaceTest

NAMES = ("asset_table.json", "preload.json", "asset_table_metadata.json")


class Companions(WorkspaceTest):
    def build(self):
        self.scene_workspace({"a": b"scene", "b": b"another"})
        self.edit_declaration("a", lambda document: document["output"].update(pipeline={"x": [1, {"y": "a b\t\\ \""}]}))
        self.assertEqual(self.run_here("build", "--verify", "--quiet").code, 0)

    def verify(self, *options):
        ended = self.run_here("verify", "--format", "json", *options)
        return ended, json.loads(ended.out)

    def format_anew(self, name, indent=2):
        path = self.path("build", name)
        write(path, json.dumps(json.loads(read(path)), indent=indent, ensure_ascii=False) + "\n")

    def test_white_space_alone_is_named_and_all_hashes_are_checked(self):
        self.build()
        ways = [(options, self.verify(*options)[1]["checked"]["hashes"]) for options in ((), ("--sources",))]
        self.assertGreater(ways[0][1], 4)
        for name in NAMES:
            for indent in (None, 2, "\t"):
                with self.subTest(name=name, indent=indent):
                    self.assertEqual(self.run_here("build", "--no-cache", "--quiet").code, 0)
                    self.format_anew(name, indent)
                    for options, hashes in ways:
                        ended, report = self.verify(*options)
                        self.assertEqual(ended.code, 1)
                        self.assertEqual([one["id"] for one in report["diagnostics"]], ["companion-syntax"])
                        self.assertIn("only white space", report["diagnostics"][0]["message"])
                        self.assertEqual(report["checked"]["hashes"], hashes)
                        self.assertEqual(report["checked"]["companions"], 3)

    def test_what_is_wrong_besides_is_found_where_it_stands(self):
        self.build()
        self.format_anew("asset_table_metadata.json")
        path = self.path("build", "asset_table_metadata.json")
        text = read(path).decode()
        document = json.loads(text)
        wrong = "0" * 32
        write(path, text.replace(document["assets"][1]["payload_xxh3_128"], wrong, 1))
        _, report = self.verify()
        self.assertEqual(sorted(one["id"] for one in report["diagnostics"]),
                         ["companion-syntax", "hash-mismatch", "hash-mismatch"])
        of_document = next(one for one in report["diagnostics"] if one["json_pointer"] == "/document_xxh3_128")
        lines = read(path).decode().split("\n")
        self.assertIn("document_xxh3_128", lines[of_document["line"] - 1])

    def test_values_that_differ_are_not_white_space(self):
        self.build()
        path = self.path("build", "asset_table.json")
        write(path, json.dumps(json.loads(read(path)), indent=2).replace("asset_name", "asset\\u005fname", 1))
        _, report = self.verify()
        self.assertNotIn("only white space", report["diagnostics"][0]["message"])

    def test_a_pack_and_a_companion_of_two_builds(self):
        self.build()
        old = {name: read(self.path("build", name)) for name in ("assets.pa", *NAMES)}
        write(self.path("assets", "b", "data.bin"), b"longer than it was")
        self.assertEqual(self.run_here("build", "--quiet").code, 0)
        for name in ("assets.pa", "asset_table_metadata.json"):
            with self.subTest(name=name):
                self.assertEqual(self.run_here("build", "--no-cache", "--quiet").code, 0)
                write(self.path("build", name), old[name])
                _, report = self.verify()
                of_two = [one for one in report["diagnostics"] if "of two builds" in one["message"]]
                self.assertEqual([one["id"] for one in of_two], ["hash-mismatch"])

    def test_a_pack_with_the_same_header_and_another_payload(self):
        self.build()
        old = read(self.path("build", "assets.pa"))
        write(self.path("assets", "b", "data.bin"), b"ANOTHER")
        self.assertEqual(self.run_here("build", "--quiet").code, 0)
        write(self.path("build", "assets.pa"), old)
        _, report = self.verify()
        self.assertEqual(sum("of two builds" in one["message"] for one in report["diagnostics"]), 1)
