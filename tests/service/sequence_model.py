"""What the random sequences know of a workspace: its state on disk, and what an operation makes of it.

A State is what was read from assets/. A Change is built from the state before an operation by what the contract says of it, and is
compared with the state after it, file by file and byte by byte."""

import json
import os
import re
from typing import NamedTuple, Optional

import xxhash

from harness.registries import any_inside, printed

ANCHOR = "asset.json"
OWN = ".prometeu"
REGISTRY = f"{OWN}/index.json"
HISTORY = f"{OWN}/history.jsonl"
QUARANTINE = f"{OWN}/quarantine"
PURGED = f"{QUARANTINE}/.purge-"
CACHE = f"{OWN}/cache.json"
ATTRIBUTES_STAGE = f"{OWN}/..gitattributes.new"  # of init --git
STAGED = (f".{ANCHOR}.new", ".hex.new", ".gpl.new", ATTRIBUTES_STAGE)
HIGHEST_OPERATION = 999_999_999_999


class Wrong(Exception):
    """prpack did something that the model does not allow."""


class Record(NamedTuple):
    uuid: str
    root: str
    included: bool


# ---- Trees: {path relative to assets/: bytes of a file, None for a directory, ("link", target)} ----


def read_tree(directory):
    found = {}
    pending = [("", directory)]
    while pending:
        prefix, path = pending.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                name = prefix + entry.name
                if entry.is_symlink():
                    found[name] = ("link", os.readlink(entry.path))
                elif entry.is_dir():
                    found[name] = None
                    pending.append((name + "/", entry.path))
                elif name != CACHE:
                    with open(entry.path, "rb") as file:
                        found[name] = file.read()
    return found


def write_tree(directory, tree):
    os.makedirs(directory)
    for name in sorted(tree):
        path = os.path.join(directory, name)
        content = tree[name]
        if content is None:
            os.mkdir(path)
        elif isinstance(content, bytes):
            with open(path, "wb") as file:
                file.write(content)
        else:
            os.symlink(content[1], path)


def names_below(tree, directory):
    """The paths in a directory, without its own."""
    prefix = directory + "/"
    return [name for name in tree if name.startswith(prefix)]


def remove_below(tree, path):
    for name in names_below(tree, path):
        del tree[name]
    del tree[path]


def move_below(tree, source, target):
    make_above(tree, target)
    for name in [source, *names_below(tree, source)]:
        tree[target + name[len(source):]] = tree.pop(name)


def make_above(tree, path):
    while "/" in path:
        path = path.rpartition("/")[0]
        tree.setdefault(path, None)


def components(path):
    """A path and all directories above it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def is_blocked(tree, path):
    """Whether something that is not a directory is on the way to a path."""
    return any(above in tree and tree[above] is not None for above in list(components(path))[1:])


def is_directory(tree, path):
    return path in tree and tree[path] is None and not is_blocked(tree, path)


def overlap(one, other):
    return one == other or one.startswith(other + "/") or other.startswith(one + "/")


def difference(found, expected):
    """Where two trees differ, as text; empty when they are equal."""
    if found == expected:
        return ""
    lines = [f"left over: {name}" for name in sorted(found.keys() - expected.keys())]
    lines += [f"missing: {name}" for name in sorted(expected.keys() - found.keys())]
    lines += [f"other content: {name}: {found[name]!r} is not {expected[name]!r}" for name in sorted(found.keys() & expected.keys())
              if found[name] != expected[name]]
    return "; ".join(lines)


# ---- The state on disk ----


def read_json(content):
    try:
        value = json.loads(content) if isinstance(content, bytes) else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


class State:
    """assets/ as it is. Raises Wrong when the registry cannot be read, or breaks a rule of its own."""

    def __init__(self, tree, calls_failed=False):
        self.tree = tree
        self.calls_failed = calls_failed  # in the step that led here
        self.exists = REGISTRY in tree
        self.next, self.records, self.schema = 1, {}, None
        if self.exists:
            self.read_registry()

    def read_registry(self):
        registry = read_json(self.tree[REGISTRY])
        if registry is None:
            raise Wrong("index.json cannot be read")
        self.next, self.schema = registry["next_asset_id"], registry.get("$schema")
        for each in registry["assets"]:
            self.records[each["asset_id"]] = Record(each["asset_uuid"], each["root"], each["included_in_build"])
        roots = [record.root for record in self.records.values()]
        if len(registry["assets"]) != len(self.records) or list(self.records) != sorted(self.records):
            raise Wrong("the ids of index.json do not rise")
        if any(number >= self.next for number in self.records):
            raise Wrong("next_asset_id is not above all ids")
        if len({record.uuid for record in self.records.values()}) != len(self.records):
            raise Wrong("two records have the same uuid")
        if any_inside(roots):
            raise Wrong("a root is in another one")

    def folders(self):
        """The names of the folders of the quarantine."""
        prefix = QUARANTINE + "/"
        return [name[len(prefix):] for name, content in self.tree.items()
                if name.startswith(prefix) and content is None and folder_number(name[len(prefix):]) is not None]

    def operations(self):
        """The whole lines of the history, by operation."""
        lines = self.tree.get(HISTORY)
        parsed = map(read_json, lines.split(b"\n")) if isinstance(lines, bytes) else ()
        return {line["operation"]: line for line in parsed if line is not None and {"operation", "time", "name", "text"} <= line.keys()}

    def next_operation(self):
        return 1 + max([*self.operations(), *map(folder_number, self.folders())], default=0)

    def folder_record(self, folder):
        """The record of a folder of the quarantine, or None when it is broken."""
        record = read_json(self.tree.get(f"{QUARANTINE}/{folder}/record.json"))
        members = {"schema_version", "operation", "time", "asset_id", "asset_uuid", "asset_name", "root", "included_in_build", "files"}
        if record is None or not members <= record.keys() or record["operation"] != folder_number(folder):
            return None
        return record

    def declaration(self, root):
        """What the asset.json in a root says, or None."""
        path = f"{root}/{ANCHOR}"
        return read_json(self.tree.get(path)) if is_directory(self.tree, root) else None

    def name_of(self, record):
        declared = self.declaration(record.root)
        return declared.get("name") if declared is not None and declared.get("asset_uuid") == record.uuid else None

    def slot_of(self, record):
        """The bank and the slot that an asset is to be preloaded into, or None."""
        declared = self.declaration(record.root)
        preload = declared.get("preload") if declared is not None else None
        if not isinstance(preload, dict) or not preload.get("enabled") or "slot" not in preload:
            return None
        return declared.get("type"), preload["slot"]

    def names(self):
        """The names of the build set."""
        return [self.name_of(record) for record in self.records.values() if record.included]


def folder_number(name):
    return int(name) if re.fullmatch("[0-9]{1,30}", name) and 1 <= int(name) <= HIGHEST_OPERATION else None


# ---- Operations ----


class File(NamedTuple):
    """A file of an asset that an operation wrote."""
    number: int
    path: str
    before: Optional[bytes]
    after: bytes


class Operation:
    """What an operation changed, to be taken back."""

    def __init__(self, number, name, undoes=None):
        self.number, self.name, self.undoes = number, name, undoes
        self.records = {}  # id: (before, after)
        self.moves = []  # (from, to)
        self.made = {}  # target of a move: the first directory that was made on the way to it
        self.folders = []  # the new folders of the quarantine
        self.files = []
        self.is_several = False  # it may be several operations, each with a line of its own

    def is_empty(self):
        return not (self.records or self.moves or self.folders or self.files)


class Change:
    """What a state has to become."""

    def __init__(self, before, name, undoes=None):
        self.before = before
        self.tree = dict(before.tree)
        self.records = dict(before.records)
        self.next = before.next
        self.next_folder = before.next_operation()
        self.emptied = []  # directories that go because they are empty; a kill may leave them
        self.operation = Operation(self.next_folder, name, undoes)

    def set_record(self, number, record):
        self.operation.records[number] = (self.records.get(number), record)
        if record is None:
            del self.records[number]
        else:
            self.records[number] = record

    def give_id(self, record):
        """A new record gets the next id, which is then spent."""
        self.set_record(self.next, record)
        self.next += 1
        return self.next - 1

    def move(self, source, target):
        missing = [above for above in list(components(target))[1:] if above not in self.tree]
        if missing and not target.startswith(OWN + "/"):
            self.operation.made[target] = missing[-1]
        move_below(self.tree, source, target)
        self.operation.moves.append((source, target))

    def write(self, number, path, content):
        """Writes a file of an asset."""
        whole = f"{self.records[number].root}/{path}"
        self.operation.files.append(File(number, path, self.tree.get(whole), content))
        self.tree[whole] = content

    def put_away(self, number, record, after, has_files):
        """Moves the files of an asset into a new folder of the quarantine, whose record is taken from the state after, and checked."""
        folder = f"{QUARANTINE}/{self.next_folder:04}"
        root = record.root
        files = {name[len(root) + 1:]: self.tree[name] for name in names_below(self.tree, root)
                 if isinstance(self.tree[name], bytes)} if has_files else {}
        check_folder(after, self.next_folder, number, record, files)
        self.tree[QUARANTINE] = self.tree[folder] = None
        self.tree[f"{folder}/record.json"] = after.tree[f"{folder}/record.json"]
        if has_files:
            self.move(root, f"{folder}/files")
        self.operation.folders.append(f"{self.next_folder:04}")
        self.operation.number = self.next_folder
        self.next_folder += 1

    def empty_way(self, path, made):
        """Removes the directories above a path, up to one that was made, as far as they are empty."""
        for above in list(components(path))[1:]:
            if names_below(self.tree, above):
                return
            del self.tree[above]
            self.emptied.append(above)
            if above == made:
                return

    def take_out(self, folder, root, has_files):
        """Moves the files of a folder back, and deletes the folder."""
        if has_files:
            self.move(f"{QUARANTINE}/{folder}/files", root)
        remove_below(self.tree, f"{QUARANTINE}/{folder}")

    def compare(self, after):
        """Raises Wrong unless the state after is this one."""
        before, operation = self.before, self.operation
        expected, found = dict(self.tree), dict(after.tree)
        if (self.records, self.next) != (before.records, before.next):
            expected[REGISTRY] = printed(self.next, self.records, before.schema)
        if not operation.is_empty():
            expected.pop(HISTORY, None)
            check_line(before.tree.get(HISTORY), found.pop(HISTORY, None), operation)
        if QUARANTINE in found:
            expected.setdefault(QUARANTINE, None)  # the directory stays when it is empty
        for name in expected.keys() - found.keys():
            if name.endswith(STAGED):
                del expected[name]  # left where a directory was moved by hand between a kill and the next command
        for name in self.emptied:
            if name in found and found[name] is None:
                expected.setdefault(name, None)
        unlike = difference(found, expected)
        if unlike:
            raise Wrong(f"{operation.name}: {unlike}")


def check_folder(after, operation, number, record, files):
    """Raises Wrong unless the record of a new folder says what was there."""
    found = after.folder_record(f"{operation:04}")
    if found is None:
        raise Wrong(f"quarantine {operation:04} has no record")
    listed = {each["path"]: (each["size"], each["xxh3"]) for each in found["files"]}
    expected = {path: (len(content), xxhash.xxh3_128(content).hexdigest()) for path, content in files.items()}
    if after.calls_failed:  # a file that cannot be read has no hash
        expected = {path: (size, listed[path][1] and value) if path in listed else None for path, (size, value) in expected.items()}
    said = found["asset_id"], found["asset_uuid"], found["root"], found["included_in_build"]
    if listed != expected or said != (number, *record):
        raise Wrong(f"the record of quarantine {operation:04} is not that of {number}, {record}: {found}")


def check_line(old, new, operation):
    """Raises Wrong unless a history is the old one and a line for that operation."""
    old = old if isinstance(old, bytes) else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    added = new[len(old):] if isinstance(new, bytes) and new.startswith(old) else b""
    if operation.is_several and added.count(b"\n") > 1:
        if any((read_json(each) or {}).get("name") != operation.name for each in added.splitlines()):
            raise Wrong(f"the history has wrong lines for {operation.name}: {added!r}")
        return
    operation.is_several = False
    line = read_json(added)
    if line is None or added.count(b"\n") != 1:
        raise Wrong(f"{operation.name}: the history has no line for it: {new!r}")
    if (line["operation"], line["name"], line.get("undoes")) != (operation.number, operation.name, operation.undoes):
        raise Wrong(f"the history has a wrong line for operation {operation.number}, {operation.name}: {line}")
