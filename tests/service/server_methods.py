"""Ends a server while it does an operation, at each of its system calls, and looks at what a restarted one and the next command find.

    server_methods.py killed [OPERATION…] [--all] [--wrong]

Each operation that has a method is done by a server; one that has no scene fails the test. For each N, the server is killed when it enters
its Nth system call from the request on. Then a server is started again and asked for `list` and `doctor`, or one of the commands of kill_points.py
runs, and there must be what was before, or what a completed run leaves, as in kill_points.py. Without --all, it is a sample of the calls. With --wrong, the program has a fault that must be found."""

import os
import sys

from harness.program import PATIENCE, PRPACK, Ended, give_up_after
from harness.rpc import Server
from harness.trees import Scratch, write_tree
from kill_points import look
from points import AT_SYSCALL, KILLED, NOT_REACHED, each, share_of, tell
from server_scenes import KILLED as SCENES
from server_scenes import Session, advice, code_of, doctor, operations

STEP = 1 if "--all" in sys.argv else 10


def served(*verb):
    """The server, with something done to it at one of its calls from the request on."""
    return (AT_SYSCALL, "served", *map(str, verb), PRPACK)


class Restarted:
    """A server that is started again. What doctor says has to be what it says before the operation, or after it."""

    def __init__(self, scenario):
        self.known = []
        for tree in (scenario.before, scenario.completed):
            with Scratch() as path:
                write_tree(path, tree)
                self.known.append(doctor(os.path.join(path, "game")))

    def list(self, path, *unused):
        """Asks for `list`, and says how it answers, as the command would."""
        with Server(path) as server:
            server.initialize()
            listed = server.answer(server.request("prpack/list"))
            found = server.call("prpack/doctor", jobs=1)
            server.call("shutdown")
            server.notify("exit")
            ended = server.wait()
        if ended.code != 0:
            return ended
        if advice(found) not in self.known:
            return Ended(-1, b"", f"doctor says {advice(found)}, and not one of {self.known}".encode())
        return Ended(code_of(listed), b"", str(listed).encode())


def calls_of(scenario, operation, params):
    """The names of the calls from the request on."""
    with Scratch() as path, Scratch() as beside:
        scenario.prepare(path)
        names = os.path.join(beside, "names")
        session = Session(os.path.join(path, "game"), served("list", names), operation, params)
        if session.ended.code != 0 or "result" not in session.answer or "result" not in session.then:
            raise AssertionError(f"{operation}: {session.answer}, {session.ended}, {session.problem}")
        with open(names, encoding="ascii") as file:
            return file.read().split()


def kill(scenario, restarted, operation, params, n):
    """None when all is well, NOT_REACHED when the server ended before, or a text."""
    commands = scenario.next_commands()
    with Scratch() as path:
        scenario.prepare(path)
        ended = Session(os.path.join(path, "game"), served("kill", n), operation, params).ended
        if ended.code == NOT_REACHED:
            return NOT_REACHED
        if ended.code != KILLED:
            return f"call {n}: {ended}"
        problem = look(scenario, path, ["list"], restarted.list) if n % 2 else look(scenario, path, commands[n // 2 % len(commands)])
        return f"call {n}, {problem}" if problem else None


def killed(operation):
    if operation not in SCENES:
        return ["there is no scene for it in server_scenes.py"], 1, "operations"
    make, params = SCENES[operation]
    scenario = make()
    restarted = Restarted(scenario)
    count = len(calls_of(scenario, operation, params))
    first = sum(map(ord, operation)) % STEP + 1  # not the same calls of each operation
    points = share_of(range(first, count + 1, STEP))
    found = each(lambda n: kill(scenario, restarted, operation, params, n), points)
    ended = found.count(NOT_REACHED)  # threads take turns as they like: another run may make fewer calls
    problems = [text for text in found if text not in (None, NOT_REACHED)]
    if ended > len(points) / 4 + 1:
        problems.append(f"in {ended} of {len(points)} runs the server ended before it could be killed")
    return problems, len(points) - ended, f"of {count} calls: as before, or as after"


MODES = {"killed": killed}


def main():
    wanted = [word for word in sys.argv[2:] if not word.startswith("--")]
    fine, total, good = True, 0, 0
    for operation in operations():
        if wanted and operation not in wanted:
            continue
        give_up_after(10 * PATIENCE)
        problems, points, what = MODES[sys.argv[1]](operation)
        fine = tell(f"{sys.argv[1]} {operation}", problems, points, what) and fine
        total, good = total + points, good + points - len(problems)
    print(f"{sys.argv[1]}: {good} of {total}")
    sys.exit(0 if total > 0 and fine != ("--wrong" in sys.argv) else 1)


if __name__ == "__main__":
    main()
