"""A file of a game, as it is: `add` takes it, or refuses it with a remedy that makes it taken.

Files of games in Debian are drawn: all kinds of them (pictures, sounds, music, palettes, fonts, levels, texts) from all packages alike. Each gets a
workspace of its own and is added. If it is refused, the remedy of the report is done: real_remedies.py knows what a sentence asks for, and knows
nothing of the file but what a user would see. That goes on until `add` takes it. Then `build --verify` has to end well. The packages are downloaded
for the run and are not kept.

Usage: real_files.py [--count N] [--seed S] [--endings .png,…] [--list] [PACKAGE...], with PRPACK in the environment; --list shows each file with
what was done. It
needs apt-get, dpkg-deb, ImageMagick (convert), librsvg2-bin, ffmpeg, timidity, pngquant and Pillow, which ./scripts/test does not install."""

import argparse
import collections
import json
import os
import random
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WELL, prpack  # noqa: E402
from harness.trees import Scratch, read  # noqa: E402

import debian_packages  # noqa: E402
import real_remedies  # noqa: E402

PACKAGES = ("abe-data", "alex4-data", "alienblaster-data", "asylum-data", "berusky-data", "biniax2-data", "blobby-data", "chromium-bsu-data",
            "crawl-tiles-data", "cuyo-data", "freedroid-data", "frozen-bubble-data", "gimp-data", "heroes-data", "heroes-sound-effects",
            "heroes-sound-tracks", "holotz-castle-data", "kobodeluxe-data", "lbreakout2-data", "liquidwar-data", "lmarbles", "madbomber-data",
            "moon-buggy", "pathological", "pingus-data", "tecnoballz-data", "trackballs-data", "tuxmath-data", "tuxpaint-data", "tworld-data",
            "xblast-tnt-musics", "xblast-tnt-sounds")
LARGEST = 16 * 1024 * 1024
STEPS = 8  # remedies for one asset, one after the other


PICTURES = (".jpg", ".jpeg", ".gif", ".bmp", ".tga", ".pcx", ".xpm", ".pgm", ".ppm", ".ico", ".svg", ".sdlfnt", ".xcf", ".webp")
SOUNDS = (".wav", ".aif", ".aiff", ".flac")
MUSIC = (".ogg", ".mp3", ".mid", ".mod", ".it", ".xm", ".s3m")
PALETTES = (".gpl", ".pal", ".hex", ".act")
FONTS = (".ttf", ".otf", ".pcf", ".fon", ".font")
ARCHIVES = (".gz", ".zip", ".bz2", ".tar", ".xz", ".svgz")


def ending(path):
    """The ending of the name, as people sort files."""
    return os.path.splitext(path)[1].lower()


def kind_of(path):
    kinds = (("PNG", (".png",)), ("other picture", PICTURES), ("WAV, AIFF, FLAC", SOUNDS), ("music and lossy sound", MUSIC),
             ("palette", PALETTES), ("font", FONTS), ("archive", ARCHIVES))
    return next((kind for kind, endings in kinds if ending(path) in endings), "level, text, other data")


def files(trees, count, random_, endings):
    """Files, drawn from all packages and all endings of names in them alike."""
    groups = collections.defaultdict(list)
    for tree in trees:
        for at, _, names in os.walk(tree):
            for name in names:
                path = os.path.join(at, name)
                wanted = "/usr/share/doc/" not in path and (not endings or ending(name) in endings)
                if wanted and os.path.isfile(path) and not os.path.islink(path) and os.path.getsize(path) <= LARGEST:
                    groups[tree, ending(name)].append(path)
    for key in sorted(groups):
        groups[key].sort()
        random_.shuffle(groups[key])
    drawn = []
    while len(drawn) < count and any(groups.values()):
        drawn += [group.pop() for _, group in sorted(groups.items()) if group]
    return drawn[:count]


class Taking:
    """One file on its way into a workspace. done: the remedies; fault: what was said when there was no way."""

    def __init__(self, directory, path):
        self.directory, self.done, self.fault = directory, [], None
        prpack(directory, "init", "--quiet")
        self.waiting = [real_remedies.Asset(directory, "x")]
        os.makedirs(self.waiting[0].path)
        shutil.copyfile(path, os.path.join(self.waiting[0].path, os.path.basename(path)))

    def is_registered(self, root):
        index = json.loads(read(os.path.join(self.directory, "assets", ".prometeu", "index.json")))
        return any(record["root"] == root for record in index["assets"])

    def obey(self, asset, ended):
        """Does what one of the errors asks for. What is to be tried then."""
        errors = [finding for document in ended.documents() for finding in document["diagnostics"] if finding["severity"] == "error"]
        known = [(real_remedies.find(finding), finding) for finding in errors]
        for (_, remedy), finding in sorted((pair for pair in known if pair[0] is not None), key=lambda pair: pair[0][0]):
            result = remedy.do(asset, finding)
            if result is not None:
                self.done.append(remedy.name)
                asset.steps += 1
                return result
        self.fault = f"{', '.join(self.done)}; {ended}"
        return []

    def add(self, asset):
        ended = prpack(self.directory, "add", *asset.options, f"assets/{asset.root}", "--format", "json")
        self.waiting += [] if self.is_registered(asset.root) else self.obey(asset, ended)

    def finish(self, asset):
        """What was to be done after the asset was registered. Sources may have to be changed for it."""
        if asset.pipeline:
            real_remedies.write_pipeline(asset)
        for command in asset.after:
            ended = prpack(self.directory, *command, "--format", "json")
            if ended.code != WELL:
                self.waiting += self.obey(asset, ended)
                return
        asset.after = []

    def run(self):
        while self.waiting and self.fault is None:
            asset = self.waiting.pop()
            if asset.steps > STEPS:
                self.fault = f"no end: {', '.join(self.done)}"
            elif self.is_registered(asset.root):
                self.finish(asset)
            else:
                self.add(asset)
                if asset.after and self.is_registered(asset.root):
                    self.waiting.append(asset)
        if self.fault is None:
            ended = prpack(self.directory, "build", "--verify", "--quiet")
            self.fault = None if ended.code == WELL else f"{', '.join(self.done)}; what add has taken cannot be built: {ended}"


def report(seen, used, trees):
    """seen: {(kind, "as it is", "after a remedy" or "no way in"): files}; used: {remedy: files}."""
    print(f"{'files':>30} {'as it is':>10} {'after a remedy':>15} {'no way in':>10}")
    ways = ("as it is", "after a remedy", "no way in")
    for kind in sorted({kind for kind, _ in seen}):
        counts = [seen[kind, way] for way in ways]
        print(f"{kind:24} {sum(counts):5} {counts[0]:10} {counts[1]:15} {counts[2]:10}")
    print()
    for name, count in used.most_common():
        print(f"{count:6} {name}")
    lost = sum(count for (_, way), count in seen.items() if way == "no way in")
    print(f"{sum(seen.values())} files of {len(trees)} packages; {lost} without a way in")
    return lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--endings", default="", help="only names that end so, such as .png,.wav")
    parser.add_argument("--unpacked", help="a directory of unpacked packages, in place of downloads")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("packages", nargs="*", default=PACKAGES)
    options = parser.parse_args()
    seen, used = collections.Counter(), collections.Counter()
    with Scratch() as scratch:
        trees = debian_packages.unpack(options.packages, scratch) if options.unpacked is None else \
            [os.path.join(options.unpacked, name) for name in sorted(os.listdir(options.unpacked))]
        for path in files(trees, options.count, random.Random(options.seed), [part for part in options.endings.split(",") if part]):
            with Scratch() as directory:
                taking = Taking(directory, path)
                taking.run()
            seen[kind_of(path), "no way in" if taking.fault else "after a remedy" if taking.done else "as it is"] += 1
            used.update(set(taking.done))
            if options.list or taking.fault:
                done = " + ".join(dict.fromkeys(taking.done)) or "as it is"
                print(f"{path.removeprefix(scratch)}: {taking.fault or done}", flush=True)
    lost = report(seen, used, trees)
    return 1 if lost or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
