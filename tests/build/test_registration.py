"""A UNIT_TEST that the build would not run fails the configuration.

    python3 -m unittest test_registration

Each case configures a small project of its own with tests/lib/UnitTests.cmake.
"""

import os
import subprocess
import tempfile
import unittest

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
PROJECT = f"""cmake_minimum_required(VERSION 3.25)
project(planted LANGUAGES NONE)
enable_testing()
function(prpack_program name)
endfunction()
include("{ROOT}/tests/lib/UnitTests.cmake")
prpack_unit_test(room file USES prpack_base)
prpack_check_unit_tests("${{CMAKE_CURRENT_SOURCE_DIR}}")
"""
FINE = "UNIT_TEST(one)\n{\n}\n\nUNIT_TEST(two_2)\n{\n}\n"


class Registration(unittest.TestCase):
    def configure(self, files):
        """(whether the configuration succeeds, what CMake wrote, the names of the tests)"""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {"CMakeLists.txt": PROJECT, **files}.items():
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(text)
            build = os.path.join(folder, "build")
            done = subprocess.run(["cmake", "-S", folder, "-B", build], capture_output=True, text=True, check=False)
            listed = subprocess.run(["ctest", "-N"], cwd=build, capture_output=True, text=True, check=False).stdout
        names = [line.split(": ")[1] for line in listed.splitlines() if " Test " in line]
        return done.returncode == 0, " ".join(done.stderr.split()), names

    def assert_refused(self, files, *words):
        succeeds, said, _ = self.configure(files)
        self.assertFalse(succeeds, said)
        for word in words:
            self.assertIn(word, said)

    def test_each_test_is_registered(self):
        succeeds, said, names = self.configure({"file.c": FINE})
        self.assertTrue(succeeds, said)
        self.assertEqual(names, ["room.file.one", "room.file.two_2"])

    def test_not_at_the_start_of_a_line(self):
        self.assert_refused({"file.c": FINE + "    UNIT_TEST(three)\n{\n}\n"}, "occurs 3 times", "only 2 tests")

    def test_behind_another_word(self):
        self.assert_refused({"file.c": FINE + "static int x; UNIT_TEST(three) {}\n"}, "occurs 3 times")

    def test_a_blank_before_the_parenthesis(self):
        self.assert_refused({"file.c": FINE + "UNIT_TEST (three)\n{\n}\n"}, "occurs 3 times")

    def test_a_name_of_other_letters(self):
        self.assert_refused({"file.c": FINE + "UNIT_TEST(Three)\n{\n}\n"}, "occurs 3 times")

    def test_a_name_on_a_line_of_its_own(self):
        self.assert_refused({"file.c": FINE + "UNIT_TEST(\n    three)\n{\n}\n"}, "occurs 3 times")

    def test_two_of_one_name(self):
        self.assert_refused({"file.c": FINE + "UNIT_TEST(one)\n{\n}\n"}, "two tests of the same name")

    def test_no_test_at_all(self):
        self.assert_refused({"file.c": "int x;\n"}, "has no UNIT_TEST")

    def test_a_file_that_is_not_named(self):
        self.assert_refused({"file.c": FINE, "other.c": FINE}, "other.c has tests")
        self.assertTrue(self.configure({"file.c": FINE, "other.c": "int helper;\n"})[0])


if __name__ == "__main__":
    unittest.main()
