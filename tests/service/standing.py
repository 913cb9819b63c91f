"""Workspaces to be wrecked, and ways to see what is left of them."""

import ctypes
import json
import os
import pickle
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

import xxhash

PRPACK = os.environ["PRPACK"]
AT_SYSCALL = os.environ.get("AT_SYSCALL", "")
WORKERS = os.cpu_count() or 1
KILLED = 128 + 9
NOT_REACHED = 125
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
ENDLESS = 124  # instead of an exit code: the program had to be killed
PATIENCE = 60  # seconds that anything may take
ARTIFACTS = ("asset_table.json", "preload.json", "asset_table_metadata.json", "assets.pa")

WELL, WRONG, USAGE, ENVIRONMENT = 0, 1, 2, 3


def scratch_root():
    """Memory where there is some: what these tests prove does not depend on a disk, and a disk takes its time to sync."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Scratch:
    """A directory that goes when the block ends."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="prpack-standing-", dir=scratch_root())
        return self.path

    def __exit__(self, *unused):
        shutil.rmtree(self.path)


def give_up(*unused):
    raise AssertionError(f"this test did not end within {10 * PATIENCE} s")


# Whatever happens, a test ends, and its traceback says where it stood.
signal.signal(signal.SIGALRM, give_up)
signal.alarm(10 * PATIENCE)


def start(command, cwd, **options):
    return subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            **options)


def end(process):
    """Waits for a program. The result has the code ENDLESS, and says so, when it does not end by itself."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, ENDLESS, out, err + f"no end after {PATIENCE} s".encode())


def run(command, cwd, **options):
    return end(start(command, cwd, **options))


def prpack(cwd, *arguments, **options):
    return run([PRPACK, *arguments], cwd, **options)


def wait_until(condition):
    """Whether that became true in time."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.001)
    return True


class Paused:
    """A prpack that stands still when it enters its nth system call. `stands` is false when it ended before."""

    def __init__(self, n, arguments, cwd):
        heard, tell = os.pipe()
        hear, self.told = os.pipe()
        self.process = start([AT_SYSCALL, "pause", str(n), str(tell), str(hear), PRPACK, *arguments], cwd,
                             pass_fds=(tell, hear))
        os.close(tell)
        os.close(hear)
        self.stands = bool(select.select([heard], [], [], PATIENCE)[0]) and os.read(heard, 1) != b""
        os.close(heard)
        self.ended = None

    def go_on(self):
        """Lets it go on to its end; says how it ended, as often as it is asked."""
        if self.ended is None:
            os.close(self.told)
            self.ended = end(self.process)
        return self.ended


# Where a process sleeps: numbers of system calls.
FLOCK, CLOCK_NANOSLEEP = 73, 230
LOCK_NB = 4


def sleeps_in(process):
    """The number of the system call in which a program sleeps, or None."""
    try:
        with open(f"/proc/{process.pid}/syscall", encoding="ascii") as file:
            words = file.read().split()
        with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
            state = file.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        return None
    number = int(words[0]) if words and words[0].isdigit() else None
    return number if state == "S" else None


def waits_for_lock(process):
    return sleeps_in(process) == FLOCK


# Trees: {path: bytes of a file, or None for a directory, or ("link", target)}.

CACHE = "cache.json"


def is_whole_cache(content):
    """Whether it is one JSON document that ends with the hash of what stands before."""
    before, _, after = content.rpartition(b',"document_xxh3_128":"')
    try:
        return isinstance(json.loads(content), dict) and after == xxhash.xxh3_128(before).hexdigest().encode() + b'"}'
    except ValueError:
        return False


def read_tree(directory, with_cache=False):
    """The build cache is left out unless it is asked for: it may be the old one, the new one, or none, and names inodes and times. One that is
    not whole is never left out."""
    found = {}
    for at, directories, files in os.walk(directory):
        for name in directories + files:
            path = os.path.join(at, name)
            key = os.path.relpath(path, directory)
            if os.path.islink(path):
                found[key] = ("link", os.readlink(path))
            elif os.path.isdir(path):
                found[key] = None
            else:
                with open(path, "rb") as file:
                    content = file.read()
                if with_cache or name != CACHE or not is_whole_cache(content):
                    found[key] = content
    return found


JOURNAL = ".prpack-output"


def adopt_journal(path):
    """The journal of a build names the inode of the directory that it was written in. A copy of it has to name its own."""
    _, rest = os.readlink(path).split(":", 1)
    os.remove(path)
    os.symlink(f"{os.stat(os.path.dirname(path)).st_ino}:{rest}", path)


def write_tree(directory, tree):
    for key in sorted(tree):
        path = os.path.join(directory, key)
        content = tree[key]
        if content is None:
            os.makedirs(path, exist_ok=True)
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if isinstance(content, tuple):
            os.symlink(content[1], path)
            if os.path.basename(path) == JOURNAL:
                adopt_journal(path)
        else:
            with open(path, "wb") as file:
                file.write(content)


def below(tree, directory):
    return {key: content for key, content in tree.items() if key == directory or key.startswith(directory + "/")}


def without(tree, directory):
    return {key: content for key, content in tree.items() if key not in below(tree, directory)}


def difference(tree, expected):
    """What a reader wants to know about two trees that differ."""
    lines = []
    for key in sorted(tree.keys() | expected.keys()):
        if key not in expected:
            lines.append(f"left over: {key}")
        elif key not in tree:
            lines.append(f"missing: {key}")
        elif tree[key] != expected[key]:
            lines.append(f"other content: {key}")
    return "; ".join(lines)


# Workspaces.

def scenes(assets, left_out=()):
    """The tree of a workspace of raw scenes: {root: bytes}, ids from 1 in that order."""
    tree = {}
    records = []
    for number, (root, data) in enumerate(assets.items(), start=1):
        uuid = f"00000000-0000-4000-8000-{number:012d}"
        records.append({"asset_id": number, "asset_uuid": uuid, "root": root,
                        "included_in_build": root not in left_out})
        tree[f"assets/{root}/asset.json"] = json.dumps({
            "schema_version": 1, "asset_uuid": uuid, "name": root, "type": "scene_bank",
            "inputs": {"sources": ["data.bin"]}, "output": {"format": "SCENE/raw_v1", "codec": "NONE"},
            "preload": {"enabled": False}}).encode()
        tree[f"assets/{root}/data.bin"] = data
    tree["assets/.prometeu/index.json"] = json.dumps(
        {"schema_version": 1, "next_asset_id": len(records) + 1, "assets": records}).encode()
    return with_directories(tree)


def with_directories(tree):
    whole = dict(tree)
    for key in tree:
        while "/" in key:
            key = os.path.dirname(key)
            whole.setdefault(key, None)
    return whole


def tree_after(tree, *commands, workspace="."):
    """The tree that commands of prpack leave, which must end well."""
    with Scratch() as path:
        write_tree(path, tree)
        for command in commands:
            ended = prpack(os.path.join(path, workspace), *command)
            if ended.returncode != WELL:
                raise AssertionError(f"prpack {' '.join(command)}: {ended.stderr.decode()}")
        return read_tree(path)


# Points.

def names_of_calls(before, arguments, directory="."):
    """The names of the system calls of a run, in order. before is a tree, or a function that makes one in a directory."""
    with Scratch() as path, Scratch() as beside:
        if callable(before):
            before(path)
        else:
            write_tree(path, before)
        names = os.path.join(beside, "names")
        run([AT_SYSCALL, "list", names, PRPACK, *arguments], os.path.join(path, directory))
        with open(names, encoding="ascii") as file:
            return file.read().split()


def pin(worker):
    """Tracer and traced take turns: on one processor that costs the least."""
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processors[worker % len(processors)]})


def work(function, items, numbers, results):
    """Takes numbers of items from one pipe until it is empty. Writes the results to another one."""
    taken = {}
    while True:
        word = os.read(numbers, 4)
        if not word:
            break
        number = struct.unpack("I", word)[0]
        taken[number] = function(items[number])
    with open(results, "wb") as file:
        pickle.dump(taken, file)


def fork_worker(function, items, numbers, worker, spread):
    result, results = os.pipe()
    child = os.fork()
    if child > 0:
        os.close(results)
        return child, result
    code = 1
    try:
        os.close(result)
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.alarm(10 * PATIENCE)
        if spread:
            pin(worker)
        work(function, items, numbers, results)
        code = 0
    except BaseException:  # pylint: disable=broad-except
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def each(function, items, workers=WORKERS, spread=True):
    """Applies a function to all items, some at once, in processes of their own that are spread over the processors. Returns the results in
    order."""
    items = list(items)
    with tempfile.TemporaryFile(dir=scratch_root()) as file:
        file.write(struct.pack(f"{len(items)}I", *range(len(items))))
        file.flush()
        file.seek(0)
        children = [fork_worker(function, items, file.fileno(), worker, spread)
                    for worker in range(min(workers, len(items)))]
        found = {}
        for child, result in children:
            with open(result, "rb") as stream:
                said = stream.read()
            if os.waitpid(child, 0)[1] != 0:
                raise AssertionError("a worker of this test failed")
            found.update(pickle.loads(said))
    return [found[number] for number in range(len(items))]


def tell(name, problems, points, what):
    """Prints the count of one proof and its first problems; returns whether there were none."""
    for problem in problems[:10]:
        print(f"{name}: {problem}", file=sys.stderr)
    print(f"{name}: {points - len(problems)} of {points} {what}", flush=True)
    return not problems and points > 0
