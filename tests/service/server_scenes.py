"""The scenes in which a server does each operation while something happens to it, and the session in which it does so.

A scene is one of kill_points.py, in the directory "game", where the operation has real work to do. Its parameters make the method do what
the command of the scene does."""

import json

from harness.program import ENDLESS, ENVIRONMENT, PATIENCE, USAGE, WELL, WRONG, Ended, prpack
from harness.rpc import Lost, Server
from harness.workspaces import scenes, tree_after
from kill_points import BUILD, OTHER, SCENARIOS, SMALL, AddingMany, Changing, Scenario, built


def reading(*arguments):
    """An operation that changes nothing, on a workspace with a build and a history."""
    tree = tree_after(scenes(OTHER), ["exclude", "cave"], ["remove", "bay"], ["build"])
    return lambda: Scenario(tree, list(arguments))


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
    "ids": (SCENARIOS["ids"], {"jobs": 1, "output": "out/named"}),
    "explain": (reading("explain", "build-busy"), {"ids": ["build-busy"]}),
}


def built_of(assets):
    return {key: content for key, content in built(scenes(assets)).items() if key.split("/")[0] == "build"}


def operations():
    """The operations that have a method, in the order of the table."""
    return [method.split("/")[1] for method in json.loads(prpack(None, "serve", "--describe").out)["methods"]]


class Session:
    """One server that is asked for one operation, for a list after it, and for its end. Afterwards `answer` and `then` are the two answers or None,
    and `ended` says how it ended."""

    def __init__(self, path, command, operation, params, **how):
        self.answer = self.then = None
        with Server(path, command=command, **how) as server:
            try:
                self.talk(server, operation, params)
            except (Lost, BrokenPipeError) as problem:
                self.problem = str(problem)
            self.ended = self.end(server)

    problem = ""

    def talk(self, server, operation, params):
        server.initialize(capabilities={"events": True})
        self.answer = server.answer(server.request(f"prpack/{operation}", workDoneToken="t", findings=True, **params))
        self.then = server.answer(server.request("prpack/explain", ids=["build-busy"]))
        server.call("shutdown")
        server.notify("exit")

    @staticmethod
    def end(server):
        try:
            return server.wait()
        except Lost as problem:
            if server.process.poll() is None and "no message" in str(problem):
                return Ended(ENDLESS, b"", str(problem).encode())
            return Ended(server.process.wait(timeout=PATIENCE), b"", server.noise)


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
