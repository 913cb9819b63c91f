"""What prpack shows while it works: on a terminal, elsewhere, as JSON, and with --quiet.

The program under test has a clock that counts (tests/lib/clock.c): each look at it comes a fixed time after the one before.
"""

import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import tempfile

from harness.program import PATIENCE, WELL, start
from workspace import WorkspaceTest

CLOCKED = os.environ["PRPACK_CLOCKED"]
LINE = (r"(loading|probing|packing|hashing|syncing|writing|verifying|reading|comparing)"
        r": +\d+ %, \d+ (MB|assets)/s, \d+ s left")
TERMINAL_LINE = re.compile(rb"\r\x1b\[K" + LINE.encode())
PLAIN_LINE = re.compile(LINE)
BUILD = ["build", "--no-cache", "--jobs", "1"]


class Progress(WorkspaceTest):
    def huge_pack(self):
        """A pack that says it has 4 TiB of payload, in a file full of holes: to read it takes longer than any test."""
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
        """A source of 64 MiB of holes."""
        self.scene_workspace({"a": b""})
        with open(self.path("assets", "a", "data.bin"), "wb") as file:
            file.truncate(64 << 20)

    def error_stream(self, arguments, tick, terminal=False, enough=lambda said: False):
        """What the program writes on its error stream until it ends; or until that is enough, then the program is killed."""
        ours, theirs = pty.openpty() if terminal else os.pipe()
        process = start([CLOCKED, *arguments], self.dir, {"PRPACK_TEST_TICK": str(tick)}, stdout=subprocess.DEVNULL,
                        stderr=theirs)
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 4096):
                said += piece
                if enough(said):
                    process.kill()
        except OSError:  # a terminal that no process writes to any more
            pass
        os.close(ours)
        self.assertIn(process.wait(PATIENCE), (WELL, -signal.SIGKILL), said)
        return said

    def test_a_terminal_has_a_line_that_renews_itself(self):
        said = self.error_stream(["inspect", self.huge_pack()], 100, terminal=True,
                                 enough=lambda said: len(TERMINAL_LINE.findall(said)) >= 3)
        self.assertGreaterEqual(len(TERMINAL_LINE.findall(said)), 3, said)
        self.assertNotIn(b"\n", said)

    def test_a_build_shows_packing_and_clears_its_line(self):
        self.large_workspace()
        said = self.error_stream([*BUILD, "--verify"], 100, terminal=True)
        self.assertRegex(said, rb"\r\x1b\[Kpacking: ")
        self.assertRegex(said, rb"\r\x1b\[Kverifying: ")
        self.assertTrue(said.endswith(b"\r\x1b[K"), said)
        self.assertEqual(TERMINAL_LINE.sub(b"", said).replace(b"\r\x1b[K", b""), b"", said)

    def test_work_that_is_done_soon_shows_nothing(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.error_stream([*BUILD, "--verify"], 1, terminal=True), b"")
        self.assertNotEqual(self.error_stream([*BUILD, "--verify"], 500, terminal=True), b"")

    def lines_of(self, tick, *arguments, terminal=False):
        """How many lines a build of the large workspace shows."""
        said = self.error_stream([*BUILD, *arguments], tick, terminal)
        return len(TERMINAL_LINE.findall(said)) if terminal else said.count(b"\n")

    def lines_of_packing(self, terminal):
        return self.error_stream(BUILD, 1000, terminal).count(b"packing: ")

    def test_elsewhere_a_line_comes_every_three_seconds(self):
        self.large_workspace()
        # A look takes a second, and each report of progress looks twice: a terminal shows each report, elsewhere each second one
        # is 3 seconds or more after the line before.
        reports = self.lines_of_packing(terminal=True)
        self.assertGreater(reports, 20)
        self.assertAlmostEqual(self.lines_of_packing(terminal=False), reports / 2, delta=1)
        for line in self.error_stream(BUILD, 1000).decode().splitlines():
            self.assertIsNotNone(PLAIN_LINE.fullmatch(line), line)

    def test_elsewhere_work_of_less_than_three_seconds_shows_nothing(self):
        self.large_workspace()
        tick = 2500 // (2 * self.lines_of(1000, terminal=True) + 20)
        self.assertGreater(self.lines_of(tick, "--format", "json"), 0)
        self.assertEqual(self.lines_of(tick), 0)

    def test_json_has_lines_of_its_own(self):
        said = self.error_stream(["inspect", self.huge_pack(), "--format", "json"], 100, enough=lambda said: said.count(b"\n") >= 2)
        documents = [json.loads(line) for line in said[:said.rindex(b"\n")].decode().splitlines()]
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
        self.assertEqual(self.error_stream([*BUILD, "--quiet"], 1000, terminal=True), b"")
        self.assertEqual(self.error_stream([*BUILD, "--quiet", "--format", "json"], 1000), b"")
