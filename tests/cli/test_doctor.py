"""doctor: docs/contracts/workspace.md 8.10. Each kind of advice has a workspace where it holds, and nearly the same one where it does not."""

import fcntl
import json
import os
import random
import shutil
import struct

from harness.pictures import chunk, png
from harness.trees import commit_edit, read, read_tree, write
from operation import OperationTest

INDEX = "assets/.prometeu/index.json"
LARGE = 1 << 20


def colours(count):
    """RGB values that stay different in RGB565."""
    return [(16 * i, 255 - 16 * i, 8 * i) for i in range(count)]


def hex_file(palette):
    return "".join("%02x%02x%02x\n" % colour for colour in palette)


def indexed(rows, palette):
    """An indexed PNG of these rows of indices; index 0 is transparent."""
    extra = chunk(b"PLTE", b"".join(struct.pack("3B", *colour) for colour in palette)) + chunk(b"tRNS", b"\0")
    return png(len(rows[0]), len(rows), 3, b"".join(b"\0" + bytes(row) for row in rows), extra)


def tile_rows(tiles, across):
    """The rows of a picture of tiles of 8 x 8 indices."""
    rows = []
    for first in range(0, len(tiles), across):
        for y in range(8):
            rows.append([index for tile in tiles[first:first + across] for index in tile[y]])
    return rows


def flips(tile):
    across = [row[::-1] for row in tile]
    return [tile, across, tile[::-1], across[::-1]]


def key(tile):
    return tuple(map(tuple, tile))


class DoctorTest(OperationTest):
    def setUp(self):
        super().setUp()

    def doctor(self, *words, code=0):
        """Runs it without --fix: it changes nothing. Returns the document."""
        before = self.stamps()
        ended = self.run_here("doctor", *words, "--format", "json")
        self.assertEqual(ended.code, code, ended.said)
        if "--fix" not in words or "--dry-run" in words:
            self.assertEqual(self.stamps(), before)
        document, = ended.documents()
        self.validator.validate(document)
        return document

    def found(self, id, *words, code=0):
        return [finding for finding in self.doctor(*words, code=code)["diagnostics"] if finding["id"] == id]

    def advice(self, *words):
        """The ids of all findings. None is an error."""
        findings = self.doctor(*words)["diagnostics"]
        self.assertEqual({finding["severity"] for finding in findings} - {"warning"}, set())
        return [finding["id"] for finding in findings]

    def bank(self, pictures, palettes, root="hero"):
        """A glyph bank of {name: PNG} and {index: text of a .hex file}."""
        self.scene_workspace({root: b""})
        os.remove(self.path("assets", root, "data.bin"))
        for name, data in pictures.items():
            write(self.path("assets", root, name), data)
        for index, text in palettes.items():
            write(self.path("assets", root, f"{index}.hex"), text)
        path = self.path("assets", root, "asset.json")
        document = json.loads(read(path))
        document["type"] = "glyph_bank"
        document["inputs"] = {"sprites": list(pictures), "palettes": [{"index": index, "path": f"{index}.hex"} for index in palettes]}
        document["output"] = {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}}
        write(path, json.dumps(document))

    def registry(self, change):
        document = json.loads(read(self.path(INDEX)))
        change(document["assets"])
        write(self.path(INDEX), json.dumps(document))

    def exclude(self, number):
        self.registry(lambda records: records[number].update(included_in_build=False))


class Verdict(DoctorTest):
    def test_a_healthy_workspace_gets_one_line(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        for words in ([], ["--workspace"], ["--fix"], ["--fix", "--dry-run"]):
            ended = self.run_here("doctor", *words)
            self.assertEqual((ended.code, ended.out, ended.err), (0, "no problems in 2 assets\n", ""))
        self.assertEqual(self.run_here("doctor", "--quiet").out, "")
        self.assertEqual(self.doctor()["diagnostics"], [])

    def test_advice_does_not_change_the_exit_code_and_an_error_does(self):
        self.scene_workspace({"a": b"1", "b": b"1"})
        self.assertEqual(self.advice(), ["content-equal"])
        shutil.rmtree(self.path("assets", "b"))
        findings = self.doctor(code=1)["diagnostics"]
        self.assertEqual([(finding["id"], finding["severity"]) for finding in findings], [("root-invalid", "error")])

    def test_options_that_make_errors_of_warnings_are_not_taken(self):
        self.scene_workspace({"a": b"1"})
        for option in (["--strict"], ["--error", "content-equal"], ["--ignore", "content-equal"], ["--only", "content-equal"], ["--wait"]):
            self.assertEqual(self.run_here("doctor", *option).code, 2)

    def test_a_dry_run_without_fix_is_refused(self):
        self.scene_workspace({"a": b"1"})
        ended = self.run_here("doctor", "--dry-run")
        self.assertEqual(ended.code, 2)
        self.assertIn("--fix", ended.err)

    def test_not_all_findings_are_shown(self):
        self.scene_workspace({f"a{i}": b"%d" % (i // 2) for i in range(20)})
        document = self.doctor("--max-findings", "3")
        self.assertEqual((len(document["diagnostics"]), document["warnings"]), (3, 10))
        self.assertEqual(len(document["equal_content"]), 10)


class Structure(DoctorTest):
    """What keeps a build."""

    def errors(self, *words):
        """Errors as `build --check` and `doctor` find them."""
        found = []
        for command in (["build", "--check"], ["doctor"]):
            document = self.run_here(*command, *words, "--format", "json").documents()[0]
            found.append((document["errors"], [(finding["id"], finding["file"], finding["byte_offset"], finding["json_pointer"], finding["asset_id"],
                                                finding["message"]) for finding in document["diagnostics"] if finding["severity"] == "error"]))
        return found

    def test_the_findings_are_those_of_a_check(self):
        palette = colours(4)
        picture = indexed(tile_rows([[[1] * 8] * 8], 1), palette)
        declaration = self.path("assets", "hero", "asset.json")

        def edit(change):
            document = json.loads(read(declaration))
            change(document)
            write(declaration, json.dumps(document))

        def start():
            shutil.rmtree(self.dir)
            os.mkdir(self.dir)
            self.bank({"hero.png": picture}, {0: hex_file(palette)})

        for change in (
                lambda: os.remove(declaration),
                lambda: write(declaration, "{"),
                lambda: edit(lambda document: document.update(surprise=1, name="")),
                lambda: edit(lambda document: document.update(asset_uuid="00000000-0000-4000-8000-0000000000ff")),
                lambda: os.remove(self.path("assets", "hero", "hero.png")),
                lambda: write(self.path("assets", "hero", "hero.png"), b"not a picture"),
                lambda: write(self.path("assets", "hero", "hero.png"), picture[:60]),
                lambda: write(self.path("assets", "hero", "0.hex"), "ff00ff\n123456\n"),
                lambda: shutil.rmtree(self.path("assets", "hero")),
                lambda: write(self.path(INDEX), b'{"schema_version":1,"next_asset_id":1,"assets":[}'),
                lambda: self.registry(lambda records: records.append(dict(records[0]))),
                lambda: os.makedirs(self.path("build", "assets.pa")),
                lambda: os.symlink("/", self.path("build")),
                lambda: write(self.path("assets", ".prometeu", "ignore"), b"x" * 70000),
                lambda: shutil.rmtree(self.path("assets", ".prometeu"))):
            start()
            change()
            check, doctor = self.errors()
            self.assertEqual(doctor, check)
            self.assertGreater(doctor[0], 0)

    def test_rules_between_assets(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        for root in "ab":
            path = self.path("assets", root, "asset.json")
            document = json.loads(read(path))
            document.update(name="same", preload={"enabled": True, "slot": 3})
            write(path, json.dumps(document))
        check, doctor = self.errors()
        self.assertEqual(doctor, check)
        self.assertEqual(doctor[0], 1)

    def test_an_asset_that_builds_leave_out_gives_warnings(self):
        self.scene_workspace({"a": b"1", "b": b"2", "c": b"3"})
        self.exclude(1)
        self.exclude(2)
        shutil.rmtree(self.path("assets", "b"))
        write(self.path("assets", "c", "asset.json"), b"{")
        self.assertEqual(self.advice(), ["root-invalid", "declaration-syntax"])

    def test_an_output_directory_can_be_named(self):
        self.scene_workspace({"a": b"1"})
        os.makedirs(self.path("out", "assets.pa"))
        self.assertEqual(self.advice(), [])
        check, doctor = self.errors("--output", "out")
        self.assertEqual(doctor, check)
        self.assertEqual(doctor[0], 1)

    def test_no_lock_is_waited_for_or_taken(self):
        self.scene_workspace({"a": b"1", "b": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        for directory in ("assets/.prometeu", "build"):
            lock = os.open(self.path(directory), os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertEqual(self.advice(), ["content-equal"])
            os.close(lock)

    def test_a_committed_edit_comes_first(self):
        self.scene_workspace({"a": b"1"})
        commit_edit(self.path("assets", ".prometeu"))
        finding, = self.doctor(code=3)["diagnostics"]
        self.assertEqual((finding["id"], finding["fix"]["safe"]), ("edit-pending", True))
        self.assertEqual(self.run_here("doctor", "--fix").out, "no problems in 1 asset\n")


class Content(DoctorTest):
    def test_equal_files(self):
        self.scene_workspace({"a": b"same", "b": b"same", "c": b"other", "d": b"same", "e": b"size"})
        document = self.doctor()
        finding, = document["diagnostics"]
        self.assertEqual((finding["id"], finding["file"], finding["asset_id"]), ("content-equal", "assets/a/data.bin", 1))
        self.assertIn('3 files have the same 4 bytes: "assets/a/data.bin", "assets/b/data.bin", "assets/d/data.bin"', finding["message"])
        self.assertEqual(document["equal_content"], [{"bytes": 4, "files": [f"assets/{root}/data.bin" for root in "abd"]}])

    def test_nearly_equal_files(self):
        self.scene_workspace({"a": b"same", "b": b"samE", "c": b"same "})
        self.assertEqual(self.advice(), [])

    def test_large_files_are_compared_to_the_end(self):
        data = bytes(random.Random(1).randbytes(300000))
        self.scene_workspace({"a": data, "b": data[:-1] + b"!", "c": data})
        self.assertEqual(self.doctor()["equal_content"], [{"bytes": 300000, "files": ["assets/a/data.bin", "assets/c/data.bin"]}])

    def test_assets_that_builds_leave_out_count(self):
        self.scene_workspace({"a": b"same", "b": b"same"})
        self.exclude(0)
        self.assertEqual(self.advice(), ["content-equal"])

    def test_one_file_by_two_paths_is_not_two_files(self):
        self.scene_workspace({"a": b"same", "b": b"2"})
        os.remove(self.path("assets", "b", "data.bin"))
        os.link(self.path("assets", "a", "data.bin"), self.path("assets", "b", "data.bin"))
        self.assertEqual(self.advice(), [])


class Tiles(DoctorTest):
    """Against a count in Python."""

    palette = colours(16)

    def random_tile(self, source, used=16):
        return [[source.randrange(used) for _ in range(8)] for _ in range(8)]

    def expected(self, tiles):
        """Blank tiles; tiles that repeat an earlier one; of them, those that do so only when flipped."""
        seen, seen_flipped = set(), set()
        blank = repeated = flipped = 0
        for tile in tiles:
            if not any(map(any, tile)):
                blank += 1
                continue
            if key(tile) in seen:
                repeated += 1
            elif key(tile) in seen_flipped:
                repeated += 1
                flipped += 1
            seen.add(key(tile))
            seen_flipped.update(map(key, flips(tile)))
        return blank, repeated, flipped

    def test_random_sheets(self):
        source = random.Random(14)
        blank = [[0] * 8] * 8
        for _ in range(25):
            alphabet = [self.random_tile(source, source.choice((2, 3, 16))) for _ in range(source.randrange(1, 12))] + [blank]
            tiles = [source.choice(flips(source.choice(alphabet))) for _ in range(source.choice((1, 4, 30, 96, 256)))]
            across = next(n for n in (16, 10, 4, 1) if len(tiles) % n == 0)
            first = tiles[:len(tiles) // 2 // across * across]
            pictures = {"b.png": tiles[len(first):], **({"c.png": first} if first else {})}
            order = [tile for name in pictures for tile in pictures[name]]
            shutil.rmtree(self.dir)
            os.mkdir(self.dir)
            self.bank({name: indexed(tile_rows(part, across), self.palette) for name, part in pictures.items()}, {0: hex_file(self.palette)})
            document = self.doctor()
            counts = {finding["id"]: finding["tiles"] for finding in document["diagnostics"]}
            blanks, repeated, flipped = self.expected(order)
            self.assertEqual((counts.pop("tiles-blank", 0), counts.pop("tiles-equal", 0), counts), (blanks, repeated, {}))
            for finding in document["diagnostics"]:
                at = [tile for name in pictures if f"/{name}" in finding["file"] for tile in pictures[name]][finding["tile"]]
                self.assertEqual((finding["x"], finding["y"]), (finding["tile"] % across * 8, finding["tile"] // across * 8))
                if finding["id"] == "tiles-equal":
                    self.assertIn(f"{repeated} of {len(order)} tile", finding["message"])
                    self.assertEqual(f", {flipped} of them only when flipped" in finding["message"], flipped > 0)
                    self.assertTrue(any(map(any, at)))
                else:
                    self.assertEqual(at, blank)

    def test_nearly_equal_tiles(self):
        tile = self.random_tile(random.Random(2))
        near = [list(row) for row in tile]
        near[7][7] = (near[7][7] + 1) % 16
        turned = [[tile[7 - x][y] for x in range(8)] for y in range(8)]
        self.bank({"a.png": indexed(tile_rows([tile, near, turned], 3), self.palette)}, {0: hex_file(self.palette)})
        self.assertEqual(self.advice(), [])

    def test_the_first_pair_is_named(self):
        tile = self.random_tile(random.Random(3))
        other = self.random_tile(random.Random(4))
        for number, how in ((0, ""), (1, ", flipped horizontally"), (2, ", flipped vertically"), (3, ", flipped both ways")):
            shutil.rmtree(self.dir)
            os.mkdir(self.dir)
            self.bank({"a.png": indexed(tile_rows([other, tile], 2), self.palette), "b.png": indexed(tile_rows([flips(tile)[number]], 1), self.palette)},
                      {0: hex_file(self.palette)})
            finding, = self.found("tiles-equal")
            self.assertTrue(finding["message"].endswith(f'the first is tile 0 of "b.png", which is tile 1 of "a.png"{how}'), finding["message"])

    def test_other_palettes_make_no_difference(self):
        """A palette is chosen when a tile is drawn."""
        tile = [[1 + (x + y) % 3 for x in range(8)] for y in range(8)]
        self.bank({"a.png": indexed(tile, self.palette[:4]), "b.png": indexed(tile, self.palette[8:12])},
                  {0: hex_file(self.palette[:4]), 1: hex_file(self.palette[8:12])})
        self.assertEqual(self.advice(), ["tiles-equal"])

    def test_a_bank_that_builds_leave_out_and_one_beside_a_fault_count(self):
        tile = self.random_tile(random.Random(5))
        self.bank({"a.png": indexed(tile_rows([tile, tile], 2), self.palette)}, {0: hex_file(self.palette)})
        self.exclude(0)
        self.assertEqual(self.advice(), ["workspace-empty", "tiles-equal"])
        self.registry(lambda records: (records[0].update(included_in_build=True),
                                       records.append({**records[0], "asset_id": 7, "asset_uuid": "00000000-0000-4000-8000-0000000000aa", "root": "gone"})))
        document = json.loads(read(self.path(INDEX)))
        write(self.path(INDEX), json.dumps({**document, "next_asset_id": 8}))
        self.assertEqual([finding["id"] for finding in self.doctor(code=1)["diagnostics"]], ["root-invalid", "tiles-equal"])


class Palettes(DoctorTest):
    def test_unset_entries_and_unused_palettes(self):
        """Random tiles, palettes of any length: counted in Python."""
        source = random.Random(41)
        whole = colours(16)
        other = [(255, 16 * i, 128) for i in range(16)]
        for _ in range(15):
            tiles = [[[source.choice((0, source.randrange(1, 16))) for _ in range(8)] for _ in range(8)] for _ in range(source.randrange(1, 20))]
            tiles = [[[index if index < limit else 0 for index in row] for row in tile] for tile, limit in ((tile, source.randrange(2, 17)) for tile in tiles)]
            lengths = [source.randrange(2, 17) for _ in range(source.randrange(0, 4))]
            palettes = {0: hex_file(whole), **{index + 1: hex_file(other[:length]) for index, length in enumerate(lengths)}}
            shutil.rmtree(self.dir)
            os.mkdir(self.dir)
            self.bank({"a.png": indexed(tile_rows(tiles, 1), whole)}, palettes)
            findings = self.doctor()["diagnostics"]
            unset = {finding["palette"]: (finding["tiles"], finding["tile"]) for finding in findings if finding["id"] == "palette-entry-unset"}
            expected = {}
            for index, length in enumerate(lengths, start=1):
                over = [number for number, tile in enumerate(tiles) if max(map(max, tile)) >= length]
                if over:
                    expected[index] = (len(over), over[0])
            self.assertEqual(unset, expected)
            unused = [finding["palette"] for finding in findings if finding["id"] == "palette-unused"]
            self.assertEqual(unused, list(range(1, len(lengths) + 1)))

    def test_the_entries_are_named(self):
        rows = [[0, 1, 2, 3, 1, 5, 1, 1]] + [[1] * 8] * 7
        self.bank({"a.png": indexed(rows, colours(6))}, {0: hex_file(colours(6)), 3: hex_file(colours(16)[8:11])})
        finding, = self.found("palette-entry-unset")
        self.assertIn("palette 3 has 3 entries; 1 tile uses its empty entries 3, 5", finding["message"])
        self.assertEqual((finding["file"], finding["x"], finding["y"], finding["palette"]), ("assets/hero/a.png", 0, 0, 3))
        self.assertEqual([finding["file"] for finding in self.found("palette-unused")], ["assets/hero/3.hex"])

    def test_full_palettes_that_are_used(self):
        tile = [[x + y for x in range(8)] for y in range(8)]
        other = [(255, 16 * i, 128) for i in range(15)]
        self.bank({"a.png": indexed(tile, colours(15)), "b.png": indexed(tile[::-1], other)}, {0: hex_file(colours(15)), 1: hex_file(other)})
        self.assertEqual(self.advice(), ["tiles-equal"])


class Names(DoctorTest):
    def name(self, root, name):
        path = self.path("assets", root, "asset.json")
        write(path, json.dumps({**json.loads(read(path)), "name": name}))

    def test_names(self):
        self.scene_workspace({"a": b"1", "b": b"2", "c": b"3"})
        for root, name in (("a", "Hero"), ("b", "heRo"), ("c", "hero-2")):
            self.name(root, name)
        finding, = self.doctor()["diagnostics"]
        self.assertEqual((finding["id"], finding["file"], finding["asset_id"]), ("name-case", "assets/b", 2))
        self.assertIn('the names "Hero" (asset 1) and "heRo" differ by case only', finding["message"])

    def test_directories(self):
        self.scene_workspace({"ui/Bat": b"1", "ui/bat": b"2", "ui/bat2": b"3"})
        for number, root in enumerate(("ui/Bat", "ui/bat", "ui/bat2")):
            self.name(root, f"n{number}")
        finding, = self.doctor()["diagnostics"]
        self.assertEqual((finding["id"], finding["file"]), ("name-case", "assets/ui/bat"))
        self.assertIn('the directories "ui/Bat" (asset 1) and "ui/bat" differ by case only', finding["message"])

    def test_other_letters_are_others(self):
        self.scene_workspace({"a": b"1", "b": b"2", "c": b"3"})
        for root, name in (("a", "\u00c4"), ("b", "\u00e4"), ("c", "[")):
            self.name(root, name)
        self.assertEqual(self.advice(), [])


class Files(DoctorTest):
    def test_undeclared_files(self):
        self.scene_workspace({"a": b"1"})
        write(self.path("assets", "a", "later.bin"), b"2")
        self.assertEqual(self.advice(), ["input-undeclared"])

    def test_large_files_in_a_root(self):
        self.scene_workspace({"a": b"1", "b": b"x" * LARGE})
        write(self.path("assets", "a", "sub", "old.psd"), b"y" * LARGE)
        write(self.path("assets", "a", "sub", "less.psd"), b"y" * (LARGE - 1))
        write(self.path("assets", "loose.bin"), b"z" * (LARGE + 5))
        write(self.path("assets", "a", ".hidden"), b"z" * LARGE)
        write(self.path("assets", ".git", "pack"), b"z" * LARGE)
        os.symlink("sub/old.psd", self.path("assets", "a", "link.psd"))
        self.assertEqual([finding["file"] for finding in self.found("file-unused")], ["assets/a/sub/old.psd"])
        self.assertEqual([(finding["file"], finding["asset_id"]) for finding in self.found("file-unused", "--workspace")],
                         [("assets/a/sub/old.psd", 1), ("assets/loose.bin", None)])
        write(self.path("assets", ".prometeu", "ignore"), b"loose.bin\n*.psd\n")
        self.assertEqual(self.found("file-unused", "--workspace"), [])

    def test_what_is_not_registered_needs_workspace(self):
        self.scene_workspace({"a": b"1"})
        write(self.path("assets", "new", "asset.json"), b"{}")
        write(self.path("assets", "art", "x.png"), b"")
        self.assertEqual(self.advice(), [])
        findings = self.doctor("--workspace")["diagnostics"]
        self.assertEqual([finding["id"] for finding in findings], ["anchor-unregistered", "art-unregistered"])
        self.assertEqual(findings[0]["fix"], {"safe": False, "command": "prpack add assets/new"})

    def test_what_is_not_registered_is_mentioned(self):
        self.scene_workspace({"a": b"1"})
        line = "not everything in assets/ is registered: prpack doctor --workspace shows what is not\n"
        self.assertNotIn(line, self.run_here("doctor").said)
        write(self.path("assets", "b", "walk.png"), indexed([[0] * 8] * 8, colours(2)))
        self.assertTrue(self.run_here("doctor").said.endswith(line))
        self.assertNotIn(line, self.run_here("doctor", "--workspace").said)
        self.assertNotIn(line, self.run_here("doctor", "--quiet").said)
        write(self.path("assets", ".prometeu", "ignore"), b"b/\n")
        self.assertNotIn(line, self.run_here("doctor").said)

    def test_commands_are_quoted_and_repeat_assets(self):
        self.scene_workspace({"a": b"1"})
        os.rename(self.path("assets"), self.path("my art"))
        write(self.path("my art", "it's", "asset.json"), b"{}")
        finding, = self.doctor("--workspace", "--assets", "my art")["diagnostics"]
        self.assertEqual(finding["fix"]["command"], "prpack add --assets 'my art' 'my art/it'\\''s'")


class Leftovers(DoctorTest):
    def setUp(self):
        super().setUp()
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)

    def test_what_killed_commands_left(self):
        self.assertEqual(self.advice(), [])
        clean = read_tree(self.dir, with_cache=True)
        write(self.path("build", ".prpack-staging", "assets.pa"), b"half")
        write(self.path("assets", "a", ".asset.json.new"), b"{")
        write(self.path("out", ".prpack-staging", "assets.pa"), b"half")
        findings = self.doctor()["diagnostics"]
        self.assertEqual([(finding["id"], finding["file"]) for finding in findings],
                         [("leftover", "build/.prpack-staging"), ("leftover", "assets/a/.asset.json.new")])
        self.assertEqual({tuple(finding["fix"].items()) for finding in findings}, {(("safe", True), ("command", "prpack gc"))})
        self.assertEqual([finding["file"] for finding in self.found("leftover", "--output", "out")],
                         ["build/.prpack-staging", "out/.prpack-staging", "assets/a/.asset.json.new"])
        self.assertIn("next: run prpack doctor --fix", self.run_here("doctor").out)

        dry = self.doctor("--fix", "--dry-run", "--output", "out")
        self.assertEqual([(step["action"], step["to"]) for step in dry["plan"]],
                         [("delete", "build/.prpack-staging"), ("delete", "out/.prpack-staging"), ("delete", "assets/a/.asset.json.new")])
        self.assertIn("would delete build/.prpack-staging: ", self.run_here("doctor", "--fix", "--dry-run").out)
        real = self.doctor("--fix", "--output", "out")
        self.assertEqual((real["plan"], real["dry_run"], real["diagnostics"]), (dry["plan"], False, []))
        os.rmdir(self.path("out"))
        self.assertEqual(read_tree(self.dir, with_cache=True), clean)
        self.assertEqual(self.run_here("doctor", "--fix").out, "no problems in 1 asset\n")

    def test_what_a_living_process_has_is_not_left_over(self):
        write(self.path("build", ".prpack-staging", "assets.pa"), b"half")
        lock = os.open(self.path("build", ".prpack-staging"), os.O_RDONLY)
        self.addCleanup(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        self.assertEqual(self.advice(), [])
        self.assertEqual([finding["id"] for finding in self.doctor("--fix")["diagnostics"]], ["build-busy"])

    def test_fix_while_another_process_works(self):
        write(self.path("build", ".prpack-staging", "assets.pa"), b"half")
        lock = os.open(self.path("assets", ".prometeu"), os.O_RDONLY)
        self.addCleanup(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        document = self.doctor("--fix")
        self.assertEqual(([finding["id"] for finding in document["diagnostics"]], document["plan"]), (["build-busy"], []))
        self.assertTrue(os.path.exists(self.path("build", ".prpack-staging", "assets.pa")))

    def test_what_is_left_needs_a_person(self):
        write(self.path("build", ".prpack-staging", "assets.pa"), b"half")
        shutil.rmtree(self.path("assets", "a"))
        document = self.doctor("--fix", code=1)
        self.assertEqual([step["to"] for step in document["plan"]], ["build/.prpack-staging"])
        finding, = document["diagnostics"]
        self.assertEqual((finding["id"], finding["fix"]), ("root-invalid", {"safe": False, "command": "prpack forget assets/a"}))

    def test_a_registry_that_cannot_be_read_is_said_once(self):
        registry = read(self.path(INDEX))

        def cut():
            write(self.path(INDEX), registry[:100])

        def make_directory():
            os.mkdir(self.path(INDEX))

        def remove_all():
            shutil.rmtree(self.path("assets", ".prometeu"))

        for spoil in (cut, make_directory, lambda: None, remove_all):
            if os.path.exists(self.path(INDEX)):
                os.remove(self.path(INDEX))
            spoil()
            for words in (["--fix"], ["--fix", "--dry-run"], []):
                with self.subTest(spoil=spoil, words=words):
                    finding, = self.run_here("doctor", *words, "--format", "json").documents()[0]["diagnostics"]
                    self.assertEqual(finding["severity"], "error")
                    self.assertEqual(self.run_here("doctor", *words).code, 1)
            if os.path.isdir(self.path(INDEX)):
                os.rmdir(self.path(INDEX))
        self.assertIn("Restore it from version control", finding["help"])


class Moved(DoctorTest):
    """Directories that were moved by hand."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"a": b"1", "b": b"2", "c": b"3"})

    def records(self):
        return {record["root"]: record["asset_id"] for record in json.loads(read(self.path(INDEX)))["assets"]}

    def move(self, *pairs):
        for old, new in pairs:
            os.makedirs(os.path.dirname(self.path("assets", new)), exist_ok=True)
            os.rename(self.path("assets", old), self.path("assets", new))

    def test_a_root_that_is_found_again(self):
        self.move(("b", "deep/er/z"))
        for words in ([], ["--workspace"]):
            finding = self.doctor(*words, code=1)["diagnostics"][0]
            self.assertEqual((finding["id"], finding["fix"]), ("root-invalid", {"safe": True, "command": "prpack adopt assets/deep/er/z"}))
        before = read(self.path(INDEX))
        dry = self.doctor("--fix", "--dry-run", code=1)
        self.assertEqual([step["to"] for step in dry["plan"]], [INDEX])
        self.assertEqual(read(self.path(INDEX)), before)
        real = self.doctor("--fix")
        self.assertEqual((real["plan"], real["diagnostics"]), (dry["plan"], []))
        self.assertEqual(self.records(), {"a": 1, "deep/er/z": 2, "c": 3})
        self.assertEqual(self.run_here("undo").code, 0)
        self.assertEqual(self.records(), {"a": 1, "b": 2, "c": 3})

    def test_roots_that_were_exchanged(self):
        self.move(("a", "x"), ("b", "a"), ("x", "b"))
        self.doctor("--fix")
        self.assertEqual(self.records(), {"b": 1, "a": 2, "c": 3})

    def test_what_is_in_two_places_needs_a_person(self):
        self.move(("b", "y"))
        shutil.copytree(self.path("assets", "y"), self.path("assets", "z"))
        self.move(("c", "d"))
        document = self.doctor("--fix", code=1)
        finding, = document["diagnostics"]
        self.assertEqual((finding["id"], finding["asset_id"]), ("root-invalid", 2))
        self.assertFalse(finding.get("fix", {"safe": False})["safe"])
        self.assertEqual(self.records(), {"a": 1, "b": 2, "d": 3})

    def test_one_that_is_refused_does_not_keep_the_others(self):
        self.move(("b", "y"), ("c", "a/inner"))
        self.doctor("--fix", code=1)
        self.assertEqual(self.records(), {"a": 1, "y": 2, "c": 3})

    def test_nothing_is_safe_after_a_fix(self):
        self.move(("b", "y"))
        write(self.path("build", ".prpack-staging", "assets.pa"), b"half")
        document = self.doctor("--fix")
        self.assertEqual({step["action"] for step in document["plan"]}, {"delete", "write"})
        self.assertEqual([finding for finding in document["diagnostics"] if finding.get("fix", {}).get("safe")], [])
