"""SIGINT and SIGTERM: what a command leaves, says, and how it ends."""

import fcntl
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import tempfile
import time

from harness.program import PATIENCE, PRPACK, end, start
from harness.trees import read_tree, scratch_root, write
from workspace import WorkspaceTest

BUILD = ["build", "--no-cache", "--jobs", "2"]
NOTHING = "error[cancelled] nothing was published; what was there before is untouched."
LARGE = 1 << 28  # holes; packing them takes a moment
ENDLESS_SIZE = 1 << 40  # holes that are only read


class Signals(WorkspaceTest):
    def setUp(self):
        super().setUp()
        root = scratch_root()  # where holes that are read take no time on a disk
        if root is not None:
            self.dir = tempfile.mkdtemp(prefix="prpack-cli-", dir=root)
            self.addCleanup(shutil.rmtree, self.dir)

    def large_workspace(self, size=LARGE):
        self.scene_workspace({"a": b"1", "b": b"2"})
        self.assertEqual(self.run_here("build").code, 0)
        with open(self.path("assets", "b", "data.bin"), "wb") as file:
            file.truncate(size)
        return self.state()

    def state(self):
        """What there is beside the source that is too large to be compared."""
        tree = read_tree(self.path("assets", ".prometeu"), with_cache=True)
        return tree, read_tree(self.path("build")), sorted(os.listdir(self.dir))

    def huge_pack(self):
        header = json.dumps({"asset_table": [{
            "asset_id": 1, "asset_name": "a", "bank_type": "SCENE", "codec": "NONE", "decoded_size": ENDLESS_SIZE, "metadata": {},
            "offset": 0, "size": ENDLESS_SIZE}], "preload": []}, separators=(",", ":")).encode()
        path = self.path("huge.pa")
        with open(path, "wb") as file:
            file.write(b"ASPA" + (1).to_bytes(4, "little") + len(header).to_bytes(4, "little") +
                       (32 + len(header)).to_bytes(8, "little") + bytes(12) + header)
            file.truncate(32 + len(header) + ENDLESS_SIZE)
        return path

    def interrupted(self, arguments, number=signal.SIGINT, **options):
        """Sends the signal when the command has opened the large file, and waits for its end."""
        process = start([PRPACK, *arguments], self.dir, **options)
        wait_until(lambda: reads(process.pid, ("data.bin", "huge.pa", "assets.pa")))
        process.send_signal(number)
        begun = time.monotonic()
        ended = end(process)
        self.assertLess(time.monotonic() - begun, 5)  # the bound that is promised is measured where nothing else runs
        return ended

    def test_an_interrupted_build_leaves_everything_as_it_was(self):
        before = self.large_workspace()
        for number in (signal.SIGINT, signal.SIGTERM):
            ended = self.interrupted(BUILD, number)
            self.assertEqual(ended.code, -number, ended)
            self.assertEqual(ended.out, "")
            self.assertEqual(ended.err.count("\n"), 1, ended.err)
            self.assertTrue(ended.err.startswith(NOTHING), ended.err)
            self.assertEqual(self.state(), before)

    def test_directories_that_a_build_made_are_gone(self):
        self.large_workspace()
        ended = self.interrupted([*BUILD, "--output", "made/for/this"])
        self.assertEqual(ended.code, -signal.SIGINT, ended)
        self.assertFalse(os.path.exists(self.path("made")))

    def test_an_interrupted_examination_says_so(self):
        ended = self.interrupted(["inspect", self.huge_pack(), "absent.pa"])
        self.assertEqual(ended.code, -signal.SIGINT, ended)
        self.assertEqual(ended.out, "")
        self.assertRegex(ended.err, r"\A\S*huge\.pa: error\[cancelled\] [^\n]*\n\Z")

    def test_json_has_the_diagnostic(self):
        self.large_workspace()
        path = self.huge_pack()
        for arguments in ([*BUILD, "--format", "json"], ["inspect", path, "--format", "json"]):
            ended = self.interrupted(arguments)
            self.assertEqual(ended.code, -signal.SIGINT, ended)
            lines = [line for line in ended.err.splitlines() if not line.startswith('{"progress"')]
            self.assertEqual(lines, [])
            [document] = ended.documents()
            self.assertEqual([finding["id"] for finding in document["diagnostics"]], ["cancelled"])
            self.assertEqual(document["diagnostics"][0]["class"], "E")
            self.assertIn(document.get("published"), (False, None))
            self.assertIsNone(document.get("loads"))
            self.assertIsNone(document.get("conforms"))

    def test_a_terminal_sees_one_line(self):
        self.large_workspace()
        ours, theirs = pty.openpty()
        # A clock that counts shows the progress of a build that is soon done.
        process = start([os.environ["PRPACK_CLOCKED"], *BUILD], self.dir, {"PRPACK_TEST_TICK": "100"}, stdout=theirs, stderr=theirs)
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 4096):
                if b"packing:" in piece and b"packing:" not in said:
                    process.send_signal(signal.SIGINT)
                said += piece
        except OSError:  # the terminal has no other end any more
            pass
        os.close(ours)
        self.assertEqual(process.wait(PATIENCE), -signal.SIGINT, said)
        shown = re.sub(rb"\r\x1b\[K(packing:[^\r]*)?|\x1b\[[0-9;]*m", b"", said).decode()
        self.assertTrue(shown.startswith(NOTHING), said)
        self.assertEqual(shown.count("\n"), 1, said)

    def test_a_shell_sees_the_signal(self):
        self.scene_workspace({"a": b"1"})
        lock = os.open(self.path("assets", ".prometeu"), os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        script = f'"{PRPACK}" build --wait & sleep 0.2; kill -TERM $!; wait $!; echo $?'
        said = subprocess.run(["bash", "-c", script], cwd=self.dir, capture_output=True, timeout=PATIENCE, check=True).stdout
        os.close(lock)
        self.assertEqual(said.split()[-1:], [b"143"], said)

    def test_an_ignored_signal_stays_ignored(self):
        self.scene_workspace({"a": b"1"})
        lock = os.open(self.path("assets", ".prometeu"), os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start([PRPACK, "build", "--wait"], self.dir, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        wait_until(lambda: reads(process.pid, (".prometeu",)))
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        os.close(lock)
        self.assertEqual(end(process).code, 0)

    def test_a_wait_for_a_lock_ends(self):
        before = self.large_workspace(10)
        lock = os.open(self.path("assets", ".prometeu"), os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        for arguments, said in ((["build", "--wait"], NOTHING), (["add", "assets/a", "--wait"], "error[cancelled] nothing was added.")):
            process = start([PRPACK, *arguments], self.dir)
            wait_until(lambda: reads(process.pid, (".prometeu",)))
            time.sleep(0.05)
            process.send_signal(signal.SIGTERM)
            ended = end(process)
            self.assertEqual(ended.code, -signal.SIGTERM, ended)
            self.assertTrue(ended.err.startswith(said), ended.err)
            self.assertEqual(ended.err.count("\n"), 1)
        os.close(lock)
        self.assertEqual(self.state(), before)

    def test_a_wait_for_a_reader_ends_before_the_commit_point(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        before = self.state()
        self.edit_declaration("a", lambda document: document.update(name="other"))
        reader = os.open(self.path("build"), os.O_RDONLY)
        fcntl.flock(reader, fcntl.LOCK_SH)
        process = start([PRPACK, "build", "--wait"], self.dir)
        wait_until(lambda: os.path.exists(self.path("build", ".prpack-staging", "asset_table_metadata.json")))
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        ended = end(process)
        os.close(reader)
        self.assertEqual(ended.code, -signal.SIGINT, ended)
        self.assertTrue(ended.err.startswith(NOTHING), ended.err)
        self.assertEqual(ended.err.count("\n"), 1)
        self.assertEqual(self.state(), before)

    def test_a_signal_cuts_off_a_report_of_what_is_done(self):
        """Nobody reads the report: it fills the pipe, or waits for room in a full one when it is short."""
        for count, room in ((100, 0), (1, 4096)):
            with self.subTest(count):
                self.setUp()
                self.assertEqual(self.run_here("init").code, 0)
                roots = [f"assets/scene{number}" for number in range(count)]
                for root in roots:
                    write(self.path(root, "data.bin"), b"1")
                ours, theirs = os.pipe()
                fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, 4096)
                os.write(theirs, b" " * room)
                process = start([PRPACK, "add", "--type", "scene_bank", *roots], self.dir, stdout=theirs)
                os.close(theirs)
                wait_until(lambda: waits_for_room(process.pid))
                process.send_signal(signal.SIGINT)
                ended = end(process)
                os.close(ours)
                self.assertEqual(ended.code, -signal.SIGINT, ended)
                self.assertEqual(ended.err, "the signal cut off the report; the command was complete\n")
                self.assertEqual(len(json.loads(self.run_here("list", "--format", "json").out)["assets"]), count)

    def test_a_second_signal_ends_the_process_at_once(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        lock = os.open(self.path("assets", ".prometeu"), os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_EX)  # so that the build cannot end before the signals
        process = start([PRPACK, "build", "--no-cache", "--wait"], self.dir)
        for _ in range(2):
            process.send_signal(signal.SIGINT)
        self.assertEqual(end(process).code, -signal.SIGINT)
        os.close(lock)
        self.assertEqual(self.run_here("build").code, 0)


def reads(pid, names):
    """Whether the process has a file with one of these names open."""
    directory = f"/proc/{pid}/fd"
    try:
        return any(os.readlink(os.path.join(directory, fd)).endswith(names) for fd in os.listdir(directory))
    except OSError:  # it has just closed one
        return False


def waits_for_room(pid):
    """Whether the process is writing to its standard output, and waits."""
    try:
        with open(f"/proc/{pid}/syscall", encoding="ascii") as file:
            return file.read().split()[:2] == ["1", "0x1"]
    except OSError:
        return False


def wait_until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError("it did not come to that")
        time.sleep(0.001)
