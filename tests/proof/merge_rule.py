"""The rule of docs/contracts/workspace.md 8.13, read a second time: random registries are merged by prpack merge-registry and by
harness/registries.py, and what the rule promises is checked of the results.

Usage: merge_rule.py --count N [--seed S] [--first I], with PRPACK in the environment. A history is drawn from seed and number alone, so
`--first I --count 1` repeats it."""

import argparse
import itertools
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.registries import Registry, any_inside, inside, merge, parse, take_apart  # noqa: E402
from harness.trees import Scratch, read, write  # noqa: E402

# ---- The program ----


class Merger:
    def __init__(self, directory, random_):
        self.directory = directory
        self.random = random_
        self.count = 0
        self.conflicts = 0

    def program(self, base, ours, theirs):
        for name, registry in (("base", base), ("ours", ours), ("theirs", theirs)):
            write(os.path.join(self.directory, name), registry.text().encode("utf-8"))
        ended = prpack(self.directory, "merge-registry", "base", "ours", "theirs")
        self.count += 1
        return ended, read(os.path.join(self.directory, "ours")).decode("utf-8")

    def merge(self, base, ours, theirs):
        """The registry, or None for a conflict; both readings of the rule say the same, whichever side is ours."""
        ended, text = self.program(base, ours, theirs)
        other, mirrored = self.program(base, theirs, ours)
        expected, is_conflict = merge(self.random, base, ours, theirs)
        if is_conflict:
            assert ended.code == other.code == WRONG, (ended, other)
            self.check_conflict(ours, theirs, text)
            self.conflicts += 1
            return None
        assert ended.code == other.code == WELL, (ended, other)
        assert text == mirrored, "not symmetric:\n" + text + mirrored
        assert text == expected.text(), "expected:\n" + expected.text() + "found:\n" + text
        return expected

    def check_conflict(self, ours, theirs, text):
        """Taking either side everywhere gives a registry with all that the side had and the other one did not remove."""
        taken = [parse(side) for side in take_apart(text)[:2]]
        for registry in taken:
            roots = [record[1] for record in registry.records.values()]
            assert len(registry.ids()) == len(registry.records) and max(registry.ids(), default=0) < registry.next_id
            assert not any_inside(roots), roots
        assert "<<<<<<< " in text and taken[0].records != taken[1].records


# ---- Histories ----

NAMES = "abcdefgh"


def draw_root(random_):
    return "/".join(random_.choice(NAMES) + str(random_.randrange(30)) for _ in range(random_.randint(1, 2)))


def change(random_, registry, log):
    """One operation of a clone. log gets the ids that it has taken from an asset, with the uuid."""
    uuids = sorted(registry.records)
    roots = [record[1] for record in registry.records.values()]
    way = random_.choice(["add", "add", "add", "gap", "move", "remove", "exclude"])
    root = draw_root(random_)
    is_free = not any(inside(root, other) or inside(other, root) for other in roots)
    if way in ("add", "gap") and is_free:
        uuid = str(random_.getrandbits(32)).rjust(8, "0")[:8] + "-0000-4000-8000-000000000000"
        if way == "add" and uuid not in registry.records:
            registry.records[uuid] = (registry.next_id, root, True)
        registry.next_id += 1
    elif uuids and way == "move" and is_free:
        uuid = random_.choice(uuids)
        registry.records[uuid] = (registry.records[uuid][0], root, registry.records[uuid][2])
    elif uuids and way == "remove":
        uuid = random_.choice(uuids)
        log[registry.records.pop(uuid)[0]] = uuid
    elif uuids and way == "exclude":
        uuid = random_.choice(uuids)
        registry.records[uuid] = (*registry.records[uuid][:2], random_.random() < 0.5)


def draw_clone(random_, base, log):
    clone = base.copy()
    for _ in range(random_.randrange(7)):
        change(random_, clone, log)
    return clone


def check_result(base, clones, logs, result):
    """What the rule promises, whatever it says."""
    assert result.next_id >= max(clone.next_id for clone in clones + [base]) > 0
    assert len(result.ids()) == len(result.records) and max(result.ids(), default=0) < result.next_id
    for clone in clones:
        for uuid in clone.records:
            assert uuid in result.records or uuid in base.records, f"{uuid} was added and is lost"
    for log in logs:
        for number, uuid in log.items():
            assert number not in result.ids() or result.records.get(uuid, (0,))[0] == number, f"the id {number} of {uuid} was given again"
    for uuid, record in base.records.items():
        if uuid in result.records:
            assert result.records[uuid][0] == record[0], f"{uuid} of base has another id"


def try_history(merger, random_):
    base = Registry()
    for _ in range(random_.randrange(6)):
        change(random_, base, {})
    logs = [{}, {}, {}]
    clones = [draw_clone(random_, base, log) for log in logs]
    results = []
    for first, second, third in itertools.permutations(range(3)):
        pair = merger.merge(base, clones[first], clones[second])
        if pair is None:
            return
        results.append(merger.merge(base, pair, clones[third]))
        if results[-1] is None:
            return
        assert merger.merge(base, pair, clones[first]).text() == pair.text(), "merging again changes something"
        assert merger.merge(clones[first], pair, clones[first]).text() == pair.text(), "merging what is merged changes something"
    assert len({result.text() for result in results}) == 1, "the order makes a difference:\n" + "\n".join(result.text() for result in results)
    check_result(base, clones, logs, results[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    merges = conflicts = 0
    with Scratch() as directory:
        for number in range(options.first, options.first + options.count):
            random_ = random.Random(f"{options.seed} {number}")
            merger = Merger(directory, random_)
            try:
                try_history(merger, random_)
            except AssertionError as fault:
                sys.exit(f"history {number} of seed {options.seed}: {fault}")
            merges += merger.count
            conflicts += merger.conflicts
    print(f"{options.count} histories, {merges} merges, {conflicts} histories ended with a conflict")


main()
