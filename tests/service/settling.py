"""What a killed build left: who sees it, who settles it, and where nothing may be touched.

    settling.py CASE

    reading     verify and inspect change nothing, whatever lies there
    planning    a dry run changes nothing, and has the exit code of the real run
    pending     they examine the set that a commit completes, and say what is pending
    links       nothing is followed out of the directory
    stranger    a workspace from a stranger, or a copy of a killed one, changes nothing outside of itself
    elsewhere   an output outside of the project is settled by the build that names it again, and by nothing else
    locked      settling does not wait for a lock
"""

import fcntl
import os
import re
import shutil
import sys

from harness.program import ENVIRONMENT, PRPACK, WELL, WRONG, prpack, run
from harness.births import born, seal, seal_with
from harness.trees import SEAL, Scratch, below, difference, read_tree, with_directories, without, write_tree
from harness.workspaces import ARTIFACTS, scenes, tree_after
from points import AT_SYSCALL, KILLED, each, names_of_calls, tell

LOG_CHANGES = os.environ["LOG_CHANGES"]
OLD = {"menu": b"a menu", "bay": b"the bay at night " * 20}
NEW = {"menu": b"another menu", "bay": b"the bay by day " * 30}


def built(assets):
    return tree_after(scenes(assets), ["build"])


OLD_TREE, NEW_TREE = built(OLD), built(NEW)


def moved(count):
    """The old set, of which a killed build has replaced the first `count` artifacts; the rest of the new set is committed."""
    tree = {**OLD_TREE, "build/.prpack-commit": None}
    for number, name in enumerate(ARTIFACTS):
        new = NEW_TREE[f"build/{name}"]
        tree[f"build/{name}" if number < count else f"build/.prpack-commit/{name}"] = new
    return with_directories(tree)


def first_set(count):
    """The same where there was no old set."""
    tree = moved(count)
    return {key: content for key, content in tree.items()
            if not key.startswith("build/") or "/.prpack-commit" in key or content == NEW_TREE.get(key)}


STAGED = {"build/.prpack-staging": None, "build/.prpack-staging/assets.pa": b"not yet"}


def pending_in(ended):
    """The places of the warnings in a JSON report."""
    return [finding["file"] for document in ended.documents() for finding in document["diagnostics"]
            if finding["id"] == "build-pending" and finding["severity"] == "warning" and finding["class"] == "E"]


# ---- reading ----

def changes_of(path, arguments, beside):
    """What a command changes on disk, with its writes to pipes and to the terminal left out."""
    log = os.path.join(beside, "log")
    ended = run([LOG_CHANGES, log, PRPACK, *arguments], path)
    with open(log, encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    return ended, [line for line in lines if not re.match(r"write\tpipe:\[\d+\](\t|$)", line)]


def reading():
    trees = {"a whole set": OLD_TREE, "dead staging": {**OLD_TREE, **STAGED}, "a commit and dead staging": {**moved(2), **STAGED},
             "a first set": first_set(0), "an empty commit": moved(4), "nothing": scenes(OLD)}
    trees = {name: with_directories({**tree, "assets/.prometeu/.prpack-output": ("link", f"{SEAL}:0:build"),
                                     "assets/.prometeu/.index.json.new": b"{"}) for name, tree in trees.items()}
    commands = [["verify"], ["verify", "--sources"], ["verify", "--wait", "--no-companions"], ["inspect", "build"],
                ["inspect", "build/assets.pa", "build", "--wait"], ["inspect", "."]]

    def act(case):
        name, command = case
        with Scratch() as path, Scratch() as beside:
            write_tree(path, trees[name])
            before = read_tree(path, with_cache=True)
            _, changes = changes_of(path, command, beside)
            problem = "; ".join(changes) or difference(read_tree(path, with_cache=True), before)
            return f"{' '.join(command)} of {name}: {problem}" if problem else None

    cases = [(name, command) for name in trees for command in commands]
    problems = [text for text in each(act, cases) if text]
    with Scratch() as path, Scratch() as beside:  # the same of a command that settles: the log is no blind one
        write_tree(path, trees["a commit and dead staging"])
        if not any(line.startswith("rename\t") for line in changes_of(path, ["list"], beside)[1]):
            problems.append("list was not seen to settle")
    return tell("reading", problems, len(cases), "readings changed nothing")


# ---- planning ----

def planning():
    """A dry run makes no call that changes anything on disk, whatever it comes to."""
    tree = with_directories({**scenes(OLD), "assets/cave/data.bin": b"a cave", "assets/dune/data.bin": b"a dune"})
    fresh = {"notes.txt": b"not ours"}
    runs = [(tree, ["add", "--type", "scene_bank", "cave", "dune"]), (tree, ["add", "--type", "scene_bank", "cave", "nowhere", "dune", "cave"]), (tree, ["add", "--type", "scene_bank", "cave", "--name", ""]),
            (fresh, ["add", "--type", "scene_bank", "cave"]), (fresh, ["init"]), (tree, ["init"])]

    def act(case):
        before, command = case
        with Scratch() as path, Scratch() as beside:
            write_tree(path, before)
            dry, changes = changes_of(path, [*command, "--dry-run"], beside)
            real, changed = changes_of(path, command, beside)
            problem = "; ".join(changes) or (f"{dry}, then {real}" if dry.code != real.code else "")
            problem = problem or ("the real run was not seen" if (real.code == WELL) > bool(changed) else "")
            return f"{' '.join(command)}: {problem}" if problem else None

    return tell("planning", [text for text in each(act, runs) if text], len(runs), "dry runs changed nothing, and foretold the exit code")


# ---- pending ----

def judge_pending(case):
    what, tree, command, code, files = case
    with Scratch() as path:
        write_tree(path, tree)
        ended = prpack(path, *command, "--format", "json")
        text = prpack(path, *command)
        problems = []
        if ended.code != code:
            problems.append(f"exit code {ended.code}: {ended.said}")
        if sorted(pending_in(ended)) != sorted(files):
            problems.append(f"says that {pending_in(ended)} is pending")
        if text.said.count("warning[build-pending]") != len(files):
            problems.append(f"said: {text.said}")
        if any(".prpack" in (finding["file"] or "") for document in ended.documents() for finding in document["diagnostics"]
               if finding["severity"] == "error"):
            problems.append(f"a finding names a file where it will not be: {ended.out}")
        return f"{what}, {' '.join(command)}: {'; '.join(problems)}" if problems else None


def with_new_pack(tree, change):
    """A tree with a changed assets.pa in the commit."""
    pack = bytearray(tree["build/.prpack-commit/assets.pa"])
    change(pack)
    return {**tree, "build/.prpack-commit/assets.pa": bytes(pack)}


def flip_last(pack):
    pack[-1] ^= 1


def pending():
    commit, staging = "build/.prpack-commit", "build/.prpack-staging"
    verify, inspect, file = ["verify"], ["inspect", "build"], ["inspect", "build/assets.pa"]
    cases = []
    for count in range(len(ARTIFACTS) + 1):
        for tree in (moved(count), first_set(count)):
            cases += [(f"{count} moved", tree, verify, WELL, [commit]), (f"{count} moved", tree, inspect, WELL, [commit]),
                      (f"{count} moved", {**tree, **STAGED}, verify, WELL, [commit, staging])]
    cases += [
        ("a whole set", OLD_TREE, verify, WELL, []), ("a whole set", OLD_TREE, inspect, WELL, []),
        ("dead staging", {**OLD_TREE, **STAGED}, verify, WELL, [staging]),
        ("the file as it lies there", moved(2), file, WELL, [commit]),
        ("the file that is not there yet", first_set(2), file, ENVIRONMENT, [commit]),
        ("a damaged new pack", with_new_pack(moved(2), flip_last), verify, WRONG, [commit]),
        ("a damaged new pack", with_new_pack(moved(2), bytearray.clear), inspect, WRONG, [commit]),
        ("a commit of the old pack", {**moved(2), "build/.prpack-commit/assets.pa": OLD_TREE["build/assets.pa"]}, verify, WRONG, [commit]),
        ("sources of the new set", {**moved(3), **below(NEW_TREE, "assets")}, ["verify", "--sources"], WELL, [commit]),
        ("an old table", without(moved(0), "build/.prpack-commit/asset_table.json"), verify, WRONG, [commit]),
        ("a manifest in the commit", {**moved(2), "build/.prpack-commit/manifest.json": b"{}"}, inspect, WELL, [commit]),
        ("a cartridge", {**moved(2), "build/manifest.json": b"{}"}, inspect, WRONG, [commit]),
    ]
    problems = [text for text in each(judge_pending, cases) if text]
    return tell("pending", problems, len(cases), "readings of the set that will be there")


# ---- links ----

def links():
    """Things that prpack has not made, under its names."""
    def act(case):
        name, kind, good = case
        with Scratch() as path:
            write_tree(path, {f"home/{key}": content for key, content in OLD_TREE.items()})
            write_tree(path, {f"away/{key[len('build/'):]}": content for key, content in below(NEW_TREE, "build").items()
                              if key != "build"})
            place = os.path.join(path, "home/build", name)
            if not good:  # what is away is damaged: it must not count
                with open(os.path.join(path, "away/assets.pa"), "ab") as file:
                    file.write(b"more")
            if kind == "link":
                os.symlink("../../away", place)
            elif kind == "fifo":
                os.mkfifo(place)
            elif kind == "file":
                with open(place, "wb") as file:
                    file.write(b"not ours")
            else:
                os.mkdir(place)
                os.symlink("../../../away/assets.pa", os.path.join(place, "assets.pa"))
            before = read_tree(path)
            problems = []
            for command in (["verify"], ["inspect", "build"]):
                ended = prpack(os.path.join(path, "home"), *command, "--format", "json")
                expected = ENVIRONMENT if kind == "directory" else WELL
                if ended.code != expected or pending_in(ended) != [f"build/{name}"]:
                    problems.append(f"{' '.join(command)}: {ended}")
            for command in (["list"], ["add", "nothing"], ["init"]):
                if kind != "directory":
                    prpack(os.path.join(path, "home"), *command)
            problems.append(difference(read_tree(path), before))
            problems = [problem for problem in problems if problem]
            return f"{kind} {name}: {'; '.join(problems)}" if problems else None

    cases = [(name, kind, good) for name in (".prpack-commit", ".prpack-staging") for kind in ("link", "fifo", "file")
             for good in (True, False)] + [(".prpack-commit", "directory", True)]
    return tell("links", [text for text in each(act, cases) if text], len(cases), "were not followed")


# ---- strangers ----

def victim():
    """Something outside of the workspace that settling would change."""
    tree = {"victim/out/.prpack-staging/assets.pa": b"not yet", "victim/empty/sub": None, "victim/other/.prpack-commit": None}
    for name in ARTIFACTS:
        tree[f"victim/out/{name}"] = OLD_TREE[f"build/{name}"]
        tree[f"victim/out/.prpack-commit/{name}"] = NEW_TREE[f"build/{name}"]
    return with_directories(tree)


# How a note is tied to the directory that it is in: as it should be, or by what a repository can know of it.
SEALS = {
    "right": seal,
    "of another birth": lambda directory, text: seal_with(os.stat(directory).st_dev, os.stat(directory).st_ino, born(directory) + 1, text),
    "of no birth": lambda directory, text: seal_with(os.stat(directory).st_dev, os.stat(directory).st_ino, 0, text),
    "of another device": lambda directory, text: seal_with(0, os.stat(directory).st_ino, born(directory), text),
    "of another directory": lambda directory, text: seal(os.path.dirname(directory), text),
    "old": lambda directory, text: str(os.stat(directory).st_ino),
    "none": lambda directory, text: "",
}


def note(path, sealed, rest):
    """Plants a note."""
    registry = os.path.join(path, "assets/.prometeu")
    link = os.path.join(registry, ".prpack-output")
    if os.path.lexists(link):
        os.remove(link)
    os.symlink(SEALS[sealed](registry, rest.encode()) + rest, link)


PLACES = ["0:../victim/out", "9:../victim/out", "0:../victim/empty/sub", "0:ABSOLUTE/victim/out", "3:ABSOLUTE/victim/empty/sub", "0:away/out",
          "4:away/out", "0:away/empty/sub", "0:assets/../../victim/out", "0:./../victim/out", "0:none/../../victim/out", "0:out", "0:build",
          "0:assets/.prometeu", "99:out", "0:.", "0:"]


def stranger():
    """A workspace with a note of its own choice, and with links in it that lead out."""
    def act(case):
        sealed, place = case
        problems = []
        with Scratch() as path:
            write_tree(path, {**victim(), **{f"game/{key}": content for key, content in scenes(OLD).items()}})
            for name, target in (("away", "../victim"), ("out", "../victim/out"), ("build", "../victim/out")):
                os.symlink(target, os.path.join(path, "game", name))
            before = below(read_tree(path), "victim")
            for command in (["list"], ["init"], ["add", "nothing"], ["add", "menu", "--wait"], ["verify"], ["inspect", "build"],
                            ["build", "--output", "new"], ["build"]):
                note(os.path.join(path, "game"), sealed, ":" + place.replace("ABSOLUTE", path))
                ended = prpack(os.path.join(path, "game"), *command)
                problem = difference(below(read_tree(path), "victim"), before)
                problems += [f"{' '.join(command)}: {problem}"] if problem else []
            if ended.code != WRONG or "error[path-outside]" not in ended.said or "--output" not in ended.said:
                problems.append(f"build into a link: {ended}")
        return f"{sealed}, {place}: {'; '.join(problems)}" if problems else None

    def act_inside(sealed):
        """Only a note that was made here is carried out in the project."""
        with Scratch() as path:
            write_tree(path, {**scenes(OLD), "new/er/.prpack-staging/assets.pa": b"not yet"})
            note(path, sealed, ":0:new/er")
            prpack(path, "list")
            left = [key for key in read_tree(path) if key.startswith("new") or ".prpack-output" in key]
            return f"a note with a seal that is {sealed}: {left}" if bool(left) == (sealed == "right") else None

    cases = [(sealed, place) for sealed in ("right", "of no birth") for place in PLACES]
    problems = [text for text in each(act, cases) if text] + [text for text in each(act_inside, SEALS) if text]
    problems += [text for text in (registry_of_another_workspace(), copy_of_a_killed_workspace()) if text]
    return tell("stranger", problems, len(cases) + len(SEALS) + 2, "workspaces of strangers left what is outside as it was")


def registry_of_another_workspace():
    """assets/ is a link to the assets of a workspace whose build was killed: it is not followed."""
    with Scratch() as path:
        write_tree(path, {f"other/{key}": content for key, content in moved(2).items()})
        write_tree(path, {"game/build/notes.txt": b"ours"})
        os.symlink("../other/assets", os.path.join(path, "game/assets"))
        note(os.path.join(path, "other"), "right", ":5:build")
        before = below(read_tree(path), "other")
        for command in (["list"], ["build"], ["add", "menu"], ["init"], ["verify", "--sources", "../other/build"]):
            ended = prpack(os.path.join(path, "game"), *command)
            problem = difference(below(read_tree(path), "other"), before)
            if problem or "error[path-outside]" not in ended.said or "--assets" not in ended.said:
                return f"a registry behind a link, {' '.join(command)}: {problem} {ended}"
        return None


def killed_elsewhere(path, name, number):
    """Kills a build into ../out/of/here when it enters its call of that name and number."""
    game = os.path.join(path, "game")
    tree = {f"game/{key}": content for key, content in scenes(NEW).items()}
    write_tree(path, tree)
    build = ["build", "--jobs", "1", "--output", "../out/of/here"]
    calls = [n for n, called in enumerate(names_of_calls(tree, build, "game"), start=1) if called == name]
    if run([AT_SYSCALL, "kill", str(calls[number]), PRPACK, *build], game).code != KILLED:
        raise AssertionError(f"the build has no {number} calls of {name}")


def copy_of_a_killed_workspace():
    with Scratch() as path:
        killed_elsewhere(path, "renameat", 2)
        shutil.copytree(os.path.join(path, "game"), os.path.join(path, "copy"), symlinks=True)
        before = without(read_tree(path), "copy")
        prpack(os.path.join(path, "copy"), "list")
        problem = difference(without(read_tree(path), "copy"), before)
        return f"a copy of a killed workspace: {problem}" if problem else None


# ---- elsewhere ----

def elsewhere():
    """Nothing is noted outside of the project, and nothing but a build with its --output goes there."""
    def act(case):
        name, number, command = case
        with Scratch() as path:
            killed_elsewhere(path, name, number)
            game = os.path.join(path, "game")
            found = read_tree(path)
            if [key for key in found if ".prpack-output" in key]:
                return f"{name} {number}: noted in {sorted(found)}"
            verified = prpack(path, "verify", "out/of/here", "--format", "json")
            if difference(read_tree(path), found):
                return f"{name} {number}: verify changed something"
            prpack(game, *command)
            if command[0] != "build" and difference(without(read_tree(path), "game"), without(found, "game")):
                return f"{name} {number}: {' '.join(command)} changed something outside"
            prpack(game, "build", "--output", "../out/of/here")
            tree = read_tree(path)
            left = [key for key in tree if ".prpack-" in key]
            if left or not {f"out/of/here/{artifact}" for artifact in ARTIFACTS} <= tree.keys():
                return f"{name} {number}, {' '.join(command)}: left {sorted(tree)}"
            if (verified.code == WELL) != (name == "renameat" and number > 0):
                return f"{name} {number}: verify before: {verified}"
            return None

    cases = [(name, number, command) for name, number in (("pwrite64", 0), ("renameat", 0), ("renameat", 1), ("renameat", 4))
             for command in (["list"], ["add", "nothing"], ["init"], ["build", "--output", "../out/of/here"])]
    return tell("elsewhere", [text for text in each(act, cases) if text], len(cases), "outputs outside of the project were settled")


# ---- locked ----

# What is inspected, and the files that are there beside a pack.
LOCKLESS = [("game/assets.pa", []), ("game/assets.pa", [".prpack-commit"]), ("game", ["manifest.json"]), ("game", ["program.pbx"]), ("game", []),
            ("game", ["manifest.json", "preload.json", ".prpack-commit"])]


def takes_no_lock(case):
    """A file or a cartridge is read without any lock."""
    target, names = case
    with Scratch() as path, Scratch() as beside:
        write_tree(path, {"game/assets.pa": OLD_TREE["build/assets.pa"],
                          **{f"game/{name}": None if name.startswith(".") else b"{}" for name in names}})
        calls = os.path.join(beside, "names")
        run([AT_SYSCALL, "list", calls, PRPACK, "inspect", target], path)
        with open(calls, encoding="ascii") as file:
            return f"inspect of {target} with {names} takes a lock" if "flock" in file.read().split() else None


def locked():
    """What is locked is left for a later command, without a moment of sleep. Only a build needs it done."""
    def act(case):
        place, kind, command, code = case
        with Scratch() as path, Scratch() as beside:
            write_tree(path, {**moved(2), **STAGED, "assets/.prometeu/.prpack-output": ("link", f"{SEAL}:5:build")})
            before = read_tree(path)
            fd = os.open(os.path.join(path, place), os.O_RDONLY)
            fcntl.flock(fd, kind)
            names = os.path.join(beside, "names")
            ended = run([AT_SYSCALL, "list", names, PRPACK, *command], path)
            changed = difference(read_tree(path), before)
            os.close(fd)
            with open(names, encoding="ascii") as file:
                slept = "clock_nanosleep" in file.read().split()
            prpack(path, "list")
            left = [key for key in read_tree(path) if ".prpack-" in key]
            if ended.code != code or changed or left or slept != (code == ENVIRONMENT):
                return f"{' '.join(command)} while {place} is locked: {ended}{changed}; slept: {slept}; left later: {left}"
            return "not build-busy" if code == ENVIRONMENT and "error[build-busy]" not in ended.said else None

    problems = [text for text in map(takes_no_lock, LOCKLESS) if text]
    places = [("build", fcntl.LOCK_SH), ("build", fcntl.LOCK_EX), ("assets/.prometeu", fcntl.LOCK_EX)]
    cases = [(place, kind, command, code) for place, kind in places
             for command, code in ((["list"], WELL), (["init"], WRONG), (["build"], ENVIRONMENT))]
    cases += [(place, kind, ["add", "nothing"], WRONG) for place, kind in places[:2]]
    problems += [text for text in each(act, cases) if text]
    return tell("locked", problems, len(cases) + len(LOCKLESS), "commands left what was locked, or took no lock")


def main():
    cases = {"reading": reading, "planning": planning, "pending": pending, "links": links, "stranger": stranger, "elsewhere": elsewhere, "locked": locked}
    sys.exit(0 if cases[sys.argv[1]]() else 1)


if __name__ == "__main__":
    main()
