"""Real art goes in, out, and in again: pictures of games in Debian are packed, taken apart without and with the companion, and built again to the
same bytes. Each PNG that comes out shows what the console would draw, as Pillow sees it, and each fourth one as ImageMagick sees it. The packages
are downloaded for the run and are not kept.

Usage: real_sheets.py [--count N] [--seed S] [PACKAGE...], with PRPACK in the environment. It needs what real_sprites.py needs, and exits with 77
where there is none of it."""

import argparse
import os
import random
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.trees import Scratch, read, write  # noqa: E402

import real_sprites  # noqa: E402
import round_trip  # noqa: E402
import sets  # noqa: E402

SKIPPED = 77
TOOLS = ("apt-get", "dpkg-deb", "convert", "identify", "pngquant")


def by_imagemagick(path):
    """RGBA of a PNG, and its width."""
    size = subprocess.run(["identify", "-format", "%w", path], check=True, capture_output=True).stdout
    data = subprocess.run(["convert", path, "-depth", "8", "rgba:-"], check=True, capture_output=True).stdout
    pixels = [tuple(data[at:at + 4]) for at in range(0, len(data), 4)]
    return [pixel if pixel[3] else (0, 0, 0, 0) for pixel in pixels], int(size)


def packed(directory, picture):
    """The pack of a sheet with this picture; None where build refuses the picture."""
    real_sprites.workspace(directory, picture, "none", None)
    ended = prpack(directory, "build", "--verify")
    round_trip.require(ended.code in (WELL, WRONG), ended)
    return read(os.path.join(directory, "build/assets.pa")) if ended.code == WELL else None


def check(directory, pack, reader):
    """Returns how many pictures came out."""
    drawn = sets.BuildSet(os.path.join(directory, "build"))
    write(os.path.join(directory, "alone/assets.pa"), pack)
    pictures = 0
    for source, to in (("alone/assets.pa", "first"), ("build", "second")):
        document = round_trip.extract(directory, source, to)
        round_trip.require(not document["diagnostics"], document)
        round_trip.check_assets(os.path.join(directory, to), drawn, reader)
        round_trip.require(round_trip.rebuilt(directory, to) == pack, source, "is not built again byte by byte")
        pictures += sum(file["path"].endswith(".png") for asset in document["assets"] for file in asset["files"])
    return pictures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="sheets")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("packages", nargs="*", default=real_sprites.PACKAGES)
    options = parser.parse_args()
    if not all(map(shutil.which, TOOLS)):
        return SKIPPED
    sheets, pictures, refused, faults = 0, 0, 0, 0
    with Scratch() as scratch:
        candidates = real_sprites.sprites(options.packages, scratch, 3 * options.count, random.Random(options.seed))
        if not candidates:
            return SKIPPED
        hard, quantised = os.path.join(scratch, "hard.png"), os.path.join(scratch, "quantised.png")
        for number, path in enumerate(candidates):
            if sheets == options.count:
                break
            real_sprites.hard_alpha(path, hard)
            real_sprites.QUANTISERS[number % len(real_sprites.QUANTISERS)](hard, quantised)
            with Scratch() as directory:
                pack = packed(directory, quantised)
                if pack is None:
                    refused += 1
                    continue
                sheets += 1
                try:
                    pictures += check(directory, pack, round_trip.shown if sheets % 4 else by_imagemagick)
                except round_trip.Wrong as problem:
                    faults += 1
                    print(f"{path.removeprefix(scratch)}: {problem}")
    print(f"{sheets} sheets, {pictures} pictures, {refused} that build refuses, {faults} faults")
    return 1 if faults or sheets < options.count else 0


if __name__ == "__main__":
    sys.exit(main())
