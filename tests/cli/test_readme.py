"""The commands of README.md: a newcomer's first game, as it is shown there."""

import json
import os
import re
import shutil
import struct
import unittest

from harness import program
from harness.pictures import png
from harness.trees import read, write
from workspace import ROOT, WorkspaceTest

KEYED, RED, SKIN, BLUE = (0, 0, 0, 0), (200, 40, 40, 255), (240, 200, 160, 255), (40, 40, 90, 255)


def picture(*colours):
    """16 x 16 pixels in true colours, two by two."""
    return png(16, 16, 6, b"".join(b"\0" + b"".join(bytes(colours[(x // 2 + y // 2) % len(colours)]) for x in range(16)) for y in range(16)))


def wav(channels):
    samples = struct.pack("<h", 1000) * channels * 800
    form = struct.pack("<IHHIIHH", 16, 1, channels, 22050, 44100 * channels, 2 * channels, 16)
    return b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt " + form + b"data" + struct.pack("<I", len(samples)) + samples


@unittest.skipUnless(shutil.which("git"), "git is not here")
class Readme(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.readme = read(os.path.join(ROOT, "README.md")).decode()
        art = {"hero.png": picture(KEYED, RED, SKIN, BLUE), "jump.png": picture(BLUE, KEYED, SKIN), "theme.wav": wav(2), "cave.bin": b"a scene"}
        art.update({f"walk{number}.png": picture(KEYED, RED, *[BLUE] * number) for number in range(1, 13)})
        art["colours.png"] = png(32, 8, 2, b"".join(b"\0" + b"".join(bytes(colour[:3]) * 8 for colour in ((255, 0, 255), RED, SKIN, BLUE)) for _ in range(8)))
        art.update({f"sounds/{name}.wav": wav(1) for name in ("coin", "door", "fall", "hit", "jump", "step", "swim", "win")})
        for name, content in art.items():
            write(self.path("art", name), content)
        os.makedirs(self.path("bin"))
        os.symlink(program.PRPACK, self.path("bin", "prpack"))

    def run_shown(self, lines, cwd):
        environment = {"HOME": self.dir, "PATH": f"{self.path('bin')}:{os.environ['PATH']}", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
        ended = program.run(["bash", "-euo", "pipefail", "-c", "\n".join(lines)], cwd, env=environment)
        self.assertEqual(ended.code, 0, ended)
        return ended

    def test_a_first_game(self):
        section = self.readme.split("## Your first sprite\n")[1].split("\n## ")[0]
        blocks = [re.findall(r"^    (.*)$", block, re.M) for block in re.findall(r"(?:^    .*\n)+", section, re.M)]
        self.assertEqual([len(block) for block in blocks], [6, 12])
        self.run_shown(blocks[0], self.dir)
        game = self.path("mygame")
        said = self.run_shown(blocks[1] + ["prpack build --verify", "prpack verify --sources", "git add assets"], game)
        self.assertIn("walk1.png, walk2.png, walk3.png … walk12.png (12)", said.out)
        self.assertIn("colours.png (a strip of 4 colours)", said.out)
        self.assertIn("12 assets registered", said.out)
        self.assertIn("matches: yes", said.out)
        sprites = json.loads(read(os.path.join(game, "assets/hero/asset.json")))["inputs"]["sprites"]
        self.assertEqual(sprites, ["hero.png", "jump.png"])
        kept = program.run(["git", "-c", f"safe.directory={game}", "ls-files"], game, env={"HOME": self.dir}).out.split()
        self.assertIn("assets/.prometeu/index.json", kept)
        self.assertIn("assets/.prometeu/.gitignore", kept)
        self.assertFalse([name for name in kept if not name.startswith("assets/") or "cache" in name], kept)
        status = program.run(["git", "-c", f"safe.directory={game}", "status", "--porcelain", "-uall"], game, env={"HOME": self.dir}).out
        self.assertNotIn("?", status)

    def test_every_option_is_one_that_the_command_has(self):
        for command, row in re.findall(r"^\| `prpack (\w+)([^`]*)` \|", self.readme, re.M):
            known = self.run_here(command, "--help").out
            for option in re.findall(r"--[a-z-]+", row):
                self.assertIn(option, known, command)
