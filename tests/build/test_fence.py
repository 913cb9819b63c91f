"""A source cannot include a header of a room that its room may not know: the compiler does not find it.

    PRPACK_BUILD=build/release python3 -m unittest test_fence

Each case is compiled with the command of a real source of the room, taken from compile_commands.json.
"""

import json
import os
import shlex
import subprocess
import tempfile
import unittest

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.path.realpath(os.environ["PRPACK_BUILD"])

# Room: (headers that it may include, headers behind a wall).
CASES = {
    "base": (["base/bytes.h"], ["json/tokenizer.h", "reader/pack.h", "cli/run.h"]),
    "json": (["base/bytes.h", "json/tokenizer.h"], ["reader/pack.h", "workspace/workspace.h"]),
    "reader": (["base/bytes.h", "json/tokenizer.h", "reader/pack.h", "reader/header/table.h"],
               ["base/findings.h", "base/hash.h", "json/emit.h", "json/pointer.h", "verify/verify.h", "writer/writer.h"]),
    "workspace": (["base/findings.h", "json/emit.h"], ["reader/pack.h", "writer/writer.h", "verify/verify.h"]),
    "writer": (["workspace/workspace.h", "writer/layout.h"],
               ["reader/pack.h", "reader/layout.h", "verify/verify.h", "service/service.h"]),
    "verify": (["base/findings.h", "json/emit.h", "reader/pack.h", "reader/header.h"],
               ["reader/header/table.h", "writer/writer.h", "writer/layout.h", "workspace/workspace.h", "service/service.h"]),
    "palettes": (["base/task.h", "palettes/search.h"],
                 ["json/emit.h", "workspace/workspace.h", "writer/writer.h", "reader/pack.h", "service/service.h"]),
    "export": (["base/text.h", "export/png.h", "json/emit.h", "reader/pack.h", "reader/decode.h"],
               ["reader/header.h", "reader/layout.h", "workspace/workspace.h", "writer/writer.h", "verify/verify.h", "service/service.h"]),
    "service": (["export/png.h", "palettes/search.h", "reader/pack.h", "verify/verify.h", "workspace/workspace.h", "writer/writer.h"],
                ["reader/header/table.h", "cli/run.h", "fuzz/lib/harness.h", "tests/lib/unit.h"]),
    "present": (["base/text.h", "json/emit.h", "service/service.h"],
                ["service/examination/examine.h", "service/table/tables.h", "verify/verify.h", "workspace/workspace.h", "cli/run.h"]),
    "cli": (["base/text.h", "service/service.h", "present/sink.h"],
            ["service/transaction/swap.h", "json/emit.h", "verify/verify.h", "writer/writer.h", "workspace/workspace.h",
             "reader/pack.h", "fuzz/lib/harness.h", "tests/lib/unit.h"]),
    "serve": (["base/text.h", "json/emit.h", "service/service.h", "present/sink.h"],
              ["service/transaction/swap.h", "verify/verify.h", "writer/writer.h", "workspace/workspace.h", "reader/pack.h", "cli/run.h",
               "fuzz/lib/harness.h", "tests/lib/unit.h"]),
}

OUTPUTS = ("-o", "-MF", "-MT")


def commands():
    """For each room, the command line for one of its sources, without the source and without any output."""
    with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    found = {}
    for entry in entries:
        room = os.path.relpath(entry["file"], ROOT).split(os.sep)[0]
        words = shlex.split(entry["command"])
        if f" {room}/CMakeFiles/prpack_{room}.dir/" not in f" {words[words.index('-o') + 1]}":
            continue
        found[room] = [word for i, word in enumerate(words)
                       if word not in (*OUTPUTS, "-c", "-MD", entry["file"]) and words[i - 1] not in OUTPUTS]
    return found


class Fence(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.commands = commands()

    def compiled(self, room, header):
        """What the compiler says about a source of the room that includes the header; empty when it compiles."""
        with tempfile.TemporaryDirectory() as folder:
            source = os.path.join(folder, "planted.c")
            with open(source, "w", encoding="utf-8") as file:
                file.write(f'#include "{header}"\nextern int planted;\n')
            done = subprocess.run([*self.commands[room], "-fsyntax-only", source], cwd=BUILD, capture_output=True, text=True,
                                  env={**os.environ, "LC_ALL": "C"}, check=False)
            return done.stderr if done.returncode else ""

    def test_what_a_room_may_know_compiles(self):
        for room, (allowed, _) in CASES.items():
            for header in allowed:
                with self.subTest(room=room, header=header):
                    self.assertEqual(self.compiled(room, header), "")

    def test_what_is_behind_a_wall_is_not_found(self):
        for room, (_, forbidden) in CASES.items():
            for header in forbidden:
                with self.subTest(room=room, header=header):
                    self.assertTrue(os.path.exists(os.path.join(ROOT, header)), "the case is out of date")
                    self.assertRegex(self.compiled(room, header), rf"{header}['\"]?:? .*(No such file|file not found)")

    def test_each_room_has_a_case(self):
        self.assertEqual(set(CASES), {room for room in self.commands if room not in ("bench", "fuzz", "tests")})


if __name__ == "__main__":
    unittest.main()
