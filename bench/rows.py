"""The rows of the table: what is measured, against what, and how good it has to be."""

import filecmp
import json
import math
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import Callable

import generate
import limits
import scaling
import scaling_builds
import scaling_packs
import scaling_workspaces
import timing
from timing import Side

MIB = 1 << 20
GIB = 1 << 30


@dataclass
class Row:
    id: str
    work: str
    against: str  # the exact command or call of the peer
    goal: float
    sense: str  # "at least" or "at most": how the value is to stand to the goal
    unit: str  # "times faster", "of the time", "of the bytes", "ns", "slope"


@dataclass
class Measured:
    value: float
    low: float  # the middle half of the pairs
    high: float
    ours: float = None  # medians, in seconds where the unit is a ratio of times
    peer: float = None
    points: list = None  # of a curve: [size, seconds]
    commands: dict = None  # of a case of scaling.py: the two points of each command
    limit: str = None  # why it does not hold, as measured


@dataclass
class Group:
    rows: list
    measure: Callable


class Bench:
    """Where everything is."""

    def __init__(self, programs, data, rounds):
        self.programs, self.data, self.fixed_rounds = programs, data, rounds
        self.prpack = self.program("prpack")

    def program(self, name):
        return os.path.join(self.programs, name)

    def rounds(self, usual):
        return self.fixed_rounds or usual

    def path(self, *parts):
        return os.path.join(self.data, *parts)

    def made(self, name, make):
        """The path of generated data, made once: a directory or file that is complete has its final name."""
        path = self.path(name)
        if not os.path.exists(path):
            print("  making %s …" % name, flush=True)
            os.makedirs(self.data, exist_ok=True)
            timing.remove(path + ".part")
            make(path + ".part")
            os.rename(path + ".part", path)
        return path

    def pack(self, entries, payload=MIB, name="pack"):
        return self.made("%s-%d.pa" % (name, entries), lambda path: generate.pack(path, entries, payload))

    def scenes(self, name, count, size, spread=0, link=False):
        return self.made(name, lambda path: generate.workspace(path, count, "scene", size, spread, link))

    def sheets(self, name, count):
        return self.made(name, lambda path: generate.workspace(path, count, "sheet"))

    def build(self, workspace, *options):
        timing.run([self.prpack, "build", "--quiet", *options], cwd=workspace)

    def forget(self, workspace):
        """Whatever a build leaves behind."""
        timing.remove(os.path.join(workspace, "build"), os.path.join(workspace, "assets", ".prometeu", "cache.json"))


def faster(ours, peer):
    """How many times faster ours is than the peer, from two Sides or two lists of seconds."""
    mine = ours.seconds if isinstance(ours, Side) else ours
    other = peer.seconds if isinstance(peer, Side) else peer
    return Measured(*timing.ratios(other, mine), statistics.median(mine), statistics.median(other))


def share(ours, peer):
    """Our time as a share of the peer's."""
    mine = ours.seconds if isinstance(ours, Side) else ours
    other = peer.seconds if isinstance(peer, Side) else peer
    return Measured(*timing.ratios(mine, other), statistics.median(mine), statistics.median(other))


def single(value):
    return Measured(value, value, value)


# ---- Opening ----

ENTRIES = 100000


def measure_open(bench):
    samples = timing.program([bench.program("bench_open_against_cjson"), str(bench.rounds(21)), bench.pack(ENTRIES)])
    return {"open": faster(samples["ours"], samples["peer"])}


def measure_heap(bench):
    measured = {}
    for access in ("map", "read"):
        facts = timing.program([bench.program("bench_open_memory"), access, bench.pack(ENTRIES)])
        measured["open-heap-" + access] = single(facts["heap_most"] / facts["header"])
        if access == "read":
            measured["open-heap-read"].limit = limits.heap(facts, ENTRIES)
    return measured


def measure_sparse(bench):
    small = bench.pack(ENTRIES)
    large = bench.made("sparse-%d.pa" % ENTRIES, lambda path: widen(small, path))
    samples = timing.program([bench.program("bench_open_time"), str(bench.rounds(41)), small, large])
    facts = timing.program([bench.program("bench_open_memory"), "map", large])
    return {"open-sparse": share(samples[large], samples[small]),
            "open-resident": single((facts["resident"] - facts["header"]) / MIB)}


def widen(source, path):
    """The same prelude and header, in a file whose payload region has 1 TiB."""
    with open(source, "rb") as file:
        prelude = file.read(32)
        text = file.read(int.from_bytes(prelude[8:12], "little"))
    with open(path, "wb") as file:
        file.write(prelude + text)
        file.truncate(len(prelude) + len(text) + (1 << 40))


def measure_lookup(bench):
    samples = timing.program([bench.program("bench_lookup"), str(bench.rounds(15)), bench.pack(ENTRIES)])
    return {
        "resolve-id": faster(samples["id"], samples["peer"]),
        "resolve-name": faster(samples["name"], samples["peer"]),
        "resolve-id-ns": single(statistics.median(samples["id"]) * 1e9),
        "resolve-name-ns": single(statistics.median(samples["name"]) * 1e9),
    }


# ---- Verifying and building ----

RAW_ASSETS = 128
RAW_SIZE = 2 * GIB // RAW_ASSETS


def raw_workspace(bench):
    return bench.scenes("raw-2g", RAW_ASSETS, RAW_SIZE)


def measure_verify(bench):
    workspace = raw_workspace(bench)
    bench.forget(workspace)
    bench.build(workspace)
    pack = os.path.join(workspace, "build", "assets.pa")
    with open(pack, "rb") as file:
        header = int.from_bytes(file.read(12)[8:12], "little")
    timing.need("xxhsum", "Debian package xxhash")
    ours = Side([bench.prpack, "verify", "--quiet", "build"], cwd=workspace)
    peer = Side(["xxhsum", "-H2", "build/assets.pa"], cwd=workspace)
    timing.pair(ours, peer, bench.rounds(15))
    facts = timing.program([bench.program("bench_resident"), *ours.command], cwd=workspace)
    return {"verify": faster(ours, peer), "verify-resident": single((facts["resident_most"] - header) / MIB)}


FLEET = 3000
DEMO = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "corpus", "workspaces", "demo")


def make_fleet(bench, path):
    """The pack of the demo workspace, FLEET times."""
    workspace = os.path.join(path, "demo")
    shutil.copytree(DEMO, workspace, symlinks=True)
    bench.build(workspace)
    pack = os.path.join(workspace, "build", "assets.pa")
    for i in range(FLEET):
        shutil.copyfile(pack, os.path.join(path, "%04d.pa" % i))
    timing.remove(workspace)


def measure_fleet(bench):
    timing.need("xxhsum", "Debian package xxhash")
    directory = bench.made("fleet-%d" % FLEET, lambda path: make_fleet(bench, path))
    packs = sorted(os.listdir(directory))
    ours = Side([bench.prpack, "inspect", "--quiet", *packs], cwd=directory)
    peer = Side(["xxhsum", "-H2", *packs], cwd=directory)
    timing.pair(ours, peer, bench.rounds(11))
    return {"fleet": faster(ours, peer)}


def measure_build_verify(bench):
    workspace = raw_workspace(bench)
    timing.need("xxhsum", "Debian package xxhash")
    ours = Side([bench.prpack, "build", "--verify", "--quiet"], cwd=workspace, before=lambda: bench.forget(workspace))
    peer = Side("cp -R assets copy && find copy -type f -exec sync {} + && find copy -name scene.bin -exec xxhsum -H2 {} +",
                cwd=workspace, before=lambda: timing.remove(os.path.join(workspace, "copy")))
    try:
        timing.pair(ours, peer, bench.rounds(5))
    finally:
        timing.remove(os.path.join(workspace, "copy"))
    return {"build-verify": share(ours, peer)}


def measure_sheets(bench):
    workspace = bench.sheets("sheets-1000", 1000)
    names = bench.path("sheets-1000.txt")
    with open(names, "w", encoding="utf-8") as file:
        for directory, _, files in sorted(os.walk(os.path.join(workspace, "assets"))):
            file.writelines(os.path.join(directory, name) + "\n" for name in files if name.endswith(".png"))
    ours = Side([bench.prpack, "build", "--quiet"], cwd=workspace, before=lambda: bench.forget(workspace))
    peer = Side([bench.program("bench_decode_png"), names])
    timing.pair(ours, peer, bench.rounds(11))
    measured = faster(ours, peer)
    if measured.value < 1.8:
        measured.limit = limits.sheets(bench, workspace, names, measured.peer)
    return {"build-sheets": measured}


# ---- Serving ----

SERVED = 1000


def requests(packs):
    """What a client sends that asks about each pack, as lines."""
    messages = [{"method": "initialize"}]
    messages += [{"method": "prpack/inspect", "params": {"paths": [pack]}} for pack in packs]
    return "".join(json.dumps({"jsonrpc": "2.0", "id": number, **message}) + "\n" for number, message in enumerate(messages))


def check_served(served, printed):
    """The answers of the server, after that to initialize, are the documents that the command printed."""
    answers = [json.loads(line) for line in served.splitlines()][1:]
    documents = [json.loads(line) for line in printed.splitlines()]
    expected = [{"jsonrpc": "2.0", "id": number, "result": document} for number, document in enumerate(documents, 1)]
    if answers != expected:
        raise timing.Broken("prpack serve does not answer what prpack inspect prints")


def make_served(bench, path):
    """One pack, SERVED times."""
    workspace = os.path.join(path, "workspace")
    generate.workspace(workspace, 4, "scene", 1000)
    bench.build(workspace)
    for i in range(SERVED):
        shutil.copyfile(os.path.join(workspace, "build", "assets.pa"), os.path.join(path, "%04d.pa" % i))
    timing.remove(workspace)


def measure_serve(bench):
    directory = bench.made("served-%d" % SERVED, lambda path: make_served(bench, path))
    packs = sorted(os.listdir(directory))
    with tempfile.TemporaryDirectory(prefix="prpack-bench-") as scratch:
        asked, served, printed = (os.path.join(scratch, name) for name in ("requests", "answers", "documents"))
        with open(asked, "w", encoding="utf-8") as file:
            file.write(requests(packs))
        ours = Side("%s serve < %s > %s" % (bench.prpack, asked, served), cwd=directory)
        peer = Side("for pack in *.pa; do %s inspect --format json $pack; done > %s" % (bench.prpack, printed), cwd=directory)
        timing.pair(ours, peer, bench.rounds(11))
        with open(served, encoding="utf-8") as answers, open(printed, encoding="utf-8") as documents:
            check_served(answers.read(), documents.read())
    return {"serve": faster(ours, peer)}


# ---- Building again ----

MANY = 10000
SETTLING = 2.5  # seconds: a stamp that is younger does not stand for its file (docs/contracts/build-cache.md 2)


def measure_unchanged(bench):
    workspace = bench.sheets("sheets-%d" % MANY, MANY)
    bench.forget(workspace)
    bench.build(workspace)
    time.sleep(SETTLING)  # the usual case; sooner, the pack is hashed
    ours = Side([bench.prpack, "build", "--quiet"], cwd=workspace)
    peer = Side(["find", "assets", "-printf", "%s %T@\n"], cwd=workspace)
    timing.pair(ours, peer, bench.rounds(11))
    return {"build-unchanged": share(ours, peer)}


def measure_one_change(bench):
    workspace = bench.sheets("sheets-%d" % MANY, MANY)
    source = os.path.join(workspace, "assets", "group004", "asset0004242", "sheet.png")
    sheets, turn = generate.Sheets(), [MANY]

    def change():
        """Another sheet in the same place: a bank has one size, so no payload moves."""
        turn[0] += 1
        with open(source, "wb") as file:
            file.write(sheets.draw(turn[0]))

    def full():
        bench.forget(workspace)

    ours, peer = [], []
    full()
    bench.build(workspace)
    for i in range(bench.rounds(5) + 1):
        time.sleep(SETTLING)
        change()
        seconds = timing.run([bench.prpack, "build", "--quiet"], cwd=workspace)
        kept = os.path.join(workspace, "kept")
        timing.remove(kept)
        os.rename(os.path.join(workspace, "build"), kept)
        full()
        clean = timing.run([bench.prpack, "build", "--quiet"], cwd=workspace)
        names = sorted(name for name in os.listdir(kept) if name != ".gitignore")
        _, different, strange = filecmp.cmpfiles(kept, os.path.join(workspace, "build"), names, shallow=False)
        timing.remove(kept)
        if different or strange or len(names) != 4:
            raise timing.Broken("the build after one change differs from a clean one: %s" % (different + strange))
        if i > 0:
            ours.append(seconds)
            peer.append(clean)
    with open(source, "wb") as file:
        file.write(sheets.draw(4241))
    measured = faster(ours, peer)
    if measured.value < 50:
        measured.limit = limits.one_change(bench, workspace, measured)
    return {"build-one-change": measured}


# ---- Many small files, against archives and file systems ----

SMALL = 10000

PEERS = {
    "zip": ("zip -0 -r -q ../small.zip . && unzip -tqq ../small.zip", ["zip", "unzip"], "Debian packages zip, unzip"),
    "erofs": ("mkfs.erofs --quiet ../small.erofs . && fsck.erofs ../small.erofs", ["mkfs.erofs", "fsck.erofs"],
              "Debian package erofs-utils"),
    "squashfs": ("gensquashfs -q -c lz4 -D . ../small.squashfs && rdsquashfs -q -u / -p ../small.unpacked ../small.squashfs",
                 ["gensquashfs", "rdsquashfs"], "Debian package squashfs-tools-ng"),
    "7z": ("7z a -mx0 -bd ../small.7z . && 7z t -bd ../small.7z", ["7z"], "Debian package p7zip-full"),
    "asar": ("asar pack . ../small.asar", ["asar"], "npm package @electron/asar"),
}

LEFT_BY_PEERS = ["small.zip", "small.erofs", "small.squashfs", "small.unpacked", "small.7z", "small.asar"]


def measure_small(name, tree):
    """Against a peer that gets the tree of the workspace, as prpack does, or its payloads in one flat directory."""
    def measure(bench):
        command, tools, how = PEERS[name]
        for tool in tools:
            timing.need(tool, how)
        workspace = bench.scenes("small-10000", SMALL, 4096, spread=3072)
        flat = bench.made("small-flat", lambda path: generate.flat_files(workspace, path))
        packed = os.path.join(workspace, "assets") if tree else flat
        left = [os.path.join(os.path.dirname(packed), leftover) for leftover in LEFT_BY_PEERS]
        ours = Side([bench.prpack, "build", "--verify", "--quiet"], cwd=workspace, before=lambda: bench.forget(workspace))
        peer = Side(command, cwd=packed, before=lambda: timing.remove(*left))
        try:
            timing.pair(ours, peer, bench.rounds(7))
        finally:
            timing.remove(*left)
        measured = faster(ours, peer)
        if measured.value < 1:
            measured.limit = limits.small(bench, workspace, packed, measured.peer)
        return {("tree-" if tree else "small-") + name: measured}
    return measure


# ---- Adding ----

ADDED = [100, 1000, 10000]


class Fresh:
    """A workspace that is new in each round, always at the same path. The old ones stay until the end: some file systems are slow to
    make files for a while after many were deleted."""

    def __init__(self, bench, count):
        self.bench, self.path, self.count = bench, bench.path("undeclared-%d" % count), count
        self.made = []

    def __enter__(self):
        os.makedirs(self.bench.data, exist_ok=True)
        return self

    def __exit__(self, *unused):
        timing.remove(self.path, *self.made)

    def renew(self):
        self.made.append("%s.%d" % (self.path, len(self.made)))
        timing.remove(self.path, self.made[-1])
        generate.undeclared(self.made[-1], self.count)
        os.symlink(self.made[-1], self.path)
        timing.run([self.bench.prpack, "init", "--quiet"], cwd=self.path)
        timing.run(["sync", "-f", "."], cwd=self.path)  # what was done so far is not synced on our account


def measure_add(bench):
    points = []
    for count in ADDED:
        with Fresh(bench, count) as fresh:
            adding = Side([bench.prpack, "add", "--quiet", "--type", "scene_bank", *generate.roots(count)], cwd=fresh.path, before=fresh.renew)
            building = Side([bench.prpack, "build", "--quiet"], cwd=fresh.path)
            adding.once(keep=False)
            building.once(keep=False)
            for _ in range(bench.rounds(5)):  # in this order: it is the first build of what was added
                adding.once()
                building.once()
        points.append([count, adding.median()])
    return {"add-10000": share(adding, building), "growth-add": curve(points)}


# ---- Growth ----

GROWTH = [1000, 10000, 100000, 1000000]
GROWN_SCENE = 64


def slope(points):
    """Of the straight line that fits best where both axes are logarithmic."""
    xs = [math.log(size) for size, _ in points]
    ys = [math.log(seconds) for _, seconds in points]
    x, y = statistics.mean(xs), statistics.mean(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def curve(points):
    value = slope(points)
    return Measured(value, value, value, points=points)


def measure_growth_open(bench):
    packs = [bench.pack(entries, payload=10 * entries, name="growth") for entries in GROWTH]
    samples = timing.program([bench.program("bench_open_time"), str(bench.rounds(11)), *packs])
    return {"growth-open": curve([[size, statistics.median(samples[pack])] for size, pack in zip(GROWTH, packs)])}


def measure_growth_build(bench):
    verify, build = [], []
    for size in GROWTH:
        workspace = bench.scenes("growth-%d" % size, size, GROWN_SCENE, link=True)
        building = Side([bench.prpack, "build", "--quiet"], cwd=workspace, before=lambda place=workspace: bench.forget(place))
        verifying = Side([bench.prpack, "verify", "--quiet", "build"], cwd=workspace)
        large = size > 100000
        timing.pair(building, verifying, bench.rounds(1 if large else 5))
        for _ in range(bench.rounds(5) - 1 if large else 0):
            verifying.once()  # a build of a million takes minutes, this does not
        build.append([size, building.median()])
        verify.append([size, verifying.median()])
    return {"growth-verify": curve(verify), "growth-build": curve(build)}


# ---- Scaling ----

SCALING = scaling_packs.CASES + scaling_builds.CASES + scaling_workspaces.CASES
MEMORY = "/dev/shm"  # a file system where syncing costs nothing


def measure_scaling(case):
    def measure(bench):
        os.makedirs(bench.data, exist_ok=True)
        path = tempfile.mkdtemp(prefix="prpack-scale-", dir=MEMORY if os.access(MEMORY, os.W_OK) else bench.data)
        try:
            commands = scaling.growth(bench.prpack, case, path, bench.rounds(3))
        finally:
            timing.remove(path)
        return {"scale-" + case.id: steepest(commands)}
    return measure


def steepest(commands):
    name = scaling.steepest(commands)
    value = scaling.slope(commands[name])
    (_, small), (_, large) = commands[name]
    return Measured(value, value, value, small, large, commands=commands,
                    limit="`prpack %s` is the steepest: %.3f s, then %.3f s" % (name, small, large))


# ---- The table ----

TIMES, SHARE, BYTES, NS, SLOPE, ABOVE = ("times faster", "of the time", "of the header's bytes", "ns", "slope",
                                         "MiB above the header")
AT_LEAST, AT_MOST = "at least", "at most"

GROUPS = [
    Group([Row("open", "open a pack of 100,000 entries (header of 21 MB): map it, check it, make the table",
               "`cJSON_ParseWithLength` of the same header, already in memory", 15, AT_LEAST, TIMES)], measure_open),
    Group([Row("open-heap-map", "most heap while opening, mapped", "bytes of the header", 1.2, AT_MOST, BYTES),
           Row("open-heap-read", "most heap while opening, read by position", "bytes of the header", 1.2, AT_MOST, BYTES)],
          measure_heap),
    Group([Row("open-sparse", "open with the same header and a payload region of 1 TiB (sparse)",
               "the same with a payload region of 1 MiB", 1.05, AT_MOST, SHARE),
           Row("open-resident", "… resident memory of the whole process, once open", "bytes of the header", 4, AT_MOST,
               ABOVE)], measure_sparse),
    Group([Row("resolve-id", "resolve by id among 100,000 entries",
               "a walk over cJSON's tree with `cJSON_GetObjectItemCaseSensitive` and `strcmp`", 1000, AT_LEAST, TIMES),
           Row("resolve-name", "resolve by name among 100,000 entries", "the same walk", 1000, AT_LEAST, TIMES),
           Row("resolve-id-ns", "… one lookup by id", "the clock", 200, AT_MOST, NS),
           Row("resolve-name-ns", "… one lookup by name", "the clock", 200, AT_MOST, NS)], measure_lookup),
    Group([Row("verify", "`prpack verify`: a warm pack of 2 GiB (128 raw payloads), hashes and all",
               "`xxhsum -H2 build/assets.pa`", 2, AT_LEAST, TIMES),
           Row("verify-resident", "… most resident memory", "bytes of the header", 24, AT_MOST, ABOVE)], measure_verify),
    Group([Row("fleet", "`prpack inspect`: 3,000 packs of 0.7 MB", "`xxhsum -H2` of the same files", 0.5, AT_LEAST, TIMES)],
          measure_fleet),
    Group([Row("serve", "`prpack serve`: 1,000 requests `prpack/inspect` about packs of 4 scenes",
               "`for pack in *.pa; do prpack inspect --format json $pack; done`", 10, AT_LEAST, TIMES)], measure_serve),
    Group([Row("build-verify", "`prpack build --verify`: 2 GiB of raw payloads",
               "`cp -R assets copy`, `sync` of each file, `xxhsum -H2` of each payload", 1.3, AT_MOST, SHARE)],
          measure_build_verify),
    Group([Row("build-sheets", "`prpack build`: 1,000 PNG sheets", "`bench/decode_png.c`: libpng alone, one thread", 1.8,
               AT_LEAST, TIMES)], measure_sheets),
    Group([Row("build-unchanged", "`prpack build` of 10,000 sheets when nothing has changed",
               "`find assets -printf '%s %T@\\n'`", 4, AT_MOST, SHARE)], measure_unchanged),
    Group([Row("build-one-change", "`prpack build` of 10,000 sheets when one has changed; bytes as from a clean build",
               "`prpack build` of all", 50, AT_LEAST, TIMES)], measure_one_change),
] + [
    Group([Row("tree-" + name, "`prpack build --verify`: 10,000 files of 1 to 7 KiB, and their declarations",
               "`%s` in the same tree" % command, 1, AT_LEAST, TIMES)],
          measure_small(name, True)) for name, (command, _, _) in PEERS.items()
] + [
    Group([Row("small-" + name, "the same", "`%s` with the files alone, in one flat directory" % command, 1, AT_LEAST, TIMES)],
          measure_small(name, False)) for name, (command, _, _) in PEERS.items()
] + [
    Group([Row("add-10000", "`prpack add` of 10,000 roots in one command, which writes their declarations",
               "the first `prpack build` of them", 3, AT_MOST, SHARE),
           Row("growth-add", "`prpack add`, from 100 to 10,000 roots", "a straight line of slope 1", 1.1, AT_MOST, SLOPE)],
          measure_add),
    Group([Row("growth-open", "open, from 1,000 to 1,000,000 entries", "a straight line of slope 1", 1.05, AT_MOST, SLOPE)],
          measure_growth_open),
    Group([Row("growth-verify", "`prpack verify`, from 1,000 to 1,000,000 entries", "a straight line of slope 1", 1.05,
               AT_MOST, SLOPE),
           Row("growth-build", "`prpack build`, from 1,000 to 1,000,000 entries", "a straight line of slope 1", 1.05,
               AT_MOST, SLOPE)], measure_growth_build),
] + [
    Group([Row("scale-" + case.id, "{:,} {}".format(case.n, case.what), "ten times as many", scaling.GOAL, AT_MOST, SLOPE)],
          measure_scaling(case)) for case in SCALING
]


def holds(row, value):
    return value >= row.goal if row.sense == AT_LEAST else value <= row.goal


def versions():
    """Of the tools that are compared with, as Debian and npm name them."""
    found = {}
    for package in ("libcjson1", "libpng16-16", "xxhash", "zip", "unzip", "erofs-utils", "squashfs-tools-ng", "p7zip-full",
                    "coreutils", "findutils"):
        result = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], check=False, capture_output=True, text=True)
        if result.returncode == 0:
            found[package] = result.stdout
    return found
