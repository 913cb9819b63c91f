"""Replays the transcript of a client: the server is sent the same, and has to send the same in the same order.

    replay.py CLIENT whole      messages with a header, each in one write
    replay.py CLIENT bytes      the same, each byte in a write of its own
    replay.py CLIENT lines      one message per line
"""

import sys

from harness.rpc import Server, framed
from project import new_project
from transcript import FileActions, Tracer, difference, given_back, read_transcript

FRAMINGS = {"whole": "header", "bytes": "header", "lines": "line"}


class Replay:
    """One server, and how far the transcript is."""

    def __init__(self, server, directory, cut):
        self.server = server
        self.directory = directory
        self.cut = cut
        self.files = FileActions(directory)
        self.tracer = Tracer(directory)

    def send(self, message):
        data = framed(given_back(message, self.directory), self.server.framing)
        for piece in ([data[at:at + 1] for at in range(len(data))] if self.cut else [data]):
            self.server.send_bytes(piece)

    def next(self):
        """The next step that comes; None at the end."""
        while True:
            message = self.server.next()
            step = None if message is None else self.tracer.step("out", message)
            if message is None or step is not None:
                return step

    def replay(self, step):
        """What is wrong, or None."""
        if "do" not in step and step["direction"] == "out":
            return difference(step, self.next())
        if "do" in step:
            self.files.do(step["do"], step["path"])
        else:
            self.send(step["message"])
        return None


def main(client, manner):
    steps = read_transcript(client)
    with new_project() as directory, Server(directory, framing=FRAMINGS[manner]) as server:
        replay = Replay(server, directory, manner == "bytes")
        for number, step in enumerate(steps, 1):
            found = replay.replay(step)
            if found is not None:
                sys.exit(f"corpus/serve/clients/{client}.jsonl, line {number}: {found}")
        extra = replay.next()
        ended = server.wait()
    if extra is not None or ended.code != 0 or ended.err:
        sys.exit(f"at the end: {extra}, {ended}")
    # Sequences rise by one over everything that came, left out above or not.
    sequences = [message["params"]["sequence"] for message in server.seen if "sequence" in message.get("params", {})]
    if not sequences or sequences != list(range(1, len(sequences) + 1)):
        sys.exit(f"sequences: {sequences}")
    print(f"{client}: {len(steps)} steps, {manner}")


if __name__ == "__main__":
    main(*sys.argv[1:])
