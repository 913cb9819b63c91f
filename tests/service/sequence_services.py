"""The services that change a workspace, for the random sequences: how each is called, what the contract says of whether it is done, and
what it makes of a state. A new service is a function that returns a Step, and a line in the table at the end."""

import copy
import os
import re

from sequence_model import (ANCHOR, OWN, PURGED, QUARANTINE, Change, Record, Wrong, folder_number, is_blocked, is_directory, move_below,
                            names_below, overlap, read_json, remove_below)

NAMES = ["hero", "cave", "menu", "reef", "bay", "dune", "ui/hero", "ui/menu", "old/deep/reef"]


class Step:
    """A call. must: it has to be done (True), to be refused (False), or either (None). expect(before, after) returns the Change that a
    call which was done has to be; it may take from the state after only what chance decides, and raises Wrong."""

    def __init__(self, name, arguments, must, expect):
        self.name, self.arguments, self.must, self.expect = name, arguments, must, expect
        self.is_whole = True  # all or nothing, also when it is killed
        self.foretells = True  # a dry run has the exit code of the real one
        self.takes_some = name.startswith("add")  # it is done for some of its operands when others are refused

    def dry(self):
        """The arguments that only show what would be done."""
        if self.name == "palettes":
            return [word for word in self.arguments if word != "--write"]
        return [*self.arguments, "--dry-run"]


def some(random_, items, most=2):
    return random_.sample(items, random_.randint(1, min(most, len(items))))


def refer(world, number):
    """An ASSET: its id, uuid, root or, where nothing else is called so, its name."""
    state, record = world.state, world.state.records[number]
    ways = [str(number), record.uuid, f"assets/{record.root}"]
    name = state.name_of(record)
    names = [state.name_of(each) for each in state.records.values()]
    if not world.is_damaged and names.count(name) == 1 and all(name != each.root for each in state.records.values()):
        ways.append(name)
    return world.random.choice(ways)


def new_root(world):
    """A root that may be free, as it is typed and as it is."""
    state = world.state
    away = [record["root"] for record in map(state.folder_record, state.folders()) if record is not None]
    known = away if away and world.random.random() < 0.5 else NAMES
    root = world.random.choice(known) + world.random.choice(["", "", "2", "/x"])
    return world.random.choice([root, f"assets/{root}"]), root


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
    state, random_ = world.state, world.random
    roots = [name for name in world.art() if all(not overlap(name, record.root) for record in state.records.values())]
    if not roots:
        return None
    chosen = some(random_, roots)
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
    if random_.random() < 0.3:
        options += ["--slot", str(random_.randrange(3))]
        must = None

    def expect(before, after):
        change = Change(before, "add")
        for root in chosen:
            register(change, after, root)
        return change

    return Step("add", ["add", *options, *[f"assets/{root}" for root in chosen]], must, expect)


def add_each(world):
    places = [name for name in world.directories() if world.kind_of(name) == "sounds"]
    if not places:
        return None
    place = world.random.choice(places)

    def expect(before, after):
        change = Change(before, "add")
        made = {record.root for number, record in after.records.items() if number not in before.records}
        for name in sorted(names_below(before.tree, place)):
            stem, dot, _ = name[len(place) + 1:].rpartition(".")
            root = f"{place}/{stem}"
            if dot and "/" not in name[len(place) + 1:] and root in made:
                change.move(name, f"{root}/{name[len(place) + 1:]}")
                register(change, after, root)
        return change

    return Step("add --each", ["add", "--each", f"assets/{place}"], None, expect)


def written(change, before, after, number, names):
    """The files of an asset that an operation may write, as they are afterwards."""
    root = before.records[number].root
    for name in names:
        path = f"{root}/{name}"
        if after.tree.get(path) != before.tree.get(path) and isinstance(after.tree.get(path), bytes):
            change.write(number, name, after.tree[path])


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
    return Step("adopt", ["adopt", *options, *[f"assets/{root}" for root in chosen]], must, expect)


# ---- Registered ----


def membership(world, included):
    state = world.state
    if not state.records:
        return None
    others = [number for number, record in state.records.items() if record.included != included]
    if not others and world.random.random() < 0.8:
        return None
    numbers = some(world.random, others if others and world.random.random() < 0.7 else list(state.records))

    def expect(before, after):  # pylint: disable=unused-argument
        change = Change(before, "include" if included else "exclude")
        for number in sorted(numbers):
            if before.records[number].included != included:
                change.set_record(number, before.records[number]._replace(included=included))
        return change

    must = True
    if included:
        coming = [number for number in numbers if not state.records[number].included]
        names = state.names() + [state.name_of(state.records[number]) for number in coming]
        if coming:
            taken = has_twins(names) and not world.is_damaged
            must = False if any(world.anchor_is_gone(number) for number in coming) or taken else None
    name = "include" if included else "exclude"
    return Step(name, [name, *[refer(world, number) for number in numbers]], must, expect)


def has_twins(names):
    known = [name for name in names if isinstance(name, str)]
    return len(set(known)) != len(known)


def include(world):
    return membership(world, True)


def exclude(world):
    return membership(world, False)


def rename(world):
    state = world.state
    if not state.records:
        return None
    number = world.random.choice(list(state.records))
    record = state.records[number]
    name = new_name(world)
    path = f"{record.root}/{ANCHOR}"

    def expect(before, after):
        change = Change(before, "rename")
        old, new = before.declaration(record.root), after.declaration(record.root)
        if new is None or new.get("name") != name or {**(old or {}), "name": name} != new:
            raise Wrong(f"{path} is not as it was but for its name: {after.tree.get(path)!r}")
        check_one_place(before.tree[path], after.tree[path], old["name"])
        written(change, before, after, number, [ANCHOR])
        return change

    others = [state.name_of(each) for other, each in state.records.items() if each.included and other != number]
    must = None
    if record.included and name in others or state.name_of(record) is None:
        must = None if world.is_damaged else False  # the name of a faulty declaration does not count
    elif world.is_whole(number):
        must = True
    return Step("rename", ["rename", refer(world, number), name], must, expect)


def new_name(world):
    """A name; often one that an asset has that builds do not have now, and may come back."""
    state = world.state
    away = [state.name_of(record) for record in state.records.values() if not record.included]
    away += [record["asset_name"] for record in map(state.folder_record, state.folders()) if record is not None]
    away = [name for name in away if isinstance(name, str)]
    if away and world.random.random() < 0.6:
        return world.random.choice(away)
    return world.random.choice(["hero", "knight", "a \"b\"", "cave", "\u00fcber", "x y"])


def check_one_place(old, new, was):
    """The bytes differ within one JSON string alone."""
    begin = next((i for i, (one, other) in enumerate(zip(old, new)) if one != other), min(len(old), len(new)))
    begin = old.rfind(b"\"name\"", 0, begin + 8)
    value = re.compile(rb'"name"\s*:\s*"(?:[^"\\]|\\.)*"')
    found = [value.match(text, begin) for text in (old, new)] if begin >= 0 else [None, None]
    if old != new and (None in found or old[found[0].end():] != new[found[1].end():] or old[:begin] != new[:begin]):
        raise Wrong(f"more than the name {was!r} was changed: {new!r}")


def forget(world):
    if not world.state.records:
        return None
    numbers = some(world.random, list(world.state.records))

    def expect(before, after):  # pylint: disable=unused-argument
        change = Change(before, "forget")
        for number in sorted(numbers):
            change.set_record(number, None)
        return change

    return Step("forget", ["forget", *[refer(world, number) for number in numbers]], True, expect)


def move(world):
    state = world.state
    if not state.records:
        return None
    number = world.random.choice(list(state.records))
    record = state.records[number]
    typed, target = new_root(world)

    def expect(before, after):  # pylint: disable=unused-argument
        change = Change(before, "move")
        if target != record.root:
            change.move(record.root, target)
            change.set_record(number, record._replace(root=target))
        return change

    others = [each.root for other, each in state.records.items() if other != number]
    if target == record.root:
        must = None
    elif any(overlap(target, root) for root in [*others, record.root]) or target in state.tree or is_blocked(state.tree, target):
        must = False
    else:
        must = is_directory(state.tree, record.root)
    return Step("move", ["move", refer(world, number), typed], must, expect)


# ---- Quarantine ----


def remove(world):
    state = world.state
    if not state.records:
        return None
    numbers = some(world.random, list(state.records))

    def expect(before, after):
        change = Change(before, "remove")
        for number in sorted(numbers):
            record = before.records[number]
            change.put_away(number, record, after, is_directory(before.tree, record.root))
            change.set_record(number, None)
        return change

    roots = [state.records[number].root for number in numbers]
    gone = [root not in state.tree and not is_blocked(state.tree, root) for root in roots]
    there = [is_directory(state.tree, root) for root in roots]
    must = True if all(one or other for one, other in zip(gone, there)) else None
    return Step("remove", ["remove", *[refer(world, number) for number in numbers]], must, expect)


def files_of(folder):
    return f"{QUARANTINE}/{folder}/files"


def typed_folder(world, folder):
    """Zeros in front of a number may be left out when only one folder has it."""
    number = folder_number(folder)
    alone = [folder_number(other) for other in world.state.folders()].count(number) == 1
    return str(number) if alone and world.random.random() < 0.5 else folder


def restored_name(state, folder, record):
    """The name that a removed asset will have."""
    files = files_of(folder)
    root = files if files in state.tree else record["root"]
    declared = state.declaration(root)
    return declared.get("name") if declared is not None and declared.get("asset_uuid") == record["asset_uuid"] else None


def restore_is_blocked(state, chosen):
    roots = [record.root for record in state.records.values()]
    uuids = [record.uuid for record in state.records.values()]
    ids = list(state.records)
    for folder in chosen:
        record = state.folder_record(folder)
        if record is None:
            return True
        has_files, root = files_of(folder) in state.tree, record["root"]
        if not has_files and record["files"] or has_files and (root in state.tree or is_blocked(state.tree, root)):
            return True
        if any(overlap(root, other) for other in roots) or record["asset_uuid"] in uuids or record["asset_id"] in ids:
            return True
        if record["asset_id"] >= state.next:
            return True
        roots.append(root)
        uuids.append(record["asset_uuid"])
        ids.append(record["asset_id"])
    return False


def restore_is_doubtful(state, folder):
    """Whether something has been done since that may keep an asset from coming back as it was."""
    record = state.folder_record(folder)
    return record is not None and (restore_is_blocked(state, [folder]) or restored_name(state, folder, record) in state.names())


def restore(world):
    state = world.state
    folders = state.folders()
    if not folders:
        return None
    doubtful = [folder for folder in folders if restore_is_doubtful(state, folder)]
    chosen = some(world.random, doubtful if doubtful and world.random.random() < 0.5 else folders)

    def expect(before, after):
        change = Change(before, "quarantine restore")
        names = before.names()
        for folder in sorted(chosen, key=lambda each: before.folder_record(each)["asset_id"]):
            record = before.folder_record(folder)
            number, root = record["asset_id"], record["root"]
            change.take_out(folder, root, files_of(folder) in before.tree)
            included = record["included_in_build"] and after.records[number].included
            if record["included_in_build"] and not included:
                world.see("restore, excluded")
                alone = len(chosen) == 1 and restored_name(before, folder, record) not in names
                if not world.is_damaged and alone and after.slot_of(after.records[number]) is None:
                    raise Wrong(f"quarantine {folder} came back excluded")
            change.set_record(number, Record(record["asset_uuid"], root, included))
        return change

    must = False if restore_is_blocked(state, chosen) else True
    return Step("restore", ["quarantine", "restore", *[typed_folder(world, folder) for folder in chosen]], must, expect)


def purge(world):
    state = world.state
    folders = state.folders()
    if not folders:
        return None
    chosen = folders if world.random.random() < 0.2 else some(world.random, folders)

    def expect(before, after):  # pylint: disable=unused-argument
        change = Change(before, "purge")
        for name in [*[f"{QUARANTINE}/{folder}" for folder in chosen], *[name for name in before.tree if is_purged(name)]]:
            remove_below(change.tree, name)
        return change

    words = ["--all"] if len(chosen) == len(folders) else [typed_folder(world, folder) for folder in chosen]
    step = Step("purge", ["quarantine", "purge", *words, "--yes"], True, expect)
    step.is_whole = False
    step.partly = lambda before, after: purged_partly(before, after, chosen)
    return step


def is_purged(name):
    return name.startswith(PURGED) and "/" not in name[len(PURGED):]


def purged_partly(before, after, chosen):
    """After a kill: each folder is whole, or it is gone but for what the next purge deletes."""
    change = Change(before, "purge")
    for folder in chosen:
        if f"{QUARANTINE}/{folder}" not in after.tree:
            remove_below(change.tree, f"{QUARANTINE}/{folder}")
    for name in [name for name in change.tree if is_purged(name)]:
        remove_below(change.tree, name)
    for name in list(after.tree):
        if name.startswith(PURGED):
            change.tree[name] = after.tree[name]
    return change


def gc(world):  # pylint: disable=unused-argument
    def expect(before, after):  # pylint: disable=unused-argument
        change = Change(before, "gc")
        for name in [name for name in before.tree if is_purged(name)]:
            remove_below(change.tree, name)
        return change

    step = Step("gc", ["gc"], True, expect)
    step.is_whole = False
    step.partly = lambda before, after: purged_partly(before, after, [])
    return step


def doctor(world):  # pylint: disable=unused-argument
    """Does what gc does, but for the cache, and adopts what it finds again. The exit code says what is wrong then."""
    def adopted(change, after):
        change.operation.name = "adopt"
        change.operation.is_several = True
        for number, record in after.records.items():
            if number in change.before.records and record.root != change.before.records[number].root:
                adopt_one(change, after, record.root, False)
        return change

    def expect(before, after):
        change = Change(before, "adopt")
        for name in [name for name in before.tree if is_purged(name)]:
            remove_below(change.tree, name)
        return adopted(change, after)

    step = Step("doctor --fix", ["doctor", "--fix"], None, expect)
    step.is_whole, step.takes_some, step.foretells = False, True, False
    step.partly = lambda before, after: adopted(purged_partly(before, after, []), after)
    return step


# ---- Undo ----


def undone(lines):
    """The operations that are taken back, and not again."""
    found = set()
    for number in sorted(lines, reverse=True):
        if "undoes" in lines[number] and number not in found:
            found.add(lines[number]["undoes"])
    return found


def with_folders_of_now(world, operation, lines, gone):
    """An operation with the folders of the quarantine in which its files are now. None: what was done since is not known."""
    folders = {}
    for number in sorted(lines):
        if number <= operation.number or number in gone or "undoes" not in lines[number]:
            continue
        undo, taken = world.operations.get(number), world.operations.get(lines[number]["undoes"])
        if undo is None or taken is None:
            return None
        back = dict(undo.moves)
        for source, target in taken.moves:
            if source.startswith(OWN + "/") and back.get(target, "").startswith(OWN + "/"):
                folders[source.split("/")[2]] = back[target].split("/")[2]

    def now(folder):
        while folder in folders:
            folder = folders[folder]
        return folder

    found = copy.copy(operation)
    found.moves = [(source, f"{QUARANTINE}/{now(target.split('/')[2])}/files" if target.startswith(OWN + "/") else target)
                   for source, target in operation.moves]
    found.folders = [now(folder) for folder in operation.folders]
    return found


def is_lost(state, operation):
    """Whether an operation can never be undone."""
    return not (operation.records or operation.moves or operation.files) or \
        any(target.startswith(OWN + "/") and target not in state.tree for _, target in operation.moves)


def last_to_undo(world, lines, gone):
    """The operation that undo takes back without a number. False: what one of them did is not known."""
    for number in sorted(lines, reverse=True):
        if number in gone or "undoes" in lines[number]:
            continue
        known = world.operations.get(number)
        now = known and with_folders_of_now(world, known, lines, gone)
        if now is None:
            return False
        if not is_lost(world.state, now):
            return number
    return None


def undo(world):
    lines = world.state.operations()
    gone = undone(lines)
    if not lines and world.random.random() < 0.9:
        return None
    if world.random.random() < 0.5 or not lines:
        target = last_to_undo(world, lines, gone)
        if target is False:
            return None
        words = []
    else:
        target = world.random.choice([*lines, *lines, max(lines) + 1])
        words = [str(target)]
    operation = world.operations.get(target) if target in lines else None
    if target in lines and operation is None:
        return None  # it was killed, and edited by hand before it was settled: the model does not know what it did
    if operation is not None:
        operation = with_folders_of_now(world, operation, lines, gone)
        if operation is None:
            return None
    must = False if target not in lines or target in gone else undo_is_possible(world, operation)

    def expect(before, after):
        return taken_back(before, after, operation)

    return Step("undo", ["undo", *words], must, expect)


def root_for(state, operation, number):
    """Where an asset is when its operation is taken back: the record may be one that comes back by that."""
    record = state.records.get(number) or operation.records[number][0]
    return record.root


def is_of_made(operation, file):
    """Whether a file is of an asset whose record goes out again."""
    records = operation.records.get(file.number)
    return records is not None and records[0] is None


def may_stay(operation, file):
    """Whether a file that was changed since stays as it is: one that the operation made, or one of an asset whose record goes out again."""
    return file.before is None or is_of_made(operation, file)


def taken_back(before, after, operation):
    change = Change(before, "undo", operation.number)
    for file in operation.files:
        path = f"{root_for(before, operation, file.number)}/{file.path}"
        if may_stay(operation, file) and before.tree.get(path) != file.after:
            continue  # it was changed since, and stays
        if file.before is None:
            del change.tree[path]
        else:
            change.tree[path] = file.before
        change.operation.files.append(file._replace(before=file.after, after=file.before))
    moved = set()
    for source, target in reversed(operation.moves):
        if target.startswith(OWN + "/"):
            folder = target.split("/")[2]
            moved.add(folder)
            change.take_out(folder, source, True)
        elif not source.startswith(OWN + "/"):
            change.move(target, source)
            if target in operation.made:
                change.empty_way(target, operation.made[target])
        else:
            number = next(number for number, (_, new) in operation.records.items() if new is not None and new.root == target)
            change.put_away(number, operation.records[number][1], after, True)
            if target in operation.made:
                change.empty_way(target, operation.made[target])
    for number, (old, _) in operation.records.items():
        change.set_record(number, old)
    for folder in operation.folders:
        if folder not in moved and f"{QUARANTINE}/{folder}" in before.tree:  # one with its record alone may be used up
            remove_below(change.tree, f"{QUARANTINE}/{folder}")
    return change


def has_directory(state, operation, path):
    """Whether the directory of a file that is written again is there, or is made by a move of the undo."""
    above = os.path.dirname(path)
    return above in state.tree and state.tree[above] is None or any(source.startswith(above + "/") for source, _ in operation.moves)


def undo_is_possible(world, operation):
    """Whether an operation can be taken back: True, False, or None when the contract leaves it open."""
    state = world.state
    if any(state.records.get(number) != new for number, (old, new) in operation.records.items()):
        return False
    for file in operation.files:
        known = file.number in state.records or operation.records.get(file.number, (None,))[0] is not None
        path = f"{root_for(state, operation, file.number)}/{file.path}" if known or file.number in operation.records else None
        if not may_stay(operation, file) and (path is None or state.tree.get(path) != file.after):
            return False
        if file.after is None and (path in state.tree or not has_directory(state, operation, path)):
            return False
    if is_lost(state, operation):
        return False
    for source, target in operation.moves:
        if target not in state.tree or not source.startswith(OWN + "/") and (source in state.tree or is_blocked(state.tree, source)):
            return False
        if is_blocked(state.tree, target) or isinstance(state.tree[target], tuple):
            return None
    records = dict(state.records)
    for number, (old, new) in operation.records.items():
        records[number] = old
    records = {number: record for number, record in records.items() if record is not None}
    roots = [record.root for record in records.values()]
    if len({record.uuid for record in records.values()}) != len(records):
        return False
    if any(overlap(one, other) for i, one in enumerate(roots) for other in roots[i + 1:]):
        return False
    fits = undo_fits_build_set(state, operation, records)
    return None if world.is_damaged and not fits else fits  # names and slots of faulty declarations do not count


def undo_fits_build_set(state, operation, records):
    """Whether the names and slots of the build set stay different from each other."""
    tree = dict(state.tree)
    for file in operation.files:
        if not may_stay(operation, file):
            tree[f"{root_for(state, operation, file.number)}/{file.path}"] = file.before
    for source, target in reversed(operation.moves):
        if not source.startswith(OWN + "/"):
            move_below(tree, target, source)
    then = type(state)({**tree, f"{OWN}/index.json": state.tree[f"{OWN}/index.json"]})
    changed = {*operation.records, *[file.number for file in operation.files]}
    slots = [then.slot_of(record) for record in records.values() if record.included]
    joining = [old for old, new in operation.records.values() if old is not None and old.included and not (new and new.included)]
    if any(then.slot_of(record) and slots.count(then.slot_of(record)) > 1 for record in joining):
        return False
    if any(f"{record.root}/{ANCHOR}" not in then.tree for record in joining):
        return None  # its root may have been gone before
    names = {number: then.name_of(record) for number, record in records.items() if record.included}
    for number in changed & names.keys():
        if names[number] is None:
            return None
        if list(names.values()).count(names[number]) > 1:
            return False
    return None if None in names.values() else True


# How often each is tried, compared with the others.
SERVICES = [(add, 8), (add_each, 2), (adopt, 4), (update, 5), (palettes, 3), (include, 4), (exclude, 2), (rename, 3), (forget, 2), (move, 4),
            (remove, 4), (restore, 4), (purge, 1), (gc, 1), (doctor, 1), (undo, 6)]
