"""Workspaces of small raw scenes, and what prpack makes of a workspace."""

import json
import os

from harness.pictures import png
from harness.program import WELL, prpack
from harness.trees import Scratch, read_tree, with_directories, write_tree

ARTIFACTS = ("asset_table.json", "preload.json", "asset_table_metadata.json", "assets.pa")


def scenes(assets, left_out=()):
    """The tree of a workspace of raw scenes: {root: bytes}, ids from 1 in that order."""
    tree = {}
    records = []
    for number, (root, data) in enumerate(assets.items(), start=1):
        uuid = f"00000000-0000-4000-8000-{number:012d}"
        records.append({"asset_id": number, "asset_uuid": uuid, "root": root,
                        "included_in_build": root not in left_out})
        tree[f"assets/{root}/asset.json"] = json.dumps({
            "schema_version": 1, "asset_uuid": uuid, "name": root.replace("/", "_"), "type": "scene_bank",
            "inputs": {"sources": ["data.bin"]}, "output": {"format": "SCENE/raw_v1", "codec": "NONE"},
            "preload": {"enabled": False}}).encode()
        tree[f"assets/{root}/data.bin"] = data
    tree["assets/.prometeu/index.json"] = json.dumps(
        {"schema_version": 1, "next_asset_id": len(records) + 1, "assets": records}).encode()
    return with_directories(tree)


def painted():
    """The tree of a workspace with a truecolour picture that needs palettes: a declared one with a free entry, and a new one."""
    tree = scenes({"cave": b""})
    del tree["assets/cave/data.bin"]
    declaration = json.loads(tree["assets/cave/asset.json"])
    declaration.update(type="glyph_bank", inputs={"palettes": [{"index": 0, "path": "shades/own.hex"}], "sprites": ["cave.png"]},
                       output={"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}})
    tree["assets/cave/asset.json"] = json.dumps(declaration).encode()
    colours = [bytes((8 * number, 0, 0)) for number in range(1, 25)]
    tiles = colours[:1], colours[1:15], colours[15:]
    rows = b"".join(b"\0" + b"".join(tile[(8 * y + x) % len(tile)] for tile in tiles for x in range(8)) for y in range(8))
    tree["assets/cave/cave.png"] = png(24, 8, 2, rows)
    tree["assets/cave/shades/own.hex"] = b"000000\n000008\n"
    return with_directories(tree)


def with_more(tree):
    """A painted workspace, into which a sprite and a palette came after it was registered."""
    return {**tree, "assets/cave/more.png": tree["assets/cave/cave.png"], "assets/cave/more.hex": b"000000\nffffff\n"}


def tree_after(tree, *commands, workspace="."):
    """The tree that commands of prpack leave, which must end well."""
    with Scratch() as path:
        write_tree(path, tree)
        for command in commands:
            ended = prpack(os.path.join(path, workspace), *command)
            if ended.code != WELL:
                raise AssertionError(f"prpack {' '.join(command)}: {ended}")
        return read_tree(path)
