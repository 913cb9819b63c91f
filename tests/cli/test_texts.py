"""Each diagnostic of the catalogue that speaks of a text is provoked, and the file is opened at the place that it names: what is
at fault is there (docs/contracts/builder-integration.md 3.3, harness/places.py)."""

import io
import json
import os
import wave

import xxhash

from harness.pictures import png
from harness.places import faults
from harness.trees import read, write
from workspace import WorkspaceTest

INDEX = "assets/.prometeu/index.json"
HERO = "assets/hero/asset.json"
NEAR = "assets/near/asset.json"
JUMP = "assets/jump/asset.json"
PALETTE = "assets/hero/hero.hex"
TABLE = "build/asset_table.json"
PRELOAD = "build/preload.json"
COMPANION = "build/asset_table_metadata.json"
MANIFEST = "cartridge/manifest.json"

BUILD = ("build",)
SOURCES = ("verify", "--sources")
VERIFY = ("verify",)
INSPECT = ("inspect", "cartridge")

# id, the text, the bytes in it that are replaced, by which, the command, and what is at fault: None when something is missing
ROWS = (
    ("registry-syntax", INDEX, b'"schema_version": 1,', b'"schema_version": 1,,', BUILD, ","),
    ("registry-shape", INDEX, b'"included_in_build": true', b'"included_in_build": 7', BUILD, "7"),
    ("registry-duplicate", INDEX, b'"root": "near"', b'"root": "hero"', BUILD, "hero"),
    ("root-invalid", INDEX, b'"root": "near"', b'"root": "hero/near"', BUILD, "hero/near"),
    ("declaration-syntax", HERO, b'"GLYPH/indexed_v1"', b"'GLYPH/indexed_v1'", BUILD, "'"),
    ("declaration-syntax", HERO, b'"codec": "NONE"', b'"codec": "NONE", "codec": "NONE"', BUILD, "codec"),
    ("declaration-shape", HERO, b'"codec": "NONE"', b'"codec": null', BUILD, "null"),
    ("declaration-value", HERO, b'"tile_size": 8', b'"tile_size": 9', BUILD, "9"),
    ("declaration-identity", HERO, b"-000000000001", b"-000000000009", BUILD, "00000000-0000-4000-8000-000000000009"),
    ("path-outside", HERO, b'"hero.png"', b'"../hero.png"', BUILD, "../hero.png"),
    ("palette-index", HERO, b'"index": 0', b'"index": 64', BUILD, "64"),
    ("palette-missing", HERO, b'"palettes": [{"index": 0, "path": "hero.hex"}]', b'"palettes": []', BUILD, None),
    ("palette-invalid", PALETTE, b"ffffff", b"fffxff", BUILD, "fffxff"),
    ("slot-clash", NEAR, b'"slot": 2', b'"slot": 1', BUILD, "1"),
    ("sound-metadata", JUMP, b'"metadata": {}', b'"metadata": {"loop_start": 7}', BUILD, "7"),
    ("companion-syntax", COMPANION, b'"schema_version":2', b'"schema_version":"2"', VERIFY, '"2"'),
    ("table-mismatch", TABLE, b'"asset_name":"hero"', b'"asset_name":"hera"', VERIFY, '"hera"'),
    ("preload-mismatch", PRELOAD, b'"slot":1', b'"slot":4', VERIFY, "4"),
    ("tiles-mismatch", COMPANION, b'"columns":1', b'"columns":2', SOURCES, None),
    ("record-mismatch", COMPANION, b'"asset_root":"hero"', b'"asset_root":"hera"', SOURCES, '"hera"'),
    ("pipeline-mismatch", COMPANION, b'"pipeline":{"note":1}', b'"pipeline":{"note":2}', SOURCES, None),
    ("cartridge-manifest", MANIFEST, b'"app_id": 1', b'"app_id": "1"', INSPECT, '"1"'),
    ("cartridge-spelling", MANIFEST, b'"Game"', b'"game"', INSPECT, '"game"'),
)

# The other ids: they speak of a pack, a picture, a sound, a file or a directory as a whole, or of the request.
NO_TEXT = set("""
    file-truncated prelude-magic prelude-legacy prelude-version prelude-header-length prelude-payload-offset prelude-reserved
    json-syntax json-encoding json-depth json-duplicate-key json-not-canonical header-shape header-unknown-member
    entry-missing-member entry-type entry-range entry-range-exact entry-too-long id-duplicate id-order name-empty name-duplicate
    name-control bank-unknown bank-legacy codec-unknown codec-legacy slice-range slice-overlap slice-gap payload-trailing
    preload-unknown-asset preload-slot-range preload-slot-clash preload-duplicate preload-missing preload-order metadata-range
    metadata-float metadata-pipeline metadata-nul metadata-decoded-size glyph-metadata glyph-size glyph-palette-unused sound-size
    asset-missing asset-foreign metadata-mismatch source-mismatch palette-mismatch opacity-mismatch source-changed
    image-invalid image-size sheet-full tile-clash palette-conflict palettes-needed pixel-inexpressible pixel-translucent
    pixel-hidden colour-merged frames-dropped content-equal tiles-equal tiles-blank palette-entry-unset palette-unused name-case file-unused leftover
    sound-invalid sound-lossy sound-format sound-loop sound-loop-ignored sound-stereo sound-length-unknown decoded-budget
    hash-mismatch companion-missing cartridge-asset-missing cartridge-reserved
    watch-polling workspace-missing workspace-exists workspace-empty root-registered anchor-missing anchor-unregistered art-unregistered
    merge-conflict asset-renumbered merge-unsure
    type-undecided input-missing input-not-regular input-undeclared input-changed input-too-large pack-too-large build-missing
    asset-unknown extract-target extract-inexact extract-companion identifier-clash dependency-name history-broken undo-blocked quarantine-unknown restore-blocked restore-excluded edit-foreign edit-pending build-busy build-pending environment-read
    environment-write environment-memory cancelled internal output-reserved file-reserved usage
""".split())


def sound():
    made = io.BytesIO()
    with wave.open(made, "wb") as writing:
        writing.setnchannels(1)
        writing.setsampwidth(2)
        writing.setframerate(8000)
        writing.writeframes(b"\1\2" * 100)
    return made.getvalue()


def declaration(number, kind, inputs, output, **preload):
    return json.dumps({"schema_version": 1, "asset_uuid": f"00000000-0000-4000-8000-{number:012}", "name": kind[1], "type": kind[0],
                       "inputs": inputs, "output": {**output, "codec": "NONE"}, "preload": preload}, indent=1,
                      separators=(",", ": ")).replace('[\n   {\n    "index": 0,\n    "path": "hero.hex"\n   }\n  ]',
                                                      '[{"index": 0, "path": "hero.hex"}]')


class Texts(WorkspaceTest):
    def make(self):
        glyph = {"format": "GLYPH/indexed_v1", "metadata": {"tile_size": 8}, "pipeline": {"note": 1}}
        inputs = {"sprites": ["hero.png"], "palettes": [{"index": 0, "path": "hero.hex"}]}
        picture = png(8, 8, 2, (b"\0" + b"\xff\xff\xff" * 8) * 8)
        for number, name in ((1, "hero"), (2, "near")):
            write(self.path("assets", name, "hero.png"), picture)
            write(self.path("assets", name, "hero.hex"), "; é\r\n000000\r\nffffff\r\n")
            write(self.path("assets", name, "asset.json"),
                  declaration(number, ("glyph_bank", name), inputs, glyph, enabled=True, slot=number))
        write(self.path("assets", "jump", "jump.wav"), sound())
        write(self.path(*JUMP.split("/")), declaration(3, ("sound_bank", "jump"), {"sources": ["jump.wav"]},
                                                        {"format": "SOUNDS/pcm16le_v1", "metadata": {}}, enabled=False))
        write(self.path(*INDEX.split("/")), json.dumps(
            {"schema_version": 1, "next_asset_id": 4, "assets": [
                {"asset_id": number, "asset_uuid": f"00000000-0000-4000-8000-{number:012}", "root": root, "included_in_build": True}
                for number, root in ((1, "hero"), (2, "near"), (3, "jump"))]}, indent=2))
        self.assertEqual(self.run_here("build").code, 0)
        write(self.path(*MANIFEST.split("/")), json.dumps(
            {"magic": "PMTU", "cartridge_version": 1, "app_id": 1, "title": "é", "app_version": "1", "app_mode": "Game",
             "entrypoint": "frame", "capabilities": ["asset"]}, indent=1, ensure_ascii=False))
        write(self.path("cartridge", "assets.pa"), read(self.path("build", "assets.pa")))

    def spoil(self, text, old, new):
        path = self.path(*text.split("/"))
        data = read(path)
        self.assertIn(old, data, text)
        data = data.replace(old, new, 1)
        if text == COMPANION and b"document_xxh3_128" in data:
            document = json.loads(data)
            if isinstance(document["schema_version"], int):
                del document["document_xxh3_128"]
                canonical = json.dumps(document, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode("utf-8")
                document["document_xxh3_128"] = xxhash.xxh3_128_hexdigest(canonical)
                data = json.dumps(document, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode("utf-8")
        write(path, data)

    def test_each_id_of_the_catalogue_has_a_row_or_speaks_of_no_text(self):
        explained = {row["id"] for row in self.run_here("explain", "--format", "json").documents()[0]["explanations"]}
        self.assertEqual(explained - NO_TEXT - {row[0] for row in ROWS}, {"slot-exhausted"})
        self.assertEqual(NO_TEXT & {row[0] for row in ROWS}, set())
        self.assertEqual(NO_TEXT - explained, set())

    def test_the_first_asset_that_finds_no_slot_is_named_at_its_preload(self):
        self.scene_workspace({f"s{number:02}": b"1" for number in range(17)})
        for number in range(17):
            self.edit_declaration(f"s{number:02}", lambda document: document.update(preload={"enabled": True}))
        found, = json.loads(self.run_here("build", "--format", "json").out)["diagnostics"]
        self.assertEqual((found["id"], found["json_pointer"]), ("slot-exhausted", "/preload"))
        self.assertEqual(faults(found, self.path(found["file"])), [])
        data = read(self.path(found["file"]))
        self.assertEqual(json.loads(data[found["byte_offset"]:found["byte_offset"] + found["length"]]), {"enabled": True})

    def test_each_id_names_the_place_in_the_text(self):
        for id_, text, old, new, command, at_fault in ROWS:
            with self.subTest(id=id_):
                self.make()
                self.spoil(text, old, new)
                found = [finding for document in self.run_here(*command, "--format", "json").documents()
                         for finding in document["diagnostics"] if finding["id"] == id_ and finding["file"] == text]
                self.assertTrue(found, self.run_here(*command).said)
                for finding in found:
                    self.assertEqual(faults(finding, self.path(*text.split("/"))), [], finding)
                    self.assertIsNotNone(finding["line"], finding)
                data = read(self.path(*text.split("/")))
                spans = [data[finding["byte_offset"]:finding["byte_offset"] + (finding["length"] or 0)].decode("utf-8")
                         for finding in found]
                if at_fault is not None:
                    self.assertIn(at_fault, spans)
