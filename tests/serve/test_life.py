"""How a connection begins and ends, and what is wrong with a message (docs/contracts/serve.md 1 to 3)."""

import json
import os
import signal
import subprocess

from connection import CANCELLED, EARLY, METHOD, PARAMETERS, PARSE, REQUEST, ServerTest, locked
from harness.program import PATIENCE, WELL, WRONG
from harness.rpc import framed

LIST = {"jsonrpc": "2.0", "id": 9, "method": "prpack/list"}


class Framing(ServerTest):
    def test_nothing_is_said_before_the_first_message(self):
        server = self.start()
        self.assertEqual(server.end().code, WELL)
        self.assertEqual(server.seen, [])

    def test_lines_are_answered_by_lines(self):
        server = self.open(framing="line")
        self.assertEqual(server.call("prpack/list")["command"], "list")

    def test_the_option_decides(self):
        server = self.start("--framing", "header", framing="header")
        server.send_bytes(b"\n" + framed(LIST, "header"))
        self.assertEqual(server.error(9)["code"], EARLY)
        server = self.start("--framing", "line", framing="line")
        server.send_bytes(b"Content-Length: 2\n")
        self.assertEqual(server.error(None)["code"], PARSE)
        server.send_bytes(framed(LIST, "line"))
        self.assertEqual(server.error(9)["code"], EARLY)

    def test_a_broken_header_ends_the_connection(self):
        for arguments, data in (((), b"Content-Size: 2\r\n\r\n{}"), (("--framing", "header"), framed(LIST, "line")), ((), b"\xef\xbb\xbf" + framed(LIST, "line"))):
            server = self.start(*arguments)
            server.send_bytes(data)
            self.assertEqual(server.error(None)["code"], PARSE)
            self.assertEqual(server.wait().code, WRONG)
        server = self.open()
        self.assertIsNone(server.call("shutdown"))
        server.send_bytes(b"nonsense\n")
        self.assertEqual(server.error(None)["code"], PARSE)
        self.assertEqual(server.wait().code, WRONG)

    def test_a_batch_is_a_line(self):
        server = self.start(framing="line")
        server.send([LIST])
        self.assertEqual(server.error(None)["code"], REQUEST)
        server.send(LIST)
        self.assertEqual(server.error(9)["code"], EARLY)

    def test_a_long_message_is_skipped(self):
        for framing in ("header", "line"):
            server = self.open(framing=framing)
            server.send(b"{" + b" " * (16 << 20) + b"}")
            self.assertEqual(server.error(None)["code"], REQUEST)
            server.send(b'{"jsonrpc":"2.0","id":5,"method":"prpack/show","params":{"asset":"%s"}}' % (b"x" * ((16 << 20) - 100)))
            self.assertEqual(server.result(5)["command"], "show")
            self.assertEqual(server.call("prpack/list")["command"], "list")

    def test_what_is_printed_goes_to_standard_error(self):
        server = self.open()
        def stream(number):
            return os.readlink(f"/proc/{server.process.pid}/fd/{number}")
        self.assertEqual(stream(1), stream(2))


class Messages(ServerTest):
    def test_wrong_messages_are_answered_and_the_connection_goes_on(self):
        server = self.open()
        for message, code in ((b"{", PARSE), (b"[]", REQUEST), (b"5", REQUEST), (b'{"jsonrpc":"2.0","id":null,"method":"x"}', REQUEST),
                              (b'"\xff"', PARSE), (b"[" * 200, PARSE), (b"", PARSE)):
            server.send(message)
            self.assertEqual(server.error(None)["code"], code, message)
        self.assertEqual(server.fail("prpack/nothing")["code"], METHOD)
        self.assertEqual(server.call("prpack/list")["command"], "list")

    def test_notifications_are_not_answered(self):
        server = self.open()
        server.notify("prpack/build")
        server.notify("$/unknown", a=1)
        server.send({"jsonrpc": "2.0", "id": 77, "result": 1})
        self.assertEqual(server.call("prpack/list")["command"], "list")
        self.assertFalse(os.path.exists(self.path("build")))
        self.assertEqual(len(server.seen), 2)


class Life(ServerTest):
    def test_initialize_comes_first_and_once(self):
        server = self.start()
        self.assertEqual(server.fail("prpack/list")["code"], EARLY)
        self.assertEqual(server.fail("initialize", protocolVersion=2), {
            "code": PARAMETERS, "message": "protocolVersion is one that this server does not have; expected 1", "data": {"supported": [1]}})
        self.assertEqual(server.fail("initialize", workspace=self.path("nothing"))["code"], PARAMETERS)
        hello = server.initialize(protocolVersion=1, processId=os.getpid(), clientInfo={"name": "test"}, capabilities={}, workspace=self.dir)
        self.assertEqual(hello["serverInfo"]["name"], "prpack")
        self.assertEqual(hello["protocolVersion"], 1)
        self.assertIn("prpack/build", hello["capabilities"]["methods"])
        self.assertEqual(server.fail("initialize")["code"], REQUEST)

    def test_the_workspace_is_where_paths_begin(self):
        os.mkdir(self.path("elsewhere"))
        server = self.open(path=self.path("elsewhere"), hello={"workspace": ".."})
        self.assertEqual(server.call("prpack/build", output="out")["output"], "out")
        self.assertTrue(os.path.exists(self.path("out", "assets.pa")))
        server = self.open("-C", self.dir, path="/")
        self.assertEqual(len(server.call("prpack/list")["assets"]), 2)

    def test_shutdown_waits_for_what_came_before(self):
        server = self.open()
        with locked(self.dir):
            build = server.request("prpack/build", wait=True)
            closing = server.request("shutdown")
            self.assertEqual(server.fail("prpack/list")["code"], REQUEST)
            server.notify("exit")
        self.assertTrue(server.result(build)["published"])
        self.assertIsNone(server.result(closing))
        self.assertEqual(server.wait().code, WELL)

    def test_shutdown_is_answered_after_what_the_end_cancels(self):
        for by_signal in (False, True):
            client = subprocess.Popen(["sleep", "600"])
            server = self.open(hello={"processId": client.pid})
            with locked(self.dir):
                builds = [server.request("prpack/build", wait=True) for _ in range(2)]
                closing = server.request("shutdown")
                self.assertEqual(server.fail("prpack/list")["code"], REQUEST)
                if by_signal:
                    server.process.terminate()
                client.kill()
                client.wait()
                self.assertEqual(server.wait().code, -signal.SIGTERM if by_signal else WELL)
            self.assertEqual([server.error(build)["code"] for build in builds], [CANCELLED] * 2)
            self.assertIsNone(server.result(closing))
            self.assertEqual(server.seen[-1]["id"], closing)

    def test_exit_cancels(self):
        server = self.open()
        with locked(self.dir):
            builds = [server.request("prpack/build", wait=True) for _ in range(3)]
            server.notify("exit")
            self.assertEqual([server.error(build)["code"] for build in builds], [CANCELLED] * 3)
            self.assertEqual(server.wait().code, WRONG)
        self.assertFalse(os.path.exists(self.path("build")))

    def test_the_end_of_the_input_cancels_changes_and_answers_reads(self):
        server = self.open()
        with locked(self.dir):
            build = server.request("prpack/build", wait=True)
            reads = [server.request("prpack/list") for _ in range(20)]
            self.assertEqual(server.end().code, WELL)
        self.assertEqual(server.error(build)["code"], CANCELLED)
        self.assertEqual([server.result(read)["command"] for read in reads], ["list"] * 20)
        self.assertFalse(os.path.exists(self.path("build")))

    def test_a_shell_gets_its_answers(self):
        lines = [{"jsonrpc": "2.0", "id": 1, "method": "initialize"}, {"jsonrpc": "2.0", "id": 2, "method": "prpack/build"},
                 {"jsonrpc": "2.0", "id": 3, "method": "shutdown"}]
        ended = subprocess.run([os.environ["PRPACK"], "serve"], cwd=self.dir, input="\n".join(map(json.dumps, lines)).encode(),
                               capture_output=True, timeout=PATIENCE, check=True)
        self.assertEqual([json.loads(line)["id"] for line in ended.stdout.splitlines()], [1, 2, 3])

    def test_the_end_of_the_client_is_the_end(self):
        client = subprocess.Popen(["sleep", "600"])
        server = self.open(hello={"processId": client.pid})
        with locked(self.dir):
            server.request("prpack/build", wait=True, workDoneToken=1)
            server.until(lambda message: message.get("method") == "$/progress")
            client.kill()
            client.wait()
            self.assertEqual(server.wait().code, WRONG)
        server = self.start()
        server.request("initialize", processId=client.pid)
        self.assertEqual(server.wait().code, WRONG)

    def test_a_client_that_reads_no_more_is_the_end(self):
        server = self.start(framing="line", reads=False)
        server.send({"jsonrpc": "2.0", "id": 1, "method": "initialize"})
        self.assertTrue(server.process.stdout.readline())
        with locked(self.dir):
            server.request("prpack/build", wait=True)
            server.process.stdout.close()
            self.assertEqual(server.process.wait(timeout=PATIENCE), WRONG)

    def test_a_signal_ends_it(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            server = self.open()
            with locked(self.dir):
                build = server.request("prpack/build", wait=True, workDoneToken=1)
                server.until(lambda message: message.get("method") == "$/progress")
                server.process.send_signal(number)
                self.assertEqual(server.error(build)["code"], CANCELLED)
                self.assertEqual(server.wait().code, -number)
