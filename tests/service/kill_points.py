"""Kills prpack at every system call in turn and looks at what the next command finds.

    kill_points.py SCENARIO [--every-command]

For each N from 1 until the program completes, prpack is killed when it enters its Nth system call, counted from its entry
point. Then one further command runs, another one from point to point; with --every-command all of them, each after a kill of
its own. After it there must be exactly what was before, or exactly what a completed run leaves, and nothing else, in every file
and directory. A command that only reads changes nothing, and sees the old set or the new one, whole; then `list` settles.
"""

import json
import os
import sys

from harness.program import ENVIRONMENT, PRPACK, USAGE, WELL, WRONG, prpack, run
from harness.merges import diverged
from harness.trees import CACHE, SEAL, Scratch, below, difference, purged_in_part, read_tree, with_directories, without, write_tree
from harness.workspaces import ARTIFACTS, painted, scenes, tree_after, with_more
from moving import MOVING, moved_after, moved_before
from media import mixed, sound
from points import AT_SYSCALL, KILLED, NOT_REACHED, each, names_of_calls, tell

HISTORY = "game/assets/.prometeu/history.jsonl"

SMALL = {"menu": b"a menu", "bay": b"the bay at night " * 20}
OTHER = {"menu": b"another menu", "bay": b"the bay by day " * 30, "cave": b"a cave"}


READING = ("verify", "inspect", "explain")


def reads(command):
    """Whether a command changes nothing, not even what a kill has left."""
    return command[0] in READING or "--dry-run" in command


def set_seen(tree, output):
    """The artifacts that a reader of an output directory has to see: where one is committed and not in place yet, that one."""
    found = {}
    for name in ARTIFACTS:
        for place in (output, f"{output}/.prpack-commit"):
            if f"{place}/{name}" in tree:
                found[name] = tree[f"{place}/{name}"]
    return found


def without_all(tree, names):
    return {key: content for key, content in tree.items() if key not in names}


class Scenario:
    """What is killed, where, and what may be found afterwards. The workspace is the directory "game"."""

    def __init__(self, before, arguments, output=None):
        self.before = with_directories({f"game/{key}": content for key, content in before.items()})
        self.arguments = arguments
        self.output = output or "game/build"
        self.completed = tree_after(self.before, arguments, workspace="game")

    program = PRPACK
    sample = False  # whether another run may make other calls
    settles = ["list"]  # after this command, and those like it, nothing is left over

    def prepare(self, path):
        write_tree(path, self.before)

    def next_commands(self):
        output = os.path.relpath(self.output, "game")
        return [["list"], ["verify", output], ["inspect", f"{output}/assets.pa"], ["inspect", output], ["explain", "build-busy"],
                ["add", "no/such/root"], ["init"], self.arguments, ["list", "--format", "json"]]

    def expected_code(self, command, tree):
        """The exit code of the next command, which left that tree."""
        if command[0] == "inspect" and command[1].endswith(".pa"):
            return WELL if f"{self.output}/assets.pa" in tree else ENVIRONMENT
        if command[0] in ("verify", "inspect") and not set_seen(tree, self.output):
            if command[0] == "inspect":
                return (ENVIRONMENT, WRONG)
            if any(key.startswith(f"{self.output}/.prpack-") for key in tree):
                return ENVIRONMENT  # what a killed build has staged is not a set
            return WRONG if self.output == "game/build" else USAGE
        return WRONG if command[0] in ("add", "init") else WELL

    def judge_reading(self, before, after):
        """What is wrong with what a command that only reads has seen and left, or None."""
        seen = set_seen(after, self.output)
        known = [set_seen(tree, self.output) for tree in (self.before, self.completed)]
        if seen not in known:
            return f"neither the old set nor the new one is there to be read: {sorted(seen)}"
        return difference(after, before) or None

    def judge(self, command, tree):
        """What is wrong with the tree that the next command left, or None."""
        if tree == self.completed or (tree == self.before and command is not self.arguments):
            return None
        closest = min((self.before, self.completed), key=lambda known: len(difference(tree, known)))
        return difference(tree, closest) or "a build that completed left the old set"


    def with_gitignore(self, tree):
        """For an output directory that a killed build has made, and that nothing notes: it is there already for the next build, which
        writes no .gitignore into it."""
        ignore = f"{self.output}/.gitignore"
        return {ignore: self.completed[ignore], **tree} if self.output in tree else tree


class Kept(Scenario):
    """A build that finds the cache of another one."""

    def __init__(self, old, new, arguments):
        self.old = with_directories({f"game/{key}": content for key, content in old.items()})
        self.new = with_directories({f"game/{key}": content for key, content in new.items()})
        super().__init__({**new, **below(built(old), "build")}, arguments)

    def prepare(self, path):
        write_tree(path, self.old)
        ended = prpack(os.path.join(path, "game"), "build")
        write_tree(path, {key: content for key, content in self.new.items() if self.old.get(key) != content})
        if ended.code != WELL or not os.path.exists(os.path.join(path, "game/assets/.prometeu", CACHE)):
            raise AssertionError(ended.err)


class Extracting(Scenario):
    """extract: killed at any instant, it leaves the workspace whole or absent; the next one removes what is left."""

    def next_commands(self):
        return [self.arguments]

    def expected_code(self, command, tree):
        return (WELL, USAGE) if command == self.arguments else WELL  # it was complete already

    def judge(self, command, tree):
        if command == self.arguments or "game/taken/assets" in tree:
            return difference(tree, self.completed) or None
        kept = {key: content for key, content in tree.items() if key.split("/")[:2] != ["game", "taken"]}
        return difference(kept, self.before) or None


class Threaded(Scenario):
    """Two workers: which calls come in which order is another thing each time, so the points are a sample."""

    sample = True


class Settling(Scenario):
    """A command that finds what a kill left; killed in its turn. Whatever comes next brings it to an end."""

    def judge_reading(self, before, after):
        return difference(after, before) or None

    def judge(self, command, tree):
        return difference(tree, self.completed) or None


class Elsewhere(Scenario):
    """A build into a directory outside of the project: it is settled by the next build that names it, and by no other command."""

    def __init__(self, arguments):
        super().__init__(scenes(SMALL), [*arguments, "--output", "../out/of/here"], "out/of/here")
        self.settles = self.arguments

    def judge(self, command, tree):
        return super().judge(command, self.with_gitignore(tree))


class SettlingElsewhere(Settling):
    """What a build into a directory outside of the project left that was killed when it entered its nth call of a name."""

    def __init__(self, name, n):
        self.name, self.n = name, n
        self.build = self.settles = [*BUILD, "--output", "../out/of/here"]
        super().__init__(scenes(SMALL), self.build, "out/of/here")

    def prepare(self, path):
        write_tree(path, self.before)
        game = os.path.join(path, "game")
        names = names_of_calls(self.before, self.build, "game")
        calls = [number for number, name in enumerate(names, start=1) if name == self.name]
        if run([AT_SYSCALL, "kill", str(calls[self.n - 1]), PRPACK, *self.build], game).code != KILLED:
            raise AssertionError(f"the build has no {self.n} calls of {self.name}")

    def judge(self, command, tree):
        return super().judge(command, self.with_gitignore(tree))


class Named(Scenario):
    """A command that also writes a file that the call names, in "game/out". It is written last, and what is staged beside it may stay until the
    file is named again."""

    stage = "game/out/.named.prpack-new"

    def judge(self, command, tree):
        own = below(tree, "game/out")
        rest, before, completed = (without(one, "game/out") for one in (tree, self.before, self.completed))
        whole = own.get("game/out/named") in (None, self.completed["game/out/named"])
        if command is self.arguments:
            return difference(tree, self.completed) or None
        if not whole or own.keys() - {"game/out", "game/out/named", self.stage}:
            return f"the named file is in pieces, or something else is left: {sorted(own)}"
        if "game/out/named" in own and rest != completed:
            return "the named file was written before the rest was complete"
        return None if rest in (before, completed) else difference(rest, completed)


class Merging(Scenario):
    """merge-registry: a file that the call names is replaced, whole or not at all. What is staged beside it may stay until it is replaced again."""

    def judge(self, command, tree):
        own = ("game/out/named", "game/out/.named.prpack-new")
        rest, before = ({path: content for path, content in one.items() if path not in own} for one in (tree, self.before))
        if command is self.arguments:
            return difference(tree, self.completed) or None
        if tree["game/out/named"] not in (self.before["game/out/named"], self.completed["game/out/named"]):
            return "the named file is in pieces"
        return difference(rest, before) or None


class Adding(Scenario):
    """Each new record has a uuid of its own, so what is new is judged member by member."""

    def next_commands(self):
        return [["list"], ["explain", "build-busy"], ["init"], ["verify"], self.arguments]

    def expected_code(self, command, tree):
        if command is self.arguments:
            return (WELL, WRONG)  # added now, or registered already
        return {"list": WELL, "explain": WELL, "init": WRONG, "verify": WRONG}[command[0]]

    def judge_reading(self, before, after):
        return difference(after, before) or None

    def judge(self, command, tree):
        registry = json.loads(tree["game/assets/.prometeu/index.json"])
        declaration = tree.get("game/assets/cave/asset.json")
        records = registry["assets"]
        written = ("game/assets/.prometeu/index.json", "game/assets/cave/asset.json", HISTORY)
        rest = {key: content for key, content in tree.items() if key not in written}
        rest_before = {key: content for key, content in self.before.items() if key not in written}
        if rest != rest_before:
            return difference(rest, rest_before)
        if len(records) == 2:
            known = tree == self.before and command is not self.arguments
            return None if known else "neither what was before nor all of it"
        new = records[2]
        fine = len(records) == 3 and new["root"] == "cave" and declaration is not None and tree.get(HISTORY) == b"1 add\n"
        fine = fine and json.loads(declaration)["asset_uuid"] == new["asset_uuid"]
        return None if fine else "the registry is neither old nor new"


class Painting(Scenario):
    """Files of a registered asset are written: all of them, or none."""

    def next_commands(self):
        return [["list"], ["explain", "build-busy"], ["init"], self.arguments]

    def expected_code(self, command, tree):
        return WRONG if command[0] == "init" else WELL


class Changing(Scenario):
    """A change of assets that are registered."""

    def __init__(self, *arguments, left_out=()):
        super().__init__(scenes(OTHER, left_out), list(arguments))

    def next_commands(self):
        return [["list"], [*self.arguments, "--dry-run"], ["init"], self.arguments]

    def expected_code(self, command, tree):
        known = (WELL, WRONG) if command[0] in ("forget", "remove", "quarantine", "undo") else (WELL,)  # what is forgotten is unknown
        return {"list": WELL, "init": WRONG}.get(command[0], (*known, ENVIRONMENT) if reads(command) else known)


class Restoring(Changing):
    """What was removed comes back."""

    def __init__(self):
        removed = tree_after(scenes(OTHER), ["remove", "menu", "cave"])
        Scenario.__init__(self, without(removed, "assets/.prometeu/history.jsonl"), ["quarantine", "restore", "1", "2"])  # pylint: disable=non-parent-init-called


class Purging(Changing):
    """What was removed is deleted, folder by folder: one that is not whole cannot be restored, and the next purge deletes the rest."""

    def __init__(self):
        removed = tree_after(scenes(OTHER), ["remove", "menu", "cave"])
        Scenario.__init__(self, removed, ["quarantine", "purge", "--all", "--yes"])  # pylint: disable=non-parent-init-called

    def next_commands(self):
        return [["list"], ["quarantine", "list"], [*self.arguments, "--dry-run"], ["init"], self.arguments]

    def judge_reading(self, before, after):
        return difference(after, before) or None

    def judge(self, command, tree):
        if command is self.arguments:
            return difference(tree, self.completed) or None
        return purged_in_part(tree, self.before, "game/assets/.prometeu/quarantine")


class Undoing(Changing):
    """An operation that was done before is taken back."""

    def __init__(self, *done):  # pylint: disable=super-init-not-called
        self.first = with_directories({f"game/{key}": content for key, content in scenes(OTHER).items()})
        self.done, self.arguments, self.output = list(done), ["undo"], "game/build"
        with Scratch() as path:
            self.prepare(path)
            self.before = read_tree(path)
            ended = prpack(os.path.join(path, "game"), *self.arguments)
            self.completed = read_tree(path)
        if ended.code != WELL:
            raise AssertionError(ended.err)

    def prepare(self, path):
        write_tree(path, self.first)
        ended = prpack(os.path.join(path, "game"), *self.done)
        if ended.code != WELL:
            raise AssertionError(ended.err)


def moved_by_hand():
    """One directory has another name, and two were exchanged."""
    places = {"bay": "cave", "cave": "bay", "menu": "deep/er/menu"}
    files = {}
    for key, content in scenes(OTHER).items():
        root = key.split("/")[1] if key.startswith("assets/") else ""
        files[key.replace(f"assets/{root}", f"assets/{places[root]}", 1) if root in places else key] = content
    return with_directories({key: content for key, content in files.items() if content is not None})


class Adopting(Changing):
    """Directories that were moved by hand are adopted. Until then the registry does not fit, which list says."""

    def __init__(self):
        Scenario.__init__(self, moved_by_hand(), ["adopt", "bay", "cave", "deep/er/menu"])  # pylint: disable=non-parent-init-called

    def expected_code(self, command, tree):
        if command == ["list"]:
            return WELL if tree == self.completed else WRONG
        return super().expected_code(command, tree)


class AdoptingCopies(Scenario):
    """A directory that was moved and two copies of it: all of them, or none. The uuids are new each time, so they are judged member by member."""

    roots = ("a", "b")

    def __init__(self):
        tree = {key: content for key, content in moved_by_hand().items()}
        menu = below(tree, "assets/deep/er/menu")
        for root in self.roots:
            tree.update({key.replace("assets/deep/er/menu", f"assets/{root}"): content for key, content in menu.items()})
        super().__init__(tree, ["adopt", "--as-copy", "--jobs", "1", "deep/er/menu", "bay", "cave", *self.roots])

    def next_commands(self):
        return [["list"], ["init"], [*self.arguments, "--dry-run"], self.arguments]

    def expected_code(self, command, tree):
        new = len(json.loads(tree["game/assets/.prometeu/index.json"])["assets"]) == 5
        return {"list": WELL if new else WRONG, "init": WRONG}.get(command[0], (WELL, ENVIRONMENT) if reads(command) else WELL)

    def judge_reading(self, before, after):
        return difference(after, before) or None

    def judge(self, command, tree):
        written = ["game/assets/.prometeu/index.json", HISTORY] + [f"game/assets/{root}/asset.json" for root in self.roots]
        rest, rest_before = (without_all(one, written) for one in (tree, self.before))
        if rest != rest_before:
            return difference(rest, rest_before)
        records = {record["root"]: record for record in json.loads(tree[written[0]])["assets"]}
        declarations = [json.loads(tree[path]) for path in written[2:]]
        if len(records) == 3:
            return None if tree == self.before and command is not self.arguments else "neither what was before nor all of it"
        fine = list(records) == ["deep/er/menu", "bay", "cave", *self.roots] or sorted(records) == sorted(["deep/er/menu", "bay", "cave", *self.roots])
        fine = fine and [each["asset_uuid"] for each in declarations] == [records[root]["asset_uuid"] for root in self.roots]
        fine = fine and [each["name"] for each in declarations] == ["menu-2", "menu-3"] and tree.get(HISTORY) == b"1 adopt\n"
        return None if fine else "the registry is new, but not all files"


class Clearing(Scenario):
    """gc: what the user has stays, and what is left over may go in part. The next gc deletes the rest."""

    sample = True  # how many calls reading /proc/locks takes depends on other processes

    def next_commands(self):
        return [["list"], ["gc", "--dry-run"], ["doctor", "--fix", "--dry-run"], ["verify"], self.arguments]

    def expected_code(self, command, tree):
        return (WELL, ENVIRONMENT) if reads(command) else WELL

    def judge_reading(self, before, after):
        return difference(after, before) or None

    def judge(self, command, tree):
        if command is self.arguments:
            return difference(tree, self.completed) or None
        left = {key: content for key, content in tree.items() if key not in self.completed}
        return (difference(without_all(tree, left), self.completed) or difference(left, {key: self.before.get(key) for key in left})) or None


class FindingAgain(Changing):
    """doctor --fix adopts a directory that was moved by hand."""

    sample = True  # how many calls reading /proc/locks takes depends on other processes

    def __init__(self):
        tree = {key.replace("assets/cave", "assets/far/cave"): content for key, content in scenes(OTHER).items()}
        Scenario.__init__(self, tree, ["doctor", "--fix", "--jobs", "1"])  # pylint: disable=non-parent-init-called

    def expected_code(self, command, tree):
        if command is self.arguments:
            return WELL
        return (WELL, WRONG, ENVIRONMENT) if reads(command) else (WELL, WRONG)  # an asset is not where the registry says


class AddingMany(Scenario):
    """Several roots in one transaction: all of them, or none. One has its asset.json, one an asset.json without a uuid."""

    roots = ("cave", "cliff", "dune", "reef")

    def __init__(self):
        old = scenes(SMALL)
        extra = scenes({"cliff": b"a cliff", "reef": b"a reef"})
        declaration = json.loads(extra["assets/reef/asset.json"])
        without_uuid = json.dumps({**declaration, "asset_uuid": ""}).encode()
        own = json.dumps({**json.loads(extra["assets/cliff/asset.json"]), "asset_uuid": "0" * 8 + "-0000-4000-8000-" + "f" * 12}).encode()
        tree = {**old, **below(extra, "assets/cliff"), **below(extra, "assets/reef"), "assets/cliff/asset.json": own,
                "assets/reef/asset.json": without_uuid, "assets/cave/data.bin": b"a cave", "assets/dune/data.bin": b"a dune"}
        super().__init__(with_directories(tree), ["add", "--jobs", "1", "--type", "scene_bank", *self.roots])

    def next_commands(self):
        return [["list"], ["init"], ["build", "--jobs", "1"], self.arguments]

    def expected_code(self, command, tree):
        if command is self.arguments:
            return (WELL, WRONG)  # added now, or registered already
        return {"list": WELL, "init": WRONG, "build": WELL}[command[0]]

    def judge(self, command, tree):
        written = ["game/assets/.prometeu/index.json", HISTORY] + [f"game/assets/{root}/asset.json" for root in self.roots]
        tree = without(tree, "game/build")  # of the command that came next
        rest = {key: content for key, content in tree.items() if key not in written}
        rest_before = {key: content for key, content in self.before.items() if key not in written}
        if rest != rest_before:
            return difference(rest, rest_before)
        records = json.loads(tree[written[0]])["assets"]
        if len(records) == 2:
            known = all(tree.get(path) == self.before.get(path) for path in written)
            return None if known and command is not self.arguments else "old registry, but not the old files"
        uuids = {record["root"]: record["asset_uuid"] for record in records[2:]}
        fine = tuple(uuids) == self.roots and all(
            json.loads(tree[f"game/assets/{root}/asset.json"])["asset_uuid"] == uuids[root] for root in self.roots)
        kept = tree["game/assets/cliff/asset.json"] == self.before["game/assets/cliff/asset.json"]
        return None if fine and kept and tree.get(HISTORY) == b"1 add\n" else "the registry is new, but not all files"


class AddingEach(Scenario):
    """Sounds are moved into directories of their own and added: all of them, or none, and every sound is in its old place or in its new one."""

    names = ("coin", "jump")

    def __init__(self):
        self.sounds = {name: sound(number) for number, name in enumerate(self.names)}
        tree = {**scenes(SMALL), **{f"assets/sfx/{name}.wav": data for name, data in self.sounds.items()}}
        super().__init__(with_directories(tree), ["add", "--each", "sfx", "--jobs", "1"])

    def next_commands(self):
        return [["list"], ["init"], ["build", "--jobs", "1"], ["explain", "build-busy"], self.arguments]

    def expected_code(self, command, tree):
        return WRONG if command[0] == "init" else WELL

    def judge_reading(self, before, after):
        return difference(after, before) or None

    def judge(self, command, tree):
        tree = without(tree, "game/build")  # of the command that came next
        index = "game/assets/.prometeu/index.json"
        records = json.loads(tree[index])["assets"]
        if len(records) == 2:
            return difference(tree, self.before) or (None if command is not self.arguments else "nothing was added")
        expected = {**without(self.before, "game/assets/sfx"), "game/assets/sfx": None, index: tree[index], HISTORY: b"1 add\n"}
        for record in records[2:]:
            root = f"game/assets/{record['root']}"
            declaration = tree.get(f"{root}/asset.json", b"{}")
            if json.loads(declaration).get("asset_uuid") != record["asset_uuid"]:
                return f"{root} is registered without its asset.json"
            name = os.path.basename(root)
            expected.update({root: None, f"{root}/asset.json": declaration, f"{root}/{name}.wav": self.sounds.get(name)})
        roots = [record["root"] for record in records[2:]]
        return difference(tree, expected) or (None if roots == [f"sfx/{name}" for name in self.names] else f"registered: {roots}")


class Moving(Scenario):
    """The directory of an asset is moved, by a program that does nothing else: registry and directory are in the old state or in the new one."""

    program = MOVING

    def __init__(self):  # pylint: disable=super-init-not-called
        self.before, self.arguments, self.output = moved_before(), ["bay", "deep/er/shore"], "game/build"
        self.before = with_directories({f"game/{key}": content for key, content in self.before.items()})
        self.completed = moved_after(self.before, self.arguments, "game")

    def next_commands(self):
        return [["list"], ["init"], ["add", "menu"], ["explain", "build-busy"]]

    def expected_code(self, command, tree):
        return WRONG if command[0] == "init" else WELL

    def judge_reading(self, before, after):
        return difference(after, before) or None


class Beginning(Scenario):
    """init: nothing, or directories without a registry, or all of it."""

    def next_commands(self):
        return [["list"], ["verify"], ["explain", "build-busy"], self.arguments]

    def expected_code(self, command, tree):
        there = "game/assets/.prometeu/index.json" in tree
        if command is self.arguments:
            return (WELL, WRONG)
        if command[0] == "list":
            return WELL if there else WRONG
        return {"verify": WRONG if there else USAGE, "explain": WELL}[command[0]]

    def judge_reading(self, before, after):
        return difference(after, before) or None

    def judge(self, command, tree):
        if tree == self.completed:
            return None
        extra = tree.keys() - self.before.keys() - {"game/assets", "game/assets/.prometeu", "game/assets/.prometeu/.gitignore",
                                                    "game/assets/.prometeu/..gitignore.new"}
        return f"left over: {sorted(extra)}" if extra or command is self.arguments else None


class Completing(Scenario):
    """init --git in a workspace: each of the two files is there whole or not at all."""

    own = ("game/assets/.prometeu/.gitignore", "game/assets/.prometeu/.gitattributes")
    stages = {"game/assets/.prometeu/..gitignore.new", "game/assets/.prometeu/..gitattributes.new"}

    def expected_code(self, command, tree):
        return WELL if command is self.arguments else super().expected_code(command, tree)

    def judge(self, command, tree):
        if command is self.arguments:
            return difference(tree, self.completed) or None
        wrong = [path for path in self.own if path in tree and tree[path] != self.completed[path]]
        rest = {path: content for path, content in tree.items() if path not in self.own and path not in self.stages}
        return f"in pieces: {wrong}" if wrong else difference(rest, self.before) or None


def built(sources, *arguments):
    return tree_after(sources, ["build", *arguments])


def rebuild(assets, old_assets, arguments, left_out=()):
    """New sources beside the old set."""
    old = built(scenes(old_assets))
    return Scenario({**scenes(assets, left_out), **below(old, "build")}, arguments)


def half_committed():
    """Two of four new artifacts are in place, two in the commit directory, and there is dead staging of another build."""
    old = built(scenes(SMALL))
    new = built(scenes(OTHER))
    tree = {**scenes(OTHER), **below(old, "build")}
    for name in ("asset_table.json", "preload.json"):
        tree[f"build/{name}"] = new[f"build/{name}"]
    for name in ("asset_table_metadata.json", "assets.pa"):
        tree[f"build/.prpack-commit/{name}"] = new[f"build/{name}"]
    tree["build/.prpack-staging/assets.pa"] = b"not yet"
    tree["assets/.prometeu/.prpack-output"] = ("link", f"{SEAL}:5:build")
    return tree


def half_staged():
    """A first build that was killed while it staged, below directories that it had made."""
    tree = scenes(SMALL)
    tree["new/er/.prpack-staging/assets.pa"] = b"not yet"
    tree["assets/.prometeu/.prpack-output"] = ("link", f"{SEAL}:0:new/er")
    tree["assets/.prometeu/.index.json.new"] = b"{"
    return tree


def cave_without_uuid():
    tree = below(scenes({"cave": b"a cave"}), "assets/cave")
    declaration = json.loads(tree["assets/cave/asset.json"])
    return {**tree, "assets/cave/asset.json": json.dumps({**declaration, "asset_uuid": ""}).encode()}


BUILD = ["build", "--jobs", "1"]
SCENARIOS = {
    "fix_moved": FindingAgain,
    "fix": lambda: Clearing({**half_committed(), "assets/menu/.asset.json.new": b"{", "assets/.prometeu/.cache.json.new": b"{"}, ["doctor", "--fix", "--jobs", "1"]),
    "gc": lambda: Clearing({**half_committed(), "assets/menu/.asset.json.new": b"{", "assets/.prometeu/.cache.json.new": b"{",
                            "assets/.prometeu/cache.json": b"damaged"}, ["gc"]),
    "first_build": lambda: Scenario(scenes(SMALL), BUILD),
    "first_build_verified": lambda: Scenario(scenes(SMALL), BUILD + ["--verify"]),
    "rebuild": lambda: rebuild(OTHER, SMALL, BUILD),
    "rebuild_verified": lambda: rebuild(OTHER, SMALL, BUILD + ["--verify"]),
    "rebuild_with_fewer_assets": lambda: rebuild(OTHER, OTHER, BUILD, left_out=("menu", "cave")),
    "two_workers": lambda: Threaded({**mixed(1), **below(built(mixed(0)), "build")},
                                    ["build", "--verify", "--jobs", "2"]),
    "one_change": lambda: Kept(scenes(SMALL), scenes({**SMALL, "menu": b"another menu"}), BUILD),
    "no_change": lambda: Kept(scenes(SMALL), scenes(SMALL), BUILD + ["--verify"]),
    "depfile": lambda: Named({**scenes(OTHER), **below(built(scenes(SMALL)), "build")}, BUILD + ["--depfile", "out/named"]),
    "merge": lambda: Merging(diverged(), ["merge-registry", "out/base", "out/named", "out/theirs"]),
    "init_git": lambda: Completing(scenes(SMALL), ["init", "--git"]),
    "extract": lambda: Extracting(built(scenes(SMALL)), ["extract", "build", "--to", "taken", "--jobs", "1"]),
    "ids": lambda: Named(built(scenes(SMALL)), ["ids", "--jobs", "1", "--output", "out/named"]),
    "output_elsewhere": lambda: Elsewhere(BUILD),
    "settle_commit": lambda: Settling(half_committed(), ["list"]),
    "settle_commit_elsewhere": lambda: SettlingElsewhere("renameat", 3),
    "settle_staging_elsewhere": lambda: SettlingElsewhere("pwrite64", 1),
    "settle_staging": lambda: Settling(half_staged(), ["list"], "game/new/er"),
    "add": lambda: Adding({**scenes(SMALL), **with_directories({"assets/cave/data.bin": b"a cave"})}, ["add", "--type", "scene_bank", "cave"]),
    "adopt": lambda: Adding({**scenes(SMALL), **cave_without_uuid()}, ["add", "--type", "scene_bank", "cave"]),
    "add_many": AddingMany,
    "add_each": AddingEach,
    "move": Moving,
    "palettes": lambda: Painting(painted(), ["palettes", "cave", "--fill", "--write"]),
    "update": lambda: Painting(with_more(painted()), ["add", "--update", "cave", "--anyway", "--jobs", "1"]),
    "include": lambda: Changing("include", "menu", "cave", left_out=("menu", "cave")),
    "rename": lambda: Changing("rename", "assets/cave", "a cave by the sea"),
    "move_asset": lambda: Changing("move", "cave", "deep/er/shore"),
    "adopt_moved": Adopting,
    "adopt_copies": AdoptingCopies,
    "remove": lambda: Changing("remove", "menu", "assets/cave"),
    "restore": Restoring,
    "purge": Purging,
    "undo": lambda: Undoing("remove", "menu", "cave"),
    "forget": lambda: Changing("forget", "menu", "cave"),
    "init": lambda: Beginning({"notes.txt": b"not ours"}, ["init"]),
}


def look(scenario, path, command, ask=prpack):
    """What is wrong with what a program left that was killed in "game", or None. The next command is given to ask, which is like prpack."""
    game = os.path.join(path, "game")
    found = read_tree(path)
    then = ask(game, *command)
    tree = read_tree(path)
    what = f"then {' '.join(command)}"
    expected = scenario.expected_code(command, tree)
    if then.code not in (expected if isinstance(expected, tuple) else (expected,)):
        return f"{what}: exit code {then.code}: {then.said}"
    problem = None
    if reads(command):
        problem = scenario.judge_reading(found, tree)
    elif command != scenario.settles and not scenario.output.startswith("game/"):
        problem = difference(without(tree, "game"), without(found, "game"))
    if reads(command) or not scenario.output.startswith("game/"):
        prpack(game, *scenario.settles)
        tree = read_tree(path)
    problem = problem or scenario.judge(command, tree)
    if problem is None and f"{scenario.output}/assets.pa" in tree:
        verified = prpack(path, "verify", scenario.output)
        problem = None if verified.code == WELL else verified.err
    return f"{what}: {problem}" if problem else None


def kill_and_look(scenario, n, command):
    """Returns None when all is well, NOT_REACHED when the program completed, or a text."""
    with Scratch() as path:
        scenario.prepare(path)
        killed = run([AT_SYSCALL, "kill", str(n), scenario.program, *scenario.arguments], os.path.join(path, "game"))
        if killed.code == NOT_REACHED:
            return NOT_REACHED
        if killed.code != KILLED:
            return f"call {n}: ended with {killed.code}: {killed.err}"
        problem = look(scenario, path, command)
        return f"call {n}, {problem}" if problem else None


def main():
    name = sys.argv[1]
    scenario = SCENARIOS[name]()
    commands = scenario.next_commands()
    calls = len(names_of_calls(scenario.prepare, scenario.arguments, "game", scenario.program))
    points = [(n, command) for n in range(1, calls + 1)
              for command in (commands if "--every-command" in sys.argv else [commands[n % len(commands)]])]
    results = each(lambda point: kill_and_look(scenario, *point), points, spread=not scenario.sample)
    problems = [result for result in results if result not in (None, NOT_REACHED)]
    ended = results.count(NOT_REACHED)
    if not scenario.sample and (ended > 0 or kill_and_look(scenario, calls + 1, commands[0]) != NOT_REACHED):
        problems.append(f"the program does not always make {calls} system calls")
    if ended > len(points) / 10:
        problems.append(f"in {ended} of {len(points)} runs the program ended before it could be killed")
    points = len(points) - ended
    sys.exit(0 if tell(name, problems, points, "kill points: the old set or the new one, and nothing else") else 1)


if __name__ == "__main__":
    main()
