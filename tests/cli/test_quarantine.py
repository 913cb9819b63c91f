"""remove, quarantine list, restore and purge: docs/contracts/workspace.md 8.7."""

import fcntl
import json
import os
import pty
import shutil
import signal
import termios

import xxhash

from harness.program import PATIENCE, PRPACK, start
from harness.trees import commit_edit, read, read_tree, write
from operation import OperationTest

HISTORY = "assets/.prometeu/history.jsonl"
INDEX = "assets/.prometeu/index.json"
QUARANTINE = "assets/.prometeu/quarantine"


class QuarantineTest(OperationTest):
    """A workspace of three scenes: 1 hero, 2 ui_bat, 3 cave."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"1", "ui/bat": b"2", "cave": b"3"})
        write(self.path("assets/hero/notes/old/idea.txt"), b"an idea")
        os.makedirs(self.path("assets/hero/empty"))
        os.symlink("../cave", self.path("assets/hero/link"))

    def inodes(self, *parts):
        root = self.path(*parts)
        return {os.path.relpath(os.path.join(at, name), root): os.lstat(os.path.join(at, name)).st_ino
                for at, directories, files in os.walk(root) for name in directories + files}

    def registry(self):
        return json.loads(read(self.path(INDEX)))

    def change(self, *words):
        """A dry run, which changes nothing, and the real run: both say the same."""
        stamps = self.stamps()
        dry = self.document(*words, "--dry-run")
        self.assertEqual(self.stamps(), stamps)
        real = self.document(*words)
        self.assertEqual({**dry, "dry_run": False}, real)
        return real

    def refuse(self, diagnostic, *words, said="", code=1):
        before, stamps = read_tree(self.dir), self.stamps()
        for extra in (("--dry-run",), ()):
            document = self.document(*words, *extra, code=code)
            self.assertEqual({finding["id"] for finding in document["diagnostics"]}, {diagnostic})
            self.assertIn(said, " ".join(finding["message"] for finding in document["diagnostics"]))
            self.assertEqual((document["assets"], document["plan"]), ([], []))
            if extra:
                self.assertEqual(self.stamps(), stamps)
        self.assertEqual(read_tree(self.dir), before)
        return document["diagnostics"][0]

    def record(self, folder):
        return json.loads(read(self.path(QUARANTINE, folder, "record.json")))

    def write_record(self, folder, **changes):
        write(self.path(QUARANTINE, folder, "record.json"), json.dumps({**self.record(folder), **changes}))

    def folders(self):
        return self.document("quarantine", "list")["folders"]


class Remove(QuarantineTest):
    def test_an_asset_goes_into_a_folder_whole(self):
        files, inodes, registry = read_tree(self.path("assets/hero")), self.inodes("assets/hero"), self.registry()
        document = self.change("remove", "hero")
        self.assertEqual([(step["action"], step["from"], step["to"]) for step in document["plan"]], [
            ("write", None, f"{QUARANTINE}/0001/record.json"), ("move", "assets/hero", f"{QUARANTINE}/0001/files"), ("write", None, INDEX)])
        self.assertEqual(read_tree(self.path(QUARANTINE, "0001/files")), files)
        self.assertEqual(self.inodes(QUARANTINE, "0001/files"), inodes)
        self.assertFalse(os.path.lexists(self.path("assets/hero")))
        self.assertEqual(self.registry(), {**registry, "assets": registry["assets"][1:]})
        record = self.record("0001")
        self.assertEqual({key: record[key] for key in ("schema_version", "operation", "asset_name")}, {"schema_version": 1, "operation": 1, "asset_name": "hero"})
        self.assertEqual({key: record[key] for key in registry["assets"][0]}, registry["assets"][0])
        kept = {path: content for path, content in files.items() if isinstance(content, bytes)}
        self.assertEqual(record["files"], [{"path": path, "size": len(kept[path]), "xxh3": xxhash.xxh3_128_hexdigest(kept[path])} for path in sorted(kept)])
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_several_assets_have_folders_of_their_own(self):
        self.run_here("exclude", "cave")
        document = self.change("remove", "cave", "1", "hero")
        self.assertEqual([(asset["asset_id"], asset["folder"]) for asset in document["assets"]], [(1, "0002"), (3, "0003")])
        self.assertEqual([(each["operation"], each["included_in_build"]) for each in self.folders()], [(2, True), (3, False)])
        self.run_here("exclude", "2")
        self.assertEqual([json.loads(line)["operation"] for line in read(self.path(HISTORY)).splitlines()], [1, 3, 4])

    def test_a_root_that_is_gone(self):
        shutil.rmtree(self.path("assets/hero"))
        document = self.change("remove", "assets/hero")
        self.assertEqual((document["assets"][0]["has_files"], document["assets"][0]["name"]), (False, None))
        self.assertEqual(sorted(os.listdir(self.path(QUARANTINE, "0001"))), ["record.json"])
        self.assertEqual([step["action"] for step in document["plan"]], ["write", "write"])

    def test_a_broken_declaration(self):
        write(self.path("assets/hero/asset.json"), b"{")
        self.change("remove", "1")
        self.assertIsNone(self.record("0001")["asset_name"])

    def test_links_are_not_moved(self):
        os.rename(self.path("assets/hero"), self.path("assets/real"))
        os.symlink("real", self.path("assets/hero"))
        self.refuse("root-invalid", "remove", "1")
        os.rename(self.path("assets/ui"), self.path("assets/other"))
        os.symlink("other", self.path("assets/ui"))
        self.refuse("root-invalid", "remove", "2", "3")

    def test_a_quarantine_behind_a_link(self):
        os.makedirs(self.path("assets/store/kept"))
        os.symlink("../store/kept", self.path(QUARANTINE))
        self.refuse_place("remove", "hero", at=QUARANTINE)
        os.remove(self.path(QUARANTINE))
        self.run_here("remove", "hero")
        os.rename(self.path("assets/.prometeu"), self.path("assets/store/registry"))
        os.symlink("store/registry", self.path("assets/.prometeu"))
        self.assertEqual([folder["folder"] for folder in self.folders()], ["0001"])
        for words in (("remove", "cave"), ("quarantine", "restore", "1"), ("undo",)):
            self.refuse_place(*words, at="assets/.prometeu")
        self.assertEqual(self.run_here("exclude", "cave").code, 0)
        self.assertEqual(self.run_here("undo").code, 0)
        os.remove(self.path("assets/.prometeu"))
        os.rename(self.path("assets/store/registry"), self.path("assets/.prometeu"))
        self.change("quarantine", "restore", "1")

    def refuse_place(self, *words, at):
        before = read_tree(self.dir)
        for extra in (("--dry-run",), ()):
            self.assert_one_line(self.run_here(*words, *extra), 3, "environment-write", at + ":", "is a link", "Put a directory in its place")
        self.assertEqual(read_tree(self.dir), before)

    def test_ids_are_never_given_again(self):
        self.run_here("remove", "cave")
        write(self.path("assets/dune/dune.bin"), b"4")
        self.assertEqual(self.document("add", "dune", "--type", "scene_bank")["asset"]["asset_id"], 4)

    def test_a_workspace_between_two_states(self):
        commit_edit(self.path("assets", ".prometeu"))
        stamps = self.stamps()
        self.assert_one_line(self.run_here("remove", "1", "--dry-run"), 3, "edit-pending")
        self.assertEqual(self.stamps(), stamps)
        self.assertEqual(self.run_here("remove", "1").code, 0)

    def test_unknown_assets(self):
        self.refuse("asset-unknown", "remove", "nix", "hero")
        self.assertEqual(self.run_here("remove").code, 2)


class Listing(QuarantineTest):
    def test_folders(self):
        self.assertEqual(self.folders(), [])
        self.assertEqual(self.run_here("quarantine", "list").out, "the quarantine is empty\n")
        self.run_here("remove", "ui_bat")
        folder, = self.folders()
        self.assertEqual({key: folder[key] for key in ("folder", "operation", "fault", "has_files", "asset_id", "name", "root", "included_in_build", "files")},
                         {"folder": "0001", "operation": 1, "fault": None, "has_files": True, "asset_id": 2, "name": "ui_bat", "root": "ui/bat",
                          "included_in_build": True, "files": 2})
        self.assertEqual(folder["bytes"], sum(len(content) for content in read_tree(self.path(QUARANTINE, "0001/files")).values()))
        line = self.run_here("quarantine", "list").out.splitlines()[1]
        self.assertEqual(line.split()[0::2][0], "0001")
        self.assertIn("ui_bat", line)

    def test_only_numbered_folders_count(self):
        for name in ("0", "x1", "1x", "+1", "1000000000000", "notes", ".7"):
            os.makedirs(self.path(QUARANTINE, name))
        write(self.path(QUARANTINE, "12"), b"a file")
        os.symlink("/", self.path(QUARANTINE, "13"))
        self.assertEqual(self.folders(), [])

    def test_what_is_not_a_directory_is_no_quarantine(self):
        os.symlink("/", self.path(QUARANTINE))
        self.assertEqual(self.folders(), [])
        os.remove(self.path(QUARANTINE))
        write(self.path(QUARANTINE), b"")
        self.assertEqual(self.folders(), [])

    def test_broken_records_are_listed(self):
        self.run_here("remove", "hero")
        whole = self.record("0001")
        broken = [b"", b"{", b"[]", b"\xff", b"[" * 1000]
        for key, values in {"schema_version": (2, "1"), "operation": (2, 0, -1, 1e99, "1"), "asset_id": (0, -1, 1 << 31, 1.5, None), "asset_uuid": ("", "x", 5),
                            "root": ("", "../x", "/x", "a//b", ".prometeu/x", "a\\b", 7), "included_in_build": (1, "true", None), "time": (5, None), "asset_name": (5, {}),
                            "files": ({}, None, [5], [{"path": "x", "size": -1}], [{"size": 1e300}], [{"size": (1 << 53) - 1}] * 2)}.items():
            broken += [json.dumps({**whole, key: value}).encode() for value in values]
            broken.append(json.dumps({other: value for other, value in whole.items() if other != key}).encode())
        for content in broken:
            with self.subTest(content=content[:300]):
                write(self.path(QUARANTINE, "0001/record.json"), content)
                folder, = self.folders()
                self.assertIsNotNone(folder["fault"])
                self.assertIsNone(folder["asset_id"])
                self.refuse("restore-blocked", "quarantine", "restore", "1", said="record.json")

    def test_records_that_are_not_files(self):
        self.run_here("remove", "hero")
        path = self.path(QUARANTINE, "0001/record.json")
        os.rename(path, self.path("record.json"))
        for make in (lambda: os.symlink(self.path("record.json"), path), lambda: os.mkfifo(path), lambda: os.makedirs(path)):
            make()
            self.assertIsNotNone(self.folders()[0]["fault"])
            self.refuse("restore-blocked", "quarantine", "restore", "1")
            (os.rmdir if os.path.isdir(path) else os.remove)(path)

    def test_words(self):
        for words in ((), ("nix",), ("--assets", "x"), ("restore",), ("list", "1")):
            self.assertEqual(self.run_here("quarantine", *words).code, 2)
        for words in (["quarantine", "--help"], ["quarantine", "-h"], ["help", "quarantine"], ["--help", "quarantine"]):
            said = self.run_here(*words)
            self.assertEqual((said.code, said.err), (0, ""), words)
            self.assertTrue(said.out.startswith("usage: prpack quarantine COMMAND"), words)
            for command in ("list", "restore N...", "purge [N...]"):
                self.assertIn(f"\n  quarantine {command} ", said.out, words)
            self.assertNotIn("  init", said.out)
        self.assertIn("usage: prpack quarantine list", self.run_here("quarantine", "--help", "list").out)
        self.assertIn("usage: prpack quarantine purge", self.run_here("help", "quarantine", "purge").out)
        self.assertEqual(self.run_here("help", "quarantine", "prge").code, 2)
        self.assertIn("usage: prpack quarantine restore", self.run_here("quarantine", "restore", "--help").out)
        self.assertIn("list, restore, purge", self.run_here("quarantine").err)


class Restore(QuarantineTest):
    def test_everything_is_as_it_was(self):
        self.run_here("exclude", "cave")
        assets, registry, inodes = read_tree(self.path("assets")), read(self.path(INDEX)), self.inodes("assets/hero")
        for number in ("2", "02", "0002"):
            with self.subTest(number=number):
                self.assertEqual(self.run_here("remove", "hero", "cave").code, 0)
                write(self.path(HISTORY), read(self.path(HISTORY)).splitlines(keepends=True)[0])
                document = self.change("quarantine", "restore", "3", number)
                self.assertEqual([(asset["asset_id"], asset["included_in_build"]) for asset in document["assets"]], [(1, True), (3, False)])
                self.assertEqual([step["action"] for step in document["plan"]], ["move", "delete", "move", "delete", "write"])
                self.assertEqual(os.listdir(self.path(QUARANTINE)), [])
                self.assertEqual(read(self.path(INDEX)), registry)
                self.assertEqual(self.inodes("assets/hero"), inodes)
                os.rmdir(self.path(QUARANTINE))
                write(self.path(HISTORY), read(self.path(HISTORY)).splitlines(keepends=True)[0])
                self.assertEqual(read_tree(self.path("assets")), assets)
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_directories_above_are_made_again(self):
        self.run_here("remove", "ui_bat")
        os.rmdir(self.path("assets/ui"))
        self.change("quarantine", "restore", "1")
        self.assertTrue(os.path.isfile(self.path("assets/ui/bat/asset.json")))

    def test_a_record_without_files(self):
        shutil.rmtree(self.path("assets/hero"))
        registry = self.registry()
        self.run_here("remove", "1")
        self.assertFalse(self.change("quarantine", "restore", "1")["assets"][0]["has_files"])
        self.assertEqual(self.registry(), registry)

    def test_what_is_in_the_way(self):
        self.run_here("remove", "hero")
        for make, drop in ((lambda path: os.makedirs(path), os.rmdir), (lambda path: write(path, b""), os.remove), (lambda path: os.symlink("nowhere", path), os.remove)):
            make(self.path("assets/hero"))
            self.refuse("restore-blocked", "quarantine", "restore", "1", said=": assets/hero")
            drop(self.path("assets/hero"))
        self.run_here("remove", "ui_bat")
        os.rmdir(self.path("assets/ui"))
        os.symlink("cave", self.path("assets/ui"))
        self.refuse("restore-blocked", "quarantine", "restore", "2", said="link")
        os.remove(self.path("assets/ui"))
        write(self.path("assets/ui"), b"")
        self.refuse("restore-blocked", "quarantine", "restore", "2", said="not a directory")
        self.refuse("quarantine-unknown", "quarantine", "restore", "1", "2", "7")
        os.remove(self.path("assets/ui"))
        self.change("quarantine", "restore", "1", "2")

    def test_what_the_registry_has(self):
        self.run_here("remove", "hero")
        self.run_here("move", "cave", "hero")
        self.refuse("restore-blocked", "quarantine", "restore", "1", said="that of another asset")
        self.run_here("move", "cave", "hero2")
        self.run_here("move", "cave", "hero/cave")
        self.refuse("restore-blocked", "quarantine", "restore", "1", said="around it")
        self.run_here("move", "cave", "cave")
        os.rmdir(self.path("assets/hero"))
        for changes in ({"asset_id": 3}, {"asset_uuid": "00000000-0000-4000-8000-000000000003"}, {"root": "cave"}, {"root": "cave/x"}, {"root": "ui"}, {"asset_id": 4},
                        {"asset_id": (1 << 31) - 1}):
            whole = read(self.path(QUARANTINE, "0001/record.json"))
            self.write_record("0001", **changes)
            self.refuse("restore-blocked", "quarantine", "restore", "1")
            write(self.path(QUARANTINE, "0001/record.json"), whole)
        self.change("quarantine", "restore", "1")

    def test_the_asset_came_back_in_another_way(self):
        before = read_tree(self.dir)
        self.run_here("remove", "hero")
        for path, content in before.items():
            if isinstance(content, bytes) and ("hero" in path or path.endswith("index.json")):
                write(self.path(path), content)
        self.assertIn("the asset is registered", self.run_here("quarantine", "restore", "001").said)
        self.assertIn("run prpack quarantine purge 001.", self.run_here("quarantine", "restore", "001").said)

    def test_the_id_was_given_on_another_branch(self):
        before = read_tree(self.dir)
        write(self.path("assets/dune/dune.bin"), b"4")
        self.run_here("add", "dune", "--type", "scene_bank")
        self.run_here("remove", "dune")
        write(self.path("assets/.prometeu/index.json"), before["assets/.prometeu/index.json"])
        said = self.run_here("quarantine", "restore", "2").said
        self.assertIn("its id was never given in this workspace", said)
        self.assertIn("on the branch where the asset was removed", said)

    def test_files_that_are_not_there(self):
        self.run_here("remove", "hero")
        shutil.rmtree(self.path(QUARANTINE, "0001/files"))
        self.refuse("restore-blocked", "quarantine", "restore", "1")
        os.symlink("/", self.path(QUARANTINE, "0001/files"))
        self.refuse("restore-blocked", "quarantine", "restore", "1")

    def test_a_name_that_is_taken(self):
        self.run_here("remove", "hero")
        self.run_here("rename", "cave", "hero")
        document = self.change("quarantine", "restore", "1")
        self.assertEqual([(finding["id"], finding["severity"]) for finding in document["diagnostics"]], [("restore-excluded", "warning")])
        self.assertFalse(document["assets"][0]["included_in_build"])
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_a_slot_that_is_taken(self):
        for root in ("hero", "cave"):
            if root == "cave":
                self.run_here("remove", "hero")
            path = self.path("assets", root, "asset.json")
            write(path, json.dumps({**json.loads(read(path)), "preload": {"enabled": True, "slot": 3}}))
        document = self.change("quarantine", "restore", "1")
        self.assertEqual([finding["id"] for finding in document["diagnostics"]], ["restore-excluded"])
        self.assertFalse(document["assets"][0]["included_in_build"])
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_two_with_one_name(self):
        self.run_here("remove", "hero")
        self.run_here("rename", "cave", "hero")
        self.run_here("remove", "cave")
        document = self.change("quarantine", "restore", "1", "3")
        self.assertEqual([asset["included_in_build"] for asset in document["assets"]], [True, False])

    def test_numbers(self):
        self.run_here("remove", "hero")
        for number in ("", "0", "2", "x", "+1", "1x", "../1", "0001/", "99999999999999999999999"):
            self.refuse("quarantine-unknown", "quarantine", "restore", number)
        shutil.copytree(self.path(QUARANTINE, "0001"), self.path(QUARANTINE, "1"), symlinks=True)
        self.refuse("quarantine-unknown", "quarantine", "restore", "01", said="several")
        self.change("quarantine", "restore", "1", "1")
        self.assertEqual(os.listdir(self.path(QUARANTINE)), ["0001"])

    def test_other_files_in_a_folder_stay(self):
        self.run_here("remove", "hero")
        write(self.path(QUARANTINE, "0001/mine.txt"), b"mine")
        self.change("quarantine", "restore", "1")
        self.assertEqual(os.listdir(self.path(QUARANTINE, "0001")), ["mine.txt"])


class Purge(QuarantineTest):
    def purge(self, *words, folders, code=0):
        """A dry run and the real run."""
        before, stamps = read_tree(self.dir), self.stamps()
        dry = self.document("quarantine", "purge", *words, "--dry-run", code=code)
        self.assertEqual(self.stamps(), stamps)
        real = self.document("quarantine", "purge", *words, "--yes", code=code)
        self.assertEqual({**dry, "dry_run": False}, real)
        self.assertEqual([folder["folder"] for folder in real["folders"]], folders)
        gone = {f"{QUARANTINE}/{folder}" for folder in folders}
        self.assertEqual(read_tree(self.dir), {key: content for key, content in before.items()
                                               if not any(key == each or key.startswith(each + "/") for each in gone)})
        self.assertEqual([(step["action"], step["from"], step["to"]) for step in real["plan"]], [("delete", None, f"{QUARANTINE}/{folder}") for folder in folders])
        return real

    def setUp(self):
        super().setUp()
        self.run_here("remove", "1", "2", "3")

    def test_by_number(self):
        real = self.purge("1", "0003", folders=["0001", "0003"])
        self.assertEqual(real["files"], 7)
        self.purge("02", folders=["0002"])

    def test_all(self):
        os.makedirs(self.path(QUARANTINE, "0009"))
        os.makedirs(self.path(QUARANTINE, "mine"))
        write(self.path(QUARANTINE, "0010/record.json"), b"{")
        self.purge("--all", folders=["0001", "0002", "0003", "0009", "0010"])
        self.purge("--all", folders=[])

    def test_by_age(self):
        self.write_record("0001", time="2001-01-01T00:00:00Z")
        write(self.path(QUARANTINE, "0002/record.json"), b"{")
        self.purge("--older-than", "30d", folders=["0001"])
        self.purge("--older-than", "1h", folders=[])
        self.write_record("0003", time="2001-01-01")
        self.purge("--older-than", "0h", folders=[])

    def test_links_and_what_is_read_only(self):
        write(self.path("outside/file"), b"precious")
        os.symlink(self.path("outside"), self.path(QUARANTINE, "0001/files/out"))
        os.symlink(self.path("outside/file"), self.path(QUARANTINE, "0001/out"))
        os.mkfifo(self.path(QUARANTINE, "0001/files/fifo"))
        os.chmod(self.path(QUARANTINE, "0001/files/data.bin"), 0o400)
        self.purge("1", folders=["0001"])
        self.assertEqual(read(self.path("outside/file")), b"precious")

    def test_a_deep_tree(self):
        os.makedirs(self.path(QUARANTINE, "0001/files", *["d"] * 500))
        self.purge("1", folders=["0001"])

    def test_what_a_killed_purge_left_is_deleted(self):
        os.rename(self.path(QUARANTINE, "0001"), self.path(QUARANTINE, ".purge-0001"))
        self.assertEqual([folder["folder"] for folder in self.folders()], ["0002", "0003"])
        self.document("quarantine", "purge", "2", "--yes")
        self.assertEqual(os.listdir(self.path(QUARANTINE)), ["0003"])

    def test_what_is_refused(self):
        before = read_tree(self.dir)
        for words in (("1",), ("--all",), (), ("--yes",), ("1", "--all", "--yes"), ("--all", "--older-than", "1d", "--yes"), ("--older-than", "", "--yes"),
                      ("--older-than", "1", "--yes"), ("--older-than", "d", "--yes"), ("--older-than", "1y", "--yes"), ("--older-than", "-1d", "--yes"),
                      ("--older-than", "99999999999999999999d", "--yes"), ("--older-than", "1d2", "--yes")):
            self.assertEqual(self.run_here("quarantine", "purge", *words).code, 2, words)
        for words in (("7", "1"), ("x",), ("",), ("../0001",)):
            self.assertEqual(self.run_here("quarantine", "purge", *words, "--yes").code, 1, words)
        self.assertEqual(read_tree(self.dir), before)


class Question(QuarantineTest):
    """purge without --yes, on a terminal."""

    def setUp(self):
        super().setUp()
        self.run_here("remove", "1", "2")

    def ask(self, answer, *words, code=0, meanwhile=lambda: None):
        """Gives an answer, or none, to the question. Returns what the terminal shows; after a signal nothing is awaited but the end."""
        ours, theirs = pty.openpty()
        process = start([PRPACK, "quarantine", "purge", *words], self.dir, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
                        preexec_fn=lambda: fcntl.ioctl(theirs, termios.TIOCSCTTY, 0))
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
                if shown.endswith(b"[y/N] "):
                    meanwhile()
                    os.write(ours, answer)
        except OSError:  # the terminal has no other end any more
            pass
        os.close(ours)
        self.assertEqual(process.wait(PATIENCE), code, shown)
        return shown.decode().replace("\r\n", "\n")

    def test_yes(self):
        for answer, number in ((b"y\n", "1"), (b"YES\n", "2")):
            shown = self.ask(answer, number)
            self.assertRegex(shown, r"^Delete 1 folder with \d files, [\d,]+ bytes, for good\? \[y/N\] ")
            self.assertIn("deleted 1 folder with ", shown)
        self.assertEqual(self.folders(), [])

    def test_anything_else(self):
        before, stamps = read_tree(self.dir), self.stamps()
        for answer in (b"n\n", b"\n", b"yikes\n", b"\x04", b"no, the other one, which is older than this\n"):
            shown = self.ask(answer, "--all")
            self.assertTrue(shown.endswith("nothing was deleted\n"), shown)
            self.assertNotIn("would", shown)
        self.assertEqual((read_tree(self.dir), self.stamps()), (before, stamps))

    def test_a_report_for_programs(self):
        shown = self.ask(b"n\n", "--all", "--format", "json")
        document = json.loads(shown.splitlines()[-1])
        self.assertEqual((document["dry_run"], len(document["folders"])), (True, 2))
        self.assertEqual(len(self.folders()), 2)
        document = json.loads(self.ask(b"y\n", "--all", "--format", "json").splitlines()[-1])
        self.assertEqual((document["dry_run"], len(document["folders"])), (False, 2))
        self.assertEqual(self.folders(), [])

    def test_a_signal_ends_it_at_once(self):
        before = read_tree(self.dir)
        shown = self.ask(b"\x03", "--all", code=-signal.SIGINT)
        self.assertIn("nothing was deleted", shown)
        self.assertEqual(read_tree(self.dir), before)

    def test_only_what_the_question_was_about_is_deleted(self):
        self.ask(b"y\n", "--all", meanwhile=lambda: self.run_here("remove", "3"))
        self.assertEqual([folder["folder"] for folder in self.folders()], ["0003"])

    def test_nothing_to_ask(self):
        self.run_here("quarantine", "purge", "--all", "--yes")
        self.assertEqual(self.ask(b"", "--all"), "there is nothing to delete\n")
        self.assertIn("error[quarantine-unknown]", self.ask(b"", "7", code=1))
