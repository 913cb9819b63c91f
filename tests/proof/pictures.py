"""A property of every build of pictures: whatever a decoder finds that reads only the pack and its table of tiles is what the picture shows.

Assets of random pictures are drawn, built and verified. A third reading of the contract (picture_rules.py) says which of them can be packed,
which index each pixel gets and where it lies; the decoder (console_view.py) says what the console would draw.

Usage: pictures.py --count N [--seed S] [--first I] [--keep DIR], with PRPACK in the environment. One case is drawn from seed and number alone,
so `--first I --count 1` repeats it; with --keep its workspace stays in DIR."""

import argparse
import collections
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.trees import Scratch, write_tree  # noqa: E402

import console_view  # noqa: E402
import draw_pictures  # noqa: E402
import picture_rules  # noqa: E402

WARNINGS = ("pixel-hidden", "colour-merged")
REFUSALS = {"image-size", "palette-index", "palette-invalid", "palette-missing", "pixel-inexpressible", "pixel-translucent", "sheet-full", "tile-clash"}


def _expected_pixels(drawn, laid):
    """The index of each pixel of a sprite in the sheet, padding included."""
    picture = laid.sprite.picture
    width, height = laid.columns * drawn.tile_size, laid.rows * drawn.tile_size
    return [laid.indices[y * picture.width + x] if x < picture.width and y < picture.height else 0
            for y in range(height) for x in range(width)]


def _show(pixels, width, picture, drawn, bank):
    """Faults of what is drawn, against the picture itself: opacity, and the colour with the recorded palette."""
    for i in range(picture.width * picture.height):
        x, y = i % picture.width, i // picture.width
        index, palette = pixels[y * width + x]
        opaque = picture_rules.is_opaque(drawn, picture, i, bank.palettes[palette][0])
        if opaque != (index != 0):
            return f"pixel {x}, {y} is {'opaque' if opaque else 'transparent'} and has index {index}"
        if opaque and bank.palettes[palette][index] != console_view.rgb565(picture.colour(i)):
            return f"pixel {x}, {y} is {picture.colour(i)} and is drawn as {bank.palettes[palette][index]:04x}"
    return None


def _compare(drawn, directory):
    laid_all, palettes, tiles = picture_rules.lay_out(drawn)
    bank = console_view.banks(directory)[1]
    if bank.tiles != tiles:
        return f"tiles are {bank.tiles}, expected {tiles}"
    taken = set()
    for laid, recorded in zip(laid_all, bank.tiles):
        pixels, width = bank.sprite(recorded)
        fault = _show(pixels, width, laid.sprite.picture, drawn, bank)
        if fault is None and [index for index, _ in pixels] != _expected_pixels(drawn, laid):
            fault = "an index is not the one of the contract"
        if fault is not None:
            return f"{laid.sprite.path}: {fault}"
        taken |= set(range(recorded["tile"], recorded["tile"] + len(laid.palettes)))
    if any(any(bank.tile(number)) for number in set(range((256 // bank.tile_size) ** 2)) - taken):
        return "a tile that no sprite has is not empty"
    expected = [(palettes.get(p, []) + [0] * 16)[:16] for p in range(64)]
    return None if bank.palettes == expected else "the palettes are not those of the contract"


def _found(ended):
    return {(finding["id"], finding["file"].removeprefix("assets/drawn/"), finding["severity"]) for document in ended.documents()
            for finding in document["diagnostics"]}


def examine(drawn, directory):
    """What happened (an id, or "packed"), and the fault, if there is one."""
    ended = prpack(directory, "build", "--verify", "--format", "json")
    try:
        laid_all, palettes, _ = picture_rules.lay_out(drawn)
    except picture_rules.Refused as refusal:
        identity = refusal.args[0]
        # Where an asset has several faults, the third reading names another one first.
        errors = {id_ for id_, _, severity in _found(ended) if severity == "error"}
        return identity, None if ended.code == WRONG and errors and errors <= REFUSALS else f"expected {identity}; {ended}"
    if ended.code != WELL:
        return "packed", f"expected a build; {ended}"
    warned = {(id_, path) for id_, path, _ in _found(ended) if id_ in WARNINGS}
    if warned != picture_rules.warnings(drawn, laid_all, palettes):
        return "packed", f"warnings are {warned}, expected {picture_rules.warnings(drawn, laid_all, palettes)}"
    return "packed", _compare(drawn, os.path.join(directory, "build"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep")
    options = parser.parse_args()
    seen = collections.Counter()
    faults = 0
    for number in range(options.first, options.first + options.count):
        drawn = draw_pictures.asset(random.Random(f"{options.seed} {number}"))
        with Scratch() as scratch:
            directory = options.keep or scratch
            write_tree(directory, draw_pictures.tree(drawn))
            kind, fault = examine(drawn, directory)
        seen[kind] += 1
        if fault is not None:
            faults += 1
            print(f"case {number}: {fault}")
    print(f"{options.count} cases: " + ", ".join(f"{count} {kind}" for kind, count in seen.most_common()))
    packed_enough = seen["packed"] * 3 >= options.count or options.count < 30
    if not packed_enough:
        print("too few of the cases could be packed to show anything")
    print(f"{options.count - faults} of {options.count} as expected")
    return 1 if faults or not packed_enough else 0


if __name__ == "__main__":
    sys.exit(main())
