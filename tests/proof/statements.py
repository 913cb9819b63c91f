"""Every member of the companions has a row in the table of workspace.md 3.6.1, and the row is true: a set whose one statement is
another, all hashes made anew, is noticed with sources; without them exactly as the row says. PRPACK is in the environment."""

import copy
import os
import re
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "lib"))

from harness.program import WELL, WRONG, prpack  # noqa: E402
from harness.trees import Scratch, write  # noqa: E402

import json  # noqa: E402

import sample  # noqa: E402
import sets  # noqa: E402

CONTRACT = os.path.join(HERE, "..", "..", "docs", "contracts", "workspace.md")
REASON = "sources, and what the companions record of registry, declarations and inputs: not asked for"
IN_PART = "compared in part"  # as far as the payload says


def rows():
    """{member: what is said of it without sources}"""
    with open(CONTRACT, encoding="utf-8") as file:
        section = file.read().split("#### 3.6.1 ")[1].split("\n## ")[0]
    found = {}
    for names, without in re.findall(r"^\| (`[^|]+`) \|.*\| ([^|]+) \|$", section, re.M):
        kind = IN_PART if without == "as `tiles`" or without.startswith("form, ") else without
        found.update((name, kind) for name in re.findall(r"`([^`]+)`", names))
    assert set(found.values()) == {"compared", "not checked", IN_PART}, found
    return found


def members(value, name=""):
    """The members of a document, elements of arrays as []. The inside of a pipeline is not the document's."""
    if isinstance(value, dict) and not name.endswith("pipeline"):
        for key, child in value.items():
            yield from members(child, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for child in value:
            yield from members(child, name + "[]")
    if name and not name.endswith("[]") and name != "assets_pa":
        yield name


def holder(document, name):
    """Where the first of that name is, and its last key."""
    *before, last = name.replace("[]", ".[]").split(".")
    values = [document]
    for key in before:
        values = [child for value in values for child in (value if key == "[]" else [value[key]] if key in value else [])]
    return next(value for value in values if last in value), last


def other(value):
    if isinstance(value, list):
        return value[:-1]
    if isinstance(value, dict):
        return {**value, "more": 1}
    if isinstance(value, int):
        return value + 2  # not from one version of the document to the next
    return value[:-1] + ("0" if value[-1] != "0" else "1")


def forge(artifacts, name):
    """The set with another value of one member; the document's own hash fits."""
    made = dict(artifacts)
    if name in made:
        made[name] = made[name].replace(b'"asset_id":1', b'"asset_id":2', 1)
        assert made[name] != artifacts[name]
        return made
    document = json.loads(made["asset_table_metadata.json"])
    value, key = holder(document, name)
    value[key] = other(copy.deepcopy(value[key]))
    if name != "document_xxh3_128":
        del document["document_xxh3_128"]
        document["document_xxh3_128"] = sets.digest(sets.canonical(document))
    made["asset_table_metadata.json"] = sets.canonical(document)
    return made


def verdict(project, *options):
    ended = prpack(project, "verify", "--format", "json", *options)
    return ended.code, ended.documents()[0]


def check(project, artifacts, name, without):
    for file, data in forge(artifacts, name).items():
        write(os.path.join(project, "build", file), data)
    code, report = verdict(project, "--sources")
    assert code == WRONG and report["matches"] is False, f"{name}: believed with sources"
    code, report = verdict(project)
    assert report["matches"] is None and REASON in report["not_checked"], report["not_checked"]
    codes = {"compared": [WRONG], "not checked": [WELL], IN_PART: [WELL, WRONG]}
    assert code in codes[without], f"{name} is {without} without sources, and the exit code is {code}"


def main():
    table = rows()
    with Scratch() as project:
        for path, data in sample.workspace().items():
            write(os.path.join(project, path), data)
        built = prpack(project, "build", "--verify")
        assert built.code == WELL, built
        artifacts = sets.BuildSet(os.path.join(project, "build")).artifacts()
        document = json.loads(artifacts["asset_table_metadata.json"])
        found = set(members(document)) | {"asset_table.json", "preload.json"}
        assert found == set(table), f"without a row: {found - set(table)}; of no member: {set(table) - found}"
        for name, without in table.items():
            check(project, artifacts, name, without)


if __name__ == "__main__":
    main()
