"""A prpack that watches, and whether its last build is the one that a clean build of the same workspace would be."""

import json
import os
import shutil
import signal
import threading
import time

from harness.program import PATIENCE, PRPACK, Ended, prpack, start
from harness.trees import Scratch, read
from harness.workspaces import ARTIFACTS


class Lost(AssertionError):
    """What was waited for did not happen in time."""


def artifacts(build):
    """The bytes of a set, by name; None where one is missing."""
    return {name: read(os.path.join(build, name)) if os.path.isfile(os.path.join(build, name)) else None for name in ARTIFACTS}


def clean(path, *options, assets="assets"):
    """The set that a build of a copy of the workspace publishes, and how that build ended."""
    with Scratch() as copy:
        shutil.copytree(os.path.join(path, assets), os.path.join(copy, "assets"), symlinks=True)
        cache = os.path.join(copy, "assets", ".prometeu", "cache.json")
        if os.path.lexists(cache):
            os.remove(cache)
        ended = prpack(copy, "build", "--no-cache", "--output", os.path.join(copy, "clean"), *options)
        return artifacts(os.path.join(copy, "clean")), ended


class Watch:
    """A watch, ended when the block ends. Its answers are JSON, unless other arguments are given."""

    def __init__(self, path, *arguments, command=(PRPACK,), options=("--format", "json"), build="build", **how):
        self.path = path
        self.build = os.path.join(path, build)
        self.lines, self.said = [], []
        self._process = start([*command, "watch", *options, *arguments], path, **how)
        self._threads = [threading.Thread(target=self._collect, args=(stream, lines), daemon=True)
                         for stream, lines in ((self._process.stdout, self.lines), (self._process.stderr, self.said)) if stream]
        for thread in self._threads:
            thread.start()

    @staticmethod
    def _collect(stream, lines):
        with stream:
            for line in stream:
                lines.append(line.decode())

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self._process.kill()
        self._process.wait()

    @property
    def pid(self):
        return self._process.pid

    def documents(self):
        return [json.loads(line) for line in list(self.lines)]

    def send(self, number):
        self._process.send_signal(number)

    def alive(self):
        return self._process.poll() is None

    def wait(self, condition, what):
        """Waits until condition() is true. The watch has to go on as long."""
        until = time.monotonic() + PATIENCE
        while not condition():
            if not self.alive():
                raise Lost(f"{what}: the watch ended with {self._process.returncode}: {self.lines[-1:]} {self.said}")
            if time.monotonic() > until:
                raise Lost(f"{what}: not within {PATIENCE} s: {len(self.lines)} lines, the last one {self.lines[-1:]} {self.said[-3:]}")
            time.sleep(0.002)

    def wait_lines(self, count):
        self.wait(lambda: len(self.lines) >= count, f"line {count}")

    def wait_next(self, condition, what):
        """Waits for an answer from here on that fits."""
        begun = len(self.lines)
        return lambda: self.wait(lambda: any(condition(document) for document in self.documents()[begun:]), what)

    def wait_clean(self, what="the last build is that of a clean one", path=None):
        """Waits until the set is the one of a clean build of the workspace as it is now."""
        expected, ended = clean(path or self.path)
        if ended.code != 0:
            raise Lost(f"{what}: the workspace cannot be built: {ended}")
        self.wait(lambda: artifacts(self.build) == expected, what)

    def end(self, number=signal.SIGINT):
        """Ends it by a signal; says how it ended."""
        self.send(number)
        return self.ended()

    def ended(self):
        code = self._process.wait(PATIENCE)
        for thread in self._threads:
            thread.join()
        return Ended(code, "".join(self.lines).encode(), "".join(self.said).encode())
