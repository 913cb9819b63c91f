"""Lets a system call or an allocation of a server fail while it does an operation: what server_methods.py calls `faults` and `memory`."""

import collections
import json
import os
import re

from fault_points import ATTEMPTS, ERRORS, HARMLESS, ONE_JOB, UNFAILING, Attempt, Beginning, built
from harness.program import ENVIRONMENT, PRPACK, WELL, prpack
from harness.trees import Scratch, below, difference, read_tree
from media import mixed
from points import NOT_REACHED
from server_scenes import Session, calls_of, reading_tree, results, served

CHANGED, FAILED = -32801, -32803
WARNED = ("diagnostics", "warnings", "findings_by_file")
REFUSING = os.environ.get("PRPACK_REFUSING", "")


def attempt(name):
    return lambda: ATTEMPTS[name]([])


def reading(*arguments):
    return lambda: Attempt(reading_tree(), list(arguments))


# Each operation: what fault_points.py attempts, and the parameters of the method.
SCENES = {
    "init": (attempt("init"), {}),
    "add": (attempt("add_many"), {"roots": ["cave", "dune", "reef"], "type": "scene_bank", "jobs": 1}),
    "adopt": (attempt("adopt_moved"), {"roots": ["assets/cave", "assets/dune", "assets/deep/er/reef"], "jobs": 1}),
    "palettes": (attempt("palettes"), {"names": ["cave"], "fill": True, "write": True}),
    "exclude": (attempt("exclude"), {"names": ["cave", "assets/dune"]}),
    "include": (attempt("include"), {"names": ["1", "assets/dune", "2"]}),
    "rename": (attempt("rename"), {"asset": "2", "new_name": "a dune"}),
    "move": (attempt("move_asset"), {"asset": "2", "new_root": "deep/er/shore"}),
    "forget": (attempt("forget"), {"names": ["cave", "assets/dune"]}),
    "remove": (attempt("remove"), {"names": ["cave", "assets/dune"]}),
    "quarantine_list": (reading("quarantine", "list"), {}),
    "quarantine_restore": (attempt("restore"), {"numbers": ["1", "2"]}),
    "quarantine_purge": (attempt("purge"), {"all": True, "yes": True}),
    "history": (reading("history"), {}),
    "undo": (attempt("undo"), {}),
    "doctor": (attempt("fix"), {"fix": True, "jobs": 1}),
    "gc": (attempt("gc"), {}),
    "merge_registry": (attempt("merge"), {"base": "out/base", "ours": "out/named", "theirs": "out/theirs"}),
    "list": (attempt("list"), {}),
    "show": (attempt("show"), {"asset": "1"}),
    "build": (attempt("build"), {"verify": True, "jobs": 1}),
    "watch": (lambda: Attempt({**mixed(1), **below(built(0), "build")}, ["build", "--verify", *ONE_JOB]), {"jobs": 1}),
    "verify": (attempt("verify"), {"sources": True, "jobs": 1}),
    "inspect": (attempt("inspect"), {"paths": ["build", "build/assets.pa"], "jobs": 1}),
    "extract": (attempt("extract"), {"pack": "build", "to": "taken", "jobs": 1}),
    "ids": (attempt("ids"), {"output": "out/named", "jobs": 1}),
    "explain": (reading("explain", "build-busy"), {"ids": ["build-busy"]}),
}

# What only a server calls. A pipe that fails is the end of its client.
SERVER_ERRORS = {**ERRORS, "pipe_read": ["EIO"], "pipe_write": ["EIO"], "eventfd2": ["EMFILE", "ENOMEM"], "inotify_init1": ["EMFILE"],
                 "inotify_add_watch": ["ENOSPC", "EACCES"]}
SERVER_HARMLESS = {**HARMLESS, "pipe_read": ["EINTR"], "pipe_write": ["EINTR", "EAGAIN", "short"], "poll": ["EINTR", "ENOMEM"], "ppoll": ["EINTR"]}
# An eventfd that is never full can be written, and poll has said that it can be read; inotify_rm_watch is told a watch that is there.
SERVER_UNFAILING = UNFAILING | {"eventfd", "inotify_rm_watch", "sched_getaffinity"}


# ---- What an answer says ----

def documents_of(answer):
    found = answer["result"] if "result" in answer else answer["error"].get("data", [])
    return found if isinstance(found, list) else [found]


def lines_of(answer):
    """The errors as the lines of a command, so that the judges of fault_points.py can read them."""
    found = [each for document in documents_of(answer) for each in document["diagnostics"] if each["severity"] == "error"]
    return [f"{place_of(each)}: error[{each['id']}] {each['message']}" for each in found]


def place_of(finding):
    return next((str(finding[name]) for name in ("file", "path") if finding.get(name)), "")


def plain(result):
    """A result without what is another thing each time, and without warnings: a fault may come to one. A folder of the quarantine that cannot be
    read says so itself, and is not counted."""
    documents = result if isinstance(result, list) else [result]
    kept = [{name: value for name, value in each.items() if name not in WARNED} for each in documents]
    if any(folder["fault"] for each in kept for folder in each.get("folders", [])):
        return None
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", json.dumps(kept))


class Judge:
    """Knows what an operation answers and leaves when nothing fails."""

    def __init__(self, operation):
        make, self.params = SCENES[operation]
        self.operation = operation
        self.attempt = make()
        session, tree = self.session()
        if session.ended.code != WELL or "result" not in session.answer or not self.attempt.is_complete(tree):
            raise AssertionError(f"{operation}: {session.answer}, {session.ended}, {session.problem}")
        self.result = session.answer["result"]

    def session(self):
        """A session in a directory of its own, and the tree that it leaves."""
        with Scratch() as path:
            self.attempt.prepare(path)
            return Session(path, (PRPACK,), self.operation, self.params), read_tree(path)

    def strike(self, command, judge, **how):
        """None when all is well, NOT_REACHED, or a text."""
        with Scratch() as path:
            self.attempt.prepare(path)
            session = Session(path, command, self.operation, self.params, **how)
            if session.ended.code == NOT_REACHED:
                return NOT_REACHED
            return judge(session) or self.judge_tree(path, session)

    def judge_answers(self, session):
        """Both requests were answered, and at most one of them by an error, which is one of the environment."""
        answers = (session.answer, session.then)
        if None in answers:
            return f"not answered: {session.answer and session.then}, {session.ended}, {session.problem}"
        errors = [answer["error"] for answer in answers if "error" in answer]
        if len(errors) > 1 or any(error["code"] not in (CHANGED, FAILED) for error in errors):
            return f"answered by {errors}"
        return None

    def judge_tree(self, path, session):
        """What is wrong with what the session left."""
        tree, attempted = read_tree(path), self.attempt
        if session.answer is not None and "result" in session.answer:
            return self.judge_result(path, session.answer["result"])
        lines = lines_of(session.answer) if session.answer is not None else []
        if attempted.is_partial(tree, lines):
            return None
        if isinstance(attempted, Beginning):
            tree = {key: content for key, content in tree.items() if key not in attempted.directories - attempted.before.keys()}
        if tree == attempted.before:
            return None
        prpack(path, "list")  # past the commit point the next command completes the work
        tree = read_tree(path)
        if tree == attempted.before or attempted.is_complete(tree):
            return None
        return f"{session.answer}: {difference(tree, attempted.before)}"

    def judge_result(self, path, result):
        prpack(path, "list")  # a journal that could not be removed goes with the next command
        tree = read_tree(path)
        if not self.attempt.is_complete(tree):
            return f"well, but {difference(tree, self.attempt.completed) or 'other content'}"
        same = type(self.attempt).says_the_same is not Attempt.says_the_same or plain(result) in (None, plain(self.result))
        return None if same else f"well, but said {result}"


# ---- Calls ----

def fail_call(judge, point):
    """One call fails once: the server answers, and goes on. If the call was one of its pipes, its client has ended for it."""
    name, n, fault = point
    verb = ("short", name, n) if fault == "short" else ("fail", name, n, fault)

    def judge_answers(session):
        if name.startswith("pipe_") and fault == "EIO":
            return None if session.ended.code in (0, 1) else f"{session.ended}"
        if session.ended.code != 0:
            return f"{session.ended}, {session.problem}"
        problem = judge.judge_answers(session)
        if problem is None and fault in SERVER_HARMLESS.get(name, []) and "result" not in session.answer:
            problem = f"answered by {session.answer}"
        return problem

    found = judge.strike(served(*verb), judge_answers)
    return f"{name} {n} {fault}: {found}" if isinstance(found, str) else found


def faults(operation, sample):
    judge = Judge(operation)
    with Scratch() as path:
        judge.attempt.prepare(path)
        calls = collections.Counter(calls_of(path, operation, judge.params))
    unknown = sorted(calls.keys() - SERVER_ERRORS.keys() - SERVER_HARMLESS.keys() - SERVER_UNFAILING)
    points = sample([(name, n, fault) for name in sorted(calls) for n in range(1, calls[name] + 1)
                     for fault in SERVER_ERRORS.get(name, []) + SERVER_HARMLESS.get(name, [])])
    found = results(lambda point: fail_call(judge, point), points)
    problems = [text for text in found if text not in (None, NOT_REACHED)] + [f"no table says how {name} fails" for name in unknown]
    return problems, len(points) - found.count(NOT_REACHED), "faults: answered, and served on"


# ---- Memory ----

def judge_refused(judge, session):
    """Both requests were answered; or there was no memory for an answer, and the server has said so and ended."""
    if session.ended.code == ENVIRONMENT:
        return None if "error[environment-memory]" in session.ended.err else f"{session.ended}"
    return f"{session.ended}, {session.problem}" if session.ended.code != 0 else judge.judge_answers(session)


def refuse(judge, order):
    found = judge.strike((REFUSING,), lambda session: judge_refused(judge, session), env={"REFUSE_MEMORY": order})
    return f"{order}: {found}" if found else None


def count_allocations(judge, operation):
    """How many there are in a session, with an operation or without one."""
    with Scratch() as beside:
        name = os.path.join(beside, "count")
        with Scratch() as path:
            judge.attempt.prepare(path)
            session = Session(path, (REFUSING,), operation, judge.params, env={"REFUSE_MEMORY_COUNT": name})
        if session.ended.code != 0:
            raise AssertionError(f"{session.ended}, {session.problem}")
        with open(name, encoding="ascii") as file:
            return int(file.read())


def memory(operation, sample):
    judge = Judge(operation)
    least, most = count_allocations(judge, None), count_allocations(judge, operation)
    least = 1 if operation == "explain" else least  # what every server does is looked at once
    points = sample([f"{how} {n}" for n in range(least, most + 1) for how in ("once", "on")])
    problems = [text for text in results(lambda order: refuse(judge, order), points) if text]
    return problems, len(points), f"failures of {most} allocations: answered, or an end that says why"
