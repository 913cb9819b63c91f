"""Spoils packs and companions, one kind at a time: packs that the console accepts and docs/contracts/assets-pa-v1.md does not, and companions that
docs/contracts/extract.md, 4, does not use."""

import copy
import json

import sets

# ---- Packs ----


def parts_of(pack):
    length, begin = sets.PRELUDE.unpack_from(pack)[2:4]
    return pack[sets.PRELUDE.size:sets.PRELUDE.size + length], pack[begin:]


def put_together(header, payload, gap=b"", flags=0):
    return sets.PRELUDE.pack(b"ASPA", 1, len(header), sets.PRELUDE.size + len(header) + len(gap), flags, 0, 0) + header + gap + payload


def document_changed(change):
    """A way that changes the header as a JSON value."""
    def way(header, payload, index):
        document = json.loads(header)
        change(document, index)
        return put_together(sets.canonical(document), payload)
    return way


def entry_changed(**members):
    return document_changed(lambda document, index: document["asset_table"][index].update(members))


def metadata_changed(**members):
    return document_changed(lambda document, index: document["asset_table"][index]["metadata"].update(members))


def copied(member):
    """The second entry has a member of the first one."""
    return document_changed(lambda document, _: document["asset_table"][1].update({member: document["asset_table"][0][member]}))


def without_id(document, _):
    """The first entry has the id 0, and no slot has it."""
    first = document["asset_table"][0]
    document["preload"] = [each for each in document["preload"] if each["asset_id"] != first["asset_id"]]
    first["asset_id"] = 0


def colour_of_no_palette(header, payload, index):
    """The last colour of the last palette, which the author does not have."""
    entry = json.loads(header)["asset_table"][index]
    if entry["bank_type"] != "GLYPH" or entry["metadata"]["palette_authored"] == 64:
        return None
    end = entry["offset"] + entry["size"]
    return put_together(header, payload[:end - 1] + b"\x12" + payload[end:])


# Name -> (how many entries it needs, what makes the pack; None where it does not go).
SPOILT = {
    "white space": (0, lambda header, payload, _: put_together(header.replace(b":", b": ", 1), payload)),
    "a gap": (0, lambda header, payload, index: put_together(header, payload, gap=bytes(index + 1))),
    "bytes at the end": (0, lambda header, payload, _: put_together(header, payload + b"x")),
    "flags": (0, lambda header, payload, _: put_together(header, payload, flags=1)),
    "an unknown member": (0, document_changed(lambda document, _: document.update(zzz=1))),
    "a fraction": (1, metadata_changed(zoom=1.5)),
    "a large number": (1, metadata_changed(zoom=2**60)),
    "U+0000": (1, metadata_changed(zoom="a\0b")),
    "pipeline": (1, metadata_changed(pipeline={})),
    "an empty name": (1, entry_changed(asset_name="")),
    "a control character": (1, entry_changed(asset_name="a\nb")),
    "the id 0": (1, document_changed(without_id)),
    "other metadata": (1, metadata_changed(frames=5, tile_size=7, decoded_size=3)),
    "a colour of no palette": (1, colour_of_no_palette),
    "one name twice": (2, copied("asset_name")),
    "another order": (2, document_changed(lambda document, _: document["asset_table"].reverse())),
    "an overlap": (2, document_changed(lambda document, _: document["asset_table"][1].update(offset=0))),
}


def spoil(drawn, kind, index):
    """The bytes of the spoilt pack; None where this kind does not go."""
    least, way = SPOILT[kind]
    if len(drawn.table) < least:
        return None
    return way(*parts_of(drawn.artifacts()["assets.pa"]), index % len(drawn.table) if drawn.table else 0)


# ---- Companions ----


def root_of(text):
    return lambda recorded: recorded[0].update(asset_root=text)


def second(make):
    """A change of the second record that needs the first one."""
    return lambda recorded: recorded[1].update(make(recorded[0]))


# Name -> (how many entries it needs, what changes the records).
HOSTILE = {
    "a root outside": (1, root_of("../x")),
    "an absolute root": (1, root_of("/tmp/x")),
    "a root in .prometeu": (1, root_of(".prometeu/x")),
    "a root with a long component": (1, root_of("a" * 256)),
    "a root in a root": (2, second(lambda first: {"asset_root": first["asset_root"] + "/in"})),
    "a root twice": (2, second(lambda first: {"asset_root": first["asset_root"]})),
    "a uuid twice": (2, second(lambda first: {"asset_uuid": first["asset_uuid"]})),
}


def tiles_changed(change):
    """A change of the tiles of the first sheet."""
    def changed(recorded):
        tiles = next((record["tiles"] for record in recorded if record.get("tiles")), None)
        return tiles is not None and change(tiles) is not False
    return changed


def two_paths(first, other):
    """The paths of the first two sprites."""
    def change(tiles):
        if len(tiles) < 2:
            return False
        tiles[0]["path"], tiles[1]["path"] = first, other
        return True
    return tiles_changed(change)


def path_of(text):
    return tiles_changed(lambda tiles: tiles[0].update(path=text))


# Sprites that one directory cannot have: the asset has the one sheet instead, or the companion is not used.
HOSTILE_TILES = {
    "the path asset.json": path_of("asset.json"),
    "the path of a palette": path_of("palette-00.gpl"),
    "a path outside": path_of("../../x.png"),
    "an absolute path": path_of("/tmp/x.png"),
    "a path in a path": two_paths("a", "a/b"),
    "tiles outside of the sheet": tiles_changed(lambda tiles: tiles[0].update(tile=1024)),
    "tiles beyond 64 bits": tiles_changed(lambda tiles: tiles[0].update(columns=2**53 - 1, rows=2**53 - 1)),
    "a palette that is none": tiles_changed(lambda tiles: tiles[0].update(palette=64)),
}


def hostile(drawn, kind):
    """A set with this companion, with hashes that are right; None where this kind does not go."""
    changed = copy.deepcopy(drawn)
    if kind in HOSTILE_TILES:
        return changed if HOSTILE_TILES[kind](changed.recorded) else None
    least, change = HOSTILE[kind]
    if len(changed.recorded) < least:
        return None
    change(changed.recorded)
    return changed
