"""Builds where there is no room or no right to write.

    limits.py CASE      file_size, descriptors, full_disk, rights, read_only, moves, replacements, streams or closed_streams

Exit code 3, one line with the remedy, the old set byte for byte and nothing beside it; or the new set, whole.
Ends with 77 and the reason when the case cannot be made here.
"""

import fcntl
import os
import resource
import shutil
import subprocess
import sys

from harness.program import ENVIRONMENT, PRPACK, WELL, WRONG, prpack, run
from harness.trees import Scratch, below, difference, read_tree, with_directories, without, write_tree
from harness.workspaces import scenes, tree_after
from media import sound
from points import each, tell, wait_until

OLD = {"menu": b"a menu", "bay": b"the bay at night " * 2000}
NEW = {"menu": b"another menu", "bay": b"the bay by day " * 3000, "cave": b"a cave"}
SKIPPED = 77
NOBODY = 65534


def rebuild():
    old = tree_after(scenes(OLD), ["build"])
    return with_directories({**scenes(NEW), **below(old, "build")})


def judge(tree, before, completed, ended, remedy, *words):
    """What is wrong with a build that ended so and left that tree, or None."""
    said = ended.err
    if ended.code == WELL:
        return difference(tree, completed) or None
    lines = [line for line in said.splitlines() if "error[" in line]
    if ended.code != ENVIRONMENT or len(lines) != 1 or "error[environment-write] " not in lines[0]:
        return f"exit code {ended.code}: {said}"
    if not all(word in lines[0] for word in (remedy, *words)):
        return f"the remedy is missing: {said}"
    return difference(tree, before) or None


def file_size():
    """RLIMIT_FSIZE, which sends a signal that kills whoever does not mind it."""
    before = rebuild()
    completed = tree_after(before, ["build"])
    largest = len(completed["build/assets.pa"])
    limits = [0, 1, 2, 100, *range(500, largest + 1000, 997), largest - 1, largest]

    def build(limit):
        with Scratch() as path:
            write_tree(path, before)
            ended = prpack(path, "build", "--verify",
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            problem = judge(read_tree(path), before, completed, ended, "Check permissions and free space", "File too large")
            if (ended.code == WELL) != (limit >= largest):
                problem = f"exit code {ended.code}: {ended.err}"
            return f"limit {limit}: {problem}" if problem else None

    return tell("file_size", [text for text in each(build, limits) if text], len(limits), "limits kept")


def descriptors():
    """RLIMIT_NOFILE: room for 3, 4, 5 … open files."""
    before = rebuild()
    completed = tree_after(before, ["build"])
    limits = range(3, 40)

    def build(limit):
        with Scratch() as path:
            write_tree(path, before)
            ended = prpack(path, "build", "--verify", "--jobs", "2",
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
            said = ended.err
            loaded = ended.code == 127 and "shared libraries" in said
            named = "error[environment-" in said and "Too many open files; allow more with ulimit -n" in said
            if ended.code != WELL and not loaded and not (ended.code == ENVIRONMENT and named):
                return ended.code, f"limit {limit}: exit code {ended.code}: {ended.out}{said}"
            problem = difference(read_tree(path), completed if ended.code == WELL else before)
            return ended.code, f"limit {limit}: {problem}" if problem else None

    results = each(build, limits)
    problems = [problem for _, problem in results if problem]
    if not {WELL, ENVIRONMENT} <= {code for code, _ in results}:
        problems.append("the limits are all too large or all too small")
    return tell("descriptors", problems, len(limits), "limits of open files: the old set or the new one")


class SmallDisk:
    """A tmpfs of its own at a path, as long as the block lasts."""

    def __init__(self, path, size):
        self.path = path
        self.size = size

    def __enter__(self):
        os.makedirs(self.path)
        mounted = run(["mount", "-t", "tmpfs", "-o", f"size={self.size}", "none", self.path], "/")
        if mounted.code != 0:
            print(f"skipped: a tmpfs cannot be mounted here: {mounted.err.strip()}")
            sys.exit(SKIPPED)
        return self.path

    def __exit__(self, *unused):
        subprocess.run(["umount", self.path], check=True)


def full_disk():
    """A disk with room for 0, 1, 2 … pages more."""
    before = rebuild()
    completed = tree_after(before, ["build"])
    page = os.sysconf("SC_PAGESIZE")
    rooms = range(0, 40)

    def build(room):
        with Scratch() as path, SmallDisk(os.path.join(path, "disk"), "1m") as disk:
            write_tree(disk, before)
            filler = os.path.join(disk, "filler")
            free = os.statvfs(disk).f_bavail - room
            with open(filler, "wb") as file:
                file.write(bytes(free * page))
            ended = prpack(disk, "build", "--verify")
            os.remove(filler)
            problem = judge(read_tree(disk), before, completed, ended, "Make free space there", "No space left")
            return ended.code, f"{room} pages: {problem}" if problem else None

    results = [build(room) for room in rooms]
    problems = [problem for _, problem in results if problem]
    if {code for code, _ in results} != {WELL, ENVIRONMENT}:
        problems.append("the rooms are all too large or all too small")
    return tell("full_disk", problems, len(rooms), "amounts of room: the old set or the new one")


def rights():
    """Directories that may not be written to."""
    before = rebuild()
    completed = tree_after(before, ["build"])
    cases = [("build", ["build"], False), (".", ["build", "--output", "new"], False),
             ("assets/.prometeu", ["build"], True), ("assets/.prometeu", ["build", "--output", "new/er"], True),
             ("assets/.prometeu", ["verify"], True), ("build", ["verify"], True), ("build", ["list"], True),
             (".", ["build", "--check", "--verify"], True), ("build", ["build", "--check"], True),
             ("assets/.prometeu", ["build", "--check", "--output", "new"], True)]
    options = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}

    def act(case):
        place, arguments, works = case
        with Scratch() as path:
            home = os.path.join(path, "home")
            write_tree(home, before)
            program = shutil.copy(PRPACK, path)
            if options:
                subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", path], check=True)
            os.chmod(os.path.join(home, place), 0o555)
            ended = run([program, *arguments], home, **options)
            os.chmod(os.path.join(home, place), 0o755)
            what = f"{place} and {' '.join(arguments)}"
            if (ended.code == WELL) != works:
                return f"{what}: exit code {ended.code}: {ended.err}"
            if "--output" in arguments and works and "--check" not in arguments:
                return None if os.path.exists(os.path.join(home, "new/er/assets.pa")) else f"{what}: nothing was built"
            tree = read_tree(home)
            problem = judge(tree, before, completed if arguments == ["build"] else before, ended, "Check its owner and its permissions", "Permission denied")
            return f"{what}: {problem}" if problem else None

    return tell("rights", [text for text in each(act, cases) if text], len(cases), "cases of missing rights")


def read_only():
    """A disk that is mounted read-only, with a whole set or with one that a kill left half in place."""
    before = rebuild()
    moved = without(before, "build/assets.pa")
    half = {**moved, "build/.prpack-commit": None, "build/.prpack-commit/assets.pa": before["build/assets.pa"]}
    damaged = {**before, "build/.prpack-commit": None, "build/.prpack-commit/assets.pa": b"not yet there"}
    cases = [(before, ["build"], ENVIRONMENT), (before, ["add", "menu"], WELL), (before, ["verify"], WELL),
             (before, ["list"], WELL), (before, ["inspect", "build/assets.pa"], WELL), (half, ["verify"], WELL),
             (half, ["inspect", "build"], WELL), (damaged, ["verify"], WRONG), (half, ["list"], WELL), (half, ["build"], ENVIRONMENT),
             (before, ["build", "--check"], WELL), (before, ["build", "--check", "--verify", "--explain"], WELL),
             (before, ["build", "--check", "--output", "new"], WELL), (half, ["build", "--check", "--verify"], WELL),
             (without(before, "assets/cave/data.bin"), ["build", "--check"], WRONG)]

    def act(case):
        tree, arguments, code = case
        with Scratch() as path, SmallDisk(os.path.join(path, "disk"), "1m") as disk:
            write_tree(disk, tree)
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            ended = prpack(disk, *arguments)
            what = f"{' '.join(arguments)}: exit code {ended.code}: {ended.err}"
            return None if ended.code == code and read_tree(disk) == tree else what

    return tell("read_only", [text for text in map(act, cases) if text], len(cases), "commands on read-only media")


def moves():
    """What the kernel would not move is found before anything is done; and what it moves may be on another disk than the registry."""
    before = with_directories({**scenes(OLD), "assets/sfx/coin.wav": sound(1), "assets/sfx/jump.wav": sound(2)})
    each_of = ["add", "--each", "sfx"]

    def refused(path, ended, *words):
        said = ended.err
        fine = ended.code == ENVIRONMENT and "error[environment-write]" in said and all(word in said for word in words)
        return difference(read_tree(path), before) or (None if fine else f"exit code {ended.code}: {said}")

    def mounted():
        """A file that is a mount point."""
        with Scratch() as path:
            write_tree(path, before)
            jump = os.path.join(path, "assets/sfx/jump.wav")
            if run(["mount", "--bind", jump, jump], "/").code != 0:
                return SKIPPED
            try:
                return refused(path, prpack(path, *each_of), "assets/sfx/jump.wav", "could not move the file")
            finally:
                subprocess.run(["umount", jump], check=True)

    def elsewhere():
        """The sounds are on a disk of their own."""
        with Scratch() as path, SmallDisk(os.path.join(path, "assets/sfx"), "1m"):
            write_tree(path, before)
            ended = prpack(path, *each_of)
            tree = read_tree(path)
            moved = all(tree.get(f"assets/sfx/{name}/{name}.wav") == before[f"assets/sfx/{name}.wav"] for name in ("coin", "jump"))
            fine = ended.code == WELL and moved and "assets/sfx/jump/asset.json" in tree
            return None if fine else f"exit code {ended.code}: {ended.err}"

    def without_rights(change, *words):
        """The user may write everything but what `change` takes away."""
        with Scratch() as path:
            home = os.path.join(path, "home")
            write_tree(home, before)
            program = shutil.copy(PRPACK, path)
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", path], check=True)
            change(os.path.join(home, "assets/sfx"))
            ended = run([program, *each_of], home, user=NOBODY, group=NOBODY, extra_groups=[])
            return refused(home, ended, *words)

    def sticky(directory):
        """Another user's file in a directory of another user's in which each user may only move files of their own."""
        os.chown(directory, 0, 0)
        os.chmod(directory, 0o1777)
        os.chown(os.path.join(directory, "jump.wav"), 0, 0)

    problems = [mounted(), elsewhere()]
    if os.geteuid() == 0:
        problems += [without_rights(lambda directory: os.chmod(directory, 0o555), "assets/sfx", "Permission denied"),
                     without_rights(sticky, "assets/sfx/jump.wav", "could not move the file: Operation not permitted")]
    if SKIPPED in problems:
        print("skipped: nothing can be mounted here")
        sys.exit(SKIPPED)
    return tell("moves", [text for text in problems if text], len(problems), "moves: refused before the commit, or done")


def replacements():
    """What the kernel would not replace is found before anything is written, and no other command is kept from its work."""
    before = with_directories(tree_after(scenes(OLD), ["add", "bay"]))
    rename = ["rename", "bay", "night"]

    def problem_of(path, program, tree, words, **options):
        ended = run([program, *rename], path, **options)
        if ended.code != ENVIRONMENT or not all(word in ended.err for word in ("error[environment-write]", *words)):
            return f"exit code {ended.code}: {ended.err}"
        listed = run([program, "list"], path, **options)
        return difference(read_tree(path), tree) or (None if listed.code == WELL else f"list: {listed.err}")

    def with_file(name):
        return {**before, name: before.get(name, b"left by a program")}

    def fixed(attribute, name, *words):
        """A file or directory that is immutable, or only appended to."""
        tree = with_file(name)
        with Scratch() as path:
            write_tree(path, tree)
            place = os.path.join(path, name)
            if run(["chattr", "+" + attribute, place], "/").code != 0:
                return SKIPPED
            try:
                return problem_of(path, PRPACK, tree, words)
            finally:
                subprocess.run(["chattr", "-" + attribute, place], check=True)

    def sticky(name, *words):
        """Another user's file in a directory of another user's in which each user may only replace files of their own."""
        with Scratch() as path:
            home = os.path.join(path, "home")
            write_tree(home, with_file(name))
            program = shutil.copy(PRPACK, path)
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", path], check=True)
            place = os.path.join(home, name)
            os.chown(place, 0, 0)
            os.chown(os.path.dirname(place), 0, 0)
            os.chmod(os.path.dirname(place), 0o1777)
            return problem_of(home, program, with_file(name), words, user=NOBODY, group=NOBODY, extra_groups=[])

    anchor, index, history = "assets/bay/asset.json", "assets/.prometeu/index.json", "assets/.prometeu/history.jsonl"
    said = "Operation not permitted"
    problems = [fixed(attribute, name, name, said) for attribute in "ia" for name in (anchor, index, history)]
    problems += [fixed("i", "assets/bay/.asset.json.new", "assets/bay/.asset.json.new", said),
                 fixed("a", "assets/bay", anchor, said)]
    if os.geteuid() == 0:
        problems += [sticky(name, name, said) for name in (anchor, index, history)]
    if SKIPPED in problems:
        print("skipped: no file can be made immutable here")
        sys.exit(SKIPPED)
    return tell("replacements", [text for text in problems if text], len(problems), "replacements: refused before anything is written")


def streams():
    """Standard streams that are closed, or that nobody reads."""
    before = rebuild()
    completed = tree_after(before, ["build"])

    def close(*numbers):
        return {"preexec_fn": lambda: [os.close(number) for number in numbers]}

    nobody_reads, into_nowhere = os.pipe()
    os.close(nobody_reads)
    pipe = {"stdout": into_nowhere}
    cases = [(close(1), [], ENVIRONMENT), (close(2), [], WELL), (close(0), [], WELL), (close(0, 1, 2), [], ENVIRONMENT),
             (close(1), ["--quiet"], WELL), (close(0, 1, 2), ["--quiet"], WELL), (pipe, [], WELL),
             (pipe, ["--quiet"], WELL), ({"stdout": open("/dev/full", "wb")}, [], ENVIRONMENT)]

    def act(case):
        options, arguments, code = case
        with Scratch() as path:
            write_tree(path, before)
            ended = prpack(path, "build", "--verify", *arguments, **options)
            said = ended.err
            told = code == WELL or "error[environment-write] standard output: " in said or "preexec_fn" in options
            problem = difference(read_tree(path), completed)
            if ended.code != code or not told or problem:
                return f"{options}: exit code {ended.code}: {said} {problem}"
            return None

    problems = [text for text in map(act, cases) if text]
    return tell("streams", problems, len(cases), "ways to lose a stream: the set is whole all the same")


def streams_of(pid):
    """What stands where the three streams do; None for nothing."""
    paths = [f"/proc/{pid}/fd/{number}" for number in (0, 1, 2)]
    return [os.readlink(path) if os.path.lexists(path) else None for path in paths]


def closed_streams():
    """While it works, something harmless stands where a closed stream would be: else a file would get what is printed."""
    problems = []
    with Scratch() as path:
        write_tree(path, scenes(OLD))
        registry = os.open(os.path.join(path, "assets/.prometeu"), os.O_RDONLY)
        fcntl.flock(registry, fcntl.LOCK_EX)
        waiting = subprocess.Popen([PRPACK, "build", "--wait"], cwd=path,
                                   preexec_fn=lambda: [os.close(number) for number in (0, 1, 2)])
        wait_until(lambda: streams_of(waiting.pid) == [os.devnull] * 3 or waiting.poll() is not None)
        names = streams_of(waiting.pid)
        problems += [f"{number} is {name}" for number, name in enumerate(names) if name != os.devnull]
        os.close(registry)
        waiting.wait()
    return tell("closed_streams", problems, 3, "streams that were closed go nowhere")


def main():
    cases = {case.__name__: case for case in (file_size, descriptors, full_disk, rights, read_only, moves, replacements, streams, closed_streams)}
    sys.exit(0 if cases[sys.argv[1]]() else 1)


if __name__ == "__main__":
    main()
