"""doctor --fix with a registry that git has merged without the driver: docs/contracts/workspace.md 8.13. In each style of conflicts it
comes to what the driver would have made."""

import json
import os
import re
import shlex
import shutil
import unittest

from branches import INDEX, BranchesTest
from harness.trees import read, read_tree, write

STYLES = ("merge", "diff3", "zdiff3")


class Mending(BranchesTest):
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
                    self.assertIn(f"next: run git add {INDEX} and git commit\n", ended.said)
                    self.assertEqual(read(self.path(INDEX)), expected)
                    self.assertEqual(self.run_here("list").code, 0)

    def test_both_add_an_asset(self):
        self.check_styles([("add", "d")], [("add", "e"), ("add", "f")])

    def test_one_removes_the_last_asset_and_the_other_adds_one(self):
        self.check_styles([("remove", "c")], [("add", "e")])

    def test_one_excludes_an_asset_and_the_other_moves_it(self):
        """Where both sides have changed a record, the directories say what it was in base."""
        self.check_styles([("exclude", "c")], [("move", "c", "y")])

    def test_what_one_side_has_forgotten_may_come_back(self):
        """Without base nothing tells it from an asset that the other side has added: it is named, and the remedy helps."""
        self.diverge([("forget", "c")], [("add", "d")])
        expected = self.merged_by_driver()
        self.merge("diff3")
        self.assertNotIn("merge-unsure", self.run_here("doctor", "--fix").said)
        self.assertEqual(read(self.path(INDEX)), expected)
        self.merge("merge")
        ended = self.run_here("doctor", "--fix")
        self.assertEqual(ended.code, 0, ended)
        line, other = [line for line in ended.said.splitlines() if "merge-unsure" in line]
        self.assertIn('asset 4: only one side of the merge has "d"', other)  # the text does not say which side gave out the id
        self.assertIn('warning[merge-unsure] asset 3: only one side of the merge has "c"', line)
        self.assertIn("If it was removed, run prpack forget c; its files stay.", line)
        self.assertEqual(self.run_here("forget", "c").code, 0)
        self.assertEqual(read(self.path(INDEX)), expected)

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
        line, = [line for line in self.run_here("history").out.splitlines() if "merge the two sides of the registry" in line]
        merged = read(self.path(INDEX))
        self.assertEqual(self.run_here("undo", line.split()[0]).code, 1)
        self.assertEqual(read(self.path(INDEX)), merged)

    def test_a_conflict_stays(self):
        self.diverge([("move", "c", "y")], [("move", "c", "z")])
        self.assertEqual(self.run_here("build").code, 0)
        self.merge("diff3")
        ended = self.run_here("doctor", "--fix")
        self.assertEqual(ended.code, 1)
        self.check_conflict(ended, 'its directory is "y" in ours and "z" in theirs')
        text = read(self.path(INDEX)).decode()
        self.assertEqual([text.count(line) for line in ("<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n", "|||||||")], [1, 1, 1, 0])
        lines = [number for number, line in enumerate(text.splitlines(), 1) if line[:7] in ("<<<<<<<", ">>>>>>>")]
        self.assertIn("in lines {} to {}: ".format(*lines), ended.said)
        self.assertIn("Keep one version, and remove the lines", self.run_here("build").err)
        verified = self.run_here("verify", "--sources").said
        self.assertIn("Keep one version, and remove the lines with <<<<<<<, ======= and >>>>>>>. Then run git rm -r", verified)
        self.assertNotIn("--fix", verified)
        # Nothing is left for the program to do: it writes nothing, and its remedies do not name it any more.
        os.utime(self.path(INDEX), ns=(1, 1))
        again = self.run_here("doctor", "--fix")
        self.check_conflict(again, 'its directory is "y" in ours and "z" in theirs')
        self.assertNotIn("wrote", again.said)
        self.assertEqual((read(self.path(INDEX)).decode(), os.stat(self.path(INDEX)).st_mtime_ns), (text, 1))
        for words in (["build"], ["doctor"], ["list"]):
            said = self.run_here(*words).said
            self.assertIn("error[registry-syntax] byte", said)
            self.assertIn("lines {} to {} have the versions of both. Keep one version".format(*lines), said)
            self.assertIn(f"git add for those that stay and for {INDEX}, prpack doctor, and git commit.", said)
            self.assertNotIn("--fix", said)
        # The remedy helps.
        write(self.path(INDEX), re.sub(r"<<<<<<< .*\n((?:.*\n)*?)=======\n(?:.*\n)*?>>>>>>> .*\n", r"\1", text).encode())
        self.assertEqual(self.run_here("doctor").code, 0)

    def check_conflict(self, ended, said):
        self.assertEqual(ended.code, 1, ended)
        self.assertEqual(ended.said.count("error["), 1, ended)
        self.assertIn("error[merge-conflict]", ended.said)
        self.assertIn(said, ended.said)
        self.assertIn("In index.json, keep the version whose directory is to stay", ended.said)

    def test_a_conflict_in_a_dry_run(self):
        self.diverge([("move", "c", "y")], [("move", "c", "z")])
        self.merge("merge")
        before = read_tree(self.dir)
        self.check_conflict(self.run_here("doctor", "--fix", "--dry-run"), "in lines ")
        self.assertEqual(read_tree(self.dir), before)

    def test_one_directory_of_two_assets(self):
        """git joins the lines of one of them outside of its conflict, so no side is a registry. The remedy is followed to a build."""
        self.diverge([("add", "d")], [("add", "e")])
        self.git("reset", "-q", "--hard", "main~1")
        self.change(("forget", "a"))
        self.git("branch", "-q", "-f", "other")
        self.change(("add", "d"))
        self.git("revert", "--no-edit", "HEAD~1")
        self.git("checkout", "-q", "other")
        os.remove(self.path("assets/a/asset.json"))
        self.change(("add", "e"), ("add", "a"))
        self.git("checkout", "-q", "main")
        text = self.merge("merge")
        self.assertIn("Run prpack doctor --fix", self.run_here("doctor").said)
        for words in (["doctor", "--fix", "--dry-run"], ["doctor", "--fix"]):
            ended = self.run_here(*words)
            self.assertEqual((ended.code, ended.said.count("error[")), (1, 1), ended)
            self.assertIn('error[registry-syntax] byte', ended.said)
            self.assertIn('the conflicts of a merge cannot be merged: the directory "a" is that of both ', ended.said)
            self.assertIn(f"Run prpack init --git and the two commands that it prints, then git checkout --merge {INDEX}:", ended.said)
            self.assertEqual(read(self.path(INDEX)), text)
        for line in self.run_here("init", "--git").out.splitlines():
            if line.startswith("git config"):
                self.git(*shlex.split(line)[1:])
        self.git("checkout", "--merge", INDEX)
        text = read(self.path(INDEX)).decode()
        self.assertEqual(text.count("<<<<<<< ours\n"), 2)
        write(self.path(INDEX), re.sub(r"<<<<<<< .*\n(?:.*\n)*?=======\n((?:.*\n)*?)>>>>>>> .*\n", r"\1", text).encode())
        self.assertEqual(self.run_here("build").code, 0)

    def test_two_records_of_one_id(self):
        self.scene_workspace({"a": b"1", "b": b"2", "c": b"3"})
        registry = json.loads(read(self.path(INDEX)))
        registry["assets"][1]["asset_id"], registry["assets"][2]["asset_id"], registry["next_asset_id"] = 1, 2, 3
        write(self.path(INDEX), json.dumps(registry))
        self.assertIn("prpack doctor --fix", self.run_here("list").err)
        ended = self.run_here("doctor", "--fix")
        self.assertEqual(ended.code, 0, ended)
        self.assertEqual([(row["asset_id"], row["root"]) for row in json.loads(read(self.path(INDEX)))["assets"]], [(1, "a"), (2, "c"), (3, "b")])


if __name__ == "__main__":
    unittest.main()
