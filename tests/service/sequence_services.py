"""The services that change a workspace, for the random sequences: how each is called, what the contract says of whether it is done, and
what it makes of a state. A new service is a function that returns a Step, and a line in the table at the end."""

import copy
import os
import re

from sequence_adding import add, add_each, add_of_kind, adopt, palettes, update
from sequence_model import (ANCHOR, OWN, QUARANTINE, Change, Wrong, is_blocked, is_directory, move_below, overlap, remove_below)
from sequence_quarantine import doctor, gc, purge, remove, remove_of, restore, restore_uuid
from sequence_steps import Step, new_root, refer, some, written


# ---- Registered ----


def membership(world, included):
    state = world.state
    if not state.records:
        return None
    others = [number for number, record in state.records.items() if record.included != included]
    if not others and world.random.random() < 0.8:
        return None
    return membership_of(world, included, some(world.random, others if others and world.random.random() < 0.7 else list(state.records)))


def membership_of(world, included, numbers):
    state = world.state
    if any(number not in state.records for number in numbers):
        return None

    def expect(before, after):  # pylint: disable=unused-argument
        change = Change(before, "include" if included else "exclude")
        for number in sorted(numbers):
            if before.records[number].included != included:
                change.set_record(number, before.records[number]._replace(included=included))
        return change

    must = True
    if included:
        coming = [number for number in numbers if not state.records[number].included]
        records = [record for number, record in state.records.items() if record.included or number in coming]
        if coming:
            taken = (has_twins(map(state.name_of, records)) or has_twins(map(state.slot_of, records))) and not world.is_damaged
            must = False if any(world.anchor_is_gone(number) for number in coming) or taken else None
    name = "include" if included else "exclude"
    step = Step(name, [name, *[refer(world, number) for number in numbers]], must, expect)
    step.again = lambda world: membership_of(world, included, numbers)
    return step


def has_twins(names):
    known = [name for name in names if name is not None]
    return len(set(known)) != len(known)


def include(world):
    return membership(world, True)


def exclude(world):
    return membership(world, False)


def rename(world):
    state = world.state
    if not state.records:
        return None
    return rename_to(world, world.random.choice(list(state.records)), new_name(world))


def rename_to(world, number, name):
    state = world.state
    if number not in state.records:
        return None
    record = state.records[number]
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
    step = Step("rename", ["rename", refer(world, number), name], must, expect)
    step.again = lambda world: rename_to(world, number, name)
    return step


def new_name(world):
    """A name; often one that an asset has that builds do not have now, and may come back."""
    state = world.state
    away = [state.name_of(record) for record in state.records.values() if not record.included]
    away += [record["asset_name"] for record in map(state.folder_record, state.folders()) if record is not None]
    away = [name for name in away if isinstance(name, str)]
    if away and world.random.random() < 0.8:
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
    return move_to(world, world.random.choice(list(state.records)), *new_root(world))


def move_to(world, number, typed, target):
    state = world.state
    if number not in state.records:
        return None
    record = state.records[number]

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


# ---- Beside assets/ ----


def init_git(world):  # pylint: disable=unused-argument
    """What git needs to merge the registry, beside one that is there."""
    path = f"{OWN}/.gitattributes"

    def expect(before, after):
        change = Change(before, "init")
        if path not in before.tree and isinstance(after.tree.get(path), bytes):
            change.tree[path] = after.tree[path]
        return change

    step = Step("init --git", ["init", "--git"], True, expect)
    step.reads_registry = False
    return step


def build(world):
    """Publishes into build/. Nothing below assets/ is another thing then, but for the cache."""
    step = Step("build", ["build", "--jobs", "1", *(["--verify"] if world.random.random() < 0.3 else [])], None,
                lambda before, after: Change(before, "build"))
    step.is_elsewhere = True
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


def last_to_undo(lines, gone):
    """The operation that undo takes back without a number."""
    return max((number for number in lines if number not in gone and "undoes" not in lines[number]), default=None)


def once_undone(world, lines, gone):
    """Operations that are undone, and could be undone once more if that were not known."""
    found = [(number, with_folders_of_now(world, world.operations[number], lines, gone)) for number in sorted(gone)
             if number in world.operations and number in lines]
    return [number for number, now in found if now is not None and undo_is_possible(world, now)]


def undo(world):
    lines = world.state.operations()
    gone = undone(lines)
    if not lines and world.random.random() < 0.9:
        return None
    if world.random.random() < 0.5 or not lines:
        target = last_to_undo(lines, gone)
        words = []
    else:
        target = world.random.choice([*lines, *lines, max(lines) + 1])
        words = [str(target)]
    return undo_of(world, target, words)


def undo_of(world, target, words):
    """Without words, the target is the one that prpack chooses."""
    lines = world.state.operations()
    gone = undone(lines)
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


# ---- Several that belong together ----


def once_more(world):
    """Undoes what the same call can do again. Then comes that call, and the undo of the first one again, which is not in force any more."""
    lines = world.state.operations()
    gone = undone(lines)
    possible = [number for number in sorted(world.again)
                if number in lines and number not in gone and undo_is_possible(world, world.operations[number])]
    if not possible:
        return None
    target = world.random.choice(possible)
    world.next_steps = [lambda world: world.again[target](world), lambda world: undo_twice(world, target)]
    return undo_of(world, target, [str(target)])


def undo_twice(world, target):
    lines = world.state.operations()
    if target not in once_undone(world, lines, undone(lines)):
        return None
    world.see("undo of what is undone")
    return undo_of(world, target, [str(target)])


def come_back(world):
    """Removes an asset. Then another one takes its name, its slot or its root, and it comes back."""
    state = world.state
    if len(state.records) < 2:
        return None
    number, other = world.random.sample(list(state.records), 2)
    record = state.records[number]
    name, slot = state.name_of(record), state.slot_of(record)
    if slot is not None and world.random.random() < 0.7:
        kind = world.kind_of(record.root)
        takes = [lambda world: add_of_kind(world, kind, slot[1])]
    elif name is not None and world.random.random() < 0.5:
        takes = [lambda world: rename_to(world, other, name), lambda world: membership_of(world, True, [other])]
    elif world.is_clean:
        return None
    else:
        world.delete_by_hand(record.root)
        takes = [lambda world: move_to(world, other, record.root, record.root)]
    world.next_steps = [*takes, lambda world: restore_uuid(world, record.uuid)]
    return remove_of(world, [number])


# How often each is tried, compared with the others.
SERVICES = [(add, 8), (add_each, 2), (adopt, 4), (update, 5), (palettes, 3), (include, 4), (exclude, 2), (rename, 3), (forget, 2), (move, 4),
            (remove, 4), (restore, 4), (purge, 1), (gc, 1), (doctor, 1), (build, 1), (init_git, 0.5), (undo, 6), (once_more, 4), (come_back, 2)]

# What random sequences do of each operation of service/operations.def that changes something.
OF_THE_TABLE = {
    "INIT": ["init", "init --git"], "ADD": ["add", "add --each", "add --update"], "ADOPT": ["adopt", "adopt --as-copy"], "PALETTES": ["palettes"],
    "EXCLUDE": ["exclude"], "INCLUDE": ["include"], "RENAME": ["rename"], "MOVE": ["move"], "FORGET": ["forget"], "REMOVE": ["remove"],
    "QUARANTINE_RESTORE": ["restore"], "QUARANTINE_PURGE": ["purge"], "UNDO": ["undo"], "DOCTOR": ["doctor --fix", "doctor --fix of markers"],
    "GC": ["gc"], "MERGE_REGISTRY": ["merge-registry"], "BUILD": ["build"],
}
ELSEWHERE = {"WATCH"}  # it builds: watch_random.py
