"""Ends a server, or its client, at each point of a session, and looks at what the next command finds.

    server_points.py killed     the server is killed at a sample of its system calls; with --all at each of them
    server_points.py client     the client closes both pipes after each of its messages
    server_points.py changed    a source is written anew while the server stands still at a sample of the calls of a build; with --wrong,
                                the program has a fault that must be found

The session changes a workspace three times. Afterwards the workspace is as after one of the changes, and the next commands work."""

import json
import os
import subprocess
import sys

from harness.program import PATIENCE, PRPACK, WELL, prpack, run
from harness.rpc import Server
from harness.trees import Scratch, difference, read_tree, write_tree
from harness.workspaces import scenes
from points import AT_SYSCALL, KILLED, NOT_REACHED, each, tell
from server_scenes import calls_of

BEFORE = scenes({"menu": b"a menu", "bay": b"the bay at night " * 20, "cave": b"a cave"})
CHANGES = (("exclude", {"names": ["bay"]}, ["exclude", "bay"]), ("build", {"verify": True, "jobs": 1}, ["build", "--verify"]),
           ("rename", {"asset": "cave", "new_name": "grotto"}, ["rename", "cave", "grotto"]))
READS = (("list", {}), ("verify", {"jobs": 1}), ("inspect", {"paths": ["build/assets.pa"], "jobs": 1}))
STEP = 1 if "--all" in sys.argv else 7
KEPT = ("history.jsonl", "cache.json")  # what is not compared: they have times and seals of their own


def messages():
    """The session, a line per message."""
    calls = [("initialize", {})]
    for (method, params, _), (read, read_params) in zip(CHANGES, READS):
        calls += [(f"prpack/{method}", params), (f"prpack/{read}", read_params)]
    calls.append(("shutdown", {}))
    lines = [{"jsonrpc": "2.0", "id": number, "method": method, "params": params} for number, (method, params) in enumerate(calls)]
    return [json.dumps(line).encode() + b"\n" for line in lines + [{"jsonrpc": "2.0", "method": "exit"}]]


def essence(tree):
    """What people see: declarations, registry, artifacts."""
    return {name: content for name, content in tree.items()
            if isinstance(content, bytes) and not name.endswith(KEPT) and not name.endswith(".gitignore")}


def states():
    """What is there after none, one, two and all changes."""
    with Scratch() as path:
        write_tree(path, BEFORE)
        found = [essence(read_tree(path))]
        for _, _, words in CHANGES:
            if prpack(path, *words).code != WELL:
                raise AssertionError(words)
            found.append(essence(read_tree(path)))
    return found


STATES = states()


def complaint(path):
    """What is wrong with a workspace after the server has ended; None: nothing."""
    for words in (["list"], ["doctor"]):
        ended = prpack(path, *words)
        if ended.code != WELL:
            return f"prpack {words}: {ended}"
    tree = essence(read_tree(path))
    if tree not in STATES:
        return "neither of the states: " + "; ".join(str(difference(state, tree)) for state in STATES)
    ended = prpack(path, "build", "--verify")
    return None if ended.code == WELL else f"prpack build: {ended}"


def killed(n):
    with Scratch() as path, Scratch() as beside:
        write_tree(path, BEFORE)
        session = os.path.join(beside, "session")
        with open(session, "wb") as file:
            file.write(b"".join(messages()))
        with open(session, "rb") as file:
            ended = run([AT_SYSCALL, "kill", str(n), PRPACK, "serve"], path, stdin=file)
        if ended.code not in (KILLED, NOT_REACHED):
            return f"call {n}: {ended}"
        problem = complaint(path)
        return f"call {n}: {problem}" if problem else None


def count_calls():
    """How many system calls a session has, about: threads take turns as they like."""
    with Scratch() as path, Scratch() as beside:
        write_tree(path, BEFORE)
        ended = subprocess.run([AT_SYSCALL, "list", os.path.join(beside, "calls"), PRPACK, "serve"], cwd=path, input=b"".join(messages()),
                               capture_output=True, timeout=PATIENCE, check=True)
        if ended.stdout.count(b"\n") != len(messages()) - 1:
            raise AssertionError(ended.stdout)
        with open(os.path.join(beside, "calls"), encoding="ascii") as file:
            return len(file.readlines())


def client(n):
    with Scratch() as path:
        write_tree(path, BEFORE)
        with subprocess.Popen([PRPACK, "serve"], cwd=path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
            server.stdin.write(b"".join(messages()[:n]))
            server.stdin.flush()
            server.stdin.close()
            server.stdout.close()
            server.wait(timeout=PATIENCE)
        problem = complaint(path)
        return f"after {n} messages: {problem}" if problem else None


OLD, NEW = b"a menu", b"another menu" * 3
SOURCE = "assets/menu/data.bin"


def published(content):
    """The pack of a build of that source."""
    with Scratch() as path:
        write_tree(path, {**BEFORE, SOURCE: content})
        prpack(path, "build")
        return read_tree(path)["build/assets.pa"]


PACKS = {OLD: published(OLD), NEW: published(NEW)}


def changed(n):
    """Writes the source when the server enters its nth call from the request on. True: it said so; a text: what is wrong."""
    heard, tell = os.pipe()
    hear, told = os.pipe()
    with Scratch() as path:
        write_tree(path, BEFORE)
        command = (AT_SYSCALL, "served", "pause", str(n), str(tell), str(hear), PRPACK)
        with Server(path, command=command, pass_fds=(tell, hear)) as server:
            os.close(tell)
            os.close(hear)
            server.initialize()
            number = server.request("prpack/build", jobs=1)
            os.read(heard, 1)  # nothing if it ended before
            with open(os.path.join(path, SOURCE), "wb") as file:
                file.write(NEW)
            os.close(told)
            answer = server.answer(number)
        os.close(heard)
        pack = read_tree(path).get("build/assets.pa")
        if "result" in answer:
            return None if pack in PACKS.values() and answer["result"]["errors"] == 0 else f"call {n}: {answer}"
        error = answer["error"]
        named = [(each["id"], each["file"]) for each in error["data"]["diagnostics"] if each["severity"] == "error"]
        said = error["code"] == -32801 and named == [("input-changed", SOURCE)] and pack is None
        return said or f"call {n}: {answer}"


def changes():
    """Up to the first file that is moved into place: what is read is read before that."""
    with Scratch() as path:
        write_tree(path, BEFORE)
        calls = calls_of(path, "build", {"jobs": 1})
    points = range(1, calls.index("renameat"), 1 if "--all" in sys.argv else 3)
    found = each(changed, points)
    problems = [text for text in found if isinstance(text, str)]
    if True not in found:
        problems.append("no build has said that its source changed")
    return tell("changed", problems, len(points), "changes: before the build, too late, or -32801 and nothing published")


def main():
    if sys.argv[1] == "changed":
        sys.exit(0 if changes() != ("--wrong" in sys.argv) else 1)
    if sys.argv[1] == "client":
        points, function = range(len(messages()) + 1), client
    else:
        points, function = range(1, count_calls() + STEP, STEP), killed
    problems = [text for text in each(function, points) if text]
    sys.exit(0 if tell(sys.argv[1], problems, len(points), "points left a workspace as after one of the changes") else 1)


if __name__ == "__main__":
    main()
