"""Three clones of a workspace add, move, remove and exclude assets by prpack, commit, and are merged by git with the driver of
`init --git`: in all six orders, by rebase, and after a criss-cross. docs/contracts/workspace.md 8.13.

In each order the registry must be the same, byte for byte; every file that no clone removed must be where the registry says; and `list`
must not report an error. Where two clones contradict each other, the merge must fail, naming that; it is resolved by one side, and must
be a workspace then.

Usage: merge_histories.py --count N [--seed S] [--first I], with PRPACK in the environment. A history is drawn from seed and number
alone, so `--first I --count 1` repeats it."""

import argparse
import collections
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import PRPACK  # noqa: E402
from harness.trees import Scratch, read, write  # noqa: E402

INDEX = "assets/.prometeu/index.json"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "PATH": os.path.dirname(os.path.abspath(PRPACK)) + os.pathsep + os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_EDITOR": "true", "LC_ALL": "C",
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
}


class Fault(Exception):
    """What must not be."""


def check(fine, text):
    if not fine:
        raise Fault(text)


def run(directory, *command):
    return subprocess.run(command, cwd=directory, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def must(directory, *command):
    ended = run(directory, *command)
    check(ended.returncode == 0, f"{' '.join(command)}: exit code {ended.returncode}\n{ended.stdout}")
    return ended.stdout


def git(directory, *arguments):
    return must(directory, "git", *arguments)


def configure(directory, commands):
    """git may guess that a directory was renamed, and then moves what others have added there: that is a matter of git alone."""
    for command in commands:
        must(directory, "sh", "-c", command)
    git(directory, "config", "merge.directoryRenames", "false")


class Clone:
    """A clone, and what it has done: uuids of assets that it has added, moved and removed."""

    def __init__(self, directory, number):
        self.directory = directory
        self.number = number
        self.removed = set()
        self.added = set()

    def registry(self):
        return json.loads(read(os.path.join(self.directory, INDEX)))

    def records(self):
        return self.registry()["assets"]

    def commit(self, text):
        git(self.directory, "add", "-A")
        git(self.directory, "commit", "-q", "--allow-empty", "-m", text)

    def add(self, root):
        write(os.path.join(self.directory, "assets", root, "data.bin"), root.encode("utf-8"))
        must(self.directory, PRPACK, "add", "--type", "scene_bank", "--name", root, f"assets/{root}")
        self.added |= {record["asset_uuid"] for record in self.records() if record["root"] == root}

    def move(self, uuid, root):
        must(self.directory, PRPACK, "move", uuid, root)

    def remove(self, uuid):
        must(self.directory, PRPACK, "remove", uuid)
        self.removed.add(uuid)

    def exclude(self, uuid):
        must(self.directory, PRPACK, "exclude", uuid)


def draw_root(random_, clone, serial):
    """Of its own for each clone and serial number, but now and then one that another clone may take."""
    name = f"common{random_.randrange(3)}" if random_.random() < 0.03 else f"n{clone.number}{serial}"
    return random_.choice(["", "group/", "deep/er/"]) + name


def change(random_, clone, serial):
    records = clone.records()
    way = random_.choice(["add", "add", "add", "move", "move", "remove", "exclude"])
    root = draw_root(random_, clone, serial)
    record = random_.choice(records) if records else None
    if os.path.lexists(os.path.join(clone.directory, "assets", root)):
        return
    if way == "add" or record is None:
        clone.add(root)
    elif way == "move":
        clone.move(record["asset_uuid"], root)
    elif way == "remove":
        clone.remove(record["asset_uuid"])
    else:
        clone.exclude(record["asset_uuid"])
    clone.commit(f"{way} {serial}")


# ---- Merging ----


class Arena:
    """The repository in which the branches clone0, clone1 and clone2 meet. git guesses that a file was renamed to one that resembles it,
    as an asset.json resembles another one; with or without `guesses`, merges must work."""

    def __init__(self, directory, sums, guesses):
        self.directory = directory
        self.sums = sums
        self.guesses = guesses

    def index(self):
        return read(os.path.join(self.directory, INDEX)).decode("utf-8")

    def begin(self, branch):
        git(self.directory, "checkout", "-q", "--force", "--detach", branch)
        git(self.directory, "clean", "-qfdx", "assets")

    def try_merge(self, branch, guesses):
        self.sums["merges"] += 1
        return run(self.directory, "git", "merge", "-q", "--no-edit", *([] if guesses else ["-X", "rename-threshold=100%"]), branch)

    def merge(self, branch):
        """Whether it was merged without a conflict. A conflict is resolved by one side."""
        ended = self.try_merge(branch, self.guesses)
        if self.guesses and ended.returncode != 0 and "merge-conflict" not in ended.stdout:
            self.sums["wrong guesses of git about files"] += 1
            git(self.directory, "merge", "--abort")
            ended = self.try_merge(branch, False)
        if ended.returncode == 0:
            return True
        check("merge-conflict" in ended.stdout, f"git merge failed without a conflict of the registry:\n{ended.stdout}")
        self.resolve()
        return False

    def resolve(self):
        """Takes ours everywhere."""
        self.sums["conflicts"] += 1
        text = self.index()
        check("<<<<<<< ours" in text and "error[registry-syntax]" in run(self.directory, PRPACK, "list").stdout, "no markers are left")
        ours = re.sub(r"<<<<<<<[^\n]*\n(.*?)=======\n.*?>>>>>>>[^\n]*\n", r"\1", text, flags=re.S)
        stages = collections.defaultdict(set)
        for line in git(self.directory, "ls-files", "-u", "-z").split("\0")[:-1]:
            facts, path = line.split("\t", 1)
            stages[path].add(facts.split(" ")[2])
        for path, numbers in stages.items():
            if "2" in numbers:
                git(self.directory, "checkout", "-q", "--ours", "--", path)
            else:
                git(self.directory, "rm", "-q", "--cached", "--ignore-unmatch", "--", path)
                if os.path.lexists(os.path.join(self.directory, path)):
                    os.remove(os.path.join(self.directory, path))
        write(os.path.join(self.directory, INDEX), ours)
        git(self.directory, "add", "-A")
        git(self.directory, "commit", "-q", "-m", "resolved")

    def check_workspace(self):
        """The registry has no id twice, and every directory of it has its asset."""
        ended = run(self.directory, PRPACK, "list")
        check(ended.returncode == 0, f"list: {ended.stdout}")
        registry = json.loads(self.index())
        ids = [record["asset_id"] for record in registry["assets"]]
        check(ids == sorted(set(ids)) and all(number < registry["next_asset_id"] for number in ids), f"ids {ids}")
        for record in registry["assets"]:
            check(os.path.isfile(os.path.join(self.directory, "assets", record["root"], "data.bin")), f"the files of {record} are gone")


def check_all_are_there(arena, base, clones):
    found = {record["asset_uuid"] for record in json.loads(arena.index())["assets"]}
    removed = set().union(*(clone.removed for clone in clones))
    expected = (base | set().union(*(clone.added for clone in clones))) - removed
    check(found == expected, f"lost: {expected - found}; too many: {found - expected}")


def merge_in_order(arena, order):
    arena.begin(f"clone{order[0]}")
    fine = all([arena.merge(f"clone{number}") for number in order[1:]])
    # After a conflict, files of git's guesses may be left that belong to neither side.
    if fine or not arena.guesses:
        arena.check_workspace()
    return arena.index() if fine else None


def rebase_in_order(arena, order):
    """The commits of each clone on those of the one before it. None: one commit contradicts another clone."""
    arena.begin(f"clone{order[0]}")
    for number in order[1:]:
        onto = git(arena.directory, "rev-parse", "HEAD").strip()
        arena.begin(f"clone{number}")
        arena.sums["rebases"] += 1
        if run(arena.directory, "git", "rebase", "-q", "--onto", onto, "base").returncode != 0:
            run(arena.directory, "git", "rebase", "--abort")
            return None
    arena.check_workspace()
    return arena.index()


def criss_cross(arena, random_, order):
    """Two branches merge each other, go on, and merge each other again: that merge has two bases."""
    one, other = (f"clone{number}" for number in order[:2])
    tips = []
    for serial, (first, second) in enumerate(((one, other), (other, one))):
        arena.begin(first)
        if not arena.merge(second):
            return
        clone = Clone(arena.directory, f"x{serial}")
        clone.add(f"cross{serial}")
        clone.commit("cross")
        if random_.random() < 0.5 and len(clone.records()) > 1:
            clone.move(clone.records()[0]["asset_uuid"], f"crossed{serial}")
            clone.commit("move")
        tips.append(git(arena.directory, "rev-parse", "HEAD").strip())
    texts = []
    for first, second in (tips, reversed(tips)):
        arena.begin(first)
        if not arena.merge(second):
            return
        arena.check_workspace()
        texts.append(arena.index())
    arena.sums["criss-cross"] += 1
    check(texts[0] == texts[1], "the two directions of a criss-cross differ")


# ---- One history ----


def make_origin(directory, random_):
    os.makedirs(directory)
    git(directory, "init", "-q", "-b", "main")
    said = must(directory, PRPACK, "init", "--git")
    commands = [line for line in said.splitlines() if line.startswith("git config ")]
    check(len(commands) == 2, said)
    origin = Clone(directory, "o")
    for serial in range(random_.randrange(5)):
        origin.add(f"base{serial}")
    origin.commit("base")
    return origin, commands


def try_history(directory, random_, sums):
    origin, commands = make_origin(os.path.join(directory, "origin"), random_)
    base = {record["asset_uuid"] for record in origin.records()}
    clones = []
    for number in range(3):
        clone = Clone(os.path.join(directory, f"clone{number}"), number)
        git(directory, "clone", "-q", origin.directory, clone.directory)
        for serial in range(random_.randrange(6)):
            change(random_, clone, serial)
        clones.append(clone)
    arena = Arena(os.path.join(directory, "arena"), sums, random_.random() < 0.5)
    git(directory, "clone", "-q", origin.directory, arena.directory)
    configure(arena.directory, commands)
    git(arena.directory, "branch", "base")
    for clone in clones:
        git(arena.directory, "fetch", "-q", clone.directory, f"main:clone{clone.number}")
    orders = list(itertools.permutations(range(3)))
    merged = [merge_in_order(arena, order) for order in orders]
    sums["histories with a conflict"] += None in merged
    if None not in merged:
        check(len(set(merged)) == 1, "the order makes a difference:\n" + "\n".join(sorted(set(merged))))
        check_all_are_there(arena, base, clones)
        # An asset that a clone has added and removed again is between two of its commits, so a rebase meets it.
        plain = not any(clone.added & clone.removed for clone in clones)
        order = random_.choice(orders)
        rebased = rebase_in_order(arena, order)
        if rebased is not None and plain:
            sums["rebases compared"] += 1
            check(rebased == merged[0], f"rebase in the order {order} differs:\n{rebased}{merged[0]}")
    criss_cross(arena, random_, random_.choice(orders))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    if shutil.which("git") is None:
        print("git is not installed")
        sys.exit(77)
    sums = collections.Counter()
    for number in range(options.first, options.first + options.count):
        with Scratch() as directory:
            try:
                try_history(directory, random.Random(f"{options.seed} {number}"), sums)
            except Fault as fault:
                sys.exit(f"history {number} of seed {options.seed}: {fault}")
    print(f"{options.count} histories: " + ", ".join(f"{count} {name}" for name, count in sorted(sums.items())))


main()
