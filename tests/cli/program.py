"""The program under test, and workspaces to run it in."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

PRPACK = os.environ["PRPACK"]
ROOT = os.environ["PRPACK_ROOT"]
DEMO = os.path.join(ROOT, "corpus", "workspaces", "demo")
ARTIFACTS = ["assets.pa", "asset_table.json", "asset_table_metadata.json", "preload.json"]


class Result:
    """How one run ended."""

    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode("utf-8")
        self.err = process.stderr.decode("utf-8")

    def documents(self):
        return [json.loads(line) for line in self.out.splitlines()]


def prpack(*arguments, cwd=None, env=None, umask=None):
    """Runs the program without a terminal. A run that a signal ended fails the test."""
    environment = dict(os.environ)
    environment.update(env or {})
    preexec = (lambda: os.umask(umask)) if umask is not None else None
    process = subprocess.run([PRPACK, *arguments], cwd=cwd, env=environment, preexec_fn=preexec, timeout=120,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if process.returncode < 0:
        raise AssertionError(f"prpack {arguments} was killed by signal {-process.returncode}: {process.stderr}")
    return Result(process)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode("utf-8"))


def artifacts_of(build):
    return {name: read(os.path.join(build, name)) for name in ARTIFACTS}


def tree_of(directory):
    """Every path below a directory with its bytes: to see that nothing changed and nothing was left."""
    found = {}
    for at, directories, files in os.walk(directory):
        for name in directories:
            found[os.path.relpath(os.path.join(at, name), directory)] = None
        for name in files:
            path = os.path.join(at, name)
            found[os.path.relpath(path, directory)] = read(path) if os.path.isfile(path) else "special"
    return found


class WorkspaceTest(unittest.TestCase):
    """Gives each test an empty directory, self.dir, that goes when it ends."""

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
        """A workspace of raw scenes, written by hand: {root: bytes}, ids from 1 in that order."""
        records = []
        for number, (root, data) in enumerate(assets.items(), start=1):
            uuid = f"00000000-0000-4000-8000-{number:012d}"
            records.append({"asset_id": number, "asset_uuid": uuid, "root": root, "included_in_build": True})
            declaration = {"schema_version": 1, "asset_uuid": uuid, "name": root.replace("/", "_"),
                           "type": "scene_bank", "inputs": {"sources": ["data.bin"]},
                           "output": {"format": "SCENE/raw_v1", "codec": "NONE"}, "preload": {"enabled": False}}
            write(self.path("assets", root, "asset.json"), json.dumps(declaration))
            write(self.path("assets", root, "data.bin"), data)
        registry = {"schema_version": 1, "next_asset_id": len(records) + 1, "assets": records}
        write(self.path("assets", ".prometeu", "index.json"), json.dumps(registry))

    def edit_declaration(self, root, change):
        """Applies change(document) to an asset.json."""
        path = self.path("assets", root, "asset.json")
        document = json.loads(read(path))
        change(document)
        write(path, json.dumps(document))

    def assert_one_line(self, result, code, diagnostic, *words):
        """One error line, with the id, and the words that a user needs."""
        self.assertEqual(result.code, code, result.out + result.err)
        lines = [line for line in result.err.splitlines() if line.startswith("error[")]
        self.assertEqual(len(lines), 1, result.err)
        self.assertIn(f"error[{diagnostic}]", lines[0])
        for word in words:
            self.assertIn(word, lines[0])
