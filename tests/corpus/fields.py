#!/usr/bin/python3
"""Changes every field of a small valid build, one at a time, and compares PROGRAM with the oracle's reading of the contract.

    fields.py PROGRAM [--show N] [--every N]

The fields: each of the prelude; each member of each object in the header, metadata included; each member of each object in the
three companions; each element of each array. A member is left out, renamed, repeated, and takes values of every type, the edges of
every range, its neighbours and the values that other members and other entries have. Compared are loads, conforms and the set of
ids with their classes, for packs with the byte position of each. And what a finding says of its own place must fit together: the
JSON pointer leads to the byte position, and what is shown as found there is what stands there."""

import argparse
import collections
import itertools
import os
import sys
import tempfile

import build_oracle
import builder
import cases_builds
import examine
import pack_oracle
import strict_json

TYPES = ["null", "true", "false", '""', '"x"', "[]", "{}", "[1]", '{"a":1}']
NUMBERS = ["0", "1", "-1", "-0", "0.5", "1.0", "-1.5", "1e0", "1E+1", "1e400", "15", "16", "64", "65", "256",
           "7999", "8000", "48000", "48001", "2147483647", "2147483648", "-2147483648", "-2147483649",
           "9007199254740991", "9007199254740992", "-9007199254740991", "-9007199254740992", "18446744073709551615",
           "18446744073709551616", "1" * 50]
WORDS = ['"GLYPH"', '"SOUNDS"', '"SCENE"', '"TILES"', '"glyph"', '"NONE"', '"RAW"', '"\\u0000"', '"\\u007f"', '"\\u0041"']
FEWER = ["null", "0", "0.5"]
OF_PAYLOADS = ("payload-trailing", "glyph-palette-unused", "hash-mismatch")
OWN = "/document_xxh3_128"
PRELUDE = {"magic": (0, 4), "schema_version": (4, 4), "header_len": (8, 4), "payload_offset": (12, 8), "flags": (20, 4),
           "reserved": (24, 4), "header_checksum": (28, 4)}


def valid_build(count):
    """A build of the first `count` of: a GLYPH, two SOUNDS, two SCENE. The first four are preloaded."""
    palettes = {0: builder.palette(0, 0xFFFF), 1: builder.palette(0, 0x1234)}
    sheet = builder.sheet(palettes, bytes([0x12, 0x34]) * 16_384)
    resident = bytes([1, 2, 3, 4]) * 16_384 + sheet[32_768:]
    two = builder.glyph_metadata(tile_size=8, palette_authored=2, extra=[("note", '"é"')])
    assets = [
        (builder.glyph('"sheet"', asset_id=1, metadata=two), sheet, resident),
        (builder.sound('"beep"', asset_id=2, offset=34_816), builder.SOUND, builder.SOUND),
        (builder.sound('"wide"', asset_id=3, offset=34_824, metadata=builder.sound_metadata(48_000, 2, 2)),
         builder.SOUND, builder.SOUND),
        (builder.entry(asset_id=4, asset_name='"map"', offset=34_832, decoded_size=9, metadata='{"layers":[1,{"k":-2}],"n":7}'),
         builder.SCENE, builder.SCENE),
        (builder.entry(asset_id=5, asset_name='"none"', offset=34_836, decoded_size=0, size=0), b"", b""),
    ]
    inputs = [builder.members((("path", f'"{name}"'), ("size", 4), ("xxh3_128", cases_builds.xxh3(name.encode()))))
              for name in ("a.bin", "b/c.bin")]
    preload = [builder.wanted(1, 0), builder.wanted(2, 0), builder.wanted(3, 15), builder.wanted(4, 1)]
    return cases_builds.Build(assets[:count], preload[:count], inputs, pipeline='{"steps":["cut",{"ratio":2}]}')


FEW = ["null", "true", '"x"', "[]", "{}", "0", "-1", "-0", "0.5", "1e0", "9007199254740992"]

# ---- Changes of a JSON text: (what, text) ----


def around(value):
    """The numbers beside a number."""
    return [str(value - 1), str(value + 1)]


def instead(text, node, values, others):
    """What a value is replaced with: each once, and never with itself."""
    own = text[node.start:node.end].decode("utf-8")
    values = values + (around(node.value) if node.is_integer() else []) + others
    return [value for value in dict.fromkeys(values) if value != own]


def spliced(text, start, end, new):
    return text[:start] + new.encode("utf-8") + text[end:]


def without(text, parts, index):
    """Without the part with this index and one comma beside it. parts: (start, end)."""
    start, end = parts[index]
    if index + 1 < len(parts):
        end = parts[index + 1][0]
    elif index > 0:
        start = parts[index - 1][1]
    return text[:start] + text[end:]


def member_changes(text, place, node, siblings, values):
    """For each member of an object. siblings: the objects beside it."""
    spans = [(start, value.end) for _, start, _, value in node.members]
    for index, (key, start, key_end, value) in enumerate(node.members):
        at = f"{place}/{key}"
        others = [text[member[3].start:member[3].end].decode("utf-8")
                  for near in [node, *siblings] for member in near.members if near is node or member[0] == key]
        yield f"{at} missing", without(text, spans, index)
        if index + 1 < len(spans):
            (_, end), (next_start, next_end) = spans[index:index + 2]
            yield (f"{at} behind the next one",
                   text[:start] + text[next_start:next_end] + text[end:next_start] + text[start:end] + text[next_end:])
        yield f"{at} renamed", spliced(text, start + 1, key_end - 1, key + "_")
        own = text[start:value.end].decode("utf-8")
        yield f"{at} twice", spliced(text, value.end, value.end, "," + own)
        for new in dict.fromkeys(["null", *others[-1:]]):
            yield f"{at} twice, then {new}", spliced(text, value.end, value.end, f',"{key}":{new}')
            yield f"{at} twice, first {new}", spliced(text, start, start, f'"{key}":{new},')
        for new in instead(text, value, values, others):
            yield f"{at} = {new}", spliced(text, value.start, value.end, new)
    yield f"{place} with a member more", spliced(text, node.end - 1, node.end - 1, ("," if node.members else "") + '"zzz":0')


def element_changes(text, place, node, values):
    spans = [(item.start, item.end) for item in node.items]
    for index, item in enumerate(node.items):
        at = f"{place}/{index}"
        own = text[item.start:item.end].decode("utf-8")
        yield f"{at} missing", without(text, spans, index)
        yield f"{at} twice", spliced(text, item.end, item.end, "," + own)
        for new in instead(text, item, values, [text[start:end].decode("utf-8") for start, end in spans]):
            yield f"{at} = {new}", spliced(text, item.start, item.end, new)
    yield f"{place} with an element more", spliced(text, node.end - 1, node.end - 1, ("," if node.items else "") + "null")


def changes(text, values):
    root = strict_json.parse(text)
    pending = [("", root, [])]
    for new in instead(text, root, values, []):
        yield f"/ = {new}", new.encode("utf-8")
    yield "a space in it", text[:1] + b" " + text[1:]
    yield "a line's end behind it", text + b"\n"
    while pending:
        place, node, siblings = pending.pop()
        if node.kind == "object":
            yield from member_changes(text, place, node, siblings, values)
            pending.extend((f"{place}/{key}", value, []) for key, _, _, value in node.members)
        elif node.kind == "array":
            yield from element_changes(text, place, node, values)
            pending.extend((f"{place}/{index}", item, [near for near in node.items if near is not item and near.kind == "object"])
                           for index, item in enumerate(node.items))


# ---- Files: (what, path) ----


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def prelude_packs(pack):
    for name, (at, width) in PRELUDE.items():
        own = int.from_bytes(pack[at:at + width], "little")
        others = [int.from_bytes(pack[start:start + size], "little") for start, size in PRELUDE.values()]
        edges = [0, 1, 2, 0xFF, 2**31, 268_435_456, 268_435_457, 2**(8 * width) - 1, own - 1, own + 1, len(pack) - 32,
                 len(pack) - 31, len(pack), len(pack) + 1, len(pack) - 1]
        edges += [own ^ 1 << bit for bit in range(8 * width)] + others
        for value in dict.fromkeys(edges):
            if value != own and 0 <= value < 2**(8 * width):
                yield f"{name} = {value}", pack[:at] + value.to_bytes(width, "little") + pack[at + width:]
    for size in (0, 1, 31, 32, 33, len(pack) - 1):
        yield f"{size} bytes of it", pack[:size]


def header_packs(build):
    header = build.header.encode("utf-8")
    payload = build.pack[32 + len(header):]
    for what, text in changes(header, TYPES + NUMBERS + WORDS):
        yield what, builder.pack(text, payload)


def repaired(text):
    """With the document's own hash made right, where there is one to repair: the fault under test shall be the only one."""
    try:
        root = strict_json.parse(text)
    except strict_json.Fault:
        return text
    held = [member for member in root.members if member[0] == "document_xxh3_128"] if root.kind == "object" else []
    if len(held) != 1 or held[0][3].kind != "string" or text[held[0][3].end:held[0][3].end + 1] != b",":
        return text
    _, start, _, value = held[0]
    return spliced(text, value.start, value.end, cases_builds.xxh3(text[:start] + text[value.end + 1:]))


def companion_texts(files):
    for name in build_oracle.COMPANIONS:
        yield f"{name} missing", name, None
        yield f"{name} empty", name, b""
        document = name == "asset_table_metadata.json"
        for what, text in changes(files[name], FEW if document else FEWER):
            yield f"{name} {what}", name, repaired(text) if document and what.startswith("/") and OWN not in what else text


# ---- What findings say of their place ----


def resolved(root, pointer):
    """(the node or None, its key's position or None). A pointer may lead to a key that stands twice: all of its places."""
    nodes = [(root, None)]
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        found = []
        for node, _ in nodes:
            if node.kind == "object":
                found += [(value, start) for name, start, _, value in node.members if name == key]
            elif node.kind == "array" and key.isdigit() and int(key) < len(node.items):
                found.append((node.items[int(key)], None))
        nodes = found
    return nodes


def misplaced(finding, start, text):
    """What is wrong with the place that a finding about a JSON text gives, or None. start: where the text stands in its file."""
    at = finding.get("byte_offset")
    pointer = finding.get("json_pointer")
    if at is None or at < start or finding["id"] in OF_PAYLOADS:
        return None
    at -= start
    if at > len(text):
        return "the position is outside"
    actual = finding.get("actual")
    if actual and not actual.endswith(("…", " elements")) and not text[at:].startswith(actual.encode("utf-8")) and "\\" not in actual:
        return f"{actual!r} does not stand at the position"
    if pointer is None:
        return None
    try:
        root = strict_json.parse(text)
    except strict_json.Fault:
        return None
    places = resolved(root, pointer)
    if not places and finding["id"].endswith("-mismatch"):
        # An element that is lacking is named by the index that it would have.
        places = resolved(root, pointer.rpartition("/")[0])
    if not places:
        return f"{pointer} leads nowhere"
    # Where a member is missing or a text ends, the position is inside what the pointer names.
    if not any(at in (node.start, key) or node.kind in ("object", "array") and node.start <= at < node.end for node, key in places):
        return f"{pointer} is not at the position"
    return None


# ---- Comparing ----


class Tally:
    def __init__(self, show):
        self.show = show
        self.compared = collections.Counter()
        self.differing = collections.Counter()
        self.ids = collections.Counter()
        self.misplaced = 0

    def compare(self, part, what, expected, found, wrong):
        """expected and found: (loads, conforms, findings). wrong: faults in what the findings say, as texts."""
        self.compared[part] += 1
        self.ids.update({finding if isinstance(finding, str) else finding[0] for finding in expected[2]} or {"none"})
        if wrong:
            print(f"not ok - {part}: {what}: {'; '.join(wrong)}")
            self.misplaced += 1
        if expected != found:
            self.differing[part] += 1
            if self.differing[part] <= self.show:
                print(f"not ok - {part}: {what}\n    contract: {described(expected)}\n    program:  {described(found)}")

    def print(self):
        for id_, count in sorted(self.ids.items()):
            print(f"    {id_:28} {count}")
        for part, count in self.compared.items():
            print(f"{part}: {count - self.differing[part]} of {count} verdicts are the contract's")
        return 1 if sum(self.differing.values()) or self.misplaced or len(self.compared) != 3 else 0


def described(verdict):
    loads, conforms, findings = verdict
    return f"loads {loads}, conforms {conforms}, {sorted(findings, key=str)}"


def compare_packs(arguments, tally, part, packs, folder):
    path = os.path.join(folder, "assets.pa")
    paths, reports, names = [], [], []
    for number, (what, data) in itertools.islice(enumerate(packs), 0, None, arguments.every):
        path = os.path.join(folder, f"{number}.pa")
        write(path, data)
        paths.append(path)
        names.append(what)
        reports.append(pack_oracle.judge(data))
    for what, report, verdict in zip(names, reports, examine.inspect(arguments.program, paths)):
        expected = {(f"{id_}:{class_}", at) for id_, class_, at in report.findings}
        wrong = [fault for fault in (misplaced(finding, 32, report.text) for finding in verdict.errors
                                     if report.text is not None) if fault]
        tally.compare(part, what, (report.loads(), report.conforms(), expected),
                      (verdict.loads, verdict.conforms, set(verdict.places)), wrong)
    for path in paths:
        os.remove(path)


def compare_builds(arguments, tally, files, folder):
    for name, data in files.items():
        write(os.path.join(folder, name), data)
    for what, name, text in itertools.islice(companion_texts(files), 0, None, arguments.every):
        path = os.path.join(folder, name)
        if text is None:
            os.remove(path)
        else:
            write(path, text)
        report = build_oracle.judge(folder)
        verdict = examine.verify(arguments.program, folder)
        wrong = [fault for fault in (misplaced(finding, 0, text) for finding in verdict.errors if text is not None
                                     and finding["file"] == path) if fault]
        found = set(verdict.ids)
        if ("twice" in what or "behind" in what) and "companion-syntax:C" in report.ids():
            # What such a companion says besides can be read; whether it is then compared as well, the contract leaves open.
            found -= {"table-mismatch:C", "preload-mismatch:C"}
        tally.compare("companions", what, (report.loads(), report.conforms(), set(report.ids())),
                      (verdict.loads, verdict.conforms, found), wrong)
        write(path, files[name])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--show", type=int, default=10, help="differences to print for each part")
    parser.add_argument("--every", type=int, default=1, help="only each Nth change")
    arguments = parser.parse_args()
    build = valid_build(5)
    tally = Tally(arguments.show)
    with tempfile.TemporaryDirectory(prefix="prpack-fields-") as folder:
        compare_packs(arguments, tally, "prelude", prelude_packs(build.pack), folder)
        compare_packs(arguments, tally, "header", header_packs(build), folder)
        compare_builds(arguments, tally, valid_build(2).files(), folder)
    return tally.print()


if __name__ == "__main__":
    sys.exit(main())
