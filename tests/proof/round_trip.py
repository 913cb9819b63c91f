"""A pack conforms exactly when taking it apart and building it again gives the same bytes: docs/contracts/extract.md, 1.

Packs are drawn by random_packs.py, by no code of prpack. Of each one:

- `extract` and then `build` give the same assets.pa, without a companion and with one; two extractions are equal;
- some of its assets alone give the pack of these assets;
- Pillow sees in each extracted picture what the console shows of the payload, and Python's wave module hears each sound;
- with one change that the console accepts and the contract does not, `extract` says so, and `build` gives other bytes or refuses.

Usage: round_trip.py [--count N] [--seed S] [--first I], with PRPACK in the environment."""

import argparse
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
from random_packs import COLOURS, SIDE  # noqa: E402


class Wrong(Exception):
    pass


def require(holds, *said):
    if not holds:
        raise Wrong(" ".join(map(str, said)))


def extract(directory, pack, to, *assets, code=WELL):
    ended = prpack(directory, "extract", pack, *assets, "--to", to, "--format", "json")
    require(ended.code == code, "extract:", ended)
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


def shown(data):
    """RGBA of a PNG, by Pillow; what is not drawn has no colour."""
    with PIL.Image.open(io.BytesIO(data)) as picture:
        require(picture.mode == "P", "the picture is not indexed")
        return [pixel if pixel[3] else (0, 0, 0, 0) for pixel in picture.convert("RGBA").getdata()], picture.width


def check_sprites(root, declaration, entry, payload):
    size = entry["metadata"]["tile_size"]
    recorded = {each["path"] if isinstance(each, dict) else each: each for each in declaration["inputs"]["sprites"]}
    for path, element in recorded.items():
        pixels, width = shown(read(os.path.join(root, path)))
        columns = width // size
        numbers = list(range(element["tile"], element["tile"] + len(pixels) // size**2))
        if "palette" in element:
            require(pixels == seen(payload, numbers, size, columns, [element["palette"]] * len(numbers)), path, "shows other pixels")
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


def check_assets(workspace, drawn):
    """What was extracted of each asset, seen by programs that are not ours."""
    registry = json.loads(read(os.path.join(workspace, "assets/.prometeu/index.json")))
    for record in registry["assets"]:
        root = os.path.join(workspace, "assets", record["root"])
        declaration = json.loads(read(os.path.join(root, "asset.json")))
        index = drawn.index(record["asset_id"])
        entry, payload = drawn.table[index], drawn.payloads[index]
        require(declaration["name"] == entry["asset_name"], "the name is", declaration["name"])
        if declaration["output"]["format"] == "GLYPH/indexed_v1":
            check_sprites(root, declaration, entry, payload)
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


# ---- Packs that load and do not conform ----


def parts_of(pack):
    length, begin = sets.PRELUDE.unpack_from(pack)[2:4]
    return pack[sets.PRELUDE.size:sets.PRELUDE.size + length], pack[begin:]


def put_together(header, payload, gap=b"", flags=0):
    return sets.PRELUDE.pack(b"ASPA", 1, len(header), sets.PRELUDE.size + len(header) + len(gap), flags, 0, 0) + header + gap + payload


def with_member(drawn, change):
    """The pack with one entry of the table changed by hand."""
    header, payload = parts_of(drawn.artifacts()["assets.pa"])
    document = json.loads(header)
    change(document)
    return put_together(sets.canonical(document), payload)


def spoil(random_, drawn):
    """A name and the bytes of a pack that the console accepts."""
    header, payload = parts_of(drawn.artifacts()["assets.pa"])
    ways = {
        "white space": lambda: put_together(header.replace(b":", b": ", 1), payload),
        "a gap": lambda: put_together(header, payload, gap=b"\0" * random_.randint(1, 40)),
        "bytes at the end": lambda: put_together(header, payload + b"x"),
        "flags": lambda: put_together(header, payload, flags=1),
        "no preload": lambda: with_member(drawn, lambda document: document.pop("preload")),
        "a member that nobody knows": lambda: with_member(drawn, lambda document: document.update(zzz=1)),
    }
    if drawn.table:
        index = random_.randrange(len(drawn.table))
        ways |= {
            "a fraction": lambda: with_member(drawn, lambda document: document["asset_table"][index]["metadata"].update(zoom=1.5)),
            "a large number": lambda: with_member(drawn, lambda document: document["asset_table"][index]["metadata"].update(zoom=2**60)),
            "U+0000": lambda: with_member(drawn, lambda document: document["asset_table"][index]["metadata"].update(zoom="a\0b")),
            "pipeline": lambda: with_member(drawn, lambda document: document["asset_table"][index]["metadata"].update(pipeline={})),
            "an empty name": lambda: with_member(drawn, lambda document: document["asset_table"][index].update(asset_name="")),
            "the id 0": lambda: with_member(drawn, lambda document: document["asset_table"][0].update(asset_id=0)),
            "another frame": lambda: with_member(drawn, lambda document: document["asset_table"][index]["metadata"].update(
                frames=5 + len(payload), tile_size=7, decoded_size=3)),
        }
    if len(drawn.table) > 1:
        ways |= {
            "one name twice": lambda: with_member(drawn, lambda document: document["asset_table"][1].update(
                asset_name=document["asset_table"][0]["asset_name"])),
            "another order": lambda: with_member(drawn, lambda document: document["asset_table"].reverse()),
            "one id twice": lambda: with_member(drawn, lambda document: document["asset_table"][1].update(
                asset_id=document["asset_table"][0]["asset_id"])),
        }
    way = random_.choice(sorted(ways))
    return way, ways[way]()


def check_spoilt(random_, directory, drawn):
    way, pack = spoil(random_, drawn)
    write(os.path.join(directory, "spoilt/assets.pa"), pack)
    judged = prpack(directory, "inspect", "spoilt/assets.pa", "--format", "json").documents()[0]
    if judged["conforms"] or not judged["loads"]:  # "the id 0" of an asset that is preloaded, and others: not what was wanted
        return
    document = extract(directory, "spoilt/assets.pa", "spoilt-out", code=WRONG)
    require(document["conforms"] is False, way, document)
    require(os.path.isdir(os.path.join(directory, "spoilt-out/assets")), way, "nothing was extracted")
    require(rebuilt(directory, "spoilt-out") != pack, way, "is built again, though it does not conform")


def check(seed, number):
    random_ = random.Random(f"{seed}:{number}")
    drawn = random_packs.RandomSet(random_)
    with Scratch() as directory:
        check_whole(directory, drawn, drawn.artifacts()["assets.pa"])
        check_part(random_, directory, drawn)
        check_spoilt(random_, directory, drawn)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    wrong = 0
    for number in range(asked.first, asked.first + asked.count):
        try:
            check(asked.seed, number)
        except Wrong as problem:
            wrong += 1
            print(f"--seed {asked.seed} --first {number}: {problem}", file=sys.stderr)
    print(f"{asked.count - wrong} of {asked.count} packs are taken apart and built again")
    sys.exit(1 if wrong or not asked.count else 0)


if __name__ == "__main__":
    main()
