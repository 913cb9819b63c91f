"""Runs a client of examples/ with the server, and compares what went over the pipes with its transcript.

    run.py node|python|java [--write]

With --write the transcript in corpus/serve/clients/ is written anew. A program or library that is missing is a failure where CI is set,
else the test is skipped.
"""

import json
import os
import shutil
import sys

from harness.program import PRPACK, run
from harness.trees import Scratch
from project import new_project
from transcript import ROOT, Tracer, difference, read_transcript, with_actions, write_transcript

SKIPPED = 77
EXAMPLES = os.path.join(ROOT, "examples")
NODE_MODULES = os.path.join(ROOT, "build", "node", "node_modules")


class Missing(Exception):
    """What a client needs is not there."""


def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            raise Missing(program)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def node_command(_):
    need("node")
    source = os.path.join(EXAMPLES, "node")
    (name, version), = load(os.path.join(source, "package.json"))["dependencies"].items()
    installed = os.path.join(NODE_MODULES, name, "package.json")
    if not os.path.exists(installed) or load(installed)["version"] != version:
        raise Missing(f"{name} {version} of npm")
    return ["node", os.path.join(source, "client.js")]


def python_command(_):
    if run([sys.executable, "-c", "import pylsp_jsonrpc"]).code != 0:
        raise Missing("pylsp_jsonrpc")
    return [sys.executable, "-B", os.path.join(EXAMPLES, "python", "client.py")]


def java_command(classes):
    need("javac", "java")
    source = os.path.join(EXAMPLES, "java")
    sources = [os.path.join(source, name) for name in sorted(os.listdir(source)) if name.endswith(".java")]
    compiled = run(["javac", "-Xlint:all", "-Werror", "-d", classes, *sources])
    if compiled.code != 0:
        sys.exit(f"{compiled}")
    return ["java", "-cp", classes, "Client"]


COMMANDS = {"node": node_command, "python": python_command, "java": java_command}


def recorded(client):
    """The steps of a client that has run to its end."""
    with new_project() as directory, Scratch() as aside:
        trace = os.path.join(aside, "trace")
        command = COMMANDS[client](aside)
        ended = run([*command, directory, PRPACK, "serve", "--trace", trace], env={"NODE_PATH": NODE_MODULES})
        if ended.code != 0 or ended.err:
            sys.exit(f"{client}: {ended}")
        tracer = Tracer(directory)
        with open(trace, encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        steps = (tracer.step(line["direction"], line["message"]) for line in lines)
        return list(with_actions(step for step in steps if step is not None))


def compare(client, steps):
    expected = read_transcript(client)
    for number, (old, new) in enumerate(zip(expected, steps), 1):
        found = difference(old, new)
        if found is not None:
            sys.exit(f"corpus/serve/clients/{client}.jsonl, line {number}: {found}")
    if len(expected) != len(steps):
        sys.exit(f"corpus/serve/clients/{client}.jsonl has {len(expected)} lines; expected {len(steps)}")
    print(f"{client}: {len(steps)} steps as in the transcript")


def main(client, *options):
    try:
        steps = recorded(client)
    except Missing as missing:
        print(f"{missing} is missing; scripts/install-packages test installs it", file=sys.stderr)
        return 1 if os.environ.get("CI") else SKIPPED
    if options == ("--write",):
        write_transcript(client, steps)
    else:
        compare(client, steps)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
