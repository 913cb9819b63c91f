"""Random sequences of all services that change a workspace, with edits by hand in between, against a model.

    sequences.py MODE --count N [--seed S] [--first I]

MODE is plain, killed (most calls of prpack are killed at a random system call, and `list` settles what they left), failing (a random system
call of most of them fails) or swept (each system call of one step fails once). One sequence is drawn from seed and number alone, so
`--first I --count 1` repeats it. The model: sequence_model.py says what a state is, sequence_services.py what each service makes of it,
sequence_hands.py what people do in between. No id is used twice, no byte of a user's file is lost, and the registry stays sound."""

import argparse
import collections
import json
import os
import random
import re
import shutil
import signal
import sys
import traceback

from harness.program import PATIENCE, PRPACK, WELL, WRONG
from harness.trees import Scratch
from fault_points import ERRORS
from points import AT_SYSCALL, KILLED, NOT_REACHED, WORKERS, each
from sequence_hands import HARMFUL, HARMLESS
from sequence_merge import fork, merge
from sequence_model import ANCHOR, ATTRIBUTES_STAGE, OWN, QUARANTINE, REGISTRY, Change, Wrong, difference, read_tree
from sequence_quarantine import is_purged
from sequence_services import ELSEWHERE, OF_THE_TABLE, SERVICES
from sequence_steps import Step
from sequence_world import ASSETS, Copy, Output, World, fallible, list_calls, stamps

BATCH = 400
REPLACEABLE = (ANCHOR, ".hex", ".gpl")  # what operations rewrite
DISTURBED = 0.6  # how many of the steps are killed or have a call that fails: after too many, there is too little to work on


# ---- What is right ----


def done(world, step, after):
    """Raises Wrong unless the step was done."""
    change = step.expect(world.state, after)
    change.compare(after)
    if not change.operation.is_empty() and not change.operation.is_several:
        world.operations[change.operation.number] = change.operation
        if step.again is not None:
            world.again[change.operation.number] = step.again
    is_idle = change.tree == world.state.tree and change.operation.is_empty() and not step.is_elsewhere
    world.see(f"{step.name}: {'nothing to do' if is_idle else 'done'}")
    if step.name == "build":
        check_build()


def check_build():
    """The files that a build has published are whole, and belong together."""
    code, said = Output.run(PRPACK, "verify")
    if code != WELL:
        raise Wrong(f"verify, after a build: exit code {code}: {said}")


def unchanged(before, after):
    """How the state after differs; empty when it does not."""
    expected = dict(before.tree)
    if QUARANTINE in after.tree:
        expected.setdefault(QUARANTINE, None)  # it may be made, and stay empty
    expected.pop(ATTRIBUTES_STAGE, None)  # what a kill leaves: the next init replaces it, and gc deletes it
    if ATTRIBUTES_STAGE in after.tree:
        expected[ATTRIBUTES_STAGE] = after.tree[ATTRIBUTES_STAGE]
    return difference(after.tree, expected)


def judge(world, step, after, code, said):
    """Raises Wrong unless the state after a step that ended by itself is right."""
    if code not in (WELL, WRONG):
        raise Wrong(f"exit code {code}: {said}")
    if step.must is not None and step.must != (code == WELL):
        raise Wrong(f"it had to be {'done' if step.must else 'refused'}: exit code {code}: {said}")
    unlike = unchanged(world.state, after)
    if code == WELL or step.takes_some and unlike:
        done(world, step, after)
    elif unlike:
        raise Wrong(f"it was refused, and changed something: {unlike}")
    else:
        world.see(f"{step.name}: refused")


def judge_cut(world, step, after, would_be_done):
    """The same for a step that was killed, or whose call failed: all of it was done, or nothing."""
    unlike = unchanged(world.state, after)
    if not unlike:
        world.see(f"{step.name}: undone")
    elif not would_be_done:
        raise Wrong(f"it would be refused, and changed something: {unlike}")
    elif step.is_whole:
        done(world, step, after)
    else:
        change = step.partly(world.state, after)
        change.compare(after)
        if not change.operation.is_empty() and not change.operation.is_several:
            world.operations[change.operation.number] = change.operation
        world.see(f"{step.name}: done in part")


def check_list(world):
    """`list` settles what there is to settle. It finds no fault in the registry, and changes nothing else."""
    code, said = Output.run(PRPACK, "list", "--format", "json")
    if code not in (WELL, WRONG):
        raise Wrong(f"list: exit code {code}: {said}")
    errors = [finding for finding in json.loads(said)["diagnostics"] if finding["severity"] == "error"]
    faults = [finding for finding in errors if not world.is_damaged or finding["file"] == f"{ASSETS}/{REGISTRY}"]
    if faults:
        raise Wrong(f"list finds {faults[0]['file']}: {faults[0]['id']}: {faults[0]['message']}")


def check_doctor(world):
    """`doctor` finds no fault in the registry, and none at all when nothing was damaged by hand, and no art was added with its faults."""
    code, said = Output.run(PRPACK, "doctor", "--format", "json")
    if code not in (WELL, WRONG):
        raise Wrong(f"doctor: exit code {code}: {said}")
    errors = [finding for finding in json.loads(said)["diagnostics"] if finding["severity"] == "error"]
    forgiving = world.is_damaged or world.has_faulty_art
    faults = [finding for finding in errors if not forgiving or finding["file"] == f"{ASSETS}/{REGISTRY}"]
    if faults or (code == WRONG) != bool(errors):
        raise Wrong(f"doctor: exit code {code}: {said}")


# ---- Steps ----


def try_dry(step):
    """The exit code of a dry run, which changes nothing."""
    before = stamps()
    code, said = Output.run(PRPACK, *step.dry())
    if stamps() != before:
        raise Wrong(f"a dry run changed something: {said}")
    return code


def take_plain(world, step):
    planned = try_dry(step) if step.name != "init" and world.random.random() < 0.25 else None
    code, said = Output.run(PRPACK, *step.arguments)
    world.log[-1] += f" = {code}"
    if step.foretells and planned not in (None, code):
        raise Wrong(f"the dry run ended with {planned}, and the step with {code}: {said}")
    after = world.read()
    judge(world, step, after, code, said)
    world.adopt(after)


def rehearse(world, step):
    """How a step ends, and the names of its system calls, tried in a copy."""
    with Copy(world):
        code, said, names = list_calls(step.arguments)
        after = world.read()
    if code not in (WELL, WRONG):
        raise Wrong(f"exit code {code}: {said}")
    return code == WELL or step.takes_some and bool(unchanged(world.state, after)), names


def take_killed(world, step):
    would_be_done, names = rehearse(world, step)
    point = world.random.randint(1, len(names))
    code, said = Output.run(AT_SYSCALL, "kill", str(point), PRPACK, *step.arguments)
    world.log[-1] += f" killed at {point} of {len(names)} = {code}"
    if code not in (KILLED, NOT_REACHED, WELL, WRONG):
        raise Wrong(f"exit code {code}: {said}")
    if code == KILLED and step.name not in ("init", "purge") and world.random.random() < 0.15:
        settle_after_edit(world)
        return
    while world.random.random() < 0.3:
        point = world.random.randint(1, 60)
        Output.run(AT_SYSCALL, "kill", str(point), PRPACK, "list")
        world.log[-1] += f", list killed at {point}"
    finish_cut(world, step, would_be_done)


def contents(tree):
    """How often each content is there, of the files of the user."""
    return collections.Counter(content for name, content in tree.items() if isinstance(content, bytes) and is_users(name))


def is_users(name):
    return "/files/" in name if name.startswith(OWN) else not name.rpartition("/")[2].endswith(".new")


def edit_what_is_pending(world):
    """Whether the killed step was to replace a file, which is edited now."""
    tree = world.state.tree
    pending = [f"{above}{slash}{name[1:-4]}" for above, slash, name in (path.rpartition("/") for path in tree)
               if name.startswith(".") and name.endswith(".new") and above and not above.startswith(OWN)]
    pending = [path for path in pending if isinstance(tree.get(path), bytes)]
    if not pending or world.random.random() < 0.3:
        return False
    path = world.random.choice(pending)
    world.made += 1
    with open(os.path.join(ASSETS, path), "ab") as file:
        file.write(b" " * world.made)
    world.log.append(f"edit {path}, which was to be replaced")
    world.is_damaged = True
    world.state = world.read()
    return True


def settle_after_edit(world):
    """Something is edited by hand before the next command finds what a kill left. What is then done or not may depend on it, but nothing of
    the user is lost, except what the killed step had to replace."""
    before = world.state
    world.state = world.read()
    if not edit_what_is_pending(world):
        edit_by_hand(world, True)
    check_list(world)
    after = world.read()
    replaced = contents({name: content for name, content in before.tree.items() if name.endswith(REPLACEABLE)})
    lost = contents(world.state.tree) - contents(after.tree) - replaced
    if lost:
        raise Wrong(f"after a kill and an edit by hand, these are lost: {lost}")
    world.log[-1] += ", before the kill was settled"
    world.see("edited by hand after a kill")
    world.adopt(after)


def finish_cut(world, step, would_be_done, calls_failed=False):
    if world.state.exists or os.path.exists(f"{ASSETS}/{REGISTRY}"):
        check_list(world)
    after = world.read(calls_failed)
    if step.name == "init" and not after.exists:
        shutil.rmtree(ASSETS, ignore_errors=True)
        take_plain(world, step)
        return
    judge_cut(world, step, after, would_be_done)
    world.adopt(after)


def fail_call(world, step, would_be_done, name, number):
    error = world.random.choice(ERRORS[name])
    code, said = Output.run(AT_SYSCALL, "fail", name, str(number), error, PRPACK, *step.arguments)
    world.log[-1] += f", {name} {number} fails with {error} = {code}"
    if code < 0 or code > 3 and code != NOT_REACHED:
        raise Wrong(f"exit code {code}: {said}")
    if code == WELL and would_be_done:
        if world.state.exists:
            check_list(world)
        after = world.read(True)
        done(world, step, after)
        world.adopt(after)
    else:
        finish_cut(world, step, would_be_done, True)


def take_failing(world, step):
    would_be_done, names = rehearse(world, step)
    name, number = world.random.choice(list(fallible(names)))
    fail_call(world, step, would_be_done, name, number)


TAKE = {"plain": take_plain, "killed": take_killed, "failing": take_failing, "swept": take_plain}


# ---- Sequences ----


def init(world):
    def expect(before, after):
        change = Change(before, "init")
        change.tree = {name: content for name, content in after.tree.items() if name in (".prometeu", ".prometeu/.gitignore", REGISTRY)}
        if after.records or after.next != 1:
            raise Wrong("a new registry is not empty")
        return change
    world.log.append("prpack init")
    return Step("init", ["init"], None, expect)


def choose(random_, table):
    return random_.choices([entry for entry, _ in table], [weight for _, weight in table])[0]


def edit_by_hand(world, is_harmful):
    table = HARMFUL if is_harmful else HARMLESS
    what = choose(world.random, table)(world)
    if what is not None:
        world.log.append(what)
        world.see("by hand: " + what.split(" ")[0])
        world.is_damaged = world.is_damaged or is_harmful
        world.state = world.read()


def next_step(world):
    """A service that there is something for."""
    for _ in range(30):
        step = (world.next_steps.pop(0) if world.next_steps else choose(world.random, SERVICES))(world)
        if step is not None:
            world.log.append("prpack " + " ".join(step.arguments))
            world.has_faulty_art = world.has_faulty_art or "--anyway" in step.arguments
            return step
    return None


def half_saved_registry(world, step):
    """A registry that is not whole: a step that reads it is refused and changes nothing. Then the registry is as it was."""
    path = f"{ASSETS}/{REGISTRY}"
    content = world.state.tree[REGISTRY]
    with open(path, "wb") as file:
        file.write(content[:world.random.randrange(len(content) - 2)])
    before = read_tree(ASSETS)
    code, said = Output.run(PRPACK, *step.arguments)
    if step.name in ("gc", "doctor --fix"):
        before = {name: content for name, content in before.items() if not is_purged("/".join(name.split("/")[:3]))}
    if code != WRONG or read_tree(ASSETS) != before:
        raise Wrong(f"with a registry that is not whole: exit code {code}: {said}")
    with open(path, "wb") as file:
        file.write(content)
    world.state = world.read()


def sweep(world, step):
    """Each call of a step fails once, each time in a copy."""
    would_be_done, names = rehearse(world, step)
    begun = len(world.log[-1])
    state, operations, given = world.state, world.operations, world.given
    for name, number in fallible(names):
        world.log[-1] = world.log[-1][:begun]
        world.operations, world.given, world.state = dict(operations), dict(given), state
        with Copy(world):
            fail_call(world, step, would_be_done, name, number)
    world.operations, world.given, world.state = operations, given, state
    world.log[-1] = world.log[-1][:begun]
    world.see("swept")
    world.seen["calls that failed"] += len(list(fallible(names)))


def live_on(clone):
    """What becomes of a clone before it is merged."""
    with Copy(clone):
        for _ in range(clone.random.randint(1, 4)):
            edit_by_hand(clone, False)
            step = next_step(clone)
            if step is not None:
                take_plain(clone, step)


def live(world, mode):
    """A whole sequence."""
    TAKE[mode](world, init(world))
    if not world.state.exists:
        raise Wrong("init left no workspace")
    world.is_clean = world.random.random() < 0.4
    length = world.random.randint(8, 15)
    swept = world.random.randrange(2, length) if mode == "swept" else None
    for _ in range(3):
        edit_by_hand(world, False)
    for number in range(length):
        if world.fork is not None and world.random.random() < 0.3:
            merge(world, mode, live_on)
        elif world.fork is None and world.random.random() < 0.15:
            world.fork = fork(world)
        for _ in range(world.random.choice([0, 0, 1, 1, 2])):
            edit_by_hand(world, not world.is_clean and world.random.random() < 0.4)
        step = next_step(world)
        if step is None:
            continue
        if mode == "plain" and step.name != "purge" and step.reads_registry and world.random.random() < 0.03:
            half_saved_registry(world, step)
        if number == swept:
            sweep(world, step)
        TAKE[mode if world.random.random() < DISTURBED else "plain"](world, step)
        world.see("steps")
        check_list(world)
        if number == length - 1 or world.random.random() < 0.1:
            check_doctor(world)
        unlike = difference(read_tree(ASSETS), world.state.tree)
        if unlike:
            raise Wrong(f"list changed something: {unlike}")
    for command in ["history"], ["quarantine", "list"]:
        code, said = Output.run(PRPACK, *command)
        if code != WELL:
            raise Wrong(f"{' '.join(command)}: exit code {code}: {said}")


def run_one(item):
    """(what was seen, None or what is wrong)"""
    mode, seed, number = item
    world = World(random.Random(f"{mode} {seed} {number}"))
    home = os.getcwd()
    problem = None
    with Scratch() as path:
        os.chdir(path)
        try:
            live(world, mode)
        except Exception as found:  # pylint: disable=broad-except
            what = str(found) if isinstance(found, Wrong) else traceback.format_exc()
            problem = "\n".join([f"{mode} --seed {seed} --first {number} --count 1:", *[f"    {line}" for line in world.log], what[:4000]])
        finally:
            os.chdir(home)
    return world.seen, problem


# So many sequences that are not disturbed have to do each service, else they prove nothing of it.
ENOUGH = 150


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("mode", choices=TAKE)
    arguments.add_argument("--count", type=int, required=True)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--workers", type=int, default=WORKERS)
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument("--wrong", action="store_true", help="expect that a sequence is not as the model has it, and stop there")
    options = arguments.parse_args()
    check_table()
    seen, problems = collections.Counter(), []
    end = options.first + options.count
    batch = BATCH // 20 if options.wrong else BATCH
    for begin in range(options.first, end, batch):
        signal.alarm(10 * PATIENCE)
        for counts, problem in each(run_one, [(options.mode, options.seed, i) for i in range(begin, min(begin + batch, end))], options.workers):
            seen.update(counts)
            problems += [problem] if problem else []
        if len(problems) > 20 or options.wrong and problems:
            break
    for problem in problems[:5]:
        print(problem, file=sys.stderr)
    if options.wrong:
        print(f"found after at most {begin + batch} sequences" if problems else "not found")
        return 0 if problems and not any("Traceback" in problem for problem in problems) else 1
    if options.verbose or problems:
        for what, count in sorted(seen.items()):
            print(f"{count:8} {what}")
    missed = never_done(seen) if options.mode == "plain" and options.count >= ENOUGH else []
    for what in missed:
        print(f"this did not happen once: {what}", file=sys.stderr)
    print(f"{options.mode}: {options.count - len(problems)} of {options.count} sequences, {seen['steps']} steps, are as the model has them")
    return 1 if problems or missed else 0


# ---- The table of operations ----

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "service", "operations.def")
CHANGES_A_FILE = {"MERGE_REGISTRY"}  # that is named, and no workspace, so the table says NOTHING


def operations_that_change():
    """Those of the table."""
    with open(TABLE, encoding="utf-8") as file:
        rows = re.findall(r"^SERVICE_OPERATION\w*\((\w+),.*?\b(NOTHING|WORKSPACE|OUTPUT),", file.read(), re.M)
    return {symbol for symbol, changes in rows if changes != "NOTHING"} | CHANGES_A_FILE


def check_table():
    unlike = operations_that_change() ^ {*OF_THE_TABLE, *ELSEWHERE}
    if unlike:
        sys.exit(f"service/operations.def and OF_THE_TABLE of sequence_services.py differ: {', '.join(sorted(unlike))}")


def never_done(seen):
    """What sequences did not do of all that they have to do."""
    wanted = [f"{name}: done" for names in OF_THE_TABLE.values() for name in names]
    return [what for what in [*wanted, "merge-registry: conflict", "restore, excluded", "undo of what is undone"] if seen[what] == 0]


if __name__ == "__main__":
    sys.exit(main())
