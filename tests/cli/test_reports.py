"""Machine-readable reports: one line a thing, always valid, always of the documented shape."""

import copy
import json
import os
import shutil
import tempfile
import subprocess

import jsonschema
from harness.pictures import png
from harness.watching import Watch
from harness.trees import read, write
from workspace import ROOT, WorkspaceTest, prpack


SCHEMA = os.path.join(ROOT, "docs", "schemas", "report.schema.json")


def objects_of(value, path=()):
    """The objects in a document, as the paths to them. What is inside of metadata is not ours."""
    if isinstance(value, dict):
        yield path
        for name, inner in value.items():
            if name != "metadata":
                yield from objects_of(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from objects_of(inner, (*path, index))


def changed(document, path, change):
    """A copy of a document in which change(object) was applied to the object at a path."""
    whole = copy.deepcopy(document)
    part = whole
    for step in path:
        part = part[step]
    change(part)
    return whole


def variants(document):
    """Documents that differ from this one in a member that is missing, is one too many, or has another kind of value."""
    for path in objects_of(document):
        part = document
        for step in path:
            part = part[step]
        if path == ("diagnostics_not_listed",):
            yield path, changed(document, path, lambda counts: counts.update({"slice-gap": 0}))
            continue
        yield path, changed(document, path, lambda members: members.update({"extra": None}))
        for name in part:
            yield (*path, name), changed(document, path, lambda members, name=name: members.pop(name))
            yield (*path, name), changed(document, path, lambda members, name=name: members.update({name: [7]}))


def name_of(command):
    """The operation: some have two words."""
    return " ".join(command[:2]) if command[0] == "quarantine" else command[0]


class Reports(WorkspaceTest):
    def setUp(self):
        super().setUp()
        schema = json.loads(read(SCHEMA))
        jsonschema.Draft202012Validator.check_schema(schema)
        self.validator = jsonschema.Draft202012Validator(schema)

    def assert_lines(self, result, count):
        self.assertEqual(result.out.count("\n"), count, result.out)
        documents = result.documents()
        self.assertEqual(len(documents), count)
        for document in documents:
            self.validator.validate(document)
        return documents

    def test_the_schema_is_that_of_the_table_of_operations(self):
        printed = subprocess.run([os.environ["PRPACK_SCHEMA"]], stdout=subprocess.PIPE, check=True).stdout
        self.assertEqual(json.dumps(json.loads(printed), indent=4) + "\n", read(SCHEMA).decode("utf-8"),
                         "run: print_schema | python3 -m json.tool > docs/schemas/report.schema.json")

    def test_the_schema_accepts_nothing_else(self):
        self.scene_workspace({"a": b"1"})
        os.makedirs(self.path("new"))
        documents = [prpack(*command, "--format", "json", cwd=self.dir).documents()[0] for command in (
            ["list"], ["build", "--check", "--explain"], ["build", "--verify", "--explain"], ["build"], ["verify"], ["init", "-C", "new", "--assets", "art", "--dry-run"],
            ["init", "-C", "new", "--assets", "art"],
            ["add", "assets/a"], ["explain", "name-empty"], ["exclude", "a"], ["include", "a", "--dry-run"], ["rename", "a", "b"], ["move", "a", "z", "--dry-run"], ["forget", "a", "--dry-run"], ["history"], ["remove", "a"], ["quarantine", "list"], ["quarantine", "restore", "3"],
            ["quarantine", "restore", "3"],
            ["gc"], ["doctor"], ["doctor", "--fix"], ["frobnicate"], ["list", "--sources"],
            ["inspect", os.path.join(ROOT, "corpus", "cartridges", "invalid", "cartridge-asset-missing.no-pack")])]
        os.makedirs(self.path("assets", "b"))
        write(self.path("assets", "b", "b.bin"), b"2")
        documents += self.run_here("add", "assets/b", "--type", "scene_bank", "--dry-run", "--format", "json").documents()
        documents += self.run_here("add", "assets/b", "--type", "scene_bank", "--format", "json").documents()
        seen = 0
        for document in documents:
            self.validator.validate(document)
            for path, variant in variants(document):
                seen += 1
                self.assertFalse(self.validator.is_valid(variant), f"{document['command']}: {path}: {variant}")
        self.assertGreater(seen, 400)

    def state(self):
        """What is in the directory: the game's files, and the output. The cache belongs to neither."""
        found = {"workspace": {}, "output": {}}
        for at, _, names in os.walk(self.dir):
            for path in (os.path.join(at, name) for name in names if name != "cache.json"):
                part = "workspace" if path.startswith(self.path("assets")) else "output"
                found[part][path] = (read(path), os.stat(path).st_mtime_ns)
        return found

    def test_commands_change_what_the_table_of_operations_says(self):
        operations = {name: definition["x-changes"] for name, definition in json.loads(read(SCHEMA))["$defs"].items()
                      if "x-changes" in definition}
        self.scene_workspace({"a": b"1"})
        os.remove(self.path("assets", ".prometeu", "index.json"))
        write(self.path("assets", "b", "b.png"), png(8, 8, 2, b"".join(b"\0" + b"\xff\0\0" * 8 for _ in range(8))))
        write(self.path("assets", ".prometeu", "quarantine", "0001", "record.json"), b"{}")
        shutil.copytree(self.path("assets", "a"), self.path("assets", "c"))
        for name in ("base", "ours", "theirs"):
            write(self.path(name), b'{\n  "schema_version": 1,\n  "next_asset_id": 1,\n  "assets": []\n}\n')
        elsewhere = tempfile.mkdtemp(prefix="prpack-cli-")
        self.addCleanup(shutil.rmtree, elsewhere)
        commands = (["init"], ["add", "--anyway", "assets/a", "assets/b"], ["adopt", "--as-copy", "c"], ["palettes", "2", "--write"], ["exclude", "1"], ["include", "1"], ["rename", "2", "x"],
                    ["move", "2", "z"], ["forget", "1"], ["remove", "2"], ["quarantine", "list"], ["quarantine", "restore", "10"],
                    ["quarantine", "purge", "--all", "--yes"], ["history"], ["undo", "9"], ["doctor", "--fix"], ["gc"], ["merge-registry", "base", "ours", "theirs"], ["list"], ["show", "2"], ["build"], ["watch"], ["verify", "--sources"], ["inspect", "build"], ["extract", "build", "--to", elsewhere], ["ids"], ["explain"])
        self.assertEqual([name_of(command) for command in commands], list(operations))
        for command in commands:
            if command[0] in ("gc", "doctor"):
                write(self.path("build", ".prpack-staging", "assets.pa"), b"of a killed build")
            before = self.state()
            if command == ["watch"]:
                os.remove(self.path("build", "preload.json"))
                before = self.state()
                with Watch(self.dir) as watch:
                    watch.wait_lines(1)
                    self.assertEqual(watch.end().code, 0)
            else:
                self.assertEqual(self.run_here(*command).code, 0, command)
            after = self.state()
            changes = [part for part in before if before[part] != after[part]] or ["nothing"]
            self.assertEqual(changes, [operations[name_of(command)]], command)

    def test_every_command_has_the_documented_shape(self):
        json_format = ["--format", "json"]
        self.assert_lines(self.run_here("list", *json_format), 1)
        self.assert_lines(self.run_here("init", *json_format), 1)
        self.assert_lines(self.run_here("init", *json_format), 1)
        write(self.path("assets", "one", "one.bin"), b"1")
        write(self.path("assets", "two", "two.bin"), b"2")
        self.assert_lines(self.run_here("add", "assets/one", "assets/two", "assets/three", "--type", "scene_bank", *json_format), 3)
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
