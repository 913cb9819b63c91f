"""The program that moves the directory of an asset: moving.c."""

import os

from harness.program import WELL, run
from harness.trees import Scratch, read_tree, write_tree
from harness.workspaces import scenes

MOVING = os.environ.get("PRPACK_MOVING", "")


def moved_before():
    """A workspace with a directory to be moved that has more than one file."""
    return {**scenes({"menu": b"a menu", "bay": b"the bay"}), "assets/bay/notes/read.txt": b"notes"}


def moved_after(before, arguments, directory="."):
    """The tree that the program leaves, which must end well."""
    with Scratch() as path:
        write_tree(path, before)
        ended = run([MOVING, *arguments], os.path.join(path, directory))
        if ended.code != WELL:
            raise AssertionError(f"{arguments}: {ended}")
        return read_tree(path)
