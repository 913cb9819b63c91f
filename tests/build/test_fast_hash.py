"""cmake/FastHash.cmake: PRPACK_FAST_HASH is on where the kernels are known to fit, and nowhere else.

    python3 -m unittest test_fast_hash

Each case configures a small project with an xxhash.h that only has the number of a version.
"""

import os
import subprocess
import tempfile
import unittest

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))

PROJECT = """
cmake_minimum_required(VERSION 3.25)
set(CMAKE_C_COMPILER_FORCED ON)
project(small C)
add_library(PkgConfig::XXHASH INTERFACE IMPORTED)
target_include_directories(PkgConfig::XXHASH INTERFACE ${CMAKE_SOURCE_DIR}/${XXHASH_VERSION})
include(%s/cmake/FastHash.cmake)
message(STATUS "fast=${PRPACK_FAST_HASH} dispatches=${PRPACK_HASH_DISPATCHES} sources=${PRPACK_FAST_HASH_SOURCES}")
""" % ROOT

DISPATCH = """
typedef struct { unsigned long long low64; } value;
enum { XXH_OK };
static void *XXH3_createState(void) { return 0; }
static int XXH3_128bits_update(void *state, const void *bytes, unsigned size) { return XXH_OK; }
static value XXH3_128bits(const void *bytes, unsigned size) { return (value){0}; }
"""


class FastHash(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.tree.cleanup)
        with open(os.path.join(cls.tree.name, "CMakeLists.txt"), "w", encoding="utf-8") as file:
            file.write(PROJECT)

    def configure(self, version, *options, build=None):
        """(exit code, output) with an xxHash of that version."""
        include = os.path.join(self.tree.name, version)
        os.makedirs(include, exist_ok=True)
        major, minor, release = map(int, version.split("."))
        with open(os.path.join(include, "xxhash.h"), "w", encoding="utf-8") as file:
            file.write(f"#define XXH_VERSION_NUMBER {major * 10000 + minor * 100 + release}\n")
        build = build or tempfile.mkdtemp(dir=self.tree.name)
        done = subprocess.run(["cmake", "-S", self.tree.name, "-B", build, "-G", "Ninja", f"-DXXHASH_VERSION={version}", *options],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_on_where_the_kernels_are_known_to_fit(self):
        for version in ("0.8.1", "0.8.3"):
            code, output = self.configure(version)
            self.assertEqual(code, 0, output)
            self.assertRegex(output, "fast=ON .* sources=fast_hash.c;fast_hash_portable.c")

    def test_off_elsewhere(self):
        for version in ("0.8.0", "0.8.4", "0.9.1", "1.8.1"):
            code, output = self.configure(version)
            self.assertEqual(code, 0, output)
            self.assertRegex(output, "fast=OFF .* sources=fast_hash_plain.c\n")

    def test_off_on_demand(self):
        code, output = self.configure("0.8.1", "-DPRPACK_FAST_HASH=OFF")
        self.assertEqual(code, 0, output)
        self.assertRegex(output, "fast=OFF .* sources=fast_hash_plain.c\n")

    def test_on_is_refused_where_it_is_not_known_to_fit(self):
        code, output = self.configure("0.8.4", "-DPRPACK_FAST_HASH=ON")
        self.assertNotEqual(code, 0)
        self.assertIn("not known to fit xxHash 0.8.4", " ".join(output.split()))

    def test_another_version_is_another_question(self):
        build = tempfile.mkdtemp(dir=self.tree.name)
        self.assertEqual(self.configure("0.8.1", build=build)[0], 0)
        code, output = self.configure("0.8.4", build=build)
        self.assertNotEqual(code, 0)
        self.assertIn("-DPRPACK_FAST_HASH=OFF", output)

    def test_the_functions_that_choose_are_used_where_they_are(self):
        _, output = self.configure("0.8.1")
        self.assertIn("dispatches= ", output)
        with open(os.path.join(self.tree.name, "0.8.1", "xxh_x86dispatch.h"), "w", encoding="utf-8") as file:
            file.write(DISPATCH)
        _, output = self.configure("0.8.1")
        self.assertIn("dispatches=1 ", output)


if __name__ == "__main__":
    unittest.main()
