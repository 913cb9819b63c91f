"""What the tests of a program at its limits share: stopping prpack at a system call, and trying many points at once."""

import ctypes
import os
import pickle
import select
import signal
import struct
import sys
import tempfile
import time

from harness.program import PATIENCE, PRPACK, end, give_up_after, run, start
from harness.trees import Scratch, scratch_root, write_tree

AT_SYSCALL = os.environ.get("AT_SYSCALL", "")
WORKERS = os.cpu_count() or 1
KILLED = 128 + 9
NOT_REACHED = 125
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1

# Whatever happens, a test ends, and its traceback says where it was.
give_up_after(10 * PATIENCE)


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


# Where a process sleeps: the number of a system call.
CLOCK_NANOSLEEP = 230


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


def names_of_calls(before, arguments, directory=".", program=PRPACK):
    """The names of the system calls of a run, in order. before is a tree, or a function that makes one in a directory."""
    with Scratch() as path, Scratch() as beside:
        if callable(before):
            before(path)
        else:
            write_tree(path, before)
        names = os.path.join(beside, "names")
        run([AT_SYSCALL, "list", names, program, *arguments], os.path.join(path, directory))
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


def share_of(items):
    """All items, or each nth of them where the environment says that a share is enough."""
    return items[::int(os.environ.get("PRPACK_SHARE", "1"))]


def tell(name, problems, points, what):
    """Prints the count of one proof and its first problems; returns whether there were none."""
    for problem in problems[:10]:
        print(f"{name}: {problem}", file=sys.stderr)
    print(f"{name}: {points - len(problems)} of {points} {what}", flush=True)
    return not problems and points > 0
