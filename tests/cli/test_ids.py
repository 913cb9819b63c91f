"""prpack ids: what a game's compiler gets (docs/contracts/builder-integration.md 10)."""

import json
import os
import re
import shutil

from harness import program
from harness.trees import read, read_tree, write
from workspace import ROOT, WorkspaceTest

C = ["gcc", "-Wall", "-Wextra", "-Werror", "-pedantic", "-std=c99"]
CPP = ["g++", "-Wall", "-Wextra", "-Werror", "-pedantic", "-std=c++17"]


class Ids(WorkspaceTest):
    def build_scenes(self, names):
        """Builds scenes in the roots s1, s2 … that have these names."""
        self.scene_workspace({f"s{number}": f"{number}" for number in range(1, len(names) + 1)})
        for number, name in enumerate(names, start=1):
            self.edit_declaration(f"s{number}", lambda document, name=name: document.update(name=name))
        built = self.run_here("build", "-q")
        self.assertEqual(built.code, 0, built.said)

    def ids(self, *arguments, code=0):
        ended = self.run_here("ids", *arguments)
        self.assertEqual(ended.code, code, ended.said)
        return ended

    def run_c(self, header, expressions, compiler, suffix):
        """What printf makes of expressions in a program that includes the header twice."""
        write(self.path("ids.h"), header)
        body = "".join(f'printf("{form}\\n", {expression});' for form, expression in expressions)
        write(self.path("main" + suffix), f'#include <limits.h>\n#include <stdio.h>\n#include "ids.h"\n#include "ids.h"\nint main(void) {{ {body} return 0; }}\n')
        made = program.run([*compiler, "-o", "main", "main" + suffix], self.dir)
        self.assertEqual(made.code, 0, made.said)
        return program.run([self.path("main")], self.dir).out.splitlines()

    def test_json_has_what_the_set_says(self):
        demo = self.copy_demo()
        self.assertEqual(self.run_here("build", "-q", "-C", "demo").code, 0)
        product = json.loads(self.run_here("ids", "-C", "demo").out)
        self.assertEqual(product["schema_version"], 1)
        preload = {row["asset_id"]: row["slot"] for row in json.loads(read(os.path.join(demo, "build", "preload.json")))}
        table = json.loads(read(os.path.join(demo, "build", "asset_table.json")))
        recorded = json.loads(read(os.path.join(demo, "build", "asset_table_metadata.json")))["assets"]
        self.assertEqual(product["assets"], [{
            "asset_id": entry["asset_id"], "asset_name": entry["asset_name"], "address": record["asset_root"],
            "bank_type": entry["bank_type"], "slot": preload.get(entry["asset_id"]),
            "tile_size": entry["metadata"].get("tile_size"), "palettes": entry["metadata"].get("palette_authored"),
            "tiles": record.get("tiles")} for entry, record in zip(table, recorded)])
        self.assertEqual(len(product["assets"]), 21)
        self.assertTrue([row for row in product["assets"] if row["slot"] is not None])

    def test_json_has_a_line_for_each_asset(self):
        self.build_scenes(["hero", "the bay"])
        self.assertEqual(self.ids("--format", "json").out, self.ids().out)
        self.assertEqual(self.ids().out, (
            '{"schema_version":1,"assets":[\n'
            '{"asset_id":1,"asset_name":"hero","address":"s1","bank_type":"SCENE","slot":null,"tile_size":null,"palettes":null,"tiles":null},\n'
            '{"asset_id":2,"asset_name":"the bay","address":"s2","bank_type":"SCENE","slot":null,"tile_size":null,"palettes":null,"tiles":null}\n'
            ']}\n'))

    def test_a_set_of_no_assets_has_both_forms(self):
        write(self.path("notes.txt"), b"")
        self.assertEqual(self.run_here("init", "-q").code, 0)
        self.assertEqual(self.run_here("build", "-q").code, 0)
        self.assertEqual(json.loads(self.ids().out), {"schema_version": 1, "assets": []})
        self.assertEqual(self.run_c(self.ids("--format", "c").out, [], C, ".c"), [])

    def test_the_header_compiles_as_c_and_as_c_plus_plus(self):
        names = ["hero", "7 up", "max", "surf – the bay", "日本", 'a"b\\c??/*x', "int", "Null"]
        self.build_scenes(names)
        self.edit_declaration("s3", lambda document: document.update(preload={"enabled": True, "slot": 5}))
        self.assertEqual(self.run_here("build", "-q").code, 0)
        header = self.ids("--format", "c").out
        stems = ["HERO", "7_UP", "MAX", "SURF_THE_BAY", "5", "A_B_C_X", "INT", "NULL"]
        self.assertEqual(re.findall(r"#define ASSET_ID_(\w+) \d+", header), stems)
        self.assertNotIn("__", header)
        self.assertTrue(header.isascii())
        expressions = [("%d", f"ASSET_ID_{stem}") for stem in stems] + [("%s", f"ASSET_NAME_{stem}") for stem in stems] + [
            ("%s", "ASSET_ADDRESS_7_UP"), ("%s", "ASSET_BANK_7_UP"), ("%d", "ASSET_SLOT_MAX")]
        expected = [str(number) for number in range(1, 9)] + names + ["s2", "SCENE", "5"]
        self.assertEqual(self.run_c(header, expressions, C, ".c"), expected)
        self.assertEqual(self.run_c(header, expressions, CPP, ".cpp"), expected)
        self.assertEqual(re.findall(r"ASSET_SLOT_\w+", header), ["ASSET_SLOT_MAX"])

    def test_the_demo_compiles(self):
        self.copy_demo()
        self.assertEqual(self.run_here("build", "-q", "-C", "demo").code, 0)
        header = self.run_here("ids", "-C", "demo", "--format", "c").out
        expressions = [("%d", "ASSET_ID_FONT"), ("%s", "ASSET_ADDRESS_FONT"), ("%d", "ASSET_SLOT_FONT"),
                       ("%d", "ASSET_TILE_SIZE_FONT"), ("%d", "ASSET_PALETTES_FONT")]
        self.assertEqual(self.run_c(header, expressions, C, ".c"), ["1", "ui/font", "0", "8", "3"])
        self.assertEqual(self.run_c(header, expressions, CPP, ".cpp"), ["1", "ui/font", "0", "8", "3"])

    def test_sprites_have_their_place_and_palettes(self):
        for name, sprites in (("tiles", [("A", 0, 3, 1, [0, 1, 0]), ("B", 3, 1, 2, 0), ("A_2", 5, 1, 1, 1)]),
                              ("tiles-full", [("A", 255, 1, 1, 1), ("A_2", 0, 5, 51, 0)])):
            build = os.path.join(ROOT, "corpus", "builds", "valid", name)
            header = self.ids(build, "--format", "c").out
            recorded = json.loads(read(os.path.join(build, "asset_table_metadata.json")))["assets"][0]["tiles"]
            self.assertEqual(json.loads(self.ids(build).out)["assets"][0]["tiles"], recorded)
            expressions, expected = [], []
            for stem, tile, columns, rows, palette in sprites:
                for word, value in (("TILE", tile), ("COLUMNS", columns), ("ROWS", rows), ("PALETTE", palette)):
                    if isinstance(value, list):
                        expressions += [("%d", f"((const int[])SPRITE_PALETTES_GLYPH_{stem})[{number}]") for number in range(len(value))]
                        expected += value
                        self.assertNotIn(f"SPRITE_PALETTE_GLYPH_{stem} ", header)
                    else:
                        expressions.append(("%d", f"SPRITE_{word}_GLYPH_{stem}"))
                        expected.append(value)
            self.assertEqual(self.run_c(header, expressions, C, ".c"), [str(value) for value in expected])

    def test_inspect_and_verify_show_sprites(self):
        build = os.path.join(ROOT, "corpus", "builds", "valid", "tiles")
        for command in ("inspect", "verify"):
            lines = [line.split() for line in self.run_here(command, build).out.splitlines()]
            self.assertIn(["1", "a.png", "0", "3", "1", "0", "1", "0"], lines)
            self.assertIn(["1", "b.png", "3", "1", "2", "0"], lines)
        self.assertNotIn("sprite", self.run_here("inspect", os.path.join(build, "assets.pa")).out)

    def test_two_names_that_become_one_identifier_are_named(self):
        for names in (["a b", "a-b"], ["hero", "HERO"], ["2", "日"], ["x", "é y", "ü Y"]):
            shutil.rmtree(self.path("assets"), ignore_errors=True)
            self.build_scenes(names)
            ended = self.ids("--format", "c", code=1)
            self.assertEqual(ended.out, "")
            self.assert_one_line(ended, 1, "identifier-clash", f'"{names[-2]}" (asset {len(names) - 1})', f'"{names[-1]}" (asset {len(names)})')
            self.assertEqual(len(json.loads(self.ids().out)["assets"]), len(names))

    def test_each_of_many_clashes_is_named(self):
        self.build_scenes(["a", "A ", "a!", "b", "B"])
        lines = self.ids("--format", "c", code=1).err.splitlines()
        self.assertEqual(len(lines), 3)  # "a!" and "A " become A_; the last line sums up
        self.assertIn("ASSET_ID_A_", lines[0])
        self.assertIn("ASSET_ID_B", lines[1])

    def test_a_set_that_is_not_there_has_to_be_built(self):
        for directory in ([], ["elsewhere"]):
            self.assert_one_line(self.ids(*directory, code=1), 1, "build-missing", "prpack build")
        self.scene_workspace({"bay": b"1"})
        self.assertEqual(self.ids(code=1).out, "")

    def test_a_set_that_does_not_conform_has_no_ids(self):
        self.build_scenes(["hero"])
        pack = read(self.path("build", "assets.pa"))
        write(self.path("build", "assets.pa"), pack[:-1] + b"?")
        ended = self.ids("--format", "c", "--output", "ids.h", code=1)
        self.assertIn("error[hash-mismatch]", ended.err)
        self.assertFalse(os.path.exists(self.path("ids.h")))
        write(self.path("build", "assets.pa"), pack)
        os.remove(self.path("build", "asset_table_metadata.json"))
        self.assertIn("error[companion-missing]", self.ids(code=1).err)

    def test_a_set_that_a_kill_left_half_in_place_is_read_as_it_will_be(self):
        self.build_scenes(["hero"])
        expected = self.ids().out
        os.makedirs(self.path("build", ".prpack-commit"))
        os.rename(self.path("build", "assets.pa"), self.path("build", ".prpack-commit", "assets.pa"))
        ended = self.ids()
        self.assertEqual(ended.out, expected)
        self.assertIn("warning[build-pending]", ended.err)

    def test_a_file_gets_what_standard_output_would(self):
        self.build_scenes(["hero"])
        for form in ("json", "c"):
            name = f"gen/er/ids.{form}"
            self.assertEqual(self.ids("--format", form, "--output", name).out, f"{name}: 1 asset\n")
            self.assertEqual(read(self.path(name)).decode(), self.ids("--format", form).out)
            self.assertEqual(self.ids("--format", form, "-q").out, self.ids("--format", form).out)

    def test_a_file_that_is_right_is_not_touched(self):
        self.build_scenes(["hero"])
        self.ids("-o", "ids.json")
        os.utime(self.path("ids.json"), (1, 1))
        before = os.stat(self.path("ids.json"))
        self.assertEqual(self.ids("-o", "ids.json").out, "ids.json: unchanged: 1 asset\n")
        after = os.stat(self.path("ids.json"))
        self.assertEqual((before.st_mtime_ns, before.st_ino), (after.st_mtime_ns, after.st_ino))
        self.build_scenes(["heroine"])
        self.assertEqual(self.ids("-o", "ids.json").out, "ids.json: 1 asset\n")
        self.assertNotEqual(os.stat(self.path("ids.json")).st_mtime, 1)

    def test_make_compiles_when_ids_change_and_not_otherwise(self):
        write(self.path("Makefile"), f"game: ids.h\n\techo compiled >> log; touch game\n"
                                     f"ids.h: FORCE\n\t{program.PRPACK} ids --format c --output ids.h\nFORCE:\n")
        self.build_scenes(["hero"])
        logs = []
        for names in (["hero"], ["hero"], ["hero", "coin"]):
            shutil.rmtree(self.path("assets"))
            self.build_scenes(names)
            if os.path.exists(self.path("game")):
                os.utime(self.path("game"), (10**9, 10**9))
                os.utime(self.path("ids.h"), (10**9, 10**9))
            ended = program.run(["make"], self.dir)
            self.assertEqual(ended.code, 0, ended.said)
            logs.append(read(self.path("log")).count(b"compiled"))
        self.assertEqual(logs, [1, 1, 2])

    def test_files_that_must_not_be_replaced(self):
        self.build_scenes(["hero"])
        os.symlink("build", self.path("link"))
        before = read_tree(self.dir)
        for name in ("build/assets.pa", "link/preload.json", "build/.prpack-commit/x", "assets/s1/data.bin", "assets/new.h",
                     "assets/.prometeu/index.json", "/dev/null", "build", "new/"):
            self.assert_one_line(self.ids("--output", name, code=2), 2, "file-reserved", "--output")
            self.assertEqual(read_tree(self.dir), before, name)
        self.ids("--output", "build/ids.json")

    def test_wrong_forms_are_named(self):
        self.build_scenes(["hero"])
        self.assert_one_line(self.ids("--format", "text", code=2), 2, "usage", "json or c")
        self.assertEqual(self.ids("--format", "json", "--bogus", code=2).out, "")
        self.assert_one_line(self.run_here("list", "--format", "c"), 2, "usage", "text or json")
        self.assertIn("--output FILE", self.ids("--help").out)
        self.assertIn("--output DIR", self.run_here("build", "--help").out)


class Listed(WorkspaceTest):
    """list shows what the set in build/ records."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"one": b"1", "two": b"2"})
        shutil.copytree(os.path.join(ROOT, "corpus", "builds", "valid", "tiles"), self.path("build"))
        self.companion = self.path("build", "asset_table_metadata.json")
        self.recorded = json.loads(read(self.companion))["assets"][0]
        path = self.path("assets", ".prometeu", "index.json")
        uuid = self.recorded["asset_uuid"]
        write(path, read(path).replace(b"00000000-0000-4000-8000-000000000001", uuid.encode()))
        self.edit_declaration("one", lambda document: document.update(asset_uuid=uuid))

    def tiles(self, code=0):
        ended = self.run_here("list", "--format", "json")
        self.assertEqual(ended.code, code, ended.said)
        return [asset["tiles"] for asset in ended.documents()[0]["assets"]]

    def test_sprites_are_listed(self):
        self.assertEqual(self.tiles(), [self.recorded["tiles"], None])
        lines = [line.split() for line in self.run_here("list").out.splitlines()]
        self.assertIn(["1", "a.png", "0", "3", "1", "0", "1", "0"], lines)

    def test_an_asset_of_another_uuid_is_another_one(self):
        path = self.path("assets", ".prometeu", "index.json")
        write(path, read(path).replace(self.recorded["asset_uuid"].encode(), b"00000000-0000-4000-8000-000000000001"))
        self.edit_declaration("one", lambda document: document.update(asset_uuid="00000000-0000-4000-8000-000000000001"))
        self.assertEqual(self.tiles(), [None, None])

    def test_a_document_that_is_not_whole_says_nothing(self):
        text = read(self.companion)
        for damaged in (text.replace(b'"tile":3', b'"tile":4'), text[:-1], b"", b"[]", text.replace(b'"document_xxh3_128"', b'"document"')):
            write(self.companion, damaged)
            self.assertEqual(self.tiles(), [None, None])
        os.remove(self.companion)
        self.assertEqual(self.tiles(), [None, None])
        os.makedirs(self.companion)
        self.assertEqual(self.tiles(), [None, None])

    def test_a_link_in_the_place_of_build_is_not_followed(self):
        os.rename(self.path("build"), self.path("elsewhere"))
        os.symlink("elsewhere", self.path("build"))
        self.assertEqual(self.tiles(), [None, None])
