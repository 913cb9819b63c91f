"""From a workspace to proven artifacts."""

import json
import os
import re
import shutil
import struct
import subprocess

from harness.program import PRPACK
from harness.trees import read, read_tree, write
from harness.workspaces import ARTIFACTS
from workspace import DEMO, ROOT, WorkspaceTest, artifacts_of, prpack


class GoldenPath(WorkspaceTest):
    def test_demo_builds_and_verifies(self):
        demo = self.copy_demo()
        result = prpack("build", "--verify", cwd=demo)
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertEqual(sorted(os.listdir(os.path.join(demo, "build"))), sorted([".gitignore", *ARTIFACTS]))
        self.assertIn("loads: yes", result.out)
        self.assertIn("conforms: yes", result.out)
        verified = prpack("verify", "--sources", cwd=demo)
        self.assertEqual(verified.code, 0, verified.out + verified.err)
        inspected = prpack("inspect", "build/assets.pa", cwd=demo)
        self.assertEqual(inspected.code, 0, inspected.out)

    def test_readme_shows_what_the_demo_prints(self):
        """Each line of the sample in README.md, but for those that are left out, is printed, in that order."""
        demo = self.copy_demo()
        readme = read(os.path.join(ROOT, "README.md")).decode()
        sample = readme.split("`./scripts/demo` ends like this:\n\n")[1].split("\n\n## ")[0]
        printed = ""
        for command in re.findall(r"^    \$ prpack (.*)$", sample, re.M):
            ended = subprocess.run([PRPACK, *command.split()], cwd=demo, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            printed += f"$ prpack {command}\n{ended.stdout}"
        lines = iter(printed.splitlines())
        for line in sample.splitlines():
            if line.strip() not in ("", "…"):
                self.assertTrue(any(line[4:] == other for other in lines), f"not printed here: {line}")

    def test_companions_are_the_bytes_of_the_header(self):
        demo = self.copy_demo()
        self.assertEqual(prpack("build", cwd=demo).code, 0)
        files = artifacts_of(os.path.join(demo, "build"))
        pack = files["assets.pa"]
        magic, version, length, offset = struct.unpack_from("<4sIIQ", pack)
        self.assertEqual((magic, version, offset), (b"ASPA", 1, 32 + length))
        header = b'{"asset_table":' + files["asset_table.json"] + b',"preload":' + files["preload.json"] + b"}"
        self.assertEqual(pack[32:32 + length], header)

    def test_hashes_are_those_of_xxhsum(self):
        demo = self.copy_demo()
        self.assertEqual(prpack("build", cwd=demo).code, 0)
        build = os.path.join(demo, "build")
        document = json.loads(read(os.path.join(build, "asset_table_metadata.json")))

        def xxhsum(path):
            return subprocess.run(["xxhsum", "-H2", path], check=True, capture_output=True).stdout.split()[0].decode()

        self.assertEqual(xxhsum(os.path.join(build, "assets.pa")), document["assets_pa"]["xxh3_128"])
        for asset in document["assets"]:
            for source in asset["inputs"]:
                path = os.path.join(demo, "assets", asset["asset_root"], source["path"])
                self.assertEqual(xxhsum(path), source["xxh3_128"], path)

    def test_equal_inputs_give_equal_bytes(self):
        demo = self.copy_demo()
        self.assertEqual(prpack("build", "--verify", cwd=demo).code, 0)
        first = artifacts_of(os.path.join(demo, "build"))
        self.assertEqual(prpack("build", "--verify", cwd=demo).code, 0)
        self.assertEqual(artifacts_of(os.path.join(demo, "build")), first)
        other = self.copy_demo("Ein anderer Ort")
        for at, _, files in os.walk(other):
            for name in files:
                os.utime(os.path.join(at, name), (1, 1))
        variations = (
            {"env": {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"}, "umask": 0o077, "jobs": "1"},
            {"env": {"LC_ALL": "C", "TZ": "UTC"}, "umask": 0, "jobs": "7"},
        )
        for variation in variations:
            result = prpack("build", "-j", variation["jobs"], "--output", "elsewhere/deep", cwd=other,
                            env=variation["env"], umask=variation["umask"])
            self.assertEqual(result.code, 0, result.err)
            self.assertEqual(artifacts_of(os.path.join(other, "elsewhere", "deep")), first)

    def test_paths_are_those_of_the_assets_that_were_named(self):
        self.assertIn("made art/.prometeu/index.json\n", self.run_here("init", "--assets", "art").out)
        write(self.path("art", "level", "one.bin"), b"level one")
        self.assertIn(" from art/level (", self.run_here("add", "art/level", "--type", "scene_bank", "--assets", "art").out)
        self.assertEqual(self.run_here("build", "--assets", "art").code, 0)
        missing = self.run_here("build", "--assets", "nope")
        self.assertEqual(missing.code, 1, missing.said)
        self.assertIn("nope/.prometeu/index.json", missing.err)
        self.assertIn("--assets", missing.err)

    def test_init_add_build(self):
        self.assertEqual(self.run_here("init").code, 0)
        write(self.path("assets", "level", "one.bin"), b"level one")
        shutil.copytree(os.path.join(DEMO, "assets"), self.path("demo-assets"))
        self.assertEqual(self.run_here("add", "assets/level", "--type", "scene_bank", "--preload").code, 0)
        result = self.run_here("build", "--verify")
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertEqual(read(self.path("build", "assets.pa"))[-9:], b"level one")
        self.assertEqual(read(self.path("build", "preload.json")), b'[{"asset_id":1,"slot":0}]')
        again = self.run_here("add", "assets/level")
        self.assertEqual(again.code, 0, again)
        self.assertIn("level: warning[root-registered] asset 1: there is nothing to add", again.err)
        self.assert_one_line(self.run_here("init"), 1, "workspace-exists", "index.json")

    def test_empty_workspace_builds(self):
        self.assertEqual(self.run_here("init").code, 0)
        result = self.run_here("build", "--verify")
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertEqual(read(self.path("build", "assets.pa"))[32:], b'{"asset_table":[],"preload":[]}')

    def test_zero_byte_scene_and_excluded_asset(self):
        self.scene_workspace({"empty": b"", "full": b"abc", "out": b"never"})
        registry = json.loads(read(self.path("assets", ".prometeu", "index.json")))
        registry["assets"][2]["included_in_build"] = False
        write(self.path("assets", ".prometeu", "index.json"), json.dumps(registry))
        self.assertEqual(self.run_here("build", "--verify").code, 0)
        table = json.loads(read(self.path("build", "asset_table.json")))
        self.assertEqual([(entry["asset_id"], entry["size"]) for entry in table], [(1, 0), (2, 3)])

    def test_unregistered_anchor_is_reported_and_not_built(self):
        self.scene_workspace({"in": b"1"})
        write(self.path("assets", "out", "asset.json"), "{}")
        result = self.run_here("build", "--verify")
        self.assertEqual(result.code, 0)
        self.assertIn("warning[anchor-unregistered]", result.err)
        self.assertEqual(len(json.loads(read(self.path("build", "asset_table.json")))), 1)

    def test_other_files_in_build_are_left_alone(self):
        self.scene_workspace({"a": b"1"})
        write(self.path("build", "program.pbx"), b"not ours")
        self.assertEqual(self.run_here("build", "--verify").code, 0)
        self.assertEqual(read(self.path("build", "program.pbx")), b"not ours")

    def test_failed_build_leaves_the_old_artifacts(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        self.assertEqual(self.run_here("build", "--verify").code, 0)
        before = read_tree(self.dir, with_cache=True)
        os.remove(self.path("assets", "b", "data.bin"))
        before.pop("assets/b/data.bin")
        self.assert_one_line(self.run_here("build", "--verify"), 1, "input-missing", "assets/b/data.bin")
        self.assertEqual(read_tree(self.dir, with_cache=True), before)

    def test_failed_first_build_leaves_nothing(self):
        self.scene_workspace({"a": b"1"})
        os.remove(self.path("assets", "a", "data.bin"))
        before = read_tree(self.dir, with_cache=True)
        self.assertEqual(self.run_here("build").code, 1)
        self.assertEqual(read_tree(self.dir, with_cache=True), before)
