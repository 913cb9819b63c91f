"""The rooms below the front ends do not know the words of the command line.

    python3 -m unittest test_words

Messages, expected texts and remedies that name an option or a command come from cli/: another front end has no `--wait`.
"""

import os
import re
import unittest

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
ROOMS = ("base", "json", "reader", "workspace", "writer", "verify", "palettes", "export", "service")

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|^#include[^\n]*|\'(?:[^\'\\\n]|\\.)+\'|"((?:[^"\\\n]|\\.)*)"', re.S | re.M)


def definitions(path, pattern):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return re.findall(pattern, file.read(), re.M)


COMMANDS = definitions("service/operations.def", r"^SERVICE_OPERATION\(\w+, ([a-z]+),")
OPTIONS = definitions("cli/options.def", r'^CLI_(?:FRONT_END_|SHARED_)?OPTION\(\w+, "([a-z-]+)"')
LETTERS = definitions("cli/options.def", r"^CLI_(?:FRONT_END_|SHARED_)?OPTION\([^,]*, [^,]*, '(\w)'")
WORDS = re.compile(r"(?<![\w-])--[a-z]|(?<![\w-])-[%s]\b(?!-)|\bprpack (?:COMMAND|%s)\b"
                   % ("".join(LETTERS), "|".join(COMMANDS)))


def strings_of(text):
    """The string literals of C text. What lies side by side is one literal, as the compiler reads it."""
    joined = re.sub(r'"\s*\n\s*"', "", text)
    return [match.group(1) for match in TOKEN.finditer(joined) if match.group(1) is not None]


def sources():
    for room in ROOMS:
        for directory, _, names in os.walk(os.path.join(ROOT, room)):
            yield from (os.path.join(directory, name) for name in sorted(names) if name.endswith((".c", ".h", ".def")))


class Words(unittest.TestCase):
    def test_lower_rooms_do_not_know_the_command_line(self):
        seen = 0
        for path in sources():
            with open(path, encoding="utf-8") as file:
                for string in strings_of(file.read()):
                    seen += 1
                    self.assertIsNone(WORDS.search(string), f"{os.path.relpath(path, ROOT)}: \"{string}\"")
        self.assertGreater(seen, 1000)

    def test_words_are_found(self):
        self.assertIn("wait", OPTIONS)
        self.assertIn("format", OPTIONS)
        self.assertIn("build", COMMANDS)
        for option in OPTIONS:
            self.assertIsNotNone(WORDS.search(f"say it with --{option}, or"), option)
        for command in COMMANDS:
            self.assertIsNotNone(WORDS.search(f"run prpack {command} here"), command)
        for text in ('"name it with -C"', '"use " /* comment */ "-q"', 'f("a\\"b --x")', '"run prpack "\n    "init"'):
            self.assertTrue(any(WORDS.search(string) for string in strings_of(text)), text)

    def test_other_text_is_left_alone(self):
        for text in ("/* prpack add: 6. */", '#include "a/--b.h"', '"2^53-1 to x-y, a-b"', '"another prpack is building"',
                     "'-'", '"-1"', '"%-22s"', '"ulimit -n"'):
            self.assertFalse(any(WORDS.search(string) for string in strings_of(text)), text)


if __name__ == "__main__":
    unittest.main()
