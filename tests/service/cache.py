"""Builds with the cache of an earlier build, and compares what they publish and say with builds without one.

    cache.py CASE        edits, settled, damaged, artifacts or unfit

Whatever happens between two builds, the second publishes the bytes of a clean build, with the same diagnostics.
"""

import json
import os
import random
import shutil
import sys

import xxhash
from harness.births import seal
from harness.program import WELL, WRONG, prpack
from harness.trees import CACHE, Scratch, below, difference, read_tree, write_tree
from harness.workspaces import ARTIFACTS, scenes
from media import mixed
from points import each, tell

CACHE_PATH = os.path.join("assets/.prometeu", CACHE)


def build(path, *arguments):
    """The report of a build, and its exit code."""
    ended = prpack(path, "build", "--format", "json", *arguments)
    return json.loads(ended.out), ended.code


def diagnostics(report):
    return [{key: value for key, value in found.items()} for found in report["diagnostics"]]


def compare_with_clean(path, code, report):
    """What tells a build from one of the same sources without a cache, or None."""
    with Scratch() as clean:
        shutil.copytree(os.path.join(path, "assets"), os.path.join(clean, "assets"), symlinks=True)
        if os.path.exists(os.path.join(clean, CACHE_PATH)):
            os.remove(os.path.join(clean, CACHE_PATH))
        expected, expected_code = build(clean)
        if (code, diagnostics(report)) != (expected_code, diagnostics(expected)):
            return f"exit code {code}, {report['diagnostics']} instead of {expected_code}, {expected['diagnostics']}"
        if code != WELL:
            return None
        same = {key: value for key, value in report["summary"].items() if key != "kept"}
        if same != {key: value for key, value in expected["summary"].items() if key != "kept"}:
            return f"{report['summary']} instead of {expected['summary']}"
        return difference(below(read_tree(path), "build"), below(read_tree(clean), "build")) or None


# Edits: each changes a workspace a little and tells what it did.

class Workspace:
    def __init__(self, path, seed):
        self.path, self.random = path, random.Random(seed)

    def file(self, *parts):
        return os.path.join(self.path, "assets", *parts)

    def read(self, path):
        with open(path, "rb") as file:
            return file.read()

    def write(self, path, content):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)

    def registry(self):
        return json.loads(self.read(self.file(".prometeu", "index.json")))

    def keep(self, registry):
        self.write(self.file(".prometeu", "index.json"), json.dumps(registry).encode())

    def record(self):
        return self.random.choice(self.registry()["assets"])

    def declaration(self, record):
        return json.loads(self.read(self.file(record["root"], "asset.json")))

    def declare(self, record, declaration):
        self.write(self.file(record["root"], "asset.json"), json.dumps(declaration).encode())

    def scene(self):
        """A record of a raw scene, whose source may become any bytes."""
        return self.random.choice([record for record in self.registry()["assets"]
                                   if self.declaration(record)["type"] == "scene_bank"])

    def source(self, record):
        return self.file(record["root"], self.declaration(record)["inputs"]["sources"][0])

    def noise(self, size):
        return self.random.randbytes(size)

    def change_source(self):
        self.write(self.source(self.scene()), self.noise(self.random.randrange(5000)))

    def change_secretly(self):
        """Same size, and the time of modification is put back."""
        path = self.source(self.scene())
        status = os.stat(path)
        self.write(path, self.noise(status.st_size))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def grow(self):
        self.write(self.source(self.scene()), self.noise(self.random.randrange(2 << 20, 5 << 20)))

    def touch(self):
        record = self.record()
        for name in os.listdir(self.file(record["root"])):
            os.utime(self.file(record["root"], name))

    def replace(self):
        """The same bytes in another file."""
        path = self.source(self.scene())
        content = self.read(path)
        os.remove(path)
        self.write(path, content)

    def rename_asset(self):
        record = self.record()
        declaration = self.declaration(record)
        declaration["name"] = f"asset {self.random.randrange(12)}"  # sometimes one that another has
        self.declare(record, declaration)

    def move(self):
        registry = self.registry()
        record = self.random.choice(registry["assets"])
        root = f"moved{self.random.randrange(1000000)}"
        os.rename(self.file(record["root"]), self.file(root))
        record["root"] = root
        self.keep(registry)

    def preload(self):
        record = self.record()
        declaration = self.declaration(record)
        declaration["preload"] = self.random.choice(
            [{"enabled": False}, {"enabled": True}, {"enabled": True, "slot": self.random.randrange(16)}])
        self.declare(record, declaration)

    def label(self):
        record = self.record()
        declaration = self.declaration(record)
        declaration["output"].setdefault("metadata", {})["note"] = ["x" * self.random.randrange(9), None, {"a": 1}]
        declaration["output"]["pipeline"] = {"step": self.random.randrange(99)}
        self.declare(record, declaration)

    def add(self):
        registry = self.registry()
        number = registry["next_asset_id"]
        root = f"new{number}"
        uuid = f"00000000-0000-4000-8000-{number:012d}"
        self.write(self.file(root, "data.bin"), self.noise(700))
        self.write(self.file(root, "asset.json"), below(scenes({root: b""}), "assets")[f"assets/{root}/asset.json"].replace(
            b"00000000-0000-4000-8000-000000000001", uuid.encode()))
        registry["assets"].append({"asset_id": number, "asset_uuid": uuid, "root": root, "included_in_build": True})
        registry["next_asset_id"] = number + 1
        self.keep(registry)

    def remove(self):
        registry = self.registry()
        record = self.random.choice(registry["assets"])
        if self.declaration(record)["type"] != "scene_bank" or len(registry["assets"]) > 6:
            registry["assets"].remove(record)
            self.keep(registry)

    def leave_out(self):
        registry = self.registry()
        record = self.random.choice(registry["assets"])
        record["included_in_build"] = not record["included_in_build"]
        self.keep(registry)

    def drop_anchor(self):
        """An asset.json that no record names: a warning."""
        self.write(self.file(f"stray{self.random.randrange(9)}", "asset.json"), b"{}")

    def break_declaration(self):
        self.write(self.file(self.record()["root"], "asset.json"), b"{")

    def lose_source(self):
        os.remove(self.source(self.scene()))

    def nothing(self):
        pass


EDITS = ["change_source", "change_secretly", "grow", "touch", "replace", "rename_asset", "move", "preload", "label",
         "add", "remove", "leave_out", "drop_anchor", "nothing"]
FAULTS = ["break_declaration", "lose_source"]


def begin(path):
    tree = mixed(0)
    others = below(scenes({f"scene{n}": bytes([n]) * 3000 * n for n in range(1, 7)}), "assets")
    registry = json.loads(tree["assets/.prometeu/index.json"])
    for n in range(1, 7):
        number = registry["next_asset_id"]
        old = f"00000000-0000-4000-8000-{n:012d}".encode()
        uuid = f"00000000-0000-4000-8000-{number:012d}"
        key = f"assets/scene{n}/asset.json"
        tree[key] = others[key].replace(old, uuid.encode())
        tree[f"assets/scene{n}/data.bin"] = others[f"assets/scene{n}/data.bin"]
        registry["assets"].append({"asset_id": number, "asset_uuid": uuid, "root": f"scene{n}", "included_in_build": True})
        registry["next_asset_id"] = number + 1
    tree["assets/.prometeu/index.json"] = json.dumps(registry).encode()
    write_tree(path, tree)


def edit_and_build(seed):
    """One sequence. Returns what is wrong, the number of builds, and how many assets they kept."""
    kept = 0
    with Scratch() as path:
        begin(path)
        workspace = Workspace(path, seed)
        steps = 8
        for step in range(steps):
            done = [workspace.random.choice(EDITS) for _ in range(workspace.random.randrange(3))] if step else []
            before = read_tree(os.path.join(path, "assets"), with_cache=True)
            if step and workspace.random.randrange(6) == 0:
                done.append(workspace.random.choice(FAULTS))
            for edit in done:
                getattr(workspace, edit)()
            report, code = build(path, "--jobs", workspace.random.choice(["1", "2", "7"]),
                                 *workspace.random.choice([[], [], ["--verify"]]))
            kept += report["summary"]["kept"]
            problem = compare_with_clean(path, code, report)
            if problem:
                return f"seed {seed}, step {step}, {done}: {problem}", step, kept
            if code != WELL:  # as it was, with the old cache
                shutil.rmtree(os.path.join(path, "assets"))
                write_tree(os.path.join(path, "assets"), before)
    return None, steps, kept


def edits():
    results = each(edit_and_build, range(30))
    problems = [problem for problem, _, _ in results if problem]
    if sum(kept for _, _, kept in results) < 300:
        problems.append("hardly anything was kept")
    return tell("edits", problems, sum(builds for _, builds, _ in results), "builds are those of clean builds")


def stamps(path):
    return {name: (os.stat(os.path.join(path, "build", name)).st_ino, os.stat(os.path.join(path, "build", name)).st_mtime_ns)
            for name in ARTIFACTS}


class Expectations:
    def __init__(self):
        self.points = 0
        self.problems = []

    def __call__(self, what, condition):
        self.points += 1
        if not condition:
            self.problems.append(what)


def settled_unchanged(path, workspace, expect):
    before = stamps(path)
    report, code = build(path, "--verify")
    expect("nothing changed", code == WELL and report["unchanged"] and report["published"] and report["verified"] and
           report["summary"]["kept"] == report["summary"]["assets"] and report["checked"]["sources"] > 0)
    expect("artifacts were written", stamps(path) == before)
    cache = os.stat(os.path.join(path, CACHE_PATH)).st_ino
    report, code = build(path)
    expect("still nothing changed", report["unchanged"] and not report["verified"])
    expect("the cache was written without need", os.stat(os.path.join(path, CACHE_PATH)).st_ino == cache)
    text = prpack(path, "build").out
    expect(f"said {text}", "unchanged: " in text)
    text = prpack(path, "build", "--no-cache").out
    expect(f"said {text}", "unchanged" not in text and "taken" not in text)


def settled_change(name):
    def change_and_build(path, workspace, expect):
        getattr(workspace, name)()
        report, code = build(path)
        problem = compare_with_clean(path, code, report)
        expect(f"{name}: {problem}", problem is None)
        expect(f"{name}: unchanged {report['unchanged']}", report["unchanged"] == (name in ("touch", "replace")))
        expect(f"{name}: kept {report['summary']['kept']}", report["summary"]["kept"] >= workspace.packed - 1)
        expect(f"{name}: changed twice", build(path)[0]["unchanged"])
    return change_and_build


def settle_and_see(act):
    """Acts on a workspace of its own, whose last build knows every stamp. Returns points and problems."""
    expect = Expectations()
    with Scratch() as path:
        begin(path)
        workspace = Workspace(path, 1)
        workspace.packed = build(path)[0]["summary"]["assets"]
        act(path, workspace, expect)
    return expect.points, expect.problems


def settled():
    """Builds by stamps alone. A stamp counts two seconds after the change, so the program runs with a clock that is ahead
    (tests/lib/clock.c)."""
    assert "PRPACK_TEST_AHEAD" in os.environ
    acts = [settled_unchanged] + [settled_change(name) for name in (
        "touch", "replace", "change_secretly", "change_source", "grow", "add", "move", "label")]
    results = each(settle_and_see, acts, workers=len(acts))
    return tell("settled", sum((problems for _, problems in results), []), sum(points for points, _ in results),
                "things seen: what had changed, and what had not")


# Damage.

def resealed(text, path):
    """A cache whose last member fits what comes before it, and the workspace at a path."""
    before = text.rpartition(b',"seal":"')[0]
    return before + b',"seal":"' + seal(os.path.join(path, "assets/.prometeu"), before).encode() + b'"}'


def damages(text, seed, path):
    """Texts that are no longer what was written."""
    def rehashed(changed):
        return resealed(changed, path)

    chance = random.Random(seed)
    yield from (b"", b"{}", b"[]", b"\xff" * 300, text[:-1], text + b"\n", text[:len(text) // 2])
    yield from (rehashed(text.replace(old, new, 1)) for old, new in [
        (b'"schema_version":2', b'"schema_version":1'), (b'"writer":', b'"writer":9'), (b'"packer":"', b'"packer":"x'),
        (b'"output":"build"', b'"output":"elsewhere"'),
        (b'"assets":[{', b'"assets":[{},{'), (b'"slot":null', b'"slot":16'), (b'"metadata":{', b'"metadata":{ '),
        (b'"name":"', b'"name":"\\u0000'), (b'"pipeline":null', b'"pipeline":[]'), (b'"type":"', b'"type":"x'),
        (b'"asset_id":1', b'"asset_id":9'), (b'"offset":0', b'"offset":9223372036854775807'),
        (b'"payload":"', b'"payload":"G'), (b'[["', b'[["../'), (b'"size":', b'"size":-')])
    for _ in range(120):
        at = chance.randrange(len(text))
        yield text[:at] + bytes([chance.randrange(256)]) + text[at + 1:]
        cut = chance.randrange(at, min(at + 40, len(text)))
        yield rehashed(text[:at] + text[cut:])
        yield rehashed(text[:at] + bytes([chance.randrange(32, 127)]) + text[at + 1:])


# A document that has its own hash and another content was written by somebody on purpose. These members name what the next pack will say of a kept
# asset; nothing can tell that they are not what a build wrote.
BELIEVED = ("name", "metadata", "pipeline", "preload", "slot", "type", "decoded_size", "decoded", "name_at")


def is_believed(old, new):
    """Whether two caches differ in members that cannot be proved."""
    try:
        old, new = json.loads(old), json.loads(new)
    except ValueError:
        return False
    if not isinstance(new, dict):
        return False
    if old.keys() != new.keys() or len(old["assets"]) != len(new["assets"]):
        return False
    return any(a.get(key) != b.get(key) for a, b in zip(old["assets"], new["assets"]) for key in BELIEVED)


def damaged():
    problems, points = [], 0
    with Scratch() as path:
        begin(path)
        workspace = Workspace(path, 5)
        build(path)
        with open(os.path.join(path, CACHE_PATH), "rb") as file:
            text = file.read()
        for number, damage in enumerate(damages(text, 7, path)):
            if damage == text or is_believed(text, damage):
                continue
            if number % 2:
                workspace.change_source()
            workspace.write(os.path.join(path, CACHE_PATH), damage)
            report, code = build(path)
            points += 1
            problem = compare_with_clean(path, code, report)
            if problem:
                problems.append(f"damage {number}: {problem}")
            with open(os.path.join(path, CACHE_PATH), "rb") as file:
                text = file.read()
    return tell("damaged", problems, points, "damaged caches changed nothing")


def harm(path, name):
    with open(os.path.join(path, "build", name), "r+b") as file:
        file.seek(-5, os.SEEK_END)
        byte = file.read(1)
        file.seek(-5, os.SEEK_END)
        file.write(bytes([byte[0] ^ 1]))


def artifacts():
    """What stands in the output directory is not what the cache says."""
    problems, points = [], 0

    def harm_secretly(path, name):
        status = os.stat(os.path.join(path, "build", name))
        harm(path, name)
        os.utime(os.path.join(path, "build", name), ns=(status.st_atime_ns, status.st_mtime_ns))

    def shorten(path, name):
        os.truncate(os.path.join(path, "build", name), os.path.getsize(os.path.join(path, "build", name)) - 3)

    def remove(path, name):
        os.remove(os.path.join(path, "build", name))

    def remove_all(path, name):
        shutil.rmtree(os.path.join(path, "build"))

    def swap(path, name):
        shutil.copy(os.path.join(path, "build", name), os.path.join(path, "copy"))
        os.replace(os.path.join(path, "copy"), os.path.join(path, "build", name))

    def link(path, name):
        os.rename(os.path.join(path, "build", name), os.path.join(path, "build", "other"))
        os.symlink("other", os.path.join(path, "build", name))

    for harmed in (harm, harm_secretly, shorten, remove, remove_all, swap, link):
        for name in ARTIFACTS:
            for change in ("nothing", "change_source"):
                if harmed in (harm, harm_secretly, shorten) and name == "preload.json":
                    continue  # has two bytes
                with Scratch() as path:
                    begin(path)
                    workspace = Workspace(path, 3)
                    build(path)
                    harmed(path, name)
                    getattr(workspace, change)()
                    report, code = build(path)
                    problem = compare_with_clean(path, code, report)
                    left = {"build/other"} if harmed is link else set()
                    with Scratch() as clean:
                        points += 1
                        write_tree(clean, {key: content for key, content in read_tree(path).items() if key not in left})
                        if prpack(clean, "verify").code != WELL:
                            problems.append(f"{harmed.__name__} {name}, {change}: does not conform")
                    if problem and problem != "left over: build/other":
                        problems.append(f"{harmed.__name__} {name}, {change}: {problem}")
    with Scratch() as path:
        begin(path)
        build(path)
        for arguments in (["--output", "other"], ["--output", "other"], ["--no-cache"], [], ["--jobs", "7"]):
            report, code = build(path, *arguments)
            where = "other" if "other" in arguments else "build"
            points += 1
            if code != WELL or report["unchanged"] != (points > 0 and report["summary"]["kept"] > 0):
                problems.append(f"{arguments}: {report}")
            shutil.copytree(os.path.join(path, where), os.path.join(path, "seen"))
            if difference(read_tree(os.path.join(path, "seen")), read_tree(os.path.join(path, "build"))):
                problems.append(f"{arguments}: other bytes")
            shutil.rmtree(os.path.join(path, "seen"))
    return tell("artifacts", problems, points, "builds published what a clean build does")


def believe(path):
    """Makes the cache say that the pack is as it stands there."""
    with open(os.path.join(path, CACHE_PATH), encoding="utf-8") as file:
        cache = json.load(file)
    pack = os.path.join(path, "build/assets.pa")
    status = os.stat(pack)
    with open(pack, "rb") as file:
        cache["artifacts"][-1] = [[status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns],
                                  xxhash.xxh3_128(file.read()).hexdigest()]
    with open(os.path.join(path, CACHE_PATH), "wb") as file:
        file.write(resealed(json.dumps(cache, separators=(",", ":"), ensure_ascii=False).encode(), path))


def unfit():
    """A set that is as the last build is said to have left it, and does not conform: --verify has everything packed anew."""
    problems = []
    with Scratch() as path:
        begin(path)
        build(path)
        harm(path, "assets.pa")
        believe(path)
        report, code = build(path)
        if code != WELL or not report["unchanged"]:
            problems.append(f"the cache was not believed: {code}, {report}")
        if prpack(path, "verify").code != WRONG:
            problems.append("the set conforms")
        report, code = build(path, "--verify")
        problem = compare_with_clean(path, code, report)
        if problem or report["unchanged"] or report["summary"]["kept"] != 0 or not report["verified"]:
            problems.append(f"not packed anew: {problem}, {report}")
        if prpack(path, "verify").code != WELL:
            problems.append("what was packed anew does not conform")
    return tell("unfit", problems, 4, "things seen: a set that does not conform is no set that has not changed")


def main():
    cases = {"edits": edits, "settled": settled, "damaged": damaged, "artifacts": artifacts, "unfit": unfit}
    fine = cases[sys.argv[1]]()
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
