"""Workspaces and cartridges of strangers: nothing outside of the project is touched, reading writes nothing, and nothing hangs.

    hostile.py [--each N]

Three projects, one after a build with its cache, one whose build and edit were killed, one with a cartridge. For each path of each,
something else is put in its place: a link, a FIFO, a hard link and so on. Further projects have notes, journals, registries and
declarations that name what is outside. Then every command runs, as an ordinary user and, where the test runs as root, as root too.

Everything outside is compared afterwards, with inode, content, mode and times, directories too, so a file that was made and removed
again shows as well. With --each, every Nth of these projects is tried. Mount points are the matter of outputs.py. Directories that do not tell upper from lower case are not tried.
"""

import argparse
import hashlib
import itertools
import json
import os
import shutil
import stat
import sys

import xxhash
from harness.program import PRPACK, end, start
from harness.trees import SEAL, Scratch, with_directories, write_tree
from harness.workspaces import ARTIFACTS, scenes, tree_after
from points import each, share_of, tell

GAME = scenes({"menu": b"a menu", "deep/bay": b"the bay"})
BUILT = tree_after(GAME, ["build"])
OTHER = tree_after(scenes({"menu": b"another", "deep/bay": b"another bay"}), ["build"])


def journal(*lines):
    """The journal of an edit; write_tree() makes its first line fit the directory."""
    text = b"prpack-edit 2 1 1 1 1\n" + b"".join(line + b"\n" for line in lines)
    return text + b"end " + xxhash.xxh3_128(text).hexdigest().encode() + b"\n"


KILLED = {**BUILT, "build/.prpack-staging/assets.pa": b"not yet", "assets/.prometeu/.prpack-output": ("link", SEAL + ":0:build"),
          "assets/.prometeu/.index.json.new": GAME["assets/.prometeu/index.json"], "assets/.prometeu/.prpack-edit-commit": journal(b"1"),
          "assets/menu/.asset.json.new": GAME["assets/menu/asset.json"], "assets/.prometeu/.cache.json.new": b"{",
          **{f"build/.prpack-commit/{name}": OTHER[f"build/{name}"] for name in ARTIFACTS}}
MANIFEST = json.dumps({"magic": "PMTU", "cartridge_version": 1, "app_id": 1, "title": "Game", "app_version": "1.0.0", "app_mode": "Game",
                       "capabilities": ["asset"]}).encode()
CARTRIDGE = {**GAME, "cart/manifest.json": MANIFEST, "cart/program.pbx": b"code", "cart/assets.pa": BUILT["build/assets.pa"],
             "cart/.prpack-commit/assets.pa": OTHER["build/assets.pa"]}
PROJECTS = {"built": (BUILT, ["assets/.prometeu/cache.json", "assets/.prometeu/.prpack-output", "assets/.prometeu/.prpack-edit",
                              "assets/.prometeu/.index.json.new", "assets/.prometeu/.cache.json.new", "assets/new", "assets/new/data.bin",
                              "assets/new/asset.json", "assets/new/.asset.json.new", "build/.prpack-staging",
                              "build/.prpack-staging/assets.pa", "build/.prpack-commit", "out", "out/.prpack-staging"]),
            "killed": (KILLED, ["assets/.prometeu/.prpack-edit"]),
            "cartridge": (CARTRIDGE, [])}

KINDS = ("link", "absolute link", "chain", "other project", "lost link", "loop", "fifo", "directory", "full directory", "file", "hard link",
         "unreadable", "huge")
READING = (["verify"], ["verify", "--sources"], ["inspect", "build"], ["inspect", "cart"], ["inspect", "build/assets.pa", "build", "cart", "."],
           ["doctor", "--workspace"], ["explain"])
WRITING = (["list"], ["init"], ["add", "--type", "scene_bank", "--dry-run", "new"], ["add", "--type", "scene_bank", "new"], ["build", "--verify"], ["build", "--no-cache"],
           ["build", "--output", "out"], ["rename", "1", "other"], ["exclude", "1"], ["include", "1"], ["forget", "1"], ["doctor", "--fix"], ["gc"], ["list"])
USERS = (65534, 0) if os.geteuid() == 0 else (None,)
PATIENCE = 20


def registry(**changes):
    record = {"asset_id": 1, "asset_uuid": "00000000-0000-4000-8000-000000000001", "root": "menu", "included_in_build": True}
    return json.dumps({"schema_version": 1, "next_asset_id": 9, "assets": [{**record, **changes}]}).encode()


def declaration(**changes):
    return json.dumps({**json.loads(GAME["assets/menu/asset.json"]), **changes}).encode()


def forged(outside):
    """Projects that name what is outside: what they change."""
    note, commit, staged = ("assets/.prometeu/" + name for name in (".prpack-output", ".prpack-edit-commit", ".index.json.new"))
    for path in (outside, outside + "/empty", "../outside/empty", "build/../../outside/empty", "../outside/project/build"):
        for text in (path, "0" * 32 + ":0:" + path, SEAL + ":" + str(len(path)) + ":" + path, SEAL + ":0:" + path):
            yield {note: ("link", text)}
    for root in ("../../outside", "../outside/project/assets/menu", outside, "menu/../../../outside", ".prometeu/../../../outside"):
        yield {"assets/.prometeu/index.json": registry(root=root)}
        yield {staged: registry(root=root), commit: journal(b"1")}
        yield {"assets/menu/asset.json": declaration(inputs={"sources": [root + "/file"]})}
    yield {"assets/far": ("link", outside), staged: registry(root="far"), commit: journal(b"1")}
    yield {"assets/far": ("link", outside), "assets/.prometeu/index.json": registry(root="far")}


def snapshot(directory):
    """Kind, inode, mode, size, content and time of modification of everything."""
    found = {}
    for at, directories, files in os.walk(directory):
        for path in [at] + [os.path.join(at, name) for name in directories + files]:
            status = os.lstat(path)
            content = os.readlink(path) if stat.S_ISLNK(status.st_mode) else b""
            if stat.S_ISREG(status.st_mode) and status.st_blocks * 512 <= 1 << 22:
                with open(path, "rb") as file:
                    content = hashlib.sha256(file.read(1 << 22)).digest()
            found[path] = (status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, content)
    return found


def put(path, key, kind):
    """Puts something in the place of a key of the project. What was there lies outside now."""
    place, kept = os.path.join(path, "game", key), os.path.join(path, "outside/kept")
    os.makedirs(os.path.dirname(place), exist_ok=True)
    if os.path.lexists(place):
        shutil.move(place, kept)
    if kind == "link":
        os.symlink(os.path.relpath(kept, os.path.dirname(place)), place)
    elif kind == "absolute link":
        os.symlink(kept, place)
    elif kind == "chain":
        os.symlink(kept, os.path.join(path, "game/hop"))
        os.symlink(os.path.relpath(os.path.join(path, "game/hop"), os.path.dirname(place)), place)
    elif kind == "other project":
        os.symlink(os.path.join(path, "outside/project", key), place)
    elif kind == "lost link":
        os.symlink(os.path.join(path, "outside/none"), place)
    elif kind == "loop":
        os.symlink(os.path.basename(place), place)
    elif kind == "fifo":
        os.mkfifo(place)
    elif kind == "hard link":
        os.link(os.path.join(path, "outside/file"), place)
    elif kind in ("directory", "full directory"):
        os.mkdir(place)
        if kind == "full directory":
            write_tree(place, {"assets.pa": b"not ours", "sub/file": b"not ours"})
    else:
        with open(place, "wb") as file:
            file.write(b"not what it was")
            if kind == "huge":
                file.truncate(1 << 40)
        if kind == "unreadable":
            os.chmod(place, 0)


def prpack_as(user, path, command):
    options = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    return end(start([PRPACK, *command], os.path.join(path, "game"), **options), PATIENCE)


def own(user, path):
    for at, directories, files in os.walk(path):
        for name in [at] + [os.path.join(at, name) for name in directories + files]:
            os.chown(name, user, user, follow_symlinks=False)


def prepare(path, tree, user):
    """The project at game/, and beside it what nobody may touch."""
    write_tree(path, with_directories({
        "outside/file": b"not ours", "outside/empty/sub": None, "outside/.prpack-commit/assets.pa": b"not ours", "outside/asset.json": b"{}",
        "outside/assets.pa": b"not ours", "outside/.prometeu/index.json": b"{}", "outside/.asset.json.new": b"not ours",
        **{f"outside/project/{name}": content for name, content in KILLED.items()},
        **{f"game/{name}": content for name, content in tree.items()}, "game/assets/new/data.bin": b"new"}))
    if user is not None:
        own(user, path)


def run_all(path, user, left_out=()):
    """What a command changed that it may not, or how it ended badly, or None."""
    for commands, watched in ((READING, path), (WRITING, os.path.join(path, "outside"))):
        before = snapshot(watched)
        for command in commands:
            if command[0] in left_out:
                continue
            ended = prpack_as(user, path, command)
            if ended.code not in (0, 1, 2, 3):
                return f"{' '.join(command)}: {ended}"
            after = snapshot(watched)
            if after != before:
                return f"{' '.join(command)}: changed {sorted(set(after.items()) ^ set(before.items()))[0][0]}"
    return None


def try_plant(case):
    what, key, kind, user = case
    with Scratch() as path:
        prepare(path, PROJECTS[what][0], user)
        if what == "built" and prpack_as(user, path, ["build"]).code != 0:
            return f"{what}: it cannot be built"  # with a cache that counts
        put(path, key, kind)
        if not os.path.lexists(os.path.join(path, "game", key)):
            return f"{what} {key} {kind}: nothing was planted"
        if user is not None:
            own(user, path)
            if kind == "unreadable":
                os.chmod(os.path.join(path, "game", key), 0)
        problem = run_all(path, user, ("doctor",) if kind == "huge" else ())  # doctor reads each byte of an input, and no disk is full
        return problem and f"{what} {key} {kind}, user {user}: {problem}"


def try_forgery(case):
    number, user = case
    with Scratch() as path:
        changes = list(forged(os.path.join(path, "outside")))[number]
        prepare(path, {**KILLED, **changes}, user)
        problem = run_all(path, user)
        return problem and f"{changes}, user {user}: {problem}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=1)
    step = parser.parse_args().each
    plants = [(what, key, kind, user) for what, (tree, more) in PROJECTS.items() for key in sorted({*tree, *more}) for kind in KINDS
              for user in USERS]
    plants = share_of(plants[::step])
    forgeries = list(itertools.product(range(len(list(forged("/outside")))), USERS))
    forgeries = share_of(forgeries)
    problems = [text for text in each(try_plant, plants) + each(try_forgery, forgeries) if text]
    sys.exit(0 if tell("hostile", problems, len(plants) + len(forgeries), "projects had nothing outside touched, and nothing hung") else 1)


if __name__ == "__main__":
    main()
