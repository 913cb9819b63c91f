"""A workspace under git, with two branches."""

import os
import shutil
import unittest

from harness import program
from harness.trees import write
from workspace import WorkspaceTest

INDEX = "assets/.prometeu/index.json"


@unittest.skipUnless(shutil.which("git"), "git is not here")
class BranchesTest(WorkspaceTest):
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
