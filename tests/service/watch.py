"""A watch whose workspace changes in every way that editors, version control, scripts and disks have.

    watch.py CASE

Nothing here waits for time to pass: a case changes the workspace, and waits until the last build is the one of a clean build of a
copy, byte by byte, or until a line says what it should.
"""

import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time

from harness.program import PRPACK, WELL, prpack, run
from harness.trees import Scratch, read, write, write_tree
from harness.watching import Lost, Watch, artifacts, clean
from harness.workspaces import scenes
from limits import SKIPPED, SmallDisk
from points import tell, wait_until

CLOCKED = os.environ.get("PRPACK_CLOCKED", PRPACK)
# Freed memory is kept for a while there, so its size says nothing.
SANITIZED = bool(os.environ.get("PRPACK_SANITIZE"))
ASSETS = {f"scene{number}": b"%d " % number * 50 for number in range(10)}


def data(path, root="scene0", name="data.bin"):
    return os.path.join(path, "assets", root, name)


def save(path, content):
    """As an editor saves: a new file beside it takes its place."""
    write(path + ".part", content)
    os.rename(path + ".part", path)


def git(path, *arguments):
    ended = run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false", *arguments], path)
    if ended.code != 0:
        raise Lost(f"git {arguments}: {ended}")


def started(path, *arguments, **how):
    """A watch whose first build is done."""
    watch = Watch(path, *arguments, **how)
    watch.wait_lines(1)
    return watch


def first(watch):
    document = watch.documents()[0]
    return None if document["published"] and document["conforms"] and document["matches"] else f"the first build: {document}"


def checkout():
    """git checkout of 1,000 files, back and forth, and one that takes assets away."""
    with Scratch() as path:
        write_tree(path, scenes({f"group{number % 7}/s{number}": b"%d" % number for number in range(500)}))
        git(path, "init", "-q", "-b", "old")
        git(path, "add", "assets")
        git(path, "commit", "-q", "-m", "old")
        git(path, "checkout", "-q", "-b", "new")
        shutil.rmtree(os.path.join(path, "assets"))
        write_tree(path, scenes({f"group{number % 5}/s{number}": b"%d!" % number for number in range(10, 700)}))
        git(path, "add", "-A", "assets")
        git(path, "commit", "-q", "-m", "new")
        with started(path) as watch:
            problems = [first(watch)]
            for branch in ("old", "new", "old", "new"):
                git(path, "checkout", "-q", branch)
                watch.wait_clean(branch)
            git(path, "stash", "list")
            git(path, "checkout", "-q", "old")
            git(path, "clean", "-fdxq")  # takes build/ away, too
            watch.wait_clean("a cleaned tree")
        return problems, 5


def saves():
    """Ways to save a file."""
    def in_place(path, content):
        with open(path, "r+b") as file:
            file.write(content)
            file.truncate()

    def in_pieces(path, content):
        with open(path, "wb") as file:
            for byte in content:
                file.write(bytes([byte]))
                file.flush()

    def backup(path, content):
        os.rename(path, path + "~")
        write(path, content)
        os.remove(path + "~")

    def hidden_times(path, content):
        before = os.stat(path)
        with open(path, "r+b") as file:
            file.write(content)
            file.truncate()
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def removed_first(path, content):
        os.remove(path)
        write(path, content)

    def mapped(path, content):
        import mmap
        with open(path, "r+b") as file:
            file.truncate(len(content))
            with mmap.mmap(file.fileno(), len(content)) as memory:
                memory[:] = content

    def linked(path, content):
        write(path + ".target", content)
        os.remove(path)
        os.symlink(os.path.basename(path) + ".target", path)

    def through_link(path, content):
        save(os.path.join(os.path.dirname(path), "data.bin.target"), content)

    def exchanged_directory(path, content):
        root = os.path.dirname(path)
        shutil.copytree(root, root + ".copy", symlinks=True)
        save(os.path.join(root + ".copy", "data.bin"), content)
        os.rename(root, root + ".gone")
        os.rename(root + ".copy", root)
        shutil.rmtree(root + ".gone")

    ways = (save, in_place, in_pieces, backup, hidden_times, removed_first, mapped, linked, through_link, exchanged_directory, save)
    with Scratch() as path:
        write_tree(path, scenes(ASSETS))
        with started(path) as watch:
            problems = [first(watch)]
            for number, way in enumerate(ways):
                way(data(path), b"%d, of one length" % (number + 10))
                watch.wait_clean(way.__name__)
                way(data(path), b"%d; of one length" % (number + 10))
                watch.wait_clean(f"{way.__name__}, again")
        return problems, 2 * len(ways)


def roots():
    """Directories that go, come and change places, from a root up to the directory that the watch runs in."""
    with Scratch() as top:
        path = os.path.join(top, "above", "project")
        write_tree(path, scenes(ASSETS))
        kept = os.path.join(top, "kept")
        problems, count = [], 0

        def fails(document):
            return document["errors"] > 0

        with started(path) as watch:
            def gone_and_back(place):
                failed = watch.wait_next(fails, f"{place} is gone")
                os.rename(place, kept)
                if place.startswith(path + "/"):  # else the watch goes with its directory, until another one is there
                    failed()
                shutil.copytree(kept, place, symlinks=True)
                shutil.rmtree(kept)
                save(data(path), os.urandom(8))
                watch.wait_clean(f"{place} is back")

            def replaced(place):
                shutil.copytree(place, kept, symlinks=True)
                save(os.path.join(kept, os.path.relpath(data(path), place)), os.urandom(8))
                os.rename(place, place + ".old")
                os.rename(kept, place)
                shutil.rmtree(place + ".old")
                watch.wait_clean(f"{place} is another one")
                save(data(path), os.urandom(8))
                watch.wait_clean(f"{place} is watched")

            problems.append(first(watch))
            for place in ("assets/scene0", "assets", ".", ".."):
                gone_and_back(os.path.normpath(os.path.join(path, place)))
                replaced(os.path.normpath(os.path.join(path, place)))
                count += 2
            failed = watch.wait_next(fails, "the registry is gone")
            os.rename(os.path.join(path, "assets/.prometeu"), kept)
            failed()
            os.rename(kept, os.path.join(path, "assets/.prometeu"))
            save(data(path), b"registered")
            watch.wait_clean("the registry is back")
            # A link in place of assets/, which then leads elsewhere.
            os.rename(os.path.join(path, "assets"), os.path.join(path, "one"))
            shutil.copytree(os.path.join(path, "one"), os.path.join(path, "two"), symlinks=True)
            save(os.path.join(path, "two/scene1/data.bin"), b"of the second")
            for name in ("one", "two", "one"):
                os.symlink(name, os.path.join(path, "link"))
                os.rename(os.path.join(path, "link"), os.path.join(path, "assets"))
                watch.wait_clean(f"assets is a link to {name}")
                save(data(path, "scene2"), os.urandom(8))
                watch.wait_clean(f"{name} is watched")
        return problems, count + 4


def fill(path):
    """Writes a file until there is no room."""
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        while os.write(file, bytes(4096)) > 0:
            pass
    except OSError:
        pass
    os.close(file)


def full_disk():
    """No room: the old set stays, the failure is said once, and room is found without any other event."""
    with Scratch() as path, SmallDisk(os.path.join(path, "disk"), "1m") as disk:
        write_tree(path, scenes(ASSETS))
        output = os.path.join(disk, "out")
        with started(path, "--output", output, build=output) as watch:
            problems = [first(watch)]
            before = artifacts(output)
            filler = os.path.join(disk, "filler")
            fill(filler)
            failed = watch.wait_next(lambda document: document["errors"] > 0 and not document["published"], "the disk is full")
            save(data(path), os.urandom(20000))
            failed()
            if artifacts(output) != before:
                problems.append("the old set is not as it was")
            lines = len(watch.lines)
            opened = set()
            # It tries again: a file that is opened for staging shows that. Three tries, and not one word.
            wait_until(lambda: opened.add(os.stat(output).st_mtime_ns) or len(opened) > 3)
            if len(watch.lines) != lines:
                problems.append(f"said again: {watch.lines[lines:]}")
            os.remove(filler)
            watch.wait_clean("there is room again")
        return problems, 4


def too_large():
    """RLIMIT_FSIZE, where nothing can be mounted."""
    with Scratch() as path:
        write_tree(path, scenes(ASSETS))
        with started(path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30000, 30000))) as watch:
            problems = [first(watch)]
            before = artifacts(watch.build)
            failed = watch.wait_next(lambda document: document["errors"] > 0, "the pack is too large")
            save(data(path), bytes(50000))
            failed()
            if artifacts(watch.build) != before:
                problems.append("the old set is not as it was")
            save(data(path), b"small again")
            watch.wait_clean("the pack is small")
        return problems, 2


def flood():
    """10,000 events in a second, while it looks, and while it is stopped, so that the kernel drops some of them."""
    with Scratch() as path:
        write_tree(path, scenes(ASSETS))

        def storm():
            for number in range(10000):
                with open(data(path, f"scene{number % 10}", f"loose{number % 2000}"), "wb") as file:
                    file.write(b"%d" % number)
            for root in ASSETS:
                for name in os.listdir(os.path.join(path, "assets", root)):
                    if name.startswith("loose"):
                        os.remove(data(path, root, name))

        with started(path) as watch:
            problems = [first(watch)]
            storm()
            save(data(path), b"after the storm")
            watch.wait_clean("a storm")
            watch.send(signal.SIGSTOP)
            save(data(path, "scene3"), b"first in the queue")
            storm()
            storm()
            save(data(path, "scene4"), b"lost at the end of the queue")
            watch.send(signal.SIGCONT)
            watch.wait_clean("a queue that ran over")
            lines = len(watch.lines)
            save(data(path, "scene5"), b"and one more")
            watch.wait_clean("the change after")
            if len(watch.lines) > lines + 3:
                problems.append(f"{len(watch.lines) - lines} builds of one change")
        return problems, 3


def unwatched(limit, name):
    """The kernel does not watch: every change is found all the same, and a warning says so once."""
    script = f"echo {limit} > /proc/sys/user/{name} && exec \"$@\""
    command = ("unshare", "-Ur", "sh", "-c", script, "sh", PRPACK)
    if run([*command[:-1], "true"], "/").code != 0:
        print("skipped: no user namespace with limits of its own can be made here")
        sys.exit(SKIPPED)
    with Scratch() as path:
        write_tree(path, scenes(ASSETS))
        with started(path, command=command) as watch:
            problems = [first(watch)]
            for number in range(3):
                save(data(path), b"%d" % number)
                watch.wait_clean(f"change {number}")
                os.makedirs(data(path, "new", f"directory{number}"))
            shutil.rmtree(data(path, "new", ""))
            os.rename(os.path.join(path, "assets/scene1"), os.path.join(path, "assets/renamed"))
            watch.wait(lambda: watch.documents()[-1]["errors"] > 0, "a renamed root")
            os.rename(os.path.join(path, "assets/renamed"), os.path.join(path, "assets/scene1"))
            save(data(path, "scene1"), b"back")
            watch.wait_clean("a root that is back")
            said = [finding for document in watch.documents() for finding in document["diagnostics"] if finding["id"] == "watch-polling"]
            if len(said) != 1 or said[0]["severity"] != "warning":
                problems.append(f"watch-polling: {said}")
            ended = watch.end()
            if ended.code != WELL:
                problems.append(f"the end: {ended}")
        return problems, 6


def no_watches():
    return unwatched(3, "max_inotify_watches")


def no_instances():
    return unwatched(0, "max_inotify_instances")


def outputs():
    """What a build writes never starts another one, wherever it goes; what is taken away is made again."""
    problems, count = [], 0
    tree = scenes(ASSETS)
    for output in ("build", ".", "assets/out", "assets/deep/er/out", "assets/scene0/out", "assets/group", "../beside"):
        with Scratch() as top:
            path = os.path.join(top, "project")
            write_tree(path, tree)
            if output == "assets/group":
                for root in ("scene0", "scene1"):
                    os.makedirs(os.path.join(path, output), exist_ok=True)
                index = os.path.join(path, "assets/.prometeu/index.json")
                os.rename(os.path.join(path, "assets/scene0"), os.path.join(path, "assets/group/scene0"))
                write(index, read(index).replace(b'"scene0"', b'"group/scene0"'))
            with started(path, "--output", output, build=output) as watch:
                problems.append(first(watch))
                watched = "scene1"
                for number in range(3):
                    lines = len(watch.lines)
                    save(data(path, watched), b"%d" % number)
                    expected, _ = clean(path)
                    watch.wait(lambda: artifacts(watch.build)["assets.pa"] == expected["assets.pa"], f"{output}: a change")
                    watch.wait_lines(lines + 1)
                pack = artifacts(watch.build)["assets.pa"]
                os.remove(os.path.join(watch.build, "assets.pa"))
                watch.wait(lambda: artifacts(watch.build)["assets.pa"] == pack, f"{output}: an artifact that was removed")
                # A build that fails makes and removes its directories; it must not start another one.
                failed = watch.wait_next(lambda document: document["errors"] > 0, f"{output}: a fault")
                os.rename(data(path, watched), data(path, watched) + "x")
                failed()
                os.rename(data(path, watched) + "x", data(path, watched))
                watch.wait(lambda: watch.documents()[-1]["errors"] == 0, f"{output}: mended")
                ended = watch.end()
                builds = len(watch.lines)
                if ended.code != WELL or builds > 12:
                    problems.append(f"{output}: {builds} builds, code {ended.code}: {ended}")
                count += 1
    return problems, count


def failing_output():
    """Faulty from the beginning, into a directory that each build makes below assets/ and removes."""
    with Scratch() as path:
        tree = scenes(ASSETS)
        del tree["assets/scene0/data.bin"]
        write_tree(path, tree)
        with started(path, "--output", "assets/made/for/this", build="assets/made/for/this") as watch:
            watch.wait(lambda: idle(watch.pid), "it waits")
            problems = [] if watch.documents()[0]["errors"] == 1 else [f"the first build: {watch.documents()}"]
            for content in (b"found", b"another one"):  # each is one event, and so one build
                lines = len(watch.lines)
                write(os.path.join(path, "new"), content)
                os.rename(os.path.join(path, "new"), data(path))
                watch.wait_lines(lines + 1)
                watch.wait(lambda: idle(watch.pid), "it waits")
            if artifacts(watch.build)["assets.pa"] is None:
                problems.append("nothing was published")
            watch.end()
            if len(watch.lines) != 3 or any(document["unchanged"] for document in watch.documents()):
                problems.append(f"{len(watch.lines)} builds: {watch.lines}")
        return problems, 3


def faults():
    """Whatever is wrong, the watch goes on, and the last good set stays."""
    with Scratch() as path:
        write_tree(path, scenes(ASSETS))
        index, anchor = os.path.join(path, "assets/.prometeu/index.json"), data(path, name="asset.json")
        problems = []
        with started(path) as watch:
            before = artifacts(watch.build)
            for place in (index, anchor):
                good = read(place)
                for bad in (b"", b"{", b"<<<<<<< ours\n" + good + b"=======\n" + good + b">>>>>>> theirs\n", None):
                    failed = watch.wait_next(lambda document: document["errors"] > 0, f"{place}: {bad}")
                    if bad is None:
                        os.remove(place)
                        os.mkfifo(place)
                    else:
                        save(place, bad)
                    failed()
                    if artifacts(watch.build) != before:
                        problems.append(f"{bad}: the set is another one")
                    mended = watch.wait_next(lambda document: document["errors"] == 0, f"{place}: mended")
                    save(place, good)
                    mended()
            if os.geteuid() != 0:
                os.chmod(data(path), 0)
            ended = watch.end(signal.SIGTERM)
            if ended.code != WELL or ended.err:
                problems.append(f"the end: {ended}")
            if artifacts(watch.build) != before:
                problems.append("the set is another one")
        return problems, 8


def beside():
    """Another process holds the workspace: the watch waits for it, and can be ended meanwhile. Other builds do not disturb it."""
    problems = []
    with Scratch() as path:
        write_tree(path, scenes(ASSETS))
        with started(path) as watch:
            registry = os.open(os.path.join(path, "assets/.prometeu"), os.O_RDONLY)
            fcntl.flock(registry, fcntl.LOCK_EX)
            save(data(path), b"locked")
            watch.wait(lambda: any("waiting" in line for line in watch.said), "the holder is named")
            os.close(registry)
            watch.wait_clean("the lock is free")
            for number in range(5):
                save(data(path), b"%d" % number)
                ended = prpack(path, "build", "--wait", "--verify")
                if ended.code != WELL:
                    problems.append(f"build: {ended}")
            watch.wait_clean("builds beside it")
            write(data(path, "added", "x.bin"), b"x")
            ended = prpack(path, "add", "assets/added", "--type", "scene_bank", "--wait")
            if ended.code != WELL:
                problems.append(f"add: {ended}")
            watch.wait_clean("an asset that was added")
            registry = os.open(os.path.join(path, "assets/.prometeu"), os.O_RDONLY)
            fcntl.flock(registry, fcntl.LOCK_EX)
            said = len(watch.said)
            save(data(path), b"locked again")
            watch.wait(lambda: len(watch.said) > said, "the holder is named again")
            ended = watch.end()
            os.close(registry)
            if ended.code != WELL:
                problems.append(f"ended while it waited: {ended}")
        with started(path) as one, started(path, "--no-cache") as two, started(path, "--no-cache") as three:
            save(data(path), b"three watches")
            one.wait_clean("three watches")
            builds = [len(watch.lines) for watch in (one, two, three)]
            for watch in (one, two, three):
                ended = watch.end()
                if ended.code != WELL:
                    problems.append(f"one of three: {ended}")
            if max(builds) > 5:
                problems.append(f"they start each other: {builds} builds")
    return problems, 5


def idle(pid):
    """Whether it waits without a limit: in ppoll, whose third argument is NULL."""
    try:
        with open(f"/proc/{pid}/wchan", encoding="ascii") as file:
            where = file.read()
        with open(f"/proc/{pid}/syscall", encoding="ascii") as file:
            arguments = file.read().split()
    except OSError:
        return False
    return "poll" in where and len(arguments) > 3 and arguments[3] == "0x0"


def reads(pid, name):
    """Whether a process has a file of that name open."""
    try:
        return any(os.path.basename(os.readlink(f"/proc/{pid}/fd/{fd}")) == name for fd in os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return False


def signals():
    """SIGINT and SIGTERM while it builds for the first time, builds again, and waits; and a reader that goes away."""
    problems = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with Scratch() as path:
            write_tree(path, scenes(ASSETS))
            large = data(path)
            with open(large, "wb") as file:
                file.truncate(1 << 31)
            with Watch(path, "--no-cache") as watch:
                watch.wait(lambda: reads(watch.pid, "data.bin"), "the large file is read")
                ended = watch.end(number)
                if ended.code != WELL or ended.said or os.path.exists(watch.build):
                    problems.append(f"first build, {number}: code {ended.code}, {ended.said}, {os.listdir(path)}")
            save(large, b"small")
            with started(path, "--no-cache") as watch:
                before = artifacts(watch.build)
                with open(large, "wb") as file:
                    file.truncate(1 << 31)
                watch.wait(lambda: reads(watch.pid, "data.bin"), "the large file is read again")
                ended = watch.end(number)
                left = [name for name in os.listdir(watch.build) if name.startswith(".prpack")]
                if ended.code != WELL or len(watch.lines) != 1 or artifacts(watch.build) != before or left:
                    problems.append(f"second build, {number}: code {ended.code}, {ended.said}, {left}")
            save(large, b"small")
            with started(path) as watch:
                ended = watch.end(number)
                if ended.code != WELL or len(watch.lines) != 1 or ended.err:
                    problems.append(f"waiting, {number}: code {ended.code}, {ended.said}")
    with Scratch() as path:
        write_tree(path, scenes(ASSETS))
        for options in ([], ["--format", "json"]):
            process = subprocess.Popen([PRPACK, "watch", *options], cwd=path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdout.readline()
            process.stdout.close()
            code = process.wait(60)
            said = process.stderr.read()
            process.stderr.close()
            if code != WELL or said:
                problems.append(f"closed pipe {options}: code {code}, {said}")
        with open("/dev/full", "wb") as full:
            ended = run([PRPACK, "watch"], path, stdout=full)
            if ended.code != 3 or "standard output: " not in ended.err:
                problems.append(f"/dev/full: {ended}")
    return problems, 9


def resident(pid):
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def steady():
    """Memory and descriptors do not grow: 1,000 builds, of which some fail, and directories that come and go."""
    with Scratch() as path:
        write_tree(path, scenes({f"scene{number}": b"x" for number in range(3)}))
        # With a clock that counts, quiet takes no time.
        with started(path, "--jobs", "2", command=(CLOCKED,), env={"PRPACK_TEST_TICK": "60"}) as watch:
            index = os.path.join(path, "assets/.prometeu/index.json")
            good = read(index)
            seen = []
            for number in range(1000):
                lines = len(watch.lines)
                if number % 10 == 8:
                    save(index, b"{")
                elif number % 10 == 9:
                    save(index, good)
                elif number % 2:
                    os.makedirs(data(path, f"loose{number}"))
                    shutil.rmtree(data(path, f"loose{number - 2}", ""), ignore_errors=True)
                else:
                    save(data(path), b"%d" % number)
                watch.wait_lines(lines + 1)
                if number in (200, 999):
                    watch.wait(lambda: idle(watch.pid), "it waits")
                    seen.append((len(os.listdir(f"/proc/{watch.pid}/fd")), resident(watch.pid)))
            watch.wait_clean()
            (fds, before), (fds_after, after) = seen
            problems = []
            grown = after > before + (1 << 20) and not SANITIZED
            if fds != fds_after or grown:
                problems.append(f"descriptors {fds} -> {fds_after}, resident {before} -> {after}")
            print(f"descriptors {fds} -> {fds_after}, resident {before >> 10} KiB -> {after >> 10} KiB")
        return problems, 1000


def ticks(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        switches = [int(line.split()[1]) for line in file if line.startswith("voluntary_ctxt_switches")]
    return int(fields[11]) + int(fields[12]), switches[0]


def quiet():
    """A watch that waits does nothing at all, whatever happens beside it: 1,000 files are made, and it does not wake for long."""
    with Scratch() as top:
        path = os.path.join(top, "project")
        write_tree(path, scenes(ASSETS))
        with started(path) as watch:
            watch.wait_clean()
            watch.wait(lambda: idle(watch.pid), "it waits")
            save(data(path), b"once more")  # and then all of what its own builds wrote is looked at
            watch.wait_clean()
            watch.wait(lambda: idle(watch.pid), "it waits again")
            before = ticks(watch.pid)
            for number in range(1000):
                write(os.path.join(path, "src", f"{number}.c"), b"int x;")
                write(os.path.join(watch.build, f"{number}.o"), b"")
            run(["sleep", "2"], "/")
            after = ticks(watch.pid)
            print(f"ticks {before[0]} -> {after[0]}, waits {before[1]} -> {after[1]}")
            problems = []
            if after[0] - before[0] > 1 or after[1] - before[1] > 10:
                problems.append(f"ticks {before} -> {after}")
            if len(watch.lines) > 3:
                problems.append(f"{len(watch.lines)} builds")
        return problems, 1


def deep():
    """1,000 directories in each other, and 10,000 beside each other."""
    problems = []
    sys.setrecursionlimit(5000)  # of what copies and removes the directories
    with Scratch() as path:
        write_tree(path, scenes(ASSETS))
        here = os.open(os.path.join(path, "assets"), os.O_RDONLY)
        for number in range(1000):
            os.mkdir("d" if number else "deep", dir_fd=here)
            below_here = os.open("d" if number else "deep", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below_here
        for number in range(10000):
            os.makedirs(os.path.join(path, "assets/wide", f"{number // 100}", f"{number}"))
        begun = time.monotonic()
        with started(path) as watch:
            print(f"first build after {time.monotonic() - begun:.2f} s")
            problems.append(first(watch))
            for directory in (here, os.open(os.path.join(path, "assets/wide/99/9999"), os.O_RDONLY)):
                lines = len(watch.lines)
                os.close(os.open("loose", os.O_CREAT | os.O_WRONLY, dir_fd=directory))
                watch.wait_lines(lines + 1)
                os.close(directory)
            save(data(path), b"changed")
            begun = time.monotonic()
            watch.wait_clean()
            print(f"a change is built after {time.monotonic() - begun:.2f} s")
            ended = watch.end()
            problems.append(None if ended.code == WELL else f"{ended}")
    return problems, 4


def while_read():
    """A source that is written to all the time, while builds read it."""
    with Scratch() as path:
        write_tree(path, scenes({"a": bytes(1 << 20), "b": b"b"}))
        stop = threading.Event()

        def write_on():
            number = 0
            while not stop.is_set():
                number += 1
                with open(data(path, "a"), "r+b") as file:
                    file.seek(number * 997 % (1 << 20))
                    file.write(b"%d" % number)

        with started(path) as watch:
            problems = [first(watch)]
            writer = threading.Thread(target=write_on)
            writer.start()
            lines = len(watch.lines)
            watch.wait_lines(lines + 3)
            stop.set()
            writer.join()
            watch.wait_clean("the writer has stopped")
        return problems, 1


CASES = (checkout, saves, roots, full_disk, too_large, flood, no_watches, no_instances, outputs, failing_output, faults, beside,
         signals, steady, quiet, deep, while_read)


def main():
    case = {case.__name__: case for case in CASES}[sys.argv[1]]
    try:
        problems, count = case()
    except Lost as lost:
        problems, count = [str(lost)], 1
    sys.exit(0 if tell(case.__name__, [text for text in problems if text], count, "changes: the last build is that of a clean one") else 1)


if __name__ == "__main__":
    main()
