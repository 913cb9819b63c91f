#!/usr/bin/python3
"""Compares PROGRAM with the oracle on random mutants of the corpus packs: loads, and the set of ids with their classes.

    mutate.py PROGRAM [--count N] [--seed S] [--only INDEX] [--keep DIR] [--show N]

Mutant number I of seed S is always the same file while the corpus stays as it is. --only runs one of them; --keep writes
those that differ, and those on which the program fails, to a directory."""

import argparse
import collections
import os
import random
import sys
import tempfile

import examine
import mutations
import pack_oracle

CORPUS = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus"))
SMALL = 4_096  # larger seeds are drawn rarely: they cost time, not rules


def seeds():
    """(small, large): [(name, bytes)] of the corpus packs."""
    small, large = [], []
    for group in ("valid", "invalid", "several"):
        folder = os.path.join(CORPUS, "packs", group)
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as file:
                data = file.read()
            if name.startswith(("preload-sixteen-each", "metadata-20-kib", "entries-200", "json-depth.bottomless")):
                continue
            # Valid ones are worth more: there a mutation is mostly the only fault.
            (small if len(data) <= SMALL
             else large).extend([(f"{group}/{name}", data)] * (6 if group == "valid" else 1))
    return small, large


def mutant(pools, seed, index):
    """(bytes, description) of one mutant; it depends on nothing else."""
    rng = random.Random(f"{seed}:{index}")
    name, data = rng.choice(pools[1] if rng.random() < 0.05 else pools[0])
    changed, steps = mutations.mutate(data, rng)
    return changed, f"{name} + {', '.join(steps)}"


def compare_batch(arguments, pools, indexes, folder, tally):
    paths, expected, described = [], [], []
    for index in indexes:
        data, description = mutant(pools, arguments.seed, index)
        path = os.path.join(folder, f"{index}.pa")
        with open(path, "wb") as file:
            file.write(data)
        paths.append(path)
        expected.append(pack_oracle.judge(data))
        described.append(description)
    verdicts = _ask(arguments.program, paths)
    for index, path, report, verdict, description in zip(indexes, paths, expected, verdicts, described):
        if isinstance(verdict, examine.ProgramFailed):
            tally.failures += 1
            print(f"--seed {arguments.seed} --only {index}: {description}: {verdict}")
            _keep(arguments, [path])
            continue
        tally.compared += 1
        tally.loading += report.loads()
        if (report.loads(), report.ids()) != (verdict.loads, verdict.ids):
            tally.differ(index, report, verdict, description)
            _keep(arguments, [path])
    for path in paths:
        os.remove(path)


def _ask(program_path, paths):
    """A verdict for every path; a ProgramFailed for each one on which the program fails."""
    try:
        return examine.inspect(program_path, paths)
    except examine.ProgramFailed as failure:
        if len(paths) == 1:
            return [failure]
    half = len(paths) // 2
    return _ask(program_path, paths[:half]) + _ask(program_path, paths[half:])


def _keep(arguments, paths):
    if arguments.keep:
        os.makedirs(arguments.keep, exist_ok=True)
        for path in paths:
            with open(path, "rb") as source, open(os.path.join(arguments.keep, os.path.basename(path)), "wb") as target:
                target.write(source.read())


class Tally:
    def __init__(self):
        self.compared = 0
        self.loading = 0
        self.failures = 0
        self.loads_differ = 0
        self.kinds = collections.defaultdict(list)  # what differs -> [(index, description)]

    def differ(self, index, report, verdict, description):
        ours, theirs = set(report.ids()), set(verdict.ids)
        different_loads = report.loads() != verdict.loads
        self.loads_differ += different_loads
        sides = (("oracle only", ours - theirs), ("program only", theirs - ours), ("both", ours & theirs))
        kind = "  ".join(f"{side}: {','.join(sorted(ids)) or '-'}" for side, ids in sides)
        kind += "  LOADS DIFFERS" if different_loads else ""
        self.kinds[kind].append((index, description))

    def print(self, arguments):
        for kind, found in sorted(self.kinds.items(), key=lambda item: -len(item[1])):
            print(f"{len(found)} × {kind}")
            for index, description in found[:arguments.show]:
                print(f"    --seed {arguments.seed} --only {index}: {description}")
        differing = sum(map(len, self.kinds.values()))
        print(f"{self.compared} mutants compared, {self.loading} of them load: {differing} differ, "
              f"{self.loads_differ} of them in loads; {self.failures} runs failed")
        return 1 if differing or self.failures or self.compared == 0 else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("--show", type=int, default=3, help="reproducers to print for each kind of difference")
    arguments = parser.parse_args()
    pools = seeds()
    tally = Tally()
    indexes = [arguments.only] if arguments.only is not None else list(range(arguments.count))
    with tempfile.TemporaryDirectory(prefix="prpack-mutants-") as folder:
        for start in range(0, len(indexes), examine.BATCH):
            compare_batch(arguments, pools, indexes[start:start + examine.BATCH], folder, tally)
    return tally.print(arguments)


if __name__ == "__main__":
    sys.exit(main())
