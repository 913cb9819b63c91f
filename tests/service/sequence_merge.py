"""Merges in the random sequences: a second clone goes on from an earlier state, and comes back as git would bring it. Files are merged by
path; the registry by `merge-registry` or by git's lines and `doctor --fix`, and is compared with what harness/registries.py makes of it."""

import copy
import json
import os
import shutil
import subprocess
from typing import NamedTuple

from harness import registries
from harness.program import PRPACK, WELL, WRONG
from fault_points import ERRORS
from points import AT_SYSCALL, KILLED, NOT_REACHED
from sequence_hands import place
from sequence_model import (ANCHOR, HISTORY, OWN, QUARANTINE, REGISTRY, STAGED, Operation, State, Wrong, difference, is_blocked, names_below,
                            read_json, read_tree)
from sequence_quarantine import is_purged
from sequence_world import ASSETS, Copy, Output, fallible, list_calls_of_copy, stamps

STAGE = f"{OWN}/.index.json.prpack-new"
GIT = shutil.which("git")
BY_LINES = 0.35  # how many merges git makes without the driver
ADDED_BY_MENDING = ("doctor", "adopt")


class Fork(NamedTuple):
    """A clone: the state that it comes from, and its world. Quarantine and history are of one machine."""
    base: State
    world: object


def fork(world):
    tree = {name: content for name, content in world.state.tree.items() if not name.startswith((QUARANTINE, HISTORY))}
    clone = copy.copy(world)
    clone.state = State(tree)
    clone.given, clone.fresh, clone.operations, clone.again, clone.log, clone.fork = dict(world.given), dict(world.fresh), {}, {}, [], None
    clone.next_steps = []
    return Fork(clone.state, clone)


# ---- Files ----


def write_merged(world, put):
    """Whether each file could be written."""
    fine = True
    for name, content in put.items():
        world.state = world.read()
        if name in world.state.tree or is_blocked(world.state.tree, name):
            fine = False
            continue
        os.makedirs(os.path.dirname(place(name)), exist_ok=True)
        if isinstance(content, tuple):
            os.symlink(content[1], place(name))
        else:
            with open(place(name), "wb") as file:
                file.write(content)
    return fine


def remove_merged(names):
    for name in names:
        os.remove(place(name))
        above = name.rpartition("/")[0]
        while above and not os.listdir(place(above)):
            os.rmdir(place(above))
            above = above.rpartition("/")[0]


def merge_files(world, base, theirs):
    """Merges what is not the registry. Whether the two sides do not contradict each other; ours is kept where they do."""
    ours, put, gone, fine = world.state.tree, {}, [], True
    for name in sorted({*base, *ours, *theirs}):
        was, left, right = (tree.get(name) for tree in (base, ours, theirs))
        if name.split("/")[0] == OWN or right in (was, left):
            continue
        if left != was:
            fine = False
            if left is not None or right is None:
                continue
        if left is not None:
            gone.append(name)
        if right is not None:
            put[name] = right
    registered = tuple(record.root + "/" for record in world.state.records.values())
    if not all(name.startswith(registered) for name in gone):
        fine = False  # what was forgotten may come back without its files
    remove_merged(gone)
    fine = write_merged(world, put) and fine
    for root in list(world.fresh):
        if any(name.startswith(root + "/") for name in [*put, *gone]):
            del world.fresh[root]
    world.state = world.read()
    return fine


# ---- What is right ----


def check_side(side, base, expected, taken):
    """What a registry is when the version of one side is taken in each conflict."""
    if taken is None or taken.next_id != expected.next_id or taken.schema != expected.schema:
        raise Wrong("taking one side in each conflict does not give a registry")
    for uuid, record in taken.records.items():
        merged, own, was = expected.records.get(uuid), side.records.get(uuid), base.records.get(uuid)
        roots = {merged and merged[1], own and own[1]} if own is None or was is not None and own[1] == was[1] else {own[1]}
        if merged is None or (record[0], record[2]) != (merged[0], merged[2]) or record[1] not in roots:
            raise Wrong(f"a side has {uuid} as {record}; merged it is {merged}")
    lost = [uuid for uuid in side.records if uuid in expected.records and uuid not in taken.records]
    if lost:
        raise Wrong(f"a side does not have {lost} any more")


def check_merged(sides, expected, text):
    """Raises Wrong unless a text is the merge of three registries."""
    base, ours, theirs = sides
    if not expected.is_conflict:
        if text != expected.registry.text().encode():
            raise Wrong(f"merged, it had to be {expected.registry.text()}, and is {text.decode()}")
        return
    taken = [registries.parse_sound(side) for side in registries.take_apart(text.decode())[:2]]
    for side, registry in zip((ours, theirs), taken):
        check_side(side, base, expected.registry, registry)
    if taken[0].records == taken[1].records:
        raise Wrong("the versions of a conflict are the same")
    if {*taken[0].records, *taken[1].records} != {*expected.registry.records}:
        raise Wrong("a conflict loses a record")


def is_merged(before, sides, expected, may_be_old):
    """Whether the registry is merged; all else is as it was."""
    tree = read_tree(ASSETS)
    if may_be_old:
        tree.pop(STAGE, None)
    unlike = difference({**tree, REGISTRY: b""}, {**before, REGISTRY: b""})
    if unlike:
        raise Wrong(f"merge-registry: {unlike}")
    if may_be_old and tree[REGISTRY] == before[REGISTRY]:
        return False
    check_merged(sides, expected, tree[REGISTRY])
    return True


# ---- Disturbed calls ----


def disturb(world, mode, arguments, look):
    """Runs prpack so that it is killed, or a call of it fails. look(): raises Wrong unless all or nothing is done, and returns which. In
    the mode swept each call fails once, each time in a copy. Whether it is done."""
    if mode == "plain" or world.random.random() < 0.3:
        return False
    names = list_calls_of_copy(world, arguments)
    if mode == "swept":
        for name, number in fallible(names):
            with Copy(world):
                fail(world, arguments, name, number)
                look()
        return False
    if mode == "killed":
        point = world.random.randint(1, len(names))
        code, said = Output.run(AT_SYSCALL, "kill", str(point), PRPACK, *arguments)
        world.log.append(f"prpack {' '.join(arguments)} killed at {point} of {len(names)} = {code}")
        if code not in (KILLED, NOT_REACHED, WELL, WRONG):
            raise Wrong(f"exit code {code}: {said}")
    else:
        fail(world, arguments, *world.random.choice(list(fallible(names))))
    return look()


def fail(world, arguments, name, number):
    error = world.random.choice(ERRORS[name])
    code, said = Output.run(AT_SYSCALL, "fail", name, str(number), error, PRPACK, *arguments)
    world.log.append(f"prpack {' '.join(arguments)}, {name} {number} fails with {error} = {code}")
    if code < 0 or code > 3 and code != NOT_REACHED:
        raise Wrong(f"exit code {code}: {said}")


def run(world, arguments, expected_code):
    code, said = Output.run(PRPACK, *arguments)
    world.log.append(f"prpack {' '.join(arguments)} = {code}")
    if code != expected_code:
        raise Wrong(f"exit code {code}, and not {expected_code}: {said}")
    return said


# ---- By the driver ----


def merge_by_driver(world, mode, texts):
    """Whether there is a conflict, which is left in the registry."""
    sides = [registries.parse(text) for text in texts]
    expected = registries.merge(world.random, *sides)
    before = world.state.tree
    for name, text in (("base.json", texts[0]), ("theirs.json", texts[2])):
        with open(name, "wb") as file:
            file.write(text)
    arguments = ["merge-registry", os.path.abspath("base.json"), f"{ASSETS}/{REGISTRY}", os.path.abspath("theirs.json")]
    code = WRONG if expected.is_conflict else WELL
    if world.random.random() < 0.3:
        untouched = stamps()
        run(world, [*arguments, "--dry-run"], code)
        if stamps() != untouched:
            raise Wrong("a dry run changed something")
    if not disturb(world, mode, arguments, lambda: is_merged(before, sides, expected, True)):
        run(world, arguments, code)
        is_merged(before, sides, expected, False)
    world.see("merge-registry: " + ("conflict" if expected.is_conflict else "done"))
    return expected.is_conflict


def has_anchor(tree, root):
    return f"{root}/{ANCHOR}" in tree


def check_conflict_stays(world):
    """Nothing but the marks of a conflict keeps prpack from going on."""
    before = read_tree(ASSETS)
    said = json.loads(run(world, ["list", "--format", "json"], WRONG))
    if [finding["id"] for finding in said["diagnostics"]] != ["registry-syntax"]:
        raise Wrong(f"with a conflict in the registry, list says {said}")
    run(world, ["undo"], WRONG)
    unlike = difference(read_tree(ASSETS), before)
    if unlike:
        raise Wrong(f"with a conflict in the registry, something is changed: {unlike}")
    check_decided(before[REGISTRY])


def check_decided(text):
    """What `doctor --fix` makes of a conflict is the same conflict, or a registry of records that a side has. The text is put back."""
    code, said = Output.run(PRPACK, "doctor", "--fix")
    after = read_tree(ASSETS)[REGISTRY]
    sides, found = registries.take_apart(text.decode())[:2], registries.take_apart(after.decode())[:2]
    known = {uuid for side in sides for uuid in registries.parse(side).records}
    results = [registries.parse_sound(side) for side in found]
    if code not in (WELL, WRONG) or any(result is None or not known.issuperset(result.records) for result in results):
        raise Wrong(f"doctor --fix has made {after.decode()} of {text.decode()}: exit code {code}: {said}")
    with open(place(REGISTRY), "wb") as file:
        file.write(text)


def resolve(world):
    """Takes the version of one side in each conflict, by hand."""
    check_conflict_stays(world)
    side = world.random.randrange(2)
    text = registries.take_apart(read_tree(ASSETS)[REGISTRY].decode())[side]
    with open(place(REGISTRY), "wb") as file:
        file.write(text.encode())
    world.log.append(f"take {('ours', 'theirs')[side]} in each conflict")


# ---- By git's lines, and doctor --fix ----


def lines_of_git(world, texts):
    """What git makes of the registry without the driver."""
    names = ["ours.json", "base.json", "theirs.json"]
    for name, text in zip(names, (texts[1], texts[0], texts[2])):
        with open(name, "wb") as file:
            file.write(text)
    style = ["--diff3"] if world.random.random() < 0.5 else []
    ended = subprocess.run([GIT, "merge-file", "-p", "-q", *style, *names], stdout=subprocess.PIPE, check=False)
    world.log.append("git merge-file " + " ".join(style))
    return ended.stdout


def sides_of_lines(world, text):
    """(base, ours, theirs) of a text with git's conflicts, or None when they are not registries; the base is None when it is not pinned."""
    apart = registries.take_apart(text.decode())
    ours, theirs = registries.parse_loosely(apart.ours), registries.parse_loosely(apart.theirs)
    if ours is None or theirs is None:
        return None
    base = registries.parse_loosely(apart.base) if apart.base is not None else None
    return base or registries.base_of_sides(ours, theirs, lambda root: has_anchor(world.state.tree, root)), ours, theirs


def are_sound(text):
    """Whether both sides are registries by all rules. Else there may be no version of a conflict that is one."""
    return all(registries.parse_sound(side) is not None for side in registries.take_apart(text.decode())[:2])


def check_lines(before, after):
    """The history has a line for the mending, and maybe some for what was adopted then. Returns the number of the first."""
    old, new = (tree.get(HISTORY, b"") for tree in (before, after))
    old += b"" if not old or old.endswith(b"\n") else b"\n"
    added = [read_json(line) for line in new[len(old):].splitlines()] if new.startswith(old) else []
    if not added or any(line is None for line in added) or [line["name"] for line in added] != [*ADDED_BY_MENDING[:1],
                                                                                                *ADDED_BY_MENDING[1:] * (len(added) - 1)]:
        raise Wrong(f"doctor --fix: the history has no line for it: {new!r}")
    return added[0]["operation"]


def is_mended(world, before, sides, expected):
    """Whether doctor --fix has merged the two sides in the registry, which is all that it does but for adopting and cleaning."""
    after = read_tree(ASSETS)
    ignored = {REGISTRY: b"", HISTORY: b"", QUARANTINE: None}
    kept = [{name: content for name, content in tree.items() if not is_purged("/".join(name.split("/")[:3])) and not name.endswith((STAGE, *STAGED))}
            for tree in (after, before)]
    unlike = difference({**kept[0], **ignored}, {**kept[1], **ignored})
    if unlike:
        raise Wrong(f"doctor --fix: {unlike}")
    if after[REGISTRY] == before[REGISTRY]:
        return False
    if expected.is_conflict:
        check_merged(sides, expected, after[REGISTRY])
        return True
    found, number = registries.parse_sound(after[REGISTRY]), check_lines(before, after)
    adopted = dict(expected.registry.records)
    for uuid, record in (found.records if found is not None else {}).items():
        if uuid in adopted and not declares(after, adopted[uuid][1], uuid) and declares(after, record[1], uuid):
            adopted[uuid] = (adopted[uuid][0], record[1], adopted[uuid][2])
    if registries.Registry(expected.registry.next_id, adopted, expected.registry.schema).text().encode() != after[REGISTRY]:
        raise Wrong(f"mended, it had to be {expected.registry.text()}, and is {after[REGISTRY].decode()}")
    world.operations[number] = Operation(number, "doctor")
    return True


def declares(tree, root, uuid):
    return (read_json(tree.get(f"{root}/{ANCHOR}")) or {}).get("asset_uuid") == uuid


def settled(look):
    """Looks after `list` has settled what a kill has left."""
    Output.run(PRPACK, "list")
    return look()


def check_unpinned(tree, text, after):
    """What doctor --fix may make of a text when the contract does not say to the byte what: nothing, or a registry that has all records with
    an asset.json. Of two with one id, the smaller uuid keeps it."""
    if after == text:
        return
    results = [registries.parse_sound(side) for side in registries.take_apart(after.decode())[:2]]
    apart = registries.take_apart(text.decode())
    sides = [json.loads(side) for side in apart[:2]]
    versions = {}
    for each in sides[0]["assets"] + sides[1]["assets"]:
        versions.setdefault(each["asset_uuid"], []).append((each["root"], each["included_in_build"]))
    known = {uuid: [set(values) for values in zip(*each)] for uuid, each in versions.items()}
    ids = {}
    for each in sides[0]["assets"] + sides[1]["assets"]:
        ids.setdefault(each["asset_id"], set()).add(each["asset_uuid"])
    for found in results:
        kept = found.records if found is not None else {}
        if found is None or any(uuid not in known or any(value not in values for value, values in zip(record[1:], known[uuid])) for uuid, record in kept.items()):
            raise Wrong(f"doctor --fix has made {after.decode()} of {text.decode()}")
    if b"<<<<<<<" in after:
        return
    gone = [root for uuid, roots in versions.items() if uuid not in kept for root, _ in roots]
    wrong = [number for number, uuids in ids.items() if len(uuids) > 1 and uuids <= {*kept} and kept[min(uuids)][0] != number]
    if wrong or any(has_anchor(tree, root) for root in gone):
        raise Wrong(f"doctor --fix has made {after.decode()} of {text.decode()}")


def is_to_be_mended(text):
    """Markers, or two records with one id."""
    return b"<<<<<<<" in text or registries.parse_sound(text) is None


def mend_unpinned(world, text):
    code, said = Output.run(PRPACK, "doctor", "--fix")
    world.log.append(f"prpack doctor --fix = {code}")
    after = read_tree(ASSETS)[REGISTRY]
    check_unpinned(world.state.tree, text, after)
    if code not in (WELL, WRONG) or after == text and code == WELL and registries.parse_sound(text) is None:
        raise Wrong(f"doctor --fix of what git has merged by lines: exit code {code}: {said}")
    world.see("doctor --fix of markers: " + ("refused" if after == text else "some way"))


def mend(world, mode, text):
    """Whether doctor --fix had to merge what is between git's markers, and has. A conflict may be left."""
    with open(place(REGISTRY), "wb") as file:
        file.write(text)
    before = {**world.state.tree, REGISTRY: text}
    sides = sides_of_lines(world, text)
    if sides is not None and sides[0] is None:
        return False
    expected = registries.merge(world.random, *sides) if sides is not None else None
    if expected is None or expected.is_conflict and not are_sound(text):
        mend_unpinned(world, text)
        return False
    look = lambda: settled(lambda: is_mended(world, before, sides, expected))  # pylint: disable=unnecessary-lambda-assignment
    if mode == "swept" or not disturb(world, mode, ["doctor", "--fix"], look):
        code, said = Output.run(PRPACK, "doctor", "--fix")
        world.log.append(f"prpack doctor --fix = {code}")
        if code not in (WELL, WRONG) or expected.is_conflict and code == WELL or not is_mended(world, before, sides, expected):
            raise Wrong(f"doctor --fix has not mended the registry: exit code {code}: {said}")
    world.see("doctor --fix of markers: " + ("conflict" if expected.is_conflict else "done"))
    return True


# ---- A merge ----


def is_sound(state):
    """Whether builds find each asset, and names and slots of their own."""
    included = [record for record in state.records.values() if record.included]
    names = [state.name_of(record) for record in included]
    slots = [slot for slot in map(state.slot_of, included) if slot is not None]
    return all(state.name_of(record) is not None for record in state.records.values()) and \
        len(set(names)) == len(names) and len(set(slots)) == len(slots)


def spend_ids(world, theirs, after, by_lines):
    """Which uuid an id was given to, on either side. Lines of git do not say which ids were spent."""
    given = {number: record.uuid for number, record in after.records.items()}
    for side in (world, theirs):
        for number, uuid in side.given.items():
            is_other = number in after.records and after.records[number].uuid != uuid
            if is_other and uuid is not None and number not in side.state.records and not by_lines:
                raise Wrong(f"the id {number} of {uuid} was given again, to {after.records[number]}")
            given[number] = None if is_other and by_lines else given.get(number, uuid)
    if after.next < max(world.state.next, theirs.state.next):
        raise Wrong(f"next_asset_id is {after.next}, and was {world.state.next} and {theirs.state.next}")
    return given


def check_all_are_there(world, base, theirs, after):
    """What one side has added, nothing takes away."""
    uuids = {record.uuid for record in after.records.values()}
    for side in (world, theirs):
        added = {record.uuid for record in side.state.records.values()} - {record.uuid for record in base.records.values()}
        if not added <= uuids:
            raise Wrong(f"a merge has lost {added - uuids}")


def has_all_files(sides, after):
    """Whether each asset has what it had on a side. One side may have removed what another one has registered again."""
    uuids = {record.uuid for record in after.records.values()}
    return all(name in after.tree for side in sides for record in side.records.values() if record.uuid in uuids and
               record in after.records.values() for name in names_below(side.tree, record.root))


def merge(world, mode, live_on):
    """The clone goes on by live_on(world), and is merged."""
    base, theirs = world.fork
    ours = world.state
    world.fork, theirs.made = None, world.made
    try:
        live_on(theirs)
    finally:
        world.log += [f"    in the clone: {line}" for line in theirs.log]
    world.made = theirs.made
    fine = merge_files(world, base.tree, theirs.state.tree)
    texts = [base.tree[REGISTRY], world.state.tree[REGISTRY], theirs.state.tree[REGISTRY]]
    text = lines_of_git(world, texts) if GIT and world.random.random() < BY_LINES else b""
    by_lines = text != b"" and is_to_be_mended(text) and mend(world, mode, text)
    if not by_lines:
        with open(place(REGISTRY), "wb") as file:
            file.write(texts[1])
        world.state = world.read()
        merge_by_driver(world, mode, texts)
    is_conflict = b"<<<<<<<" in read_tree(ASSETS)[REGISTRY]
    if is_conflict:
        resolve(world)
    after = world.read()
    if not is_conflict and not by_lines:
        check_all_are_there(world, base, theirs, after)
    world.given = spend_ids(world, theirs, after, by_lines)
    world.state = after
    world.is_damaged = world.is_damaged or theirs.is_damaged or not fine or not is_sound(after) or \
        not has_all_files((ours, theirs.state), after)
    world.has_faulty_art = world.has_faulty_art or theirs.has_faulty_art
