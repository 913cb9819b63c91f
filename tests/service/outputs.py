"""Where a build may publish, and what it says it has published: docs/contracts/artifact-ownership.md 3.4 to 3.6.

    outputs.py CASE

    reserved    directories that are used for something else are refused, and nothing hangs afterwards
    places      links are followed as the contract says, and the report names a directory outside of the project
    targets     what cannot be replaced is noticed before anything is published
    messages    each row of the table of failures: what is said is true of what lies there
    check       build --check makes no call that changes a file system, whatever was left there
"""

import os
import sys

from harness.program import ENVIRONMENT, PRPACK, USAGE, WELL, WRONG, prpack, run
from harness.trees import Scratch, below, difference, read_tree, with_directories, without, write_tree
from harness.workspaces import ARTIFACTS, scenes, tree_after
from points import AT_SYSCALL, each, names_of_calls, tell

OLD = {"menu": b"a menu", "deep/bay": b"the bay at night " * 20}
NEW = {"menu": b"another menu", "deep/bay": b"the bay by day " * 30}
OLD_TREE, NEW_TREE = (tree_after(scenes(assets), ["build"]) for assets in (OLD, NEW))


def report_of(path, *arguments):
    """Exit code, report and text of a build, each of a run of its own."""
    ended = prpack(path, "build", "--format", "json", *arguments)
    return ended.code, ended.documents()[0], ended.err


def ids_of(report):
    return [finding["id"] for finding in report["diagnostics"] if finding["severity"] == "error"]


# ---- reserved ----

RESERVED = ["assets", "assets/", "assets/.prometeu", "assets/.prometeu/x", "assets/.prometeu/x/y/z", "./assets/.prometeu", "assets/menu", "assets/deep/bay",
            "build/.prpack-staging", "build/.prpack-commit/in", "to_prometeu", "to_prometeu/x", "to_menu", "to_assets", "to_assets/.prometeu", "ABSOLUTE/assets",
            "ABSOLUTE/assets/.prometeu", "../other/../game/assets/menu", "../to_game/assets/.prometeu/x", "build/.PRPACK-Staging/x", "../other/.prpack-commit"]
FREE = ["out", "new/er/out", "assets/free", "assets/menu/below", "assets/deep", ".", "build", "ABSOLUTE/build", "../to_game/build", "to_free", "build/x"]
LINKS = {"to_prometeu": "assets/.prometeu", "to_menu": "assets/menu", "to_assets": "assets", "to_free": "free", "../to_game": "game"}


def prepare_links(path):
    game = os.path.join(path, "game")
    write_tree(path, with_directories({"other/note.txt": b"not ours", "game/free": None, **{f"game/{key}": content for key, content in OLD_TREE.items()}}))
    for name, target in LINKS.items():
        os.symlink(target, os.path.join(game, name))
    return game


def check_reserved(place):
    with Scratch() as path:
        game = prepare_links(path)
        before = read_tree(path)
        place = place.replace("ABSOLUTE", game)
        for arguments in ([], ["--wait"], ["--verify", "--no-cache"]):
            code, report, _ = report_of(game, "--output", place, *arguments)
            if code != USAGE or ids_of(report) != ["output-reserved"] or "--output" not in report["diagnostics"][-1]["help"]:
                return f"{place} {arguments}: {code}, {report['diagnostics']}"
            if difference(read_tree(path), before):
                return f"{place} {arguments}: {difference(read_tree(path), before)}"
        for command in (["list"], ["build", "--wait"], ["verify"]):
            ended = prpack(game, *command, patience=20)
            if ended.code != WELL:
                return f"after {place}, {' '.join(command)}: {ended}"
        return None


def check_free(place):
    """Exit code 0, twice; nothing is left beside the artifacts; the report says whether it was outside."""
    with Scratch() as path:
        game = prepare_links(path)
        place = place.replace("ABSOLUTE", game)
        for _ in range(2):
            code, report, _ = report_of(game, "--output", place)
            if code != WELL or report["outside"] is not None:
                return f"{place}: {code}, {report}"
        real = os.path.realpath(os.path.join(game, place))
        if not all(os.path.isfile(os.path.join(real, name)) for name in ARTIFACTS):
            return f"{place}: the artifacts are not in {real}"
        left = [key for key in read_tree(path) if ".prpack" in key]
        return f"{place}: left {left}" if left else None


def reserved():
    problems = [text for text in each(check_reserved, RESERVED) if text] + [text for text in each(check_free, FREE) if text]
    with Scratch() as path:  # the default output can be assets/ as well
        write_tree(path, {f"build/{key[len('assets/'):]}": content for key, content in scenes(OLD).items() if key.startswith("assets/")})
        code, report, _ = report_of(path, "--assets", "build")
        if code != USAGE or ids_of(report) != ["output-reserved"]:
            problems.append(f"--assets build: {code}, {report}")
    return tell("reserved", problems, len(RESERVED) + len(FREE) + 1, "directories were refused or taken")


# ---- places ----

def links_to(kind, target):
    return {"relative": target, "absolute": "ABSOLUTE/" + target}[kind]


def check_default_link(target):
    """`build` is a link: whatever it leads to, nothing is followed."""
    with Scratch() as path:
        game = os.path.join(path, "game")
        write_tree(path, with_directories({"away/here.txt": b"not ours", **{f"away/{name}": b"not ours" for name in ARTIFACTS}, "game/in/side": None,
                                           **{f"game/{key}": content for key, content in scenes(OLD).items()}}))
        os.symlink(target.replace("ABSOLUTE", path), os.path.join(game, "build"))
        before = read_tree(path)
        for arguments in ([], ["--verify"], ["--no-cache"]):
            ended = prpack(game, "build", *arguments)
            if ended.code != WRONG or "build: error[path-outside] " not in ended.said or "--output" not in ended.said:
                return f"build -> {target}: {ended}"
            prpack(game, "list")
            if difference(read_tree(path), before):
                return f"build -> {target}: {difference(read_tree(path), before)}"
        return None


# What is named by --output, and whether the report has it as outside.
NAMED = [("../away", True), ("ABSOLUTE/away", True), ("../away/new/er", True), ("link_out", True), ("link_out/deeper", True), ("link_in", False),
         ("link_in/deeper", False), ("in/../../away", True), ("in/../build", False), ("in", False)]


def check_named(case):
    place, outside = case
    with Scratch() as path:
        path = os.path.realpath(path)
        game = os.path.join(path, "game")
        write_tree(path, with_directories({"away/here.txt": b"not ours", "game/in/side": None, **{f"game/{key}": content for key, content in scenes(OLD).items()}}))
        os.symlink("../away", os.path.join(game, "link_out"))
        os.symlink("in", os.path.join(game, "link_in"))
        place = place.replace("ABSOLUTE", path)
        code, report, _ = report_of(game, "--output", place)
        real = os.path.realpath(os.path.join(game, place))
        if code != WELL or report["outside"] != (real if outside else None) or not os.path.exists(os.path.join(real, "assets.pa")):
            return f"--output {place}: {code}, outside {report['outside']} and not {real}"
        text = prpack(game, "build", "--no-cache", "--output", place)
        if (f"outside of the project: {real}\n" in text.out) != outside:
            return f"--output {place} says {text}"
        if not report_of(game, "--output", place)[1]["summary"]["kept"]:
            return f"--output {place}: the last build is not remembered"
        return None


# What assets is, --assets, and the exit codes of list and of init.
ASSETS = [("art", [], WELL, WRONG), ("ABSOLUTE/game/art", [], WRONG, WRONG), ("../other/assets", [], WRONG, WRONG), ("ABSOLUTE/other/assets", [], WRONG, WRONG),
          ("nowhere", [], WRONG, ENVIRONMENT), ("assets", [], WRONG, WRONG), ("../other/assets", ["--assets", "assets"], WELL, WRONG),
          (None, ["--assets", "art"], WELL, WRONG), (None, ["--assets", "../other/assets"], WELL, WRONG),
          (None, ["--assets", "ABSOLUTE/other/assets"], WELL, WRONG), (None, [], WRONG, WELL), (None, ["--assets", "none"], WRONG, WELL)]


def check_assets(case):
    target, arguments, code, code_of_init = case
    with Scratch() as path:
        game = os.path.join(path, "game")
        tree = {key[len("assets/"):]: content for key, content in OLD_TREE.items() if key.startswith("assets/")}
        write_tree(path, with_directories({**{f"game/art/{key}": content for key, content in tree.items()},
                                           **{f"other/assets/{key}": content for key, content in tree.items()}}))
        if target is not None:
            os.symlink(target.replace("ABSOLUTE", path), os.path.join(game, "assets"))
        arguments = [argument.replace("ABSOLUTE", path) for argument in arguments]
        before = read_tree(path)
        for command in (["list"], ["add", "--dry-run", "menu"], ["build"], ["verify", "--sources"], ["init", "--dry-run"]):
            ended = prpack(game, *command, *arguments)
            expected = {"init": code_of_init}.get(command[0], code)
            if command[0] == "verify" and code != WELL:
                # There is no build: of a workspace, of nothing, or of what a link to itself hides.
                workspace = os.path.exists(os.path.join(game, "assets", ".prometeu", "index.json"))
                expected = WRONG if workspace else ENVIRONMENT if target == "assets" else USAGE
            if ended.code != expected:
                return f"assets -> {target}, {' '.join(command + arguments)}: {ended}"
            if target is not None and "other" in target and not arguments and command[0] != "verify" and "--assets" not in ended.said:
                return f"assets -> {target}, {' '.join(command)}: says {ended}"
        changed = without(read_tree(path), "game/build")
        changed = {key: content for key, content in changed.items() if not key.endswith("cache.json")}
        if difference(changed, before):
            return f"assets -> {target} {arguments}: {difference(changed, before)}"
        if code == WELL and below(read_tree(path), "game/build") != {f"game/{key}": content for key, content in below(OLD_TREE, "build").items()}:
            return f"assets -> {target} {arguments}: other bytes"
        return None


def added_there():
    """add and init write where --assets says, and nowhere else."""
    with Scratch() as path:
        game = os.path.join(path, "game")
        write_tree(path, {"game/notes.txt": b"ours", "art/cave/data.bin": b"a cave"})
        steps = [prpack(game, *command, "--assets", "../art") for command in (["init"], ["add", "--type", "scene_bank", "cave"], ["add", "--type", "scene_bank", "../art/cave", "--dry-run"], ["build", "--verify"], ["list"])]
        if [ended.code for ended in steps] != [WELL] * 5:
            return "; ".join(map(str, steps))
        tree = read_tree(path)
        if "art/cave/asset.json" not in tree or "game/build/assets.pa" not in tree or "game/assets" in tree:
            return f"--assets ../art left {sorted(tree)}"
        verified = prpack(game, "verify", "--sources", "--assets", "../art")
        without_it = prpack(game, "verify", "--sources")
        return None if verified.code == WELL and without_it.code != WELL else f"{verified} {without_it}"


def places():
    targets = ["../away", "ABSOLUTE/away", "in", "in/side", "../game/in", "nowhere", "../none", "build", "../away/here.txt", "ABSOLUTE/game/in"]
    problems = [text for text in each(check_default_link, targets) if text] + [text for text in each(check_named, NAMED) if text]
    problems += [text for text in each(check_assets, ASSETS) if text] + [text for text in (added_there(),) if text]
    return tell("places", problems, len(targets) + len(NAMED) + len(ASSETS) + 1, "places were followed, or not, as the contract says")


# ---- targets ----

def put(place, kind):
    """Puts something in the place of an artifact; returns whether a rename replaces it."""
    if os.path.lexists(place):
        os.remove(place)
    if kind == "directory":
        os.mkdir(place)
    elif kind == "full directory":
        os.mkdir(place)
        write_tree(place, {"file": b"not ours"})
    elif kind == "fifo":
        os.mkfifo(place)
    elif kind == "link":
        os.symlink("nowhere/at/all", place)
    elif kind == "hard link":
        with open(place + ".other", "wb") as file:
            file.write(b"not ours")
        os.link(place + ".other", place)
    return "directory" not in kind


def check_target(case):
    name, kind, base = case
    with Scratch() as path:
        tree = {"nothing": scenes(NEW), "a set": {**scenes(NEW), **below(OLD_TREE, "build")}}[base]
        write_tree(path, {**tree, "build/notes.txt": b"ours"})
        replaced = put(os.path.join(path, "build", name), kind)
        before = read_tree(path)
        code, report, said = report_of(path, "--verify")
        found = read_tree(path)
        if replaced:
            fine = code == WELL and report["published"] and all(found[f"build/{a}"] == NEW_TREE[f"build/{a}"] for a in ARTIFACTS)
            fine = fine and found.get(f"build/{name}.other", b"not ours") == b"not ours"
            return None if fine else f"{kind} {name} in {base}: {code}, {report}"
        finding = report["diagnostics"][-1]
        if code != ENVIRONMENT or report["published"] or ids_of(report) != ["environment-write"] or finding["file"] != f"build/{name}":
            return f"{kind} {name} in {base}: {code}, {report}"
        if difference(found, before):
            return f"{kind} {name} in {base}: {difference(found, before)}"
        text = prpack(path, "build")
        return None if "nothing was published; what was there before is untouched" in text.err else f"{kind} {name} in {base}: said {text}{said}"


def mounted():
    """A mount point in an artifact's place, in a name space of its own, where that can be had."""
    with Scratch() as path:
        write_tree(path, {**scenes(NEW), **below(OLD_TREE, "build"), "other": b"not ours"})
        script = 'mount --bind other build/preload.json && echo mounted && "$0" build'
        ended = run(["unshare", "-rm", "sh", "-c", script, PRPACK], path)
        if not ended.out.startswith("mounted"):
            return None  # there are no name spaces to be had here
        tree = read_tree(path)
        fine = ended.code == ENVIRONMENT and "build/preload.json: error[environment-write] " in ended.err and below(tree, "build") == below(OLD_TREE, "build")
        return None if fine else f"a mount point: {ended}"


def targets():
    cases = [(name, kind, base) for name in ARTIFACTS for kind in ("directory", "full directory", "fifo", "link", "hard link") for base in ("nothing", "a set")]
    problems = [text for text in each(check_target, cases) if text] + [text for text in (mounted(),) if text]
    return tell("targets", problems, len(cases) + 1, "things in an artifact's place were replaced, or nothing was")


# ---- messages ----

UNTOUCHED = "nothing was published; what was there before is untouched"
MOVED = "nothing was published; the set of an earlier build, which was killed, was moved into place"
PARTLY = "nothing was published; a part of the set of an earlier build, which was killed, was moved into place"
TRIES = "could not move the new files into place: they are complete, and the next command in the workspace, or build into this directory, tries again"
REST = "could not move all new files into place: they are complete, and the next command in the workspace, or build into this directory, moves the rest"
LASTS = "could not finish: the new files are all in place, but that may not last over a power cut, or their empty directory is left"
SAID = (UNTOUCHED, MOVED, PARTLY, TRIES, REST, LASTS)


def pending(assets, output="build"):
    """A workspace of these assets, in whose output directory another build was killed at its commit point."""
    tree = scenes(assets)
    for name in ARTIFACTS:
        tree[f"{output}/{name}"] = OLD_TREE[f"build/{name}"]
        tree[f"{output}/.prpack-commit/{name}"] = NEW_TREE[f"build/{name}"]
    return with_directories(tree)


def broken(tree):
    return {**tree, "assets/menu/asset.json": b"{"}


def call_after(names, name, other, count=0):
    """The number, among the calls of a name, of the first one that comes after so many calls of another name."""
    seen = found = 0
    for called in names:
        found += called == name
        if called == name and seen > count:
            return found
        seen += called == other
    raise AssertionError(f"there is no {name} after {count} calls of {other}")


def nth(name, number):
    return lambda names: (name, number if number > 0 else names.count(name) + 1 + number)


ANEW = {**scenes(NEW), **below(OLD_TREE, "build")}  # another build over an old set
FIRST = scenes(NEW)
# What was there; the call that fails, or None; with what; what the build says; the exit code; which set lies there then.
ROWS = [
    ("a fault", broken(ANEW), None, UNTOUCHED, WRONG, "old"),
    ("a fault of a first build", broken(FIRST), None, UNTOUCHED, WRONG, "none"),
    ("a fault after the set of a killed build", broken(pending(OLD)), None, MOVED, WRONG, "new"),
    ("the staging directory cannot be made", ANEW, nth("mkdirat", 1), UNTOUCHED, ENVIRONMENT, "old"),
    ("the staged files cannot be written", ANEW, nth("pwrite64", 1), UNTOUCHED, ENVIRONMENT, "old"),
    ("the commit fails", ANEW, nth("renameat", 1), UNTOUCHED, ENVIRONMENT, "old"),
    ("the commit of a first build fails", FIRST, nth("renameat", 1), UNTOUCHED, ENVIRONMENT, "none"),
    ("the commit is not durable", ANEW, lambda names: ("fsync", call_after(names, "fsync", "renameat")), TRIES, ENVIRONMENT, "committed"),
    ("the first file cannot be moved", ANEW, nth("renameat", 2), TRIES, ENVIRONMENT, "committed"),
    ("the second file cannot be moved", ANEW, nth("renameat", 3), REST, ENVIRONMENT, "committed"),
    ("the last file cannot be moved", ANEW, nth("renameat", 5), REST, ENVIRONMENT, "committed"),
    ("the moved files are not durable", ANEW, lambda names: ("fsync", call_after(names, "fsync", "renameat", 4)), LASTS, ENVIRONMENT, "new"),
    ("the empty directory stays", ANEW, lambda names: ("unlinkat", call_after(names, "unlinkat", "renameat", 4) + 4), LASTS, ENVIRONMENT, "new"),
    # What is pending in build/ is settled before, and a call that fails once is tried again. So these are about another directory.
    ("a part of the set of a killed build", pending(OLD, "other"), nth("renameat", 2), PARTLY, ENVIRONMENT, "committed"),
    ("nothing of the set of a killed build", pending(OLD, "other"), nth("renameat", 1), UNTOUCHED, ENVIRONMENT, "committed"),
]


def state_of(tree, output="build"):
    """Which set a reader of the output directory is to see, and whether all of it is in place."""
    for name, known in (("old", OLD_TREE), ("new", NEW_TREE)):
        if all(tree.get(f"{output}/{artifact}") == known[f"build/{artifact}"] for artifact in ARTIFACTS):
            return name if name == "new" or f"{output}/.prpack-commit" not in tree else "committed"
    return "committed" if f"{output}/.prpack-commit" in tree else "none" if not any(f"{output}/{artifact}" in tree for artifact in ARTIFACTS) else "mixed"


def check_message(row):
    what, tree, find, said, code, state = row
    output = "other" if "other/assets.pa" in tree else "build"
    command = ["build", "--jobs", "1"] + (["--output", output] if output != "build" else [])
    with Scratch() as path:
        write_tree(path, tree)
        before = read_tree(path)
        if find is None:
            ended = run([PRPACK, *command], path)
        else:
            name, number = find(names_of_calls(tree, command, "."))
            ended = run([AT_SYSCALL, "fail", name, str(number), "EIO", PRPACK, *command], path)
        found = read_tree(path)
        said_of = [text for text in SAID if text in ended.err]
        if ended.code != code or said_of != [said]:
            return f"{what}: said {said_of}, {ended}"
        if state_of(found, output) != state:
            return f"{what}: the set is {state_of(found, output)}"
        if said == UNTOUCHED and difference(below(found, output), below(before, output)):
            return f"{what}: {difference(below(found, output), below(before, output))}"
        if state == "committed":  # the next command does what was said
            prpack(path, *(["list"] if output == "build" else command))
            if output == "build" and state_of(read_tree(path)) != "new" or [key for key in read_tree(path) if ".prpack" in key]:
                return f"{what}: the next command left the set {state_of(read_tree(path), output)}"
        return None


def check_output_failure():
    """A build whose report cannot be written has published all the same, and says nothing else."""
    with Scratch() as path:
        write_tree(path, scenes(NEW))
        ended = run(["sh", "-c", '"$0" build > /dev/full', PRPACK], path)
        fine = ended.code == ENVIRONMENT and "error[environment-write] standard output" in ended.err and "untouched" not in ended.err and "the set is published" in ended.err
        fine = fine and state_of(read_tree(path)) == "new"
        return None if fine else f"a report that cannot be written: {ended}"


def messages():
    problems = [text for text in each(check_message, ROWS) if text] + [text for text in (check_output_failure(),) if text]
    return tell("messages", problems, len(ROWS) + 1, "messages were true")


# Of a run without --verify: what makes or changes a file, a directory or a name.
CHANGING = {"mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "symlink", "symlinkat", "link", "linkat", "pwrite64", "pwritev",
            "ftruncate", "truncate", "fallocate", "fsync", "fdatasync", "syncfs", "sync_file_range", "utimensat", "fchmod", "fchmodat", "copy_file_range",
            "memfd_create", "other"}


def left_by_kills():
    """Workspaces with all that a killed build or edit can leave."""
    built = with_directories({**scenes(NEW), **below(OLD_TREE, "build")})
    yield scenes(NEW)
    yield built
    yield {**built, "build/.prpack-staging": None, "build/.prpack-staging/assets.pa": b"not yet"}
    yield {**built, "build/.prpack-commit": None, "build/.prpack-commit/assets.pa": NEW_TREE["build/assets.pa"]}
    yield {**built, "assets/.prometeu/.cache.json.new": b"{", "assets/.prometeu/.prpack-output": ("link", "0" * 32 + ":0:build")}
    yield {**built, "assets/.prometeu/.prpack-edit": b"prpack-edit 2", "assets/.prometeu/.index.json.new": b"{"}
    yield without(scenes(NEW), "assets/menu/data.bin")


def check():
    """What a check calls, and what it leaves."""
    problems, points = [], 0
    for tree in left_by_kills():
        for arguments in ([], ["--verify"], ["--explain"], ["--output", "new/er"], ["--no-cache"]):
            command = ["build", "--check", "--jobs", "1", *arguments]
            points += 1
            called = CHANGING & set(names_of_calls(tree, command)) if "--verify" not in arguments else set()
            with Scratch() as path:
                write_tree(path, tree)
                before = read_tree(path, with_cache=True)
                ended = prpack(path, *command)
                changed = difference(read_tree(path, with_cache=True), before)
            code = WELL if "assets/menu/data.bin" in tree else WRONG
            if called or changed or ended.code != code:
                problems.append(f"{command}: called {sorted(called)}; {changed}; {ended}")
    return tell("check", problems, points, "checks changed nothing")


def main():
    cases = {"reserved": reserved, "places": places, "targets": targets, "messages": messages, "check": check}
    sys.exit(0 if cases[sys.argv[1]]() else 1)


if __name__ == "__main__":
    main()
