"""The tests as killers: which there are, which reach a mutant, and which notices it first."""

import collections
import json
import os
import resource
import signal
import subprocess
import tempfile
import time

# Of CTest's entries these look at what is mutated.
WANTED = ("json.", "reader.", "verify.", "fuzz.", "corpus.")
# They do not look at it, or kill little for the time that they take.
NOT_WANTED = ("corpus.generator", "corpus.demo", "fuzz.planted", "fuzz.clusterfuzzlite", "verify.bit_flips")
# A part of these does nearly as well as all of it.
IN_PART = {"corpus.fields": ["--every", "12"], "corpus.mutants": ["--count", "200"]}
MEMORY = 4 << 30
FILE_SIZE = 1 << 40  # some tests make large files with nothing in them


class Killer:
    """A program with its arguments. The unit tests of one file are one killer."""

    def __init__(self, name, command, environment, folder):
        self.name, self.command, self.environment, self.folder = name, command, environment, folder
        self.seconds = 0.0
        self.reaches = frozenset()  # numbers of mutants


def _tests(build):
    done = subprocess.run(["ctest", "--show-only=json-v1"], cwd=build, capture_output=True, check=True)
    for test in json.loads(done.stdout)["tests"]:
        if test["name"].startswith(WANTED) and not test["name"].startswith(NOT_WANTED):
            yield test


def programs(build):
    """The build's targets that the killers need. CTest names no command for a program that is not built yet."""
    names = {tuple(test["name"].split(".")[:2]) for test in _tests(build)}
    return ["prpack", *sorted(f"fuzz_{file}" if room == "fuzz" else f"test_{room}_{file}" for room, file in names if room != "corpus")]


def killers(build):
    found = {}
    for test in _tests(build):
        name, command = test["name"], test["command"]
        properties = {item["name"]: item["value"] for item in test.get("properties", [])}
        environment = dict(item.split("=", 1) for item in properties.get("ENVIRONMENT", []))
        if os.path.basename(command[0]).startswith("test_"):
            name, command = ".".join(name.split(".")[:2]), command[:1]
        command = command + IN_PART.get(name, [])
        found.setdefault(name, Killer(name, command, environment, properties.get("WORKING_DIRECTORY", build)))
    return list(found.values())


def limit():
    """For a worker and all that it starts: a mutant may ask for anything."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def run(killer, mutant, timeout, extra=None, memory=MEMORY):
    """Whether the tests pass with this mutant. Not passing: a failure, a crash, or no end in time."""
    with tempfile.TemporaryDirectory(prefix="prpack-mutant-") as scratch:
        environment = {**os.environ, **killer.environment, **(extra or {}), "PRPACK_MUTANT": str(mutant), "TMPDIR": scratch}
        command = killer.command
        if memory:
            command = ["prlimit", f"--as={memory}", *command]
        process = subprocess.Popen(command, cwd=killer.folder, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            return process.wait(timeout) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            # What a test started and did not wait for.
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


def trace(killer, timeout, memory=MEMORY):
    """Runs without a mutant: how long it takes, and which mutants it reaches. Returns whether it passes."""
    with tempfile.TemporaryDirectory(prefix="prpack-trace-") as folder:
        start = time.monotonic()
        passed = run(killer, 0, timeout, {"PRPACK_MUTANT_TRACE": folder}, memory)
        killer.seconds = time.monotonic() - start
        reached = set()
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                reached.update(number for number, hit in enumerate(file.read()) if hit)
    killer.reaches = frozenset(reached)
    return passed


class Order:
    """Asks first who killed before in the same function, then in the same file; of equals the faster one."""

    def __init__(self):
        self.kills = collections.Counter()

    def sorted(self, mutant, candidates):
        def worth(killer):
            weight = 1 + 10 * self.kills[mutant.file, killer.name] + 100 * self.kills[mutant.file, mutant.function, killer.name]
            return -weight / (killer.seconds + 0.005)
        return sorted(candidates, key=worth)

    def learn(self, mutant, killer):
        self.kills[mutant.file, killer.name] += 1
        self.kills[mutant.file, mutant.function, killer.name] += 1


def hunt(mutant, candidates, order, memory=MEMORY):
    """The name of the first killer, or None when the mutant survives all that reach it."""
    reaching = [killer for killer in candidates if mutant.number in killer.reaches]
    for killer in order.sorted(mutant, reaching):
        if not run(killer, mutant.number, 5 + 10 * killer.seconds, memory=memory):
            order.learn(mutant, killer)
            return killer.name
    return None
