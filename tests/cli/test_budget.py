"""The budget of decoded bytes, on FLACs whose samples are all equal, and which are therefore small."""

import os
import resource
import struct
import unittest

from harness.trees import write
from workspace import WorkspaceTest

BLOCK = 4096  # frames
DECODED = 3 * BLOCK * 2  # bytes of three blocks of one channel
LONGEST = 65535  # frames of the longest block
ROOM = 48 << 20  # bytes of address space: less than the sound decodes to that is built in it


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))


def remainder(data, width, polynomial):
    """A CRC without a table, most significant bit first."""
    value = 0
    for byte in data:
        for bit in range(7, -1, -1):
            carry = (value >> (width - 1) & 1) ^ (byte >> bit & 1)
            value = (value << 1 & (1 << width) - 1) ^ (polynomial if carry else 0)
    return value


def block(number, frames=BLOCK):
    """Equal samples: one of them is stored."""
    header = bytes((0xFF, 0xF8, 0x70, 0x08)) + chr(number).encode() + struct.pack(">H", frames - 1)
    header += bytes((remainder(header, 8, 0x07),))
    body = header + struct.pack(">Bh", 0, 7)
    return body + struct.pack(">H", remainder(body, 16, 0x8005))


def flac(blocks=(0, 1, 2), announced=3 * BLOCK, frames=BLOCK):
    """A FLAC of 22,050 frames per second, 16 bits, without an MD5."""
    packed = 22050 << 44 | 15 << 36 | announced
    info = struct.pack(">HH6xQ16x", frames, frames, packed)
    return b"fLaC\x80\0\0\x22" + info + b"".join(block(number, frames) for number in blocks)


def long_flac(blocks):
    return flac(range(blocks), blocks * LONGEST, LONGEST)


class Budget(WorkspaceTest):
    def sounds(self, **files):
        """A workspace of sounds: their roots, and their files."""
        self.scene_workspace({root: b"" for root in files})
        for root, data in files.items():
            write(self.path("assets", root, "data.bin"), data)

            def change(document):
                document["type"] = "sound_bank"
                document["output"]["format"] = "SOUNDS/pcm16le_v1"

            self.edit_declaration(root, change)

    def test_a_sound_that_just_fits_is_built(self):
        self.sounds(a=flac())
        self.assert_one_line(self.run_here("build", "--max-decoded", str(DECODED - 1)), 1, "decoded-budget",
                             "assets/a/data.bin", f"at most {DECODED - 1}", f"found {DECODED}", "--max-decoded")
        self.assertFalse(os.path.exists(self.path("build", "assets.pa")))
        self.assertEqual(self.run_here("build", "--verify", "--max-decoded", str(DECODED)).code, 0)
        self.assertEqual(self.run_here("verify", "--sources", "--max-decoded", "24k").code, 0)
        refused = self.run_here("verify", "--sources", "--max-decoded", "23K")
        self.assertEqual(refused.code, 1, refused.said)
        self.assertIn("assets/a/data.bin: error[decoded-budget] asset 1: the sound decodes to 24576 bytes; "
                      "expected at most 23552.", refused.said)

    def test_all_sounds_of_a_build_count_together(self):
        self.sounds(a=flac(), b=flac(), c=flac(blocks=(0,), announced=BLOCK))
        self.assert_one_line(self.run_here("build", "--max-decoded", "40K"), 1, "decoded-budget", "assets/b/data.bin",
                             "at most 16384")
        self.assertEqual(self.run_here("build", "--max-decoded", "56K").code, 0)
        write(self.path("assets/c/data.bin"), flac(blocks=(0,), announced=BLOCK) + b"TAG")
        kept = self.run_here("build", "--max-decoded", "8K")
        self.assertEqual(kept.code, 0, kept.said)

    def test_the_default_is_a_gibibyte(self):
        self.sounds(a=flac(announced=(1 << 29) + 1))
        write(self.path("assets/a/data.bin"), flac(announced=(1 << 29) + 1) + bytes(1 << 16))
        self.assert_one_line(self.run_here("build"), 1, "decoded-budget", "at most 1073741824")
        self.assert_one_line(self.run_here("build", "--max-decoded", "2G"), 1, "sound-invalid")

    @unittest.skipIf(os.environ["PRPACK_SANITIZE"], "a sanitizer takes address space of its own")
    def test_memory_does_not_grow_with_what_a_sound_decodes_to(self):
        self.sounds(a=long_flac(1024))
        self.assertGreater(1024 * LONGEST * 2, 2 * ROOM)
        for command in (["build", "--verify", "--no-cache"], ["verify", "--sources"]):
            ended = self.run_here(*command, "--jobs", "1", preexec_fn=limit_memory)
            self.assertEqual(ended.code, 0, ended.said)

    @unittest.skipIf(os.environ["PRPACK_SANITIZE"], "a sanitizer takes address space of its own")
    def test_a_small_file_that_decodes_to_much_is_refused_in_little_memory(self):
        bomb = long_flac(16384)
        self.assertEqual((len(bomb), 16384 * LONGEST * 2), (243626, 2147450880), "workspace.md 3.2.4 has these figures")
        self.sounds(a=bomb)
        refused = self.run_here("build", "--jobs", "1", preexec_fn=limit_memory)
        self.assert_one_line(refused, 1, "decoded-budget", "at most 1073741824", "found 2147450880")

    def test_raw_sources_are_not_decoded(self):
        self.scene_workspace({"a": bytes(5000)})
        self.assertEqual(self.run_here("build", "--verify", "--max-decoded", "1").code, 0)

    def test_bad_sizes_are_refused(self):
        for value in ("0", "", "K", "-1", "1.5G", "1T", "1KB", "0x10", "99999999999G", "9007199254740992"):
            self.assert_one_line(self.run_here("build", f"--max-decoded={value}"), 2, "usage", "--max-decoded")
        self.assert_one_line(self.run_here("list", "--max-decoded", "1K"), 2, "usage", "--max-decoded")

    def test_a_flac_is_packed_whole_or_not_at_all(self):
        for data, words in ((flac(blocks=(0, 2, 1)), "not in order"), (flac(announced=10), f"says 10 frames; the blocks have {3 * BLOCK}"),
                            (flac(announced=BLOCK), f"says {BLOCK} frames; the blocks have {3 * BLOCK}"),
                            (flac(blocks=(0, 1)), f"says {3 * BLOCK} frames; the blocks have {2 * BLOCK}")):
            self.sounds(a=data)
            self.assert_one_line(self.run_here("build"), 1, "sound-invalid", "assets/a/data.bin", words)
