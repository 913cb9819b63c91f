"""Conflicts that the merge driver leaves, in git: the remedy of each leads to a commit and a build. docs/contracts/workspace.md 8.13."""

import os
import re
import shlex
import unittest

from branches import INDEX, BranchesTest
from harness.trees import read, write

MARKERS = re.compile(r"<<<<<<< .*\n((?:.*\n)*?)=======\n((?:.*\n)*?)>>>>>>> .*\n")


class MergeConflicts(BranchesTest):
    def conflict(self, ours, theirs, expected):
        """Merges by the driver, which has to leave one conflict."""
        self.diverge(ours, theirs)
        for line in self.run_here("init", "--git").out.splitlines():
            if line.startswith("git config"):
                self.git(*shlex.split(line)[1:])
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "driver")
        said = self.git("merge", "other", code=1).said
        self.assertEqual(said.count("error[merge-conflict]"), 1, said)
        for text in expected:
            self.assertIn(text, said)
        self.assertIn("Then run git", self.run_here("list").err)

    def keep(self, version):
        """1: that of ours; 2: that of theirs."""
        write(self.path(INDEX), MARKERS.sub(lambda match: match[version], read(self.path(INDEX)).decode()).encode())

    def check(self, roots):
        """What is left is committed, and built without a warning."""
        self.assertEqual(self.run_here("doctor").out, f"no problems in {len(roots)} assets\n")
        self.git("commit", "-q", "-m", "merge")
        self.assertEqual(self.git("status", "--porcelain").out, "")
        self.assertEqual(sorted(name for name in os.listdir(self.path("assets")) if name[0] != "."), sorted(roots))
        self.assertEqual(self.run_here("build", "--strict").code, 0)

    def test_both_have_moved_it(self):
        self.conflict([("move", "b", "y")], [("move", "b", "x")],
                      ['its directory is "y" in ours and "x" in theirs; it was "b"', "keep the version whose directory is to stay",
                       "Then run git rm -r --ignore-unmatch for the other directory and the old one, git add for the one that stays"])
        self.keep(2)
        copy = self.run_here("list").err
        self.assertIn("another asset has its uuid", copy)
        self.assertIn("or git rm -r assets/y if a merge has left it", copy)
        self.git("rm", "-r", "-q", "--ignore-unmatch", "assets/y", "assets/b")
        self.git("add", "assets/x", INDEX)
        self.check(["a", "c", "x"])

    def test_one_has_removed_it_and_it_stays(self):
        self.conflict([("remove", "b")], [("move", "b", "x")],
                      ['ours has removed it, and theirs has moved it to "x"', "keep the version with the asset or the one without it"])
        self.keep(2)
        self.git("add", "assets/x", INDEX)
        self.check(["a", "c", "x"])

    def test_one_has_removed_it_and_it_goes(self):
        self.conflict([("move", "b", "x")], [("remove", "b")], ['theirs has removed it, and ours has moved it to "x"', "else git rm -r"])
        self.keep(2)
        self.git("rm", "-r", "-q", "assets/x")
        self.git("add", INDEX)
        self.check(["a", "c"])

    def test_two_assets_in_one_directory(self):
        self.conflict([("add", "d")], [("add", "d"), ("add", "e")],
                      ['its directory "d" is also that of', "run git checkout --ours, or --theirs, for the directory"])
        self.keep(2)
        self.git("checkout", "--theirs", "assets/d")
        self.git("add", "assets/d", INDEX)
        self.check(["a", "b", "c", "d", "e"])

    def test_two_assets_of_which_one_lies_in_the_other(self):
        """The versions are far from each other, so the message names both places."""
        self.conflict([("move", "a", "n")], [("move", "c", "n/c")], ["contains the one of", "move its directory out of the other one"])
        text = read(self.path(INDEX)).decode()
        places = [(text.count("\n", 0, match.start()) + 1, text.count("\n", 0, match.end())) for match in MARKERS.finditer(text)]
        self.assertEqual(len(places), 2, text)
        said = self.run_here("doctor", "--fix").said
        self.assertIn("in lines {} to {} and {} to {}: ".format(*places[0], *places[1]), said)
        self.keep(1)
        os.rename(self.path("assets/n/c"), self.path("assets/c"))
        self.git("rm", "-r", "-q", "--ignore-unmatch", "assets/n/c")
        self.git("add", "-A", "assets")
        self.check(["b", "c", "n"])


if __name__ == "__main__":
    unittest.main()
