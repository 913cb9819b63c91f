"""extract with the companion beside the pack: docs/contracts/extract.md 4."""

import json
import os
import shutil

import xxhash
from extracting import ExtractTest, built_demo, builder
from harness.png_reader import Png
from harness.trees import read, read_tree, write
from test_extract_files import colours_of, shown, slices

NAME = "asset_table_metadata.json"


def canonical(document):
    return json.dumps(document, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()


def sealed(document):
    """The document with its own hash."""
    kept = {key: value for key, value in document.items() if key != "document_xxh3_128"}
    return canonical({**kept, "document_xxh3_128": xxhash.xxh3_128(canonical(kept)).hexdigest()})


class Companion(ExtractTest):
    def setUp(self):
        super().setUp()
        self.demo = built_demo(self)
        self.build = os.path.join(self.demo, "build")
        self.recorded = json.loads(read(os.path.join(self.build, NAME)))

    def extracted(self, pack="demo/build", code=0):
        shutil.rmtree(self.path("out"), ignore_errors=True)
        return self.report(pack, "--to", "out", code=code)

    def changed(self, change):
        """Extracts assets.pa with a companion that is whole and says something else. The report."""
        document = json.loads(json.dumps(self.recorded))
        change({asset["asset_root"]: asset for asset in document["assets"]}, document)
        os.makedirs(self.path("other"), exist_ok=True)
        shutil.copy(os.path.join(self.build, "assets.pa"), self.path("other"))
        write(self.path("other", NAME), sealed(document))
        report = self.extracted("other/assets.pa")
        self.assertEqual(self.rebuilt(), read(os.path.join(self.build, "assets.pa")))
        return report

    def formats(self, report):
        """For each root the files beside asset.json that are not palettes."""
        return {asset["root"]: sorted(os.path.relpath(file["path"], f"assets/{asset['root']}") for file in asset["files"]
                                      if not file["path"].endswith((".gpl", "asset.json"))) for asset in report["assets"]}

    def test_roots_uuids_and_free_members_of_pipelines_come_back(self):
        self.extracted()
        self.rebuilt()
        again = json.loads(read(self.path("out", "build", NAME)))
        self.assertEqual(len(again["assets"]), len(self.recorded["assets"]))
        meaning = {"transparent", "indices", "pad", "channels", "loop"}
        free = lambda asset: {key: value for key, value in asset.get("pipeline", {}).items() if key not in meaning}  # pylint: disable=unnecessary-lambda-assignment
        for first, second in zip(self.recorded["assets"], again["assets"]):
            for member in ("asset_id", "asset_root", "asset_uuid"):
                self.assertEqual(first[member], second[member])
            self.assertEqual(free(first), free(second))
            if "tiles" in first:
                self.assertEqual(first["tiles"], second["tiles"], first["asset_root"])
        self.assertTrue(any(free(asset) for asset in again["assets"]))

    def test_every_picture_is_what_the_console_shows(self):
        self.extracted()
        banked = []
        for (_, payload), asset in zip(slices(read(os.path.join(self.build, "assets.pa"))), self.recorded["assets"]):
            for sprite in asset.get("tiles", []):
                declaration = self.declaration(asset["asset_root"])
                size = declaration["output"]["metadata"]["tile_size"]
                picture = Png(read(self.path("out", "assets", asset["asset_root"], sprite["path"])))
                self.assertEqual((picture.width, picture.height), (sprite["columns"] * size, sprite["rows"] * size))
                banked.append("palettes" in sprite)
                if declaration["output"].get("pipeline", {}).get("indices") != "banked":
                    self.assertEqual(picture.palette, [shown(colour) for colour in colours_of(payload, sprite["palette"])])
                for number in range(sprite["columns"] * sprite["rows"]):
                    palette = sprite["palettes"][number] if "palettes" in sprite else sprite["palette"]
                    self.check_tile(picture, payload, sprite["tile"] + number, number % sprite["columns"] * size, number // sprite["columns"] * size, size, palette)
        self.assertIn(True, banked)
        self.assertIn(False, banked)

    def check_tile(self, picture, payload, tile, left, upper, size, palette):
        """A tile of a picture has the colours of the console, and is transparent where that draws nothing."""
        colours = [shown(colour) for colour in colours_of(payload, palette)]
        opacity = picture.chunk(b"tRNS")
        for y in range(size):
            for x in range(size):
                at = (tile // (256 // size) * size + y) * 256 + tile % (256 // size) * size + x
                entry = payload[at // 2] >> (4 if at % 2 == 0 else 0) & 15
                index, = picture.pixels[upper + y][left + x]
                if picture.palette[index] != colours[entry] or (index < len(opacity) and opacity[index] == 0) != (entry == 0):
                    self.fail(f"pixel {x}, {y} of tile {tile}: {index}, {entry}")

    def test_the_file_and_its_directory_have_the_same_companion(self):
        self.extracted("demo/build")
        first = read_tree(self.path("out"))
        self.extracted("demo/build/assets.pa")
        self.assertEqual(read_tree(self.path("out")), first)
        self.assertIn("assets/ui/font/font.png", first)

    def test_an_asset_is_named_by_its_root_and_its_uuid(self):
        for word in ("ui/font", self.recorded["assets"][0]["asset_uuid"]):
            shutil.rmtree(self.path("out"), ignore_errors=True)
            self.assertEqual([asset["root"] for asset in self.report("demo/build", word, "--to", "out")["assets"]], ["ui/font"])

    def test_a_companion_that_cannot_be_used_is_a_warning(self):
        uuid = self.recorded["assets"][1]["asset_uuid"]
        def root(value):
            return lambda assets, document: assets["ui/font"].update(asset_root=value)
        for change in (root("../outside"), root("/etc"), root("a//b"), root("."), root(""), root("a\\b"), root(".prometeu"), root(".prometeu/x"), root("x" * 256),
                       root("/".join(["x" * 200] * 6)), root("hero"), root("hero/in"), root("ui"), root(7),
                       lambda assets, document: assets["ui/font"].update(asset_uuid=uuid), lambda assets, document: assets["ui/font"].update(asset_uuid="x"),
                       lambda assets, document: document["assets"].pop(), lambda assets, document: document["assets"].append(document["assets"][0]),
                       lambda assets, document: document.update(assets={}), lambda assets, document: assets["ui/font"].update(asset_id=99),
                       lambda assets, document: document["assets_pa"].update(size=1), lambda assets, document: document["assets_pa"].update(header_xxh3_128="0" * 32)):
            report = self.changed(change)
            found, = report["diagnostics"]
            self.assertEqual((found["id"], found["severity"], found["file"]), ("extract-companion", "warning", "other/" + NAME))
            self.assertEqual(report["assets"][0]["root"], "0001-font")
            self.assertEqual(sorted(os.listdir(self.dir)), ["demo", "other", "out"])

    def test_a_damaged_companion_is_a_warning(self):
        os.makedirs(self.path("other"))
        shutil.copy(os.path.join(self.build, "assets.pa"), self.path("other"))
        write(self.path("other", NAME), read(os.path.join(self.build, NAME)).replace(b'"ui/font"', b'"ui/fond"'))
        self.assertEqual([found["id"] for found in self.extracted("other/assets.pa")["diagnostics"]], ["extract-companion"])

    def test_sprites_that_cannot_stand_together_become_one_sheet(self):
        def paths(*names):
            def change(assets, document):  # pylint: disable=unused-argument
                for sprite, name in zip(assets["tiles/shore"]["tiles"], names):
                    sprite["path"] = name
            return change
        def first(**members):
            return lambda assets, document: assets["tiles/shore"]["tiles"][0].update(members)
        for change in (paths("asset.json", "b.png"), paths("asset.json/a", "b.png"), paths("palette-00.gpl"), paths("../a.png"), paths("/a.png"), paths("a", "a/b"),
                       paths("same.png", "same.png"), paths(""), paths("x" * 256), paths(3), first(tile=4_000), first(columns=0), first(columns=65_535, rows=65_537),
                       first(palette=63), first(palettes=[0]), first(tile=1), lambda assets, document: assets["tiles/shore"]["tiles"].pop(),
                       lambda assets, document: assets["tiles/shore"].update(tiles=[])):
            report = self.changed(change)
            self.assertEqual(report["diagnostics"], [])
            self.assertEqual(self.formats(report)["tiles/shore"], ["sheet.png"])
            self.assertNotEqual(self.formats(report)["tiles/water"], ["sheet.png"])

    def test_paths_in_directories_of_an_asset_are_made(self):
        def change(assets, document):  # pylint: disable=unused-argument
            assets["ui/font"]["tiles"][0]["path"] = "deep/er/font.png"
            assets["ui/font"]["asset_root"] = "some where/else/\u00e4"
        report = self.changed(change)
        self.assertEqual(self.formats(report)["some where/else/\u00e4"], ["deep/er/font.png"])

    def test_a_link_in_the_place_of_the_stage_leads_nowhere(self):
        os.makedirs(self.path("out"))
        os.makedirs(self.path("aim"))
        os.symlink("../aim", self.path("out", ".assets.prpack-new"))
        self.assertEqual(self.run_here("extract", "demo/build", "--to", "out").code, 2)
        self.assertEqual(os.listdir(self.path("aim")), [])

    def test_a_free_member_of_a_pipeline_that_no_declaration_can_have_is_left_out(self):
        def change(assets, document):  # pylint: disable=unused-argument
            assets["ui/font"]["pipeline"] = {"a": 1.5, "b": {"c": "\0"}, "pipeline": [True], "pad": "no", "z": [1, {"pad": 1}]}
        self.changed(change)
        self.assertEqual(self.declaration("ui/font")["output"]["pipeline"], {"b": {}, "pipeline": [True], "z": [1, {"pad": 1}]})

    def test_palettes_that_no_png_can_bank_make_one_sheet(self):
        payload = builder.sheet({index: builder.palette(0, index + 1) for index in range(17)}, b"\x11" * 32_768)
        pack = builder.one_glyph(payload, metadata=builder.glyph_metadata(tile_size=32, palette_authored=17))
        header = pack[32:32 + int.from_bytes(pack[8:12], "little")]
        for most in (15, 16):
            tiles = [{"path": "all.png", "tile": 0, "columns": 8, "rows": 8, "palettes": [0] * 63 + [most]}]
            write(self.path("banks", "assets.pa"), pack)
            write(self.path("banks", NAME), sealed({
                "assets": [{"asset_id": 1, "asset_root": "bank", "asset_uuid": "00000000-0000-4000-8000-000000000001", "tiles": tiles}],
                "assets_pa": {"header_xxh3_128": xxhash.xxh3_128(header).hexdigest(), "size": len(pack), "xxh3_128": xxhash.xxh3_128(pack).hexdigest()},
                "hash": "xxh3-128", "schema_version": 2}))
            report = self.extracted("banks/assets.pa")
            self.assertEqual(report["diagnostics"], [])
            self.assertEqual(self.formats(report)["bank"], ["all.png"] if most == 15 else ["sheet.png"])
            self.assertEqual(self.rebuilt(), pack)
