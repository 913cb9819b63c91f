"""Builds over a cache that was forged so that a build that believes it publishes something wrong.

A forgery changes the workspace or the published set, and makes the cache say that nothing has happened. With the seal
of its own directory it is believed: only that shows that the forgery is a good one, and `build --verify` puts the set
right. With every other seal that its author could give it, the build publishes the bytes of a clean build.
"""

import itertools
import json
import os
import shutil
import sys
import time

import xxhash
from cache import CACHE_PATH, Workspace, begin, build, compare_with_clean
from harness.births import born, seal, seal_with
from harness.program import WELL, prpack
from harness.trees import Scratch
from points import each, tell

REGISTRY = "assets/.prometeu"
TEN_SECONDS = 10 * 10**9


def stamp(path):
    status = os.stat(path)
    return [status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]


# Forgeries: each gets a workspace that was built, and its cache as a document.

def forge_source(workspace, cache):
    """A source is another one, and the cache says that it is the old one."""
    workspace.change_secretly()


def forge_declaration(workspace, cache):
    """A declaration has more metadata, and the cache says that it is the old one."""
    record = workspace.scene()
    declaration = workspace.declaration(record)
    declaration["output"]["metadata"] = {"forged": 1}
    workspace.declare(record, declaration)


def member(name, value):
    def forge(workspace, cache):
        scenes = [asset for asset in cache["assets"] if asset["type"] == "scene_bank"]
        workspace.random.choice(scenes)[name] = value
        published_again(workspace)
    forge.__name__ = f"forge_{name}"
    return forge


def forge_payloads(workspace, cache):
    """Two assets have each other's payload."""
    first, second = [asset for asset in cache["assets"] if asset["type"] == "scene_bank"][1:3]
    for key in ("offset", "size", "decoded_size", "payload", "decoded"):
        first[key], second[key] = second[key], first[key]
    published_again(workspace)


def forge_pack(workspace, cache):
    """Another pack is where the last build left its own."""
    pack = os.path.join(workspace.path, "build/assets.pa")
    with open(pack, "r+b") as file:
        file.seek(-5, os.SEEK_END)
        file.write(b"forge")
    cache["artifacts"][-1][1] = xxhash.xxh3_128(workspace.read(pack)).hexdigest()


def published_again(workspace):
    """So that the set is written again, out of what the cache says."""
    os.remove(os.path.join(workspace.path, "build/preload.json"))


FORGERIES = [forge_source, forge_declaration, forge_payloads, forge_pack, member("name", "forged"),
             member("metadata", {"forged": 1}), member("pipeline", {"forged": 1}), member("preload", True),
             member("decoded", "0" * 32)]


def set_stamps(workspace, cache):
    """Every file is, by its stamp, the one that the cache knows."""
    for asset in cache["assets"]:
        root = os.path.join(workspace.path, "assets", asset["root"])
        asset["anchor"][0] = stamp(os.path.join(root, "asset.json"))
        for one in asset["inputs"]:
            one[1] = stamp(os.path.join(root, one[0]))
    for artifact, name in zip(cache["artifacts"], ARTIFACT_ORDER):
        if os.path.exists(os.path.join(workspace.path, "build", name)):
            artifact[0] = stamp(os.path.join(workspace.path, "build", name))
    cache["recorded"] = time.time_ns() + TEN_SECONDS


ARTIFACT_ORDER = ["asset_table.json", "preload.json", "asset_table_metadata.json", "assets.pa"]


# Seals: what the author of a project could write. Each gets the path of the workspace, the old seal and the text.

def own(path, old, text):
    return seal(os.path.join(path, REGISTRY), text)


def with_three(change):
    def make(path, old, text):
        directory = os.path.join(path, REGISTRY)
        status = os.stat(directory)
        return seal_with(*change(status.st_dev, status.st_ino, born(directory)), text)
    return make


def of_other(relative):
    return lambda path, old, text: seal(os.path.join(path, relative), text)


SEALS = {
    "old": lambda path, old, text: old,
    "of the text alone": lambda path, old, text: xxhash.xxh3_128(text).hexdigest(),
    "without a birth": with_three(lambda device, inode, birth: (device, inode, 0)),
    "born a nanosecond later": with_three(lambda device, inode, birth: (device, inode, birth + 1)),
    "born in the same second": with_three(lambda device, inode, birth: (device, inode, birth // 10**9 * 10**9)),
    "of the next inode": with_three(lambda device, inode, birth: (device, inode + 1, birth)),
    "of another device": with_three(lambda device, inode, birth: (device + 1, inode, birth)),
    "of nothing": with_three(lambda device, inode, birth: (0, 0, 0)),
    "of assets": of_other("assets"),
    "of the output": of_other("build"),
    "empty": lambda path, old, text: "",
    "in capitals": lambda path, old, text: own(path, old, text).upper(),
    "too long": lambda path, old, text: own(path, old, text) + "0",
}


def plant(path, forge, make_seal):
    """Builds, forges, and writes the forged cache."""
    begin(path)
    workspace = Workspace(path, 11)
    build(path)
    cache = json.loads(workspace.read(os.path.join(path, CACHE_PATH)))
    old = cache.pop("seal")
    forge(workspace, cache)
    set_stamps(workspace, cache)
    text = json.dumps(cache, separators=(",", ":"), ensure_ascii=False).encode()[:-1]
    workspace.write(os.path.join(path, CACHE_PATH),
                    text + b',"seal":"' + make_seal(path, old, text).encode() + b'"}')


def problem_of_build(path, arguments):
    """What tells the build from a clean one, and its set from the workspace; None when nothing does."""
    report, code = build(path, *arguments)
    problem = compare_with_clean(path, code, report)
    if problem is None and code == WELL:
        ended = prpack(path, "verify", "--sources")
        problem = None if ended.code == WELL else f"verify --sources: {ended.out}"
    return problem


def try_seal(case):
    """A forgery with a seal that is not right. Returns a problem or None."""
    forge, name, arguments = case
    with Scratch() as path:
        plant(path, forge, SEALS[name])
        problem = problem_of_build(path, arguments)
        return problem and f"{forge.__name__}, seal {name}, {arguments}: {problem}"


def try_copy(case):
    """A forgery with the right seal, which came here in a copy of the whole workspace."""
    forge, arguments = case
    with Scratch() as path, Scratch() as copy:
        plant(path, forge, own)
        shutil.copytree(path, copy, symlinks=True, dirs_exist_ok=True)
        problem = problem_of_build(copy, arguments)
        return problem and f"{forge.__name__}, in a copy, {arguments}: {problem}"


def try_own(forge):
    """With the right seal the forgery is believed, and --verify puts it right."""
    with Scratch() as path:
        plant(path, forge, own)
        if problem_of_build(path, []) is None:
            return f"{forge.__name__}: with its own seal it is not believed, so it shows nothing"
    with Scratch() as path:
        plant(path, forge, own)
        problem = problem_of_build(path, ["--verify"])
        return problem and f"{forge.__name__}, own seal, --verify: {problem}"


def main():
    ways = ([], ["--verify"])
    tries = [(try_seal, list(itertools.product(FORGERIES, SEALS, ways))),
             (try_copy, list(itertools.product(FORGERIES, ways))), (try_own, FORGERIES)]
    results = sum((each(run, cases) for run, cases in tries), [])
    problems = [problem for problem in results if problem]
    sys.exit(0 if tell("forged_cache", problems, len(results), "forged caches were harmless or put right") else 1)


if __name__ == "__main__":
    main()
