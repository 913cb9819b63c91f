"""Each operation by its method and by its command: the same answer, the same files (docs/contracts/serve.md 4)."""

import json
import os
import re
import shutil
import subprocess

import jsonschema
from connection import ENVIRONMENT, PARAMETERS, ROOT, Server, ServerTest, WorkspaceTest, prpack
from harness.pictures import png
from harness.program import USAGE, WELL, WRONG
from harness.trees import Scratch, read_tree, write_tree
from harness.workspaces import painted, scenes, with_more

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SCENES = {**scenes({"bay": b"a bay " * 400, "cave": b"a cave"}), "assets/new/level.bin": b"a level", "assets/other/level.bin": b"another"}
ODD = {**SCENES, "assets/odd/odd.png": png(9, 8, 2, b"".join(b"\0" + bytes(27) for _ in range(8)))}
REGISTRY = json.dumps({"schema_version": 1, "next_asset_id": 1, "assets": []}).encode()
BUILT = ["build"]

# Method: the tree, commands before, parameters, and the words of the command.
CASES = {
    "init": ({}, [], {"directory": "game", "git": True}, ["init", "--git", "game"]),
    "add": (SCENES, [], {"roots": ["assets/new"], "type": "scene_bank", "as": "SCENE/raw_v1", "slot": 3},
            ["add", "--type", "scene_bank", "--as", "SCENE/raw_v1", "--slot", "3", "assets/new"]),
    "adopt": ({**SCENES, "assets/copy/asset.json": SCENES["assets/cave/asset.json"], "assets/copy/data.bin": b"a copy"}, [],
              {"roots": ["assets/copy"], "as_copy": True}, ["adopt", "--as-copy", "assets/copy"]),
    "palettes": (painted(), [], {"names": ["cave"], "max": 4, "write": True}, ["palettes", "cave", "--max", "4", "--write"]),
    "exclude": (SCENES, [], {"names": ["bay", "2"]}, ["exclude", "bay", "2"]),
    "include": (SCENES, [["exclude", "bay"]], {"names": ["bay"], "dry_run": True}, ["include", "bay", "--dry-run"]),
    "rename": (SCENES, [], {"asset": "bay", "new_name": "harbour"}, ["rename", "bay", "harbour"]),
    "move": (SCENES, [], {"asset": "bay", "new_root": "sea/bay"}, ["move", "bay", "sea/bay"]),
    "forget": (SCENES, [], {"names": ["bay"]}, ["forget", "bay"]),
    "remove": (SCENES, [], {"names": ["bay"]}, ["remove", "bay"]),
    "quarantine_list": (SCENES, [["remove", "bay"]], {}, ["quarantine", "list"]),
    "quarantine_restore": (SCENES, [["remove", "bay"]], {"numbers": ["1"]}, ["quarantine", "restore", "1"]),
    "quarantine_purge": (SCENES, [["remove", "bay"]], {"all": True, "yes": True}, ["quarantine", "purge", "--all", "--yes"]),
    "history": (SCENES, [["exclude", "bay"]], {}, ["history"]),
    "undo": (SCENES, [["exclude", "bay"]], {}, ["undo"]),
    "doctor": (SCENES, [], {"workspace": True}, ["doctor", "--workspace"]),
    "gc": (SCENES, [BUILT], {}, ["gc"]),
    "merge_registry": ({"a": REGISTRY, "b": REGISTRY, "c": REGISTRY}, [], {"base": "a", "ours": "b", "theirs": "c"}, ["merge-registry", "a", "b", "c"]),
    "list": (SCENES, [], {}, ["list"]),
    "show": (SCENES, [BUILT], {"asset": "cave"}, ["show", "cave"]),
    "build": (SCENES, [], {"verify": True, "output": "out", "explain": True, "jobs": 2}, ["build", "--verify", "--output", "out", "--explain", "-j2"]),
    "verify": (SCENES, [BUILT], {"sources": True}, ["verify", "--sources"]),
    "inspect": (SCENES, [BUILT], {"paths": ["build/assets.pa"], "max_findings": 5}, ["inspect", "build/assets.pa", "--max-findings", "5"]),
    "extract": (SCENES, [BUILT], {"pack": "build", "to": "taken"}, ["extract", "build", "--to", "taken"]),
    "ids": (SCENES, [BUILT], {"output": "ids.h", "format": "c"}, None),  # the command's --format is that of the product
    "explain": ({}, [], {"ids": ["entry-type", "no-such"]}, ["explain", "entry-type", "no-such"]),
    "watch": (SCENES, [], {}, None),  # does not end by itself: test_watch.py
}

# Several things at once, faults, refusals.
MORE = [
    ("inspect", SCENES, [BUILT], {"paths": ["build", "build/assets.pa"]}, ["inspect", "build", "build/assets.pa"]),
    ("inspect", {"a.pa": b"not a pack"}, [], {"paths": ["a.pa"]}, ["inspect", "a.pa"]),
    ("inspect", {}, [], {"paths": ["nothing.pa"]}, ["inspect", "nothing.pa"]),
    ("add", SCENES, [], {"roots": ["assets/new", "assets/other"], "type": "scene_bank"}, ["add", "assets/new", "assets/other", "--type", "scene_bank"]),
    ("add", SCENES, [], {"roots": ["assets/new"], "type": "sound"}, ["add", "assets/new", "--type", "sound"]),
    ("palettes", with_more(painted()), [], {"names": ["cave"]}, ["palettes", "cave"]),
    ("add", ODD, [], {"roots": ["assets/odd"], "name": "x", "tile_size": 8, "max_decoded": 5000, "preload": True}, [
        "add", "assets/odd", "--name", "x", "--tile-size", "8", "--max-decoded", "5000", "--preload"]),
    ("adopt", ODD, [], {"roots": ["assets/odd"], "as_copy": True}, ["adopt", "assets/odd", "--as-copy"]),
    ("build", {}, [], {}, ["build"]),
    ("build", {name: data for name, data in SCENES.items() if name != "assets/bay/data.bin"}, [], {"strict": True, "ignore": ["anchor-unregistered"]},
     ["build", "--strict", "--ignore", "anchor-unregistered"]),
    ("quarantine_purge", SCENES, [["remove", "bay"]], {"all": True}, ["quarantine", "purge", "--all"]),
    ("verify", SCENES, [], {}, ["verify"]),
    ("show", SCENES, [], {"asset": "caev"}, ["show", "caev"]),
]


def schema_of(name):
    with open(os.path.join(ROOT, "docs", "schemas", name), encoding="utf-8") as file:
        return json.load(file)


SCHEMAS = {name: schema_of(name) for name in ("serve.schema.json", "report.schema.json")}


def check_schema(name, value):
    """A value against a definition of the schema of the server."""
    resolver = jsonschema.RefResolver("", {}, store=SCHEMAS)
    jsonschema.Draft202012Validator({"$ref": f"serve.schema.json#/$defs/{name}"}, resolver=resolver).validate(value)


def plain(value):
    """Without what is drawn, and what the clock says."""
    return json.loads(TIME.sub("TIME", UUID.sub("UUID", json.dumps(value))))


def plain_tree(tree):
    return {name: UUID.sub("UUID", TIME.sub("TIME", data.decode("utf-8", "replace"))) if isinstance(data, bytes) and not name.endswith("cache.json") else None
            for name, data in tree.items()}


class Methods(ServerTest):
    def setUp(self):
        WorkspaceTest.setUp(self)  # no workspace around those of the cases
        self.description = json.loads(prpack("serve", "--describe").out)

    def prepare(self, name, tree, before):
        path = self.path(name)
        os.makedirs(path)
        write_tree(path, tree)
        for words in before:
            self.assertEqual(prpack(*words, cwd=path).code, WELL)
        return path

    def both(self, method, tree, before, params, words):
        """The answer of the server and the documents of the command, after the same commands."""
        first, second = self.prepare("first", tree, before), self.prepare("second", tree, before)
        with Server(first) as server:
            server.initialize()
            answer = server.answer(server.request(f"prpack/{method}", **params))
            server.end()
        check_schema("answer", answer)
        ended = prpack(*words, "--format", "json", cwd=second)
        self.assertEqual(plain_tree(read_tree(first)), plain_tree(read_tree(second)), method)
        shutil.rmtree(first)
        shutil.rmtree(second)
        return answer, ended

    def check(self, method, tree, before, params, words):
        answer, ended = self.both(method, tree, before, params, words)
        documents = plain(ended.documents())
        if ended.code != USAGE:
            check_schema("client", {"jsonrpc": "2.0", "id": 1, "method": f"prpack/{method}", "params": params})
            check_schema(f"{method}.params", params)
        if ended.code in (WELL, WRONG):
            self.assertIn("result", answer, (method, answer, ended.said))
            check_schema(f"{method}.result", answer["result"])
            found = answer["result"]
        else:
            self.assertEqual(answer["error"]["code"], PARAMETERS if ended.code == USAGE else ENVIRONMENT)
            self.assertEqual(answer["error"]["message"], documents[0]["diagnostics"][0]["message"])
            found = answer["error"]["data"]
        self.assertEqual(plain(found), documents if len(documents) > 1 else documents[0], method)

    def test_each_method_answers_as_its_command(self):
        for method, (tree, before, params, words) in CASES.items():
            if words is not None:
                with self.subTest(method):
                    self.check(method, tree, before, params, words)

    def test_faults_and_refusals_are_the_same(self):
        for case in MORE:
            with self.subTest(case[0]):
                self.check(*case)

    def test_ids(self):
        path = self.prepare("first", SCENES, [BUILT])
        with Server(path) as server:
            server.initialize()
            result = server.call("prpack/ids", **CASES["ids"][2])
            check_schema("ids.result", result)
            self.assertEqual(len(json.loads(server.call("prpack/ids")["product"])["assets"]), 2)
        self.assertTrue(os.path.exists(os.path.join(path, "ids.h")))

    def test_every_operation_is_a_command_and_a_method(self):
        operations = set(schema_of("report.schema.json")["$defs"]) - {"refused", "examination"}
        operations = {name for name in operations if "x-changes" in schema_of("report.schema.json")["$defs"][name]}
        names = {name.replace(" ", "_").replace("-", "_") for name in operations}
        self.assertEqual({method.split("/")[1] for method in self.description["methods"]}, names)
        self.assertEqual(set(CASES), names)
        listed = re.findall(r"^  ((?:quarantine )?[a-z-]+)", prpack("--help").out.split("commands:\n")[1].split("\noptions")[0], re.M)
        self.assertEqual(set(listed) - {"serve"}, operations)
        with Server(self.dir) as server:
            self.assertEqual(set(server.initialize()["capabilities"]["methods"]), set(self.description["methods"]))

    def test_parameters_are_the_long_options(self):
        own = {"workDoneToken", "findings"}
        front = {"directory", "quiet", "help", "version", "format", "markdown"}
        for method, facts in self.description["methods"].items():
            words = method.split("/")[1].replace("quarantine_", "quarantine ").replace("_", "-").split()
            options = {name.replace("-", "_") for name in re.findall(r"^  (?:-\w,|   ) --([a-z-]+)", prpack(*words, "--help").out, re.M)}
            operands = set(facts["parameters"]) - own - options
            self.assertLessEqual(options - front, set(facts["parameters"]), method)
            self.assertLessEqual(operands, {"paths", "roots", "asset", "new_name", "new_root", "names", "numbers", "directory", "operation", "ids", "base",
                                            "ours", "theirs", "pack"}, method)

    def test_the_schema_is_that_of_the_program(self):
        printed = subprocess.run([os.environ["PRPACK_SERVE_SCHEMA"]], capture_output=True, check=True).stdout
        self.assertEqual(json.loads(printed), schema_of("serve.schema.json"))
        jsonschema.Draft202012Validator.check_schema(schema_of("serve.schema.json"))

    def test_the_schema_refuses_what_the_server_refuses(self):
        server = self.open()
        for method, params in (("build", {"verfy": True}), ("build", {"jobs": 0}), ("build", {"verify": 1}), ("add", {}), ("add", {"roots": []}),
                               ("add", {"roots": ["a"], "tile_size": 12}), ("show", {"asset": None}), ("inspect", {"paths": "a"}), ("build", {"output": ""})):
            self.assertEqual(server.fail(f"prpack/{method}", **params)["code"], PARAMETERS, params)
            with self.assertRaises(jsonschema.ValidationError):
                check_schema(f"{method}.params", params)
