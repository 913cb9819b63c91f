"""prpack init --git: docs/contracts/workspace.md 5."""

import json
import os
import shutil
import subprocess
import unittest

from harness import program
from harness.trees import read, read_tree, write
from workspace import WorkspaceTest

INDEX = "assets/.prometeu/index.json"
IGNORE = "assets/.prometeu/.gitignore"
ATTRIBUTES = "assets/.prometeu/.gitattributes"
LINE = b"index.json merge=prpack\n"
DRIVER = "if command -v prpack >/dev/null; then prpack merge-registry %O %A %B; else git merge-file %A %O %B; fi"
COMMANDS = ['git config merge.prpack.name "prpack: one registry of two"', f'git config merge.prpack.driver "{DRIVER}"']


class InitGit(WorkspaceTest):
    def test_a_new_workspace(self):
        result = self.run_here("init", "--git")
        self.assertEqual(result.code, 0, result.said)
        self.assertEqual([line for line in result.out.splitlines() if line.startswith("git config ")], COMMANDS)
        self.assertEqual(result.out.splitlines()[:3], [f"made {INDEX}", f"wrote {IGNORE}", f"wrote {ATTRIBUTES}"])
        self.assertTrue(read(self.path(ATTRIBUTES)).endswith(LINE))
        self.assertTrue(os.path.exists(self.path(INDEX)))

    def test_a_workspace_that_is_there(self):
        self.assertEqual(self.run_here("init").code, 0)
        self.assertFalse(os.path.exists(self.path(ATTRIBUTES)))
        index = read(self.path(INDEX))
        result = self.run_here("init", "--git")
        self.assertEqual((result.code, result.out.splitlines()[0]), (0, f"wrote {ATTRIBUTES}"), result.said)
        self.assertIn(COMMANDS[1], result.out)
        self.assertNotIn("next: put an asset", result.out)
        before = read_tree(self.dir)
        result = self.run_here("init", "--git")
        self.assertEqual(result.code, 0, result.said)
        self.assertIn("nothing to do", result.out)
        self.assertEqual((read_tree(self.dir), read(self.path(INDEX))), (before, index))
        self.assertEqual(self.run_here("init").code, 1)

    def test_json(self):
        document = json.loads(self.run_here("init", "--git", "--format", "json").out)
        self.assertEqual((document["git"], document["existed"], document["configuration"]), (True, False, COMMANDS))
        document = json.loads(self.run_here("init", "--git", "--format", "json").out)
        self.assertEqual((document["git"], document["existed"], document["configuration"]), (True, True, COMMANDS))

    def test_the_plan(self):
        document = json.loads(self.run_here("init", "--git", "--dry-run", "--format", "json").out)
        self.assertEqual([step["to"] for step in document["plan"]], [IGNORE, ATTRIBUTES, INDEX])
        self.assertEqual(os.listdir(self.dir), [])
        self.assertEqual(self.run_here("init").code, 0)
        before = read_tree(self.dir)
        result = self.run_here("init", "--git", "--dry-run")
        self.assertIn(f"would write {ATTRIBUTES}: ", result.out)
        self.assertEqual(read_tree(self.dir), before)

    def test_files_of_the_user_get_a_line(self):
        self.assertEqual(self.run_here("init").code, 0)
        write(self.path(IGNORE), b"*\n!/index.json")
        write(self.path(ATTRIBUTES), b"*.json text\n")
        self.assertEqual(self.run_here("init", "--git").code, 0)
        self.assertEqual(read(self.path(IGNORE)), b"*\n!/index.json\n!/.gitattributes\n")
        self.assertEqual(read(self.path(ATTRIBUTES)), b"*.json text\n" + LINE)

    def test_an_ignore_file_of_an_earlier_prpack_is_replaced(self):
        self.assertEqual(self.run_here("init").code, 0)
        new = read(self.path(IGNORE))
        older = [new.replace(b"!/.gitattributes\n", b""), new.replace(b"!/.gitattributes\n", b"").replace(b" history.jsonl, quarantine/,", b"")]
        for text in older:
            self.assertNotEqual(text, new)
            write(self.path(IGNORE), text)
            self.assertEqual(self.run_here("init", "--git").code, 0)
            self.assertEqual(read(self.path(IGNORE)), new)

    def test_what_is_not_a_file_is_refused(self):
        self.assertEqual(self.run_here("init").code, 0)
        for name in (IGNORE, ATTRIBUTES):
            if os.path.lexists(self.path(name)):
                os.remove(self.path(name))
            os.symlink("elsewhere", self.path(name))
            self.assert_one_line(self.run_here("init", "--git", "-q"), 1, "input-not-regular", f"{name}: error")
            self.assertFalse(os.path.lexists(self.path("assets/.prometeu/elsewhere")))
            os.remove(self.path(name))
            write(self.path(name), b"x" * 65537)
            self.assert_one_line(self.run_here("init", "--git", "-q"), 1, "input-too-large", f"{name}: error")
            os.remove(self.path(name))

    def test_a_link_that_leads_nowhere(self):
        """It is not a registry that git could merge."""
        self.assertEqual(self.run_here("init").code, 0)
        os.remove(self.path(INDEX))
        os.symlink("nowhere", self.path(INDEX))
        for words in (["init", "--git"], ["init"], ["init", "--git", "--dry-run"]):
            result = self.run_here(*words)
            self.assertEqual(result.code, 1, result)
            self.assertIn("error[workspace-missing] the registry is a link, and nothing is where it leads", result.err)
        self.assertFalse(os.path.exists(self.path(ATTRIBUTES)))

    def test_a_workspace_in_use(self):
        self.assertEqual(self.run_here("init").code, 0)
        import fcntl
        descriptor = os.open(self.path("assets/.prometeu"), os.O_RDONLY)
        self.addCleanup(os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        self.assertEqual(self.run_here("init", "--git", "-q").code, 3)
        self.assertFalse(os.path.exists(self.path(ATTRIBUTES)))

    @unittest.skipUnless(shutil.which("git"), "git is not here")
    def test_git_takes_it(self):
        environment = {"HOME": self.dir, "GIT_CONFIG_NOSYSTEM": "1"}
        self.assertEqual(program.run(["git", "init", "-q"], self.dir, env=environment).code, 0)
        result = self.run_here("init", "--git")
        self.assertIn("which has to be in PATH", result.out)
        for command in result.out.splitlines()[-3:-1]:
            subprocess.run(["sh", "-c", command], cwd=self.dir, check=True)
        ended = program.run(["git", "check-attr", "merge", "--", INDEX], self.dir, env=environment)
        self.assertEqual(ended.out, f"{INDEX}: merge: prpack\n")
        ended = program.run(["git", "config", "merge.prpack.driver"], self.dir, env=environment)
        self.assertEqual(ended.out, DRIVER + "\n")
        ended = program.run(["git", "status", "--porcelain", "-uall"], self.dir, env=environment)
        self.assertEqual(sorted(ended.out.split()), sorted(["??", ATTRIBUTES, "??", IGNORE, "??", INDEX]))

    @unittest.skipUnless(shutil.which("git"), "git is not here")
    def test_without_prpack_in_path_git_merges_lines(self):
        """Both branches change one line. Git alone would keep ours without a marker."""
        environment = {"HOME": self.dir, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.path.dirname(shutil.which("git")) + ":/usr/bin:/bin"}
        git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]

        def commit(text):
            write(self.path(INDEX), text)
            self.assertEqual(program.run([*git, "commit", "-qam", "change"], self.dir, env=environment).code, 0)

        self.assertEqual(program.run([*git, "init", "-q", "-b", "main"], self.dir, env=environment).code, 0)
        self.assertEqual(self.run_here("init", "--git").code, 0)
        for command in COMMANDS:
            subprocess.run(["sh", "-c", command], cwd=self.dir, check=True)
        program.run([*git, "add", "-A"], self.dir, env=environment)
        commit(b"1\nbase\n3\n")
        self.assertEqual(program.run([*git, "checkout", "-qb", "other"], self.dir, env=environment).code, 0)
        commit(b"1\ntheirs\n3\n")
        self.assertEqual(program.run([*git, "checkout", "-q", "main"], self.dir, env=environment).code, 0)
        commit(b"1\nours\n3\n")
        self.assertEqual(program.run([*git, "merge", "-q", "other"], self.dir, env=environment).code, 1)
        merged = read(self.path(INDEX))
        for part in (b"<<<<<<< ", b"\nours\n", b"\ntheirs\n", b">>>>>>> "):
            self.assertIn(part, merged)


if __name__ == "__main__":
    unittest.main()
