"""prpack add --each: each sound of a directory becomes an asset, in a directory of its own."""

import json
import os

from harness.pictures import chunk, png
from harness.trees import read, read_tree, write
from workspace import WorkspaceTest


def wav(channels=1, frames=10):
    data = b"\1\0" * channels * frames
    return (b"RIFF" + (36 + len(data)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little") + (1).to_bytes(2, "little")
            + channels.to_bytes(2, "little") + (22050).to_bytes(4, "little") + (44100 * channels).to_bytes(4, "little")
            + (2 * channels).to_bytes(2, "little") + (16).to_bytes(2, "little") + b"data" + len(data).to_bytes(4, "little") + data)


def picture():
    """An indexed PNG of one tile."""
    return png(8, 8, 3, b"".join(b"\0" + b"\1" * 8 for _ in range(8)), chunk(b"PLTE", b"\0\0\0\xff\xff\xff"))


class AddEach(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.run_here("init").code, 0)

    def put(self, path, data=None):
        write(self.path("assets", path), wav() if data is None else data)

    def add(self, *arguments, code=0):
        ended = self.run_here("add", "--each", *arguments)
        self.assertEqual(ended.code, code, ended)
        return ended

    def roots(self):
        return [record["root"] for record in json.loads(read(self.path("assets/.prometeu/index.json")))["assets"]]

    def tree(self):
        return read_tree(self.path("assets"))

    def refused(self, path, *words, operands=("sfx",), code=1):
        """The file is refused and left where it is, with these words in the line about it."""
        before = read(self.path("assets", path))
        ended = self.add(*operands, code=code)
        line, = [line for line in ended.err.splitlines() if line.startswith(f"assets/{path}: error[")]
        for word in words:
            self.assertIn(word, line)
        self.assertEqual(read(self.path("assets", path)), before)

    def test_each_sound_gets_a_directory(self):
        for name in ("jump.wav", "coin.WAV", "two.words.wav"):
            self.put("sfx/" + name)
        status = os.stat(self.path("assets/sfx/jump.wav"))
        self.add("assets/sfx")
        self.assertEqual(self.roots(), ["sfx/coin", "sfx/jump", "sfx/two.words"])
        self.assertEqual(read(self.path("assets/sfx/jump/jump.wav")), wav())
        moved = os.stat(self.path("assets/sfx/jump/jump.wav"))
        self.assertEqual((moved.st_ino, moved.st_mtime_ns), (status.st_ino, status.st_mtime_ns))
        self.assertEqual(json.loads(read(self.path("assets/sfx/coin/asset.json")))["inputs"], {"sources": ["coin.WAV"]})
        self.assertEqual([key for key in self.tree() if key.count("/") == 1 and key.startswith("sfx")],
                         [key for key in self.tree() if key in ("sfx/coin", "sfx/jump", "sfx/two.words")])
        ended = self.run_here("build", "--verify")
        self.assertEqual(ended.code, 0, ended)

    def test_a_dry_run_shows_the_moves_and_does_nothing(self):
        self.put("sfx/coin.wav")
        self.put("sfx/jump.wav")
        before = self.tree()
        planned = [json.loads(line) for line in self.add("sfx", "--dry-run", "--format", "json").out.splitlines()]
        self.assertEqual(self.tree(), before)
        done = [json.loads(line) for line in self.add("sfx", "--format", "json").out.splitlines()]
        self.assertEqual([document["file"] for document in planned], ["assets/sfx/coin.wav", "assets/sfx/jump.wav"])
        steps = [(step["action"], step["from"], step["to"]) for step in planned[1]["plan"]]
        self.assertEqual(steps, [("move", "assets/sfx/jump.wav", "assets/sfx/jump/jump.wav"),
                                 ("write", None, "assets/sfx/jump/asset.json"), ("write", None, "assets/.prometeu/index.json")])
        for dry, real in zip(planned, done):
            self.assertEqual({**dry["asset"], "asset_uuid": real["asset"]["asset_uuid"]}, real["asset"])
            self.assertTrue(real["asset"]["moved"])

    def test_it_says_what_was_moved(self):
        self.put("sfx/jump.wav")
        self.assertIn("would move assets/sfx/jump.wav to assets/sfx/jump/jump.wav: ", self.add("sfx", "--dry-run").out)
        self.assertIn("from assets/sfx/jump (moved it there, and wrote its asset.json)\n", self.add("sfx").out)

    def test_it_says_how_many_there_are(self):
        """One line for all of them, the last one, which a single asset does not need."""
        for name in ("jump.wav", "coin.wav", "step.wav"):
            self.put("sfx/" + name)
        self.put("one/jump.wav")
        self.assertEqual(self.add("sfx", "--dry-run").out.splitlines()[-1], "would add 3 assets")
        self.assertNotIn("add 1 asset", self.add("one", "--dry-run").out)
        self.assertNotIn("assets\n", self.add("sfx", "--format", "json", "--dry-run").out)
        self.assertEqual(self.add("sfx").out.splitlines()[-1], "added 3 assets")
        self.assertNotIn("added 1 asset", self.add("one").out)

    def test_assets_itself(self):
        self.put("jump.wav")
        self.put("README.txt", b"how to play")
        self.add("assets")
        self.assertEqual(self.roots(), ["jump"])
        self.assertTrue(os.path.exists(self.path("assets/jump/jump.wav")))
        self.assertTrue(os.path.exists(self.path("assets/README.txt")))

    def test_a_name_that_is_taken(self):
        self.put("sfx/jump.wav")
        self.put("sfx/jump/other.bin", b"mine")
        self.put("sfx/coin.wav")
        self.put("sfx/coin", b"a file")
        self.put("sfx/step.wav")
        self.refused("sfx/jump.wav", "root-invalid", "something has the name of the directory")
        self.refused("sfx/coin.wav", "root-invalid", "something has the name of the directory")
        self.assertEqual(self.roots(), ["sfx/step"])
        self.assertEqual(read(self.path("assets/sfx/jump/other.bin")), b"mine")

    def test_two_files_that_want_one_directory(self):
        self.put("sfx/jump.wav")
        self.put("sfx/jump.flac", b"fLaC")
        self.put("sfx/jump-2.wav")
        self.refused("sfx/jump.wav", "root-invalid", "another file")
        self.refused("sfx/jump.flac", "root-invalid", "another file")
        self.assertEqual(self.roots(), ["sfx/jump-2"])

    def test_no_directory_is_called_asset_json(self):
        self.put("sfx/asset.json.wav")
        self.put("sfx/jump.wav")
        self.refused("sfx/asset.json.wav", "root-invalid", "would be called asset.json")
        self.assertEqual(self.roots(), ["sfx/jump"])
        self.assertEqual(sorted(os.listdir(self.path("assets/sfx"))), ["asset.json.wav", "jump"])

    def test_a_dot_is_the_current_directory_alone(self):
        self.put("coin.wav")
        write(self.path("src/step.wav"), wav())
        for operand in (".", "./", "../src", "./."):
            result = self.run_here("-C", "src", "add", "--each", operand)
            self.assertEqual(result.code, 1, result.said)
            self.assertIn("root-invalid", result.err)
            self.assertIn("outside of assets/", result.err)
        self.assertEqual(self.roots(), [])
        self.assertEqual(self.run_here("-C", "assets", "add", "--each", ".").code, 0)
        self.assertEqual(self.roots(), ["coin"])

    def test_what_cannot_be_built_is_not_moved(self):
        self.put("sfx/jump.wav")
        self.put("sfx/cut.wav", wav()[:20])
        self.put("sfx/wide.wav", wav(channels=2))
        self.put("sfx/theme.mp3", b"ID3\3\0\0\0\0\0\0")
        self.refused("sfx/cut.wav", "error[")
        self.refused("sfx/wide.wav", "sound-format", "stereo", "Run prpack add --each assets/sfx --channels mix,")
        self.refused("sfx/theme.mp3", "type-undecided", "MP3")
        self.assertEqual(self.roots(), ["sfx/jump"])
        self.assertFalse(os.path.exists(self.path("assets/sfx/cut")) or os.path.exists(self.path("assets/sfx/theme")))

    def test_channels_hold_for_all(self):
        self.put("sfx/wide.wav", wav(channels=2))
        self.put("sfx/broad.wav", wav(channels=2))
        self.add("sfx", "--channels", "left")
        for name in ("wide", "broad"):
            document = json.loads(read(self.path(f"assets/sfx/{name}/asset.json")))
            self.assertEqual(document["output"]["pipeline"], {"channels": "left"})

    def test_anyway(self):
        self.put("sfx/wide.wav", wav(channels=2))
        self.add("sfx", "--anyway")
        self.assertEqual(self.roots(), ["sfx/wide"])

    def test_what_stays_where_it_is(self):
        for name in (".hidden.wav", "notes.txt", "draft.wav"):
            self.put("sfx/" + name)
        os.symlink("draft.wav", self.path("assets/sfx/linked.wav"))
        write(self.path("assets/.prometeu/ignore"), b"draft.*\n")
        self.put("sfx/jump.wav")
        self.add("sfx")
        self.assertEqual(self.roots(), ["sfx/jump"])
        self.assertTrue(all(os.path.lexists(self.path("assets/sfx", name))
                            for name in (".hidden.wav", "notes.txt", "draft.wav", "linked.wav")))

    def test_directories_with_art_are_named(self):
        self.put("sfx/jump.wav")
        self.put("sfx/deep/step.wav")
        self.put("sfx/pictures/hero.png", b"")
        self.put("sfx/texts/read.txt", b"")
        self.put("sfx/out/no.wav")
        write(self.path("assets/.prometeu/ignore"), b"out/\n")
        line, = [line for line in self.add("sfx").err.splitlines() if "art-unregistered" in line]
        self.assertIn('2 directories in it with pictures or sounds are passed over: "deep", "pictures". Add each of them that has assets with prpack add', line)
        self.assertNotIn("passed over: \"jump\"", self.add("assets/sfx").err)

    def test_again_nothing_is_left(self):
        self.put("sfx/jump.wav")
        self.add("sfx")
        before = self.tree()
        self.assertIn("warning[root-registered] there is nothing to add", self.add("sfx").err)
        self.assertEqual(self.tree(), before)

    def test_directories_that_are_refused(self):
        self.put("hero/jump.wav")
        self.put("hero/inner/jump.wav")
        self.put("own/asset.json", b"{}")
        self.put("own/jump.wav")
        self.put("none/read.txt", b"")
        self.put("loose.wav")
        self.assertEqual(self.run_here("add", "hero").code, 0)
        before = self.tree()
        for directory, id_, words in (("hero", "root-invalid", "is the root of asset 1"), ("hero/inner", "root-invalid", "inside the root of asset 1"),
                                      ("own", "root-invalid", "has an asset.json"), ("nowhere", "root-invalid", "no such directory"),
                                      ("none", "type-undecided", "no sound lies directly"), ("assets/.prometeu", "root-invalid", "registry"),
                                      ("assets/loose.wav", "root-invalid", "this is a file"), ("..", "root-invalid", "outside of assets/")):
            with self.subTest(directory=directory):
                ended = self.add(directory, code=1)
                self.assertIn(f"error[{id_}]", ended.err)
                self.assertIn(words, ended.err)
        self.assertEqual(self.tree(), before)

    def test_several_directories(self):
        self.put("sfx/jump.wav")
        self.put("voice/hello.wav")
        documents = [json.loads(line) for line in self.add("sfx", "nowhere", "voice", "assets/sfx", "--format", "json", code=1).out.splitlines()]
        self.assertEqual([document["file"] for document in documents], ["assets/sfx/jump.wav", "nowhere", "assets/voice/hello.wav"])
        self.assertEqual(self.roots(), ["sfx/jump", "voice/hello"])

    def test_other_types(self):
        self.put("art/a.png", picture())
        self.put("art/b.png", picture())
        self.put("art/notes.txt", b"")
        self.put("levels/one.bin", b"level one")
        self.put("levels/two", b"without an ending")
        self.add("art", "--type", "glyph_bank", "--tile-size", "8")
        self.assertEqual(self.roots(), ["art/a", "art/b"])
        self.refused("levels/two", "root-invalid", "own name", operands=("levels", "--type", "scene_bank"))
        self.assertEqual(self.roots(), ["art/a", "art/b", "levels/one"])
        ended = self.run_here("build", "--verify")
        self.assertEqual(ended.code, 0, ended)

    def test_options_hold_for_all(self):
        self.put("sfx/coin.wav")
        self.put("sfx/jump.wav")
        self.assertIn("error[usage]", self.add("sfx", "--name", "sound", code=2).err)
        self.add("sfx", "--preload")
        for name in ("coin", "jump"):
            self.assertEqual(json.loads(read(self.path(f"assets/sfx/{name}/asset.json")))["preload"], {"enabled": True})

    def test_a_root_that_is_gone(self):
        self.put("sfx/jump.wav")
        self.add("sfx")
        os.rename(self.path("assets/sfx/jump"), self.path("kept"))
        self.put("sfx/jump.wav")
        self.refused("sfx/jump.wav", "root-invalid", "the root of asset 1, and is not there")

    def test_the_remedy_for_several_sounds(self):
        self.put("sfx/coin.wav")
        self.put("sfx/jump.wav")
        ended = self.run_here("add", "assets/sfx")
        self.assertEqual(ended.code, 1)
        self.assertIn("Run prpack add --each assets/sfx:", ended.err)
