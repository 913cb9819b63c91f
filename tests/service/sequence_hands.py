"""What people do to a workspace by hand, for the random sequences. Each function changes the directory assets/, which is the current
directory's, and returns what it did, or None when there was nothing to do it to."""

import os
import re
import shutil

from harness.registries import printed
from harness.workspaces import painted
from media import sound, sprite
from sequence_model import ANCHOR, HISTORY, OWN, QUARANTINE, REGISTRY, is_directory, names_below
from sequence_steps import NAMES

PAINTED = painted()
PICTURE, SHADES = PAINTED["assets/cave/cave.png"], PAINTED["assets/cave/shades/own.hex"]
KINDS = ["sound", "sound", "scene", "sprite", "painted", "sounds"]


def place(name):
    return os.path.join("assets", name)


def write(name, content):
    os.makedirs(os.path.dirname(place(name)), exist_ok=True)
    with open(place(name), "wb") as file:
        file.write(content)


def content_of(world, kind):
    """Files of an asset of a kind. No two files of a sequence are equal, so a byte that is lost is missed."""
    def unique():
        world.made += 1
        return world.made
    if kind == "sound":
        return {"jump.wav": sound(unique())}
    if kind == "sounds":
        return {f"{name}{unique()}.wav": sound(unique()) for name in ("a", "b")}
    if kind == "sprite":
        return {"walk.png": sprite(unique()), f"notes{unique()}.txt~": b"notes"}
    if kind == "painted":
        return {"wall.png": PICTURE, f"shades{unique()}.hex": SHADES} if world.random.random() < 0.5 else {"wall.png": PICTURE}
    return {"data.bin": b"scene %d" % unique()}


def free_name(world):
    free = [name for name in NAMES if name not in world.state.tree and not any(
        above in world.state.tree and world.state.tree[above] is not None for above in [name.rpartition("/")[0]])]
    return world.random.choice(free) if free else None


def roots(world):
    """Directories that may be roots: those with files directly in them."""
    return sorted({name.rpartition("/")[0] for name, content in world.state.tree.items()
                   if isinstance(content, bytes) and not name.startswith(OWN) and "/" in name})


def files(world, below=""):
    return [name for name, content in world.state.tree.items()
            if isinstance(content, bytes) and name.startswith(below) and (below or not name.startswith(OWN)) and "/" in name]


def draw(world, items):
    return world.random.choice(items) if items else None


# ---- Harmless ----


def make_art(world):
    name = free_name(world)
    if name is None:
        return None
    kind = world.random.choice(KINDS)
    for file, content in content_of(world, kind).items():
        write(f"{name}/{file}", content)
    world.fresh[name] = kind
    return f"make {name}, of the kind {kind}"


def put_beside(world):
    """A file more in a root: a sprite, notes, what an editor left."""
    found = roots(world)
    registered = [record.root for record in world.state.records.values()]
    sprites = [root for root in registered if f"{root}/walk.png" in world.state.tree] or found
    root = draw(world, sprites if world.random.random() < 0.7 else found)
    if root is None:
        return None
    world.made += 1
    name, content = world.random.choice([(f"more{world.made}.png", sprite(world.made)), (f"notes{world.made}.txt", b"notes %d" % world.made),
                                         (f".walk.png.{world.made}.swp", b"half"), (f"deep/er{world.made}/x.bin", b"x %d" % world.made)])
    write(f"{root}/{name}", content)
    world.fresh.pop(root, None)
    return f"put {name} into {root}"


def name_schema(world):
    """What an editor wants, in the registry or in a declaration. Every edit keeps it."""
    state = world.state
    name = draw(world, [REGISTRY, *[name for name in files(world) if name.endswith("/" + ANCHOR)]])
    content = state.tree[name]
    if b"$schema" in content or not content.startswith(b"{"):
        return None
    if name == REGISTRY:
        write(name, printed(state.next, state.records, "index.schema.json"))
    else:
        write(name, content.replace(b"{", b"{ \"$schema\": \"asset.schema.json\",", 1))
    return f"name the schema in {name}"


def leave_purged(world):
    """What a purge that was killed leaves."""
    world.made += 1
    write(f"{QUARANTINE}/.purge-9{world.made:03}/files/rest.bin", b"rest")
    return f"leave quarantine/.purge-9{world.made:03}"


# ---- Harmful ----


def rename_directory(world):
    root, name = draw(world, roots(world)), free_name(world)
    if root is None or name is None or name.startswith(root + "/"):
        return None
    os.makedirs(os.path.dirname(place(name)), exist_ok=True)
    os.rename(place(root), place(name))
    return f"mv {root} {name}"


def exchange(world):
    """Two directories swap their names."""
    found = roots(world)
    if len(found) < 2:
        return None
    one, other = world.random.sample(found, 2)
    if one.startswith(other + "/") or other.startswith(one + "/"):
        return None
    os.rename(place(one), place(one) + ".tmp")
    os.rename(place(other), place(one))
    os.rename(place(one) + ".tmp", place(other))
    return f"exchange {one} and {other}"


def copy_directory(world):
    root, name = draw(world, roots(world)), free_name(world)
    if root is None or name is None or name.startswith(root + "/"):
        return None
    shutil.copytree(place(root), place(name), symlinks=True)
    return f"cp -r {root} {name}"


def delete_directory(world):
    root = draw(world, roots(world))
    if root is None:
        return None
    shutil.rmtree(place(root))
    return f"rm -r {root}"


def delete_file(world):
    name = draw(world, files(world))
    if name is None:
        return None
    os.remove(place(name))
    return f"rm {name}"


def save_half(world):
    name = draw(world, files(world))
    if name is None:
        return None
    content = world.state.tree[name]
    write(name, content[:world.random.randrange(len(content) + 1)])
    return f"save the half of {name}"


def edit_file(world):
    name = draw(world, [name for name in files(world) if not name.endswith(ANCHOR)])
    if name is None:
        return None
    world.made += 1
    write(name, world.state.tree[name] + b"%d" % world.made)
    return f"edit {name}"


def edit_declaration(world):
    name = draw(world, [name for name in files(world) if name.endswith("/" + ANCHOR)])
    if name is None:
        return None
    content = world.state.tree[name]
    old, new = world.random.choice([(rb'  "', b'\t"'), (rb'"asset_uuid": "[^"]*"', b'"asset_uuid": ""'), (b"}\n", b"}"), (b"SOUNDS", b"SCENE")])
    write(name, re.sub(old, new, content, count=1))
    return f"edit {name}: {new!r} for {old!r}"


def put_in_the_way(world):
    """A file or a link where a directory was."""
    name = free_name(world)
    target = draw(world, roots(world))
    if name is None:
        return None
    os.makedirs(os.path.dirname(place(name)), exist_ok=True)
    if world.random.random() < 0.5 and target is not None:
        os.symlink(os.path.abspath(place(target)), place(name))
        return f"ln -s {target} {name}"
    write(name, b"a file")
    return f"write the file {name}"


# ---- In .prometeu ----


def lose_history(world):
    if HISTORY not in world.state.tree:
        return None
    if world.random.random() < 0.5:
        os.remove(place(HISTORY))
        return "rm history.jsonl"
    with open(place(HISTORY), "ab") as file:
        file.write(world.random.choice([b"{\"operation\":\n", b"\n", b"nonsense", b"[]\n"]))
    return "append nonsense to history.jsonl"


def delete_folder(world):
    folder = draw(world, world.state.folders())
    if folder is None:
        return None
    shutil.rmtree(place(f"{QUARANTINE}/{folder}"))
    return f"rm -r quarantine/{folder}"


def break_folder(world):
    folder = draw(world, world.state.folders())
    path = f"{QUARANTINE}/{folder}/record.json"
    if folder is None or not world.state.tree.get(path):
        return None
    content = world.state.tree[path]
    write(path, content[:world.random.randrange(len(content))])
    return f"save the half of quarantine/{folder}/record.json"


def take_out_by_hand(world):
    folder, name = draw(world, world.state.folders()), free_name(world)
    if folder is None or name is None or not is_directory(world.state.tree, f"{QUARANTINE}/{folder}/files"):
        return None
    os.makedirs(os.path.dirname(place(name)), exist_ok=True)
    os.rename(place(f"{QUARANTINE}/{folder}/files"), place(name))
    return f"mv quarantine/{folder}/files {name}"


def copy_folder(world):
    folder = draw(world, world.state.folders())
    if folder is None:
        return None
    name = world.random.choice(["0" + folder, str(int(folder) + 1).zfill(4), "backup"])
    if f"{QUARANTINE}/{name}" in world.state.tree:
        return None
    shutil.copytree(place(f"{QUARANTINE}/{folder}"), place(f"{QUARANTINE}/{name}"), symlinks=True)
    return f"cp -r quarantine/{folder} quarantine/{name}"


def edit_quarantine(world):
    name = draw(world, [name for name in names_below(world.state.tree, QUARANTINE)
                        if "/files/" in name and isinstance(world.state.tree[name], bytes)])
    if name is None:
        return None
    world.made += 1
    write(name, world.state.tree[name] + b"%d" % world.made)
    return f"edit {name}"


HARMLESS = [(make_art, 8), (put_beside, 3), (name_schema, 1), (leave_purged, 1)]
HARMFUL = [(rename_directory, 4), (exchange, 1), (copy_directory, 4), (delete_directory, 2), (delete_file, 1), (save_half, 2), (edit_file, 2),
           (edit_declaration, 3), (put_in_the_way, 1), (lose_history, 1), (delete_folder, 1), (break_folder, 1), (take_out_by_hand, 1),
           (copy_folder, 1), (edit_quarantine, 1)]
