"""Workspaces to be wrecked, and ways to see what is left of them."""

import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile

PRPACK = os.environ["PRPACK"]
AT_SYSCALL = os.environ.get("AT_SYSCALL", "")
WORKERS = os.cpu_count() or 1
KILLED = 128 + 9
NOT_REACHED = 125
ARTIFACTS = ("asset_table.json", "preload.json", "asset_table_metadata.json", "assets.pa")

WELL, WRONG, USAGE, ENVIRONMENT = 0, 1, 2, 3


def scratch_root():
    """Memory where there is some: what these tests prove does not depend on a disk, and a disk takes its time to sync."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Scratch:
    """A directory that goes when the block ends."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="prpack-standing-", dir=scratch_root())
        return self.path

    def __exit__(self, *unused):
        shutil.rmtree(self.path)


def run(command, cwd, **options):
    return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=120, check=False, **options)


def prpack(cwd, *arguments, **options):
    return run([PRPACK, *arguments], cwd, **options)


# Trees: {path: bytes of a file, or None for a directory, or ("link", target)}.

def read_tree(directory):
    found = {}
    for at, directories, files in os.walk(directory):
        for name in directories + files:
            path = os.path.join(at, name)
            key = os.path.relpath(path, directory)
            if os.path.islink(path):
                found[key] = ("link", os.readlink(path))
            elif os.path.isdir(path):
                found[key] = None
            else:
                with open(path, "rb") as file:
                    found[key] = file.read()
    return found


JOURNAL = ".prpack-output"


def adopt_journal(path):
    """The journal of a build names the inode of the directory that it was written in. A copy of it has to name its own."""
    _, rest = os.readlink(path).split(":", 1)
    os.remove(path)
    os.symlink(f"{os.stat(os.path.dirname(path)).st_ino}:{rest}", path)


def write_tree(directory, tree):
    for key in sorted(tree):
        path = os.path.join(directory, key)
        content = tree[key]
        if content is None:
            os.makedirs(path, exist_ok=True)
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if isinstance(content, tuple):
            os.symlink(content[1], path)
            if os.path.basename(path) == JOURNAL:
                adopt_journal(path)
        else:
            with open(path, "wb") as file:
                file.write(content)


def below(tree, directory):
    return {key: content for key, content in tree.items() if key == directory or key.startswith(directory + "/")}


def without(tree, directory):
    return {key: content for key, content in tree.items() if key not in below(tree, directory)}


def difference(tree, expected):
    """What a reader wants to know about two trees that differ."""
    lines = []
    for key in sorted(tree.keys() | expected.keys()):
        if key not in expected:
            lines.append(f"left over: {key}")
        elif key not in tree:
            lines.append(f"missing: {key}")
        elif tree[key] != expected[key]:
            lines.append(f"other content: {key}")
    return "; ".join(lines)


# Workspaces.

def scenes(assets, left_out=()):
    """The tree of a workspace of raw scenes: {root: bytes}, ids from 1 in that order."""
    tree = {}
    records = []
    for number, (root, data) in enumerate(assets.items(), start=1):
        uuid = f"00000000-0000-4000-8000-{number:012d}"
        records.append({"asset_id": number, "asset_uuid": uuid, "root": root,
                        "included_in_build": root not in left_out})
        tree[f"assets/{root}/asset.json"] = json.dumps({
            "schema_version": 1, "asset_uuid": uuid, "name": root, "type": "scene_bank",
            "inputs": {"sources": ["data.bin"]}, "output": {"format": "SCENE/raw_v1", "codec": "NONE"},
            "preload": {"enabled": False}}).encode()
        tree[f"assets/{root}/data.bin"] = data
    tree["assets/.prometeu/index.json"] = json.dumps(
        {"schema_version": 1, "next_asset_id": len(records) + 1, "assets": records}).encode()
    return with_directories(tree)


def with_directories(tree):
    whole = dict(tree)
    for key in tree:
        while "/" in key:
            key = os.path.dirname(key)
            whole.setdefault(key, None)
    return whole


def tree_after(tree, *commands, workspace="."):
    """The tree that commands of prpack leave, which must end well."""
    with Scratch() as path:
        write_tree(path, tree)
        for command in commands:
            ended = prpack(os.path.join(path, workspace), *command)
            if ended.returncode != WELL:
                raise AssertionError(f"prpack {' '.join(command)}: {ended.stderr.decode()}")
        return read_tree(path)


# Points.

def each(function, items, workers=WORKERS):
    """Applies a function to all items, some at once. Returns the results in order."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, items))


def tell(name, problems, points, what):
    """Prints the count of one proof and its first problems; returns whether there were none."""
    for problem in problems[:10]:
        print(f"{name}: {problem}", file=sys.stderr)
    print(f"{name}: {points - len(problems)} of {points} {what}", flush=True)
    return not problems and points > 0
