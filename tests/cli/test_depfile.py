"""build --depfile: what make and ninja make of it (docs/contracts/builder-integration.md 9, artifact-ownership.md 3.8)."""

import fcntl
import json
import os
import re
import shutil

from harness import program
from harness.trees import read, read_tree, write
from workspace import ROOT, WorkspaceTest

PRPACK = os.environ["PRPACK"]
CONTRACT = os.path.join(ROOT, "docs", "contracts", "builder-integration.md")
BUILD = f"echo run >> runs && {PRPACK} build --verify --depfile build/assets.d"
MAKEFILE = f"build/assets.pa:\n\t{BUILD} && touch $@\n-include build/assets.d\n"
NINJA = (f"rule assets\n  command = {BUILD}\n  depfile = build/assets.d\n  restat = 1\n"
         "build build/assets.pa: assets assets/.prometeu/index.json\n")
NAMES = ["a b.bin", "a#b", "a$b.bin", "a:b", "it is $(HOME)x", "é.bin", "a=b", "a%b", "a,b+c@d", "#a", " a", "a{1}.bin", "a(1).bin"]
FOR_MAKE = ["a[1].bin", "a*b", "a?b", "it's", 'a"b', "a&b", "a<b", "a>b", "a^b", "a`b", "a&"]
FOR_NOBODY = ["a;b", "a|b", "a (1)", "a ", "a)"]


class Depfile(WorkspaceTest):
    def setUp(self):
        super().setUp()
        write(self.path("Makefile"), MAKEFILE)
        write(self.path("build.ninja"), NINJA)

    def name_input(self, root, name):
        """Gives the only input of a scene another name."""
        os.rename(self.path("assets", root, "data.bin"), self.path("assets", root, name))
        self.edit_declaration(root, lambda document: document["inputs"].update(sources=[name]))

    def build(self, *arguments, code=0):
        ended = self.run_here("build", "--format", "json", *arguments)
        self.assertEqual(ended.code, code, ended.said)
        return ended.documents()[0]

    def runs(self, tool):
        """How often prpack ran when a tool was asked to bring everything up to date."""
        before = len(read(self.path("runs"))) if os.path.exists(self.path("runs")) else 0
        ended = program.run([tool], self.dir)
        self.assertEqual(ended.code, 0, ended.said)
        return (len(read(self.path("runs"))) - before) // len("run\n")

    def change(self, path, content=None):
        """Writes a file until it is newer than the artifact: time has a grain."""
        content = content if content is not None else read(path) + b"."
        target = os.stat(self.path("build", "assets.pa")).st_mtime_ns
        write(path, content)
        while os.stat(path).st_mtime_ns <= target:
            write(path, content)

    def rule(self, path="build/assets.d"):
        """The target and the prerequisites, as they are written."""
        first = read(self.path(path)).decode("utf-8").split("\n\n")[0]
        target, _, rest = first.partition(": \\\n ")
        return target, rest.rstrip("\n").split(" \\\n ")

    def test_the_rule_has_the_registry_declarations_and_inputs(self):
        self.copy_demo("game")
        ended = self.run_here("build", "-q", "-C", "game", "--depfile", "out/assets.d")
        self.assertEqual(ended.code, 0, ended.said)
        target, files = self.rule("game/out/assets.d")
        self.assertEqual(target, "build/assets.pa")
        expected = ["assets/.prometeu/index.json"]
        for asset in json.loads(read(self.path("game", "build", "asset_table_metadata.json")))["assets"]:
            expected += [f"assets/{asset['asset_root']}/{name}" for name in
                         ["asset.json", *(source["path"] for source in asset["inputs"])]]
        self.assertEqual([name.replace("\\ ", " ") for name in files], expected)
        self.assertTrue([name for name in files if name.endswith((".pal", ".gpl", ".hex"))])
        text = read(self.path("game/out/assets.d")).decode("utf-8")
        self.assertEqual(re.findall(r"^(\S.*):$", text, re.MULTILINE), files)

    def test_what_triggers(self):
        """Each kind of file triggers a build when it changes, and nothing else does."""
        shutil.copytree(os.path.join(ROOT, "corpus", "workspaces", "demo", "assets"), self.path("assets"), symlinks=True)
        for tool in ("make", "ninja"):
            with self.subTest(tool):
                self.assertEqual((self.runs(tool), self.runs(tool)), (1, 0))
                files = self.rule()[1]
                for ending in ("index.json", "asset.json", ".pal", ".gpl", ".png", ".wav"):
                    path = self.path(next(name for name in files if name.endswith(ending)))
                    same = read(path)
                    self.change(path, same + b" " if ending.endswith("json") else same)
                    self.assertEqual((self.runs(tool), self.runs(tool)), (1, 0), path)
                self.change(self.path("assets", "notes.txt"))
                self.assertEqual(self.runs(tool), 0)
                shutil.rmtree(self.path("build"))

    def test_names_are_read_as_they_are(self):
        self.scene_workspace({f"s{number}": b"1" for number in range(len(NAMES))})
        for number, name in enumerate(NAMES):
            self.name_input(f"s{number}", name)
        for tool in ("make", "ninja"):
            self.assertEqual((self.runs(tool), self.runs(tool)), (1, 0), tool)
            for number, name in enumerate(NAMES):
                self.change(self.path("assets", f"s{number}", name))
                self.assertEqual((self.runs(tool), self.runs(tool)), (1, 0), f"{tool}: {name}")

    def test_names_that_make_alone_can_read_make_ninja_build_each_time(self):
        self.scene_workspace({f"s{number}": b"1" for number in range(len(FOR_MAKE))})
        for number, name in enumerate(FOR_MAKE):
            self.name_input(f"s{number}", name)
        self.assertEqual(self.build("--depfile", "x.d")["diagnostics"], [])
        shutil.rmtree(self.path("build"))
        write(self.path("assets", "s0", "a1.bin"), b"what a wildcard would take")
        self.assertEqual((self.runs("make"), self.runs("make")), (1, 0))
        for number, name in enumerate(FOR_MAKE):
            self.change(self.path("assets", f"s{number}", name))
            self.assertEqual((self.runs("make"), self.runs("make")), (1, 0), name)
        for number, name in enumerate(FOR_MAKE):
            self.scene_workspace({"one": b"1"})
            self.name_input("one", name)
            self.assertEqual((self.runs("ninja"), self.runs("ninja")), (1, 1), name)
            shutil.rmtree(self.path("assets"))
            shutil.rmtree(self.path("build"))

    def test_names_that_make_cannot_read_are_left_out(self):
        self.scene_workspace({f"s{number}": b"1" for number in range(len(FOR_NOBODY))})
        for number, name in enumerate(FOR_NOBODY):
            self.name_input(f"s{number}", name)
        report = self.build("--depfile", "build/assets.d")
        self.assertEqual([(found["id"], found["severity"], found["file"]) for found in report["diagnostics"]],
                         [("dependency-name", "warning", f"assets/s{number}/{name}") for number, name in enumerate(FOR_NOBODY)])
        self.assertEqual(len(self.rule()[1]), 1 + len(FOR_NOBODY))
        shutil.rmtree(self.path("build"))
        for tool in ("make", "ninja"):
            self.assertEqual((self.runs(tool), self.runs(tool)), (1, 0), tool)
            shutil.rmtree(self.path("build"))

    def test_a_file_that_is_gone_does_not_stop_make(self):
        self.scene_workspace({"bay": b"1", "cave": b"2"})
        self.assertEqual(self.runs("make"), 1)
        self.name_input("bay", "other.bin")
        self.assertEqual((self.runs("make"), self.runs("make")), (1, 0))

    def test_a_build_that_fails_writes_what_it_knows(self):
        self.scene_workspace({"bay": b"1", "cave": b"2"})
        os.remove(self.path("assets", "bay", "data.bin"))
        report = self.build("--depfile", "build/assets.d", code=1)
        self.assertEqual(report["depfile"], "build/assets.d")
        self.assertEqual(self.rule()[1], ["assets/.prometeu/index.json", "assets/bay/asset.json", "assets/bay/data.bin",
                                          "assets/cave/asset.json", "assets/cave/data.bin"])
        write(self.path("assets", "bay", "asset.json"), b"{")
        self.build("--depfile", "build/assets.d", code=1)
        self.assertEqual(self.rule()[1], ["assets/.prometeu/index.json", "assets/bay/asset.json",
                                          "assets/cave/asset.json", "assets/cave/data.bin"])
        write(self.path("assets", ".prometeu", "index.json"), b"{")
        self.build("--depfile", "build/assets.d", code=1)
        self.assertEqual(self.rule()[1], ["assets/.prometeu/index.json"])

    def test_what_an_earlier_build_knew_is_not_lost(self):
        self.scene_workspace({"bay": b"1"})
        self.build("--depfile", "build/assets.d")
        known = read(self.path("build", "assets.d"))
        self.assertIsNone(self.build("--depfile", "build/assets.d", "--output", "assets", code=2)["depfile"])
        write(self.path("assets", "bay", "asset.json"), b"{")
        held = os.open(self.path("assets", ".prometeu"), os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        self.build("--depfile", "build/assets.d", code=3)
        os.close(held)
        self.assertEqual(read(self.path("build", "assets.d")), known)

    def test_kept_assets_are_listed_too(self):
        self.scene_workspace({"bay": b"1", "cave": b"2"})
        self.build("--depfile", "first.d")
        self.build("--depfile", "second.d")
        write(self.path("assets", "bay", "data.bin"), b"3")
        self.build("--depfile", "third.d")
        self.assertEqual(read(self.path("first.d")), read(self.path("second.d")))
        self.assertEqual(read(self.path("first.d")), read(self.path("third.d")))

    def test_a_depfile_that_is_right_is_not_touched(self):
        self.scene_workspace({"bay": b"1"})
        self.build("--depfile", "deep/er/assets.d")
        os.utime(self.path("deep", "er", "assets.d"), (1, 1))
        report = self.build("--depfile", "deep/er/assets.d")
        self.assertEqual(report["depfile"], "deep/er/assets.d")
        self.assertEqual(os.stat(self.path("deep", "er", "assets.d")).st_mtime, 1)
        self.assertEqual(os.listdir(self.path("deep", "er")), ["assets.d"])

    def test_files_that_must_not_be_replaced(self):
        self.scene_workspace({"bay": b"1", "cave": b"2"})
        self.edit_registry_of("cave")
        self.build()
        os.symlink("assets/bay", self.path("link"))
        os.symlink("assets/bay/data.bin", self.path("file"))
        os.makedirs(self.path("there"))
        os.mkfifo(self.path("fifo"))
        before = read_tree(self.dir)
        for name in ("build/assets.pa", "build/preload.json", "./build//asset_table.json", "new/../build/assets.pa",
                     "build/.prpack-staging/x", "elsewhere/.prpack-commit/x", "assets/.prometeu/index.json",
                     "assets/.prometeu/new.d", "assets/bay/asset.json", "assets/cave/asset.json", "assets/bay/data.bin",
                     "link/data.bin", "link/asset.json", "file", self.path("assets/bay/data.bin"), "there", "there/",
                     "/dev/null", "fifo"):
            report = self.build("--depfile", name, code=2)
            self.assertEqual([found["id"] for found in report["diagnostics"]], ["file-reserved"], name)
            self.assertIsNone(report["depfile"])
            self.assertFalse(report["published"])
            self.assertEqual(read_tree(self.dir), before, name)
        os.remove(self.path("assets", "bay", "data.bin"))
        self.build("--depfile", "assets/bay/data.bin", code=2)
        self.assertFalse(os.path.exists(self.path("assets", "bay", "data.bin")))

    def edit_registry_of(self, root):
        """Leaves an asset out of the build."""
        path = self.path("assets", ".prometeu", "index.json")
        write(path, read(path).replace(b'"root": "%s", "included_in_build": true' % root.encode(),
                                       b'"root": "%s", "included_in_build": false' % root.encode()))

    def test_a_link_is_followed(self):
        self.scene_workspace({"bay": b"1"})
        write(self.path("target.d"), b"old")
        os.symlink("target.d", self.path("link.d"))
        self.build("--depfile", "link.d")
        self.assertTrue(os.path.islink(self.path("link.d")))
        self.assertTrue(read(self.path("target.d")).startswith(b"build/assets.pa:"))

    def test_the_target_is_in_the_output_directory(self):
        self.scene_workspace({"bay": b"1"})
        self.build("--output", "a b/o:t", "--depfile", "x.d")
        self.assertEqual(self.rule("x.d")[0], "a\\ b/o\\:t/assets.pa")
        for name in ("a;b", "a=b", "a%b", "a*b", "~a"):
            self.assertEqual([found["id"] for found in self.build("--output", name, "--depfile", "y.d", code=2)["diagnostics"]], ["usage"])
            self.assertFalse(os.path.exists(self.path(name)))

    def test_a_place_that_cannot_be_written_fails_after_publishing(self):
        self.scene_workspace({"bay": b"1"})
        report = self.build("--depfile", "Makefile/x.d", code=3)
        self.assertTrue(report["published"])
        self.assertIsNone(report["depfile"])
        self.assertEqual([found["id"] for found in report["diagnostics"]], ["environment-write"])

    def test_a_check_writes_none(self):
        self.scene_workspace({"bay": b"1"})
        self.assert_one_line(self.run_here("build", "--check", "--depfile", "x.d"), 2, "usage", "--depfile")
        self.assertFalse(os.path.exists(self.path("x.d")))

    def test_the_contract_shows_what_works(self):
        """The Makefile and the build.ninja of the contract, word for word."""
        text = read(CONTRACT).decode("utf-8")
        makefile = re.search(r"\n((?:    .*\n)*    -include build/assets.d\n)", text).group(1)
        ninja = re.search(r"\n((?:    .*\n)*    build build/assets.pa: assets .*\n)", text).group(1)
        self.scene_workspace({"bay": b"1"})
        os.makedirs(self.path("bin"))
        write(self.path("bin", "prpack"), f'#!/bin/sh\necho run >> runs\nexec {PRPACK} "$@"\n')
        os.chmod(self.path("bin", "prpack"), 0o755)
        for tool, name, example in (("make", "Makefile", makefile), ("ninja", "build.ninja", ninja)):
            write(self.path(name), re.sub(r"^    ", "", example, flags=re.MULTILINE).replace(" prpack ", " bin/prpack ").replace("\tprpack ", "\tbin/prpack "))
            self.assertEqual((self.runs(tool), self.runs(tool)), (1, 0), tool)
            self.change(self.path("assets", "bay", "data.bin"))
            self.assertEqual((self.runs(tool), self.runs(tool)), (1, 0), tool)
            self.change(self.path("assets", "bay", "data.bin"), read(self.path("assets", "bay", "data.bin")))
            self.assertEqual((self.runs(tool), self.runs(tool)), (1, 0), f"{tool}: saved without a change")
            shutil.rmtree(self.path("build"))
