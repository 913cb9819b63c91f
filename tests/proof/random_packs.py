"""Draws packs that conform, with their companions, from docs/contracts/assets-pa-v1.md alone. No code of prpack takes part, so what it
makes is not what the writer makes: rare metadata, ids, names, sheets that no picture gives, sprites anywhere."""

import array
import random

import sets

SIDE, PALETTES, COLOURS = 256, 64, 16
EXACT = 2**53 - 1
CODEPOINTS = ("abcdefghijklmnopqrstuvwxyz", "ABCXYZ019 _-./\\:*?\"<>|'&;%$#", "\u00e4\u00f6\u00fc\u00df\u30d2\u30fc\u30ed\u30fc", "\u202e\u200b\ufeff\u0301",
              "\U0001f600\U0001d11e", "\u2028\u2029\u0085")
HOSTILE = ("..", ".", "/", "../../x", "/etc/passwd", "con", "a/../b", "~", "-rf", "asset.json", ".prometeu", "a" * 300, "%s%n", "x\\y", " ", "<script>")


def text(random_, most=12, control=False):
    """A string; with control characters where these may stand."""
    if random_.random() < 0.15:
        return random_.choice(HOSTILE)
    letters = random_.choice(CODEPOINTS) + random_.choice(CODEPOINTS) + ("\x01\x1f\n\t\x7f" if control else "")
    return "".join(random_.choice(letters) for _ in range(random_.randint(1, most)))


def integer(random_):
    return random_.choice([0, 1, -1, EXACT, -EXACT, random_.randint(-EXACT, EXACT), random_.randint(0, 300)])


def value(random_, depth):
    kind = random_.randrange(8 if depth > 0 else 5)
    if kind >= 5:
        some = range(random_.randint(0, 4))
        return [value(random_, depth - 1) for _ in some] if kind == 5 else {text(random_, control=True): value(random_, depth - 1) for _ in some}
    return random_.choice([None, True, False, integer(random_), integer(random_), text(random_, control=True), ""])


def deep(random_, levels):
    found = integer(random_)
    for _ in range(levels):
        found = [found] if random_.random() < 0.5 else {text(random_): found}
    return found


def extra(random_):
    """Members of metadata that the author has declared: any JSON without fractions, up to 124 levels with the metadata itself."""
    found = {text(random_, control=True): value(random_, random_.randint(0, 4)) for _ in range(random_.choice([0, 0, 1, 2, 6]))}
    if random_.random() < 0.05:
        found["deep"] = deep(random_, random_.choice([30, 122, 123]))
    found.pop("pipeline", None)
    return found


# ---- GLYPH ----


def palette(random_):
    used = random_.choice([0, 1, 2, 15, 16, 16])
    few = [random_.randrange(65536) for _ in range(random_.choice([1, 3, 40]))]
    return [random_.choice(few) for _ in range(used)] + [0] * (COLOURS - used)


def paint(random_, pixels, number, size, pool):
    """Fills a tile: with noise, with one index, or with nothing."""
    left, top = number % (SIDE // size) * size, number // (SIDE // size) * size
    kind = random_.random()
    for y in range(top, top + size):
        row = y * SIDE + left
        if kind < 0.15:
            continue
        if kind < 0.3:
            pixels[row:row + size] = bytes([pool[number % len(pool)]]) * size
        else:
            begin = random_.randrange(len(NOISE) - size)
            pixels[row:row + size] = bytes(pool[byte % len(pool)] for byte in NOISE[begin:begin + size])


NOISE = random.Random(5).randbytes(4096)


def sprite(random_, path, tile, columns, rows, authored):
    number = columns * rows
    recorded = {"path": path, "tile": tile, "columns": columns, "rows": rows}
    several = [random_.randrange(min(authored, random_.choice([2, 16, 64]))) for _ in range(number)] if random_.random() < 0.3 else [0]
    if len(set(several)) > 1:
        return {**recorded, "palettes": several}
    return {**recorded, "palette": random_.randrange(authored)}


def sprites(random_, size, authored):
    """Sprites that lie behind each other, with gaps, until the sheet has no room or there are enough."""
    found, at, all_tiles = [], 0, (SIDE // size)**2
    names = [text(random_).strip("/") or "s" for _ in range(random_.randint(1, 20))]
    while len(found) < random_.choice([1, 3, 30]) or not found:
        at += random_.choice([0, 0, 0, 1, 7])
        columns, rows = random_.randint(1, 4), random_.randint(1, 4)
        if at + columns * rows > all_tiles:
            break
        path = f"{random_.choice(names)}{len(found) if random_.random() < 0.9 else ''}.png"
        found.append(sprite(random_, "/".join(part for part in path.split("/") if part not in ("", ".", "..")) or "s.png", at, columns, rows, authored))
        at += columns * rows
    random_.shuffle(found)
    return [{**each, "path": each["path"].replace("\\", "_")} for each in found] or [sprite(random_, "s.png", 0, 1, 1, authored)]


def glyph(random_):
    """Metadata, payload, and the `tiles` of the companion."""
    size = random_.choice([8, 16, 32])
    authored = random_.choice([1, 1, 2, 5, 17, 64])
    pixels = bytearray(SIDE * SIDE)
    pool = random_.choice([[0], [1], [0, 1], list(range(16)), [15, 0, 3]])
    tiles = sprites(random_, size, authored)
    for each in tiles:
        for number in range(each["tile"], each["tile"] + each["columns"] * each["rows"]):
            paint(random_, pixels, number, size, pool)
    words = array.array("H", [colour for _ in range(authored) for colour in palette(random_)] + [0] * (COLOURS * (PALETTES - authored)))
    if array.array("H", [1]).tobytes() == b"\0\1":
        words.byteswap()
    plane = bytes(pixels[i] << 4 | pixels[i + 1] for i in range(0, len(pixels), 2))
    metadata = {**extra(random_), "tile_size": size, "width": SIDE, "height": SIDE, "palette_count": PALETTES, "palette_authored": authored}
    return metadata, plane + words.tobytes(), tiles


# ---- The others ----


def sound(random_):
    frames = random_.choice([0, 1, 2, 3, 1000, 40000])
    metadata = {**extra(random_), "sample_rate": random_.choice([8000, 11025, 44100, 48000, random_.randint(8000, 48000)]), "channels": 1,
                "frames": frames}
    metadata.pop("loop_start", None)
    metadata.pop("loop_end", None)
    if frames > 0 and random_.random() < 0.5:
        metadata["loop_start"] = random_.randrange(frames)
        metadata["loop_end"] = random_.randint(metadata["loop_start"] + 1, frames)
    return metadata, random_.choice([random_.randbytes, lambda size: b"\r\n" * (size // 2), bytes])(2 * frames), None


def scene(random_):
    payload = random_.randbytes(random_.choice([0, 1, 4, 5000]))
    return extra(random_), random_.choice([payload, b"\x89PNG\r\n\x1a\n" + payload]), None


BANKS = {"GLYPH": glyph, "SOUNDS": sound, "SCENE": scene}


def decoded_size(random_, bank, metadata, payload):
    if bank == "GLYPH":
        return SIDE * SIDE + 2 * COLOURS * PALETTES
    if bank == "SOUNDS":
        return len(payload)
    size = random_.choice([len(payload), 0, EXACT, 7])
    if random_.random() < 0.3:
        metadata["decoded_size"] = size
    else:
        metadata.pop("decoded_size", None)
    return size


class RandomSet(sets.BuildSet):
    """A build set, as BuildSet has it. It is not read but drawn."""

    def __init__(self, random_):  # pylint: disable=super-init-not-called
        self.table, self.payloads, self.recorded = [], [], []
        names, ids, uuids = set(), set(), set()
        for _ in range(random_.choice([0, 1, 1, 2, 3, 8])):
            ids.add(random_.choice([random_.randint(1, 20), random_.randint(1, 2**31 - 1), 2**31 - 1]))
        for number in sorted(ids):
            name = text(random_)
            while name in names:
                name = text(random_, 30)
            names.add(name)
            self._add(random_, number, name, f"{len(uuids):08x}-{random_.randrange(65536):04x}-4000-8000-{number:012x}")
            uuids.add(number)
        self.preload = self._draw_preload(random_)
        self.lay_out()

    def _add(self, random_, number, name, uuid):
        bank = random_.choice(list(BANKS))
        metadata, payload, tiles = BANKS[bank](random_)
        self.table.append({"asset_id": number, "asset_name": name, "bank_type": bank, "codec": "NONE", "metadata": metadata,
                           "decoded_size": decoded_size(random_, bank, metadata, payload)})
        self.payloads.append(payload)
        paths = [each["path"] for each in tiles] if tiles else [random_.choice(["a.wav", "music/b c.flac", "x"])]
        record = {"asset_id": number, "asset_root": f"{random_.choice(['ui', 'Music', 'a/b'])}/{number}", "asset_uuid": uuid,
                  "inputs": [{"path": path, "size": 1, "xxh3_128": sets.digest(path.encode())} for path in paths]}
        if tiles:
            record["tiles"] = tiles
        if random_.random() < 0.2:
            record["pipeline"] = {"tool": text(random_), **({"pad": True} if random_.random() < 0.5 else {})}
        self.recorded.append(record)

    def _draw_preload(self, random_):
        found = []
        for bank in BANKS:
            slots = list(range(16))
            random_.shuffle(slots)
            of_bank = [entry["asset_id"] for entry in self.table if entry["bank_type"] == bank and random_.random() < 0.6]
            found += sorted(({"asset_id": number, "slot": slot} for number, slot in zip(of_bank, slots)), key=lambda each: each["slot"])
        return found
