"""Workspaces in which one thing is there n times, or is n long, and the commands that read and write them: docs/contracts/workspace.md."""

import json
import os
import shutil
import struct
import zlib

import generate
import timing
from scaling import Case, Command


# ---- Parts ----

def declaration(number, sources=None, text=None, **more):
    """asset.json of a raw scene; `text` goes between its members as it is."""
    anchor = {"schema_version": 1, "asset_uuid": generate.uuid(number), "name": "asset %d" % number, "type": "scene_bank",
              "inputs": {"sources": sources or ["scene.bin"]}, "output": {"format": "SCENE/raw_v1", "codec": "NONE"},
              "preload": {"enabled": False}}
    for member, value in more.items():
        anchor[member] = value
    return json.dumps(anchor)[:-1] + (text or "") + "}"


def sheet(number, sprites, **output):
    return declaration(number, type="glyph_bank", inputs={"sprites": sprites},
                       output={"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}, **output})


def record(number, root, included=True):
    return {"asset_id": number, "asset_uuid": generate.uuid(number), "root": root, "included_in_build": included}


def put(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)


def registry(path, records, text=""):
    document = {"schema_version": 1, "next_asset_id": 1000000, "assets": records}
    put(os.path.join(path, "assets", ".prometeu", "index.json"), json.dumps(document)[:-1] + text + "}")


def fill(path, text, files, copies=1):
    """A workspace of `copies` assets with the asset.json that text(number) gives, and these files: name to content."""
    registry(path, [record(i + 1, "a%d" % i) for i in range(copies)])
    for i in range(copies):
        put(os.path.join(path, "assets", "a%d" % i, "asset.json"), text(i + 1))
        for name, content in files.items():
            put(os.path.join(path, "assets", "a%d" % i, name), content)


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, before=b"", pieces=1):
    """An indexed PNG of one colour; `before` are chunks before the data, which has `pieces` chunks."""
    data = zlib.compress((b"\0" + b"\1" * width) * height)
    step = max(1, -(-len(data) // pieces))
    parts = [chunk(b"IDAT", data[at:at + step]) for at in range(0, len(data), step)] + [chunk(b"IDAT")] * (pieces - len(data) // step)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)) +
            chunk(b"PLTE", bytes(48)) + chunk(b"tRNS", b"\0") + before + b"".join(parts) + chunk(b"IEND"))


def flac(blocks):
    """16 frames of silence after `blocks` blocks of padding."""
    def crc(data, width, polynomial):
        value = 0
        for byte in data:
            value ^= byte << (width - 8)
            for _ in range(8):
                value = (value << 1 ^ (polynomial if value >> (width - 1) else 0)) & ((1 << width) - 1)
        return value
    # Blocks of 16 samples, 8,000 Hz, one channel, 16 bits, 16 samples; no MD5.
    stream = struct.pack(">HH6xQ", 16, 16, 8000 << 44 | 0 << 41 | 15 << 36 | 16) + bytes(16)
    head = b"\xff\xf8" + bytes([0x64, 0x08, 0x00, 15])  # a fixed block size, which one more byte says; frame 0
    frame = head + bytes([crc(head, 8, 0x07)]) + bytes([0, 0, 0])  # one constant subframe: 0
    frame += struct.pack(">H", crc(frame, 16, 0x8005))
    parts = [b"fLaC", b"\0" + struct.pack(">I", len(stream))[1:] + stream]
    parts += [b"\x01\0\0\0"] * (blocks - 1) + [b"\x81\0\0\0"]
    return b"".join(parts) + frame


def aiff(chunks):
    common = struct.pack(">hIh", 1, 16, 16) + b"\x40\x0b\xfa\0\0\0\0\0\0\0"  # 8,000 Hz as an extended float
    body = (b"AIFF" + b"COMM" + struct.pack(">I", len(common)) + common + chunks +
            b"SSND" + struct.pack(">I", 8 + 32) + bytes(8 + 32))
    return b"FORM" + struct.pack(">I", len(body)) + body


def wav(chunks=b"", frames=16):
    body = b"WAVE" + b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16) + chunks + b"data" + struct.pack("<I", 2 * frames)
    return b"RIFF" + struct.pack("<I", len(body) + 2 * frames) + body + bytes(2 * frames)


class Inside:
    """Works in a directory, for paths that are too long for the kernel."""

    def __init__(self, path):
        self.path, self.back = path, os.getcwd()

    def __enter__(self):
        os.chdir(self.path)

    def __exit__(self, *unused):
        os.chdir(self.back)


# ---- Commands ----

def listing(path, status=0):
    return [Command("list", ["list"], status, path), Command("list json", ["list", "--format", "json"], status, path)]


def forget(path):
    timing.remove(os.path.join(path, "build"), os.path.join(path, "assets", ".prometeu", "cache.json"))


def building(path):
    """A build of a workspace that was not built, and what examines what it has made."""
    return [
        Command("build", ["build"], 0, path, lambda: forget(path)),
        Command("build --verify", ["build", "--verify"], 0, path, lambda: forget(path)),
        Command("build again", ["build"], 0, path),
        Command("verify", ["verify"], 0, path),
        Command("verify --sources", ["verify", "--sources"], 0, path),
        Command("inspect", ["inspect", "build"], 0, path),
        Command("inspect json", ["inspect", "--format", "json", "build"], 0, path),
        Command("doctor", ["doctor", "--workspace"], 0, path),
    ]


def refused(maker, path):
    """A build that fails, and what compares the workspace with a build of something else."""
    assets = os.path.join(path, "assets")
    os.rename(assets, assets + ".kept")
    fill(path, declaration, {"scene.bin": "scene"})
    maker.run(["build", "--quiet"], path)
    shutil.rmtree(assets)
    os.rename(assets + ".kept", assets)
    return [Command("build", ["build"], 1, path), Command("verify --sources", ["verify", "--sources"], 1, path)]


def kept(path, back):
    """Puts assets/ back to what it was."""
    timing.remove(os.path.join(path, "assets"), os.path.join(path, "build"))
    shutil.copytree(back, os.path.join(path, "assets"), symlinks=True)


AS_SCENES = ("--type", "scene_bank")


def adding(path, roots, status=0, words=()):
    back = os.path.join(path, "kept")
    shutil.copytree(os.path.join(path, "assets"), back)
    restore = lambda: kept(path, back)  # noqa: E731
    return [Command("add", ["add", *words, *roots], status, path, restore),
            Command("add json", ["add", "--format", "json", *words, *roots], status, path, restore)]


# ---- Registry and directories ----

def assets(maker, path, n):
    generate.workspace(path, n, "scene", 64)
    return listing(path) + building(path)


def added(maker, path, n):
    generate.undeclared(path, n)
    maker.run(["init", "--quiet"], path)
    return adding(path, generate.roots(n), words=AS_SCENES)


def declared(maker, path, n):
    """Roots that have their asset.json, without a uuid."""
    generate.undeclared(path, n)
    for i, root in enumerate(generate.roots(n)):
        put(os.path.join(path, root, "asset.json"), declaration(i + 1, asset_uuid=""))
    maker.run(["init", "--quiet"], path)
    return adding(path, generate.roots(n), words=AS_SCENES)


def refused_roots(maker, path, n):
    maker.run(["init", "--quiet"], path)
    return adding(path, ["assets/there is none %d" % i for i in range(n)], 1)


def same_root(maker, path, n):
    generate.undeclared(path, 1)
    maker.run(["init", "--quiet"], path)
    return adding(path, generate.roots(1) * n, words=AS_SCENES)


def loose_files(maker, path, n):
    generate.undeclared(path, 1)
    maker.run(["init", "--quiet"], path)
    names = ["assets/loose%06d.txt" % i for i in range(n)]
    for name in names:
        put(os.path.join(path, name), "")
    os.rename(os.path.join(path, generate.roots(1)[0]), os.path.join(path, "assets", "one"))
    return adding(path, ["assets/one", *names], words=AS_SCENES)


def sounds_of_one_directory(maker, path, n):
    maker.run(["init", "--quiet"], path)
    for i in range(n):
        put(os.path.join(path, "assets", "sfx", "s%06d.wav" % i), wav())
    return adding(path, ["assets/sfx"], words=["--each"])


def sounds_of_one_name(maker, path, n):
    maker.run(["init", "--quiet"], path)
    for i in range(n):
        for ending in ("wav", "flac"):
            put(os.path.join(path, "assets", "sfx", "s%06d.%s" % (i, ending)), "")
    return adding(path, ["assets/sfx"], 1, ["--each"])


def left_out(maker, path, n):
    generate.undeclared(path, 1)
    registry(path, [record(i + 1, "group/root%07d" % i, False) for i in range(n)])
    return listing(path, 1) + building(path) + adding(path, generate.roots(1), words=AS_SCENES)


def adopting(path, roots, status=0, words=()):
    back = os.path.join(path, "kept")
    shutil.copytree(os.path.join(path, "assets"), back)
    return [Command("adopt", ["adopt", *words, *roots], status, path, lambda: kept(path, back))]


def moved(maker, path, n):
    """Every root is where the next asset was."""
    fill(path, declaration, {"scene.bin": "scene"}, n)
    for i in range(n):
        os.rename(os.path.join(path, "assets", "a%d" % i), os.path.join(path, "assets", "b%d" % i))
    for i in range(n):
        os.rename(os.path.join(path, "assets", "b%d" % i), os.path.join(path, "assets", "a%d" % ((i + 1) % n)))
    return listing(path, 1) + adopting(path, ["assets/a%d" % i for i in range(n)])


def half_moved(maker, path, n):
    """The same, and half of them is adopted."""
    moved(maker, path, n)
    shutil.rmtree(os.path.join(path, "kept"))
    return adopting(path, ["assets/a%d" % i for i in range(0, n, 2)], 1)


def copied(status, words, keep):
    def commands(maker, path, n):
        fill(path, declaration, {"scene.bin": "scene"})
        for i in range(n):
            shutil.copytree(os.path.join(path, "assets", "a0"), os.path.join(path, "assets", "copy%d" % i))
        if not keep:
            shutil.rmtree(os.path.join(path, "assets", "a0"))
        return adopting(path, ["assets/copy%d" % i for i in range(n)], status, words)
    return commands


def unregistered(maker, path, n):
    generate.undeclared(path, n)
    for root in generate.roots(n):
        put(os.path.join(path, root, "asset.json"), "{}")
    maker.run(["init", "--quiet"], path)
    return listing(path) + building(path)


def missing_roots(maker, path, n):
    registry(path, [record(i + 1, "root%07d" % i) for i in range(n)])
    return listing(path, 1) + refused(maker, path)


def missing_sources(maker, path, n):
    registry(path, [record(i + 1, "root%07d" % i) for i in range(n)])
    for i in range(n):
        put(os.path.join(path, "assets", "root%07d" % i, "asset.json"), declaration(i + 1))
    return refused(maker, path)


def names_equal(maker, path, n):
    registry(path, [record(i + 1, "root%07d" % i) for i in range(n)])
    for i in range(n):
        put(os.path.join(path, "assets", "root%07d" % i, "asset.json"), declaration(i + 1, name="asset"))
    return listing(path) + refused(maker, path)


def preloaded(maker, path, n):
    """Every asset preloaded, of which sixteen at most have a slot."""
    registry(path, [record(i + 1, "root%07d" % i) for i in range(n)])
    for i in range(n):
        put(os.path.join(path, "assets", "root%07d" % i, "asset.json"), declaration(i + 1, preload={"enabled": True}))
        put(os.path.join(path, "assets", "root%07d" % i, "scene.bin"), "scene")
    return refused(maker, path)


def registry_case(name, what, n, records, text=""):
    def commands(maker, path, count):
        registry(path, records(count), text(count) if callable(text) else text)
        return listing(path, 1) + refused(maker, path)
    return Case(name, what, n, commands)


def backwards(n):
    """Records with faults that are found in another order than they stand in, after many records without."""
    faulty = {"root": "/", "included_in_build": True, "asset_uuid": "x", "asset_id": 0}
    return [record(i + 1, "r%d" % i, False) for i in range(200 * n)] + [faulty] * n


def deep_root(n):
    return [record(1, "/".join("a" for _ in range(n)), False)]


def long_root(_, path, n):
    registry(path, [record(1, "r" * (256 + n), False)])  # a component too long for any file system
    return listing(path, 3) + building(path)[:1]


def beside_deep_root(maker, path, n):
    """A registered root of n components, and another one that is added."""
    generate.undeclared(path, 1)
    registry(path, deep_root(n))
    return building(path)[:1] + adding(path, generate.roots(1), words=AS_SCENES)


def chain(maker, path, n, files):
    """A workspace with a chain of n directories below assets/; the last one has the files, {name: bytes}."""
    maker.run(["init", "--quiet"], path)
    with Inside(os.path.join(path, "assets")):
        for _ in range(n):
            os.mkdir("d")
            os.chdir("d")
        for name, data in files.items():
            with open(name, "wb") as file:
                file.write(data)


def added_deep(maker, path, n):
    """A new root with n components."""
    chain(maker, path, n, {"scene.bin": b"scene"})
    return [Command("add", ["add", "--type", "scene_bank", "--dry-run", "/".join(["assets"] + ["d"] * n)], 0, path)]


def left_from_cache(maker, path, n):
    """The cache knows n assets, of which the registry has one."""
    generate.workspace(path, n, "scene", 64)
    maker.run(["build", "--quiet"], path)
    cache = os.path.join(path, "assets", ".prometeu", "cache.json")
    shutil.copyfile(cache, os.path.join(path, "cache.json"))
    registry(path, [record(1, "group000/asset0000001")])
    for i in range(1, n):
        os.remove(os.path.join(path, "assets", "group%03d" % (i // 1000), "asset%07d" % (i + 1), "asset.json"))
    return [Command("build again", ["build"], 0, path, lambda: shutil.copyfile(os.path.join(path, "cache.json"), cache))]


def left_edit(maker, path, n):
    """What looks like an edit that was killed, with n lines."""
    maker.run(["init", "--quiet"], path)
    journal = os.path.join(path, "assets", ".prometeu", ".prpack-edit-commit")

    def leave():
        put(journal, "prpack-edit 1 1 1\n" + "".join("%d\n" % (i + 1) for i in range(n)) + "end %s\n" % ("0" * 32))
    return [Command("list", ["list"], 0, path, leave), Command("build", ["build"], 0, path, leave)]


def deep(maker, path, n):
    """A chain of n directories, each in the one before it."""
    chain(maker, path, n, {})
    return listing(path) + building(path)


def wide(maker, path, n):
    maker.run(["init", "--quiet"], path)
    for i in range(n):
        os.makedirs(os.path.join(path, "assets", "d%07d" % i))
    return listing(path) + building(path)


def beside(place):
    """n files in one of the directories that prpack reads or writes."""
    def commands(_, path, n):
        fill(path, declaration, {"scene.bin": "scene"})
        for i in range(n):
            put(os.path.join(path, place, "file%07d" % i), "")
        if place == "build":
            return building(path)[2:]  # the others begin with a build directory that is gone
        return listing(path) + building(path)
    return commands


# ---- asset.json and inputs ----

def declaration_case(name, what, n, text, status=0, copies=4):
    """text(number, n) is an asset.json of a raw scene."""
    def commands(maker, path, count):
        fill(path, lambda number: text(number, count), {"scene.bin": "scene"}, copies)
        return listing(path, status) + (refused(maker, path) if status else building(path))
    return Case(name, what, n, commands)


def source_case(name, what, n, text, files, status=0, copies=20):
    """text(number, n) is an asset.json, files(n) its inputs."""
    def commands(maker, path, count):
        fill(path, lambda number: text(number, count), files(count), copies)
        return refused(maker, path) if status else building(path)
    return Case(name, what, n, commands)


def raw(number, **output):
    return declaration(number, output={"format": "SCENE/raw_v1", "codec": "NONE", **output})


def sound(number, source):
    return declaration(number, [source], type="sound_bank", output={"format": "SOUNDS/pcm16le_v1", "codec": "NONE"})


def painted(number, palettes):
    return declaration(number, type="glyph_bank", inputs={"palettes": palettes, "sprites": ["s.png"]},
                       output={"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}})


def gimp(comments):
    return "GIMP Palette\n" + "# comment\n" * comments + "".join("%d 0 0\n" % (8 * ((i + 1) % 16)) for i in range(16))


def members(n, pattern="m%07d"):
    return {pattern % i: i for i in range(n)}


def repeated(n, text):
    return "," + ",".join(text % i if "%" in text else text for i in range(n))


def nested(n):
    value = 1
    for _ in range(n):
        value = {"a": value}
    return value


def files_to_add(maker, path, n):
    maker.run(["init", "--quiet"], path)
    for i in range(n):
        put(os.path.join(path, "assets", "a", "s%05d.png" % i), png(8, 8))
    return adding(path, ["assets/a"])


def undecided(maker, path, n):
    maker.run(["init", "--quiet"], path)
    for i in range(n):
        put(os.path.join(path, "assets", "a", "file%05d" % i), "")
    return adding(path, ["assets/a"], 1)


CASES = [
    Case("assets", "assets", 300, assets),
    Case("add", "roots of one add", 200, added),
    Case("add-declared", "roots of one add that have their asset.json", 200, declared),
    Case("add-missing", "roots of one add that are not there", 1000, refused_roots),
    Case("add-same", "times the same root in one add", 1000, same_root),
    Case("add-loose", "files beside a directory in one add", 1000, loose_files),
    Case("add-each", "sounds of one directory", 200, sounds_of_one_directory),
    Case("add-each-clash", "pairs of sounds with one name in one directory", 500, sounds_of_one_name),
    Case("adopt-moved", "assets that were moved in a circle", 200, moved),
    Case("adopt-half", "assets that were moved in a circle, of which half is adopted", 200, half_moved),
    Case("adopt-copies", "copies of one asset", 200, copied(0, ["--as-copy"], True)),
    Case("adopt-twins", "copies of one asset that is gone, without --as-copy", 200, copied(1, [], False)),
    Case("left-out", "records that are not built", 4000, left_out),
    Case("unregistered", "unregistered anchors", 1500, unregistered),
    Case("missing-roots", "records whose directory is missing", 4000, missing_roots),
    Case("missing-sources", "assets whose source is missing", 500, missing_sources),
    Case("assets-one-name", "assets with one name", 500, names_equal),
    Case("preloaded", "assets to preload, beyond the slots", 500, preloaded),
    registry_case("records-one-id", "records with one id", 4000, lambda n: [record(7, "r%d" % i) for i in range(n)]),
    registry_case("records-one-root", "records with one root", 4000, lambda n: [record(i + 1, "r", False) for i in range(n)]),
    registry_case("records-nested", "records in the root of the first", 4000,
                  lambda n: [record(i + 1, "r/%d" % i if i else "r", False) for i in range(n)]),
    registry_case("records-fall", "records whose ids fall", 4000,
                  lambda n: [record(n - i, "r%d" % i, False) for i in range(n)]),
    registry_case("records-back", "records with faults that go back in the text, after 200 times as many without", 10, backwards),
    registry_case("records-unknown", "records with a member that is nearly known", 4000,
                  lambda n: [{**record(i + 1, "r%d" % i), "roots": 1} for i in range(n)]),
    registry_case("record-members", "members of one record that are not known", 10000,
                  lambda n: [{**record(1, "r"), **members(n, "roots%d")}]),
    registry_case("registry-members", "members of the registry that are not known", 10000, lambda n: [],
                  lambda n: "," + ",".join('"assets%d":1' % i for i in range(n))),
    registry_case("registry-equal", "members of the registry with one key", 20000, lambda n: [],
                  lambda n: "," + ",".join(['"k":1'] * n)),
    registry_case("registry-lines", "lines of the registry before a fault", 1000000, lambda n: [], lambda n: "\n" * n + "?"),
    Case("root-length", "bytes of a root", 1000000, long_root),
    Case("root-components", "components of a root beside a new one", 200000, beside_deep_root),
    Case("add-depth", "components of a new root", 100, added_deep),
    Case("cached", "assets of the cache that are not registered any more", 1000, left_from_cache),
    Case("left-edit", "lines of an edit that was killed", 200000, left_edit),
    Case("directory-depth", "directories, each in the one before it", 100, deep),
    Case("directories", "directories without an asset", 2000, wide),
    Case("beside", "files beside the declaration", 4000, beside("assets/a0")),
    Case("beside-output", "files beside the output directory", 2000, beside("")),
    Case("in-output", "files in the output directory", 2000, beside("build")),
    Case("in-prometeu", "files beside the registry", 2000, beside("assets/.prometeu")),
    declaration_case("metadata-members", "members of declared metadata", 4000, lambda i, n: raw(i, metadata=members(n))),
    declaration_case("pipeline-members", "members of a pipeline", 4000, lambda i, n: raw(i, pipeline=members(n))),
    declaration_case("build-members", "members of hints for tools", 4500, lambda i, n: declaration(i, build=members(n))),
    declaration_case("metadata-elements", "elements of an array in declared metadata", 12000,
                     lambda i, n: raw(i, metadata={"a": [1] * n})),
    declaration_case("metadata-depth", "levels of declared metadata, 4 times in 600 assets", 12,
                     lambda i, n: raw(i, metadata={"k%d" % k: nested(n) for k in range(4)}), 0, 600),
    declaration_case("metadata-floats", "fractions in declared metadata", 8000, lambda i, n: raw(i, metadata={"a": [0.5] * n}), 1),
    declaration_case("metadata-digits", "digits of a number in declared metadata", 95000,
                     lambda i, n: raw(i, metadata={"a": 1}).replace('"a": 1', '"a": ' + "9" * n), 1, 20),
    declaration_case("name-bytes", "bytes of a declared name", 95000,
                     lambda i, n: declaration(i, name="n" * n + str(i)), 0, 20),
    declaration_case("declaration-unknown", "members of a declaration that are not known", 2000,
                     lambda i, n: declaration(i, text=repeated(n, '"inputs%d":1')), 1),
    declaration_case("declaration-equal", "members of a declaration with one key", 16000,
                     lambda i, n: declaration(i, text=repeated(n, '"k":1')), 1, 3),
    declaration_case("palettes-faulty", "palettes without a path", 4000, lambda i, n: painted(i, [{"index": 99}] * n), 1),
    declaration_case("inputs-outside", "inputs outside of their root", 4000, lambda i, n: sheet(i, ["../s.png"] * n), 1),
    source_case("sprites", "sprites", 100, lambda i, n: sheet(i, ["s%04d.png" % k for k in range(n)]),
                lambda n: {"s%04d.png" % k: png(8, 8) for k in range(n)}, copies=10),
    source_case("sprite-again", "times the same sprite", 100, lambda i, n: sheet(i, ["s.png"] * n), lambda n: {"s.png": png(8, 8)}),
    source_case("sprites-too-many", "sprites beyond the sheet", 4000, lambda i, n: sheet(i, ["s.png"] * (1024 + n)),
                lambda n: {"s.png": png(8, 8)}, 1, 1),
    source_case("missing-inputs", "inputs that are not there, beside as many files", 2000,
                lambda i, n: sheet(i, ["s%05d" % k for k in range(n)]), lambda n: {"t%05d" % k: "" for k in range(n)}, 1, 1),
    source_case("missing-beside", "files beside 200 inputs that are not there", 2000,
                lambda i, n: sheet(i, ["s%05d" % k for k in range(200)]), lambda n: {"t%05d" % k: "" for k in range(n)}, 1, 1),
    source_case("missing-few", "inputs that are not there, beside 50 files", 4000,
                lambda i, n: sheet(i, ["s%05d" % k for k in range(n)]), lambda n: {"t%05d" % k: "" for k in range(50)}, 1, 1),
    Case("add-sprites", "sprites of a new root", 1000, files_to_add),
    Case("add-undecided", "files of a new root that show no type", 4000, undecided),
    source_case("png-chunks", "chunks of a PNG", 4000, lambda i, n: sheet(i, ["s.png"]),
                lambda n: {"s.png": png(8, 8, chunk(b"prVt", b"x") * n)}, copies=5),
    source_case("png-pieces", "chunks of a PNG's data", 6000, lambda i, n: sheet(i, ["s.png"]),
                lambda n: {"s.png": png(256, 256, pieces=n)}, copies=5),
    source_case("wav-chunks", "chunks of a WAV", 400, lambda i, n: sound(i, "s.wav"),
                lambda n: {"s.wav": wav((b"junk" + struct.pack("<I", 2) + b"xx") * n)}),
    source_case("aiff-chunks", "chunks of an AIFF", 400, lambda i, n: sound(i, "s.aiff"),
                lambda n: {"s.aiff": aiff((b"ANNO" + struct.pack(">I", 2) + b"xx") * n)}),
    source_case("flac-blocks", "blocks of metadata of a FLAC", 2000, lambda i, n: sound(i, "s.flac"),
                lambda n: {"s.flac": flac(n)}),
    source_case("wav-frames", "frames of a WAV", 100000, lambda i, n: sound(i, "s.wav"), lambda n: {"s.wav": wav(frames=n)}, copies=10),
    source_case("palette-lines", "lines of a palette file", 600,
                lambda i, n: painted(i, [{"index": k, "path": "p.gpl"} for k in range(64)]),
                lambda n: {"s.png": png(8, 8), "p.gpl": gimp(n)}, copies=10),
]
