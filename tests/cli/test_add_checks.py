"""add packs what it adds: what a build would refuse is refused, with the findings of the build (docs/contracts/workspace.md 6.3.1)."""

import json
import os
import re
import shlex
import struct

from harness.pictures import chunk, png
from harness.trees import read, read_tree, write
from workspace import WorkspaceTest

INDEX = "assets/.prometeu/index.json"
WHITE, RED = b"\xff\xff\xff", b"\xc8\x28\x28"
PALETTE = b"ff00ff\nffffff\n"


def plain(colour, width=8, height=8):
    """A truecolour PNG of one colour."""
    return png(width, height, 2, (b"\0" + colour * width) * height)


def alpha(value):
    return png(8, 8, 6, (b"\0" + (WHITE + bytes((value,))) * 8) * 8)


def own_palette(width=8, height=8, index=1):
    """An indexed PNG that brings two colours."""
    return png(width, height, 3, (b"\0" + bytes((index,)) * width) * height,
               chunk(b"PLTE", b"\xff\0\xff" + WHITE) + chunk(b"tRNS", b"\0"))


def wav(channels=1, rate=8000, bits=16):
    frame = channels * bits // 8
    body = b"WAVE" + b"fmt " + struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * frame, frame, bits)
    body += b"data" + struct.pack("<I", 20 * frame) + bytes(range(20 * frame))
    return b"RIFF" + struct.pack("<I", len(body)) + body


# What a build refuses: the id, the files of the directory, and the options of add.
REFUSED = {
    "no-palette": ("palette-missing", {"a.png": plain(WHITE)}),
    "colour": ("pixel-inexpressible", {"a.png": plain(RED), "a.hex": PALETTE}),
    "translucent": ("pixel-translucent", {"a.png": alpha(7), "a.hex": PALETTE}),
    "palette-text": ("palette-invalid", {"a.png": plain(WHITE), "a.hex": b"ffxfff\n"}),
    "high-index": ("palette-invalid", {"a.png": png(8, 8, 3, (b"\0" + bytes((20,)) * 8) * 8, chunk(b"PLTE", WHITE * 21))}),
    "cut": ("image-invalid", {"a.png": own_palette()[:-30]}),
    "damaged": ("image-invalid", {"a.png": own_palette().replace(b"IDAT", b"IDXT")}),
    "large": ("image-size", {"a.png": own_palette(512, 256)}),
    "full": ("sheet-full", {f"{i}.png": own_palette(256, 64) for i in range(5)}),
    "stereo": ("sound-format", {"a.wav": wav(2)}),
    "rate": ("sound-format", {"a.wav": wav(rate=4000)}),
    "channels": ("sound-format", {"a.wav": wav(3)}),
    "cut-sound": ("sound-invalid", {"a.wav": wav()[:50]}),
    "no-sound": ("sound-invalid", {"a.wav": b"no sound"}),
}

TAKEN = {
    "glyph": {"a.png": plain(WHITE), "a.hex": PALETTE},
    "own": {"a.png": own_palette()},
    "sound": {"a.wav": wav()},
}


def without_help(findings):
    return [{key: value for key, value in finding.items() if key not in ("help", "fix", "severity", "asset_id")} for finding in findings]


class Checks(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_here("init").code, 0)

    def put(self, root, files):
        for name, content in files.items():
            write(self.path("assets", root, name), content)

    def add(self, *words, code=0):
        ended = self.run_here("add", "--format", "json", *words)
        self.assertEqual(ended.code, code, ended.said)
        return ended.documents()

    def refuse(self, *words):
        """One root is refused, by a dry run too, and nothing is changed. Returns the findings."""
        before = read_tree(self.dir)
        planned, = self.add("--dry-run", *words, code=1)
        refused, = self.add(*words, code=1)
        self.assertIsNone(refused["asset"])
        self.assertEqual(refused["diagnostics"], planned["diagnostics"])
        self.assertTrue(all(finding["asset_id"] is None for finding in refused["diagnostics"]))
        self.assertEqual(read_tree(self.dir), before)
        return refused["diagnostics"]

    def build(self, *words):
        """The findings of a build that writes nothing, but for those about undeclared files."""
        ended = self.run_here("build", "--check", "--format", "json", *words)
        document, = ended.documents()
        return ended.code, document["diagnostics"]

    def test_what_a_build_refuses_is_refused_with_its_findings(self):
        for root, (diagnostic, files) in REFUSED.items():
            with self.subTest(root):
                self.put(root, files)
                refused = self.refuse(root)
                self.assertIn(diagnostic, [finding["id"] for finding in refused if finding["severity"] == "error"])
                added, = self.add("--anyway", root)
                self.assertEqual(added["asset"]["name"], root)
                self.assertEqual({finding["severity"] for finding in added["diagnostics"]}, {"warning"})
                self.assertEqual({finding["asset_id"] for finding in added["diagnostics"]}, {added["asset"]["asset_id"]})
                self.assertEqual((added["errors"], added["warnings"]), (0, len(added["diagnostics"])))
                code, built = self.build()
                self.assertEqual(code, 1)
                built = [finding for finding in built if f"assets/{root}/" in finding["file"]]
                for finding in built:  # add has no text yet that the place could be in
                    if finding["file"].endswith("asset.json"):
                        finding.update(file=f"assets/{root}", json_pointer=None, byte_offset=None, length=None, line=None, column=None,
                                       character_utf16=None)
                self.assertEqual(without_help(refused), without_help(built))

    def test_what_is_added_is_built(self):
        for root, files in TAKEN.items():
            self.put(root, files)
        documents = self.add(*TAKEN)
        self.assertEqual([document["diagnostics"] for document in documents], [[], [], []])
        ended = self.run_here("build", "--verify")
        self.assertEqual(ended.code, 0, ended.said)

    def test_those_that_are_refused_take_no_id_and_no_name(self):
        for root in ("a/hero", "b/hero", "c/hero", "last"):
            self.put(root, TAKEN["sound"] if root != "a/hero" else REFUSED["rate"][1])
        documents = self.add("a/hero", "b/hero", "c/hero", "--name", "hero", code=1)
        self.assertEqual([document["asset"] and document["asset"]["asset_id"] for document in documents], [None, 1, None])
        self.assertEqual([[finding["id"] for finding in document["diagnostics"]] for document in documents],
                         [["sound-format"], [], ["declaration-value"]])
        self.assertEqual(self.add("last")[0]["asset"]["asset_id"], 2)
        self.assertFalse(os.path.exists(self.path("assets/a/hero/asset.json")))
        self.assertEqual(json.loads(read(self.path(INDEX)))["next_asset_id"], 3)

    def test_any_number_of_workers_finds_the_same(self):
        roots = []
        for root, (unused, files) in REFUSED.items():
            self.put(root, files)
            roots.append(root)
        for i in range(20):
            self.put(f"fine{i}", TAKEN["sound"])
            roots.insert(3 * i % len(roots), f"fine{i}")
        one = self.add("--dry-run", "--jobs", "1", *roots, code=1)
        self.assertEqual(self.add("--dry-run", "--jobs", "7", *roots, code=1), one)
        self.assertEqual([document["file"] for document in one], roots)
        self.assertEqual([document["asset"]["asset_id"] for document in one if document["asset"] is not None], list(range(1, 21)))

    # ---- Slots ----

    def test_a_slot_is_taken_once(self):
        for root in ("a", "b", "c", "d"):
            self.put(root, TAKEN["sound"])
        self.put("picture", TAKEN["glyph"])
        first, second = self.add("a", "b", "--slot", "3", code=1)
        self.assertIsNotNone(first["asset"])
        finding, = second["diagnostics"]
        self.assertEqual((finding["id"], finding["file"], finding["json_pointer"]), ("slot-clash", "assets/b", None))
        self.assertIn("taken by asset 1", finding["message"])
        self.assertIn("--slot", finding["help"])
        self.assertEqual([finding["id"] for finding in self.refuse("--anyway", "c", "--slot", "3")], ["slot-clash"])
        self.add("c", "--slot", "4")
        self.add("picture", "--slot", "3")
        self.add("d", "--preload")
        self.assertEqual(self.build("--ignore", "art-unregistered"), (0, []))

    def test_a_bank_takes_sixteen(self):
        roots = [f"s{i}" for i in range(18)]
        for root in roots:
            self.put(root, TAKEN["sound"])
        documents = self.add("--preload", *roots[:17], code=1)
        self.assertEqual(sum(document["asset"] is not None for document in documents), 16)
        finding, = documents[16]["diagnostics"]
        self.assertEqual((finding["id"], finding["file"], finding["json_pointer"]), ("slot-exhausted", "assets/s16", None))
        self.assertEqual([finding["id"] for finding in self.refuse(roots[17], "--slot", "9")], ["slot-exhausted"])
        self.add(*roots[16:])
        self.assertEqual(self.build(), (0, []))

    # ---- An asset.json that is there ----

    def declare(self, root, **changes):
        document = {"schema_version": 1, "asset_uuid": "", "name": root, "type": "glyph_bank", "inputs": {"sprites": ["a.png"]},
                    "output": {"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}},
                    "preload": {"enabled": False}}
        document.update(changes)
        write(self.path("assets", root, "asset.json"), json.dumps(document, indent=1))

    def test_a_declaration_that_is_there_is_packed(self):
        self.declare("hero")
        finding, = self.refuse("hero")
        self.assertEqual((finding["id"], finding["file"]), ("input-missing", "assets/hero/a.png"))
        self.put("hero", {"a.png": plain(WHITE), "a.hex": PALETTE})
        errors = [finding for finding in self.refuse("hero") if finding["severity"] == "error"]
        self.assertEqual([finding["id"] for finding in errors], ["palette-missing"])
        self.assertIn('"palettes": [{"index": 0, "path": "a.hex"}]', errors[0]["help"])
        self.assertEqual((errors[0]["line"], errors[0]["json_pointer"]), (6, "/inputs"))
        self.declare("hero", inputs={"sprites": ["a.png"], "palettes": [{"index": 0, "path": "a.hex"}]})
        self.put("hero", {"notes.bin": b"1"})
        document, = self.add("hero")
        self.assertEqual([(finding["id"], finding["asset_id"]) for finding in document["diagnostics"]], [("input-undeclared", 1)])
        self.assertEqual(self.build(), (0, document["diagnostics"]))

    def test_a_declaration_that_is_wrong_is_refused_whatever_is_asked(self):
        self.declare("raw", type="sound_bank", inputs={"sources": ["a.bin"]}, output={
            "format": "SOUNDS/raw_v1", "codec": "NONE", "decoded_size": 8, "metadata": {"sample_rate": 1, "channels": 1, "frames": 4}})
        self.put("raw", {"a.bin": bytes(8)})
        self.assertEqual([finding["id"] for finding in self.refuse("--anyway", "raw")], ["declaration-value"])

    # ---- --anyway ----

    def test_what_is_no_fault_of_sources_is_refused_whatever_is_asked(self):
        self.put("hero", TAKEN["own"])
        self.put("other", TAKEN["own"])
        self.put("mixed", {**TAKEN["own"], **TAKEN["sound"]})
        self.add("hero")
        for words, diagnostic in ((("mixed",), "type-undecided"), (("nowhere",), "root-invalid"), (("other", "--name", "hero"), "declaration-value")):
            with self.subTest(words):
                self.assertEqual([finding["id"] for finding in self.refuse("--anyway", *words)], [diagnostic])

    def test_a_sprite_without_palettes_gets_them_by_its_remedy(self):
        self.put("hero", {"a.png": plain(WHITE)})
        help_, = (finding["help"] for finding in self.refuse("hero"))
        self.assertIn("prpack add --anyway assets/hero", help_)
        self.assertIn("prpack palettes --write assets/hero", help_)
        ended = self.run_here("add", "--anyway", "assets/hero")
        self.assertEqual(ended.code, 0, ended.said)
        self.assertIn("warning[palette-missing]", ended.err)
        ended = self.run_here("palettes", "--write", "assets/hero")
        self.assertEqual(ended.code, 0, ended.said)
        ended = self.run_here("build", "--verify")
        self.assertEqual(ended.code, 0, ended.said)

    def follow(self, help_):
        """Runs the commands that a remedy begins with. Returns how each ended."""
        first, second = re.match(r"Run prpack (add .*? assets/\S+?)(?:, which [^,]*)?, and then prpack (palettes --write assets/\S+?)[,.](?: |$)", help_).groups()
        return [self.run_here(*shlex.split(words)) for words in (first, second)]

    def test_remedies_have_the_options_that_were_given(self):
        options = ["--tile-size", "16", "--type", "glyph_bank", "--as", "GLYPH/indexed_v1", "--name", "a hero", "--preload"]
        self.put("hero", {"a.png": plain(WHITE, 16, 16)})
        finding, = self.refuse("hero", *options)
        self.assertIn("Run prpack add --type glyph_bank --as GLYPH/indexed_v1 --name 'a hero' --tile-size 16 --preload --anyway assets/hero,", finding["help"])
        self.assertEqual([ended.code for ended in self.follow(finding["help"])], [0, 0])
        declaration = json.loads(read(self.path("assets/hero/asset.json")))
        self.assertEqual((declaration["name"], declaration["output"]["metadata"]["tile_size"], declaration["preload"]["enabled"]), ("a hero", 16, True))
        self.put("wide", {"a.wav": wav(2)})
        finding, = self.refuse("wide", "--slot", "3")
        self.assertIn("Run prpack add --slot 3 assets/wide --channels mix,", finding["help"])
        finding, = self.refuse("wdie", "--each", "--type", "sound_bank", "--anyway")
        self.assertIn("prpack add --each --type sound_bank --anyway assets/wide?", finding["help"])

    def test_remedies_name_the_directory_in_place_of_assets(self):
        os.rename(self.path("assets"), self.path("art"))
        write(self.path("art/hero/a.png"), plain(WHITE))
        ended = self.run_here("add", "--assets", "art", "art/hero")
        self.assertIn("Run prpack add --assets art --anyway art/hero, and then prpack palettes --assets art --write art/hero,", ended.err)

    def test_missing_palettes_and_whole_tiles_have_one_remedy(self):
        for options in ((), ("--pad",)):
            for which in range(2 - len(options)):
                root = f"hero{len(options)}{which}"
                self.put(root, {"a.png": plain(WHITE, 17, 13), "b.png": plain(RED)})
                helps = {finding["id"]: finding["help"] for finding in self.refuse(root, *options)}
                self.assertEqual(set(helps), {"palette-missing"} if options else {"palette-missing", "image-size"})
                for help_ in helps.values():
                    self.assertIn(f"Run prpack add --pad --anyway assets/{root},", help_)
                self.assertEqual([ended.code for ended in self.follow(sorted(helps.values())[which])], [0, 0], helps)
                ended = self.run_here("build", "--verify")
                self.assertEqual(ended.code, 0, ended.said)

    def test_files_that_each_become_an_asset_have_one_remedy_too(self):
        self.put("all", {"a.png": plain(WHITE, 17, 13)})
        document, = self.add("--each", "--type", "glyph_bank", "all", code=1)
        self.assertEqual({finding["id"] for finding in document["diagnostics"]}, {"palette-missing", "image-size"})
        for finding in document["diagnostics"]:
            self.assertIn("Run prpack add --each --type glyph_bank --pad --anyway assets/all,", finding["help"])

    def test_no_palettes_are_offered_for_pictures_that_are_faulty(self):
        spaced = png(50, 33, 6, b"".join(b"\0" + b"".join(bytes(4) if x % 17 == 16 or y % 17 == 16 else RED + b"\xff" for x in range(50)) for y in range(33)))
        for root, diagnostic, picture in (("translucent", "pixel-translucent", alpha(7)), ("large", "image-size", plain(WHITE, 320, 256)),
                                          ("spaced", "image-size", spaced)):
            for option in ((), ("--anyway", "--dry-run")):
                self.put(root, {"a.png": picture, "b.png": plain(WHITE)})
                document, = self.add(root, *option, code=0 if option else 1)
                helps = {finding["id"]: finding["help"] for finding in document["diagnostics"]}
                self.assertEqual(set(helps), {"palette-missing", diagnostic})
                self.assertTrue(helps["palette-missing"].startswith("Correct the other faults of the pictures first"), helps)

    def test_banked_sprites_are_built_by_their_remedy(self):
        rows = b"".join(b"\0" + bytes((17,)) * 8 + bytes((34,)) * 8 for unused in range(8))
        colours = b"".join(bytes((8 * (i % 32), 0, 8 * (i // 32))) for i in range(48))
        self.put("hero", {"a.png": png(16, 8, 3, rows, chunk(b"PLTE", colours) + chunk(b"tRNS", b"\0"))})
        finding, = self.refuse("hero", "--tile-size", "8")
        self.assertEqual(finding["id"], "palette-invalid")
        self.assertIn("prpack add --tile-size 8 --anyway assets/hero", finding["help"])
        added, = self.add("--anyway", "hero", "--tile-size", "8")
        self.assertNotIn("--anyway", added["diagnostics"][0]["help"])
        self.edit_declaration("hero", lambda document: document["output"].update({"pipeline": {"indices": "banked"}}))
        ended = self.run_here("build", "--verify")
        self.assertEqual(ended.code, 0, ended.said)

    def test_the_remedy_of_a_stereo_sound_fits_what_was_asked(self):
        self.put("one", {"a.wav": wav(2)})
        self.put("many", {"a.wav": wav(2), "b.wav": wav()})
        finding, = self.refuse("one")
        self.assertIn("prpack add assets/one --channels mix", finding["help"])
        documents = self.add("--each", "many", "--dry-run", code=1)
        findings = [finding for document in documents for finding in document["diagnostics"]]
        self.assertEqual([finding["id"] for finding in findings], ["sound-format"])
        self.assertIn("prpack add --each assets/many --channels mix", findings[0]["help"])
        self.add("one", "--channels", "mix")
        self.add("--each", "many", "--channels", "mix")
        ended = self.run_here("build", "--verify")
        self.assertEqual(ended.code, 0, ended.said)

    def test_the_hint_is_there_where_it_helps(self):
        self.put("rate", REFUSED["rate"][1])
        self.put("mixed", {**TAKEN["own"], **TAKEN["sound"]})
        self.assertIn("--anyway", self.run_here("add", "rate").out)
        self.assertNotIn("--anyway", self.run_here("add", "rate", "--name", "").out)
        self.assertNotIn("--anyway", self.run_here("add", "mixed").out)

    # ---- Which findings count ----

    def warned(self, root):
        """A sound with a loop that is not packed: a warning."""
        loop = b"smpl" + struct.pack("<I9I6I", 60, 0, 0, 125000, 60, 0, 0, 0, 1, 0, 0, 0, 2, 9, 0, 0)
        sound = wav() + loop
        self.put(root, {"a.wav": sound[:4] + struct.pack("<I", len(sound) - 8) + sound[8:]})

    def test_a_warning_that_is_an_error_refuses_its_own_root(self):
        self.put("fine", TAKEN["sound"])
        self.warned("warned")
        for option in ("--strict", "--error=sound-loop-ignored"):
            fine, warned = self.add("fine", "warned", "--dry-run", option, code=1)
            self.assertIsNotNone(fine["asset"])
            self.assertEqual(fine["diagnostics"], [])
            self.assertIsNone(warned["asset"])
            self.assertEqual([(finding["id"], finding["severity"]) for finding in warned["diagnostics"]], [("sound-loop-ignored", "error")])
        self.add("fine", "warned", "--strict", code=1)
        self.add("warned", "--ignore", "sound-loop-ignored", "--strict")
        self.assertEqual([record["root"] for record in json.loads(read(self.path(INDEX)))["assets"]], ["fine", "warned"])

    def test_an_error_cannot_be_ignored(self):
        self.put("rate", REFUSED["rate"][1])
        self.assertEqual(len(self.refuse("rate", "--ignore", "sound-format")), 1)

    def test_anyway_gives_way_to_strict(self):
        self.put("rate", REFUSED["rate"][1])
        finding, = self.refuse("rate", "--anyway", "--strict")
        self.assertEqual((finding["id"], finding["severity"]), ("sound-format", "error"))

    # ---- The budget ----

    def test_a_sound_beyond_the_budget_is_refused(self):
        self.put("a", TAKEN["sound"])
        self.put("b", TAKEN["sound"])
        self.assertEqual([finding["id"] for finding in self.refuse("a", "--max-decoded", "39")], ["decoded-budget"])
        self.add("a", "b", "--max-decoded", "40")  # each by itself
