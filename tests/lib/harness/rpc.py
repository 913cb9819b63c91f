"""A client of `prpack serve` that frames by hand and takes nothing for granted: each byte of the server is accounted for."""

import json
import queue
import subprocess
import threading

from harness.program import PATIENCE, PRPACK, Ended, start


class Lost(AssertionError):
    """What was waited for did not come."""


def framed(message, framing):
    """A message as bytes; a bytes object goes out as it is."""
    body = message if isinstance(message, bytes) else json.dumps(message, separators=(",", ":")).encode()
    return body + b"\n" if framing == "line" else b"Content-Length: %d\r\n\r\n" % len(body) + body


def read_message(stream, framing):
    """The next message as bytes; None at the end. Only the one spelling of docs/contracts/serve.md 1 is taken."""
    if framing == "line":
        line = stream.readline()
        if line and not line.endswith(b"\n"):
            raise Lost(f"half of a line: {line}")
        return line[:-1] if line else None
    header = stream.readline()
    if not header:
        return None
    name, _, size = header.partition(b": ")
    if name != b"Content-Length" or not size.endswith(b"\r\n") or stream.readline() != b"\r\n":
        raise Lost(f"not a header: {header}")
    body = stream.read(int(size))
    if len(body) != int(size):
        raise Lost(f"half of a body: {body}")
    return body


class Server:
    """A server, killed when the block ends. Messages are taken off the pipe as they come, unless `reads` is false."""

    def __init__(self, path, *arguments, framing="header", command=(PRPACK,), reads=True, **how):
        self.framing = framing
        self.process = start([*command, "serve", *arguments], path, stdin=subprocess.PIPE, **how)
        self.came = queue.Queue()
        self.seen = []  # every message, in order
        self.answers = {}
        self.number = 0
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.noise = b""
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        if reads:
            self.reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except OSError:
                pass

    def _listen(self):
        self.noise = self.process.stderr.read()

    def _read(self):
        try:
            for body in iter(lambda: read_message(self.process.stdout, self.framing), None):
                self.came.put(json.loads(body))
        except (Lost, ValueError) as problem:
            self.came.put(problem)
        self.came.put(None)

    # ---- Out ----

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        self.send_bytes(framed(message, self.framing))

    def notify(self, method, **params):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method, **params):
        """Sends a request, and returns its id."""
        self.number += 1
        self.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        return self.number

    def cancel(self, number):
        self.notify("$/cancelRequest", id=number)

    # ---- In ----

    def next(self):
        """The next message; None at the end."""
        try:
            message = self.came.get(timeout=PATIENCE)
        except queue.Empty:
            raise Lost(f"no message within {PATIENCE} s after {self.seen[-1:]}") from None
        if isinstance(message, Exception):
            raise message
        if message is not None:
            self.seen.append(message)
        return message

    def until(self, condition):
        """The first message from now on for which this holds."""
        while True:
            message = self.next()
            if message is None:
                raise Lost(f"the server ended: {self.seen[-1:]}, {self.noise}")
            if "id" in message:
                self.answers[message["id"]] = message
            if condition(message):
                return message

    def answer(self, number):
        """The answer with this id, whole."""
        if number not in self.answers:
            self.until(lambda message: "method" not in message and message.get("id") == number)
        return self.answers.pop(number)

    def result(self, number):
        answer = self.answer(number)
        if "result" not in answer:
            raise AssertionError(answer)
        return answer["result"]

    def error(self, number):
        answer = self.answer(number)
        if "error" not in answer:
            raise AssertionError(answer)
        return answer["error"]

    def call(self, method, **params):
        return self.result(self.request(method, **params))

    def fail(self, method, **params):
        return self.error(self.request(method, **params))

    def notices(self, method):
        """The notifications of that name that have come, as their parameters."""
        return [message["params"] for message in self.seen if message.get("method") == method]

    # ---- Life ----

    def initialize(self, **params):
        return self.call("initialize", **params)

    def end(self):
        """Closes the input, and waits for the end."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        return self.wait()

    def wait(self):
        """Takes what comes until the end. How the program ended."""
        while self.reader.is_alive() or not self.came.empty():
            message = self.next()
            if message is None:
                break
            if "id" in message:
                self.answers[message["id"]] = message
        code = self.process.wait(timeout=PATIENCE)
        self.listener.join()
        return Ended(code, b"", self.noise)
