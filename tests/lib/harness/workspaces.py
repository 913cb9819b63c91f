"""Workspaces of small raw scenes, and what prpack makes of a workspace."""

import json
import os

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


def tree_after(tree, *commands, workspace="."):
    """The tree that commands of prpack leave, which must end well."""
    with Scratch() as path:
        write_tree(path, tree)
        for command in commands:
            ended = prpack(os.path.join(path, workspace), *command)
            if ended.code != WELL:
                raise AssertionError(f"prpack {' '.join(command)}: {ended}")
        return read_tree(path)
