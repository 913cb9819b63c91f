"""How long prpack waits for locks, and what it says meanwhile.

    waiting.py CASE         refused or told

This process holds the locks. prpack has a clock that counts: each look at it comes a tenth of a second after the one before.
"""

import contextlib
import fcntl
import json
import os
import sys

from harness.program import ENVIRONMENT, WELL, end, run, start
from harness.trees import Scratch, difference, read_tree, write_tree
from harness.workspaces import scenes, tree_after
from points import each, tell

CLOCKED = os.environ["PRPACK_CLOCKED"]
TICK = {"PRPACK_TEST_TICK": "100"}
TREE = tree_after(scenes({"menu": b"a menu"}), ["build"])
CHANGED = {**TREE, "assets/menu/data.bin": b"another menu", "assets/cave/cave.bin": b"a cave"}
with open("/proc/self/comm", encoding="utf-8") as comm:
    NAME = comm.read().strip()  # as the kernel knows this process
REGISTRY, STAGING = "assets/.prometeu", "build/.prpack-staging"


@contextlib.contextmanager
def locked(path, place, kind):
    fd = os.open(os.path.join(path, place), os.O_RDONLY)
    fcntl.flock(fd, kind)
    try:
        yield
    finally:
        os.close(fd)


# Command, the directory that is locked, how, and for how many tenths of a second the command waits.
CASES = [
    (["build"], REGISTRY, fcntl.LOCK_EX, 1), (["add", "--type", "scene_bank", "cave"], REGISTRY, fcntl.LOCK_EX, 1), (["build"], STAGING, fcntl.LOCK_EX, 1),
    (["build"], "build", fcntl.LOCK_SH, 20), (["build"], "build", fcntl.LOCK_EX, 20), (["verify"], "build", fcntl.LOCK_EX, 20),
    (["inspect", "build"], "build", fcntl.LOCK_EX, 20), (["inspect", "build/assets.pa", "build"], "build", fcntl.LOCK_EX, 20),
]
FREE = [
    (["list"], REGISTRY, fcntl.LOCK_EX), (["list"], "build", fcntl.LOCK_EX), (["verify"], REGISTRY, fcntl.LOCK_EX),
    (["verify"], "build", fcntl.LOCK_SH), (["inspect", "build"], "build", fcntl.LOCK_SH), (["inspect", "build/assets.pa"], "build", fcntl.LOCK_EX),
    (["verify"], STAGING, fcntl.LOCK_EX), (["add", "--type", "scene_bank", "cave"], "build", fcntl.LOCK_EX),
]


def prepare(path, place):
    write_tree(path, CHANGED)
    os.makedirs(os.path.join(path, place), exist_ok=True)


def refused():
    """Without --wait: exit code 3, build-busy with the holder, nothing changed; or the lock is none of the command's business."""
    def act(case):
        command, place, kind, *limit = case
        with Scratch() as path:
            prepare(path, place)
            before = read_tree(path)
            with locked(path, place, kind):
                ended = run([CLOCKED, *command], path, env=TICK)
            what = f"{' '.join(command)} while {place} is locked: {ended}"
            if not limit:
                return what if ended.code != WELL or "waiting:" in ended.said else None
            told = ended.err.count(f"waiting: process {os.getpid()} ({NAME}) has locked ")
            lines = [line for line in ended.said.splitlines() if "error[build-busy]" in line]
            good = ended.code == ENVIRONMENT and len(lines) == 1 and f"process {os.getpid()} ({NAME})" in lines[0] and "--wait" in lines[0]
            if not good or told != (1 if limit[0] > 10 else 0):
                return what
            return f"{what}: {difference(read_tree(path), before)}" if difference(read_tree(path), before) else None

    cases = CASES + FREE
    return tell("refused", [text for text in (act(case) for case in cases) if text], len(cases), "locks: refused in time, or not needed")


def wait_with(path, command, place, kind, options):
    """The line that a waiting command says, and how it ends once the lock is free."""
    with locked(path, place, kind):
        waiting = start([CLOCKED, *command, "--wait", *options], path, TICK, bufsize=0)
        line = waiting.stderr.readline().decode()
    return line, end(waiting)


def told():
    """With --wait: one line names the holder after a second, then the command does its work."""
    def act(case):
        command, place, kind, _ = case
        problems = []
        with Scratch() as path:
            prepare(path, place)
            line, ended = wait_with(path, command, place, kind, [])
            shown = "build" if place == STAGING else place
            if line != f"waiting: process {os.getpid()} ({NAME}) has locked {shown}; Ctrl-C stops waiting\n":
                problems.append(f"text: {line}")
            problems += [str(ended)] if ended.code != WELL or "waiting:" in ended.said else []
        with Scratch() as path:
            prepare(path, place)
            line, ended = wait_with(path, command, place, kind, ["--format", "json"])
            if json.loads(line) != {"waiting": shown, "process": os.getpid(), "name": NAME}:
                problems.append(f"JSON: {line}")
            problems += [str(ended)] if ended.code != WELL else []
        return f"{' '.join(command)} while {place} is locked: {'; '.join(problems)}" if problems else None

    problems = [text for text in (act(case) for case in CASES) if text]
    with Scratch() as path:
        prepare(path, "build")
        with locked(path, "build", fcntl.LOCK_EX):
            ended = run([CLOCKED, "verify", "--quiet"], path, env=TICK)
        if ended.code != ENVIRONMENT or "waiting" in ended.said:
            problems.append(f"verify --quiet: {ended}")
    return tell("told", problems, len(CASES) + 1, "waiting commands named the holder and went on")


def main():
    sys.exit(0 if {"refused": refused, "told": told}[sys.argv[1]]() else 1)


if __name__ == "__main__":
    main()
