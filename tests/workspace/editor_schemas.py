#!/usr/bin/python3
"""The JSON Schemas for editors say the same as the check: over the corpus, and over changes of right documents.

    editor_schemas.py PRINTER CHECKER

PRINTER is print_editor_schema, CHECKER is check_documents. The schema never refuses what the check accepts. What it accepts and
the check refuses is one of UNSAID: what JSON Schema has no words for."""

import copy
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BATCH = 400

# docs/contracts/workspace.md 3.7 has this list, in words.
UNSAID = {
    "the text": r"(declaration|registry)-syntax: ",
    "a number that is an integer and is not spelt as one": r"[a-z-]+: .*(is not an integer|has a fraction|an integer|-0)",
    "an index of a palette that is there twice": r"palette-index: two palettes have the index",
    "a palette that is not declared": r"palette-index: no palette of the asset has the index",
    "a size that is there twice": r"declaration-value: decoded_size is not the one in output.metadata",
    "ids that do not rise": r"registry-shape: the ids of the records must rise",
    "a next id that is too low": r"registry-shape: next_asset_id must be above every asset_id",
    "records that do not go together": r"(registry-duplicate|root-invalid): ",
    "U+0000 in a free string": r"[a-z-]+: a string has the character U\+0000",
    "depth": r"declaration-value: .*(deep|level)",
}

VALUES = (None, True, False, 0, 1, -1, 15, 16, 63, 64, 1023, 1024, 2**31 - 1, 2**31, 2**53 - 1, 2**53, 1.5, "", "x", "../x", "/x", "a//b", "a/./b",
          "a\\b", "a\n", "\u007f", ".prometeu", ".prometeu/x", ".prometeus", "NONE", "RAW", "glyph_bank", "scene_bank", "GLYPH/indexed_v1",
          "GLYPH/raw_v1", "SOUNDS/pcm16le_v1", "TILES/raw_v1", "alpha", "banked", "left", "source", "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10",
          "0B0AD1A4-9D5C-4A3E-8F27-2D6F3B3C9A10", "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10\n", [], ["x"], ["x", "y"], [{"path": "x"}], {}, {"x": 1})

ASSETS = [
    {"schema_version": 1, "asset_uuid": "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10", "name": "hero", "type": "glyph_bank",
     "inputs": {"palettes": [{"index": 0, "path": "hero.gpl"}], "sprites": ["a.png", {"path": "b.png", "tile": 4, "palette": 0}]},
     "output": {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 16, "free": [1, {"x": None}]},
                "pipeline": {"transparent": "alpha", "indices": "banked", "pad": True, "free": "x"}, "codec_configuration": {}},
     "preload": {"enabled": True, "slot": 3}, "build": {"hint": 1.5}, "$schema": "x"},
    {"schema_version": 1, "name": "jump", "type": "sound_bank", "inputs": {"sources": ["jump.wav"]},
     "output": {"format": "SOUNDS/pcm16le_v1", "codec": "NONE", "pipeline": {"channels": "mix", "loop": "source"}}, "preload": {"enabled": False}},
    {"schema_version": 1, "name": "cave", "type": "scene_bank", "inputs": {"sources": ["cave.bin"]},
     "output": {"format": "SCENE/raw_v1", "codec": "NONE", "decoded_size": 5, "metadata": {"decoded_size": 5}}, "preload": {"enabled": False}},
]
INDICES = [
    {"schema_version": 1, "next_asset_id": 9, "$schema": "x", "assets": [
        {"asset_id": 1, "asset_uuid": "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a10", "root": "ui/hero", "included_in_build": True},
        {"asset_id": 4, "asset_uuid": "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a11", "root": "jump", "included_in_build": False}]},
]


def asset(old, new):
    text = json.dumps(ASSETS[0])
    assert old in text
    return text.replace(old, new)


SPELT = {  # what json.dumps does not write
    "asset": [asset('"slot": 3', '"slot": 3.0'), asset('"slot": 3', '"slot": 3e0'), asset('"tile": 4', '"tile": 4.0'),
              asset('"tile_size": 16', '"tile_size": 16.0'), asset('"tile_size": 16', '"tile_size": 16, "x": -0'),
              asset('"index": 0', '"index": -0'), asset('"free": "x"', '"free": 1e3'), asset('"hero.gpl"}', '"hero.gpl"}, {"index": 0, "path": "x"}'),
              asset('"name": "hero"', '"name": "\\ud800"'), asset('"free": "x"', '"free": ' + "[" * 124 + "]" * 124),
              asset('"hint": 1.5', '"hint": ' + "[" * 140 + "]" * 140)],
    "index": [json.dumps(INDICES[0]).replace('"asset_id": 1', '"asset_id": 1.0'), json.dumps(INDICES[0]).replace("9,", "9e0,")],
}


def places(value, at=()):
    """Where a value and all that is in it are."""
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, at + (key,))


def changed(document, at, change):
    """A copy in which change(holder, key) was applied to the value at a place."""
    holder = root = [copy.deepcopy(document)]
    key = 0
    for step in at:
        holder, key = holder[key], step
    change(holder, key)
    return root[0] if root else None


def variants(document):
    """The document, and all that differ from it in one place."""
    yield document
    for at in places(document):
        if at:
            yield changed(document, at, lambda holder, key: holder.pop(key))
        for value in VALUES:
            yield changed(document, at, lambda holder, key, value=value: holder.__setitem__(key, value))
        for key in ("extra", "pipeline", "tile_size", "decoded_size", "slot", "sources", "sprites", "loop", "pad"):
            yield changed(document, at + (key,), lambda holder, key: isinstance(holder, dict) and holder.setdefault(key, 5))


def texts(kind):
    """(name, bytes) of each document."""
    for number, document in enumerate(ASSETS if kind == "asset" else INDICES):
        for place, variant in enumerate(variants(document)):
            yield f"{kind} {number}.{place}", json.dumps(variant).encode("utf-8")
    for number, text in enumerate(SPELT[kind]):
        yield f"{kind} spelt {number}", text.encode("utf-8")
    yield from seeds(kind)


def seeds(kind):
    """Documents of the corpus. Two bytes after those of the fuzz target say which of the two each is."""
    fuzzed = glob.glob(os.path.join(ROOT, "corpus", "fuzz", "declaration", f"{kind}-*")) + \
        glob.glob(os.path.join(ROOT, "corpus", "regressions", "declaration", "*"))
    whole = glob.glob(os.path.join(ROOT, "corpus", "workspaces", "*", "assets", "**", f"{kind}.json"), recursive=True) + \
        glob.glob(os.path.join(ROOT, "corpus", "workspaces", "*", "assets", ".prometeu", f"{kind}.json"))
    for paths, tail in ((fuzzed, 2), (whole, 0)):
        for path in sorted(paths):
            with open(path, "rb") as file:
                data = file.read()
            yield os.path.relpath(path, ROOT), data[:len(data) - tail]


def parsed(data):
    """(whether it is JSON without a key twice, the value)"""
    def pairs(found):
        if len(dict(found)) != len(found):
            raise ValueError
        return dict(found)
    try:
        return True, json.loads(data.decode("utf-8"), object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return False, None


def checked(checker, kind, documents, directory):
    """What the check says about each: a list of "id: message", empty when it is accepted."""
    said = []
    for begin in range(0, len(documents), BATCH):
        paths = []
        for number, (_, data) in enumerate(documents[begin:begin + BATCH]):
            paths.append(os.path.join(directory, str(number)))
            with open(paths[-1], "wb") as file:
                file.write(data)
        output = subprocess.run([checker, kind, *paths], check=True, capture_output=True).stdout.decode("utf-8", "replace")
        lines = output.split("\n")[:-1]
        if len(lines) != len(paths):
            raise AssertionError(f"{len(lines)} lines for {len(paths)} documents")
        said += [[] if line == "ok" else line.split("\t") for line in lines]
    return said


class Comparison:
    def __init__(self):
        self.wrong = []
        self.unsaid = dict.fromkeys(UNSAID, 0)
        self.counts = {"accepted": 0, "refused": 0}

    def document(self, name, data, said, validator):
        is_json, value = parsed(data)
        if not is_json:
            return
        faults = [fault.message for fault in validator.iter_errors(value)]
        self.counts["refused" if said else "accepted"] += 1
        if not said and faults:
            self.wrong.append(f"{name}: the schema refuses it: {faults[:2]}: {data[:300]}")
        if said and not faults:
            reasons = {reason for reason, pattern in UNSAID.items() for each in said if re.match(pattern, each)}
            for reason in reasons:
                self.unsaid[reason] += 1
            if not reasons:
                self.wrong.append(f"{name}: the schema accepts it, and the check says {said[:2]}: {data[:300]}")

    def schema(self, printed, path):
        """The schema is the one in the documents, and tells an editor about every member."""
        with open(path, encoding="utf-8") as file:
            if json.load(file) != printed:
                self.wrong.append(f"{path} is not what print_editor_schema prints")
        jsonschema.Draft7Validator.check_schema(printed)
        for at in places(printed):
            if len(at) < 2 or at[-2] != "properties" or "if" in at or "then" in at:
                continue
            member = printed
            for step in at:
                member = member[step]
            if member is False:
                continue
            if not (member.get("title") and member.get("description") and member.get("examples")):
                self.wrong.append(f"{path}: {'/'.join(map(str, at))} tells an editor nothing")
            whole = {**{key: value for key, value in member.items()}, "definitions": printed.get("definitions", {})}
            for example in member.get("examples", []):
                if not jsonschema.Draft7Validator(whole).is_valid(example):
                    self.wrong.append(f"{path}: the example {example} of {'/'.join(map(str, at))} is wrong")


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    printer, checker = arguments
    comparison = Comparison()
    for kind in ("asset", "index"):
        printed = json.loads(subprocess.run([printer, kind], check=True, capture_output=True).stdout)
        comparison.schema(printed, os.path.join(ROOT, "docs", "schemas", f"{kind}.schema.json"))
        documents = list(texts(kind))
        validator = jsonschema.Draft7Validator(printed)
        with tempfile.TemporaryDirectory(prefix="prpack-schemas-") as directory:
            for (name, data), said in zip(documents, checked(checker, kind, documents, directory)):
                comparison.document(name, data, said, validator)
    for reason, count in comparison.unsaid.items():
        if count == 0:
            comparison.wrong.append(f"nothing is refused for {reason}: it need not be listed")
    for wrong in comparison.wrong[:60]:
        print(f"not ok - {wrong}")
    print(f"{len(comparison.wrong)} wrong; {comparison.counts}; only the check says: {comparison.unsaid}")
    return 1 if comparison.wrong or min(comparison.counts.values()) < 100 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
