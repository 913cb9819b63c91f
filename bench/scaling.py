"""How the time of each command grows with each thing that there can be many of, or that can be long: n of it, then 10 n.

A case makes the data of one dimension and says which commands run on it. What counts is the processor time of the command (user and
system time), which other work on the machine disturbs less than the clock. The slope is log10 of the ratio of both times, each of them
the least of some rounds: 1 is linear, 2 is quadratic. A slope below 1 says that a part of the time does not depend on n."""

import math
import os
import subprocess
from dataclasses import dataclass
from typing import Callable

import timing

STEP = 10
GOAL = 1.15  # the steepest slope that is still taken for linear
MORE = 4  # times as many rounds, when a slope is beyond the goal


@dataclass
class Command:
    name: str  # "inspect", "inspect json", ...
    words: list  # what comes after "prpack"
    status: int = 0
    cwd: str = None
    before: Callable = None  # not measured


@dataclass
class Case:
    id: str
    what: str  # of what there are n
    n: int
    commands: Callable  # (maker, path, n): makes the data below path, and returns its Commands


class Maker:
    """What a case may use to make its data."""

    def __init__(self, prpack):
        self.prpack = prpack

    def run(self, words, cwd):
        timing.run([self.prpack, *words], cwd=cwd)


def processor_seconds(command, cwd):
    """Runs a command; returns its exit status and the processor time that it took."""
    with open(os.devnull, "r+b") as nothing:
        process = subprocess.Popen(command, cwd=cwd, stdin=nothing, stdout=nothing, stderr=nothing)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime


def remove(path):
    """By rm, which follows directories as deep as there are any."""
    subprocess.run(["rm", "-rf", path], check=True)


def once(prpack, command):
    if command.before:
        command.before()
    status, seconds = processor_seconds([prpack, *command.words], command.cwd)
    if status != command.status:
        raise timing.Broken("%s in %s: status %d instead of %d" % (command.words, command.cwd, status, command.status))
    return seconds


def shortest(prpack, pair, rounds):
    """The least time of each of two commands, which take turns. Other work on the machine makes times longer, never shorter, so that a
    pair whose ratio is beyond the goal is measured more often."""
    times = [math.inf, math.inf]
    done = 0
    while done < rounds or (done < MORE * rounds and slope([[1, times[0]], [STEP, times[1]]]) > GOAL):
        for side, command in enumerate(pair):
            times[side] = min(times[side], once(prpack, command))
        done += 1
    return times


def growth(prpack, case, path, rounds):
    """{name of the command: [[n, seconds], [10 n, seconds]]}"""
    sizes = (case.n, case.n * STEP)
    places = [os.path.join(path, "%s-%d" % (case.id, n)) for n in sizes]
    try:
        sides = []
        for n, place in zip(sizes, places):
            remove(place)
            os.makedirs(place)
            sides.append(case.commands(Maker(prpack), place, n))
        return {pair[0].name: [list(point) for point in zip(sizes, shortest(prpack, pair, rounds))] for pair in zip(*sides)}
    finally:
        for place in places:
            remove(place)


def slope(points):
    (n, small), (more, large) = points
    return math.log(max(large, 1e-4) / max(small, 1e-4)) / math.log(more / n)


def steepest(points):
    """The name of the command whose time grows most."""
    return max(points, key=lambda name: slope(points[name]))
