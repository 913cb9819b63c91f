"""Runs prpack beside a build.

    beside.py COMMAND       verify, list, inspect, build or add: runs at every system call of a build in turn, which stands still meanwhile
    beside.py loop          builds two contents in turns while others read the artifacts, for some seconds
    beside.py wait          a build and an add that are told to wait for a build, one of the same workspace and one of the same output

A reader must see one whole set; it may have to wait while a set is put into place, which takes a few calls. A second build is refused
until the first one is done. The build itself must end well each time, with its own set.
"""

import fcntl
import os
import subprocess
import sys
import time

from standing import (ARTIFACTS, AT_SYSCALL, ENVIRONMENT, PRPACK, WELL, Scratch, below, difference, each, prpack, read_tree, run,
                      scenes, tell, tree_after, with_directories, write_tree)

OLD = {"menu": b"a menu", "bay": b"the bay at night " * 20}
NEW = {"menu": b"another menu", "bay": b"the bay by day " * 30}
BUILD = ["build", "--jobs", "1"]
PATIENCE = "0.3"  # seconds that a reader gets while the build stands still
TIMED_OUT = 124


def rebuild():
    old = tree_after(scenes(OLD), ["build"])
    return with_directories({**scenes(NEW), **below(old, "build"), "assets/cave/cave.bin": b"a cave"})


def names_of_calls(before, arguments):
    with Scratch() as path:
        write_tree(path, before)
        names = os.path.join(path, "names")
        run([AT_SYSCALL, "list", names, PRPACK, *arguments], path)
        with open(names, encoding="ascii") as file:
            return file.read().split()


def meet(before, completed, n, other):
    """Runs the other command at the nth call of a build. Returns its exit code, and what is wrong or None."""
    with Scratch() as path:
        write_tree(path, before)
        code = os.path.join(path, "code")
        shell = f"timeout {PATIENCE} {PRPACK} {' '.join(other)} >{path}/said 2>&1; echo $? >{code}"
        ended = run([AT_SYSCALL, "run", str(n), shell, PRPACK, *BUILD], path)
        with open(code, encoding="ascii") as file:
            other_code = int(file.read())
        os.remove(code)
        with open(os.path.join(path, "said"), encoding="utf-8") as file:
            said = file.read()
        os.remove(os.path.join(path, "said"))
        what = f"call {n}: {' '.join(other)} ended with {other_code}"
        if ended.returncode != WELL:
            return other_code, f"{what}, the build with {ended.returncode}: {ended.stderr.decode()}"
        tree = read_tree(path)
        if other[0] == "add":
            return other_code, judge_added(path, tree, completed, other_code)
        if tree != completed:
            return other_code, f"{what}: {difference(tree, completed)}"
        if other[0] == "build" and other_code == ENVIRONMENT and "build-busy" not in said:
            return other_code, f"{what}: {said}"
        return other_code, None


def judge_added(path, tree, completed, code):
    """An asset that was added in time is in the set; one that came later is not. Either way the set is whole."""
    more = {"assets/cave/asset.json"} if code == WELL else set()
    if tree.keys() != completed.keys() | more or prpack(path, "verify").returncode != WELL:
        return difference(tree, completed)
    return None


def interleave(command):
    """Meets a build at each of its calls. Readers must succeed, or wait during the swap; writers succeed or find it busy."""
    other = {"verify": ["verify", "--quiet"], "inspect": ["inspect", "--quiet", "build/assets.pa"], "list": ["list"],
             "build": BUILD, "add": ["add", "cave"]}[command]
    writes = command in ("build", "add")
    before = rebuild()
    completed = tree_after(before, BUILD)
    calls = len(names_of_calls(before, BUILD))
    results = each(lambda n: meet(before, completed, n, other), range(1, calls + 1))
    problems = [problem for _, problem in results if problem]
    codes = [code for code, _ in results]
    allowed = {WELL, ENVIRONMENT} if writes else {WELL, TIMED_OUT}
    problems += [f"call {n}: {command} ended with {code}" for n, code in enumerate(codes, 1) if code not in allowed]
    waited = codes.count(ENVIRONMENT if writes else TIMED_OUT)
    swap = 20
    if command in ("verify", "inspect") and not 0 < waited <= swap:
        problems.append(f"{waited} readers had to wait; a swap takes at most {swap} calls")
    if writes and not calls / 2 < waited < calls:
        problems.append(f"{waited} of {calls} were refused")
    return tell(f"{command} beside a build", problems, calls,
                f"meetings; {waited} {'found it busy' if writes else 'had to wait for the swap'}")


# Several processes at once.

def replace_sources(path, tree):
    """Gives the workspace other sources, each by rename, as an editor does."""
    for key, content in tree.items():
        if content is not None and key.endswith("data.bin"):
            with open(os.path.join(path, "new"), "wb") as file:
                file.write(content)
            os.rename(os.path.join(path, "new"), os.path.join(path, key))


def read_set(directory):
    """Reads four files of one set as artifact-ownership.md 3.1 wants it. None when a swap is pending."""
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(fd, fcntl.LOCK_SH)
        if os.path.exists(os.path.join(directory, ".prpack-commit")):
            return None
        found = {}
        for name in ARTIFACTS:
            with open(os.path.join(directory, name), "rb") as file:
                found[name] = file.read()
        return found
    finally:
        os.close(fd)


def loop(seconds=4.0):
    sets = [below(tree_after(scenes(assets), ["build"]), "build") for assets in (OLD, NEW)]
    sets = [{key[len("build/"):]: content for key, content in one.items() if content is not None} for one in sets]
    with Scratch() as path:
        write_tree(path, {**scenes(OLD)})
        prpack(path, "build")
        problems = []
        counts = {"builds": 0, "verified": 0, "read": [0, 0]}
        until = time.monotonic() + seconds

        def build():
            while time.monotonic() < until:
                for assets in (NEW, OLD):
                    replace_sources(path, scenes(assets))
                    ended = prpack(path, "build", "--verify")
                    counts["builds"] += 1
                    if ended.returncode != WELL:
                        problems.append(f"build ended with {ended.returncode}: {ended.stderr.decode()}")

        def verify():
            while time.monotonic() < until:
                ended = prpack(path, "verify")
                counts["verified"] += 1
                if ended.returncode != WELL:
                    problems.append(f"verify ended with {ended.returncode}: {ended.stdout.decode()}")

        def read():
            while time.monotonic() < until:
                found = read_set(os.path.join(path, "build"))
                if found in sets:
                    counts["read"][sets.index(found)] += 1
                elif found is not None:
                    problems.append(f"neither set: {difference(found, sets[0])}")

        each_kind([build, verify, read])
        if min(counts["builds"], counts["verified"], *counts["read"]) == 0:
            problems.append("somebody never had a turn")
        points = counts["verified"] + sum(counts["read"])
        return tell("loop", problems, points, f"readers beside {counts['builds']} builds saw one whole set "
                    f"({counts['verified']} verify, {counts['read'][0]} and {counts['read'][1]} reads of either set)")


def each_kind(functions):
    each(lambda function: function(), functions, workers=len(functions))


def stand_still(path, workspace, arguments):
    """Starts a build that stands still in its middle until the file "go" is there."""
    at = names_of_calls(read_tree(os.path.join(path, workspace)), BUILD).index("pwrite64") + 1
    shell = f"touch {path}/stands; while [ ! -e {path}/go ]; do sleep 0.01; done"
    process = subprocess.Popen([AT_SYSCALL, "run", str(at), shell, PRPACK, *BUILD, *arguments],
                               cwd=os.path.join(path, workspace), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not os.path.exists(os.path.join(path, "stands")) and process.poll() is None:
        time.sleep(0.01)
    return process


def wait_for(other_workspace, command, name):
    """One build stands still; the other command is refused, and with --wait it waits. Returns what is wrong."""
    problems = []
    with Scratch() as path:
        for workspace in ("one", "two"):
            write_tree(os.path.join(path, workspace), {**scenes(OLD), "assets/cave/cave.bin": b"a cave"})
        first = stand_still(path, "one", ["--output", "../out"])
        other = os.path.join(path, other_workspace)
        refused = prpack(other, *command)
        if refused.returncode != ENVIRONMENT or b"error[build-busy]" not in refused.stderr or b"--wait" not in refused.stderr:
            problems.append(f"{name}: not refused: {refused.returncode} {refused.stderr.decode()}")
        waiting = subprocess.Popen([PRPACK, *command, "--wait"], cwd=other, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE)
        time.sleep(0.5)
        if waiting.poll() is not None:
            problems.append(f"{name}: did not wait: {waiting.returncode} {waiting.stderr.read().decode()}")
        with open(os.path.join(path, "go"), "wb"):
            pass
        for process in (first, waiting):
            if process.wait(60) != WELL:
                problems.append(f"{name}: ended with {process.returncode}: {process.stderr.read().decode()}")
            process.stderr.close()
        if prpack(path, "verify", "out").returncode != WELL:
            problems.append(f"{name}: the output does not conform")
    return problems


def wait():
    cases = [("one", [*BUILD], "another build of the workspace"), ("one", ["add", "cave"], "an add to the workspace"),
             ("two", [*BUILD, "--output", "../out"], "a build into the same output")]
    problems = sum(each(lambda case: wait_for(*case), cases), [])
    return tell("wait", problems, len(cases), "were refused at once and waited when told to")


def main():
    kind = sys.argv[1]
    fine = {"loop": loop, "wait": wait}.get(kind, lambda: interleave(kind))()
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
