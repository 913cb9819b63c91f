"""Makes the allocations of prpack fail, and looks at what it says and leaves.

    memory_points.py COMMAND        build, first_build, one_change, explained, depfile, extract, ids, check, no_change, verify, inspect, list, add, add_many, add_again, add_each, palettes, update, include, exclude, rename, move_asset, adopt_moved, adopt_copies, remove, restore, purge, undo, forget, gc, doctor, fix, merge, init_git, init or settle

Each allocation fails once alone, and once with all that follow. Then prpack must end with exit code 3 and say that memory ran out, with
everything as it was; or do its work in spite of it, completely. A JSON report is whole or not there at all.
"""

import json
import os
import sys

from fault_points import ATTEMPTS, Beginning
from harness.program import ENVIRONMENT, WELL, prpack, run
from harness.trees import SEAL, Scratch, difference, read_tree, with_directories, write_tree
from harness.workspaces import scenes
from points import each, share_of, tell

REFUSING = os.environ["PRPACK_REFUSING"]


def run_refusing(attempt, path, order, count=""):
    environment = {**os.environ, "REFUSE_MEMORY": order, "REFUSE_MEMORY_COUNT": count}
    return run([REFUSING, *attempt.arguments], path, env=environment)


def count_allocations(attempt):
    with Scratch() as path, Scratch() as beside:
        attempt.prepare(path)
        count = os.path.join(beside, "count")
        ended = run_refusing(attempt, path, "once 0", count)
        if ended.code != WELL or not attempt.is_complete(read_tree(path)):
            raise AssertionError(ended.err)
        with open(count, encoding="ascii") as file:
            return int(file.read())


def is_whole_report(text):
    """Whether there is nothing, or only whole documents, a line each."""
    try:
        return all(isinstance(json.loads(line), dict) for line in text.splitlines()) and text[-1:] in ("", "\n")
    except ValueError:
        return False


def judge(attempt, path, ended):
    said = f"{ended}"
    if "json" in attempt.arguments and "ids" not in attempt.arguments and not is_whole_report(ended.out):
        return f"half a report: {said}"
    if ended.code == WELL:
        tree = read_tree(path)
        if not attempt.is_complete(tree):
            return "well, but " + (difference(tree, attempt.completed) or "other content")
        return None if attempt.says_the_same(ended.out) else f"well, but said: {said}"
    if ended.code != ENVIRONMENT or "environment-" not in said:
        return said
    tree = read_tree(path)
    if isinstance(attempt, Beginning):
        tree = {key: content for key, content in tree.items() if key not in attempt.directories - attempt.before.keys()}
    if tree != attempt.before:
        prpack(path, "list")  # past the commit point the next command completes the work
        tree = read_tree(path)
    if tree == attempt.before or attempt.is_complete(tree) or attempt.is_partial(tree, said.splitlines()):
        return None
    return difference(tree, attempt.before)


def strike(attempt, order):
    with Scratch() as path:
        attempt.prepare(path)
        problem = judge(attempt, path, run_refusing(attempt, path, order))
        return f"{order}: {problem}" if problem else None


KILLED = with_directories({**scenes({"menu": b"a menu"}), "other/.prpack-staging/assets.pa": b"not yet",
                           "assets/.prometeu/.prpack-output": ("link", SEAL + ":0:other")})
SETTLED = {key: content for key, content in KILLED.items() if not key.startswith("other") and not key.endswith(".prpack-output")}


def settle_refusing(order, count=""):
    """Settles what a killed build left, with an allocation that fails, and again without. Returns a problem or None."""
    with Scratch() as path:
        write_tree(path, KILLED)
        ended = run([REFUSING, "list"], path, env={**os.environ, "REFUSE_MEMORY": order, "REFUSE_MEMORY_COUNT": count})
        if ended.code not in (WELL, ENVIRONMENT):
            return f"{order}: {ended}"
        prpack(path, "list")
        left = difference(read_tree(path), SETTLED)
        return f"{order}: {left}" if left else None


def settle():
    """Nothing that counts is dropped for want of memory: the next command settles it."""
    with Scratch() as beside:
        counted = os.path.join(beside, "count")
        problem = settle_refusing("once 0", counted)
        with open(counted, encoding="ascii") as file:
            count = int(file.read())
    points = share_of([f"{how} {n}" for n in range(1, count + 1) for how in ("once", "on")])
    problems = [text for text in [problem] + each(settle_refusing, points) if text]
    return tell("settle", problems, len(points), f"failures of {count} allocations: settled by the next command")


def main():
    command = sys.argv[1]
    if command == "settle":
        sys.exit(0 if settle() else 1)
    fine = True
    for extra in ([], ["--format", "json"]):
        attempt = ATTEMPTS[command](extra)
        count = count_allocations(attempt)
        points = share_of([f"{how} {n}" for n in range(1, count + 1) for how in ("once", "on")])
        problems = [text for text in each(lambda order: strike(attempt, order), points) if text]
        fine = tell(f"{' '.join(attempt.arguments)}", problems, len(points),
                    f"failures of {count} allocations: refused, or done in spite of it") and fine
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
