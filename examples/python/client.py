"""Drives `prpack serve` by pylsp_jsonrpc, as an editor would.

    client.py DIRECTORY PROGRAM [ARGUMENT...]

DIRECTORY has assets/items with a picture and its palette, and is not a workspace yet. PROGRAM with its arguments is the server,
such as `prpack serve`. Every answer is checked; the exit code is 0 only if all of them are right.
"""

import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading

from pylsp_jsonrpc.endpoint import Endpoint
from pylsp_jsonrpc.exceptions import JsonRpcException
from pylsp_jsonrpc.streams import JsonRpcStreamReader, JsonRpcStreamWriter

PATIENCE = 30  # seconds that an answer may take
CANCELLED = -32800
WRONG_PARAMETER = -32602


def check(condition, *seen):
    """Ends the program if the condition does not hold, also with python -O."""
    if not condition:
        raise AssertionError(seen)


class Server:
    """The program at the other end. Notifications are put aside until they are asked for."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        writer = JsonRpcStreamWriter(self.process.stdin)
        self.progress = queue.Queue()
        self.findings = queue.Queue()
        self.numbers = itertools.count(1)
        self.last = None
        self.asked = []
        handlers = {"$/progress": self.progress.put, "prpack/finding": self.findings.put}
        self.endpoint = Endpoint(handlers, writer.write, id_generator=self._next)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        """Takes messages until the server ends. Then what is not answered fails."""
        JsonRpcStreamReader(self.process.stdout).listen(self.endpoint.consume)
        for answer in self.asked:
            if not answer.done():
                answer.set_exception(ConnectionError("the server has ended"))

    def _next(self):
        self.last = f"request {next(self.numbers)}"
        return self.last

    def send(self, method, **parameters):
        """Sends a request. The id that it has, and the answer when it has come."""
        answer = self.endpoint.request(method, parameters)
        self.asked.append(answer)
        return self.last, answer

    def call(self, method, **parameters):
        return self.send(method, **parameters)[1].result(PATIENCE)

    def cancel(self, number):
        self.endpoint.notify("$/cancelRequest", {"id": number})

    def come(self, notifications):
        """The notifications that have come by now, the oldest first."""
        come = []
        with contextlib.suppress(queue.Empty):
            while True:
                come.append(notifications.get_nowait())
        return come


def error_of(answer):
    """The error that a request was answered by."""
    problem = answer.exception(PATIENCE)
    check(isinstance(problem, JsonRpcException), problem)
    return problem


def check_progress(values, token):
    """One begin, any number of reports, one end, all of that request."""
    kinds = [value["value"]["kind"] for value in values]
    check(kinds == ["begin"] + ["report"] * (len(kinds) - 2) + ["end"], values)
    check({value["token"] for value in values} == {token}, values)


@contextlib.contextmanager
def locked_workspace(directory):
    """Another process has locked the workspace, as a command in a terminal does."""
    command = ["flock", os.path.join(directory, "assets/.prometeu"), "sh", "-c", "echo locked; cat"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as busy:
        busy.stdout.readline()
        yield
        busy.stdin.close()


def initialize(server, directory):
    answer = server.call("initialize", processId=os.getpid(), clientInfo={"name": "example of Python"}, protocolVersion=1,
                         workspace=directory, capabilities={})
    check(answer["serverInfo"]["name"] == "prpack" and answer["protocolVersion"] == 1, answer)
    can = answer["capabilities"]
    check("prpack/build" in can["methods"] and can["progress"] and can["cancel"], can)
    server.endpoint.notify("initialized", {})


def add_asset(server):
    made = server.call("prpack/init")
    check(made["errors"] == 0 and not made["existed"], made)
    added = server.call("prpack/add", roots=["assets/items"])
    check(added["errors"] == 0 and added["asset"]["asset_id"] == 1, added)
    refused = error_of(server.send("prpack/add", root="assets/items")[1])
    check(refused.code == WRONG_PARAMETER and refused.data["parameter"] == "root", refused)


def build(server):
    built = server.call("prpack/build", verify=True, workDoneToken="build")
    check_progress(server.come(server.progress), "build")
    check(built["errors"] == 0 and built["published"] and built["verified"] and built["summary"]["assets"] == 1, built)


def cancel_builds(server, directory):
    """While another process holds the workspace, one build waits for it and a second one waits for the first."""
    with locked_workspace(directory):
        running, first = server.send("prpack/build", wait=True, workDoneToken="running")
        seen = [server.progress.get(timeout=PATIENCE)]
        while seen[-1]["value"]["phase"] != "waiting":
            seen.append(server.progress.get(timeout=PATIENCE))
        queued, second = server.send("prpack/build", wait=True, workDoneToken="queued")
        server.cancel(queued)
        check(error_of(second).code == CANCELLED, second)
        server.cancel(running)
        check(error_of(first).code == CANCELLED, first)
        check_progress(seen + server.come(server.progress), "running")
    again = server.call("prpack/build")
    check(again["errors"] == 0 and again["published"] and again["unchanged"], again)


def verify_damaged(server, directory):
    with open(os.path.join(directory, "build/assets.pa"), "r+b") as pack:
        pack.seek(-1, os.SEEK_END)
        last = pack.read(1)[0]
        pack.seek(-1, os.SEEK_END)
        pack.write(bytes([last ^ 1]))
    report = server.call("prpack/verify", findings=True)
    found = [notification["finding"] for notification in server.come(server.findings)]
    check(report["errors"] > 0 and not report["conforms"] and found == report["diagnostics"], report, found)
    check("hash-mismatch" in (finding["id"] for finding in found), found)


def main(directory, *command):
    server = Server(command)
    initialize(server, directory)
    add_asset(server)
    build(server)
    cancel_builds(server, directory)
    verify_damaged(server, directory)
    check(server.call("shutdown") is None)
    server.endpoint.notify("exit")
    code = server.process.wait(PATIENCE)
    check(code == 0, code)
    print("all answers are right")


if __name__ == "__main__":
    main(*sys.argv[1:])
