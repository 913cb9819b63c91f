"""Cuts the power after every change that prpack makes on disk, and looks at what the next command finds.

    power_cut.py SCENARIO       the scenarios of kill_points.py

What a power cut leaves is computed from the list of changes of one real run. The model, which is harsher than the file systems in use:

- A change to a directory (create, mkdir, symlink, rename, unlink, rmdir) is atomic. It is there for certain once that directory has been
  synced afterwards; a rename, once the directory that it goes to has been synced. Until then it may be there or not, whatever became
  of the changes before and after it, unless it needs one of them: what was not made cannot be renamed.
- The content of a file is there for certain once that file has been synced after its last write. Until then the file may be empty, cut in half,
  full of zeros, or whole.
- Syncing the file system makes all of this certain.
- Syncing a file makes no entry of a directory certain, and syncing a directory no content.

After each change every set of uncertain changes is tried, with each kind of content. Then the next command must find the old set or the
new one, as after a kill; and after the last change, when the program has told that it is done, the new set alone.
"""

import itertools
import os
import sys

from harness.program import WELL, prpack, run
from harness.trees import HISTORY, Scratch, difference, read, read_tree, write_tree, without
from kill_points import reads, SCENARIOS
from points import each, tell

LOG_CHANGES = os.environ["LOG_CHANGES"]
MOST_UNCERTAIN = 10  # 1,024 sets
CONTENTS = {"whole": lambda data: data, "empty": lambda data: b"", "half": lambda data: data[:len(data) // 2],
            "zeros": lambda data: bytes(len(data))}


class Directory:
    def __init__(self):
        self.entries = {}


class File:
    def __init__(self, content=None):
        self.content = content  # None: known when the run is over
        self.certain = content is not None
        self.written = b""  # as far as the log shows it: for what is gone when the run is over


class Change:
    """One entry of a directory that comes, goes or moves. A source or a target is (directory, name) or None."""

    def __init__(self, line, node, source, target):
        self.line = line
        self.node = node
        self.source = source
        self.target = target
        self.certain = False

    def is_settled_by(self, directory):
        return (self.target or self.source)[0] is directory

    def apply(self):
        if self.source:
            directory, name = self.source
            if directory.entries.get(name) is self.node:
                del directory.entries[name]
            elif not self.certain:
                return
        if self.target:
            directory, name = self.target
            directory.entries[name] = self.node


class Disk:
    """What the run has done so far, as the kernel sees it, and what of it is certain."""

    def __init__(self, root, tree):
        self.root_path = root
        self.root = Directory()
        self.changes = []
        for key in sorted(tree):
            directory, name = self.locate(os.path.join(root, key))
            directory.entries[name] = Directory() if tree[key] is None else File(tree[key])
        self.directories = list(self.all_directories(self.root))
        self.initial = self.entries_now()

    def all_directories(self, directory):
        yield directory
        for node in directory.entries.values():
            if isinstance(node, Directory):
                yield from self.all_directories(node)

    def entries_now(self):
        return [(directory, dict(directory.entries)) for directory in self.directories]

    def node_at(self, path):
        node = self.root
        for part in os.path.relpath(os.path.normpath(path), self.root_path).split("/"):
            node = node if part == "." else node.entries[part]
        return node

    def locate(self, path):
        path = os.path.normpath(path)
        return self.node_at(os.path.dirname(path)), os.path.basename(path)

    def settle_all(self):
        """After a sync of the file system nothing is uncertain."""
        for change in self.changes:
            change.certain = True
            if isinstance(change.node, File):
                change.node.certain = True

    def take(self, line):
        """Does what a line of the log says. Returns whether it changed an entry."""
        kind, *paths = line.split("\t")
        if kind == "syncfs":
            self.settle_all()
            return True
        if kind in ("write", "sync"):
            if not paths[0].startswith(self.root_path):
                return False
            node = self.node_at(paths[0])
            if kind == "write":
                node.certain = False
                node.written += bytes.fromhex(paths[1]) if len(paths) > 1 else b""
            elif isinstance(node, File):
                node.certain = True
            else:
                for change in self.changes:
                    change.certain = change.certain or change.is_settled_by(node)
            return True
        source = target = None
        if kind in ("create", "mkdir", "symlink"):
            node = Directory() if kind == "mkdir" else File(("link", paths[0]) if kind == "symlink" else None)
            target = self.locate(paths[-1])
            if kind == "mkdir":
                self.directories.append(node)
        elif kind in ("unlink", "rmdir", "rename"):
            source = self.locate(paths[0])
            node = source[0].entries[source[1]]
            target = self.locate(paths[1]) if kind == "rename" else None
        else:
            raise AssertionError(f"the model does not know {line}")
        change = Change(line, node, source, target)
        change.apply()
        self.changes.append(change)
        return True

    def know_contents(self, tree):
        """After the run: each file that is still there gets the content that it has."""
        for key, content in tree.items():
            node = self.node_at(os.path.join(self.root_path, key))
            if isinstance(node, File) and node.content is None:
                node.content = content


def tree_of(directory, damage, prefix=""):
    tree = {}
    for name, node in directory.entries.items():
        key = prefix + name
        if isinstance(node, Directory):
            tree[key] = None
            tree.update(tree_of(node, damage, key + "/"))
        else:
            content = node.content if node.content is not None else node.written
            tree[key] = content if node.certain or isinstance(content, tuple) else damage(content)
    return tree


def survivors(disk):
    """Every tree that a power cut may leave now."""
    for directory in disk.directories:
        directory.entries = {}
    uncertain = [change for change in disk.changes if not change.certain]
    if len(uncertain) > MOST_UNCERTAIN:
        raise AssertionError(f"{len(uncertain)} changes are uncertain at once")
    for lost in itertools.chain.from_iterable(itertools.combinations(uncertain, n) for n in range(len(uncertain) + 1)):
        for directory in disk.directories:
            directory.entries = {}
        for directory, entries in disk.initial:
            directory.entries = dict(entries)
        for change in disk.changes:
            if change not in lost:
                change.apply()
        for damage in CONTENTS.values():
            yield tree_of(disk.root, damage)


def frozen(tree):
    return tuple(sorted(tree.items(), key=lambda item: item[0]))


def with_histories(tree, path):
    """A tree that was read at this path, with each history as it is there: another run may have to undo what it says."""
    return {key: read(os.path.join(path, key)) if os.path.basename(key) == HISTORY else content for key, content in tree.items()}


def log_of(scenario):
    """The lines of one run, the path that it ran in, and the trees before and after it."""
    with Scratch() as path:
        scenario.prepare(path)
        before = with_histories(scenario.before, path)
        with Scratch() as beside:
            log = os.path.join(beside, "log")
            ended = run([LOG_CHANGES, log, scenario.program, *scenario.arguments], os.path.join(path, "game"))
            if ended.code != WELL:
                raise AssertionError(ended.err)
            with open(log, encoding="utf-8") as file:
                return file.read().splitlines(), path, before, with_histories(read_tree(path, with_cache=True), path)


def recover(scenario, tree, command, done):
    """Runs the next command on what the power cut left. Returns None or what is wrong."""
    with Scratch() as path:
        write_tree(path, tree)
        tree = read_tree(path)
        game = os.path.join(path, "game")
        prpack(game, *command)
        found = read_tree(path)
        if reads(command):
            if difference(found, tree):
                return f"a reading changed something: {difference(found, tree)}"
        elif command != scenario.settles and not scenario.output.startswith("game/"):
            if difference(without(found, "game"), without(tree, "game")):
                return f"something outside was changed: {difference(without(found, 'game'), without(tree, 'game'))}"
        if reads(command) or not scenario.output.startswith("game/"):
            prpack(game, *scenario.settles)
            found = read_tree(path)
        try:
            problem = scenario.judge(command, found)
            if problem is None and done and scenario.judge(scenario.arguments, found):
                problem = "the run was over, and yet its work is lost"
        except (ValueError, KeyError) as cause:  # a document that is cut, or gone
            problem = f"left in pieces: {cause}"
        return problem


def main():
    name = sys.argv[1]
    scenario = SCENARIOS[name]()
    commands = scenario.next_commands()
    lines, path, before, tree = log_of(scenario)
    reference = Disk(path, before)
    for line in lines:
        reference.take(line)
    reference.know_contents(tree)
    contents = [change.node.content for change in reference.changes if isinstance(change.node, File)]
    states = {}
    for cut in range(len(lines) + 1):
        disk = Disk(path, before)
        for line in lines[:cut]:
            disk.take(line)
        files = [change.node for change in disk.changes if isinstance(change.node, File)]
        for node, content in zip(files, contents):
            node.content = content
        for survivor in survivors(disk):
            where = lines[cut - 1].replace(path, "") if cut else "the start"
            states.setdefault((frozen(survivor), cut == len(lines)), (survivor, f"after {cut}: {where}"))
    points = [(*state, done, commands[n % len(commands)]) for n, ((_, done), state) in enumerate(states.items())]

    def judge(point):
        survivor, where, done, command = point
        problem = recover(scenario, survivor, command, done)
        return f"{where}, then {' '.join(command)}: {problem}" if problem else None

    problems = [text for text in each(judge, points) if text]
    sys.exit(0 if tell(name, problems, len(points), f"states that a power cut after one of {len(lines)} changes may leave") else 1)


if __name__ == "__main__":
    main()
