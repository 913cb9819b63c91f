"""The directory that the clients begin with: a picture and its palette, not a workspace yet."""

import contextlib
import os
import shutil

from harness.trees import Scratch

ITEMS = os.path.join(os.environ["PRPACK_ROOT"], "corpus", "workspaces", "demo", "assets", "items")


@contextlib.contextmanager
def new_project():
    with Scratch() as directory:
        items = os.path.join(directory, "assets", "items")
        os.makedirs(items)
        for name in ("items.png", "items.hex"):
            shutil.copy(os.path.join(ITEMS, name), items)
        yield directory
