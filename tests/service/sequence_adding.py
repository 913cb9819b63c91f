"""The services that register assets or declare files, for the random sequences."""

import re

from sequence_model import ANCHOR, Change, Record, Wrong, is_directory, names_below, overlap, read_json
from sequence_steps import Step, refer, some, written


# ---- Registering ----


def check_anchor(before, after, root, uuid):
    """What add made of an asset.json: (old bytes, new bytes) when it wrote one."""
    path = f"{root}/{ANCHOR}"
    old, new = before.tree.get(path), after.tree.get(path)
    declared, was = read_json(new), read_json(old)
    if declared is None or declared.get("asset_uuid") != uuid:
        raise Wrong(f"{path} has not the uuid of the record")
    if old == new:
        return None
    if isinstance(old, bytes) and (was is None or was.get("asset_uuid") or {**was, "asset_uuid": uuid} != declared):
        raise Wrong(f"{path} was changed: {new!r}")
    return old, new


def register(change, after, root):
    """One new record, if there is one for that root."""
    before = change.before
    uuids = [record.uuid for number, record in after.records.items() if record.root == root and number not in before.records]
    if not uuids:
        return False
    written = check_anchor(before, after, root, uuids[0])
    number = change.give_id(Record(uuids[0], root, True))
    if written is not None:
        change.write(number, ANCHOR, written[1])
    return True


def add(world):
    return add_of(world, some(world.random, free_art(world) or [None]), None)


def free_art(world):
    return [name for name in world.art() if all(not overlap(name, record.root) for record in world.state.records.values())]


def add_of_kind(world, kind, slot):
    roots = [root for root in free_art(world) if world.kind_of(root) == kind]
    return add_of(world, [world.random.choice(roots)], slot) if roots else None


def add_of(world, chosen, slot):
    state, random_ = world.state, world.random
    if chosen == [None]:
        return None
    anyway = random_.random() < 0.5
    fresh = all(world.is_fresh(root) for root in chosen) and len(chosen) == 1
    name = chosen[0].rpartition("/")[2]
    names = state.names()
    must = True if fresh and name not in names and None not in names and (anyway or world.kind_of(chosen[0]) != "painted") else None
    options = ["--anyway"] if anyway else []
    if all(world.kind_of(root) == "scene" for root in chosen):
        options += ["--type", "scene_bank"]
    elif "scene" in map(world.kind_of, chosen):
        must = None
    if slot is not None or random_.random() < 0.3:
        options += ["--slot", str(random_.randrange(3) if slot is None else slot)]
        must = None

    def expect(before, after):
        change = Change(before, "add")
        for root in chosen:
            register(change, after, root)
        return change

    return Step("add", ["add", *options, *[f"assets/{root}" for root in chosen]], must, expect)


def natural(name):
    """Runs of digits count as numbers."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split("([0-9]+)", name)], name


def add_each(world):
    places = [name for name in world.directories() if world.kind_of(name) == "sounds"]
    if not places:
        return None
    place = world.random.choice(places)

    def expect(before, after):
        change = Change(before, "add")
        made = {record.root for number, record in after.records.items() if number not in before.records}
        for name in sorted(names_below(before.tree, place), key=natural):
            stem, dot, _ = name[len(place) + 1:].rpartition(".")
            root = f"{place}/{stem}"
            if dot and "/" not in name[len(place) + 1:] and root in made:
                change.move(name, f"{root}/{name[len(place) + 1:]}")
                register(change, after, root)
        return change

    return Step("add --each", ["add", "--each", f"assets/{place}"], None, expect)


def palettes_of(declared):
    found = declared.get("inputs", {}).get("palettes", []) if declared else []
    return [each["path"] for each in found if isinstance(each, dict) and isinstance(each.get("path"), str)]


def check_declared_more(before, after, root):
    """An asset.json has the same as before, and more inputs after those that it had."""
    old, new = before.declaration(root), after.declaration(root)
    if old == new:
        return
    rest = [{key: value for key, value in each.items() if key != "inputs"} for each in (old, new)]
    kept = all(new["inputs"].get(role, [])[:len(paths)] == paths for role, paths in old["inputs"].items())
    if rest[0] != rest[1] or not kept:
        raise Wrong(f"{root}/{ANCHOR} lost something: {new}")


def update(world):
    numbers = [number for number in glyph_banks(world) if has_new_picture(world.state, world.state.records[number].root)]
    if not numbers and world.random.random() < 0.2:
        numbers = list(world.state.records)
    if not numbers:
        return None
    number = world.random.choice(numbers)
    root = world.state.records[number].root

    def expect(before, after):
        change = Change(before, "add")
        if is_directory(before.tree, root):
            check_declared_more(before, after, root)
            written(change, before, after, number, [ANCHOR])
        return change

    options = ["--anyway"] if world.random.random() < 0.5 else []
    return Step("add --update", ["add", "--update", *options, f"assets/{root}"], None, expect)


def glyph_banks(world):
    return [number for number, record in world.state.records.items()
            if (world.state.declaration(record.root) or {}).get("type") == "glyph_bank"]


def has_new_picture(state, root):
    declared = str(state.declaration(root))
    return any(name.endswith(".png") and name[len(root) + 1:] not in declared for name in names_below(state.tree, root))


def palettes(world):
    numbers = glyph_banks(world)
    if not numbers:
        return None
    number = world.random.choice(numbers)
    record = world.state.records[number]
    fill = world.random.random() < 0.5

    def expect(before, after):
        change = Change(before, "palettes")
        check_declared_more(before, after, record.root)
        old = palettes_of(before.declaration(record.root))
        for path in old:
            was, now = before.tree.get(f"{record.root}/{path}"), after.tree.get(f"{record.root}/{path}")
            if was != now and not (fill and now.startswith(was)):
                raise Wrong(f"{record.root}/{path} lost something: {now!r}")
        new = palettes_of(after.declaration(record.root))
        if any(f"{record.root}/{path}" in before.tree for path in new if path not in old):
            raise Wrong(f"a file was taken for a new palette of {record.root}")
        written(change, before, after, number, dict.fromkeys([ANCHOR, *old, *new]))
        return change

    return Step("palettes", ["palettes", *(["--fill"] if fill else []), "--write", refer(world, number)], None, expect)


# ---- Adopting ----


def whose(state, root):
    """The uuid in the asset.json of a directory, and the id of the record that has it, or None for each."""
    uuid = (state.declaration(root) or {}).get("asset_uuid")
    return uuid, next((number for number, record in state.records.items() if record.uuid == uuid), None)


def is_found_again(state, root):
    """Whether a directory is an asset whose own root is gone, with all that is in it."""
    uuid, number = whose(state, root)
    others = [record.root for other, record in state.records.items() if other != number]
    return number is not None and state.records[number].root not in state.tree and not any(overlap(root, other) for other in others) and \
        [whose(state, name.rpartition("/")[0])[0] for name in state.tree if name.endswith("/" + ANCHOR)].count(uuid) == 1


def check_copy(before, after, root, uuid):
    """The asset.json of a copy: uuid and name are other ones, and nothing else."""
    old, new = before.declaration(root), after.declaration(root)
    is_number = re.fullmatch(re.escape(str(old.get("name"))) + "(-[0-9]+)?", str(new.get("name")))
    if new.get("asset_uuid") != uuid or is_number is None or {**old, "asset_uuid": uuid, "name": new.get("name")} != new:
        raise Wrong(f"{root}/{ANCHOR} is not that of a copy: {new}")
    grown = len(new["name"].encode()) - len(old["name"].encode())
    if len(after.tree[f"{root}/{ANCHOR}"]) - len(before.tree[f"{root}/{ANCHOR}"]) != grown:
        raise Wrong(f"more than uuid and name was changed in {root}/{ANCHOR}")


def adopt_one(change, after, root, as_copy):
    before = change.before
    uuid, number = whose(before, root)
    is_second = any(record.uuid == uuid and record.root != root and new not in before.records for new, record in change.records.items())
    if number is None and not is_second:
        register(change, after, root)
        return
    record = before.records.get(number)
    if number is not None and after.records[number].root == root:
        if record.root != root:
            if whose(before, record.root)[0] == uuid:
                raise Wrong(f"asset {number} was taken from {record.root} to {root}")
            change.set_record(number, record._replace(root=root))
        return
    made = [each for new, each in after.records.items() if each.root == root and new not in before.records]
    if made:
        if not as_copy:
            raise Wrong(f"{root} was taken for a copy")
        check_copy(before, after, root, made[0].uuid)
        change.write(change.give_id(made[0]), ANCHOR, after.tree[f"{root}/{ANCHOR}"])


def adopt(world):
    state, random_ = world.state, world.random
    roots = [root for root in world.directories() if f"{root}/{ANCHOR}" in state.tree]
    loose = [root for root in roots if all(root != record.root for record in state.records.values())]
    if not loose and (not roots or random_.random() < 0.8):
        return None
    chosen = some(random_, loose or roots)
    as_copy = random_.random() < 0.5

    def expect(before, after):
        change = Change(before, "adopt")
        for root in chosen:
            adopt_one(change, after, root, as_copy)
        return change

    must = True if len(chosen) == 1 and is_found_again(state, chosen[0]) else None
    options = ["--as-copy"] if as_copy else []
    options += ["--anyway"] if random_.random() < 0.5 else []
    return Step("adopt --as-copy" if as_copy else "adopt", ["adopt", *options, *[f"assets/{root}" for root in chosen]], must, expect)
