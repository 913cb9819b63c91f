"""What happens while operations run: progress, findings, events, order, cancelling, the trace (docs/contracts/serve.md 4.5 to 7, 9)."""

import json
import os
import re
import tempfile

from connection import CANCELLED, CHANGED, ENVIRONMENT, PARAMETERS, ServerTest, locked
from harness.rpc import framed
from harness.trees import read_tree, write, write_tree
from harness.workspaces import painted
from test_methods import check_schema

METHODS = {"$/progress", "prpack/finding", "prpack/event", "prpack/built", "prpack/watchEnded"}


class RunningTest(ServerTest):
    def begun(self, server, token):
        """Waits until the operation with this token runs."""
        server.until(lambda message: message.get("method") == "$/progress" and message["params"]["token"] == token)

    def check_traffic(self, server):
        """All that came is as the schema says, and the sequence of the notifications rises by one."""
        notices = [message for message in server.seen if "method" in message]
        self.assertEqual([notice["params"]["sequence"] for notice in notices], list(range(1, len(notices) + 1)))
        for message in server.seen:
            check_schema("notification" if "method" in message else "answer", message)


class Progress(RunningTest):
    def values(self, server, token):
        return [notice["value"] for notice in server.notices("$/progress") if notice["token"] == token]

    def test_begin_and_end_come_always(self):
        server = self.open()
        for token, method, params in (("a", "build", {}), (7, "build", {}), ("c", "build", {"output": "assets"}), ("d", "list", {}),
                                      ("e", "inspect", {"paths": ["build", "nothing"]})):
            server.answer(server.request(f"prpack/{method}", workDoneToken=token, **params))
            values = self.values(server, token)
            self.assertEqual(values[0], {"kind": "begin", "title": method, "phase": "loading", "done": 0, "total": 0, "unit": "files"})
            self.assertEqual([value["kind"] for value in values].count("begin"), 1)
            self.assertEqual([value["kind"] for value in values].index("end"), len(values) - 1)
            self.assertTrue(all(value["done"] <= value["total"] for value in values))
            self.assertIn("id", server.seen[-1])  # the answer comes after the end
        server.call("prpack/list")
        self.assertEqual(len([notice for notice in server.notices("$/progress") if notice["token"] not in ("a", 7, "c", "d", "e")]), 0)
        self.check_traffic(server)

    def test_what_is_waited_for_is_named(self):
        server = self.open()
        with locked(self.dir):
            build = server.request("prpack/build", wait=True, workDoneToken="w")
            message = server.until(lambda message: message.get("params", {}).get("value", {}).get("phase") == "waiting")
            self.assertIn(f"process {os.getpid()} (", message["params"]["value"]["message"])
        self.assertTrue(server.result(build)["published"])
        self.check_traffic(server)

    def test_cancelled_before_it_runs_has_no_progress(self):
        server = self.open()
        with locked(self.dir):
            server.request("prpack/build", wait=True, workDoneToken="w")
            second = server.request("prpack/build", workDoneToken="x")
            server.cancel(second)
            self.assertEqual(server.error(second)["code"], CANCELLED)
        self.assertEqual(self.values(server, "x"), [])


class Findings(RunningTest):
    def test_each_finding_comes_before_the_answer(self):
        os.remove(self.path("assets", "bay", "data.bin"))
        write(self.path("no.pa"), b"not a pack")
        server = self.open()
        for method, params in (("build", {}), ("inspect", {"paths": ["no.pa", "no.pa"]}), ("build", {"max_findings": 0})):
            before = len(server.notices("prpack/finding"))
            number = server.request(f"prpack/{method}", findings=True, **params)
            result = server.result(number)
            documents = result if isinstance(result, list) else [result]
            found = server.notices("prpack/finding")[before:]
            self.assertEqual([notice["finding"] for notice in found], [finding for document in documents for finding in document["diagnostics"]])
            self.assertEqual({notice["id"] for notice in found}, {number} if found else set())
        self.check_traffic(server)


class Events(RunningTest):
    def kinds(self, server):
        return [event["kind"] for event in server.notices("prpack/event")]

    def test_the_events_of_a_session(self):
        write(self.path("assets", "new", "level.bin"), b"a level")
        server = self.open(hello={"capabilities": {"events": True}})
        server.call("prpack/add", roots=["assets/new"], type="scene_bank")
        self.assertEqual(self.kinds(server), ["asset_discovered", "diagnostics_updated", "action_applied"])
        server.call("prpack/build")
        self.assertEqual(sorted(self.kinds(server)[3:]), sorted(["build_started"] + ["cache_miss"] * 3 + ["build_finished", "diagnostics_updated"]))
        write(self.path("assets", "new", "level.bin"), b"another level")
        count = len(self.kinds(server))
        server.call("prpack/build")
        self.assertEqual(sorted(self.kinds(server)[count:]),
                         sorted(["build_started", "cache_hit", "cache_hit", "asset_changed", "cache_miss", "build_finished", "diagnostics_updated"]))
        changed = [event for event in server.notices("prpack/event") if event["kind"] == "asset_changed"]
        self.assertEqual([(event["root"], event["asset_id"]) for event in changed], [("new", 3)])
        count = len(self.kinds(server))
        server.call("prpack/rename", asset="nothing", new_name="x")
        server.call("prpack/rename", asset="new", new_name="x", dry_run=True)
        self.assertEqual(self.kinds(server)[count:], ["diagnostics_updated", "action_failed", "diagnostics_updated"])
        self.check_traffic(server)

    def test_a_build_that_is_refused_has_ended(self):
        server = self.open(hello={"capabilities": {"events": True}})
        server.fail("prpack/build", output="assets")
        self.assertEqual(self.kinds(server), ["build_started", "build_finished", "diagnostics_updated"])
        self.assertEqual(server.notices("prpack/event")[1]["status"], 2)
        self.check_traffic(server)

    def test_a_picture_of_wrong_pixels_is_ready(self):
        write_tree(self.path("game"), painted())
        server = self.open(path=self.path("game"), hello={"capabilities": {"events": True}})
        server.call("prpack/build", images="pictures")
        ready = [event for event in server.notices("prpack/event") if event["kind"] == "preview_ready"]
        self.assertEqual([event["path"] for event in ready], ["pictures/1-0-cave.png"])
        self.assertTrue(os.path.exists(self.path("game", "pictures", "1-0-cave.png")))
        server.call("prpack/build")
        self.assertEqual(self.kinds(server).count("preview_ready"), 1)
        self.check_traffic(server)

    def test_nothing_comes_unasked(self):
        server = self.open()
        server.call("prpack/build", explain=True)
        self.assertEqual(server.notices("prpack/event"), [])


class Order(RunningTest):
    def test_changes_run_in_order_and_reads_beside(self):
        server = self.open()
        with locked(self.dir):
            changes = [server.request("prpack/rename", asset="1", new_name=f"bay_{number}", wait=True) for number in range(5)]
            changes.append(server.request("prpack/build", wait=True))
            self.assertEqual(server.call("prpack/list")["assets"][0]["name"], "bay")
            self.assertEqual(server.answers, {})
        last = server.result(changes[-1])
        self.assertEqual(last["summary"]["assets"], 2)
        answered = [message["id"] for message in server.seen if message.get("id") in changes]
        self.assertEqual(answered, changes)
        self.assertEqual(server.call("prpack/list")["assets"][0]["name"], "bay_4")

    def test_reads_are_answered_in_order(self):
        server = self.open()
        server.call("prpack/build")
        numbers = [server.request("prpack/inspect", paths=["build/assets.pa"]) for _ in range(1000)]
        server.answer(numbers[-1])
        self.assertEqual([message["id"] for message in server.seen if message.get("id") in numbers], numbers)

    def test_another_process_is_named_or_waited_for(self):
        server = self.open()
        with locked(self.dir):
            error = server.fail("prpack/build")
            self.assertEqual(error["code"], ENVIRONMENT)
            self.assertIn(f"process {os.getpid()} (", error["message"])
            self.assertEqual(error["data"]["diagnostics"][0]["id"], "build-busy")


class Cancelling(RunningTest):
    def test_an_operation_that_runs(self):
        before = read_tree(self.dir)
        server = self.open()
        with locked(self.dir):
            build = server.request("prpack/build", wait=True, workDoneToken="b")
            self.begun(server, "b")
            server.cancel(build)
            self.assertEqual(server.error(build), {"code": CANCELLED, "message": "the request was cancelled"})
        self.assertEqual(read_tree(self.dir), before)
        self.check_traffic(server)

    def test_an_operation_that_waits(self):
        server = self.open()
        with locked(self.dir):
            first = server.request("prpack/build", wait=True)
            second = server.request("prpack/exclude", names=["bay"], wait=True)
            third = server.request("prpack/build", wait=True)
            server.cancel(second)
            self.assertEqual(server.error(second)["code"], CANCELLED)
            self.assertNotIn(first, server.answers)
        self.assertEqual(server.result(first)["summary"]["assets"], 2)
        self.assertTrue(server.result(third)["unchanged"])

    def test_what_is_over_or_unknown_is_left_alone(self):
        server = self.open()
        build = server.request("prpack/build")
        self.assertTrue(server.result(build)["published"])
        server.cancel(build)
        server.cancel("never")
        server.cancel(None)
        self.assertEqual(server.call("prpack/list")["command"], "list")

    def test_of_two_with_one_id_the_oldest(self):
        server = self.open()
        watch = server.request("prpack/watch")
        server.result(watch)
        with locked(self.dir):
            server.send({"jsonrpc": "2.0", "id": watch, "method": "prpack/build", "params": {"wait": True}})
            server.cancel(watch)
            server.until(lambda message: message.get("method") == "prpack/watchEnded")
        self.assertIn("summary", server.result(watch))

    def test_by_the_token_of_its_progress(self):
        server = self.open()
        watch = server.request("prpack/watch", workDoneToken="w")
        server.result(watch)
        with locked(self.dir):
            builds = [server.request("prpack/build", wait=True, workDoneToken=token) for token in ("w", 7, "7")]
            plain = server.request("prpack/build", wait=True)
            for token in (7, "nothing", "w", ""):
                server.notify("window/workDoneProgress/cancel", token=token)
            self.assertEqual(server.error(builds[1])["code"], CANCELLED)
            server.until(lambda message: message.get("method") == "prpack/watchEnded")
        for number in (builds[0], builds[2], plain):
            self.assertIn("summary", server.result(number))

    def test_each_request_is_answered_once(self):
        server = self.open()
        numbers = []
        for _ in range(60):
            numbers.append(server.request("prpack/build", no_cache=True))
            server.cancel(numbers[-1])
        closing = server.request("shutdown")
        server.result(closing)
        answered = [message["id"] for message in server.seen if message.get("id") in numbers]
        self.assertEqual(sorted(answered), numbers)
        for message in server.seen:
            if message.get("id") in numbers:
                self.assertTrue("result" in message or message["error"]["code"] == CANCELLED, message)


    def test_of_half_a_build_nothing_is_said(self):
        server = self.open(hello={"capabilities": {"events": True}})
        with locked(self.dir):
            build = server.request("prpack/build", wait=True, workDoneToken="b", findings=True)
            self.begun(server, "b")
            server.cancel(build)
            self.assertEqual(server.error(build)["code"], CANCELLED)
        events = server.notices("prpack/event")
        self.assertEqual([event["kind"] for event in events], ["build_started", "build_finished"])
        self.assertEqual((events[1]["status"], events[1]["published"]), (4, False))
        self.assertEqual(server.notices("prpack/finding"), [])
        self.check_traffic(server)


class Changed(RunningTest):
    def test_something_is_where_a_plan_wants_to_write(self):
        server = self.open()
        os.mkdir(self.path("assets", "bay", ".asset.json.new"))
        before = read_tree(self.dir)
        error = server.fail("prpack/rename", asset="bay", new_name="harbour")
        self.assertEqual((error["code"], error["data"]["diagnostics"][0]["id"]), (CHANGED, "environment-write"))
        self.assertEqual(error["message"], error["data"]["diagnostics"][0]["message"])
        self.assertEqual(read_tree(self.dir), before)
        os.rmdir(self.path("assets", "bay", ".asset.json.new"))
        self.assertEqual(server.call("prpack/rename", asset="bay", new_name="harbour")["errors"], 0)
        self.check_traffic(server)


class Watching(RunningTest):
    def built(self, server):
        """The result of the next build."""
        return server.until(lambda message: message.get("method") == "prpack/built")["params"]

    def test_builds_on_change_until_it_is_cancelled(self):
        server = self.open(hello={"capabilities": {"events": True}})
        watch = server.request("prpack/watch", workDoneToken="w")
        self.assertTrue(server.result(watch)["published"])
        write(self.path("assets", "cave", "data.bin"), b"another cave")
        built = self.built(server)
        self.assertEqual(built["id"], watch)
        self.assertTrue(built["result"]["published"])
        os.remove(self.path("assets", "cave", "data.bin"))
        self.assertEqual(self.built(server)["result"]["errors"], 1)
        self.assertEqual(server.fail("prpack/watch")["code"], -32600)
        server.cancel(watch)
        server.until(lambda message: message.get("method") == "prpack/watchEnded")
        kinds = [event["kind"] for event in server.notices("prpack/event")]
        self.assertEqual(kinds.count("build_started"), 3)
        self.assertEqual(kinds.count("build_finished"), 3)
        self.check_traffic(server)
        write(self.path("assets", "cave", "data.bin"), b"a third cave")
        second = server.request("prpack/watch")
        self.assertTrue(server.result(second)["published"])

    def test_each_build_has_its_progress(self):
        server = self.open(hello={"capabilities": {"events": True}})
        watch = server.request("prpack/watch", workDoneToken="w")
        server.result(watch)
        self.check_one_build(server.seen[1:-1], True)
        before = len(server.seen)
        write(self.path("assets", "cave", "data.bin"), b"another cave")
        self.built(server)
        self.check_one_build(server.seen[before:-1], True)
        before = len(server.seen)
        with locked(self.dir):
            write(self.path("assets", "cave", "data.bin"), b"a third cave")
            server.until(lambda message: message.get("params", {}).get("value", {}).get("phase") == "waiting")
            server.cancel(watch)
            server.until(lambda message: message.get("method") == "prpack/watchEnded")
        self.check_one_build(server.seen[before:-1], False)
        self.check_traffic(server)

    def check_one_build(self, messages, published):
        """A begin, reports and an end, and the events of a build."""
        kinds = [message["params"]["value"]["kind"] for message in messages if message["method"] == "$/progress"]
        self.assertEqual([kinds[0], *(kind for kind in kinds if kind != "report"), kinds[-1]], ["begin", "begin", "end", "end"])
        events = [message["params"] for message in messages if message["method"] == "prpack/event"]
        finished = [event for event in events if event["kind"] == "build_finished"]
        self.assertEqual([event["kind"] for event in events].count("build_started"), 1)
        self.assertEqual([(event["status"], event["published"]) for event in finished], [(0 if published else 4, published)])

    def test_cancelled_at_once_it_makes_room_for_another(self):
        server = self.open()
        for number in range(20):
            watch = {"jsonrpc": "2.0", "id": number, "method": "prpack/watch"}
            cancel = {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": number}}
            server.send_bytes(framed(watch, "header") + framed(cancel, "header"))
            answer = server.answer(number)
            if "result" in answer:
                server.until(lambda message: message.get("method") == "prpack/watchEnded")
            else:
                self.assertEqual(answer["error"]["code"], CANCELLED)
        self.assertTrue(server.result(server.request("prpack/watch"))["summary"])

    def test_changes_wait_for_its_builds(self):
        server = self.open()
        watch = server.request("prpack/watch")
        server.result(watch)
        for number in range(20):
            server.call("prpack/rename", asset="1", new_name=f"bay_{number}")
        server.call("shutdown")
        self.assertEqual(server.seen[-2]["method"], "prpack/watchEnded")

    def test_without_a_workspace_there_is_none(self):
        empty = tempfile.mkdtemp(prefix="prpack-serve-")
        self.addCleanup(os.rmdir, empty)
        server = self.open(path=empty)
        watch = server.request("prpack/watch", workDoneToken="w")
        self.assertEqual(server.result(watch)["diagnostics"][0]["id"], "workspace-missing")
        self.assertEqual([notice["value"]["kind"] for notice in server.notices("$/progress")], ["begin", "end"])
        server.until(lambda message: message.get("method") == "prpack/watchEnded")
        self.assertEqual(server.fail("prpack/watch", output="")["code"], PARAMETERS)


class Trace(RunningTest):
    def test_each_message_is_written(self):
        server = self.open("--trace", "trace.jsonl")
        server.send(b"not json")
        server.call("prpack/list")
        server.end()
        with open(self.path("trace.jsonl"), encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        self.assertEqual([line["direction"] for line in lines], ["in", "out"] * 3)
        self.assertEqual([line["message"] for line in lines if line["direction"] == "out"], server.seen)
        self.assertEqual(lines[2]["text"], "not json")
        for line in lines:
            self.assertTrue(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"]))

    def test_a_file_that_cannot_be_written(self):
        ended = self.start("--trace", "no/trace").end()
        self.assertEqual(ended.code, 3)
        self.assertIn("no/trace", ended.err)
        server = self.open("--trace", "/dev/full")
        self.assertEqual(server.call("prpack/list")["command"], "list")
        self.assertIn("the trace ends here", server.end().err)
