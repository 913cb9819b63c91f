"""scripts/check-rooms finds a fault of each kind: in a small tree with the real rules, the real include paths and real objects.

    python3 -m unittest test_rooms

The tree has one file or a few for each room, and no fault. Each test writes some files anew, compiles and checks.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
CHECK = os.path.join(ROOT, "scripts", "check-rooms")
sys.path.insert(0, os.path.join(ROOT, "scripts"))

from rooms import circles, rules  # noqa: E402 (the path comes first)

PROJECT = """
cmake_minimum_required(VERSION 3.25)
set(CMAKE_C_COMPILER_FORCED ON)
project(small C)
set(CMAKE_C_FLAGS "-std=c17 -w")
add_library(prpack_warnings INTERFACE)
add_library(prpack_hardening INTERFACE)
add_library(prpack_instrumentation INTERFACE)
include({root}/cmake/Room.cmake)
"""
PUBLIC = {"reader": "pack.h"}
PARTS = {"reader": "base/text.h json/text.h"}


def sub_room(room):
    """The name of the sub-room: where the room has floors, a name that has one."""
    return f"{room}/" + re.search(r"(\w+)/", rules.FLOORS.get(room, "sub/")).group(1)


VERIFY, READER, WRITER = map(sub_room, ("verify", "reader", "writer"))


def small_tree():
    """{path: text}: a room has text.c with text.h, and a sub-room with low.c, whose header text.c uses, and high.c. Base has the
    two hash codes."""
    files = {}
    for room in rules.WALLS:
        sub = sub_room(room)
        files[f"{room}/text.h"] = f"int {room}_text(void);\n"
        files[f"{room}/text.c"] = f'#include "{room}/text.h"\n#include "{sub}/low.h"\nint {room}_text(void) {{ return {room}_low(); }}\n'
        files[f"{sub}/low.h"] = f"int {room}_low(void);\n"
        files[f"{sub}/low.c"] = f'#include "{sub}/low.h"\nint {room}_low(void) {{ return 1; }}\n'
        files[f"{sub}/high.c"] = f'#include "{sub}/low.h"\nint {room}_high(void);\nint {room}_high(void) {{ return {room}_low(); }}\n'
    for code in ("hash", "fast_hash"):
        files[f"base/{code}.h"] = f"int base_{code}(void);\n"
        files[f"base/{code}.c"] = f'#include "base/{code}.h"\nint base_{code}(void) {{ return 1; }}\n'
    files["base/fast_hash_force.h"] = ""
    files["runtime/embed.c"] = '#include "reader/pack.h"\nint main(void) { return pp_open(); }\n'
    files["reader/pack.h"] = '#include "base/text.h"\nint pp_open(void);\n'
    files["reader/pack.c"] = '#include "reader/pack.h"\nint pp_open(void) { return 1; }\n'
    return files


def project():
    text = PROJECT.format(root=ROOT)
    for room, known in rules.WALLS.items():
        if room in rules.TESTING:
            text += f"add_library({room} STATIC {sources(room)})\ntarget_include_directories({room} PRIVATE .)\n"
        else:
            uses = " ".join(f"prpack_{other}" for other in known.split())
            text += f"prpack_room({room} SOURCES {sources(room)} USES {uses} PARTS {PARTS.get(room, '')} PUBLIC_HEADERS {PUBLIC.get(room, '')})\n"
    return text + "add_executable(embed runtime/embed.c)\ntarget_link_libraries(embed PRIVATE prpack::reader)\n"


def sources(room):
    return " ".join(path for path in small_tree() if path.startswith(f"{room}/") and path.endswith(".c"))


def function(name, body="return 1;", before=""):
    return f"{before}int {name}(void);\nint {name}(void) {{ {body} }}\n"


class Rooms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.tree)
        cls.build = os.path.join(cls.tree, "build")
        cls.write({"CMakeLists.txt": project(), **small_tree()})
        environment = {name: value for name, value in os.environ.items() if name != "CMAKE_C_COMPILER_LAUNCHER"}
        subprocess.run(["cmake", "-S", cls.tree, "-B", cls.build, "-G", "Ninja"], env=environment, check=True, capture_output=True)

    @classmethod
    def write(cls, files):
        for path, text in files.items():
            whole = os.path.join(cls.tree, path)
            os.makedirs(os.path.dirname(whole), exist_ok=True)
            with open(whole, "w", encoding="utf-8") as file:
                file.write(text)

    def checked(self, files):
        """(exit code, lines) of check-rooms, with these files in place of the small tree's."""
        self.addCleanup(self.write, {path: small_tree().get(path, "") for path in files})
        self.write(files)
        built = subprocess.run(["ninja", "-C", self.build], capture_output=True, text=True, check=False)
        self.assertEqual(built.returncode, 0, built.stdout)
        done = subprocess.run([CHECK, self.build, self.tree], capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout.splitlines()

    def finds(self, files, *faults):
        code, lines = self.checked(files)
        self.assertEqual(code, 1)
        for fault in faults:
            self.assertIn(fault, lines)
        self.assertRegex(lines[-1], rf"^\d+ sources compiled, \d+ files with \d+ arrows, {len(lines) - 1} faults$")

    def test_no_fault(self):
        code, lines = self.checked({})
        self.assertEqual((code, len(lines)), (0, 1), lines)

    # ---- Walls ----

    def test_include_against_a_wall(self):
        self.finds({"verify/text.c": '#include "../writer/text.h"\n' + small_tree()["verify/text.c"]},
                   "verify/text.c includes writer/text.h: verify may not know writer",
                   'verify/text.c includes "../writer/text.h": an include is written from the root, "writer/text.h"')

    def test_include_against_a_wall_in_a_header(self):
        self.finds({"verify/text.h": '#include "../writer/text.h"\n' + small_tree()["verify/text.h"]},
                   "verify/text.c includes writer/text.h: verify may not know writer")

    def test_include_of_a_private_header(self):
        self.finds({"verify/text.c": '#include "../reader/text.h"\n' + small_tree()["verify/text.c"]},
                   "verify/text.c includes reader/text.h: verify may not know this part of reader")

    def test_call_against_a_wall(self):
        self.finds({f"{VERIFY}/high.c": function("verify_high", "return writer_text();", "int writer_text(void);\n")},
                   f"{VERIFY}/high.c calls writer_text (writer/text.c): verify may not know writer")

    def test_call_of_what_is_private(self):
        self.finds({f"{VERIFY}/high.c": function("verify_high", "return reader_text();", "int reader_text(void);\n")},
                   f"{VERIFY}/high.c calls reader_text (reader/text.c): verify may not know this part of reader")

    def test_call_of_what_is_public(self):
        code, lines = self.checked({f"{VERIFY}/high.c": function("verify_high", "return pp_open();", '#include "reader/pack.h"\n')})
        self.assertEqual((code, len(lines)), (0, 1), lines)

    def test_call_of_a_part_that_a_console_does_not_get(self):
        self.finds({f"{READER}/high.c": function("reader_high", "return base_low();", "int base_low(void);\n")},
                   f"{READER}/high.c calls base_low (base/sub/low.c): reader may not know this part of base")

    def test_call_of_a_test(self):
        self.finds({f"{WRITER}/high.c": function("writer_high", "return fuzz_text();", "int fuzz_text(void);\n")},
                   f"{WRITER}/high.c calls fuzz_text (fuzz/text.c): writer may not know fuzz")

    def test_two_definitions(self):
        self.finds({f"{WRITER}/high.c": function("verify_high")},
                   f"verify_high is defined more than once: {VERIFY}/high.c, {WRITER}/high.c")

    def test_what_a_runtime_sees(self):
        self.addCleanup(self.write, {"runtime/embed.c": small_tree()["runtime/embed.c"]})
        self.write({"runtime/embed.c": f'#include "{READER}/low.h"\nint main(void) {{ return 0; }}\n'})
        built = subprocess.run(["ninja", "-C", self.build], capture_output=True, text=True, check=False)
        self.assertIn(f"{READER}/low.h: No such file or directory", built.stdout)

    # ---- Files that are for some sources alone ----

    HASH, FAST_HASH, KERNELS = rules.RESERVED.values()

    def test_each_hash_code_has_users(self):
        code, lines = self.checked({f"{sub_room(room)}/high.c": f'#include "base/{code}.h"\n' + function(f"{room}_high", f"return base_{code}();")
                                    for room, code in (("workspace", "hash"), ("writer", "hash"), ("service", "hash"), ("verify", "fast_hash"))})
        self.assertEqual((code, len(lines)), (0, 1), lines)

    def test_the_verifier_with_the_hash_of_the_writer(self):
        self.finds({f"{VERIFY}/high.c": '#include "base/hash.h"\n' + function("verify_high")},
                   f"{VERIFY}/high.c includes base/hash.h: it is only for {self.HASH}")
        self.finds({f"{VERIFY}/high.c": function("verify_high", "return base_hash();", "int base_hash(void);\n")},
                   f"{VERIFY}/high.c calls base_hash (base/hash.c): it is only for {self.HASH}")

    def test_the_writer_with_the_hash_of_the_verifier(self):
        self.finds({f"{WRITER}/high.c": '#include "base/fast_hash.h"\n' + function("writer_high")},
                   f"{WRITER}/high.c includes base/fast_hash.h: it is only for {self.FAST_HASH}")
        self.finds({f"{WRITER}/high.c": function("writer_high", "return base_fast_hash();", "int base_fast_hash(void);\n")},
                   f"{WRITER}/high.c calls base_fast_hash (base/fast_hash.c): it is only for {self.FAST_HASH}")

    def test_a_way_around_through_base(self):
        self.finds({"base/text.c": function("base_text", "return base_hash();", "int base_hash(void);\n")},
                   f"base/text.c calls base_hash (base/hash.c): it is only for {self.HASH}")

    def test_the_switch_of_the_tests(self):
        self.finds({f"{VERIFY}/high.c": '#include "base/fast_hash_force.h"\n' + function("verify_high")},
                   f"{VERIFY}/high.c includes base/fast_hash_force.h: it is only for {self.KERNELS}")

    # ---- Libraries ----

    def test_include_of_a_library(self):
        self.finds({f"{VERIFY}/high.c": "#include <png.h>\n" + function("verify_high")},
                   f"{VERIFY}/high.c includes /usr/include/libpng16/png.h: libpng is not for this file, only for "
                   + rules.LIBRARIES["libpng"][2])

    def test_call_of_a_library(self):
        self.finds({f"{READER}/high.c": function("reader_high", "return cJSON_Parse();", "int cJSON_Parse(void);\n")},
                   f"{READER}/high.c calls cJSON_Parse: cJSON is not for this file, only for " + rules.LIBRARIES["cJSON"][2])

    # ---- Circles ----

    def test_circle_of_two_files(self):
        self.finds({"json/text.c": function("json_text", "return json_pack();", "int json_pack(void);\n"),
                    "json/text.h": '#include "json/sub/low.h"\n',
                    "json/sub/low.c": function("json_low", "return json_text();", "int json_text(void);\n"),
                    "json/sub/high.c": function("json_pack")},
                   "circle of 2 files: json/sub/low, json/text: json/sub/low.c calls json_text (json/text.c); "
                   "json/text.h includes json/sub/low.h")

    def test_circle_in_a_sub_room(self):
        for room in ("reader", "fuzz", "tests"):
            sub = sub_room(room)
            with self.subTest(room=room):
                self.finds({f"{sub}/low.c": f'#include "{sub}/low.h"\n'
                            + function(f"{room}_low", f"return {room}_high();", f"int {room}_high(void);\n")},
                           f"circle of 2 files: {sub}/high, {sub}/low: {sub}/high.c includes {sub}/low.h; "
                           f"{sub}/low.c calls {room}_high ({sub}/high.c)")

    def test_circle_of_sub_rooms(self):
        self.finds({"cli/sub/high.c": '#include "cli/text.h"\n' + function("cli_high", "return cli_text();")},
                   "circle of 2 sub-rooms: cli/sub/, cli/text: cli/sub/high.c includes cli/text.h; cli/text.c includes cli/sub/low.h")

    def test_arrow_against_the_floors(self):
        self.finds({"verify/core/odd.h": '#include "verify/sources/odd.h"\n', "verify/sources/odd.h": ""},
                   "verify/core/odd.h includes verify/sources/odd.h: against the floors, verify/core/ is on a floor below "
                   "verify/sources/")

    def test_a_sub_room_without_a_floor(self):
        self.finds({"verify/text.c": '#include "verify/new/odd.h"\n' + small_tree()["verify/text.c"], "verify/new/odd.h": ""},
                   "verify/new/ has no floor: add it to FLOORS in scripts/rooms/rules.py")


class Graphs(unittest.TestCase):
    """What the small tree, which has the real rules, cannot show."""

    class Rules:
        FLOORS = {"verify": "core/ < header/ payloads/ < verify"}
        KNOWN_CIRCLES = {"writer": 2}

    def test_an_arrow_against_the_floors(self):
        graph = {"verify/core/a": {"verify/header/b": "a.c calls b (b.c)"},
                 "verify/header/b": {"verify/payloads/c": "b.c includes c.h"},
                 "verify/verify": {"verify/core/a": "verify.c includes a.h", "verify/other": "verify.c includes other.h"}}
        self.assertEqual(list(circles.check_floors(graph, self.Rules)), [
            "a.c calls b (b.c): against the floors, verify/core/ is on a floor below verify/header/",
            "b.c includes c.h: against the floors, verify/header/ is on the same floor as verify/payloads/"])

    def test_a_known_circle_may_not_grow(self):
        graph = {"writer/a": {"writer/b": "ab"}, "writer/b": {"writer/a": "ba"}}
        self.assertEqual(list(circles.check_files(graph, self.Rules)), [])
        graph = {"writer/a": {"writer/b": "ab"}, "writer/b": {"writer/c": "bc"}, "writer/c": {"writer/a": "ca"}}
        self.assertEqual(list(circles.check_files(graph, self.Rules)),
                         ["circle of 3 files: writer/a, writer/b, writer/c: ab; bc; ca"])

    def test_two_circles_that_share_a_file_are_one(self):
        graph = {"a": {"b": ""}, "b": {"a": "", "c": ""}, "c": {"d": ""}, "d": {"b": ""}, "e": {"a": "", "f": ""}}
        self.assertEqual(circles.circles(graph), [["a", "b", "c", "d"]])


if __name__ == "__main__":
    unittest.main()
