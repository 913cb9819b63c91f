"""Registries of two branches."""

from harness.trees import with_directories
from harness.workspaces import scenes


def diverged():
    """A workspace, and in "out" two registries that come from one, and that one: each has added an asset with the id 2."""
    cave = {"cave": b"a cave"}
    base, one, other = (scenes({**cave, **more})["assets/.prometeu/index.json"] for more in ({}, {"one": b"1"}, {"other": b"2"}))
    return with_directories({**scenes(cave), "out/base": base, "out/named": one, "out/theirs": other.replace(b"000000000002", b"000000000003")})
