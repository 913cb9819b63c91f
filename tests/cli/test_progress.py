"""What is told while the work goes on: on a terminal, elsewhere, as JSON, and not at all."""

import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import time

from harness.program import PRPACK
from workspace import WorkspaceTest

TERMINAL_LINE = re.compile(rb"\r\x1b\[K(packing|verifying|reading): +\d+ %, \d+ MB/s, \d+ s left")
PLAIN_LINE = re.compile(r"(packing|verifying|reading): +\d+ %, \d+ MB/s, \d+ s left")
PATIENCE = 60


class Progress(WorkspaceTest):
    def huge_pack(self):
        """A pack that says it has 4 TiB of payload, in a file full of holes: reading it takes longer than anybody waits."""
        size = 1 << 42
        header = json.dumps({"asset_table": [{
            "asset_id": 1, "asset_name": "a", "bank_type": "SCENE", "offset": 0, "size": size, "decoded_size": size,
            "codec": "NONE", "metadata": {}}], "preload": []}, separators=(",", ":")).encode()
        directory = self.dir
        if os.access("/dev/shm", os.W_OK):  # where holes that are read take no memory
            directory = tempfile.mkdtemp(prefix="prpack-cli-", dir="/dev/shm")
            self.addCleanup(shutil.rmtree, directory)
        path = os.path.join(directory, "huge.pa")
        with open(path, "wb") as file:
            file.write(struct.pack("<4sIIQIII", b"ASPA", 1, len(header), 32 + len(header), 0, 0, 0) + header)
            file.truncate(32 + len(header) + size)
        return path

    def large_workspace(self):
        """A source of 96 MiB of holes."""
        self.scene_workspace({"a": b""})
        with open(self.path("assets", "a", "data.bin"), "wb") as file:
            file.truncate(96 << 20)

    def run_until(self, enough, arguments, terminal=False):
        """Runs the program until its error stream has enough, or until it ends. Returns what came on that stream."""
        ours, theirs = pty.openpty() if terminal else os.pipe()
        process = subprocess.Popen([PRPACK, *arguments], cwd=self.dir, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=theirs)
        os.close(theirs)
        said = b""
        until = time.monotonic() + PATIENCE
        try:
            while not enough(said) and time.monotonic() < until:
                piece = os.read(ours, 4096)
                if not piece:
                    break
                said += piece
        except OSError:  # a terminal that nobody writes to any more
            pass
        process.kill()
        process.wait(PATIENCE)
        os.close(ours)
        return said

    def run_with_rest(self, seconds, *arguments, terminal=False):
        """Runs a build that rests for some time in the middle of its packing. Returns what it said on its error stream."""
        ours, theirs = pty.openpty() if terminal else os.pipe()
        staged = self.path("build", ".prpack-staging", "assets.pa")
        process = subprocess.Popen([PRPACK, "build", *arguments], cwd=self.dir, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        until = time.monotonic() + PATIENCE
        while not os.path.exists(staged) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.0005)
        process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        process.send_signal(signal.SIGCONT)
        said = b""
        try:
            while piece := os.read(ours, 4096):
                said += piece
        except OSError:
            pass
        os.close(ours)
        self.assertEqual(process.wait(PATIENCE), 0, said)
        return said

    def test_a_terminal_has_a_line_that_renews_itself(self):
        path = self.huge_pack()
        said = self.run_until(lambda said: len(TERMINAL_LINE.findall(said)) >= 3, ["inspect", path], terminal=True)
        self.assertGreaterEqual(len(TERMINAL_LINE.findall(said)), 3, said)
        self.assertNotIn(b"\n", said)

    def test_a_build_tells_of_packing_and_clears_its_line(self):
        self.large_workspace()
        said = self.run_with_rest(0.7, "--verify", terminal=True)
        self.assertRegex(said, rb"\r\x1b\[Kpacking: ")
        self.assertTrue(said.endswith(b"\r\x1b[K"), said)
        self.assertEqual(TERMINAL_LINE.sub(b"", said).replace(b"\r\x1b[K", b""), b"", said)

    def said_when_done_within(self, seconds, run):
        """What a run says that takes no longer. On a machine that is busy it may have to be tried again."""
        for _ in range(20):
            begun = time.monotonic()
            said = run()
            if time.monotonic() - begun < seconds:
                return said
        self.skipTest(f"this machine cannot do it within {seconds} s now")
        return None

    def test_work_that_is_done_soon_shows_nothing(self):
        self.scene_workspace({"a": b"1"})
        said = self.said_when_done_within(
            0.5, lambda: self.run_until(lambda said: False, ["build", "--verify", "--no-cache"], terminal=True))
        self.assertEqual(said, b"")

    def test_elsewhere_a_line_comes_every_few_seconds(self):
        path = self.huge_pack()
        begun = time.monotonic()
        said = self.run_until(lambda said: said.count(b"\n") >= 2, ["inspect", path]).decode()
        self.assertGreaterEqual(time.monotonic() - begun, 4)
        lines = said.splitlines()
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertRegex(line, PLAIN_LINE)
            self.assertIsNotNone(PLAIN_LINE.fullmatch(line), line)

    def test_elsewhere_a_short_rest_is_passed_over(self):
        self.large_workspace()
        self.assertEqual(self.said_when_done_within(2, lambda: self.run_with_rest(0.7, "--no-cache")), b"")

    def test_json_has_lines_of_its_own(self):
        path = self.huge_pack()
        said = self.run_until(lambda said: said.count(b"\n") >= 2, ["inspect", path, "--format", "json"])
        documents = [json.loads(line) for line in said.decode().splitlines()]
        self.assertGreaterEqual(len(documents), 2)
        before = 0
        for document in documents:
            self.assertEqual(document.keys(), {"progress", "bytes_done", "bytes_total", "bytes_per_second", "seconds_left"})
            self.assertEqual(document["progress"], "reading")
            self.assertEqual(document["bytes_total"], 1 << 42)
            self.assertGreater(document["bytes_done"], before)
            self.assertGreater(document["bytes_per_second"], 0)
            self.assertGreater(document["seconds_left"], 0)
            before = document["bytes_done"]

    def test_quiet_is_quiet(self):
        self.large_workspace()
        self.assertEqual(self.run_with_rest(0.7, "--quiet", terminal=True), b"")
        os.rename(self.path("build"), self.path("other"))
        self.assertEqual(self.run_with_rest(0.7, "--quiet", "--format", "json"), b"")
