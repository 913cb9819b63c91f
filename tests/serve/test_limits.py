"""Clients that do harm, or try to: too much at once, too long, nothing read, half of the pipe closed (docs/contracts/serve.md 3, 8)."""

import json
import os
import threading

from connection import ServerTest, locked
from harness.program import PATIENCE, WELL, WRONG
from harness.rpc import framed

MANY = 10_000
IS_PLAIN = os.environ.get("PRPACK_SANITIZE", "") in ("", "OFF")  # memory is that of the program alone


def request(number, method="prpack/inspect", **params):
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def peak(server):
    """The most memory that the server had at one time, in MiB."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024


class Limits(ServerTest):
    def check_peak(self, server, mebibytes):
        if IS_PLAIN:
            self.assertLess(peak(server), mebibytes)

    def test_ten_thousand_requests_at_once(self):
        server = self.start(reads=False)
        messages = [request(0, "initialize")] + [request(number, paths=["assets/bay/data.bin"]) for number in range(1, MANY + 1)]
        server.send_bytes(b"".join(framed(message, "header") for message in messages))  # and nothing is read yet
        server.reader.start()
        server.answer(MANY)
        self.assertEqual([message["id"] for message in server.seen], list(range(MANY + 1)))
        self.assertTrue(all("result" in message for message in server.seen))
        self.check_peak(server, 128)
        self.assertEqual(server.end().code, WELL)

    def test_ten_thousand_wrong_messages_at_once(self):
        server = self.start(reads=False)
        server.send_bytes(framed({"jsonrpc": "2.0", "id": None, "method": "x"}, "header") * MANY)
        server.reader.start()
        server.send(request(1, "initialize"))
        server.answer(1)
        self.assertEqual(len(server.seen), MANY + 1)
        self.check_peak(server, 128)

    def test_a_client_that_has_not_read_its_answers_shows_in_the_exit_code(self):
        server = self.start(reads=False)
        server.send_bytes(framed({"jsonrpc": "2.0", "id": None, "method": "x"}, "header") * MANY)
        server.process.stdin.close()
        self.assertEqual(server.process.wait(timeout=PATIENCE), WRONG)

    def test_a_client_that_reads_nothing_holds_no_lock(self):
        server = self.start(reads=False)
        paths = ["assets/bay/data.bin"] * 16384
        messages = [request(0, "initialize"), request(1, paths=paths), request(2, paths=paths), request(3, "prpack/build", wait=True)]
        server.send_bytes(b"".join(framed(message, "header") for message in messages))
        self.assertEqual(self.run_here("build", "--wait").code, WELL)
        server.process.stdin.close()  # nothing more comes: the server does not wait for the client for ever
        self.assertEqual(server.process.wait(timeout=PATIENCE), WRONG)

    def test_the_reading_stops_when_too_much_is_unanswered(self):
        server = self.open()
        body = json.dumps(request(9, "prpack/rename", asset="x" * (1 << 20), new_name="y", wait=True)).encode()
        with locked(self.dir):
            blocked = [framed(body, "header")] * 40  # each counts twice
            writer = threading.Thread(target=server.send_bytes, args=(b"".join(blocked),))
            writer.start()
            self.assertEqual(self.run_here("list").code, WELL)
            self.check_peak(server, 160)
        writer.join()
        for _ in range(40):
            self.assertIn("result", server.answer(9))
        self.check_peak(server, 160)

    def test_a_body_of_16_mib(self):
        server = self.open()
        for part in (b'"' + b"x" * ((16 << 20) - 2) + b'"', b"[" * (16 << 20), b"{" + b'"a":1,' * ((16 << 20) // 6 - 2) + b'"a":1}',
                     b'{"jsonrpc":"2.0","id":1,"method":"prpack/inspect","params":{"paths":[' + b'"",' * ((16 << 20) // 3 - 40) + b'""]}}'):
            server.send(part)
            message = server.next()
            self.assertIn("error", message)
        self.assertEqual(server.call("prpack/list")["command"], "list")
        self.check_peak(server, 160)

    def test_a_pipe_that_is_half_closed(self):
        server = self.start(reads=False)
        server.process.stdout.close()
        self.assertEqual(server.process.wait(timeout=PATIENCE), WRONG)

    def test_a_body_that_ends_too_early(self):
        server = self.open()
        server.send_bytes(b"Content-Length: 100\r\n\r\n{")
        self.assertEqual(server.end().code, WELL)
        self.assertEqual(len(server.seen), 1)

