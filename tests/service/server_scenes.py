"""The scenes in which a server does each operation while something happens to it, and the session in which it does so.

A scene is one of kill_points.py, in the directory "game", where the operation has real work to do. Its parameters make the method do what
the command of the scene does."""

import json
import os
import subprocess
import sys

from harness.program import ENDLESS, ENVIRONMENT, PRPACK, USAGE, WELL, WRONG, Ended, prpack
from harness.rpc import Lost, Server
from harness.trees import Scratch
from harness.workspaces import scenes, tree_after
from kill_points import BUILD, OTHER, SCENARIOS, SMALL, AddingMany, Changing, Scenario, built
from points import AT_SYSCALL, each


def reading_tree():
    """A workspace with a build, a history and something in quarantine."""
    return tree_after(scenes(OTHER), ["exclude", "cave"], ["remove", "bay"], ["build"])


def reading(*arguments):
    """An operation that changes nothing."""
    return lambda: Scenario(reading_tree(), list(arguments))


GRACE = 10  # seconds for the end of a server that has stopped speaking

# Each operation: the scene, and the parameters of its method.
KILLED = {
    "init": (SCENARIOS["init"], {}),
    "add": (SCENARIOS["add_many"], {"roots": list(AddingMany.roots), "type": "scene_bank", "jobs": 1}),
    "adopt": (SCENARIOS["adopt_moved"], {"roots": ["bay", "cave", "deep/er/menu"]}),
    "palettes": (SCENARIOS["palettes"], {"names": ["cave"], "fill": True, "write": True}),
    "exclude": (lambda: Changing("exclude", "menu", "cave"), {"names": ["menu", "cave"]}),
    "include": (SCENARIOS["include"], {"names": ["menu", "cave"]}),
    "rename": (SCENARIOS["rename"], {"asset": "assets/cave", "new_name": "a cave by the sea"}),
    "move": (SCENARIOS["move_asset"], {"asset": "cave", "new_root": "deep/er/shore"}),
    "forget": (SCENARIOS["forget"], {"names": ["menu", "cave"]}),
    "remove": (SCENARIOS["remove"], {"names": ["menu", "assets/cave"]}),
    "quarantine_list": (reading("quarantine", "list"), {}),
    "quarantine_restore": (SCENARIOS["restore"], {"numbers": ["1", "2"]}),
    "quarantine_purge": (SCENARIOS["purge"], {"all": True, "yes": True}),
    "history": (reading("history"), {}),
    "undo": (SCENARIOS["undo"], {}),
    "doctor": (SCENARIOS["fix"], {"fix": True, "jobs": 1}),
    "gc": (SCENARIOS["gc"], {}),
    "merge_registry": (SCENARIOS["merge"], {"base": "out/base", "ours": "out/named", "theirs": "out/theirs"}),
    "list": (SCENARIOS["settle_commit"], {}),
    "show": (reading("show", "menu"), {"asset": "menu"}),
    "build": (SCENARIOS["rebuild_verified"], {"verify": True, "jobs": 1}),
    "watch": (lambda: Scenario({**scenes(OTHER), **built_of(SMALL)}, BUILD), {"jobs": 1}),
    "verify": (reading("verify"), {"jobs": 1}),
    "inspect": (reading("inspect", "build"), {"paths": ["build", "build/assets.pa"], "jobs": 1}),
    "extract": (SCENARIOS["extract"], {"pack": "build", "to": "taken", "jobs": 1}),
    "ids": (SCENARIOS["ids"], {"jobs": 1, "output": "out/named"}),
    "explain": (reading("explain", "build-busy"), {"ids": ["build-busy"]}),
}


def built_of(assets):
    return {key: content for key, content in built(scenes(assets)).items() if key.split("/")[0] == "build"}


def operations():
    """The operations that have a method, in the order of the table."""
    return [method.split("/")[1] for method in json.loads(prpack(None, "serve", "--describe").out)["methods"]]


class Session:
    """One server that is asked for one operation (None: for no such), for another one after it, and for its end. `answer` and `then` are the two
    answers, or None; `ended` says how it ended, and `problem` what did not come."""

    def __init__(self, path, command, operation, params, **how):
        self.answer = self.then = None
        self.problem = ""
        with Server(path, command=command, **how) as server:
            try:
                self.talk(server, operation, params)
                self.ended = server.wait()
            except (Lost, BrokenPipeError) as problem:
                self.problem = str(problem)
                self.ended = self.end(server)

    @staticmethod
    def end(server):
        """How it ended, of which not all was read that was waited for."""
        try:
            code = server.process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            code = ENDLESS
            server.process.kill()
        server.listener.join()
        return Ended(code, b"", server.noise)

    @staticmethod
    def ask(server, method, **params):
        """The answer. It is also one with the id null: what could not be read has none."""
        number = server.request(method, **params)
        return server.until(lambda message: "method" not in message and message["id"] in (number, None))

    def insist(self, server, method, **params):
        """The same for a request without which there is no session: if it is refused, it is made again."""
        if "error" in self.ask(server, method, **params):
            server.answer(server.request(method, **params))

    def talk(self, server, operation, params):
        self.insist(server, "initialize", capabilities={"events": True})
        if operation is not None:
            self.answer = self.ask(server, f"prpack/{operation}", workDoneToken="t", findings=True, **params)
            self.then = self.ask(server, "prpack/explain", ids=["build-busy"])
        self.insist(server, "shutdown")
        server.notify("exit")


def results(function, points):
    """What comes of each point; of a program that has a fault, up to the first point that shows it."""
    if "--wrong" not in sys.argv:
        return each(function, points)
    found = []
    for point in points:
        found.append(function(point))
        if isinstance(found[-1], str):
            break
    return found


def served(*verb):
    """The server, with something done to it at one of its calls from the request on."""
    return (AT_SYSCALL, "served", *map(str, verb), PRPACK)


def calls_of(path, operation, params):
    """The names of the calls from the request on, in a directory that is prepared for it."""
    with Scratch() as beside:
        names = os.path.join(beside, "names")
        session = Session(path, served("list", names), operation, params)
        if session.ended.code != 0 or "result" not in session.answer or "result" not in session.then:
            raise AssertionError(f"{operation}: {session.answer}, {session.ended}, {session.problem}")
        with open(names, encoding="ascii") as file:
            return file.read().split()


def code_of(answer):
    """What the exit code of the command would have been."""
    if "result" in answer:
        return WRONG if answer["result"]["errors"] > 0 else WELL
    return {-32602: USAGE, -32803: ENVIRONMENT, -32801: ENVIRONMENT}.get(answer["error"]["code"], ENDLESS)


def advice(report):
    """What doctor has found, but for what a killed operation may leave, and the next one of its kind deletes."""
    return sorted((each["id"], each["severity"]) for each in report["diagnostics"] if each["id"] != "leftover")


def doctor(path):
    return advice(prpack(path, "doctor", "--format", "json", "--jobs", "1").documents()[0])
