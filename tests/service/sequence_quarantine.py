"""The services that remove, restore and clean, for the random sequences."""

from sequence_adding import adopt_one
from sequence_model import PURGED, QUARANTINE, Change, Record, Wrong, folder_number, is_blocked, is_directory, overlap, remove_below
from sequence_steps import Step, refer, some


def remove(world):
    state = world.state
    if not state.records:
        return None
    return remove_of(world, some(world.random, list(state.records)))


def remove_of(world, numbers):
    state = world.state
    if any(number not in state.records for number in numbers):
        return None

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
    return restore_of(world, some(world.random, doubtful if doubtful and world.random.random() < 0.8 else folders))


def restore_of(world, chosen):
    state = world.state

    def expect(before, after):
        change = Change(before, "quarantine restore")
        names, slots = before.names(), [before.slot_of(each) for each in before.records.values() if each.included]
        for folder in sorted(chosen, key=lambda each: before.folder_record(each)["asset_id"]):
            record = before.folder_record(folder)
            number, root = record["asset_id"], record["root"]
            change.take_out(folder, root, files_of(folder) in before.tree)
            included = record["included_in_build"] and after.records[number].included
            name, slot = restored_name(before, folder, record), after.slot_of(Record(record["asset_uuid"], root, True))
            if included and not world.is_damaged and (name in names or slot is not None and slot in slots):
                raise Wrong(f"quarantine {folder} came back into builds, where its name or slot is taken")
            names, slots = [*names, *[name] * included], [*slots, *[slot] * included]
            if record["included_in_build"] and not included:
                world.see("restore, excluded")
                if not world.is_damaged and len(chosen) == 1 and name not in names and after.slot_of(after.records[number]) is None:
                    raise Wrong(f"quarantine {folder} came back excluded")
            change.set_record(number, Record(record["asset_uuid"], root, included))
        return change

    must = False if restore_is_blocked(state, chosen) else True
    return Step("restore", ["quarantine", "restore", *[typed_folder(world, folder) for folder in chosen]], must, expect)


def restore_uuid(world, uuid):
    state = world.state
    folders = [folder for folder in state.folders() if (state.folder_record(folder) or {}).get("asset_uuid") == uuid]
    return restore_of(world, folders[-1:]) if folders else None


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
