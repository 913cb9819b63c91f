"""The rule of docs/contracts/workspace.md 8.13, read a second time: random registries are merged by prpack merge-registry and by the code
below, and what the rule promises is checked of the results.

Usage: merge_rule.py --count N [--seed S] [--first I], with PRPACK in the environment. A history is drawn from seed and number alone, so
`--first I --count 1` repeats it."""

import argparse
import itertools
import json
import os
import random
import re
import sys


sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.trees import Scratch, read, write  # noqa: E402

# ---- Registries: next id, and {uuid: (id, root, included)} ----


class Registry:
    def __init__(self, next_id=1, records=None):
        self.next_id = next_id
        self.records = dict(records or {})

    def copy(self):
        return Registry(self.next_id, self.records)

    def ids(self):
        return {record[0] for record in self.records.values()}

    def text(self):
        lines = ["{", '  "schema_version": 1,', f'  "next_asset_id": {self.next_id},']
        records = [f'    {{\n      "asset_id": {number},\n      "asset_uuid": "{uuid}",\n      "root": {json.dumps(root)},\n'
                   f'      "included_in_build": {str(included).lower()}\n    }}'
                   for uuid, (number, root, included) in sorted(self.records.items(), key=lambda item: item[1][0])]
        assets = "[\n" + ",\n".join(records) + "\n  ]" if records else "[]"
        return "\n".join(lines + [f'  "assets": {assets}', "}"]) + "\n"


def parse(text):
    document = json.loads(text)
    return Registry(document["next_asset_id"], {record["asset_uuid"]: (record["asset_id"], record["root"], record["included_in_build"])
                                                for record in document["assets"]})


# ---- The rule ----


def inside(inner, outer):
    return inner == outer or inner.startswith(outer + "/")


def decide(base, ours, theirs):
    """({uuid: (root, included)}, whether there is a conflict)"""
    kept, conflict = {}, False
    for uuid in set(ours.records) | set(theirs.records):
        was, left, right = (registry.records.get(uuid) for registry in (base, ours, theirs))
        if left is None or right is None:
            only = left or right
            moved = was is not None and was[1] != only[1]
            conflict = conflict or moved
            if was is None or moved:
                kept[uuid] = only[1:]
            continue
        before = was or (0, None, True)
        roots = {root for root in (left[1], right[1]) if root != before[1]} or {before[1]}
        conflict = conflict or len(roots) > 1
        kept[uuid] = (min(roots), left[2] if left[2] != before[2] else right[2])
    roots = [root for root, _ in kept.values()]
    return kept, conflict or any(inside(a, b) for a, b in itertools.permutations(roots, 2))


def arrange(random_, base, ours, theirs, kept):
    """{uuid: id}: records go to their places one by one, in any order, and push those with a greater uuid on."""
    homes = {uuid: max(side.records[uuid][0] for side in (ours, theirs) if uuid in side.records) for uuid in kept}
    fixed = {uuid for uuid in kept if uuid in base.records and
             all(side.records.get(uuid, base.records[uuid])[0] == base.records[uuid][0] for side in (ours, theirs))}
    spent = {number for side in (ours, theirs) for number in range(base.next_id, side.next_id) if number not in side.ids()}
    given = max(base.next_id, ours.next_id, theirs.next_id)
    table = {homes[uuid]: uuid for uuid in fixed}

    def is_place(number):
        return number >= given or (number in homes.values() and number not in spent)

    rest = [uuid for uuid in kept if uuid not in fixed]
    random_.shuffle(rest)
    for uuid in rest:
        number = homes[uuid]
        while uuid is not None:
            there = table.get(number)
            if is_place(number) and (there is None or (there not in fixed and uuid < there)):
                table[number], uuid = uuid, there
            number += 1
    return {uuid: number for number, uuid in table.items()}, max([given] + [number + 1 for number in table])


def merge_by_rule(random_, base, ours, theirs):
    """The registry, or None for a conflict."""
    kept, conflict = decide(base, ours, theirs)
    if conflict:
        return None
    numbers, next_id = arrange(random_, base, ours, theirs, kept)
    return Registry(next_id, {uuid: (numbers[uuid], *kept[uuid]) for uuid in kept})


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
        expected = merge_by_rule(self.random, base, ours, theirs)
        if expected is None:
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
        taken = [parse(re.sub(r"<<<<<<<[^\n]*\n(.*?)=======\n(.*?)>>>>>>>[^\n]*\n", side, text, flags=re.S)) for side in (r"\1", r"\2")]
        for registry in taken:
            roots = [record[1] for record in registry.records.values()]
            assert len(registry.ids()) == len(registry.records) and max(registry.ids(), default=0) < registry.next_id
            assert not any(inside(a, b) for a, b in itertools.permutations(roots, 2)), roots
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
