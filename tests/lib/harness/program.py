"""Runs prpack and other programs, without a terminal and never for longer than a test may take."""

import json
import os
import signal
import subprocess

PRPACK = os.environ.get("PRPACK", "")  # the program under test; CTest sets it
WELL, WRONG, USAGE, ENVIRONMENT = 0, 1, 2, 3  # exit codes of prpack
ENDLESS = 124  # instead of an exit code: the program had to be killed
PATIENCE = 60  # seconds that one run may take


class Ended:
    """How a run ended: its exit code (-N: signal N ended it) and what it wrote."""

    def __init__(self, code, out, err):
        self.code = code
        self._out = out or b""
        self._err = err or b""

    @property
    def out(self):
        return self._out.decode("utf-8")

    @property
    def err(self):
        return self._err.decode("utf-8")

    @property
    def said(self):
        """Both streams, standard output first."""
        return self.out + self.err

    def documents(self):
        """Standard output as JSON, one document per line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def __str__(self):
        return f"exit code {self.code}: {self.said}"


def start(command, cwd=None, env=None, **options):
    """Starts a program. env adds to the environment; options are those of Popen."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=cwd, env={**os.environ, **(env or {})}, **{**streams, **options})


def end(process, patience=PATIENCE):
    """Waits for a program. The result has the code ENDLESS when the program does not end by itself."""
    try:
        out, err = process.communicate(timeout=patience)
        return Ended(process.returncode, out, err)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return Ended(ENDLESS, out, (err or b"") + f"no end after {patience} s".encode())


def run(command, cwd=None, patience=PATIENCE, **options):
    return end(start(command, cwd, **options), patience)


def prpack(cwd, *arguments, **options):
    return run([PRPACK, *arguments], cwd, **options)


def give_up_after(seconds):
    """Ends this process with a traceback when it is still running then."""
    def give_up(*unused):
        raise AssertionError(f"this test did not end within {seconds} s")
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
