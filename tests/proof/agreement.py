"""`add` takes an asset exactly when `build` packs it.

The variants of picture_variants.py and sound_variants.py are given to `add`. Beside it each is registered by hand, with the declaration that the
contract says, and `build --check` judges that. Both have to be of one opinion, and of that of the variant; `add --anyway` has to lead to the same
build. Then pairs of variants lie in one workspace, with equal names, equal slots, or equal files, and are added by one call or by two.

Usage: agreement.py [--pairs N|all] [--seed S] [NAME...], with PRPACK in the environment. N pairs are drawn by the seed. With names, only the
variants whose names begin like them are looked at."""

import argparse
import collections
import json
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.trees import Scratch, read, read_tree, write, write_tree  # noqa: E402

import picture_variants  # noqa: E402
import sound_variants  # noqa: E402

REGISTRY = "assets/.prometeu/index.json"
SLOT = 3


def errors(ended):
    return {finding["id"] for document in ended.documents() for finding in document["diagnostics"] if finding["severity"] == "error"}


def registered(directory):
    return {record["root"] for record in json.loads(read(os.path.join(directory, REGISTRY)))["assets"]}


def preload_of(slot):
    return {"enabled": False} if slot is None else {"enabled": True, "slot": slot}


def registered_by_hand(assets, slot=None):
    """The tree of a workspace: {root: (name, variant)}."""
    tree, records = {}, []
    for number, (root, (name, variant)) in enumerate(assets.items(), 1):
        uuid = f"00000000-0000-4000-8000-{number:012d}"
        records.append({"asset_id": number, "asset_uuid": uuid, "root": root, "included_in_build": True})
        tree[f"assets/{root}/asset.json"] = json.dumps(variant.declaration(uuid, name, preload_of(slot))).encode()
        for file, content in variant.files.items():
            tree[f"assets/{root}/{file}"] = content
    tree[REGISTRY] = json.dumps({"schema_version": 1, "next_asset_id": len(records) + 1, "assets": records}).encode()
    return tree


def build_by_hand(assets, slot=None):
    """How `build --check` ends."""
    with Scratch() as directory:
        write_tree(directory, registered_by_hand(assets, slot))
        return prpack(directory, "build", "--check", "--format", "json")


def lay_out(directory, assets, slot=None):
    """An empty workspace with the files of the assets, and the declarations that are to be there before `add`."""
    ended = prpack(directory, "init", "--quiet")
    if ended.code != WELL:
        raise AssertionError(f"init: {ended}")
    for root, (name, variant) in assets.items():
        for file, content in variant.files.items():
            write(os.path.join(directory, "assets", root, file), content)
        if variant.declared:
            write(os.path.join(directory, "assets", root, "asset.json"), json.dumps(variant.declaration("", name, preload_of(slot))))


# ---- One asset ----


def _of_hand(variant):
    """The build of what is registered by hand, and what is wrong with it."""
    ended = build_by_hand({"x": ("x", variant)})
    found = errors(ended)
    if ended.code not in (WELL, WRONG):
        return ended, [f"build: {ended}"]
    if variant.refused is None:
        return ended, [f"build refuses it: {sorted(found)}"] if found else []
    return ended, [] if found & set(variant.refused) else [f"build does not find one of {variant.refused}, but {sorted(found)}"]


def _of_add(variant, built):
    with Scratch() as directory:
        lay_out(directory, {"x": ("x", variant)})
        before = read_tree(os.path.join(directory, "assets", "x"))
        ended = prpack(directory, "add", *variant.options, "assets/x", "--format", "json")
        taken = bool(registered(directory))
        if ended.code not in (WELL, WRONG) or taken != (ended.code == WELL):
            return [f"add says that it has {'' if taken else 'not '}registered it: {ended}"]
        if taken != (built.code == WELL):
            return [f"add {'takes' if taken else 'refuses'} what build {'refuses' if taken else 'packs'}: add {sorted(errors(ended))}, "
                    f"build {sorted(errors(built))}"]
        if not taken:
            found = errors(ended)
            same = found == errors(built) or found == {"type-undecided"}
            wrong = [] if same else [f"add refuses it for other reasons than build: {sorted(found)}, {sorted(errors(built))}"]
            return wrong + (["a refused root was written into"] if read_tree(os.path.join(directory, "assets", "x")) != before else [])
        ended = prpack(directory, "build", "--verify", "--quiet")
        return [] if ended.code == WELL else [f"what add has taken cannot be built: {ended}"]


def _of_anyway(variant, built):
    with Scratch() as directory:
        lay_out(directory, {"x": ("x", variant)})
        ended = prpack(directory, "add", "--anyway", *variant.options, "assets/x", "--format", "json")
        if not registered(directory):
            return [] if errors(ended) == {"type-undecided"} and built.code == WRONG else [f"add --anyway does not take it: {ended}"]
        if ended.code != WELL:
            return [f"add --anyway has taken it, and ends so: {ended}"]
        again = prpack(directory, "build", "--check", "--format", "json")
        same = again.code == built.code and errors(again) == errors(built)
        return [] if same else [f"after add --anyway build finds {sorted(errors(again))}, by hand {sorted(errors(built))}"]


def examine(variant):
    """Faults in words."""
    built, faults = _of_hand(variant)
    return faults + _of_add(variant, built) + _of_anyway(variant, built)


# ---- Two of them ----


class Pair:
    """Two variants in one workspace. slot: both want that one, or none. alike: the last components of their roots are equal, so the second gets more
    of its path as its name. together: one call adds both."""

    def __init__(self, first, second, random_):
        self.first, self.second = first, second
        self.slot = random_.choice((None, SLOT))
        self.alike = random_.random() < 0.5
        self.together = random_.random() < 0.5

    @property
    def assets(self):
        """{root: (name, variant)}"""
        second = ("two/x", "two/x") if self.alike else ("y", "y")
        return {"one/x": ("x", self.first), second[0]: (second[1], self.second)}

    def __str__(self):
        return f"{self.first.name} | {self.second.name} (slot {self.slot}, {'equal' if self.alike else 'other'} names, " \
               f"{'one call' if self.together else 'two calls'})"

    def add(self, directory):
        preload = () if self.slot is None else ("--slot", str(self.slot))
        if self.together and self.first.options == self.second.options:
            prpack(directory, "add", *self.first.options, *preload, *(f"assets/{root}" for root in self.assets), "--quiet")
            return
        for root, (_, variant) in self.assets.items():
            prpack(directory, "add", *variant.options, *preload, f"assets/{root}", "--quiet")

    def examine(self):
        """Faults in words."""
        both = build_by_hand(self.assets, self.slot).code == WELL
        alone = {root for root, (_, variant) in self.assets.items() if variant.refused is None}
        with Scratch() as directory:
            lay_out(directory, self.assets, self.slot)
            self.add(directory)
            taken = registered(directory)
            built = prpack(directory, "build", "--check", "--quiet")
        faults = []
        if built.code != WELL:
            faults.append(f"what add has taken ({sorted(taken)}) cannot be built: {built}")
        if (taken == set(self.assets)) != both:
            faults.append(f"add takes {sorted(taken)}, and build {'packs' if both else 'refuses'} both")
        expected = alone if len(alone) < 2 or both else {"one/x"}
        if taken != expected:
            faults.append(f"add takes {sorted(taken)}, expected {sorted(expected)}")
        return faults


def pairs(variants, count, random_):
    """Every fourth pair is one variant twice; "all" are all pairs."""
    if count == "all":
        for first in variants:
            for second in variants:
                yield Pair(first, second, random_)
        return
    for number in range(int(count)):
        first = random_.choice(variants)
        yield Pair(first, first if number % 4 == 0 else random_.choice(variants), random_)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", default="0")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("names", nargs="*", default=[""])
    options = parser.parse_args()
    pictures, sounds = ([variant for variant in made if any(variant.name.startswith(name) for name in options.names)]
                        for made in (picture_variants.variants(), sound_variants.variants()))
    variants = pictures + sounds
    if not variants:
        parser.error("no variant has such a name")
    faults = 0
    seen = collections.Counter()
    for variant in variants:
        for fault in examine(variant):
            faults += 1
            print(f"{variant.name}: {fault}")
        seen["taken" if variant.refused is None else "refused"] += 1
    drawn = 0
    for pair in pairs(variants, options.pairs, random.Random(options.seed)):
        drawn += 1
        for fault in pair.examine():
            faults += 1
            print(f"{pair}: {fault}")
    print(f"{len(pictures)} pictures and {len(sounds)} sounds, of which {seen['taken']} can be packed; {drawn} pairs; {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
