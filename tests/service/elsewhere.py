"""Asset roots on another disk than the quarantine: what is removed is copied there, and what is restored is copied back.

    elsewhere.py CASE           whole, refused, killed or failing

Ends with 77 and the reason when no disk can be mounted here.
"""

import collections
import os
import socket
import subprocess
import sys

from harness.program import ENVIRONMENT, PRPACK, WELL, prpack, run
from harness.trees import Scratch, difference, read_tree, with_directories, without, write, write_tree
from harness.workspaces import scenes
from limits import SmallDisk
from points import AT_SYSCALL, KILLED, NOT_REACHED, each, tell

DISK = "assets/ui"
ROOT = "assets/ui/hero"
FOLDER = "assets/.prometeu/quarantine/0001"
BEFORE = with_directories({**scenes({"ui/hero": b"a hero " * 100, "cave": b"a cave"}), f"{ROOT}/notes/old/idea.txt": b"an idea",
                           f"{ROOT}/link": ("link", "../../cave"), f"{ROOT}/lost": ("link", "no/where"), f"{ROOT}/empty": None})
REMOVE, RESTORE, UNDO = ["remove", "1"], ["quarantine", "restore", "1"], ["undo"]
FAILING = ("openat", "openat2", "getdents64", "mkdirat", "symlinkat", "renameat2", "renameat", "write", "fsync", "syncfs", "unlinkat", "pread64",
           "fchmod", "utimensat", "readlinkat")


class Workspace:
    """A workspace with a disk of its own in it, as long as the block lasts."""

    def __init__(self, *commands, size="4m"):
        self.commands = commands
        self.scratch = Scratch()
        self.size = size

    def __enter__(self):
        path = self.scratch.__enter__()
        self.disk = SmallDisk(os.path.join(path, DISK), self.size)
        self.disk.__enter__()
        write_tree(path, BEFORE)
        for command in self.commands:
            ended = prpack(path, *command)
            if ended.code != WELL:
                raise AssertionError(f"{ended}")
        return path

    def __exit__(self, *unused):
        self.disk.__exit__()
        self.scratch.__exit__()


def looks(path):
    """Rights and times of what lies in a directory, and of the directory itself."""
    found = {}
    for at, directories, files in os.walk(path):
        for name in [".", *directories, *files]:
            status = os.lstat(os.path.join(at, name))
            found[os.path.relpath(os.path.join(at, name), path)] = (status.st_mode, status.st_mtime_ns)
    return found


def whole():
    """There and back: every byte, right and time of a file and directory."""
    problems = []
    with Workspace() as path:
        root, files = os.path.join(path, ROOT), os.path.join(path, FOLDER, "files")
        os.mkfifo(os.path.join(root, "fifo"))
        os.chmod(os.path.join(root, "notes/old/idea.txt"), 0o640)
        os.chmod(os.path.join(root, "notes"), 0o2750)
        os.utime(os.path.join(root, "notes"), (1, 978307200))
        before, kept = read_tree(root), looks(root)

        def expect(command, there, gone):
            dry = prpack(path, *command, "--dry-run")
            ended = prpack(path, *command)
            fine = dry.code == ended.code == WELL and not os.path.lexists(gone) and os.path.isdir(there)
            fine = fine and read_tree(there) == before and looks(there) == kept
            fine = fine and not any(name.endswith(".new") for name in os.listdir(os.path.dirname(there)))
            problems.append(None if fine else f"{' '.join(command)}: {dry} {ended} {difference(read_tree(there), before)}")

        expect(REMOVE, files, root)
        expect(RESTORE, root, files)
        expect(UNDO, os.path.join(path, "assets/.prometeu/quarantine/0003/files"), root)
        expect(["undo", "3"], root, os.path.join(path, "assets/.prometeu/quarantine/0003/files"))
        built = prpack(path, "build", "--verify")
        problems.append(None if built.code == WELL else f"{built}")
    return tell("whole", [text for text in problems if text], len(problems), "directories that went to another disk")


def refused():
    """What cannot be copied, or deleted afterwards, stays as it is."""
    problems = []

    def refuse(path, *words, command=REMOVE):
        before = read_tree(path)
        ended = prpack(path, *command)
        fine = ended.code == ENVIRONMENT and "error[environment-write]" in ended.err and all(word in ended.err for word in words)
        problems.append(difference(read_tree(path), before) or (None if fine else f"{ended}"))

    with Workspace() as path:
        with socket.socket(socket.AF_UNIX) as strange:
            strange.bind(os.path.join(path, ROOT, "strange"))
            refuse(path, ROOT)
    with Workspace() as path, SmallDisk(os.path.join(path, ROOT, "inner"), "64k"):
        refuse(path, ROOT)
    with Workspace() as path:
        place = os.path.join(path, ROOT, "notes/old/idea.txt")
        if run(["chattr", "+i", place], "/").code == 0:
            try:
                refuse(path, ROOT, "Operation not permitted")
            finally:
                subprocess.run(["chattr", "-i", place], check=True)
    with Workspace(REMOVE, size="64k") as path:
        free = os.statvfs(os.path.join(path, DISK))
        write(os.path.join(path, DISK, "filler"), bytes(free.f_bavail * free.f_bsize))
        refuse(path, "No space left", command=RESTORE)
    with Workspace(REMOVE) as path:
        write(os.path.join(path, DISK, ".hero.new/precious"), b"precious")
        refuse(path, command=RESTORE)
    return tell("refused", [text for text in problems if text], len(problems), "moves to another disk: refused, and nothing is changed")


CASES = {"remove": ((), REMOVE), "restore": ((REMOVE,), RESTORE), "undo": ((REMOVE,), UNDO)}


def known_trees(name):
    """What is there before a command and after it."""
    commands, command = CASES[name]
    with Workspace(*commands) as path:
        before = read_tree(path)
        ended = prpack(path, *command)
        if ended.code != WELL:
            raise AssertionError(f"{ended}")
        return before, read_tree(path)


def settled(path):
    """The tree after the next command."""
    ended = prpack(path, "list")
    return read_tree(path) if ended.code == WELL else {"list": f"{ended}"}


def killed():
    """A kill at each system call: the next command finds one of the two states, and what was changed by hand meanwhile stays."""
    fine = True
    for name, (commands, command) in CASES.items():
        before, after = known_trees(name)

        def strike(n):
            with Workspace(*commands) as path:
                ended = run([AT_SYSCALL, "kill", str(n), PRPACK, *command], path)
                if ended.code == NOT_REACHED:
                    return "over"
                tree = settled(path)
                known = ended.code == KILLED and tree in (before, after)
                return None if known else f"{name} {n}: {ended.code} {min((difference(tree, one) for one in (before, after)), key=len)}"

        numbers = range(1, 2000)
        found = []
        for begin in range(0, len(numbers), 64):
            found += each(strike, numbers[begin:begin + 64])
            if "over" in found:
                break
        fine = tell(f"killed: {name}", [text for text in found if text not in (None, "over")], found.index("over"), "kills: the old state or the new one") and fine
    return fine


def failing():
    """Each call that fails once: refused, or done; and a file that another program writes meanwhile is not lost."""
    fine = True
    for name, (commands, command) in CASES.items():
        before, after = known_trees(name)
        with Workspace(*commands) as path, Scratch() as beside:
            log = os.path.join(beside, "names")
            run([AT_SYSCALL, "list", log, PRPACK, *command], path)
            with open(log, encoding="ascii") as file:
                calls = collections.Counter(file.read().split())

        def strike(point):
            with Workspace(*commands) as path:
                ended = run([AT_SYSCALL, "fail", point[0], str(point[1]), "EIO", PRPACK, *command], path)
                tree = settled(path)
                known = (tree == after if ended.code == WELL else ended.code == ENVIRONMENT and tree in (before, after))
                return None if known else f"{name} {point}: {ended} {min((difference(tree, one) for one in (before, after)), key=len)}"

        points = [(call, n) for call in FAILING for n in range(1, calls[call] + 1)]
        fine = tell(f"failing: {name}", [text for text in each(strike, points) if text], len(points), "faults: refused or done") and fine
    return changed() and fine


def changed():
    """A removal that is committed and not complete; then a file of the original is written, and another one is put beside it."""
    problems = []
    before, after = known_trees("remove")
    commit = 0
    with Workspace() as path, Scratch() as beside:
        log = os.path.join(beside, "names")
        run([AT_SYSCALL, "list", log, PRPACK, *REMOVE], path)
        with open(log, encoding="ascii") as file:
            names = file.read().split()
    renames = [number for number, name in enumerate(names, start=1) if name in ("renameat", "renameat2")]
    commit = renames[1]  # the first one is the commit, and the second one gives the copy its name
    with Workspace() as path:
        ended = run([AT_SYSCALL, "kill", str(commit), PRPACK, *REMOVE], path)
        write(os.path.join(path, ROOT, "data.bin"), b"a later hero")
        write(os.path.join(path, ROOT, "notes/new.txt"), b"a new idea")
        tree = settled(path)
        left = {key: content for key, content in tree.items() if key.startswith(ROOT)}
        expected = {ROOT: None, f"{ROOT}/data.bin": b"a later hero", f"{ROOT}/notes": None, f"{ROOT}/notes/new.txt": b"a new idea"}
        known = ended.code == KILLED and left == expected and without(tree, ROOT) == without(after, ROOT)
        problems.append(None if known else f"{ended.code}: {sorted(left)} {difference(without(tree, ROOT), without(after, ROOT))}")
    return tell("changed", [text for text in problems if text], len(problems), "originals that were changed after the commit stay")


def main():
    cases = {case.__name__: case for case in (whole, refused, killed, failing)}
    sys.exit(0 if cases[sys.argv[1]]() else 1)


if __name__ == "__main__":
    main()
