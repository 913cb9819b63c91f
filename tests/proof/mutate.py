"""A campaign: one thing is changed in a verified workspace or in its build set, and every hash of the set is made anew. A fresh build
decides whether the set is still the one of the workspace; verify --sources must say the same.

Usage: mutate.py --count N [--seed S] [--first I] [--workspace DIR], with PRPACK in the environment. One mutant is drawn from seed and
number alone, so `--first I --count 1` repeats it. DIR takes the place of the drawn workspace."""

import argparse
import copy
import json
import os
import random
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.trees import Scratch, read_tree, write  # noqa: E402

import sample  # noqa: E402
import sets  # noqa: E402

# ---- Values ----


def places(value, path=()):
    """Every place in a tree, as a path of keys and indices."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, path + (key,))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def other_scalar(random_, value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return random_.choice([value + 1, value - 1, 0, 1, value * 2, -value, 16, 64, 2**31 - 1, 2**53, value + 0.5])
    if isinstance(value, str):
        return random_.choice([value + "x", value[:-1], value.upper(), value[::-1], "", "one", "hero", "NONE", "left", "mix", "source", "./" + value, "a/../" + value])
    return random_.choice([None, False, 0, "", [], {}])


def change_tree(random_, root):
    """Changes one thing in a tree of JSON values, in place; the root is an object. Returns what it was."""
    path = random_.choice([path for path in places(root) if path])
    parent, key = at(root, path[:-1]), path[-1]
    value = parent[key]
    ways = ["other", "other", "other", "remove", "kind", "double", "rename", "swap"]
    way = random_.choice(ways)
    if way == "remove":
        del parent[key]
    elif way == "kind":
        parent[key] = random_.choice([None, True, 7, "text", [], {}, [value], {"a": value}])
    elif way == "double" and isinstance(parent, list):
        parent.insert(random_.randrange(len(parent) + 1), copy.deepcopy(value))
    elif way == "double":
        parent[random_.choice(["extra", "note", "pad", "loop", "channels", "zz", str(key) + "s"])] = copy.deepcopy(value)
    elif way == "rename" and isinstance(parent, dict):
        parent[random_.choice([str(key)[:-1], str(key) + "_", "$schema", "build"])] = parent.pop(key)
    elif way == "swap" and isinstance(parent, list) and len(parent) > 1:
        other = random_.randrange(len(parent))
        parent[key], parent[other] = parent[other], parent[key]
    elif way == "swap" and isinstance(parent, dict) and len(parent) > 1:
        other = random_.choice(list(parent))
        parent[key], parent[other] = parent[other], parent[key]
    elif isinstance(value, (dict, list)):
        parent[key] = [] if isinstance(value, list) else {}
    else:
        parent[key] = other_scalar(random_, value)
    return f"{way} at {'/'.join(map(str, path))}"


# ---- The workspace ----


def change_document(random_, tree):
    path = random_.choice([path for path in sorted(tree) if path.endswith(".json")])
    value = json.loads(tree[path])
    said = change_tree(random_, value)
    tree[path] = json.dumps(value, ensure_ascii=False, indent=random_.choice([None, 1])).encode("utf-8", "surrogatepass")
    return f"{path}: {said}"


def respell_document(random_, tree):
    """Nothing that counts: white space, the order of members, escapes."""
    path = random_.choice([path for path in sorted(tree) if path.endswith(".json")])
    value = json.loads(tree[path])
    tree[path] = json.dumps(value, sort_keys=random_.random() < 0.5, ensure_ascii=random_.random() < 0.5,
                            indent=random_.choice([None, 0, 3])).encode()
    return f"{path}: spelt again"


def change_bytes(random_, tree):
    path = random_.choice(sorted(tree))
    data = bytearray(tree[path])
    way = random_.choice(["flip", "flip", "flip", "cut", "append", "insert", "blank"])
    if way == "flip" and data:
        data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
    elif way == "cut":
        del data[random_.randrange(len(data) + 1):]
    elif way == "insert":
        data.insert(random_.randrange(len(data) + 1), random_.randrange(256))
    elif way == "blank":
        data.insert(random_.randrange(len(data) + 1), random_.choice(b" \n\t"))
    else:
        data += random_.choice([b"\n", b"0", bytes(1)])
    tree[path] = bytes(data)
    return f"{path}: {way}"


def move_file(random_, tree):
    path, other = random_.sample(sorted(tree), 2)
    way = random_.choice(["remove", "copy over", "exchange", "copy beside"])
    if way == "remove":
        del tree[path]
    elif way == "copy over":
        tree[other] = tree[path]
    elif way == "exchange":
        tree[path], tree[other] = tree[other], tree[path]
    else:
        tree[path + ".bak"] = tree[path]
    return f"{way}: {path}, {other}"


def change_palette(random_, tree):
    path = random_.choice([path for path in sorted(tree) if path.endswith((".gpl", ".hex", ".pal"))])
    lines = tree[path].decode("latin-1").split("\n")
    line = random_.randrange(len(lines))
    way = random_.choice(["remove", "double", "digit", "comment", "blank"])
    if way == "remove":
        del lines[line]
    elif way == "double":
        lines.insert(line, lines[line])
    elif way == "digit":
        lines[line] = "".join(random_.choice("0123456789abcdef") if character in "0123456789abcdef" and random_.random() < 0.2 else character
                              for character in lines[line])
    else:
        lines.insert(line, random_.choice(["# a comment", "; a comment"]) if way == "comment" else " ")
    tree[path] = "\n".join(lines).encode("latin-1")
    return f"{path}: {way} in line {line + 1}"


def change_strip(random_, tree):
    """Another row of squares, which may not be a palette."""
    path = "assets/ui/hero/cold.png"
    squares = [random_.choice([sample.RED, sample.GREEN, sample.WHITE, sample.WHITE, sample.BLUE, sample.NONE]) for _ in range(random_.choice([1, 3, 3, 3, 4, 17]))]
    side = random_.choice([1, 2, 8, 8, 32])
    tree[path] = sample.strip(*squares, side=side)
    return f"{path}: {len(squares)} squares of {side}"


def change_pictures(random_, tree):
    """One of the members that decide how pictures are packed (workspace.md 3.5)."""
    path = random_.choice(["assets/ui/hero/asset.json", "assets/ui/icons/asset.json"])
    try:
        value = json.loads(tree[path])
        sprites, pipeline = value["inputs"]["sprites"], value["output"].setdefault("pipeline", {})
        sprite = random_.randrange(len(sprites))
        member = random_.choice(["transparent", "indices", "pad", "tile_size", "tile", "palette", "palette"])
        if member in ("tile", "palette"):
            before = sprites[sprite] if isinstance(sprites[sprite], dict) else {"path": sprites[sprite]}
            sprites[sprite] = {**before, member: random_.choice([0, 1, 2, 3, 4, 1021, 1024] if member == "tile" else [0, 1, 2, 3, 64])}
        elif member == "tile_size":
            pipeline["pad"] = True
            value["output"]["metadata"]["tile_size"] = random_.choice([8, 16, 32])
        else:
            pipeline[member] = random_.choice({"transparent": ["alpha", "index", "none"], "indices": ["banked", "kept"],
                                               "pad": [True, False]}[member])
    except (KeyError, TypeError, ValueError, AttributeError):
        return f"{path}: not as it was"
    tree[path] = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f"{path}: {member}"


WORKSPACE = [change_document, change_document, change_document, respell_document, change_bytes, change_bytes, move_file, change_palette,
             change_strip, change_pictures, change_pictures]

# ---- The set ----


def change_table(random_, build):
    return "table: " + change_tree(random_, build.table[random_.randrange(len(build.table))])


def change_metadata(random_, build):
    entry = random_.choice([entry for entry in build.table if entry["metadata"]])
    return f"metadata of {entry['asset_id']}: " + change_tree(random_, entry["metadata"])


def change_recorded(random_, build):
    return "recorded: " + change_tree(random_, build.recorded[random_.randrange(len(build.recorded))])


def change_preload(random_, build):
    value = {"preload": build.preload}
    said = change_tree(random_, value)
    build.preload = value.get("preload", [])
    return said


def change_payload(random_, build):
    index = random_.choice([i for i, payload in enumerate(build.payloads) if payload])
    payload = bytearray(build.payloads[index])
    way = random_.choice(["flip", "flip", "palette", "nibbles", "cut"])
    where = random_.randrange(len(payload))
    if way == "palette" and len(payload) > 32768:
        where = 32768 + random_.randrange(256)
    if way == "nibbles":
        payload[where] = payload[where] >> 4 | (payload[where] & 15) << 4
    elif way == "cut":
        del payload[where:]
    else:
        payload[where] ^= 1 << random_.randrange(8)
    build.payloads[index] = bytes(payload)
    return f"payload of {build.table[index]['asset_id']}: {way} at {where}"


def change_assets(random_, build):
    numbers = [entry["asset_id"] for entry in build.table]
    a, b = random_.sample(numbers, 2)
    way = random_.choice(["remove", "ids", "payloads", "records", "metadata", "new id"])
    i, k = build.index(a), build.index(b)
    if way == "remove":
        build.remove(a)
    elif way == "ids":
        for items in (build.table, build.payloads, build.recorded):
            items[i], items[k] = items[k], items[i]
        for items in (build.table, build.recorded):
            items[i]["asset_id"], items[k]["asset_id"] = a, b
    elif way == "payloads":
        build.payloads[i], build.payloads[k] = build.payloads[k], build.payloads[i]
    elif way == "records":
        for name in ("asset_root", "asset_uuid", "inputs"):
            build.recorded[i][name], build.recorded[k][name] = build.recorded[k][name], build.recorded[i][name]
    elif way == "metadata":
        build.table[i]["metadata"], build.table[k]["metadata"] = build.table[k]["metadata"], build.table[i]["metadata"]
    else:
        build.table[-1]["asset_id"] = build.recorded[-1]["asset_id"] = 5 + random_.randrange(90)
    return f"{way}: {a}, {b}"


SET = [change_table, change_metadata, change_recorded, change_preload, change_payload, change_payload, change_assets]


def damage_artifact(random_, artifacts):
    """The one change after which nothing is repaired."""
    name = random_.choice(sorted(artifacts))
    data = bytearray(artifacts[name])
    where = random_.randrange(len(data))
    data[where] ^= 1 << random_.randrange(8)
    artifacts[name] = bytes(data)
    return f"{name}: a bit of byte {where}"


# ---- The campaign ----


class Campaign:
    def __init__(self, directory, seed, tree):
        self.seed = seed
        self.project = os.path.join(directory, "project")
        self.fresh = os.path.join(directory, "fresh")
        self.tree = tree
        self.put(self.project, self.tree)
        built = prpack(self.project, "build", "--verify")
        assert built.code == WELL, built
        self.build = sets.BuildSet(os.path.join(self.project, "build"))
        self.artifacts = self.build.artifacts()
        assert self.artifacts == self.read_set(os.path.join(self.project, "build")), "the set is not put together as it was"
        self.same = self.noticed = 0

    @staticmethod
    def put(directory, tree):
        shutil.rmtree(directory, ignore_errors=True)
        for path, data in tree.items():
            write(os.path.join(directory, path), data)

    @staticmethod
    def read_set(directory):
        found = {}
        for name in sets.ARTIFACTS:
            with open(os.path.join(directory, name), "rb") as file:
                found[name] = file.read()
        return found

    def fresh_set(self, tree):
        """What the packer writes for a workspace, or None when it writes nothing."""
        self.put(self.fresh, tree)
        built = prpack(self.fresh, "build", "--no-cache")
        return self.read_set(os.path.join(self.fresh, "build")) if built.code == WELL else None

    def mutate(self, random_):
        tree, build = dict(self.tree), copy.deepcopy(self.build)
        if random_.random() < 0.6:
            said = random_.choice(WORKSPACE)(random_, tree)
            return said, tree, self.artifacts, self.fresh_set(tree) if tree != self.tree else self.artifacts
        if random_.random() < 0.1:
            artifacts = dict(self.artifacts)
            return damage_artifact(random_, artifacts), tree, artifacts, self.artifacts
        said = random_.choice(SET)(random_, build)
        try:
            artifacts = build.artifacts()
        except (KeyError, TypeError, AttributeError, ValueError, UnicodeEncodeError):
            return f"{said}: no set", tree, self.artifacts, self.artifacts
        return said, tree, artifacts, self.artifacts

    def run(self, number):
        said, tree, artifacts, fresh = self.mutate(random.Random(f"{self.seed} {number}"))
        self.put(self.project, {**tree, **{f"build/{name}": data for name, data in artifacts.items()}})
        ended = prpack(self.project, "verify", "--sources", "--format", "json")
        report = ended.documents()[0]
        same = artifacts == fresh
        self.same += same
        self.noticed += not same
        expected = (WELL, True) if same else (WRONG, False)
        if (ended.code, report["matches"]) != expected:
            raise AssertionError(f"mutant {number}: {said}: a fresh build {'is the same' if same else 'differs'}, and verify ends with "
                                 f"{ended.code}, matches {report['matches']}: {report['diagnostics']}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workspace")
    arguments = parser.parse_args()
    tree = sample.workspace()
    if arguments.workspace:
        tree = {path: data for path, data in read_tree(arguments.workspace).items() if isinstance(data, bytes)}
    with Scratch() as directory:
        campaign = Campaign(directory, arguments.seed, tree)
        for number in range(arguments.first, arguments.first + arguments.count):
            campaign.run(number)
        print(f"{campaign.noticed} of {campaign.noticed} differences noticed, {campaign.same} sets that are the same accepted")
        assert arguments.count < 100 or (campaign.same > 0 and campaign.noticed > 0), "one side was not tried"


if __name__ == "__main__":
    main()
