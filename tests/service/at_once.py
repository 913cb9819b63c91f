"""Runs several prpack at once.

    at_once.py loop          builds two contents in turns while others read the artifacts
    at_once.py wait          a build and an add that are told to wait for a build, one of the same workspace and one of the same output

A reader sees one whole set, the old or the new.
"""

import os
import sys
import threading

from beside import Opened, locked_read
from harness.program import ENVIRONMENT, WELL, end, prpack, start
from harness.trees import Scratch, below, difference, read_tree, write_tree
from harness.workspaces import scenes, tree_after
from points import Paused, each, names_of_calls, tell

OLD = {"menu": b"a menu", "bay": b"the bay at night " * 20}
NEW = {"menu": b"another menu", "bay": b"the bay by day " * 30}
BUILD = ["build", "--jobs", "1"]
CLOCKED = os.environ["PRPACK_CLOCKED"]  # its clock counts: a second has passed after ten looks


def replace_sources(path, tree):
    """Gives the workspace other sources, each by rename, as an editor does."""
    for key, content in tree.items():
        if content is not None and key.endswith("data.bin"):
            with open(os.path.join(path, "new"), "wb") as file:
                file.write(content)
            os.rename(os.path.join(path, "new"), os.path.join(path, key))


ROUNDS, MOST_ROUNDS = 40, 400  # of two builds
TURNS = 20  # reads of either set that are enough


def loop():
    sets = [below(tree_after(scenes(assets), ["build"]), "build") for assets in (OLD, NEW)]
    sets = [{key[len("build/"):]: content for key, content in one.items() if content is not None} for one in sets]
    for one in sets:
        del one[".gitignore"]  # of a directory that a build made; no part of the set
    with Scratch() as path:
        write_tree(path, {**scenes(OLD)})
        prpack(path, "build")
        problems = []
        counts = {"builds": 0, "verified": 0, "locked": [0, 0], "unlocked": [0, 0]}
        directory = os.path.join(path, "build")
        done = threading.Event()

        def enough():
            return min(counts["verified"], *counts["locked"], *counts["unlocked"]) >= TURNS

        def build():
            for number in range(MOST_ROUNDS):
                for assets in (NEW, OLD):
                    replace_sources(path, scenes(assets))
                    ended = prpack(path, "build", "--verify")
                    counts["builds"] += 1
                    if ended.code != WELL:
                        problems.append(f"build ended with {ended.code}: {ended.err}")
                if problems or (number >= ROUNDS and enough()):
                    break
            done.set()

        def verify():
            while not done.is_set():
                ended = prpack(path, "verify")
                counts["verified"] += 1
                if ended.code != WELL:
                    problems.append(f"verify ended with {ended.code}: {ended.out}")

        def read(how, reader):
            while not done.is_set():
                found = reader()
                if found in sets:
                    counts[how][sets.index(found)] += 1
                elif found is not None:
                    problems.append(f"{how}: neither set: {difference(found, sets[0])}")

        at_once([build, verify, lambda: read("locked", lambda: locked_read(directory)),
                 lambda: read("unlocked", lambda: Opened(directory).read())])
        if not enough():
            problems.append(f"a reader had too few turns: {counts}")
        points = counts["verified"] + sum(counts["locked"]) + sum(counts["unlocked"])
        return tell("loop", problems, points, f"readers beside {counts['builds']} builds saw one whole set "
                    f"({counts['verified']} verify; of either set {counts['locked']} reads with the lock "
                    f"and {counts['unlocked']} without one)")


def at_once(functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def wait_for(other_workspace, command, name):
    """One build stands still; the other command is refused, and with --wait it waits. Returns what is wrong."""
    problems = []
    with Scratch() as path:
        for workspace in ("one", "two"):
            write_tree(os.path.join(path, workspace), {**scenes(OLD), "assets/cave/cave.bin": b"a cave"})
        one = os.path.join(path, "one")
        first = Paused(names_of_calls(read_tree(one), BUILD).index("pwrite64") + 1, [*BUILD, "--output", "../out"], one)
        other = os.path.join(path, other_workspace)
        refused = prpack(other, *command)
        if refused.code != ENVIRONMENT or "error[build-busy]" not in refused.err or "--wait" not in refused.err:
            problems.append(f"{name}: not refused: {refused.code} {refused.err}")
        waiting = start([CLOCKED, *command, "--wait"], other, {"PRPACK_TEST_TICK": "100"}, bufsize=0)
        said = waiting.stderr.readline()
        if not said.startswith(b"waiting: process ") or b"(prpack) has locked " not in said:
            problems.append(f"{name}: did not say for whom it waits: {said}")
        for ended in (first.go_on(), end(waiting)):
            if ended.code != WELL:
                problems.append(f"{name}: ended with {ended.code}: {ended.err}")
        if prpack(path, "verify", "out").code != WELL:
            problems.append(f"{name}: the output does not conform")
    return problems


def wait():
    cases = [("one", [*BUILD], "another build of the workspace"), ("one", ["add", "--type", "scene_bank", "cave"], "an add to the workspace"),
             ("two", [*BUILD, "--output", "../out"], "a build into the same output")]
    problems = sum(each(lambda case: wait_for(*case), cases), [])
    return tell("wait", problems, len(cases), "were refused at once and waited when told to")


def main():
    sys.exit(0 if {"loop": loop, "wait": wait}[sys.argv[1]]() else 1)


if __name__ == "__main__":
    main()
