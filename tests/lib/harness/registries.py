"""Registries, and the rule by which those of two branches are merged: docs/contracts/workspace.md 8.13, read a second time."""

import itertools
import json
import re
from typing import NamedTuple, Optional


class Registry:
    """records: {uuid: (id, root, included)}. In a base that was made of two sides a root may be None: it is not known."""

    def __init__(self, next_id=1, records=None, schema=None):
        self.next_id = next_id
        self.records = dict(records or {})
        self.schema = schema

    def copy(self):
        return Registry(self.next_id, self.records, self.schema)

    def ids(self):
        return {record[0] for record in self.records.values()}

    def text(self):
        return printed(self.next_id, {number: (uuid, root, included) for uuid, (number, root, included) in self.records.items()},
                       self.schema).decode()


def printed(next_id, records, schema=None):
    """index.json in the form of workspace.md, 2, of {id: (uuid, root, included)}."""
    assets = [{"asset_id": number, "asset_uuid": uuid, "root": root, "included_in_build": included}
              for number, (uuid, root, included) in sorted(records.items())]
    first = {} if schema is None else {"$schema": schema}
    return (json.dumps({**first, "schema_version": 1, "next_asset_id": next_id, "assets": assets}, indent=2) + "\n").encode()


def parse(text):
    document = json.loads(text)
    return Registry(document["next_asset_id"], {record["asset_uuid"]: (record["asset_id"], record["root"], record["included_in_build"])
                                                for record in document["assets"]}, document.get("$schema"))


def parse_sound(text):
    """The same, or None for what is not a registry."""
    try:
        registry = parse(text)
        ids = [record["asset_id"] for record in json.loads(text)["assets"]]
    except (ValueError, KeyError, TypeError):
        return None
    roots = [record[1] for record in registry.records.values()]
    fine = len(ids) == len(registry.records) and all(one < other for one, other in zip(ids, [*ids[1:], registry.next_id]))
    return registry if fine and not any_inside(roots) else None


def parse_loosely(text):
    """The same without the rules between records, except that of the uuids."""
    try:
        registry, count = parse(text), len(json.loads(text)["assets"])
    except (ValueError, KeyError, TypeError):
        return None
    return registry if len(registry.records) == count else None


def inside(inner, outer):
    return inner == outer or inner.startswith(outer + "/")


def any_inside(roots):
    return any(inside(one, other) for one, other in itertools.permutations(roots, 2))


# ---- The rule ----


def changed(before, left, right):
    """The value of the side that has changed it."""
    return left if left != before else right


def decide(base, ours, theirs):
    """({uuid: (root, included)}, whether there is a conflict)"""
    kept, conflict = {}, False
    for uuid in set(ours.records) | set(theirs.records):
        was, left, right = (registry.records.get(uuid) for registry in (base, ours, theirs))
        if left is None or right is None:
            only = left or right
            moved = was is not None and was[1] != only[1]
            conflict = conflict or moved
            if was is None or moved:
                kept[uuid] = only[1:]
            continue
        before = was or (0, None, True)
        roots = {root for root in (left[1], right[1]) if root != before[1]} or {before[1]}
        conflict = conflict or len(roots) > 1
        kept[uuid] = (min(roots), changed(before[2], left[2], right[2]))
    return kept, conflict or any_inside([root for root, _ in kept.values()])


def shuffled(random_, items):
    items = sorted(items)
    random_.shuffle(items)
    return items


def arrange(random_, base, ours, theirs, kept):
    """({uuid: id}, next id): records go to their places one by one, in any order, and push those with a greater uuid on."""
    homes = {uuid: max(side.records[uuid][0] for side in (ours, theirs) if uuid in side.records) for uuid in kept}
    fixed = {uuid for uuid in kept if uuid in base.records and
             all(side.records.get(uuid, base.records[uuid])[0] == base.records[uuid][0] for side in (ours, theirs))}
    spent = {number for side in (ours, theirs) for number in range(base.next_id, side.next_id) if number not in side.ids()}
    given = max(base.next_id, ours.next_id, theirs.next_id)
    table = {homes[uuid]: uuid for uuid in sorted(fixed, reverse=True)}  # of those with one id, the smallest uuid
    fixed = set(table.values())

    def is_place(number):
        return number >= given or (number in homes.values() and number not in spent)

    for uuid in shuffled(random_, set(kept) - fixed):
        number = homes[uuid]
        while uuid is not None:
            there = table.get(number)
            if is_place(number) and (there is None or (there not in fixed and uuid < there)):
                table[number], uuid = uuid, there
            number += 1
    return {uuid: number for number, uuid in table.items()}, max([given] + [number + 1 for number in table])


def merged_schema(base, ours, theirs):
    both = ours.schema != base.schema and theirs.schema != base.schema
    return max(ours.schema, theirs.schema, key=lambda text: (text or "").encode()) if both else changed(base.schema, ours.schema, theirs.schema)


class Merged(NamedTuple):
    registry: Registry  # with a conflict, roots in it may be those of one side
    is_conflict: bool


def merge(random_, base, ours, theirs):
    kept, is_conflict = decide(base, ours, theirs)
    numbers, next_id = arrange(random_, base, ours, theirs, kept)
    records = {uuid: (numbers[uuid], *kept[uuid]) for uuid in kept}
    return Merged(Registry(next_id, records, merged_schema(base, ours, theirs)), is_conflict)


# ---- Conflicts between markers ----


class Sides(NamedTuple):
    """The texts of both sides, of their base where each conflict shows it, and the ends of the first and last lines of all conflicts."""
    ours: str
    theirs: str
    base: Optional[str]
    labels: list


CONFLICT = re.compile(r"^<<<<<<<([^\n]*)\n(.*?)(?:^\|\|\|\|\|\|\|[^\n]*\n(.*?))?^=======[^\n]*\n(.*?)^>>>>>>>([^\n]*)\n", re.S | re.M)


def take_apart(text):
    found = list(CONFLICT.finditer(text))
    shows_base = all(match[3] is not None for match in found)
    sides = [CONFLICT.sub(lambda match, n=n: match[n] or "", text) for n in (2, 4, 3)]
    return Sides(sides[0], sides[1], sides[2] if shows_base else None, [match[n] for match in found for n in (1, 5)])


def old_root(left, right, has_files):
    """Where a record was that the sides have at two places: where its files are not any more. None: it is not known."""
    if left == right:
        return left
    here, there = has_files(left), has_files(right)
    return None if here == there else right if here else left


def base_of_sides(ours, theirs, has_files):
    """What both sides come from, where it is not shown. None: it is not pinned which side has changed something. has_files(root): whether
    there is an asset.json."""
    records = {}
    for uuid in set(ours.records) | set(theirs.records):
        left, right = ours.records.get(uuid), theirs.records.get(uuid)
        if left is not None and right is not None:
            if left[0] != right[0] or left[2] != right[2]:
                return None
            records[uuid] = (left[0], old_root(left[1], right[1], has_files), left[2])
            continue
        only, other = (left, theirs) if right is None else (right, ours)
        if only[0] < other.next_id and only[0] not in other.ids() and not has_files(only[1]):
            records[uuid] = only
    return Registry(min(ours.next_id, theirs.next_id), records, ours.schema if ours.schema == theirs.schema else None)
