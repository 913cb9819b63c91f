"""Directories as trees: {path: bytes of a file, None for a directory, ("link", target), or ("special",) for anything else}."""

import json
import os
import re
import shutil
import tempfile

import xxhash

from harness.births import born, seal

CACHE = "cache.json"
HISTORY = "history.jsonl"
RECORD = "record.json"  # of a folder of the quarantine
JOURNAL = ".prpack-output"
SEAL_SIZE = 32  # what a note begins with: hexadecimal digits
SEAL = "0" * SEAL_SIZE  # in the note of a tree, until the tree is written


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    """Writes a file, and makes the directories above it."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode("utf-8"))


def scratch_root():
    """Memory where there is some: what tests prove there does not depend on a disk, and a disk takes its time to sync."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Scratch:
    """A directory that is removed when the block ends."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="prpack-test-", dir=scratch_root())
        return self.path

    def __exit__(self, *unused):
        shutil.rmtree(self.path)


def is_whole_cache(content):
    """Whether it is one JSON document that ends with a seal."""
    _, _, after = content.rpartition(b',"seal":"')
    try:
        return isinstance(json.loads(content), dict) and re.fullmatch(rb'[0-9a-f]{32}"}', after) is not None
    except ValueError:
        return False


def read_entry(path):
    if os.path.islink(path):
        return ("link", os.readlink(path))
    if os.path.isdir(path):
        return None
    return read(path) if os.path.isfile(path) else ("special",)


def operations_of(content):
    """The operations of a history, without what is another thing each time: times, uuids that are drawn, names that could not be read. One
    that is not whole stays as it is."""
    try:
        lines = [json.loads(line) for line in content.splitlines()]
        return b"".join(f"{each['operation']} {each['name']}\n".encode() for each in lines) if content.endswith(b"\n") else content
    except (ValueError, KeyError, TypeError):
        return content


def without_what_varies(record):
    """A record of the quarantine, whole, without its time and without what could not be read."""
    record = re.sub(rb'"time":"[^"]*"', b'"time":"2026-01-01T00:00:00Z"', record)
    return re.sub(rb'"(asset_name|xxh3)":("[^"]*"|null)', rb'"\1":null', record)


def read_tree(directory, with_cache=False):
    """Leaves out the build cache unless with_cache is set: the cache may be the old one, the new one, or absent, and it names
    inodes and times. A cache that is not whole is never left out. A history is read as its operations, a record of the quarantine without its time, and without what could not be read."""
    found = {}
    for at, directories, files in os.walk(directory):
        for name in directories + files:
            path = os.path.join(at, name)
            content = read_entry(path)
            if name == RECORD and isinstance(content, bytes):
                content = without_what_varies(content)
            if name == HISTORY and isinstance(content, bytes):
                content = operations_of(content)
            if with_cache or name != CACHE or not isinstance(content, bytes) or not is_whole_cache(content):
                found[os.path.relpath(path, directory)] = content
    return found


def adopt_journal(path):
    """The note of a build is sealed with what nothing but its directory has. A copy has to be sealed anew; one that was not sealed stays so."""
    sealed, colon, rest = os.readlink(path).partition(":")
    if len(sealed) == SEAL_SIZE:
        os.remove(path)
        os.symlink(seal(os.path.dirname(path), (colon + rest).encode()) + colon + rest, path)


EDIT_JOURNALS = (".prpack-edit", ".prpack-edit-commit")
STAGED_REGISTRY = ".index.json.new"


def adopt_edit(path):
    """The journal of an edit names inode and birth of its directory and of the staged registry. One that is cut stays so."""
    text = read(path)
    before, _, after = text.rpartition(b"end ")
    if xxhash.xxh3_128(before).hexdigest().encode() + b"\n" != after:
        return
    directory = os.path.dirname(path)
    registry = os.path.join(directory, STAGED_REGISTRY)
    if not os.path.exists(registry):
        registry = os.path.join(directory, "index.json")
    if not os.path.exists(registry):
        return
    first, rest = before.split(b"\n", 1)
    name, version = first.decode().split(" ")[:2]
    own = f"{name} {version} {os.stat(directory).st_ino} {born(directory)} {os.stat(registry).st_ino} {born(registry)}\n"
    before = own.encode() + rest
    write(path, before + f"end {xxhash.xxh3_128(before).hexdigest()}\n".encode())


def commit_edit(directory):
    """Makes a registry's directory look as if a command had been killed right after it committed an edit, one that leaves the registry as it is."""
    write(os.path.join(directory, STAGED_REGISTRY), read(os.path.join(directory, "index.json")))
    journal = os.path.join(directory, ".prpack-edit-commit")
    before = b"prpack-edit 2 0 0 0 0\n"
    write(journal, before + b"end " + xxhash.xxh3_128(before).hexdigest().encode() + b"\n")
    adopt_edit(journal)


def write_tree(directory, tree):
    for key in sorted(tree):
        path = os.path.join(directory, key)
        content = tree[key]
        if content is None:
            os.makedirs(path, exist_ok=True)
        elif isinstance(content, bytes):
            write(path, content)
        else:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            os.symlink(content[1], path)
    paths = [os.path.join(directory, key) for key in tree]
    for path in paths:
        if os.path.basename(path) == JOURNAL:
            adopt_journal(path)
        if os.path.basename(path) in EDIT_JOURNALS:
            adopt_edit(path)


def below(tree, directory):
    return {key: content for key, content in tree.items() if key == directory or key.startswith(directory + "/")}


def without(tree, directory):
    return {key: content for key, content in tree.items() if key not in below(tree, directory)}


def with_directories(tree):
    whole = dict(tree)
    for key in tree:
        while "/" in key:
            key = os.path.dirname(key)
            whole.setdefault(key, None)
    return whole


def purged_in_part(tree, before, quarantine):
    """What is wrong with what a purge of whole folders has left that did not come to its end, or None: each folder is whole, or gone, or has
    the name that says so, and all else is as it was."""
    rest, rest_before = without(tree, quarantine), without(before, quarantine)
    if rest != rest_before:
        return difference(rest, rest_before)
    known = {quarantine}
    for folder in {key[len(quarantine) + 1:].split("/")[0] for key in below(before, quarantine) if key != quarantine}:
        whole, begun = f"{quarantine}/{folder}", f"{quarantine}/.purge-{folder}"
        kept = below(tree, whole)
        if kept and (kept != below(before, whole) or below(tree, begun)):
            return f"{folder} could be restored, and is not whole"
        for key, content in below(tree, begun).items():
            if before.get(whole + key[len(begun):], "none") != content:
                return f"{key} is new"
        known |= kept.keys() | below(tree, begun).keys()
    strange = below(tree, quarantine).keys() - known
    return f"left over: {sorted(strange)}" if strange else None


def difference(tree, expected):
    """Where two trees differ, as text; empty when they are equal."""
    lines = []
    for key in sorted(tree.keys() | expected.keys()):
        if key not in expected:
            lines.append(f"left over: {key}")
        elif key not in tree:
            lines.append(f"missing: {key}")
        elif tree[key] != expected[key]:
            lines.append(f"other content: {key}")
    return "; ".join(lines)
