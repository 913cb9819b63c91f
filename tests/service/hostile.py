"""Workspaces and cartridges of strangers: nothing outside of the project is touched, reading writes nothing, and nothing hangs.

    hostile.py SHARE        of every SHARE plants one is tried

For each path of a built project and of one whose build was killed, something else is put in its place: a link, a FIFO, a hard link
and so on. Then every command runs, as an ordinary user where the test runs as root. What lies outside is compared with its content,
mode and times, directories too, so a file that was made and removed again shows as well.
"""

import os
import shutil
import stat
import sys

from harness.program import PRPACK, end, start
from harness.trees import Scratch, with_directories, write_tree
from harness.workspaces import ARTIFACTS, scenes, tree_after
from points import each, tell

BUILT = tree_after(scenes({"menu": b"a menu", "deep/bay": b"the bay"}), ["build"])
OTHER = tree_after(scenes({"menu": b"another", "deep/bay": b"another bay"}), ["build"])
KILLED = with_directories({**BUILT, "build/.prpack-staging/assets.pa": b"not yet", "assets/.prometeu/.prpack-output": ("link", "0" * 32 + ":0:build"),
                           "assets/.prometeu/.index.json.new": b"{}", "assets/.prometeu/.prpack-edit-commit": b"prpack-edit 2 1 1 1 1\n1\n",
                           "assets/.prometeu/cache.json": b"{}", "assets/.prometeu/.cache.json.new": b"{", "build/manifest.json": b"{}", "build/program.pbx": b"",
                           **{f"build/.prpack-commit/{name}": OTHER[f"build/{name}"] for name in ARTIFACTS}})
KINDS = ("link", "absolute link", "lost link", "loop", "fifo", "directory", "full directory", "file", "hard link", "unreadable", "huge")
READING = (["verify"], ["verify", "--sources"], ["inspect", "build"], ["inspect", "build/assets.pa", "build", "."], ["explain"])
WRITING = (["list"], ["init"], ["add", "--dry-run", "new"], ["add", "new"], ["build", "--verify"], ["build", "--no-cache"], ["build", "--output", "out"], ["list"])
USER = 65534 if os.geteuid() == 0 else None


def snapshot(directory):
    """Kind, mode, size, content and time of modification of everything."""
    found = {}
    for at, directories, files in os.walk(directory):
        for path in [at] + [os.path.join(at, name) for name in directories + files]:
            status = os.lstat(path)
            content = b""
            if stat.S_ISREG(status.st_mode) and status.st_size < 1 << 20:
                with open(path, "rb") as file:
                    content = file.read()
            found[path] = (status.st_mode, status.st_size, status.st_mtime_ns, content, os.readlink(path) if stat.S_ISLNK(status.st_mode) else None)
    return found


def plant(path, key, kind):
    """Puts something in the place of a key of the project. What was there lies outside now."""
    place, kept = os.path.join(path, "game", key), os.path.join(path, "outside/kept")
    if os.path.lexists(place):
        shutil.move(place, kept)
    elif not os.path.isdir(os.path.dirname(place)):
        return
    if "link" == kind or kind == "absolute link":
        os.symlink(kept if kind != "link" else os.path.relpath(kept, os.path.dirname(place)), place)
    elif kind == "lost link":
        os.symlink(os.path.join(path, "outside/none"), place)
    elif kind == "loop":
        os.symlink(os.path.basename(place), place)
    elif kind == "fifo":
        os.mkfifo(place)
    elif "directory" in kind:
        os.mkdir(place)
        if kind == "full directory":
            write_tree(place, {"assets.pa": b"not ours", "sub/file": b"not ours"})
    elif kind == "hard link":
        os.link(os.path.join(path, "outside/file"), place)
    else:
        with open(place, "wb") as file:
            file.write(b"not what it was")
            if kind == "huge":
                file.truncate(1 << 40)
        if kind == "unreadable":
            os.chmod(place, 0)


def judge(case):
    what, tree, key, kind = case
    with Scratch() as path:
        write_tree(path, with_directories({"outside/file": b"not ours", "outside/empty/sub": None, "outside/.prpack-commit/assets.pa": b"not ours",
                                           **{f"game/{name}": content for name, content in tree.items()}, "game/assets/new/data.bin": b"new"}))
        plant(path, key, kind)
        if USER is not None:
            for at, directories, files in os.walk(path):
                for name in [at] + [os.path.join(at, name) for name in directories + files]:
                    os.chown(name, USER, USER, follow_symlinks=False)
        for commands, watched in ((READING, path), (WRITING, os.path.join(path, "outside"))):
            before = snapshot(watched)
            for command in commands:
                options = {} if USER is None else {"user": USER, "group": USER, "extra_groups": []}
                ended = end(start([PRPACK, *command], os.path.join(path, "game"), **options), 20)
                if ended.code not in (0, 1, 2, 3):
                    return f"{what} {key} {kind}, {' '.join(command)}: {ended}"
                if snapshot(watched) != before:
                    return f"{what} {key} {kind}, {' '.join(command)}: changed {sorted(set(snapshot(watched).items()) ^ set(before.items()))[0][0]}"
        return None


def main():
    cases = [(what, tree, key, kind) for what, tree in (("built", BUILT), ("killed", KILLED))
             for key in sorted(tree) + ["assets/.prometeu/.prpack-edit", "out/.prpack-staging", "build/.prpack-staging", "build/.prpack-commit"]
             for kind in KINDS if kind != "huge" or not key.endswith("data.bin")]
    cases = cases[::int(sys.argv[1])]
    problems = [text for text in each(judge, cases) if text]
    sys.exit(0 if tell("hostile", problems, len(cases), "plants touched nothing outside, and nothing hung") else 1)


if __name__ == "__main__":
    main()
