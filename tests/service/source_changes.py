"""Changes a source while it is packed.

    source_changes.py SOURCE        raw, sprite, palette, sound or long_sound

At every system call of a build that may look at a file, in turn (of a large source: at every 16th), the build stops while a
source is shortened, extended or overwritten, with another time of change or with the old one. The build must notice it, or pack one coherent state: all of the old
source, or all of the new one. It never publishes a mixture, nor what the source never was.
"""

import os
import sys

from harness.program import ENVIRONMENT, WELL, WRONG, prpack
from harness.trees import Scratch, read_tree, write_tree
from harness.workspaces import scenes
from media import chunk, mixed, png, wav
from points import Paused, each, names_of_calls, tell

BUILD = ["build", "--jobs", "1"]
LONG_AGO = 1_000_000_000
BECAME_SHORTER = "The file became shorter while it was read"  # as the verifier says it


def large_sprite(seed):
    """A PNG that is read in several pieces: its pixels stand behind a long comment."""
    whole = png([[(x * y + seed) % 2 for x in range(8)] for y in range(8)], [(0, 0, 0), (255, 255, 255)])
    at = whole.index(b"IDAT") - 4
    comment = chunk(b"tEXt", b"Comment\0" + bytes([97 + seed]) * 150_000)
    return whole[:at] + comment + whole[at:]


def palette(seed):
    """A long one: its colours stand behind comments."""
    comments = b"".join(b"# %04d %d\n" % (line, seed) for line in range(7000))
    return b"GIMP Palette\n" + comments + b"0 0 0\n%d 255 255\n" % (200 + seed)


def declared(tree):
    """The mixed workspace, its sheet with a palette file."""
    path = "assets/sheet/asset.json"
    tree[path] = tree[path].replace(b'"inputs": {', b'"inputs": {"palettes": [{"index": 0, "path": "two.gpl"}], ')
    return tree


def sprite_of(seed):
    return png([[(x + y + seed) % 2 for x in range(8)] for y in range(8)], [(0, 0, 0), (200 + seed, 255, 255)])


def raw(seed):
    return scenes({"scene": bytes([65 + seed]) * 1_300_000}), "assets/scene/data.bin"


def sprite(seed):
    return {**mixed(0), "assets/sheet/sprite.png": large_sprite(seed)}, "assets/sheet/sprite.png"


def with_palette(seed):
    sheet = png([[(x + y) % 2 * 0 for x in range(8)] for y in range(8)], [(0, 0, 0), (0, 0, 0)])
    return ({**declared(mixed(0)), "assets/sheet/sprite.png": sheet, "assets/sheet/two.gpl": palette(seed)},
            "assets/sheet/two.gpl")


def sound(seed):
    return {**mixed(0), "assets/sound/sound.wav": wav([(i * 37 + seed) % 1000 for i in range(60_000)])}, "assets/sound/sound.wav"


def long_sound(seed):
    """Longer than what the writer keeps in memory: it is read twice."""
    return {**mixed(0), "assets/sound/sound.wav": wav([seed + 1] * 4_195_000)}, "assets/sound/sound.wav"


# A change before any other call is the same as a change before the next one of these.
LOOKS = {"openat", "openat2", "newfstatat", "getdents64", "read", "pread64", "copy_file_range", "mmap", "munmap"}

# Each is struck in four ways, without and with --verify, at each call; the large one in two ways, without, at each 16th.
SOURCES = {"raw": raw, "sprite": sprite, "palette": with_palette, "sound": sound, "long_sound": long_sound}


def build_of(tree):
    """The set that a build of the tree publishes, or None when it is refused."""
    with Scratch() as path:
        write_tree(path, tree)
        return read_tree(os.path.join(path, "build")) if prpack(path, "build").code == WELL else None


class Change:
    """One way to change the source, and what comes of building the result."""

    def __init__(self, name, tree, source, content, keeps_time):
        self.name = name
        self.content = content
        self.keeps_time = keeps_time
        self.sets = [build_of(tree), build_of({**tree, source: content})]

    def make(self, path):
        with open(path, "wb") as file:
            file.write(self.content)
        if self.keeps_time:
            os.utime(path, (LONG_AGO, LONG_AGO))


def changes_of(source):
    old, path = SOURCES[source](0)
    new = SOURCES[source](1)[0][path]
    data = old[path]
    overwritten = [Change("overwritten", old, path, new, False),
                   Change("overwritten with the old time", old, path, new, True)]
    if source == "long_sound":
        return old, path, overwritten, [BUILD], 16
    resized = [Change("shortened", old, path, data[:len(data) // 2], False),
               Change("extended", old, path, data + data[-1000:], False)]
    return old, path, resized + overwritten, [BUILD, [*BUILD, "--verify"]], 1


def strike(old, source, change, n, arguments):
    """Changes the source at the nth call. Returns what the build did, and what is wrong or None."""
    with Scratch() as path:
        write_tree(path, old)
        where = os.path.join(path, source)
        os.utime(where, (LONG_AGO, LONG_AGO))
        build = Paused(n, arguments, path)
        change.make(where)
        ended = build.go_on()
        found = read_tree(os.path.join(path, "build"))  # nothing when there is no such directory
        what = f"{change.name} at call {n} of {' '.join(arguments)}"
        if ended.code == WELL:
            kinds = [kind for kind, known in zip(("old", "new"), change.sets) if known is not None and found == known]
            return (kinds or ["mixture"])[0], None if kinds else f"{what}: what was published was never there"
        said = ended.said
        noticed = any(word in said for word in ("error[input-changed]", "error[source-changed]", BECAME_SHORTER))
        invalid = change.sets[1] is None  # the new source cannot be packed at all: whatever says that is right
        if ended.code not in (WRONG, ENVIRONMENT) or found or not (noticed or invalid):
            return "", f"{what}: exit code {ended.code}: {said} {sorted(found)}"
        return "refused", None


def main():
    source = sys.argv[1]
    old, path, changes, builds, step = changes_of(source)
    fine = True
    for arguments in builds:
        looks = [n for n, name in enumerate(names_of_calls(old, arguments), start=1) if name in LOOKS]
        points = [(change, n) for change in changes for n in looks[::step]]
        results = each(lambda point: strike(old, path, *point, arguments), points)
        counts = {kind: sum(1 for done, _ in results if done == kind) for kind in ("old", "new", "refused")}
        problems = [problem for _, problem in results if problem]
        if min(counts.values()) == 0:
            problems.append(f"one outcome never came: {counts}")
        fine = tell(f"{source}, {' '.join(arguments)}", problems, len(points),
                    f"changes: {counts['old']} too late, {counts['new']} in time, {counts['refused']} noticed") and fine
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
