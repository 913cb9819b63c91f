#!/usr/bin/python3
"""Writes corpus/fuzz/TARGET: the inputs from which the fuzzers start, one for each field, edge and rule.

    make_seeds.py            writes the seeds and removes what no generator makes
    make_seeds.py --check    writes nothing; fails if a seed differs, lacks or is one too many

Files whose name begins with "found-" are left alone: a campaign found them, and they are kept for what they cover."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, ".."))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)
sys.path[1:1] = [os.path.join(ROOT, "tests", "corpus"), os.path.join(ROOT, "tests", "lib")]

from seeds import caches, documents, journals, media, packs, projects, server, texts, words  # noqa: E402

CORPUS = os.path.join(ROOT, "corpus", "fuzz")
KEPT = "found-"


def all_seeds():
    """TARGET/NAME -> bytes."""
    seeds = {}
    for module in (texts, packs, documents, caches, journals, media, projects, words, server):
        for target, name, data in module.seeds():
            path = f"{target}/{name}"
            if path in seeds:
                raise ValueError(f"two seeds have one name: {path}")
            seeds[path] = data
    return seeds


def present():
    found = set()
    for where, _, names in os.walk(CORPUS):
        found.update(os.path.relpath(os.path.join(where, name), CORPUS) for name in names
                     if not name.startswith(KEPT) and name != ".gitattributes")
    return found


def write(seeds):
    for path, data in seeds.items():
        full = os.path.join(CORPUS, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(data)
    for path in present() - seeds.keys():
        os.remove(os.path.join(CORPUS, path))


def complaints(seeds):
    for path in sorted(present() - seeds.keys()):
        yield f"{path}: no generator makes this seed"
    for path, data in sorted(seeds.items()):
        try:
            with open(os.path.join(CORPUS, path), "rb") as file:
                if file.read() != data:
                    yield f"{path}: differs from what its generator makes"
        except FileNotFoundError:
            yield f"{path}: is not there"


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    seeds = all_seeds()
    if not arguments:
        write(seeds)
    found = list(complaints(seeds))
    for complaint in found:
        print(complaint)
    size = sum(map(len, seeds.values()))
    print(f"{len(seeds)} seeds, {size:,} bytes, {len(found)} complaints")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
