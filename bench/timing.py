"""Paired, interleaved repetitions: ours, the peer, ours, the peer … Only medians and ratios leave this file."""

import json
import os
import shutil
import statistics
import subprocess
import time


class Missing(Exception):
    """A tool that a row compares with is not there; the text says how to get it."""


class Broken(Exception):
    """A command failed that has to succeed."""


def run(command, cwd=None, shell=False):
    """Runs a command; returns its seconds."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, shell=shell, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    text = process.stderr.read()
    process.wait()
    seconds = time.perf_counter() - begin
    process.stderr.close()
    if process.returncode != 0:
        raise Broken("%s: status %d\n%s" % (command, process.returncode, text.decode(errors="replace")))
    return seconds


def program(command, cwd=None):
    """Runs one of the C programs and reads the JSON that it prints."""
    result = subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd)
    if result.returncode != 0:
        raise Broken("%s: status %d\n%s" % (command, result.returncode, result.stderr))
    return json.loads(result.stdout)


class Side:
    """One side of a pair: what is timed, and what has to be put right before, which is not."""

    def __init__(self, command, cwd=None, before=None):
        self.command, self.cwd, self.before = command, cwd, before
        self.seconds = []

    def once(self, keep=True):
        if self.before:
            self.before()
        seconds = run(self.command, self.cwd, shell=isinstance(self.command, str))
        if keep:
            self.seconds.append(seconds)

    def median(self):
        return statistics.median(self.seconds)


def pair(ours, peer, rounds):
    """One untimed run of each, then `rounds` pairs. The sides take turns in going first."""
    ours.once(keep=False)
    peer.once(keep=False)
    for i in range(rounds):
        for side in (ours, peer) if i % 2 == 0 else (peer, ours):
            side.once()


def ratios(over, under):
    """over/under of each pair: median, and the middle half."""
    values = sorted(a / b for a, b in zip(over, under))
    quarter = len(values) // 4
    return statistics.median(values), values[quarter], values[len(values) - 1 - quarter]


def remove(*paths):
    for path in paths:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif os.path.lexists(path):
            os.unlink(path)


def need(command, how):
    found = shutil.which(command)
    if found is None:
        raise Missing("%s is missing (%s)" % (command, how))
    return found
