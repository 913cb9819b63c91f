"""Makes the system calls of prpack fail, one at a time, and looks at what it says and leaves.

    fault_points.py COMMAND        build, first_build, one_change, explained, depfile, extract, ids, check, no_change, verify, inspect, list, add, add_many, add_again, add_each, move, palettes, update, include, exclude, rename, move_asset, adopt_moved, adopt_copies, remove, restore, purge, undo, forget, gc, doctor, fix, merge, init_git or init

Each call that can fail does so once with each error that it can fail with. Then prpack must end with exit code 3, one line that
names the file and the remedy, and everything as it was; or do its work in spite of it, completely. Calls that are interrupted
or move fewer bytes than asked are no errors: prpack must end well.
"""

import collections
import json
import os
import re
import sys

from harness.program import ENVIRONMENT, PRPACK, WELL, prpack, run
from harness.merges import diverged
from harness.trees import CACHE, Scratch, below, difference, purged_in_part, read_tree, with_directories, without, write_tree
from harness.workspaces import painted, scenes, tree_after, with_more
from media import mixed, sound
from moving import MOVING, moved_before
from points import AT_SYSCALL, each, names_of_calls, tell

OPEN = ["EMFILE", "EACCES", "EIO"]
MAKE = ["ENOSPC", "EDQUOT", "EROFS", "EACCES"]
ERRORS = {
    "openat": OPEN, "openat2": OPEN, "getdents64": ["EIO"], "newfstatat": ["EIO"], "statx": ["EIO"], "readlinkat": ["EIO"], "readlink": ["EACCES"],
    "read": ["EIO"], "pread64": ["EIO"], "write": ["ENOSPC", "EIO"], "pwrite64": ["ENOSPC", "EDQUOT", "EIO"],
    "fsync": ["EIO", "ENOSPC", "EDQUOT"], "syncfs": ["EIO", "ENOSPC", "EDQUOT"], "ftruncate": ["EIO"], "copy_file_range": ["ENOSPC", "EIO"],
    "fallocate": ["ENOSPC", "EDQUOT", "EIO"], "mkdir": MAKE, "mkdirat": MAKE, "symlinkat": MAKE, "renameat": MAKE + ["EIO"], "renameat2": MAKE + ["EIO"],
    "faccessat2": ["EACCES", "EROFS"],
    "fchmod": ["EPERM", "EIO"],
    "unlinkat": ["EIO", "EROFS", "EACCES"], "flock": ["ENOLCK"], "mmap": ["ENOMEM"],
    "close": ["EIO"], "clone3": ["EAGAIN"], "memfd_create": ["EMFILE", "ENOMEM"], "chdir": ["EACCES", "EIO"], "getcwd": ["EACCES"],
}
HARMLESS = {
    "openat": ["EINTR"], "openat2": ["EINTR", "EAGAIN"], "fsync": ["EINTR"], "syncfs": ["EINTR"], "flock": ["EINTR"], "close": ["EINTR"],
    "pread64": ["EINTR", "short"], "pwrite64": ["EINTR", "short"], "write": ["short"], "copy_file_range": ["EINTR"],
    "fallocate": ["EINTR", "EOPNOTSUPP"],
}
# What does not fail for a reason that lies outside of the program, or whose failure memory_points.py has: an allocation.
UNFAILING = {"brk", "munmap", "mprotect", "madvise", "fcntl", "ioctl", "fstat", "lseek", "getrandom", "futex", "geteuid", "exit", "exit_group",
             "rt_sigaction", "rt_sigprocmask", "set_robust_list", "rseq", "gettid", "clock_nanosleep", "sync_file_range", "umask"}
REMEDIES = {"EMFILE": "ulimit -n", "ENOSPC": "free space", "EDQUOT": "quota", "EROFS": "Choose another place",
            "EACCES": "permission|may read", "ENOMEM": "memory"}
ONE_LINE = re.compile(r"((build|assets|cave|dune|reef|sfx|bay|out|taken|/).*: error\[environment-(memory|read|write)\] |error\[environment-memory\] |"
                      r"error\[environment-write\] standard output).*[a-z]\. [A-Z].*\.")


class Attempt:
    """What is run, and what is there before and after a run that meets no fault."""

    def __init__(self, before, arguments):
        self.before = before
        self.arguments = arguments
        with Scratch() as path:
            self.prepare(path)
            self.ended = run([self.program, *arguments], path)
            self.completed = read_tree(path)
        if self.ended.code != WELL:
            raise AssertionError(self.ended.err)

    program = PRPACK
    remedies = REMEDIES  # what is said about an error

    def prepare(self, path):
        write_tree(path, self.before)

    def is_complete(self, tree):
        return tree == self.completed

    def is_partial(self, tree, lines):  # pylint: disable=unused-argument
        """Whether all was done but for what the lines name."""
        return False

    def says_the_same(self, stdout):
        return stdout == self.ended.out


class InMemory(Attempt):
    """A build that makes its set in memory: there is no disk that could be full."""

    remedies = {**REMEDIES, "ENOSPC": "memory|free space", "EDQUOT": "memory"}


class Named(Attempt):
    """Writes a file that the call names, "out/named", when all else is done."""

    def is_partial(self, tree, lines):
        rest, before, completed = (without(one, "out") for one in (tree, self.before, self.completed))
        if "out/named" in tree:  # a build that failed, and said what it depends on
            return rest == before and tree["out/named"] == self.completed["out/named"]
        return rest == completed and any(re.search("out/named|environment-memory", line) for line in lines)


class Merging(Attempt):
    """Replaces a file that the call names, in one step; the error may be that of what comes after."""

    def is_partial(self, tree, lines):
        return tree == self.completed and any("out/named" in line for line in lines)


class Completing(Attempt):
    """init --git: each of the two files is there whole or not at all."""

    own = ("assets/.prometeu/.gitignore", "assets/.prometeu/.gitattributes")

    def is_partial(self, tree, lines):
        rest = {path: content for path, content in tree.items() if path not in self.own}
        return rest == self.before and all(tree[path] == self.completed[path] for path in self.own if path in tree)


class Kept(Attempt):
    """A build that finds the cache of another one. After a fault it may keep less."""

    def __init__(self, old, changes, arguments):
        self.old, self.changes = old, changes
        super().__init__({**old, **changes, **below(tree_after(old, ["build"]), "build")}, arguments)

    def prepare(self, path):
        write_tree(path, self.old)
        ended = prpack(path, "build")
        write_tree(path, self.changes)
        if ended.code != WELL or not os.path.exists(os.path.join(path, "assets/.prometeu", CACHE)):
            raise AssertionError(ended.err)

    def says_the_same(self, stdout):
        return bool(stdout)


class Changing(Attempt):
    """A name that cannot be read is not shown: the asset is named in another way."""

    def says_the_same(self, stdout):
        said, expected = (re.sub(r' "[^"]*" \(', " (", text) for text in (stdout, self.ended.out))
        return said == expected


class Purging(Attempt):
    """Folders that are begun are deleted by the next purge."""

    def is_partial(self, tree, lines):
        return purged_in_part(tree, self.before, "assets/.prometeu/quarantine") is None


class Undoing(Attempt):
    """An operation that was done before is taken back."""

    def __init__(self, before, done, arguments):
        self.first, self.done = before, done
        with Scratch() as path:
            self.prepare(path)
            settled = read_tree(path)
        super().__init__(settled, arguments)

    def prepare(self, path):
        write_tree(path, self.first)
        ended = prpack(path, *self.done)
        if ended.code != WELL:
            raise AssertionError(ended.err)


class Adding(Attempt):
    """Each new record has a uuid of its own: files and exit code have to do."""

    def is_complete(self, tree):
        return tree.keys() == self.completed.keys() and len(tree["assets/.prometeu/index.json"]) == len(
            self.completed["assets/.prometeu/index.json"])

    def says_the_same(self, stdout):
        return True


def cannot_read_registered(lines, before):
    """Whether the name of an asset that is registered could not be read. What is added at that moment is left out: it might have that name."""
    roots = {record["root"] for record in json.loads(before["assets/.prometeu/index.json"])["assets"]}
    return any(line.startswith(f"assets/{root}") and "error[environment-read]" in line for line in lines for root in roots)


class AddingMany(Adding):
    """A root that cannot be looked at is left out; the others go in."""

    def is_partial(self, tree, lines):
        roots = {"cave", "dune", "reef"}
        left_out = {root for root in roots if any(re.match(rf"(assets/)?{root}\b.*: error\[", line) for line in lines)}
        added = {root for root in roots if f"assets/{root}/asset.json" in tree}
        records = {record["root"] for record in json.loads(tree["assets/.prometeu/index.json"])["assets"]}
        if not left_out and cannot_read_registered(lines, self.before):
            left_out = roots - added
            return len(left_out) == 1 and added == records & roots
        return bool(left_out) and added == roots - left_out and added == records & roots


class AddingEach(Adding):
    """A sound that cannot be looked at stays where it is; the others are moved and added. A directory that cannot be read has none."""

    def is_complete(self, tree):
        moved = (key for key in self.completed if key.endswith(".wav"))
        return super().is_complete(tree) and all(tree[key] == self.completed[key] for key in moved)

    def is_partial(self, tree, lines):
        records = {record["root"] for record in json.loads(tree["assets/.prometeu/index.json"])["assets"]}
        names = {"coin", "jump"}
        left = {name for name in names if tree.get(f"assets/sfx/{name}.wav") == self.before[f"assets/sfx/{name}.wav"]}
        added = {name for name in names if f"sfx/{name}" in records}
        whole = all(tree.get(f"assets/sfx/{name}/{name}.wav") == self.before[f"assets/sfx/{name}.wav"] and
                    f"assets/sfx/{name}/asset.json" in tree for name in added)
        said = {name for name in left if any(f"sfx/{name}" in line for line in lines)}
        if not said and len(left) == 1 and cannot_read_registered(lines, self.before):
            said = left
        return bool(left) and left == said and whole and added == names - left


class Clearing(Attempt):
    """What the user has stays. A directory that cannot be read is a warning, and what is left in it stays; so does a cache that cannot be looked at."""

    unseen = "assets/sound/.asset.json.new"

    def of_user(self, tree):
        return {key: content for key, content in tree.items() if key in self.completed}

    def is_complete(self, tree):
        return self.of_user(tree) == self.completed and tree.keys() - self.completed.keys() <= {self.unseen}

    def is_partial(self, tree, lines):
        left = tree.keys() - self.completed.keys()
        return self.of_user(tree) == self.completed and left <= self.before.keys()

    def says_the_same(self, stdout):
        said = {line for line in stdout.splitlines() if line.startswith("deleted") and ".purge-" not in line}  # whose size may be unknown
        return said <= set(self.ended.out.splitlines()) and len(said) >= len(self.ended.out.splitlines()) - 3


class Advising(Attempt):
    """What cannot be looked at gives no advice."""

    def says_the_same(self, stdout):
        return True


class Fixing(Clearing):
    """Advice may be missing."""

    def says_the_same(self, stdout):
        return True


class Moving(Attempt):
    """A program that moves the directory of an asset and does nothing else."""

    program = MOVING


class Beginning(Attempt):
    """Directories that init made may stay."""

    def __init__(self, before, arguments):
        super().__init__(before, arguments)
        self.directories = {key for key, content in self.completed.items() if content is None}


def moved_by_hand(copies=()):
    """Two directories were exchanged, one has another name, and there are copies of it."""
    places = {"cave": "dune", "dune": "cave", "reef": "deep/er/reef"}
    files = {}
    for key, content in scenes(PLACES).items():
        root = key.split("/")[1] if key.startswith("assets/") else ""
        for place in [places[root], *(copies if root == "reef" else ())] if root in places else [root]:
            files[key.replace(f"assets/{root}", f"assets/{place}", 1)] = content
    return with_directories({key: content for key, content in files.items() if content is not None})


PLACES = {"cave": b"a cave", "dune": b"a dune", "reef": b"a reef"}


def built(seed):
    return tree_after(mixed(seed), ["build"])


LEFT = {"build/.prpack-staging/assets.pa": b"not yet", "assets/sound/.asset.json.new": b"{", "assets/.prometeu/.cache.json.new": b"{",
        "assets/.prometeu/cache.json": b"damaged", "assets/.prometeu/.index.json.new": b"{",
        "assets/.prometeu/quarantine/.purge-0003/files/data.bin": b"purged"}


# Each takes further arguments for the command.
ONE_JOB = ["--jobs", "1"]
ATTEMPTS = {
    "build": lambda extra: Attempt({**mixed(1), **below(built(0), "build")}, ["build", "--verify", *ONE_JOB, *extra]),
    "first_build": lambda extra: Attempt(mixed(1), ["build", *ONE_JOB, *extra]),
    "one_change": lambda extra: Kept(mixed(1), {"assets/sound/sound.wav": sound(2)}, ["build", *ONE_JOB, *extra]),
    "explained": lambda extra: Kept(mixed(1), {"assets/sound/sound.wav": sound(2)}, ["build", "--explain", *ONE_JOB, *extra]),
    "depfile": lambda extra: Named({**mixed(1), **below(built(0), "build")}, ["build", "--depfile", "out/named", *ONE_JOB, *extra]),
    "extract": lambda extra: Attempt(built(1), ["extract", "build", "--to", "taken", *ONE_JOB, *extra]),
    "ids": lambda extra: Named(tree_after(mixed(1), ["build"]), ["ids", "--output", "out/named", *ONE_JOB, *(extra and ["--format", "c"])]),
    "merge": lambda extra: Merging(diverged(), ["merge-registry", "out/base", "out/named", "out/theirs", *extra]),
    "init_git": lambda extra: Completing(scenes(PLACES), ["init", "--git", *extra]),
    "check": lambda extra: InMemory({**mixed(1), **below(built(0), "build")}, ["build", "--check", "--verify", *ONE_JOB, *extra]),
    "no_change": lambda extra: Kept(mixed(1), {}, ["build", *ONE_JOB, *extra]),
    "verify": lambda extra: Attempt(built(1), ["verify", "--sources", *ONE_JOB, *extra]),
    "inspect": lambda extra: Attempt(built(1), ["inspect", "build", "build/assets.pa", *ONE_JOB, *extra]),
    "list": lambda extra: Attempt(built(1), ["list", *extra]),
    "show": lambda extra: Attempt(built(1), ["show", "1", *extra]),
    "add": lambda extra: Adding(with_directories({**mixed(1), "assets/cave/cave.bin": b"a cave"}),
                                ["add", "--type", "scene_bank", "cave", *extra]),
    "add_many": lambda extra: AddingMany(with_directories({**mixed(1), "assets/cave/cave.bin": b"a cave", "assets/dune/dune.bin": b"a dune",
                                                       "assets/reef/reef.bin": b"a reef"}), ["add", *ONE_JOB, "--type", "scene_bank", "cave", "dune", "reef", *extra]),
    "add_again": lambda extra: Attempt(with_directories({**mixed(1), "assets/README.txt": b"", "assets/sound/later.wav": sound(2)}),
                                       ["add", "assets/sound", "assets/README.txt", "assets/sheet", *ONE_JOB, *extra]),
    "add_each": lambda extra: AddingEach(with_directories({**mixed(1), "assets/sfx/coin.wav": sound(3), "assets/sfx/jump.wav": sound(4)}),
                                         ["add", "--each", "sfx", *ONE_JOB, *extra]),
    "move": lambda extra: Moving(with_directories(moved_before()), ["bay", "deep/er/shore"]),
    "palettes": lambda extra: Attempt(painted(), ["palettes", "cave", "--fill", "--write", *extra]),
    "update": lambda extra: Attempt(with_more(painted()), ["add", "--update", "cave", "--anyway", *ONE_JOB, *extra]),
    "include": lambda extra: Changing(scenes(PLACES, PLACES), ["include", "1", "assets/dune", "2", *extra]),
    "exclude": lambda extra: Changing(scenes(PLACES), ["exclude", "cave", "assets/dune", *extra]),
    "rename": lambda extra: Changing(scenes(PLACES), ["rename", "2", "a dune", *extra]),
    "move_asset": lambda extra: Changing(scenes(PLACES), ["move", "2", "deep/er/shore", *extra]),
    "adopt_moved": lambda extra: Changing(moved_by_hand(), ["adopt", "assets/cave", "assets/dune", "assets/deep/er/reef", *ONE_JOB, *extra]),
    "adopt_copies": lambda extra: Adding(moved_by_hand(["a", "b"]), ["adopt", "--as-copy", *(f"assets/{root}" for root in ("deep/er/reef", "a", "b", "cave", "dune")), *ONE_JOB, *extra]),
    "remove": lambda extra: Changing(scenes(PLACES), ["remove", "cave", "assets/dune", *extra]),
    "restore": lambda extra: Changing(without(tree_after(scenes(PLACES), ["remove", "cave", "assets/dune"]), "assets/.prometeu/history.jsonl"),
                                      ["quarantine", "restore", "1", "2", *extra]),
    "purge": lambda extra: Purging(tree_after(scenes(PLACES), ["remove", "cave", "assets/dune"]), ["quarantine", "purge", "--all", "--yes", *extra]),
    "undo": lambda extra: Undoing(scenes(PLACES), ["remove", "cave", "assets/dune"], ["undo", *extra]),
    "forget": lambda extra: Changing(scenes(PLACES), ["forget", "cave", "assets/dune", *extra]),
    "doctor": lambda extra: Advising(with_directories({**built(1), "assets/sound/.asset.json.new": b"{"}), ["doctor", *ONE_JOB, *extra]),
    "fix": lambda extra: Fixing(with_directories({**built(1), **LEFT}), ["doctor", "--fix", *ONE_JOB, *extra]),
    "gc": lambda extra: Clearing(with_directories({**built(1), **LEFT}), ["gc", *extra]),
    "init": lambda extra: Beginning({"notes.txt": b"not ours"}, ["init", *extra]),
}


def judge_failure(attempt, path, ended):
    """A run that ended with exit code 3. verify and inspect list what they found on standard output."""
    said = ended.said
    lines = [line for line in said.splitlines() if "error[" in line]
    if len(lines) != 1 or not ONE_LINE.fullmatch(lines[0]):
        return f"not one line with place and remedy: {said}"
    tree = read_tree(path)
    if attempt.is_partial(tree, lines):
        return None
    if isinstance(attempt, Beginning):
        tree = {key: content for key, content in tree.items() if key not in attempt.directories - attempt.before.keys()}
    if tree == attempt.before:
        return None
    if "standard output" in lines[0] and attempt.is_complete(tree):
        return None
    # Past the commit point the next command completes the work.
    prpack(path, "list")
    tree = read_tree(path)
    return None if attempt.is_complete(tree) else difference(tree, attempt.before)


def judge(attempt, path, ended, harmless):
    """What is wrong with a run, or None."""
    if ended.code == WELL:
        prpack(path, "list")  # a journal that could not be removed goes with the next command
        tree = read_tree(path)
        if not attempt.is_complete(tree):
            return "well, but " + (difference(tree, attempt.completed) or "other content")
        return None if attempt.says_the_same(ended.out) else f"well, but said: {ended.said}"
    if harmless or ended.code != ENVIRONMENT:
        return f"{ended}"
    return judge_failure(attempt, path, ended)


def strike(attempt, name, n, fault):
    """Runs with one fault. Returns None or what is wrong."""
    with Scratch() as path:
        attempt.prepare(path)
        how = ["short", name, str(n)] if fault == "short" else ["fail", name, str(n), fault]
        ended = run([AT_SYSCALL, *how, attempt.program, *attempt.arguments], path)
        problem = judge(attempt, path, ended, fault in HARMLESS.get(name, []))
        if problem is None and ended.code == ENVIRONMENT and fault in attempt.remedies:
            said = ended.said
            problem = None if re.search(attempt.remedies[fault], said) else f"the remedy is missing: {said}"
        return f"{name} {n} {fault}: {problem}" if problem else None


def main():
    command = sys.argv[1]
    attempt = ATTEMPTS[command]([])
    calls = collections.Counter(names_of_calls(attempt.prepare, attempt.arguments, program=attempt.program))
    unknown = calls.keys() - ERRORS.keys() - HARMLESS.keys() - UNFAILING
    fine = tell(f"{command}: calls", [f"no table says how {name} fails" for name in sorted(unknown)], len(calls), "kinds of calls are known")
    for name in sorted(calls.keys() & (ERRORS.keys() | HARMLESS.keys())):
        for faults, what in ((ERRORS.get(name, []), "faults: refused with a remedy or done in spite of it"),
                             (HARMLESS.get(name, []), "interruptions: done all the same")):
            points = [(name, n, fault) for n in range(1, calls[name] + 1) for fault in faults]
            if points:
                problems = [text for text in each(lambda point: strike(attempt, *point), points) if text]
                fine = tell(f"{command}: {name}", problems, len(points), what) and fine
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
