"""Does something to a server at each point of each operation, and looks at what it answers and leaves.

    server_methods.py killed|left|faults|memory [OPERATION…] [--all] [--wrong]

Each operation that has a method is done by a server; one that has no scene fails the test.

killed: for each N, the server is killed when it enters its Nth system call from the request on. Then a server is started again and asked for
`list` and `doctor`, or one of the commands of kill_points.py runs, and there must be what was before, or what a completed run leaves.
left: the client closes both pipes after each message that comes, and nothing is read any more. Likewise.
faults: each call that can fail does so once, as in fault_points.py. The server answers, by the result or an error of the environment, answers
the next request, and ends well.
memory: each allocation fails once alone, and once with all that follow. The server answers likewise; or it says that memory ran out, and ends.

Without --all, it is a sample of the points. With --wrong, the program has a fault that must be found."""

import os
import sys

from harness.program import PATIENCE, Ended, give_up_after
from harness.rpc import Server, read_message
from harness.trees import Scratch, write_tree
from kill_points import look
from points import KILLED, NOT_REACHED, share_of, tell
from server_failing import SCENES as FAILING
from server_failing import faults, memory
from server_scenes import KILLED as SCENES
from server_scenes import Session, advice, calls_of, code_of, doctor, operations, results, served


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


def killed(operation, sample):
    make, params = SCENES[operation]
    scenario = make()
    restarted = Restarted(scenario)
    with Scratch() as path:
        scenario.prepare(path)
        count = len(calls_of(os.path.join(path, "game"), operation, params))
    points = sample(range(1, count + 1))
    found = results(lambda n: kill(scenario, restarted, operation, params, n), points)
    ended = found.count(NOT_REACHED)  # threads take turns as they like: another run may make fewer calls
    problems = [text for text in found if text not in (None, NOT_REACHED)]
    if ended > len(points) / 4 + 1:
        problems.append(f"in {ended} of {len(points)} runs the server ended before it could be killed")
    return problems, len(points) - ended, f"of {count} calls: as before, or as after"


def leave(scenario, restarted, operation, params, n):
    """The client is gone when n messages have come since its request. None when all is well, or a text."""
    with Scratch() as path:
        scenario.prepare(path)
        with Server(os.path.join(path, "game"), reads=False) as server:
            for method, wish, wanted in (("initialize", {"capabilities": {"events": True}}, 1),
                                         (f"prpack/{operation}", {"workDoneToken": "t", "findings": True, **params}, n)):
                server.request(method, **wish)
                for _ in range(wanted):
                    read_message(server.process.stdout, server.framing)
            server.process.stdin.close()
            server.process.stdout.close()
            code = server.process.wait(timeout=PATIENCE)
        problem = f"ended with {code}" if code not in (0, 1) else look(scenario, path, ["list"], restarted.list)
        return f"after {n} messages: {problem}" if problem else None


def left(operation, sample):
    make, params = SCENES[operation]
    scenario = make()
    restarted = Restarted(scenario)
    with Scratch() as path:
        scenario.prepare(path)
        with Server(os.path.join(path, "game")) as server:
            server.initialize(capabilities={"events": True})
            server.answer(server.request(f"prpack/{operation}", workDoneToken="t", findings=True, **params))
            count = len(server.seen) - 1
    points = sample(range(count + 1))
    problems = [text for text in results(lambda n: leave(scenario, restarted, operation, params, n), points) if text]
    return problems, len(points), f"of {count + 1} moments at which the client left: as before, or as after"


# The proofs, and the share of all points that is looked at without --all.
MODES = {"killed": (killed, 5), "left": (left, 1), "faults": (faults, 7), "memory": (memory, 7)}


def sampler(operation, step):
    """Takes each step-th of some points, other ones of each operation."""
    first = sum(map(ord, operation)) % step
    return lambda points: share_of(list(points)[first::step])


def main():
    wanted = [word for word in sys.argv[2:] if not word.startswith("--")]
    prove, step = MODES[sys.argv[1]]
    step = 1 if "--all" in sys.argv else step
    fine, total, good = True, 0, 0
    for operation in operations():
        if wanted and operation not in wanted:
            continue
        give_up_after(10 * PATIENCE)
        if operation not in SCENES or operation not in FAILING:
            raise AssertionError(f"there is no scene for {operation}")
        problems, points, what = prove(operation, sampler(operation, step))
        fine = tell(f"{sys.argv[1]} {operation}", problems, points, what) and fine
        total, good = total + points, good + points - len(problems)
    print(f"{sys.argv[1]}: {good} of {total}")
    sys.exit(0 if total > 0 and fine != ("--wrong" in sys.argv) else 1)


if __name__ == "__main__":
    main()
