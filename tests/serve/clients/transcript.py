"""Transcripts of clients: what went to a server and what came, with everything that differs from run to run made equal.

A transcript is a list of steps, one line of JSON each:

    {"direction": "in", "message": …}     the client sent it
    {"direction": "out", "message": …}    the server sent it
    {"do": NAME, "path": …}               the client did something to a file; see FileActions
"""

import json
import os
import re
import subprocess

ROOT = os.environ["PRPACK_ROOT"]
DIRECTORY = "DIRECTORY"  # in place of the path of the project
PROCESS = "PROCESS"  # in place of the id of the client
PACK = "build/assets.pa"
WORKSPACE = "assets/.prometeu"

# Whole values by the names of their members. The words of messages are not promised, and a golden report has them already. The
# companions hold the version, so their size is not always the same.
BY_NAME = {"processId": PROCESS, "version": "VERSION", "framing": "FRAMING", "message": "WORDS", "help": "WORDS",
           "not_checked": "WORDS", "bytes": "NUMBER"}
# How far an operation is at one moment.
OF_PROGRESS = {"phase": "PHASE", "done": "NUMBER", "total": "NUMBER", "unit": "UNIT"}
BY_PATTERN = ((re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "UUID"),
              (re.compile(r"\b([0-9a-f]{32}|[0-9a-f]{16})\b"), "HASH"),
              (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "TIME"))


def path_of(client):
    return os.path.join(ROOT, "corpus", "serve", "clients", client + ".jsonl")


def read_transcript(client):
    with open(path_of(client), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def write_transcript(client, steps):
    with open(path_of(client), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(step, separators=(",", ":"), ensure_ascii=False, sort_keys=True) + "\n" for step in steps)


# ---- What differs from run to run ----


def is_passing(message):
    """Whether it is a report of progress that another run may not have."""
    if message.get("method") != "$/progress":
        return False
    value = message["params"]["value"]
    return value["kind"] == "report" and value["phase"] != "waiting"


def made_equal(value, directory, name=None):
    """A message, or a part of it that has this name, as it is in a transcript. directory is the path of the project."""
    if name in BY_NAME and value is not None and not isinstance(value, dict):
        return BY_NAME[name]
    if isinstance(value, dict):
        parts = {key: made_equal(part, directory, key) for key, part in value.items() if key != "sequence"}
        if "kind" in parts and "phase" in parts:
            varies = set(OF_PROGRESS) - ({"phase"} if parts["kind"] == "report" else set())
            parts.update({key: OF_PROGRESS[key] for key in varies & set(parts)})
        return parts
    if isinstance(value, list):
        return [made_equal(part, directory) for part in value]
    if isinstance(value, str):
        value = value.replace(directory, DIRECTORY)
        for pattern, text in BY_PATTERN:
            value = pattern.sub(text, value)
    return value


def given_back(value, directory):
    """A message of a transcript for a client that is this process, in this directory."""
    if isinstance(value, dict):
        return {key: given_back(part, directory) for key, part in value.items()}
    if isinstance(value, list):
        return [given_back(part, directory) for part in value]
    return {DIRECTORY: directory, PROCESS: os.getpid()}.get(value, value) if isinstance(value, str) else value


class Tracer:
    """Turns messages into steps, one after the other."""

    def __init__(self, directory):
        self.directory = directory
        self.progress = []

    def step(self, direction, message):
        """The step, or None for a message that a transcript does not have. How often a client is told that a request still
        waits depends on the machine, so only the first time counts."""
        if is_passing(message):
            return None
        step = {"direction": direction, "message": made_equal(message, self.directory)}
        if message.get("method") == "$/progress":
            if step in self.progress:
                return None
            self.progress.append(step)
        return step


def difference(recorded, came, where=""):
    """Where what came lacks something that was recorded; None if it has everything. New members may come (serve.md 10), and new
    names in a list of names."""
    if isinstance(recorded, dict) and isinstance(came, dict):
        missing = [key for key in recorded if key not in came]
        if missing:
            return f"{where}: {missing[0]} is missing"
        found = (difference(part, came[key], f"{where}/{key}") for key, part in recorded.items())
        return next(filter(None, found), None)
    if isinstance(recorded, list) and isinstance(came, list):
        if where.endswith("/methods"):
            return None if set(recorded) <= set(came) else f"{where}: {sorted(set(recorded) - set(came))} are missing"
        if len(recorded) == len(came):
            found = (difference(*parts, f"{where}/{number}") for number, parts in enumerate(zip(recorded, came)))
            return next(filter(None, found), None)
    same = type(recorded) is type(came) and recorded == came
    return None if same else f"{where}: {json.dumps(came)[:400]}; expected {json.dumps(recorded)[:400]}"


# ---- What clients do to files ----


def with_actions(steps):
    """The steps with what all clients do besides: they lock the workspace while builds wait, and damage the pack before they
    have it verified. A trace of the server cannot show that."""
    waiting = set()
    for step in steps:
        message = step["message"]
        sent = step["direction"] == "in"
        if sent and message.get("params", {}).get("wait"):
            if not waiting:
                yield {"do": "lock", "path": WORKSPACE}
            waiting.add(message["id"])
        if sent and message.get("method") == "prpack/verify":
            yield {"do": "damage", "path": PACK}
        yield step
        if not sent and message.get("id") in waiting:
            waiting.remove(message["id"])
            if not waiting:
                yield {"do": "unlock", "path": WORKSPACE}


class FileActions:
    """Does to the files of a directory what a transcript says."""

    def __init__(self, directory):
        self.directory = directory
        self.busy = None

    def do(self, name, path):
        getattr(self, "_" + name)(os.path.join(self.directory, path))

    def _lock(self, path):
        self.busy = subprocess.Popen(["flock", path, "sh", "-c", "echo locked; cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.busy.stdout.readline()

    def _unlock(self, _):
        self.busy.communicate()

    def _damage(self, path):
        with open(path, "r+b") as file:
            file.seek(-1, os.SEEK_END)
            last = file.read(1)[0]
            file.seek(-1, os.SEEK_END)
            file.write(bytes([last ^ 1]))
