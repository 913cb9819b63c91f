"""A pack conforms exactly when taking it apart and building it again gives the same bytes: docs/contracts/extract.md, 1.

Packs are drawn by random_packs.py, by no code of prpack. Of each one:

- `extract` and then `build` give the same assets.pa, without a companion and with one; two extractions are equal;
- some of its assets alone give the pack of these assets;
- Pillow sees in each extracted picture what the console shows of the payload, and Python's wave module hears each sound;
- with one change that the console accepts and the contract does not, `extract` says so, and `build` gives other bytes or refuses;
- with a companion that no workspace can follow, it is passed over, and the theorem holds all the same. Each kind of fault has its turn.

Usage: round_trip.py [--count N | --all] [--seed S] [--first I] [--wrong], with PRPACK in the environment."""

import argparse
import collections
import copy
import io
import json
import os
import random
import sys
import wave

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import PIL.Image  # noqa: E402

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.trees import Scratch, read, read_tree, write  # noqa: E402

import random_packs  # noqa: E402
import sets  # noqa: E402
import spoilt_packs  # noqa: E402
from random_packs import COLOURS, SIDE  # noqa: E402

EVERY_KIND = 40  # in so many packs each kind of fault occurs


class Wrong(Exception):
    pass


def require(holds, *said):
    if not holds:
        raise Wrong(" ".join(map(str, said)))


def extract(directory, pack, to, *assets, code=WELL):
    ended = prpack(directory, "extract", pack, *assets, "--to", to, "--format", "json")
    require(ended.code == code if code is not None else ended.code in (WELL, WRONG), "extract:", ended)
    return ended.documents()[0]


def rebuilt(directory, workspace):
    """The bytes of the pack that a build of an extracted workspace gives; None: build refuses."""
    ended = prpack(os.path.join(directory, workspace), "build", "--no-cache")
    require(ended.code in (WELL, WRONG), "build:", ended)
    return read(os.path.join(directory, workspace, "build/assets.pa")) if ended.code == WELL else None


# ---- What people see and hear ----


def expand(word):
    """A colour of the console in 8 bits a channel."""
    red, green, blue = word >> 11, word >> 5 & 63, word & 31
    return red << 3 | red >> 2, green << 2 | green >> 4, blue << 3 | blue >> 2


def palette_of(payload, palette):
    begin = sets.PLANE + palette * COLOURS * 2
    return [expand(payload[at] | payload[at + 1] << 8) for at in range(begin, begin + COLOURS * 2, 2)]


def seen(payload, numbers, size, columns, palettes):
    """RGBA of the tiles with these numbers as a picture of so many columns; entry 0 is not drawn."""
    plane = sets.decoded({"bank_type": "GLYPH"}, payload)
    colours = {palette: [(0, 0, 0, 0)] + [(*colour, 255) for colour in palette_of(payload, palette)[1:]] for palette in set(palettes)}
    rows = len(numbers) // columns
    found = []
    for y in range(rows * size):
        for x in range(columns * size):
            place = y // size * columns + x // size
            left, top = numbers[place] % (SIDE // size) * size, numbers[place] // (SIDE // size) * size
            found.append(colours[palettes[place]][plane[(top + y % size) * SIDE + left + x % size]])
    return found


def shown(path):
    """RGBA of a PNG, by Pillow, and its width; what is not drawn has no colour."""
    with PIL.Image.open(path) as picture:
        require(picture.mode == "P", "the picture is not indexed")
        return [pixel if pixel[3] else (0, 0, 0, 0) for pixel in picture.convert("RGBA").getdata()], picture.width


def palettes_of_tiles(element, path, count, tiles):
    """In which palette each tile of a picture is: that of its element, or those of the companion, if the picture has several."""
    if "palette" in element:
        return [element["palette"]] * count
    recorded = next(each for each in tiles if each["path"] == path)
    return recorded.get("palettes", [recorded.get("palette")] * count)


def check_sprites(root, declaration, entry, payload, tiles, reader):
    size = entry["metadata"]["tile_size"]
    for element in declaration["inputs"]["sprites"]:
        pixels, width = reader(os.path.join(root, element["path"]))
        columns = width // size
        numbers = list(range(element["tile"], element["tile"] + len(pixels) // size**2))
        palettes = palettes_of_tiles(element, element["path"], len(numbers), tiles)
        require(pixels == seen(payload, numbers, size, columns, palettes), element["path"], "shows other pixels")
    for each in declaration["inputs"]["palettes"]:
        lines = [line for line in read(os.path.join(root, each["path"])).decode().splitlines() if line[:1].isdigit() or line[:1] == " "]
        colours = [tuple(map(int, line.split()[:3])) for line in lines]
        require(colours == palette_of(payload, each["index"]), each["path"], "has other colours")


def check_sound(root, declaration, entry, payload):
    data = read(os.path.join(root, declaration["inputs"]["sources"][0]))
    with wave.open(io.BytesIO(data)) as sound:
        form = sound.getframerate(), sound.getnchannels(), sound.getsampwidth()
        require(form == (entry["metadata"]["sample_rate"], 1, 2), "the sound has the form", form)
        require(sound.readframes(sound.getnframes()) == payload, "the sound has other samples")


def check_assets(workspace, drawn, reader=shown):
    """What was extracted of each asset, seen by programs that are not ours; pictures by this reader."""
    registry = json.loads(read(os.path.join(workspace, "assets/.prometeu/index.json")))
    for record in registry["assets"]:
        root = os.path.join(workspace, "assets", record["root"])
        declaration = json.loads(read(os.path.join(root, "asset.json")))
        index = drawn.index(record["asset_id"])
        entry, payload = drawn.table[index], drawn.payloads[index]
        require(declaration["name"] == entry["asset_name"], "the name is", declaration["name"])
        if declaration["output"]["format"] == "GLYPH/indexed_v1":
            check_sprites(root, declaration, entry, payload, drawn.recorded[index].get("tiles", ()), reader)
        elif declaration["output"]["format"] == "SOUNDS/pcm16le_v1":
            check_sound(root, declaration, entry, payload)


# ---- The theorem ----


def check_whole(directory, drawn, pack):
    """Both ways, twice."""
    write(os.path.join(directory, "alone/assets.pa"), pack)
    os.mkdir(os.path.join(directory, "set"))
    drawn.write(os.path.join(directory, "set"))
    for source in ("alone/assets.pa", "set"):
        first, second = f"{source[:5]}1", f"{source[:5]}2"
        document = extract(directory, source, first)
        require(document["conforms"] is True and not document["diagnostics"], document)
        extract(directory, source, second)
        require(read_tree(os.path.join(directory, first)) == read_tree(os.path.join(directory, second)), "two extractions differ")
        check_assets(os.path.join(directory, first), drawn)
        require(rebuilt(directory, first) == pack, source, "is not built again byte by byte")
    for record, made in zip(drawn.recorded, json.loads(read(os.path.join(directory, "set1/assets/.prometeu/index.json")))["assets"]):
        require((record["asset_root"], record["asset_uuid"]) == (made["root"], made["asset_uuid"]), "the companion says another record than", made)


def check_part(random_, directory, drawn):
    """Some of the assets, by id."""
    if len(drawn.table) < 2:
        return
    wanted = random_.sample([entry["asset_id"] for entry in drawn.table], random_.randint(1, len(drawn.table) - 1))
    part = copy.deepcopy(drawn)
    for entry in drawn.table:
        if entry["asset_id"] not in wanted:
            part.remove(entry["asset_id"])
    extract(directory, "alone/assets.pa", "part", *map(str, wanted))
    require(rebuilt(directory, "part") == part.artifacts()["assets.pa"], "assets", wanted, "alone are another pack")


# ---- Packs that load and do not conform, and companions that cannot be used ----


def first_that_goes(kinds, number, make):
    """The kinds take turns; one that does not go with this pack is passed over."""
    ordered = sorted(kinds)
    for i in range(len(ordered)):
        kind = ordered[(number + i) % len(ordered)]
        made = make(kind)
        if made is not None:
            return kind, made
    return None, None


def check_spoilt(directory, drawn, number):
    """Returns the kind that was judged."""

    def spoilt(kind):
        pack = spoilt_packs.spoil(drawn, kind, number)
        if pack is None:
            return None
        write(os.path.join(directory, "spoilt/assets.pa"), pack)
        judged = prpack(directory, "inspect", "spoilt/assets.pa", "--format", "json").documents()[0]
        return pack if judged["loads"] and not judged["conforms"] else None

    kind, pack = first_that_goes(spoilt_packs.SPOILT, number, spoilt)
    document = extract(directory, "spoilt/assets.pa", "spoilt-out", code=WRONG)
    require(document["conforms"] is False, kind, document)
    require(os.path.isdir(os.path.join(directory, "spoilt-out/assets")), kind, "nothing was extracted")
    require(rebuilt(directory, "spoilt-out") != pack, kind, "is built again, though it does not conform")
    return kind


def check_hostile(directory, drawn, number, kinds):
    """Returns the kind; None: none goes with this pack."""
    kind, hostile = first_that_goes(kinds, number, lambda kind: spoilt_packs.hostile(drawn, kind))
    if kind is None:
        return None
    inside = os.path.join(directory, "in", kind.replace(" ", "-"))
    os.makedirs(os.path.join(inside, "set"))
    hostile.write(os.path.join(inside, "set"))
    before = read_tree(inside)
    document = extract(inside, "set", "out", code=None)  # the companion may break its own contract, too
    found = document["diagnostics"]
    require(all(finding["class"] == "C" or finding["id"] == "extract-companion" for finding in found), kind, found)
    require(kind in spoilt_packs.HOSTILE_TILES or "extract-companion" in [finding["id"] for finding in found], kind, found)
    require({path for path in read_tree(inside) if path.split("/")[0] != "out"} == set(before), kind, "has written elsewhere")
    require(rebuilt(inside, "out") == hostile.artifacts()["assets.pa"], kind, "is not built again byte by byte")
    return kind


def check(seed, number, seen):
    random_ = random.Random(f"{seed}:{number}")
    drawn = random_packs.RandomSet(random_)
    with Scratch() as directory:
        check_whole(directory, drawn, drawn.artifacts()["assets.pa"])
        check_part(random_, directory, drawn)
        seen[check_spoilt(directory, drawn, number)] += 1
        for kinds in (spoilt_packs.HOSTILE, spoilt_packs.HOSTILE_TILES):
            seen[check_hostile(directory, drawn, number, kinds)] += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--all", action="store_true", help="1,000 packs")
    parser.add_argument("--wrong", action="store_true", help="the program is wrong: one pack has to show it")
    asked = parser.parse_args()
    count = 1000 if asked.all else asked.count
    wrong, seen = 0, collections.Counter()
    for number in range(asked.first, asked.first + count):
        try:
            check(asked.seed, number, seen)
        except Wrong as problem:
            wrong += 1
            print(f"--seed {asked.seed} --first {number}: {problem}", file=sys.stderr)
            if asked.wrong:
                break
    print(f"{count - wrong} of {count} packs are taken apart and built again")
    if asked.wrong:
        sys.exit(0 if wrong else 1)
    never = {*spoilt_packs.SPOILT, *spoilt_packs.HOSTILE, *spoilt_packs.HOSTILE_TILES} - set(seen)
    if count >= EVERY_KIND and never:
        print("never judged:", ", ".join(sorted(never)), file=sys.stderr)
        wrong += 1
    sys.exit(1 if wrong or not count else 0)


if __name__ == "__main__":
    main()
