"""Runs one prpack at every system call of another one in turn, which stands still meanwhile.

    beside.py MEETING       one of MEETINGS, at the end

A reader must see one whole set; it is refused while a set is put into place, which takes a few calls. A second build is refused
until the first one is done, and while its directory is read. Each must end well, and leave a whole set. What waits for two seconds
has a clock that counts, so it waits for some turns.
"""

import fcntl
import os
import sys

from harness.program import ENVIRONMENT, PRPACK, WELL, WRONG, end, prpack, run, start
from harness.trees import Scratch, below, difference, read_tree, with_directories, without, write_tree
from harness.workspaces import ARTIFACTS, scenes, tree_after
from kill_points import half_committed
from points import CLOCK_NANOSLEEP, Paused, each, names_of_calls, sleeps_in, tell, wait_until

OLD = {"menu": b"a menu", "bay": b"the bay at night " * 20}
NEW = {"menu": b"another menu", "bay": b"the bay by day " * 30}
BUILD = ["build", "--jobs", "1"]
HAD_TO_RETRY = 128  # instead of an exit code
SWAP = 36  # calls that a swap may take, from its lock on


class Met:
    """How a meeting ended: of the two commands the exit codes and what they said, and the tree that was left."""

    def __init__(self, meeting, n):
        with Scratch() as path:
            write_tree(path, meeting.before)
            host = Paused(n, meeting.host, path)
            if not host.stands:
                raise AssertionError(f"there is no call {n}: {host.go_on()}")
            self.code, self.said = meeting.visit(path, host)
            host = host.go_on()
            self.host_code = host.code
            self.host_said = host.said
            self.verified = prpack(path, "verify").code
            self.tree = read_tree(path)

    def __str__(self):
        return f"{self.host_code} {self.host_said} beside {self.code} {self.said}"


def rebuild():
    old = tree_after(scenes(OLD), ["build"])
    return with_directories({**scenes(NEW), **below(old, "build"), "assets/cave/cave.bin": b"a cave"})


class Meeting:
    """Before, the command that stands still, the one that runs meanwhile, and which exit codes that may have."""

    most = SWAP  # meetings that may end with a refusal
    program = PRPACK  # the other command's
    environment = {}

    def __init__(self, before, host, guest, codes, host_codes=(WELL,)):
        self.before = with_directories(before)
        self.host = host
        self.guest = guest
        self.codes = codes
        self.host_codes = host_codes
        self.completed = tree_after(self.before, host)

    def visit(self, path, host):
        """Runs the other command to its end. Returns its exit code and what it said."""
        ended = run([self.program, *self.guest], path, env=self.environment)
        return ended.code, ended.said

    def judge(self, met):
        """What is wrong, or None."""
        if met.host_code not in self.host_codes or met.code not in self.codes:
            return f"ended with {met}"
        if met.code == ENVIRONMENT and "build-busy" not in met.said:
            return f"refused for another reason: {met.said}"
        return self.judge_tree(met)

    def judge_tree(self, met):
        return difference(met.tree, self.completed) or None

    def judge_codes(self, codes):
        """What is wrong with the exit codes of all meetings together, or None."""
        met = codes.count(HAD_TO_RETRY) + codes.count(ENVIRONMENT)
        return None if met <= self.most else f"{met} met a swap; it takes at most {self.most} calls"

    def meet(self, n):
        met = Met(self, n)
        problem = self.judge(met)
        return met.code, f"call {n}: {problem}" if problem else None


class Impatient(Meeting):
    """Before the other command gives up it tries again a few times, here without sleeping."""

    program = os.environ["PRPACK_CLOCKED"]
    environment = {"PRPACK_TEST_TICK": "20"}


class ReadsSets(Impatient):
    """A reader that meets a swap waits for two seconds, then it is refused."""

    def judge_codes(self, codes):
        return super().judge_codes(codes) if codes.count(ENVIRONMENT) > 0 else "none met the swap"


class Writes(Impatient):
    """A second writer is refused for most of the time."""

    def judge_codes(self, codes):
        refused = codes.count(ENVIRONMENT)
        return None if len(codes) / 2 < refused < len(codes) else f"{refused} of {len(codes)} were refused"


class Adds(Writes):
    """An asset that was added in time is in the set; one that came later is not. Either way the set is whole."""

    def judge_tree(self, met):
        added = {"assets/cave/asset.json", "assets/.prometeu/history.jsonl"} if met.code == WELL else set()
        whole = met.tree.keys() == self.completed.keys() | added and met.verified == WELL
        return None if whole else difference(met.tree, self.completed)


class BuildsUnderReader(Impatient):
    """A build that meets a reader is refused before its commit point."""

    def judge_tree(self, met):
        expected = tree_after(self.before, BUILD) if met.code == WELL else self.before
        return difference(met.tree, expected) or None

    def judge_codes(self, codes):
        return None if 0 < codes.count(ENVIRONMENT) < len(codes) else "no build met a reader, or all did"


class BuildsUnderSettling(Meeting):
    """Whoever settles holds locks for a moment, which is no reason to refuse a build. On a machine under load a moment may be long."""

    def visit(self, path, host):
        """Lets the first one go on as soon as the build has met it."""
        guest = start([self.program, *self.guest], path)
        wait_until(lambda: guest.poll() is not None or sleeps_in(guest) == CLOCK_NANOSLEEP)
        host.go_on()
        ended = end(guest)
        return ended.code, ended.said

    def judge_tree(self, met):
        return difference(met.tree, tree_after(self.before, BUILD)) or None

    def meet(self, n):
        for _ in range(3):
            code, problem = super().meet(n)
            if problem is None:
                break
        return code, problem


class Begins(Impatient):
    """Of two init one makes the registry; the other one finds it, or is refused while the first one makes it. Before a swap of two files
    it looks at the directories above, and at whether the kernel would let it take the place of each file."""

    most = 3 * SWAP

    def judge_tree(self, met):
        one = (met.host_code, met.code) in ((WELL, WRONG), (WRONG, WELL), (WELL, ENVIRONMENT))
        return difference(met.tree, self.completed) or (None if one else f"ended with {met}")


def contents(directory):
    """The four files, one after the other, without any lock. None for one that is not there."""
    found = {}
    for name in ARTIFACTS:
        try:
            with open(os.path.join(directory, name), "rb") as file:
                found[name] = file.read()
        except FileNotFoundError:
            found[name] = None
    return found


def locked_read(directory):
    """artifact-ownership.md 3.2, with the lock. None: a swap is under way."""
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None if os.path.exists(os.path.join(directory, ".prpack-commit")) else contents(directory)
    except BlockingIOError:
        return None
    finally:
        os.close(fd)


def identity(status):
    return status.st_dev, status.st_ino


class Opened:
    """artifact-ownership.md 3.2, without a lock: four files that are open, assets.pa first."""

    def __init__(self, directory):
        self.directory = directory
        self.files = {name: open(os.path.join(directory, name), "rb") for name in reversed(ARTIFACTS)}

    def read(self):
        """The set, or None when it is to be tried again."""
        found = {name: file.read() for name, file in self.files.items()}
        pending = os.path.exists(os.path.join(self.directory, ".prpack-commit"))
        named = identity(os.stat(os.path.join(self.directory, "assets.pa")))
        same = named == identity(os.fstat(self.files["assets.pa"].fileno()))
        self.close()
        return found if same and not pending else None

    def close(self):
        for file in self.files.values():
            file.close()


class Reads(Meeting):
    """Readers that are not prpack. Each file is a whole one to everybody; those who keep to the protocol see one set, or that they have to
    try again. What is open stays as it was opened, to the end of the build and longer."""

    def __init__(self, before, host):
        super().__init__(before, host, None, (WELL, HAD_TO_RETRY))
        self.sets = [{name: tree[f"build/{name}"] for name in ARTIFACTS} for tree in (self.before, self.completed)]

    def visit(self, path, host):
        build = os.path.join(path, "build")
        opened = Opened(build)
        kept = open(os.path.join(build, "assets.pa"), "rb")
        seen = contents(build)
        problems = [f"{name} is neither old nor new" for name in ARTIFACTS if seen[name] not in [one[name] for one in self.sets]]
        locked = locked_read(build)
        unlocked = Opened(build).read()
        for found, how in ((locked, "with the lock"), (unlocked, "without a lock")):
            if found is not None and found not in self.sets:
                problems.append(f"{how}: a mixture")
        host.go_on()
        later = opened.read()
        if later is not None and later not in self.sets:
            problems.append("read over the rest of the build: a mixture")
        with kept:
            if kept.read() not in [one["assets.pa"] for one in self.sets]:
                problems.append("an open assets.pa changed")
        torn = "mixed" if seen not in self.sets else ""
        if problems:
            return WRONG, "; ".join(problems)
        return WELL if None not in (locked, unlocked) else HAD_TO_RETRY, torn

    def judge_codes(self, codes):
        return super().judge_codes(codes) if codes.count(HAD_TO_RETRY) > 0 else "none met the swap"


def dead_staging():
    """A whole set and the staging of a build that was killed."""
    return {**rebuild(), "build/.prpack-staging/assets.pa": b"not yet"}


def half_in_place():
    return without(half_committed(), "build/.prpack-staging")


MEETINGS = {
    "verify": lambda: ReadsSets(rebuild(), BUILD, ["verify"], (WELL, ENVIRONMENT)),
    "inspect": lambda: ReadsSets(rebuild(), BUILD, ["inspect", "build"], (WELL, ENVIRONMENT)),
    "inspect_file": lambda: Meeting(rebuild(), BUILD, ["inspect", "build/assets.pa"], (WELL,)),
    "readers": lambda: Reads(rebuild(), BUILD),
    "list": lambda: Meeting(rebuild(), BUILD, ["list"], (WELL,)),
    "build": lambda: Writes(rebuild(), BUILD, BUILD, (WELL, ENVIRONMENT)),
    "add": lambda: Adds(rebuild(), BUILD, ["add", "--type", "scene_bank", "cave"], (WELL, ENVIRONMENT)),
    "build_under_verify": lambda: BuildsUnderReader(rebuild(), ["verify", "--jobs", "1"], BUILD,
                                                    (WELL, ENVIRONMENT)),
    "build_under_settling": lambda: BuildsUnderSettling(half_in_place(), ["list"], BUILD, (WELL,)),
    "build_under_clearing": lambda: BuildsUnderSettling(dead_staging(), ["list"], BUILD, (WELL,)),
    "init": lambda: Begins({"notes.txt": b"not ours"}, ["init"], ["init"], (WELL, WRONG, ENVIRONMENT), (WELL, WRONG)),
}


def main():
    name = sys.argv[1]
    meeting = MEETINGS[name]()
    calls = len(names_of_calls(meeting.before, meeting.host))
    results = each(meeting.meet, range(1, calls + 1))
    codes = [code for code, _ in results]
    problems = [problem for _, problem in results if problem]
    together = meeting.judge_codes(codes)
    counts = ", ".join(f"{codes.count(code)} {what}" for code, what in
                       ((WELL, "did their work"), (WRONG, "had nothing to do"), (ENVIRONMENT, "were refused"),
                        (HAD_TO_RETRY, "had to try again")) if code in codes)
    sys.exit(0 if tell(name, problems + ([together] if together else []), calls, f"meetings: {counts}") else 1)


if __name__ == "__main__":
    main()
