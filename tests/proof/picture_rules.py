"""A third reading of docs/contracts/workspace.md 3.2.2 and 3.2.2.1, beside those of the writer and the verifier: which index each pixel gets,
which palette each tile, and where each sprite lies."""

from console_view import SIDE, rgb565
from picture import Picture


class Refused(Exception):
    """The asset cannot be packed; the argument is the id."""


class Sprite:
    def __init__(self, path, picture, tile=None, palette=None):
        self.path, self.picture, self.tile, self.palette = path, picture, tile, palette


class Asset:
    """palettes: None, or {index: (path, content)}; the content is colours of 8 bits per channel, or a Picture that is to be a palette."""

    def __init__(self, tile_size, sprites, palettes=None, transparent=None, banked=False, pad=False):
        self.tile_size, self.sprites, self.palettes = tile_size, sprites, palettes
        self.transparent, self.banked, self.pad = transparent, banked, pad


class Laid:
    """What one sprite becomes: an index for each pixel of the picture, and a palette for each tile."""

    def __init__(self, sprite, asset):
        self.sprite, size = sprite, asset.tile_size
        picture = sprite.picture
        self.columns, self.rows = -(-picture.width // size), -(-picture.height // size)
        if not asset.pad and (picture.width % size or picture.height % size):
            raise Refused("image-size")
        if self.columns * self.rows * size * size > SIDE * SIDE:
            raise Refused("image-size")
        self.indices = [0] * len(picture.pixels)
        self.palettes = [None] * (self.columns * self.rows)
        self.tile = None

    def tile_pixels(self, number, size):
        """Numbers of the picture's pixels in one of its tiles."""
        picture = self.sprite.picture
        left, top = number % self.columns * size, number // self.columns * size
        return [y * picture.width + x for y in range(top, min(top + size, picture.height))
                for x in range(left, min(left + size, picture.width))]


def stem(path):
    name = path.rsplit("/", 1)[-1]
    head, dot, _ = name.rpartition(".")
    return head if dot else name


def _check_samples(picture):
    if picture.depth != 16:
        return
    for pixel in picture.pixels:
        colours = pixel[:-1] if picture.kind in (4, 6) else pixel
        if picture.kind in (4, 6) and pixel[-1] == 0:
            continue
        if any(sample >> 8 != sample & 255 for sample in colours):
            raise Refused("pixel-inexpressible")


def _translucent(picture):
    if picture.has_transparency and any(0 < picture.alpha(i) < 1 for i in range(len(picture.pixels))):
        raise Refused("pixel-translucent")


def is_opaque(asset, picture, i, key=None):
    """key: entry 0 of the palette that the pixel gets, where that is known."""
    if picture.has_transparency:
        return picture.alpha(i) == 1
    if asset.transparent == "alpha":
        return True
    if picture.indexed:
        return (picture.index(i) % 16 if asset.banked else picture.index(i)) != 0
    return not (asset.transparent == "index" and key is not None and rgb565(picture.colour(i)) == key)


def _exchanged_entry(picture):
    """The entry that changes places with entry 0, or 0."""
    clear = [k for k, alpha in enumerate(picture.trns or ()) if alpha == 0]
    return clear[0] if clear and clear[0] <= 15 else 0


def _exchanged(picture):
    """The colours of an indexed picture after the exchange."""
    colours, other = [tuple(colour) for colour in picture.palette], _exchanged_entry(picture)
    colours[0], colours[other] = colours[other], colours[0]
    return colours


def _own(picture):
    """The colours and the indices of an indexed picture after the exchange."""
    other = _exchanged_entry(picture)
    indices = [other if i == 0 else 0 if i == other else i for i in (picture.index(k) for k in range(len(picture.pixels)))]
    return [rgb565(colour) for colour in _exchanged(picture)], indices


def _entry(colours, colour):
    """The lowest of the entries 1 … 15 that has a colour, or None."""
    return next((k for k in range(1, min(16, len(colours))) if colours[k] == colour), None)


def strip(picture):
    """The colours of a row of squares, 8 bits per channel; None if the picture is not a strip."""
    side = picture.height
    count = picture.width // side
    if side not in (1, 8, 32) or picture.width != count * side or not 2 <= count <= 16:
        return None
    squares = [[y * picture.width + k * side + x for y in range(side) for x in range(side)] for k in range(count)]
    while squares and all(picture.alpha(i) == 0 for i in squares[-1]):
        squares.pop()
    for k, square in enumerate(squares):
        if len({picture.colour(i) for i in square}) > 1 or (k > 0 and any(picture.alpha(i) < 1 for i in square)):
            return None
        if picture.depth == 16 and any(sample % 257 for i in square if picture.alpha(i) == 1 for sample in picture.pixels[i]):
            return None
    colours = [tuple(picture.colour(square[0])) for square in squares]
    return colours if len(set(colours)) > 1 else None


def _declared_colours(content):
    """The entries of a palette file, in RGB565."""
    if not isinstance(content, Picture):
        return [rgb565(colour) for colour in content]
    shown = strip(content)
    if not content.indexed:
        if shown is None:
            raise Refused("palette-invalid")
        return [rgb565(colour) for colour in shown]
    own = _exchanged(content)[:16]
    if shown is not None and own[:len(shown)] != shown:
        return [rgb565(colour) for colour in shown]
    if shown is None and any(content.index(i) >= 16 for i in range(len(content.pixels))):
        raise Refused("palette-invalid")
    return [rgb565(colour) for colour in own]


def _by_colour(asset, picture, numbers, colours):
    """{pixel: index} in one palette, or None where it lacks a colour."""
    found = {}
    for i in numbers:
        colour = rgb565(picture.colour(i))
        if not is_opaque(asset, picture, i, colours[0]):
            found[i] = 0
            continue
        found[i] = _entry(colours, colour)
        if found[i] is None:
            return None
    return found


def _match(asset, laid, candidates, alone):
    """candidates: [(index, colours)]. One palette for the picture; else, unless it has to be alone, one for each tile."""
    picture = laid.sprite.picture
    everything = range(len(picture.pixels))
    for index, colours in candidates:
        found = _by_colour(asset, picture, everything, colours)
        if found is not None:
            laid.indices = [found[i] for i in everything]
            laid.palettes = [index] * len(laid.palettes)
            return
    if alone:
        raise Refused("pixel-inexpressible")
    for number in range(len(laid.palettes)):
        numbers = laid.tile_pixels(number, asset.tile_size)
        for index, colours in candidates:
            found = _by_colour(asset, picture, numbers, colours)
            if found is not None:
                for i in numbers:
                    laid.indices[i] = found[i]
                laid.palettes[number] = index
                break
        else:
            raise Refused("pixel-inexpressible")


def _keep_declared(asset, laid, candidates):
    picture = laid.sprite.picture
    colours, indices = _own(picture)
    opaque = [is_opaque(asset, picture, i) for i in range(len(indices))]
    used = {i for i, is_one in zip(indices, opaque) if is_one}
    if any(i >= 16 for i in used):
        return False
    for compared in (range(min(16, len(colours))), used):
        for index, declared in candidates:
            other = _entry(declared, colours[0])
            # An entry that the file does not have is black; opaque pixels of index 0 need another entry of their colour.
            alike = all(colours[k] == (declared[k] if k < len(declared) else 0) for k in compared)
            if alike and (0 not in used or other is not None):
                laid.indices = [(i or other) if is_one else 0 for i, is_one in zip(indices, opaque)]
                laid.palettes = [index] * len(laid.palettes)
                return True
    return False


def _bring(asset, laid):
    """The palette that an indexed picture brings; its indices are set."""
    picture = laid.sprite.picture
    colours, indices = _own(picture)
    colours = colours[:16]
    opaque = [is_opaque(asset, picture, i) for i in range(len(indices))]
    used = {i for i, is_one in zip(indices, opaque) if is_one}
    if any(i >= 16 for i in used):
        raise Refused("palette-invalid")
    other = None
    if 0 in used:
        other = _entry(colours, colours[0])
        if other is None and len(colours) < 16:
            other = len(colours)
            colours.append(colours[0])
        if other is None:
            other = next((k for k in range(1, 16) if k not in used), None)
            if other is None:
                raise Refused("pixel-inexpressible")
            colours[other] = colours[0]
    laid.indices = [(i or other) if is_one else 0 for i, is_one in zip(indices, opaque)]
    return colours


def _common(a, b):
    """The longer of two palettes, of which one is the beginning of the other; else None."""
    shared = min(len(a), len(b))
    return None if a[:shared] != b[:shared] else max(a, b, key=len)


def _collect(collected, colours):
    for index, known in enumerate(collected):
        longer = _common(known, colours)
        if longer is not None:
            collected[index] = longer
            return index
    if len(collected) == 64:
        raise Refused("palette-index")
    collected.append(colours)
    return len(collected) - 1


def _bank(asset, laid, palettes):
    """Banked indices of an indexed picture; palettes: {index: colours}."""
    picture = laid.sprite.picture
    for number in range(len(laid.palettes)):
        numbers = laid.tile_pixels(number, asset.tile_size)
        opaque = [i for i in numbers if is_opaque(asset, picture, i)]
        first = picture.index((opaque or numbers)[0]) // 16
        if laid.sprite.palette is not None:
            first = laid.sprite.palette
        elif first not in palettes:
            first = min(palettes)
        laid.palettes[number] = first
        for i in opaque:
            bank, entry = divmod(picture.index(i), 16)
            colour = rgb565(picture.colour(i))
            colours = palettes.get(bank, [])
            if bank != first or entry >= len(colours) or colours[entry] != colour:
                raise Refused("pixel-inexpressible")
            if entry == 0:
                entry = _entry(colours, colour)
                if entry is None:
                    raise Refused("pixel-inexpressible")
            laid.indices[i] = entry


def _lay_declared(asset, all_laid):
    palettes = {index: _declared_colours(content) for index, (_, content) in asset.palettes.items()}
    for laid in all_laid:
        sprite = laid.sprite
        if sprite.palette is not None and sprite.palette not in palettes:
            raise Refused("palette-index")
        named = [k for k in sorted(palettes) if stem(asset.palettes[k][0]) == stem(sprite.path)]
        order = named + [k for k in sorted(palettes) if k not in named]
        if sprite.palette is not None:
            order = [sprite.palette]
        candidates = [(k, palettes[k]) for k in order]
        if sprite.picture.indexed and asset.banked:
            _bank(asset, laid, palettes)
        elif not (sprite.picture.indexed and _keep_declared(asset, laid, candidates)):
            _match(asset, laid, candidates, sprite.palette is not None)
    return palettes


def _collect_banked(indexed):
    palettes = {}
    for laid in indexed:
        colours = [rgb565(colour) for colour in laid.sprite.picture.palette]
        for k in range(0, len(colours), 16):
            longer = _common(palettes.get(k // 16, []), colours[k:k + 16])
            if longer is None:
                raise Refused("palette-invalid")
            palettes[k // 16] = longer
    return palettes


def _lay_brought(asset, all_laid):
    indexed = [laid for laid in all_laid if laid.sprite.picture.indexed]
    if not indexed:
        raise Refused("palette-missing")
    brought = {}
    if asset.banked:
        palettes = _collect_banked(indexed)
    else:
        collected = []
        for laid in indexed:
            brought[id(laid)] = _collect(collected, _bring(asset, laid))
        palettes = dict(enumerate(collected))
    for laid in all_laid:
        sprite = laid.sprite
        if sprite.palette is not None and sprite.palette not in palettes:
            raise Refused("palette-index")
        own = brought.get(id(laid))
        if asset.banked and sprite.picture.indexed:
            _bank(asset, laid, palettes)
        elif own is not None and sprite.palette in (None, own):
            laid.palettes = [own] * len(laid.palettes)
        else:
            order = sorted(palettes) if sprite.palette is None else [sprite.palette]
            _match(asset, laid, [(k, palettes[k]) for k in order], sprite.palette is not None)
    return palettes


def _place(asset, all_laid):
    room = (SIDE // asset.tile_size) ** 2
    taken = set()
    for laid in [laid for laid in all_laid if laid.sprite.tile is not None]:
        laid.tile = laid.sprite.tile
        tiles = set(range(laid.tile, laid.tile + len(laid.palettes)))
        if max(tiles) >= room:
            raise Refused("sheet-full")
        if tiles & taken:
            raise Refused("tile-clash")
        taken |= tiles
    for laid in [laid for laid in all_laid if laid.sprite.tile is None]:
        count = len(laid.palettes)
        laid.tile = next((first for first in range(room - count + 1)
                          if not any(tile in taken for tile in range(first, first + count))), None)
        if laid.tile is None:
            raise Refused("sheet-full")
        taken |= set(range(laid.tile, laid.tile + count))


def _record(laid):
    record = {"path": laid.sprite.path, "tile": laid.tile, "columns": laid.columns, "rows": laid.rows}
    if len(set(laid.palettes)) == 1:
        return {**record, "palette": laid.palettes[0]}
    return {**record, "palettes": laid.palettes}


def lay_out(asset):
    """([Laid], {index: colours in RGB565}, the `tiles` table). Raises Refused with the id of one fault."""
    all_laid = [Laid(sprite, asset) for sprite in asset.sprites]
    for laid in all_laid:
        _check_samples(laid.sprite.picture)
        _translucent(laid.sprite.picture)
    palettes = (_lay_brought if asset.palettes is None else _lay_declared)(asset, all_laid)
    _place(asset, all_laid)
    return all_laid, palettes, [_record(laid) for laid in all_laid]


def warnings(asset, all_laid, palettes):
    """{(id, path)} of what the pictures lose."""
    found = set()
    for laid in all_laid:
        picture, size = laid.sprite.picture, asset.tile_size
        seen = {}
        for number in range(len(laid.palettes)):
            key = palettes[laid.palettes[number]][0]
            for i in laid.tile_pixels(number, size):
                if is_opaque(asset, picture, i, key):
                    seen.setdefault(rgb565(picture.colour(i)), set()).add(picture.colour(i))
                elif picture.indexed and not picture.has_transparency and asset.transparent is None:
                    found.add(("pixel-hidden", laid.sprite.path))
        if any(len(colours) > 1 for colours in seen.values()):
            found.add(("colour-merged", laid.sprite.path))
    return found
