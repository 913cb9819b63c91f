"""Where an id has several causes, the remedy is that of the cause, and following it leads to a build."""

import io
import json
import os
import shutil
import wave

from harness.pictures import png
from harness.trees import read, write
from workspace import WorkspaceTest, prpack

def picture(width, height):
    return png(width, height, 2, (b"\0" + bytes((200, 100, 48)) * width) * height)


def sound():
    """A WAV of one frame."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
        file.writeframes(bytes(2))
    return made.getvalue()


WAV = sound()
INDEX = os.path.join("assets", ".prometeu", "index.json")


class Remedies(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.run_here("init")

    def put(self, path, data=b"1"):
        write(self.path("assets", *path.split("/")), data)

    def assert_says(self, id_, words, *arguments, code=1):
        self.assert_one_line(self.run_here(*arguments), code, id_, *words)

    def test_roots_that_cannot_be_added(self):
        self.put("hero/jump.wav", WAV)
        self.put("lone.bin")
        write(self.path("outside", "data.bin"), b"1")
        for typed, words in (("assets/Hero", "Did you mean prpack add assets/hero? Upper and lower case matter."),
                             ("heor", "Did you mean prpack add assets/hero?"), ("assets/nothing", "Make the directory below assets/"),
                             ("outside", "Copy it to assets/outside, and run prpack add assets/outside."), ("assets", "for each asset"),
                             ("assets/hero/jump.wav", "Run prpack add assets/hero:"), ("assets/lone.bin", "Make a directory below assets/, move")):
            with self.subTest(typed=typed):
                self.assert_says("root-invalid", (words,), "add", typed)
        self.assertEqual(self.run_here("add", "assets/hero").code, 0)
        self.assertIn("run prpack add --update assets/hero;", self.run_here("add", "hero").err)
        self.put("hero/inner/jump.wav", WAV)
        self.assert_says("root-invalid", ("Move one of the two directories out of the other.",), "add", "hero/inner")

    def test_files_that_do_not_show_a_type(self):
        for root, names, words in (("empty", (), "Put the files of the asset into it"), ("above", ("x/a.bin",), "Run prpack add assets/above/x,"),
                                   ("sounds", ("a.wav", "b.wav"), "Run prpack add --each assets/sounds:"), ("raw", ("a.bin",), "If it is level data of your own, run prpack add assets/raw --type scene_bank;"),
                                   ("raws", ("a.bin", "b.bin"), "put each of them into a directory of its own, and run prpack add assets/A assets/B --type scene_bank."),
                                   ("zip", ("a.zip",), "Take out of it what belongs to the game."), ("notes", ("a.txt",), "working files are ignored"),
                                   ("ase", ("a.ase", "a.txt"), "Export pictures as PNG"),
                                   ("mixed", ("a.png", "b.gif"), "Run prpack add assets/mixed --type glyph_bank"),
                                   ("my sound", ("a.wav", "b.gif"), "Run prpack add 'assets/my sound' --type sound_bank"),
                                   ("palettes", ("a.gpl",), "Export the sprites as PNG into the directory."), ("gif", ("a.gif",), "Export them as PNG"),
                                   ("mp3", ("a.mp3",), "Export the sound as WAV, AIFF or FLAC")):
            with self.subTest(root=root):
                os.makedirs(self.path("assets", root), exist_ok=True)
                for name in names:
                    self.put(f"{root}/{name}")
                self.assert_says("type-undecided", (words,), "add", f"assets/{root}", "--dry-run")

    def test_a_directory_that_is_gone_or_moved(self):
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        os.rename(self.path("assets", "hero"), self.path("assets", "enemy"))
        self.assert_says("root-invalid", ("Run prpack adopt assets/enemy: the asset keeps its id.",), "build")
        self.assert_says("declaration-identity", ("Run prpack adopt assets/enemy: the asset keeps its id.",), "add", "enemy")
        os.rename(self.path("assets", "enemy"), self.path("assets", "Hero"))
        self.assert_says("root-invalid", ("Run prpack adopt assets/Hero:",), "build")
        anchor = self.path("assets", "Hero", "asset.json")
        os.rename(anchor, anchor + ".saved")
        self.assert_says("root-invalid", ('beside it is "Hero"', "rename it to assets/hero", "run prpack forget assets/hero to"), "build")
        os.remove(anchor + ".saved")
        os.rename(self.path("assets", "Hero"), self.path("assets", "hero2"))
        self.assertEqual(self.run_here("add", "hero2").code, 0)
        self.assertNotIn("beside it", self.run_here("build").err)
        self.assertEqual(self.run_here("forget", "hero2").code, 0)
        shutil.rmtree(self.path("assets", "hero2"))
        self.assert_says("root-invalid", ("Restore the directory. If it was moved, run prpack adopt DIRECTORY", "run prpack forget assets/hero;"), "build")

    def test_an_asset_that_was_copied(self):
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        shutil.copytree(self.path("assets", "hero"), self.path("assets", "copy"))
        self.assert_says("declaration-identity", ("Run prpack adopt --as-copy assets/copy: it gets a uuid and an id of its own.",), "add", "copy")
        uuid = json.loads(read(self.path("assets", "hero", "asset.json")))["asset_uuid"]
        self.assertEqual(self.run_here("adopt", "--as-copy", "assets/copy").code, 0)
        self.edit_declaration("hero", lambda document: document.update(asset_uuid=uuid[:-1] + ("1" if uuid[-1] == "0" else "0")))
        self.assert_says("declaration-identity", (f'Write "asset_uuid": "{uuid}" into asset.json',), "build")

    def test_an_asset_json_that_is_missing(self):
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        anchor = self.path("assets", "hero", "asset.json")
        os.rename(anchor, self.path("assets", "hero", "Asset.json"))
        self.assert_says("anchor-missing", ("Rename Asset.json to asset.json.",), "build")
        os.remove(self.path("assets", "hero", "Asset.json"))
        self.assert_says("anchor-missing", ("Restore the file from version control.", "run prpack forget assets/hero and prpack add assets/hero, which gives the asset a new id"), "build")

        self.assert_says("anchor-missing", ("Restore the file from version control. If you do not have a copy, run prpack forget ASSET",), "add", "--update", "hero")

    def test_assets_that_builds_leave_out(self):
        for name in ("hero", "enemy"):
            self.put(f"{name}/jump.wav", WAV)
        self.run_here("add", "hero", "enemy")
        self.run_here("exclude", "hero", "enemy")
        self.assertIn("no asset is included in the build. Run prpack include ASSET for each", self.run_here("build").err)
        self.run_here("include", "enemy")
        shutil.rmtree(self.path("assets", "hero"))
        said = self.run_here("doctor").said
        self.assertIn("run prpack forget assets/hero. Builds leave it out in any case.", said)
        self.assertNotIn("prpack exclude", said)
        self.assertNotIn("no asset is included", self.run_here("build").err)

    def test_an_asset_that_is_left_out_and_moved(self):
        """Listed once; a build, which does not look at it, warns of its new directory."""
        for name in ("hero", "enemy"):
            self.put(f"{name}/jump.wav", WAV)
        self.run_here("add", "hero", "enemy")
        self.run_here("exclude", "hero")
        os.rename(self.path("assets", "hero"), self.path("assets", "knight"))
        for command, id_ in (("list", "root-invalid"), ("build", "anchor-unregistered")):
            line, = [line for line in self.run_here(command).err.splitlines() if "[" in line]
            self.assertIn(id_, line)
            self.assertIn("Run prpack adopt assets/knight: the asset keeps its id.", line)
        self.assertEqual(self.run_here("adopt", "assets/knight").code, 0)
        self.assertEqual(self.run_here("list").err, "")

    def test_names_that_differ_by_case_only(self):
        for name in ("hero", "enemy"):
            self.put(f"{name}/jump.wav", WAV)
        self.run_here("add", "hero", "enemy")
        for words, place, text in ((("rename", "2", "HERO"), "assets/enemy: ", 'the name "HERO" differs from that of asset 1 by case only. Run prpack rename assets/enemy NAME,'),
                                     (("move", "2", "Hero"), "assets/Hero: ", 'the directory "Hero" differs from that of asset 1 by case only. Run prpack move assets/Hero NEW_ROOT,')):
            for extra in (("--dry-run",), ()):
                ended = self.run_here(*words, *extra)
                self.assertEqual(ended.code, 0, ended)
                self.assertIn(f"{place}warning[name-case] {text}", ended.err)
        for words in (("rename", "2", "enemy"), ("rename", "2", "Enemy"), ("move", "2", "enemy"), ("move", "2", "ENEMY")):
            self.assertEqual(self.run_here(*words).err, "", words)
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_a_file_is_not_a_directory_that_was_meant(self):
        self.put("jump.wav", WAV)
        self.assertNotIn("Did you mean", self.run_here("add", "assets/jumo.wav").err)

    def test_a_directory_that_is_not_registered(self):
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        shutil.copytree(self.path("assets", "hero"), self.path("assets", "copy"))
        said = self.run_here("build").err
        self.assertIn("the directory of this asset.json is not registered; another asset has its uuid. Run prpack adopt --as-copy assets/copy,", said)
        self.assertIn("git rm -r assets/copy if a merge has left it", said)
        shutil.rmtree(self.path("assets", "copy"))
        self.assertEqual(self.run_here("build").err, "")

    def test_palettes_that_are_missing(self):
        self.put("my hero/a.png", picture(8, 8))
        self.assert_says("palette-missing", ("Run prpack add --anyway 'assets/my hero', and then prpack palettes --write 'assets/my hero',",), "add", "my hero")
        self.assertEqual(self.run_here("add", "--anyway", "my hero").code, 0)
        self.assert_says("palette-missing", ("Run prpack palettes 'assets/my hero' to see", 'write "palettes": [{"index": 0, "path": "NAME.gpl"}] into inputs'), "build")
        self.put("my hero/b.gpl", "GIMP Palette\n255 0 255\n200 100 48\n")
        self.put("my hero/a.hex", "ff00ff\nc86430\n")
        line = '"palettes": [{"index": 0, "path": "a.hex"}, {"index": 1, "path": "b.gpl"}]'
        self.assert_says("palette-missing", (f"Write {line} into inputs of asset.json.",), "build")
        self.edit_declaration("my hero", lambda document: document["inputs"].update(json.loads("{" + line + "}")))
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_pictures_of_a_wrong_size(self):
        for name, width, height in (("odd", 17, 16), ("large", 320, 224)):
            self.put(f"{name}/a.png", picture(width, height))
        self.put("odd/p.hex", "ff00ff\nc86430\n")
        self.assert_says("image-size", ("pad it to 24 x 16, or add it with --pad",), "add", "odd")
        self.put("large/p.hex", "ff00ff\nc86430\n")
        words = ("larger than a sheet", "Split the picture into parts of at most 256 x 256 pixels.")
        self.assert_says("image-size", words, "add", "large")
        self.assertEqual(self.run_here("add", "--anyway", "large").code, 0)
        self.assert_says("image-size", words, "build")

    def test_integers_with_a_fraction(self):
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        text = read(self.path("assets", "hero", "asset.json")).decode()
        for spelled, words in (("1.0", "Write 1."), ("10e-1", "Write 1."), ("1.5", "Write an integer."), ('"1"', "Write the number without quotes.")):
            with self.subTest(spelled=spelled):
                write(self.path("assets", "hero", "asset.json"), text.replace('"schema_version": 1', f'"schema_version": {spelled}'))
                result = self.run_here("build")
                self.assertEqual(result.code, 1)
                self.assertIn(words, result.err)

    def test_where_the_workspace_is(self):
        os.makedirs(self.path("a"))
        self.assert_says("workspace-exists", ("Put the assets into the workspace in",), "init", "a")
        self.assert_says("workspace-missing", ("Name with --assets the directory",), "list", "--assets", "a")
        self.assert_says("environment-read", ("Did you mean -C a?",), "-C", "A", "list", code=3)

    def test_a_registry_that_is_gone(self):
        """It has the ids: a new one would give other ones. Where nothing was registered, a new one is right."""
        self.put("hero/jump.wav", WAV)
        index = read(self.path(INDEX))
        os.remove(self.path(INDEX))
        self.assertIn("run prpack init here", self.run_here("build").err)
        write(self.path(INDEX), index)
        self.run_here("add", "hero")
        index = read(self.path(INDEX))
        os.remove(self.path(INDEX))
        for words in (["build"], ["list"], ["add", "hero"], ["doctor"]):
            said = self.run_here(*words).said
            self.assertIn(f"Restore it from version control, such as with git checkout -- {INDEX}, or from a copy: it has the ids", said, words)
            self.assertLess(said.index("git checkout"), said.index("prpack init"), words)

    def test_texts_that_were_cut_off(self):
        """A bracket that is missing at the end is the least that may be missing."""
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        for path, id_, words in ((INDEX, "registry-syntax", "it may have lost records"), ("assets/hero/asset.json", "declaration-syntax", "")):
            whole = read(self.path(path))
            for size in range(1, len(whole.rstrip())):
                write(self.path(path), whole[:size])
                line, = [line for line in self.run_here("build").err.splitlines() if id_ in line]
                self.assertIn(". Restore the file from version control or a copy" + (": " + words if words else ""), line, whole[:size])
            write(self.path(path), whole.replace(b"1,", b"1", 1))
            self.assertIn("Write a comma between the two.", self.run_here("build").err)
            write(self.path(path), whole)

    def test_a_declaration_of_which_there_is_no_copy(self):
        """The remedies lead to a build."""
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        anchor = self.path("assets", "hero", "asset.json")
        write(anchor, read(anchor)[:50])
        self.assert_says("declaration-syntax", ("Without a copy, delete the file, forget the asset, and add its directory again, which gives it a new id.",), "build")
        os.remove(anchor)
        self.assertEqual([self.run_here(*words).code for words in (("forget", "hero"), ("add", "hero"), ("build", "--verify"))], [0, 0, 0])

    def test_a_file_that_was_renamed(self):
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        os.rename(self.path("assets", "hero", "jump.wav"), self.path("assets", "hero", "the hero leaps.wav"))
        self.assert_says("input-missing", ("If it was renamed, write its new name into asset.json",), "build")
        self.edit_declaration("hero", lambda document: document["inputs"].update(sources=["the hero leaps.wav"]))
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_a_sound_that_is_there_twice(self):
        """An undo moves it back, and version control brings the directory back."""
        self.put("sfx/jump.wav", WAV)
        self.run_here("add", "--each", "sfx")
        self.put("sfx/jump.wav", WAV)
        self.assert_says("root-invalid", ("If that directory has the same file, as after an undo, delete the one here.",), "add", "--each", "sfx")
        os.remove(self.path("assets", "sfx", "jump.wav"))
        self.assertEqual(self.run_here("build").err, "")

    def test_names_that_are_similar(self):
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        self.assert_says("asset-unknown", ("Did you mean hero?",), "palettes", "Hero")
        self.assert_says("usage", ("Did you mean prpack explain palette-missing?",), "explain", "pallete-missing", code=2)
        self.assert_says("usage", ("Name an asset of the format GLYPH/indexed_v1",), "palettes", "hero", code=2)
        self.run_here("build")
        inspected = self.run_here("inspect", "build/asset.pa")
        self.assertIn("Did you mean build/assets.pa?", inspected.said)

    def test_records_that_do_not_fit_together(self):
        for name in ("hero", "enemy"):
            self.put(f"{name}/jump.wav", WAV)
        self.run_here("add", "hero", "enemy")
        before = read(self.path(INDEX)).decode()
        for old, new, words in (('"asset_id": 2', '"asset_id": 1', "Run prpack doctor --fix: "), ('"next_asset_id": 3', '"next_asset_id": 2', "Restore the number from version control; without a copy, write 3, or more if"),
                                ('"asset_id": 1', '"asset_id": 3', "Sort the records by asset_id."), ('"root": "enemy"', '"root": "hero"', "Remove one of the two records."),
                                ('"schema_version": 1', '"schema_version": 2', "Use the prpack that belongs to this version of the file."),
                                ('"root": "hero"', '"root": "/hero"', "without assets/ in front")):
            with self.subTest(new=new):
                self.assertIn(old, before)
                write(self.path(INDEX), before.replace(old, new))
                result = self.run_here("list")
                self.assertEqual(result.code, 1)
                self.assertIn(words, result.err)

    def test_a_wrong_request_has_no_verdict(self):
        self.put("hero/jump.wav", WAV)
        self.run_here("add", "hero")
        self.run_here("build")
        for arguments in (["verify", "build/assets.pa"], ["verify", "nowhere"], ["verify", "--max-decoded", "1"]):
            result = self.run_here(*arguments)
            self.assertEqual((result.code, result.out), (2, ""))
            self.assertEqual(result.err.count("error["), 1, result.err)
            self.assertNotIn("loads:", result.said)
