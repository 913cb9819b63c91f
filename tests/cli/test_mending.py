"""doctor --fix with a registry that git has merged without the driver: docs/contracts/workspace.md 8.13. In each style of conflicts it
comes to what the driver would have made."""

import json
import os
import shutil
import unittest

from harness import program
from harness.trees import read, read_tree, write
from workspace import WorkspaceTest

INDEX = "assets/.prometeu/index.json"
STYLES = ("merge", "diff3", "zdiff3")


@unittest.skipUnless(shutil.which("git"), "git is not here")
class Mending(WorkspaceTest):
    def git(self, *arguments, code=0):
        environment = {"HOME": self.dir, "GIT_CONFIG_NOSYSTEM": "1", "PATH": f"{os.path.dirname(os.path.abspath(program.PRPACK))}:{os.environ['PATH']}",
                       **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}}
        ended = program.run(["git", *arguments], self.dir, env=environment)
        self.assertEqual(ended.code, code, ended)
        return ended

    def change(self, *commands):
        for command in commands:
            if command[0] == "add":
                write(self.path("assets", command[1], "data.bin"), command[1].encode())
                command = ("add", "--type", "scene_bank", f"assets/{command[1]}")
            self.assertEqual(self.run_here(*command).code, 0, command)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", " ".join(commands[-1]))

    def diverge(self, ours, theirs):
        """Two branches of one workspace; main is the one of ours."""
        self.git("init", "-q", "-b", "main")
        self.assertEqual(self.run_here("init").code, 0)
        self.change(("add", "a"), ("add", "b"), ("add", "c"))
        self.git("checkout", "-q", "-b", "other")
        self.change(*theirs)
        self.git("checkout", "-q", "main")
        self.change(*ours)

    def merged_by_driver(self):
        for name, branch in (("base", "main~1"), ("theirs", "other"), ("ours", "main")):
            write(self.path("x", name), self.git("show", f"{branch}:{INDEX}").out.encode())
        self.assertEqual(self.run_here("merge-registry", "x/base", "x/ours", "x/theirs").code, 0)
        merged = read(self.path("x", "ours"))
        shutil.rmtree(self.path("x"))
        return merged

    def merge(self, style):
        self.git("reset", "-q", "--hard", "main")
        self.git("-c", f"merge.conflictStyle={style}", "merge", "-q", "other", code=1)
        text = read(self.path(INDEX))
        self.assertIn(b"<<<<<<< ", text)
        return text

    def check_styles(self, ours, theirs):
        self.diverge(ours, theirs)
        expected = self.merged_by_driver()
        for style in STYLES:
            for end in (b"\n", b"\r\n"):
                with self.subTest(style=style, end=end):
                    write(self.path(INDEX), self.merge(style).replace(b"\n", end))
                    for command in (["list"], ["build"], ["exclude", "1"]):
                        said = self.run_here(*command)
                        self.assertEqual(said.code, 1)
                        self.assertIn("prpack doctor --fix", said.err)
                    ended = self.run_here("doctor", "--fix")
                    self.assertEqual(ended.code, 0, ended)
                    self.assertEqual(read(self.path(INDEX)), expected)
                    self.assertEqual(self.run_here("list").code, 0)

    def test_both_add_an_asset(self):
        self.check_styles([("add", "d")], [("add", "e"), ("add", "f")])

    def test_one_removes_the_last_asset_and_the_other_adds_one(self):
        self.check_styles([("remove", "c")], [("add", "e")])

    def test_a_dry_run(self):
        self.diverge([("add", "d")], [("add", "e")])
        self.merge("merge")
        before = read_tree(self.dir)
        ended = self.run_here("doctor", "--fix", "--dry-run")
        self.assertEqual(ended.code, 0, ended)
        self.assertIn(f"would write {INDEX}: ", ended.out)
        self.assertEqual(read_tree(self.dir), before)

    def test_the_history_has_a_line_and_nothing_to_undo(self):
        self.diverge([("add", "d")], [("add", "e")])
        self.merge("merge")
        self.assertEqual(self.run_here("doctor", "--fix").code, 0)
        self.assertIn("mend the registry after a merge", self.run_here("history").out)
        merged = read(self.path(INDEX))
        self.run_here("undo")
        self.assertEqual(read(self.path(INDEX)), merged)

    def test_a_conflict_stays(self):
        self.diverge([("move", "c", "y")], [("move", "c", "z")])
        self.merge("diff3")
        ended = self.run_here("doctor", "--fix")
        self.assertEqual(ended.code, 1)
        self.assertIn('error[merge-conflict]', ended.said)
        self.assertIn('its directory is "y" in ours and "z" in theirs', ended.said)
        text = read(self.path(INDEX)).decode()
        self.assertEqual([text.count(line) for line in ("<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n", "|||||||")], [1, 1, 1, 0])
        self.assertEqual(self.run_here("doctor", "--fix").code, 1)
        self.assertEqual(read(self.path(INDEX)).decode(), text)

    def test_two_records_of_one_id(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        registry = json.loads(read(self.path(INDEX)))
        registry["assets"][1]["asset_id"] = 1
        write(self.path(INDEX), json.dumps(registry))
        self.assertIn("prpack doctor --fix", self.run_here("list").err)
        ended = self.run_here("doctor", "--fix")
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual([(row["asset_id"], row["root"]) for row in json.loads(read(self.path(INDEX)))["assets"]], [(1, "a"), (3, "b")])


if __name__ == "__main__":
    unittest.main()
