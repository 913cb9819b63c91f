"""extract: docs/contracts/extract.md."""

import fcntl
import json
import os
import shutil
import signal
import subprocess

import xxhash
from extracting import BUILDS, INVALID, ExtractTest, builder, built_demo, scenes_pack
from harness.program import PRPACK, end, start
from harness.trees import Scratch, read, read_tree, write
from test_signals import reads, wait_until


class Extract(ExtractTest):
    def test_what_is_written_is_listed_and_nothing_else_is_there(self):
        self.pack(read(os.path.join(BUILDS, "sounds", "assets.pa")))
        document = self.report("game.pa", "--to", "out")
        tree = {path: content for path, content in read_tree(self.path("out"), with_cache=True).items() if content is not None}
        listed = {file["path"]: file["size"] for asset in document["assets"] for file in asset["files"]}
        others = {"assets/.prometeu/index.json", "assets/.prometeu/.gitignore"}
        self.assertEqual({path: len(content) for path, content in tree.items() if path not in others}, listed)
        self.assertEqual(set(tree) - set(listed), others)
        self.assertEqual((document["file"], document["directory"], document["conforms"], document["dry_run"]), ("game.pa", "out", True, False))
        self.assertEqual((document["files"], document["bytes"]), (len(tree), sum(map(len, tree.values()))))
        table = json.loads(read(os.path.join(BUILDS, "sounds", "asset_table.json")))
        self.assertEqual([(asset["asset_id"], asset["asset_name"], asset["bank_type"]) for asset in document["assets"]],
                         [(entry["asset_id"], entry["asset_name"], entry["bank_type"]) for entry in table])

    def test_people_get_a_line_for_each_asset_and_a_sum(self):
        self.pack(scenes_pack(["hero", "the bay"]))
        self.assertEqual(self.extract("game.pa", "--to", "out").out, (
            "id  name     format        directory            files\n"
            " 1  hero     SCENE/raw_v1  assets/0001-hero     asset.json, scene.bin\n"
            " 2  the bay  SCENE/raw_v1  assets/0002-the-bay  asset.json, scene.bin\n"
            f"wrote 2 assets into out: 6 files, {sum(len(content) for content in read_tree(self.path('out')).values() if content):,} bytes\n"))
        self.assertEqual(self.extract("game.pa", "--to", "other", "-q").said, "")

    def test_a_dry_run_says_the_same_and_writes_nothing(self):
        self.pack(scenes_pack(["hero"]))
        os.mkdir(self.path("there"))
        before = self.stamps()
        for target in ("out", "there"):
            dry = self.report("game.pa", "--to", target, "--dry-run")
            self.assertIn("would write 1 asset into", self.extract("game.pa", "--to", target, "--dry-run").out)
            self.assertEqual(self.stamps(), before)
            with Scratch() as other:
                done = self.report("game.pa", "--to", os.path.join(other, target))
                self.assertEqual({**done, "directory": target, "dry_run": True}, dry)

    def test_a_dry_run_refuses_what_a_run_refuses(self):
        self.pack(scenes_pack(["hero"]))
        write(self.path("full", "notes.txt"), "mine")
        for words, code in ((("game.pa", "--to", "full"), 2), (("game.pa", "villain", "--to", "out"), 2), (("game.pa", "--to", "no/where"), 2)):
            before = self.stamps()
            self.assertEqual(self.report(*words, "--dry-run", code=code)["diagnostics"], self.report(*words, code=code)["diagnostics"])
            self.assertEqual(self.stamps(), before)

    def test_equal_packs_give_equal_files(self):
        demo = built_demo(self)
        shutil.copy(os.path.join(demo, "build", "assets.pa"), self.path("game.pa"))
        self.extract("game.pa", "--to", "one", "-q")
        self.extract("demo/build/../../game.pa", "--to", "two/", "-q", "-j", "1")
        self.assertEqual(read_tree(self.path("one")), read_tree(self.path("two")))

    def test_a_part_of_a_pack_is_a_workspace_and_ids_are_not_given_again(self):
        self.pack(scenes_pack(["a", "b", "c"]))
        self.extract("game.pa", "b", "1", "b", "--to", "out", "-q")
        registry = self.registry()
        self.assertEqual([(record["asset_id"], record["root"]) for record in registry["assets"]], [(1, "0001-a"), (2, "0002-b")])
        self.assertEqual(registry["next_asset_id"], 4)
        self.assertEqual(self.run_here("-C", "out", "build", "-q", "--verify").said, "")
        self.assertEqual(self.report("out/build", "--to", "again")["conforms"], True)

    def test_an_asset_that_is_none_or_several_is_refused(self):
        self.pack(scenes_pack(["hero", "x", "x"]))
        self.assertRegex(self.extract("game.pa", "hera", "--to", "out", code=2).err, r"(?m)^hera: error\[asset-unknown\] .* Did you mean hero\?$")
        self.assertRegex(self.extract("game.pa", "nothing like it", "--to", "out", code=2).err, r"(?m)^nothing like it: error\[asset-unknown\] .* prpack inspect lists")
        several = self.report("game.pa", "x", "--to", "out", code=2)
        found, = [each for each in several["diagnostics"] if each["id"] == "asset-unknown"]
        self.assertEqual(found["actual"], 'asset 2 "x", asset 3 "x"')
        self.assertFalse(os.path.exists(self.path("out")))
        self.assertEqual((several["assets"], several["files"]), ([], 0))

    def test_a_number_that_is_an_id_names_that_asset(self):
        self.pack(scenes_pack(["2", "1", "7"]))
        self.assertEqual([asset["asset_id"] for asset in self.report("game.pa", "2", "7", "--to", "out")["assets"]], [2, 3])

    def test_the_root_and_the_uuid_name_an_asset(self):
        self.pack(scenes_pack(["hero", "bay"]))
        self.extract("game.pa", "--to", "all", "-q")
        uuid = self.registry("all")["assets"][1]["asset_uuid"]
        self.extract("game.pa", "0001-hero", "--to", "one", "-q")
        self.extract("game.pa", uuid, "--to", "two", "-q")
        self.assertEqual([self.registry(name)["assets"][0]["asset_id"] for name in ("one", "two")], [1, 2])

    def test_uuids_have_the_id_and_the_header(self):
        data = scenes_pack(["hero", "bay"])
        self.pack(data)
        self.extract("game.pa", "--to", "out", "-q")
        header = data[32:32 + int.from_bytes(data[8:12], "little")]
        digits = xxhash.xxh3_128(header).hexdigest()
        for record in self.registry()["assets"]:
            uuid = record["asset_uuid"].replace("-", "")
            self.assertRegex(record["asset_uuid"], r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
            self.assertEqual(int(uuid[:8], 16), record["asset_id"])
            self.assertEqual((uuid[12], uuid[16]), ("8", f"{int(digits[8], 16) & 3 | 8:x}"))
            self.assertEqual(uuid[8:12] + uuid[13:16] + uuid[17:], digits[:4] + digits[5:8] + digits[9:24])
            self.assertEqual(self.declaration(record["root"])["asset_uuid"], record["asset_uuid"])

    def test_a_cartridge_and_the_directory_of_a_build_are_packs(self):
        demo = built_demo(self)
        pack = read(os.path.join(demo, "build", "assets.pa"))
        shutil.copytree(os.path.join(demo, "build"), self.path("cartridge"))
        write(self.path("cartridge", "manifest.json"), json.dumps({
            "magic": "PMTU", "cartridge_version": 1, "app_id": 1, "title": "t", "app_version": "1", "app_mode": "Game", "capabilities": ["asset"]}))
        for number, path in enumerate(("cartridge", "demo/build", "demo/build/assets.pa")):
            self.extract(path, "--to", f"out{number}", "-q")
            self.assertEqual(self.rebuilt(f"out{number}"), pack)

    def test_a_pack_that_does_not_load_leaves_nothing(self):
        for name in sorted(os.listdir(INVALID))[::40]:
            ended = self.run_here("inspect", os.path.join(INVALID, name), "--format", "json")
            if ended.documents()[0]["loads"] is False:
                document = self.report(os.path.join(INVALID, name), "--to", "out", code=1)
                self.assertEqual((document["conforms"], document["assets"]), (False, []))
                self.assertFalse(os.path.exists(self.path("out")), name)
        self.assert_one_line(self.run_here("extract", "absent.pa", "--to", "out"), 3, "environment-read", "absent.pa")

    def test_what_is_not_asked_for_is_usage(self):
        self.pack(scenes_pack(["hero"]))
        self.assert_one_line(self.run_here("extract", "game.pa"), 2, "usage", "--to DIR")
        self.assert_one_line(self.run_here("extract", "game.pa", "--to", ""), 2, "usage", "--to")
        self.assertEqual(self.run_here("extract").code, 2)


class Targets(ExtractTest):
    """The directory that gets the workspace."""

    def setUp(self):
        super().setUp()
        self.pack(scenes_pack(["hero"]))

    def refused(self, target, *words):
        before = self.stamps()
        self.assert_one_line(self.run_here("extract", "game.pa", "--to", target), 2, "extract-target", target, *words)
        self.assertEqual(self.stamps(), before)

    def test_something_that_is_there_is_refused_by_name(self):
        write(self.path("full", "zebra"), "mine")
        write(self.path("full", "apple"), "mine")
        self.refused("full", "expected an empty directory, found apple", "--to DIR")
        self.extract("game.pa", "--to", "out", "-q")
        self.refused("out", "found assets")
        write(self.path("file"), "mine")
        self.refused("file", "expected a directory, found a file")
        self.refused("file/below")
        os.mkfifo(self.path("pipe"))
        self.refused("pipe")

    def test_a_link_to_nothing_and_a_missing_directory_above_are_refused(self):
        os.symlink("nowhere", self.path("dangling"))
        self.refused("dangling", "a link that leads nowhere")
        self.refused("no/such/place", "the directory above it does not exist. Make the directory above it first")

    def test_the_stage_of_a_killed_run_is_removed_and_what_only_looks_like_it_is_not(self):
        write(self.path("left", ".assets.prpack-new", "deep", "er", "scene.bin"), "half")
        os.symlink(self.path("game.pa"), self.path("left", ".assets.prpack-new", "deep", "link"))
        self.extract("game.pa", "--to", "left", "-q")
        self.assertEqual(os.listdir(self.path("left")), ["assets"])
        self.assertTrue(os.path.exists(self.path("game.pa")))
        write(self.path("mine", ".assets.prpack-new"), "a file")
        self.refused("mine", "found .assets.prpack-new")
        os.mkdir(self.path("linked"))
        os.symlink(self.path("left"), self.path("linked", ".assets.prpack-new"))
        self.refused("linked", "found .assets.prpack-new")

    def test_an_empty_directory_and_a_link_to_one_are_used(self):
        os.mkdir(self.path("empty"))
        os.symlink("empty", self.path("link"))
        self.extract("game.pa", "--to", "link", "-q")
        self.assertTrue(os.path.islink(self.path("link")))
        self.assertEqual(os.listdir(self.path("empty")), ["assets"])

    def test_a_locked_directory_is_busy(self):
        os.mkdir(self.path("out"))
        descriptor = os.open(self.path("out"), os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        before = self.stamps()
        self.assert_one_line(self.run_here("extract", "game.pa", "--to", "out"), 3, "build-busy", "out")
        self.assertEqual(self.stamps(), before)
        os.close(descriptor)
        self.extract("game.pa", "--to", "out", "-q")

    def test_a_directory_that_may_not_be_written_to_stays_as_it_is(self):
        if os.geteuid() == 0:
            self.skipTest("root may write anywhere")
        os.mkdir(self.path("out"), 0o555)
        self.assert_one_line(self.run_here("extract", "game.pa", "--to", "out"), 3, "environment-write", "out")
        self.assertEqual(os.listdir(self.path("out")), [])


class Hostile(ExtractTest):
    """Names and metadata that a stranger has chosen."""

    names = ["../x", "/etc/x", "a/b", "..", ".", "x" * 10_000, ".prometeu", "con", "-rf", "~", "a\\b", "\u202egnp.exe", "ü" * 300, "a\nb", "\x1b[31m", ""]

    def test_no_name_leads_anywhere(self):
        self.pack(scenes_pack(self.names))
        os.mkdir(self.path("deep"))
        document = self.report("game.pa", "--to", "deep/../out", code=1)
        roots = [asset["root"] for asset in document["assets"]]
        self.assertEqual(len(set(roots)), len(self.names))
        for root in roots:
            self.assertRegex(root, r"\A[0-9]{4}(-[A-Za-z0-9_-]{1,64})?\Z")
        self.assertEqual(sorted(os.listdir(self.dir)), ["deep", "game.pa", "out"])
        self.assertEqual(os.listdir(self.path("out")), ["assets"])
        self.assertEqual(sorted(os.listdir(self.path("out", "assets"))), sorted([".prometeu", *roots]))
        self.assertEqual([asset["asset_name"] for asset in document["assets"]], self.names)
        inexact = [each for each in document["diagnostics"] if each["id"] == "extract-inexact"]
        self.assertEqual([each["asset_id"] for each in inexact], [14, 15, 16])

    def test_text_output_is_safe_for_a_terminal(self):
        self.pack(scenes_pack(["\x1b[31m\u202e"]))
        said = self.extract("game.pa", "--to", "out", code=1).said
        self.assertNotIn("\x1b", said)
        self.assertNotIn("\u202e", said)

    def test_metadata_that_no_declaration_can_have_is_left_out_and_said(self):
        metadata = '{"a":1.5,"b":{"c":-0,"d":[1,{"e":12345678901234567890}],"f":"\\u0000"},"pipeline":{"x":1},"z":true}'
        self.pack(builder.one_scene(metadata=metadata))
        document = self.report("game.pa", "--to", "out", code=1)
        self.assertEqual(self.declaration("0001-scene")["output"]["metadata"], {"b": {"d": [1, {}]}, "z": True})
        self.assertEqual([each["asset_id"] for each in document["diagnostics"] if each["id"] == "extract-inexact"], [1])
        self.assertNotEqual(self.rebuilt(), read(self.path("game.pa")))

    def test_what_a_workspace_cannot_say_is_said_once(self):
        for name, root, texts in (
                ("entry-range-exact.id-zero.pa", None, ["the id is below 1"]),
                ("preload-duplicate.two-slots.pa", "0001-scene", ["two slots"]),
                ("name-duplicate.two.pa", None, ["another asset has the same name"]),
                ("entry-too-long.metadata.pa", None, ["longer than 1 MiB"]),
                ("glyph-size.short.pa", "0001-glyph", ["written as raw bytes"]),
                ("sound-metadata.empty.pa", "0001-sound", ["written as raw bytes"])):
            path = os.path.join(INVALID, name)
            shutil.rmtree(self.path("out"), ignore_errors=True)
            document = self.report(path, "--to", "out", code=1)
            self.assertIs(document["conforms"], False)
            said = [each["message"] for each in document["diagnostics"] if each["id"] == "extract-inexact"]
            self.assertEqual(len(said), len(texts), (name, said))
            for text, message in zip(texts, said):
                self.assertIn(text, message)
            if root is not None:
                self.assertIn(root, [asset["root"] for asset in document["assets"]])

    def test_a_pack_of_a_wrong_order_becomes_a_registry_that_rises(self):
        document = self.report(os.path.join(INVALID, "id-order.swapped.pa"), "--to", "out", code=1)
        ids = [asset["asset_id"] for asset in document["assets"]]
        self.assertEqual(ids, sorted(ids))
        self.assertEqual([record["asset_id"] for record in self.registry()["assets"]], ids)
        self.assertEqual(self.run_here("-C", "out", "list", "-q").code, 0)


class Interrupted(ExtractTest):
    def test_a_signal_leaves_nothing_and_says_so(self):
        size = 1 << 40  # a hole: it takes longer to read than anyone waits
        header = builder.header([builder.entry(decoded_size=size, size=size)])
        with open(self.path("huge.pa"), "wb") as file:
            file.write(builder.pack(header))
            file.truncate(32 + len(header) + size)
        before = self.stamps()
        for words in ((), ("--dry-run",)):
            process = start([PRPACK, "extract", "huge.pa", "--to", "out", *words], self.dir)
            wait_until(lambda pid=process.pid: reads(pid, ("huge.pa",)))
            process.send_signal(signal.SIGINT)
            ended = end(process)
            self.assertEqual(ended.code, -signal.SIGINT, ended)
            self.assertIn("error[cancelled]", ended.err)
            self.assertEqual(self.stamps(), before)

    def test_memory_does_not_grow_with_a_payload(self):
        sizes = []
        for size in (1 << 20, 1 << 28):
            header = builder.header([builder.entry(decoded_size=size, size=size)])
            with open(self.path("large.pa"), "wb") as file:
                file.write(builder.pack(header))
                file.truncate(32 + len(header) + size)
            ended = self.run_measured("extract", "large.pa", "--to", f"out{size}")
            sizes.append(ended)
            self.assertEqual(os.path.getsize(self.path(f"out{size}", "assets", "0001-scene", "scene.bin")), size)
            shutil.rmtree(self.path(f"out{size}"))
        self.assertLess(sizes[1] - sizes[0], 8 << 10, sizes)

    def run_measured(self, *words):
        """The most memory that a run had, in KiB."""
        process = start([PRPACK, *words], self.dir, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return used.ru_maxrss
