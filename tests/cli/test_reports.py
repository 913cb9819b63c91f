"""Machine-readable reports: one line a thing, always valid, always of the documented shape."""

import json
import os

import jsonschema
from harness.trees import read, write
from workspace import ROOT, WorkspaceTest, prpack


class Reports(WorkspaceTest):
    def setUp(self):
        super().setUp()
        schema = json.loads(read(os.path.join(ROOT, "docs", "schemas", "report.schema.json")))
        jsonschema.Draft202012Validator.check_schema(schema)
        self.validator = jsonschema.Draft202012Validator(schema)

    def assert_lines(self, result, count):
        self.assertEqual(result.out.count("\n"), count, result.out)
        documents = result.documents()
        self.assertEqual(len(documents), count)
        for document in documents:
            self.validator.validate(document)
        return documents

    def test_every_command_has_the_documented_shape(self):
        json_format = ["--format", "json"]
        self.assert_lines(self.run_here("list", *json_format), 1)
        self.assert_lines(self.run_here("init", *json_format), 1)
        self.assert_lines(self.run_here("init", *json_format), 1)
        write(self.path("assets", "one", "one.bin"), b"1")
        write(self.path("assets", "two", "two.bin"), b"2")
        self.assert_lines(self.run_here("add", "assets/one", "assets/two", "assets/three", *json_format), 3)
        self.assert_lines(self.run_here("list", *json_format), 1)
        self.assert_lines(self.run_here("build", *json_format), 1)
        built = self.assert_lines(self.run_here("build", "--verify", *json_format), 1)
        self.assertTrue(built[0]["published"])
        self.assertIs(built[0]["loads"], True)
        self.assert_lines(self.run_here("verify", "--sources", *json_format), 1)
        self.assert_lines(self.run_here("inspect", "build", "build/assets.pa", *json_format), 2)
        self.assert_lines(self.run_here("explain", *json_format), 1)
        self.assert_lines(self.run_here("explain", "name-empty", "nonsense", *json_format), 1)
        os.remove(self.path("assets", "one", "one.bin"))
        self.assert_lines(self.run_here("build", "--verify", *json_format), 1)
        self.assert_lines(self.run_here("frobnicate", *json_format), 1)

    def test_the_whole_corpus_has_the_documented_shape(self):
        paths = []
        for at, directories, files in os.walk(os.path.join(ROOT, "corpus")):
            directories.sort()
            paths += [os.path.join(at, name) for name in sorted(files) if name.endswith((".pa", ".pmc"))]
            if "manifest.json" in files:
                paths.append(at)
        self.assertGreater(len(paths), 50)
        documents = self.assert_lines(prpack("inspect", "--format", "json", *paths), len(paths))
        self.assertEqual([document["file"] for document in documents], paths)

    def test_many_are_reported_as_each_alone_in_the_order_of_the_operands(self):
        self.scene_workspace({"large": bytes(5 << 20), "small": b"1"})
        self.assertEqual(self.run_here("build", "-q").code, 0)
        write(self.path("empty.pa"), b"")
        invalid = os.path.join(ROOT, "corpus", "packs", "invalid")
        faulty = [os.path.join(invalid, name) for name in sorted(os.listdir(invalid))[::9]]
        self.assertGreater(len(faulty), 5)
        paths = []
        for i, path in enumerate(faulty):
            paths += [path, os.path.join(ROOT, "corpus", "cartridges")]
            paths += [["build/assets.pa", "build"], ["empty.pa"], ["missing.pa"], []][i % 4]
        for form in (["--format", "json"], ["--format", "text"]):
            alone = {path: self.run_here("inspect", *form, path).out for path in set(paths)}
            expected = ("" if "json" in form else "\n").join(alone[path] for path in paths)
            for jobs in ("1", "2", "5"):
                together = self.run_here("inspect", *form, "--jobs", jobs, *paths)
                self.assertEqual(together.out, expected)
                self.assertEqual(together.err, "")
                self.assertEqual(together.code, 3)

    def test_one_line_a_file_whatever_its_state(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build", "-q").code, 0)
        write(self.path("empty.pa"), b"")
        write(self.path("text.pa"), b"hello, this is no pack at all, but long enough")
        os.mkfifo(self.path("pipe.pa"))
        result = self.run_here("inspect", "--format", "json", "build/assets.pa", "empty.pa", "text.pa", "pipe.pa",
                               "missing.pa")
        self.assertEqual(result.code, 3)
        documents = self.assert_lines(result, 5)
        self.assertEqual([document["loads"] for document in documents], [True, False, False, None, None])
        self.assertEqual(result.err, "")

    def test_hostile_names_stay_harmless(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document.update({"name": "\u202eevil \u200b \U0001f3ae"}))
        self.assertEqual(self.run_here("build", "-q").code, 0)
        result = self.run_here("inspect", "build/assets.pa")
        self.assertNotIn("\u202e", result.out)
        self.assertIn("\\u{202e}evil", result.out)
        self.assertIn("\U0001f3ae", result.out)
        document = self.assert_lines(self.run_here("inspect", "build/assets.pa", "--format", "json"), 1)[0]
        self.assertEqual(document["assets"][0]["asset_name"], "\u202eevil \u200b \U0001f3ae")
