"""What a header defines begins with the prefix of its room, and no two headers define one name.

    python3 -m unittest test_names
"""

import collections
import glob
import os
import re
import unittest

import header_names

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
ROOMS = ("base", "json", "reader", "workspace", "writer", "verify", "palettes", "export", "service", "present", "cli")
# What consoles embed has a prefix of its own, in these two headers and nowhere else.
EMBEDDED = {"reader/pack.h": ["pp"], "reader/decode.h": ["pp"]}
# A second prefix of a room: the catalogue of diagnostics is part of base/.
MORE = {"base": ["diag"]}
# Headers mention these instead of including the library's own.
OF_LIBRARIES = ("cJSON", "png_info_def", "png_struct_def")
# The body of the sources that include it, compiled once for each instruction set; it is not an interface.
KERNEL = "_kernel.h"


def prefixes(path):
    room = path.split("/")[0]
    return EMBEDDED.get(path, [room, *MORE.get(room, [])])


def is_prefixed(name, allowed):
    return any(name in (prefix, prefix.upper()) or name.startswith((f"{prefix}_", f"{prefix.upper()}_")) for prefix in allowed)


def guard(path):
    return "PRPACK_" + re.sub(r"\W", "_", path).upper()


def without_prefix(path, text, completed=()):
    """Faults of a room's header, as lines. It may define the tags `completed`, which a header of consoles leaves open."""
    defined, opaque = header_names.names_of(text)
    everywhere = [prefix for room in ROOMS for prefix in (room, *MORE.get(room, []))] + ["pp"]
    for kind, name in defined:
        if not is_prefixed(name, prefixes(path)) and name != guard(path) and (kind, name) not in completed:
            yield f"{path}: {kind} {name}: expected the prefix {' or '.join(prefixes(path))}"
    for kind, name in opaque:
        if not is_prefixed(name, everywhere) and name not in OF_LIBRARIES:
            yield f"{path}: {kind} {name}: expected the prefix of a room"


def defined_twice(texts):
    """Faults of a set of headers, {path: text}, as lines. Tags have names of their own: a struct and a macro do not collide."""
    places = collections.defaultdict(list)
    for path, text in sorted(texts.items()):
        for kind, name in header_names.names_of(text)[0]:
            places[kind == "tag", name].append(f"{path} ({kind})")
    for (_, name), found in sorted(places.items(), key=lambda item: item[0][1]):
        if len(found) > 1:
            yield f"{name} is defined in {', '.join(found)}"


def headers(*folders):
    texts = {}
    for folder in folders:
        for path in glob.glob(os.path.join(ROOT, folder, "**", "*.h"), recursive=True):
            if not path.endswith(KERNEL):
                with open(path, encoding="utf-8") as file:
                    texts[os.path.relpath(path, ROOT)] = file.read()
    return texts


class Tree(unittest.TestCase):
    maxDiff = None

    def test_each_name_has_the_prefix_of_its_room(self):
        texts = headers(*ROOMS)
        completed = [tag for path in EMBEDDED for tag in header_names.names_of(texts[path])[1]]
        faults = [fault for path, text in texts.items() for fault in without_prefix(path, text, completed)]
        self.assertEqual(sorted(faults), [])

    def test_no_name_is_defined_twice(self):
        # Tests of two rooms are never in one program.
        for folder in ("fuzz", "bench", *glob.glob("tests/*/", root_dir=ROOT)):
            with self.subTest(folder=folder):
                self.assertEqual(list(defined_twice(headers(*ROOMS, *{"tests/lib/", folder}))), [])

    def test_the_headers_are_found(self):
        self.assertGreater(sum(len(header_names.names_of(text)[0]) for text in headers(*ROOMS).values()), 600)


class Planted(unittest.TestCase):
    def faults(self, text, path="verify/core/report.h"):
        return [fault.split(": ")[1] for fault in without_prefix(path, text)]

    def test_all_kinds_are_found(self):
        self.assertEqual(self.faults("struct report { int a; };\n"), ["tag report"])
        self.assertEqual(self.faults("union report {\n    int a;\n};\n"), ["tag report"])
        self.assertEqual(self.faults("enum verify_kind { VERIFY_A = 1, KIND_B, VERIFY_C };\n"), ["enumerator KIND_B"])
        self.assertEqual(self.faults("enum { MOST = 3 };\n"), ["enumerator MOST"])
        self.assertEqual(self.faults("#  define MOST(a) \\\n    (a)\n"), ["macro MOST"])
        self.assertEqual(self.faults("typedef int (*visit)(void *context, struct x *y);\n"), ["typedef visit"])
        self.assertEqual(self.faults("typedef int visit(void *context);\n"), ["typedef visit"])
        self.assertEqual(self.faults("typedef struct verify_a { int a; } a;\n"), ["typedef a"])
        self.assertEqual(self.faults("static inline const char *name(int a)\n{\n    return 0;\n}\n"), ["function name"])
        self.assertEqual(self.faults("size_t *name(int a, int b);\n"), ["function name"])
        self.assertEqual(self.faults("struct report;\n"), ["tag report"])

    def test_what_is_right(self):
        self.assertEqual(self.faults("#ifndef PRPACK_VERIFY_CORE_REPORT_H\n#define PRPACK_VERIFY_CORE_REPORT_H\n"
                                     "/* struct report { int a; }; */\nstruct verify_report { const char *a; /* \"enum { B } */ };\n"
                                     "struct base_text;\nvoid verify_add(struct stat *stat);\n#endif\n"), [])

    def test_the_guard_of_another_header(self):
        self.assertEqual(self.faults("#define PRPACK_VERIFY_REPORT_H\n"), ["macro PRPACK_VERIFY_REPORT_H"])

    def test_what_consoles_embed(self):
        text = "struct pp_pack { int a; };\n"
        self.assertEqual(self.faults(text, "reader/pack.h"), [])
        self.assertEqual(self.faults(text, "reader/pack/private.h"), ["tag pp_pack"])
        self.assertEqual(list(without_prefix("reader/pack/private.h", text, [("tag", "pp_pack")])), [])
        self.assertEqual(self.faults("int pp_pack_open(void);\n", "reader/prelude.h"), ["function pp_pack_open"])
        self.assertEqual(self.faults("struct reader_pack { int a; };\n", "reader/pack.h"), ["tag reader_pack"])

    def test_two_headers(self):
        texts = {"verify/a.h": "enum verify_a { VERIFY_SAME };\nstruct verify_b { int b; };\n",
                 "verify/b.h": "#define VERIFY_SAME 1\nstruct verify_b { int c; };\nstruct verify_c;\n", "verify/c.h": "struct verify_c;\n"}
        self.assertEqual(list(defined_twice(texts)), [
            "VERIFY_SAME is defined in verify/a.h (enumerator), verify/b.h (macro)",
            "verify_b is defined in verify/a.h (tag), verify/b.h (tag)"])


if __name__ == "__main__":
    unittest.main()
