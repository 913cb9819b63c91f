"""Random assets of pictures: every kind of PNG, of palette and of declaration, most of which can be packed."""

import json

from picture import GREY, GREY_ALPHA, INDEXED, RGB, RGBA, Picture
from picture_rules import Asset, Sprite

# Colours of which some are one in RGB565, and some are grey.
POOL = [(0, 0, 0), (255, 0, 255), (248, 0, 0), (255, 0, 0), (0, 252, 0), (0, 0, 248), (16, 16, 16), (17, 17, 17), (85, 85, 85), (170, 170, 170),
        (255, 255, 255), (248, 252, 248), (0, 128, 128), (200, 100, 50), (201, 101, 51), (64, 64, 200), (12, 200, 90), (90, 12, 200)]
UUID = "00000000-0000-4000-8000-000000000001"


def _colours(r, most=16):
    return [r.choice(POOL) for _ in range(r.randint(2, most))]


def _size(r, tile_size, pad):
    side = [r.randint(1, 3) * tile_size for _ in range(2)]
    if pad or r.random() < 0.03:
        side = [max(1, length - r.randrange(tile_size)) for length in side]
    return side


def _indexed(r, width, height, colours):
    colours = list(colours)
    way = r.random()
    if way < 0.1:
        r.shuffle(colours)
    elif way < 0.2 and len(colours) > 2:
        colours = colours[:r.randint(2, len(colours))]
    elif way < 0.3:
        colours += _colours(r, 4)
    filled = r.random() < 0.25
    if filled:
        colours += [r.choice(POOL) for _ in range(r.choice([0, 16 - len(colours), 2]))]
    depth = r.choice([d for d in (1, 2, 4, 8) if len(colours) <= 1 << d])
    used = [k for k in range(len(colours)) if r.random() < 0.6] or [0]
    if r.random() < 0.7 and any(used):
        used = [k for k in used if k]
    trns = None
    way = r.random()
    if way < 0.25:
        trns = [0]
    elif way < 0.5:
        trns = [r.choice([0, 255, 255]) for _ in range(r.randint(1, len(colours)))]
    elif way < 0.55:
        trns = [255]
    elif way < 0.57:
        trns = [r.choice([0, 7, 255]) for _ in range(len(colours))]
    if trns and 0 in trns and r.random() < 0.7:
        used.append(trns.index(0))
    if filled:  # as programs do it: what no pixel has is anything
        colours = [colour if k in used else r.choice(POOL) for k, colour in enumerate(colours)]
    return Picture(width, height, INDEXED, depth, [(r.choice(used),) for _ in range(width * height)], colours, trns)


def _other(r, width, height, tile_size, palettes):
    """A picture without a palette whose tiles have the colours of one palette each, or of one palette in all."""
    one = r.choice(palettes)
    grey = all(colour[0] == colour[1] == colour[2] for colour in one)
    kind = r.choice([RGB, RGB, RGBA, RGBA, RGBA] + [GREY, GREY_ALPHA] * (3 * grey))
    depth = r.choice([8, 8, 8, 16]) if kind not in (GREY,) else r.choice([8, 16])
    apart = r.random() < 0.3
    entry_0 = r.random() < 0.15
    of_tile = {}
    pixels = []
    clear = r.random() < 0.6
    top = (1 << depth) - 1
    for i in range(width * height):
        tile = (i % width // tile_size, i // width // tile_size)
        colours = of_tile.setdefault(tile, r.choice(palettes) if apart and kind in (RGB, RGBA) else one)
        colour = r.choice(colours if entry_0 or len(colours) < 2 else colours[1:])
        samples = [sample * 257 if depth == 16 else sample for sample in (colour if kind in (RGB, RGBA) else colour[:1])]
        if kind in (GREY_ALPHA, RGBA):
            samples.append(0 if clear and r.random() < 0.3 else top)
        pixels.append(tuple(samples))
    picture = Picture(width, height, kind, depth, pixels)
    if kind in (GREY, RGB) and r.random() < 0.3:
        picture.trns = r.choice(pixels)
    if r.random() < 0.02:
        i = r.randrange(len(pixels))
        pixels[i] = pixels[i][:-1] + (3,)
    return picture


def _banked(r, width, height, tile_size, groups):
    colours = []
    for group in groups:
        colours += group
    depth = next(d for d in (4, 8) if len(colours) <= 1 << d)
    bank = {}
    pixels = []
    for i in range(width * height):
        tile = (i % width // tile_size, i // width // tile_size)
        k = bank.setdefault(tile, r.randrange(len(groups)))
        entry = r.randrange(0 if r.random() < 0.1 else 1, len(groups[k]))
        pixels.append((min(16 * k + entry, len(colours) - 1),))
    trns = r.choice([None, None, [0], [0 if k % 16 == 0 else 255 for k in range(len(colours))]])
    return Picture(width, height, INDEXED, depth, pixels, colours, trns)


def _shown(r, colours):
    """An indexed strip: its palette is in the order of the squares, or in another one, or longer."""
    palette = list(colours) + [r.choice(POOL) for _ in range(r.choice([0, 0, 3]))]
    order = list(range(len(colours)))
    if r.random() < 0.4:
        r.shuffle(order)
    if r.random() < 0.2:
        palette, order = [r.choice(POOL) for _ in range(20)] + palette, [20 + k for k in order]
    trns = r.choice([None, None, None, [0], [255, 0], [255] * (len(palette) - 1) + [0]])
    return Picture(len(order), 1, INDEXED, 8, [(k,) for k in order], palette, trns)


def _row(r, colours, side):
    """A strip of another kind. Some break a rule."""
    row = list(colours) + [r.choice(POOL) for _ in range(17 - len(colours) if r.random() < 0.03 else 0)]
    kind, depth = r.choice([RGB, RGB, RGBA]), r.choice([8, 8, 16])
    if all(colour[0] == colour[1] == colour[2] for colour in row):
        kind = r.choice([GREY, GREY_ALPHA])
    ending = r.choice([0, 0, 0, 1, 2]) if kind in (RGBA, GREY_ALPHA) and len(row) < 14 else 0
    top = (1 << depth) - 1
    first = r.choice([top, 0, 1])
    pixels = []
    for _ in range(side):
        for k, colour in enumerate(row + [r.choice(POOL)] * ending):
            samples = [sample * 257 if depth == 16 else sample for sample in (colour if kind in (RGB, RGBA) else colour[:1])]
            alpha = [first if k == 0 else top if k < len(row) else 0] if kind in (RGBA, GREY_ALPHA) else []
            pixels += [tuple(samples + alpha)] * side
    if r.random() < 0.06:
        i = r.randrange(len(pixels))
        pixels[i] = (pixels[i][0] ^ 1,) + pixels[i][1:] if r.random() < 0.5 else pixels[i][:-1] + (pixels[i][-1] ^ 1,)
    picture = Picture((len(row) + ending) * side, side, kind, depth, pixels)
    if kind in (GREY, RGB) and r.random() < 0.2:
        picture.trns = r.choice([pixels[0], pixels[0], pixels[-1]])
    return picture


def _painted(r, colours):
    """A palette as a picture."""
    way = r.random()
    if way < 0.15:
        return Picture(8, 8, INDEXED, 8, [(r.randrange(len(colours)),) for _ in range(64)], list(colours), r.choice([None, None, [255, 0]]))
    if way < 0.4:
        return _shown(r, colours)
    return _row(r, colours, r.choice([1, 1, 1, 8, 32]) if r.random() < 0.96 else r.choice([2, 7, 16]))


def _palette_file(r, name, colours):
    """(path, content)"""
    if r.random() < 0.3:
        return f"painted/{name}.png", _painted(r, colours)
    return f"{name}.hex", colours


def asset(r):
    tile_size = r.choice([8, 8, 8, 16])
    pad = r.random() < 0.3
    banked = r.random() < 0.15
    count = r.randint(1, 3)
    groups = [_colours(r) for _ in range(count)]
    if r.random() < 0.3 and count > 1:
        groups[1] = [groups[0][0]] + [r.choice(POOL) for _ in groups[0][1:]]  # a swap of colours
    if banked:
        groups = [(group * 16)[:16] for group in groups]
    palettes = None
    if r.random() < 0.6:
        indices = range(count) if banked else sorted(r.sample(range(64) if r.random() < 0.3 else range(count + 1), count))
        names = r.sample(["a", "b", "c", "one", "two", "s0", "s1"], count)
        palettes = {index: _palette_file(r, name, group) for index, name, group in zip(indices, names, groups)}
    sprites = []
    for i in range(r.randint(1, 4)):
        width, height = _size(r, tile_size, pad)
        group = r.choice(groups)
        if banked and r.random() < 0.8:
            picture = _banked(r, width, height, tile_size, groups)
        elif r.random() < (0.5 if palettes else 0.7):
            picture = _indexed(r, width, height, group)
        else:
            picture = _other(r, width, height, tile_size, groups)
        tile = r.randrange(12) if r.random() < 0.15 else None
        palette = r.choice(sorted(palettes) if palettes else [0, 1]) if r.random() < 0.1 else None
        folder = "deep/" if r.random() < 0.2 else ""
        sprites.append(Sprite(f"{folder}s{i}.png", picture, tile, palette))
    return Asset(tile_size, sprites, palettes, r.choice([None, None, None, "alpha", "index"]), banked, pad)


# ---- As files ----


def _declared_sprite(sprite):
    if sprite.tile is None and sprite.palette is None:
        return sprite.path
    members = {"path": sprite.path, "tile": sprite.tile, "palette": sprite.palette}
    return {name: value for name, value in members.items() if value is not None}


def _pipeline(drawn):
    members = {"transparent": drawn.transparent, "indices": "banked" if drawn.banked else None, "pad": True if drawn.pad else None}
    return {name: value for name, value in members.items() if value is not None}


def declaration(drawn):
    inputs = {"sprites": [_declared_sprite(sprite) for sprite in drawn.sprites]}
    if drawn.palettes is not None:
        inputs["palettes"] = [{"index": index, "path": path} for index, (path, _) in drawn.palettes.items()]
    output = {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": drawn.tile_size}}
    if _pipeline(drawn):
        output["pipeline"] = _pipeline(drawn)
    return {"schema_version": 1, "asset_uuid": UUID, "name": "drawn", "type": "glyph_bank", "inputs": inputs, "output": output,
            "preload": {"enabled": False}}


def tree(drawn):
    """The files of a workspace with this one asset, by path."""
    record = {"asset_id": 1, "asset_uuid": UUID, "root": "drawn", "included_in_build": True}
    files = {"assets/.prometeu/index.json": json.dumps({"schema_version": 1, "next_asset_id": 2, "assets": [record]}).encode(),
             "assets/drawn/asset.json": json.dumps(declaration(drawn)).encode()}
    for sprite in drawn.sprites:
        files[f"assets/drawn/{sprite.path}"] = sprite.picture.file()
    for path, content in (drawn.palettes or {}).values():
        is_picture = isinstance(content, Picture)
        files[f"assets/drawn/{path}"] = content.file() if is_picture else "".join("%02x%02x%02x\n" % colour for colour in content).encode()
    return files
