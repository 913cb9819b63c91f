"""scripts/test: what it prints, when it fails, and that it works in a checkout that git refuses to read.

    python3 -m unittest test_scripts

The script runs in a small tree of its own, with programs of that tree in place of git, cmake, ctest and what it installs.
"""

import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
PASSES = """      Start  1: a.b
 1/3 Test  #1: a.b .............................   Passed    0.01 sec
      Start  2: a.c
 2/3 Test  #2: a.c .............................***Skipped   0.01 sec
      Start  3: a.d
 3/3 Test  #3: a.d .............................   Passed    0.01 sec

100% tests passed, 0 tests failed out of 3
"""
FAILS = """ 1/2 Test  #1: a.b .............................   Passed    0.01 sec
 2/2 Test  #2: a.c .............................***Failed    0.01 sec
17 is not 18

50% tests passed, 1 tests failed out of 2
"""


class ScriptsTest(unittest.TestCase):
    def setUp(self):
        self.tree = tempfile.mkdtemp(prefix="prpack-scripts-")
        self.addCleanup(shutil.rmtree, self.tree)
        os.makedirs(os.path.join(self.tree, "scripts"))
        shutil.copy(os.path.join(ROOT, "scripts", "test"), os.path.join(self.tree, "scripts", "test"))
        shutil.copy(os.path.join(ROOT, ".clang-format"), self.tree)
        self.put("base/fine.c", "int fine;\n")
        self.program("scripts/install-packages", "exit 0")
        self.program("bin/cmake", "exit 0")
        self.program("bin/git", "echo 'fatal: detected dubious ownership' >&2; exit 128")

    def put(self, name, text):
        path = os.path.join(self.tree, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def program(self, name, text):
        os.chmod(self.put(name, f"#!/bin/sh\n{text}\n"), 0o755)

    def ctest(self, output, code):
        self.put("ctest.txt", output)
        self.program("bin/ctest", f"cat {self.tree}/ctest.txt; exit {code}")

    def run_test(self, *stages):
        path = os.path.join(self.tree, "bin") + os.pathsep + os.environ["PATH"]
        done = subprocess.run([os.path.join(self.tree, "scripts", "test"), *stages], env={**os.environ, "PATH": path}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.splitlines()

    def test_the_format_is_checked_without_git(self):
        code, lines = self.run_test("format")
        self.assertEqual(code, 0, lines)
        self.assertRegex(lines[0], r"^format +1 files are formatted +\d+ s$")
        self.assertRegex(lines[-1], r"^prpack: passed: format in \d+ s$")

    def test_a_failure_is_shown_in_full_and_ends_the_run(self):
        self.put("base/bad.c", "int  bad ;\n")
        self.ctest(PASSES, 0)
        code, lines = self.run_test("format", "quick")
        self.assertEqual(code, 1)
        self.assertTrue(any("base/bad.c:1" in line for line in lines), lines)
        self.assertFalse(any(line.startswith("quick") for line in lines), lines)
        self.assertEqual(lines[-2:], ["0 passed, 1 failed", "prpack: the stage format failed"])

    def test_tests_that_pass_are_a_count(self):
        self.ctest(PASSES, 0)
        code, lines = self.run_test("quick", "format")
        self.assertEqual(code, 0, lines)
        self.assertEqual(len(lines), 4, lines)
        self.assertRegex(lines[0], r"^quick +2 tests passed, 0 failed, 1 skipped +\d+ s$")
        self.assertEqual(lines[2], "2 passed, 0 failed")
        self.assertRegex(lines[3], r"^prpack: 2 tests passed, 0 failed; quick, format in \d+ s$")

    def test_a_test_that_fails_is_shown(self):
        self.ctest(FAILS, 8)
        code, lines = self.run_test("quick")
        self.assertEqual(code, 1)
        self.assertIn("17 is not 18", lines)
        self.assertFalse(any("Passed" in line for line in lines), lines)
        self.assertEqual(lines[-2:], ["1 passed, 1 failed", "prpack: the stage quick failed"])

    def test_a_build_that_fails_is_a_failure(self):
        self.program("bin/cmake", "echo no such compiler; exit 1")
        self.ctest(PASSES, 0)
        code, lines = self.run_test("quick")
        self.assertEqual(code, 1)
        self.assertEqual(lines[-2:], ["0 passed, 1 failed", "prpack: the stage quick failed"])

    def test_an_unknown_stage_is_refused(self):
        code, lines = self.run_test("formats")
        self.assertEqual(code, 2)
        self.assertIn("there is no stage", lines[0])


if __name__ == "__main__":
    unittest.main()
