"""Ends a server, or its client, at each point of a session, and looks at what the next command finds.

    server_points.py killed     the server is killed at a sample of its system calls; with --all at each of them
    server_points.py client     the client closes both pipes after each of its messages

The session changes a workspace three times. Afterwards the workspace is as after one of the changes, and the next commands work."""

import json
import os
import subprocess
import sys

from harness.program import PATIENCE, PRPACK, WELL, prpack, run
from harness.trees import Scratch, difference, read_tree, write_tree
from harness.workspaces import scenes
from points import AT_SYSCALL, KILLED, NOT_REACHED, each, tell

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


def main():
    if sys.argv[1] == "client":
        points, function = range(len(messages()) + 1), client
    else:
        points, function = range(1, count_calls() + STEP, STEP), killed
    problems = [text for text in each(function, points) if text]
    sys.exit(0 if tell(sys.argv[1], problems, len(points), "points left a workspace as after one of the changes") else 1)


if __name__ == "__main__":
    main()
