"""Random editors: they rename, swap, delete, copy and rewrite quickly; when they stop, the last build is that of a clean one.

    watch_random.py [ROUNDS [SEED]]
"""

import os
import random
import shutil
import sys
import time

from harness.trees import Scratch, read, write, write_tree
from harness.watching import Lost, Watch
from harness.workspaces import scenes
from points import tell

ROOTS = ("a", "b", "group/c", "group/d", "group/deep/er/e", "other/f")


class Editor:
    def __init__(self, path, choice):
        self.path = path
        self.assets = os.path.join(path, "assets")
        self.choice = choice
        self.tree = {key: content for key, content in scenes({root: b"%d" % i for i, root in enumerate(ROOTS)}).items()
                     if isinstance(content, bytes)}
        write_tree(path, self.tree)

    def directories(self):
        found = [at for at, _, _ in os.walk(self.assets) if at != self.assets and ".prometeu" not in at]
        return found or [self.assets]

    def files(self):
        return [os.path.join(at, name) for at, _, names in os.walk(self.assets) for name in names if ".prometeu" not in at] or [
            os.path.join(self.assets, "loose")]

    def name(self):
        return os.path.join(self.choice.choice(self.directories()), "x%d" % self.choice.randrange(6))

    def content(self):
        return b"%06d" % self.choice.randrange(1000000)

    def in_place(self):
        with open(self.choice.choice(self.files()), "r+b") as file:
            file.write(self.content())

    def by_rename(self):
        path = self.choice.choice(self.files())
        write(path + "~", self.content())
        os.rename(path + "~", path)

    def new_file(self):
        write(self.name(), self.content())

    def new_directories(self):
        write(os.path.join(self.name(), "y", "z", "data.bin"), self.content())

    def remove_file(self):
        os.remove(self.choice.choice(self.files()))

    def remove_directory(self):
        shutil.rmtree(self.choice.choice(self.directories()))

    def move_directory(self):
        os.rename(self.choice.choice(self.directories()), self.name())

    def move_out_and_in(self):
        directory = self.choice.choice(self.directories())
        out = os.path.join(self.path, "out")
        os.rename(directory, out)
        os.rename(out, self.choice.choice((directory, self.name())))

    def swap(self):
        one, two = self.choice.sample(self.directories(), 2)
        os.rename(one, one + ".swap")
        os.rename(two, one)
        os.rename(one + ".swap", two)

    def copy_over(self):
        """A copy takes the place of a directory, as version control does it."""
        directory = self.choice.choice(self.directories())
        shutil.copytree(directory, directory + ".copy", symlinks=True)
        os.rename(directory, directory + ".old")
        os.rename(directory + ".copy", directory)
        shutil.rmtree(directory + ".old")

    def link(self):
        path = self.choice.choice(self.directories())
        os.rename(path, path + ".real")
        os.symlink(os.path.basename(path) + ".real", path)

    def replace_assets(self):
        shutil.copytree(self.assets, self.assets + ".copy", symlinks=True)
        os.rename(self.assets, self.assets + ".old")
        os.rename(self.assets + ".copy", self.assets)
        shutil.rmtree(self.assets + ".old")

    def registry(self):
        write(os.path.join(self.assets, ".prometeu/index.json"), self.choice.choice((b"", b"{", self.tree["assets/.prometeu/index.json"])))

    def membership(self):
        key = "assets/.prometeu/index.json"
        parts = self.tree[key].split(b'"included_in_build": ')
        self.tree[key] = b'"included_in_build": '.join([parts[0]] + [
            self.choice.choice((b"true", b"false")) + part.replace(b"true", b"").replace(b"false", b"") for part in parts[1:]])
        write(os.path.join(self.path, key), self.tree[key])

    def remove_build(self):
        shutil.rmtree(os.path.join(self.path, "build"), ignore_errors=True)

    def stop(self):
        time.sleep(self.choice.random() * 0.15)

    ACTIONS = (in_place, by_rename, new_file, new_directories, remove_file, remove_directory, move_directory, move_out_and_in, swap,
               copy_over, link, replace_assets, registry, membership, remove_build, stop)

    def act(self):
        action = self.choice.choice(self.ACTIONS)
        try:
            action(self)
        except (OSError, ValueError, shutil.Error):
            pass  # what it needs is not there, or something is in the way
        return action.__name__

    def mend(self):
        """Makes the workspace one that can be built, with as few changes as possible, in any order."""
        keys = sorted(self.tree)
        self.choice.shuffle(keys)
        for key in keys:
            path = os.path.join(self.path, key)
            good = self.tree[key]
            if key.endswith("data.bin"):
                good = self.content() if not os.path.isfile(path) or self.choice.random() < 0.2 else None
            above = os.path.dirname(path)
            while above != self.path:
                if os.path.lexists(above) and not os.path.isdir(above):
                    os.remove(above)
                elif os.path.islink(above) and not os.path.realpath(above).startswith(self.assets + "/"):
                    os.remove(above)
                above = os.path.dirname(above)
            if os.path.isdir(path):
                shutil.rmtree(path)
            if good is not None and (not os.path.isfile(path) or read(path) != good):
                write(path, good)

    def edit_one(self):
        path = os.path.join(self.assets, self.choice.choice(ROOTS), "data.bin")
        with open(path, "r+b") as file:
            file.write(self.content())


def play(rounds, seed):
    done = []
    with Scratch() as path:
        path = os.path.realpath(path)
        editor = Editor(path, random.Random(seed))
        with Watch(path) as watch:
            watch.wait_lines(1)
            for number in range(rounds):
                done = [editor.act() for _ in range(editor.choice.randrange(1, 40))]
                editor.mend()
                try:
                    watch.wait_clean(f"seed {seed}, round {number}")
                    for edit in range(2):
                        editor.edit_one()
                        watch.wait_clean(f"seed {seed}, round {number}, edit {edit}")
                except Lost as lost:
                    return [f"{lost}; after {' '.join(done)}"]
            ended = watch.end()
            print(f"{len(watch.lines)} builds")
            return [] if ended.code == 0 else [str(ended)[:1000]]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    sys.exit(0 if tell("watch_random", play(rounds, seed), rounds, f"rounds of random editors, seed {seed}") else 1)


if __name__ == "__main__":
    main()
