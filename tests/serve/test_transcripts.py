"""Recorded connections, corpus/serve/*.jsonl, answered again as they were, also when they come byte by byte.

A line of a transcript is a message with its direction, as `--trace` writes it, without the time. The workspace is that of ServerTest
with a directory `new`. What is drawn or measured, and words for people, are not compared; new members may come (10)."""

import glob
import json
import os
import re

from connection import ROOT, ServerTest
from harness.rpc import framed
from harness.trees import write
from test_methods import check_schema, plain

FOLDER = os.path.join(ROOT, "corpus", "serve")


def transcript(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def answers(messages):
    """The answers by id, and how often each notification came but for reports of progress, which time decides."""
    found = {json.dumps(message["id"]): plain(message) for message in messages if "id" in message}
    notices = [message for message in messages if "method" in message]
    for notice in notices:
        kind = notice["params"].get("kind") or notice["params"].get("value", {}).get("kind") or ""
        if kind != "report":
            name = f"{notice['method']} {kind}"
            found[name] = found.get(name, 0) + 1
    text = re.sub(r'"version": "[^"]*"', '"version": "VERSION"', json.dumps(found))
    return json.loads(text)


WORDS = ("help", "message", "not_checked", "title")


def missing(recorded, seen, path=""):
    """Where the recorded value is not in what was seen; None: it is all there."""
    if isinstance(recorded, dict) and isinstance(seen, dict):
        found = (missing(value, seen.get(name, "nothing"), f"{path}/{name}") for name, value in recorded.items() if name not in WORDS)
        return next((where for where in found if where), None)
    if isinstance(recorded, list) and isinstance(seen, list) and path.endswith("/methods"):
        return None if set(recorded) <= set(seen) else path
    if isinstance(recorded, list) and isinstance(seen, list) and len(recorded) == len(seen):
        found = (missing(value, other, f"{path}/{index}") for index, (value, other) in enumerate(zip(recorded, seen)))
        return next((where for where in found if where), None)
    return None if recorded == seen else f"{path}: {seen}, not {recorded}"


def send_in_pieces(server, message, size):
    data = framed(message, server.framing)
    for at in range(0, len(data), size):
        server.send_bytes(data[at:at + size])


class Transcripts(ServerTest):
    def setUp(self):
        super().setUp()
        write(self.path("assets", "new", "level.bin"), b"a level")

    def replay(self, lines, size, framing):
        """Sends what the client sent, each time when as many answers have come as when it was recorded."""
        server = self.start(framing=framing)
        awaited = 0
        for line in lines:
            if line["direction"] == "in":
                while len([message for message in server.seen if "id" in message]) < awaited:
                    self.assertIsNotNone(server.next())
                send_in_pieces(server, line["message"], size)
            else:
                awaited += "id" in line["message"]
        server.end()
        return server.seen

    def test_each_is_answered_as_it_was(self):
        paths = sorted(glob.glob(os.path.join(FOLDER, "*.jsonl")))
        self.assertTrue(paths)
        for path in paths:
            lines = transcript(path)
            expected = answers([line["message"] for line in lines if line["direction"] == "out"])
            for size, framing in ((1 << 20, "header"), (1, "header"), (1, "line"), (7, "line")):
                with self.subTest(path, size=size):
                    self.setUp()
                    seen = self.replay(lines, size, framing)
                    self.assertIsNone(missing(answers_as(expected, framing), answers(seen)))
                    for message in seen:
                        check_schema("notification" if "method" in message else "answer", message)


def answers_as(expected, framing):
    """The server says how it frames."""
    return json.loads(json.dumps(expected).replace('"framing": "header"', f'"framing": "{framing}"'))
