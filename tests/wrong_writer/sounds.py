"""Workspaces of sounds for writers with a planted fault: sounds.py DIR PRPACK writes DIR/good, which a right writer packs, and DIR/NAME with
one sound that a right writer refuses. PRPACK has to do both."""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

LOOP = {"loop": "source"}


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


def chunk(name, data):
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def wav(data, channels=1, bits=16, rate=22_050, after=b"", size=None):
    frame = channels * ((bits + 7) // 8)
    head = b"WAVE" + chunk(b"fmt ", struct.pack("<HHIIHH", 1, channels, rate, rate * frame, frame, bits))
    return b"RIFF\0\0\0\0" + head + b"data" + struct.pack("<I", len(data) if size is None else size) + data + after


def smpl(*loops):
    """loops: type, first, last frame."""
    return chunk(b"smpl", bytes(28) + struct.pack("<II", len(loops), 0) +
                 b"".join(struct.pack("<IIIIII", 7, *loop, 0, 0) for loop in loops))


def sized(data):
    """A WAV with the size of the whole."""
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def converted(data):
    """As a program leaves it that takes it for a text."""
    return data.replace(b"\n", b"\r\n")


def aiff(data, bits=16, frames=None, after=b"", size=None):
    count = len(data) // (bits // 8) if frames is None else frames
    common = struct.pack(">hIhHQ", 1, count, bits, 16_383 + 14, 22_050 << (63 - 14))
    body = b"AIFFCOMM" + struct.pack(">I", len(common)) + common + b"SSND" + \
        struct.pack(">III", 8 + len(data) if size is None else size, 0, 0) + data + after
    return b"FORM" + struct.pack(">I", len(body)) + body


def crc(data, polynomial, bits):
    value = 0
    for byte in data:
        value ^= byte << (bits - 8)
        for _ in range(8):
            value = (value << 1) ^ (polynomial if value >> (bits - 1) & 1 else 0)
            value &= (1 << bits) - 1
    return value


def flac(samples, depth, total=None, fields=()):
    """One block of samples as they are, of 12 or 16 bits."""
    count = len(samples)
    info = struct.pack(">HH", count, count) + bytes(6)
    info += (22_050 << 44 | (depth - 1) << 36 | (count if total is None else total)).to_bytes(8, "big") + bytes(16)
    comment = struct.pack("<II", 0, len(fields)) + b"".join(struct.pack("<I", len(field)) + field for field in fields)
    head = b"\xff\xf8" + bytes([0x70, {12: 4, 16: 8}[depth], 0]) + struct.pack(">H", count - 1)
    head += bytes([crc(head, 0x07, 8)])
    bits = "".join(f"{sample & (1 << depth) - 1:0{depth}b}" for sample in samples)
    body = head + b"\x02" + int(bits, 2).to_bytes(count * depth // 8, "big")
    return b"fLaC" + struct.pack(">I", len(info)) + info + bytes([0x84]) + len(comment).to_bytes(3, "big") + comment + \
        body + struct.pack(">H", crc(body, 0x8005, 16))


def mono(count):
    return [(i * 719) % 20_000 - 9_999 for i in range(count)]


def packed(samples, form="<"):
    return struct.pack(f"{form}{len(samples)}h", *samples)


def fine(samples, low):
    """24 bits with a low byte."""
    return b"".join(bytes([low]) + struct.pack("<h", sample) for sample in samples)


STEREO = packed([sample for i in range(50) for sample in (i * 3 - 70, 31 - i * 2)])


def good():
    """(file, what it has, pipeline)"""
    loops = smpl((1, 3, 9), (0, 10, 39), (0, 1, 2))
    yield "left.wav", wav(STEREO, 2), {"channels": "left"}
    yield "right.wav", wav(STEREO, 2), {"channels": "right"}
    yield "mix.wav", wav(STEREO, 2), {"channels": "mix"}
    yield "loop.wav", wav(packed(mono(60)), after=loops), LOOP
    yield "field.flac", flac(mono(60), 16, fields=[b"LOOPSTART=5", b"LOOPLENGTH=10"]), LOOP
    yield "unknown.wav", wav(packed(mono(60)), size=2**32 - 1), None
    yield "unknown.flac", flac(mono(60), 16, total=0), None
    yield "twelve.flac", flac([sample % 4_096 - 2_048 for sample in mono(60)], 12), None
    yield "bytes.wav", wav(bytes(range(200)), bits=8), None
    yield "24.wav", wav(fine(mono(60), 0), bits=24), None
    yield "big.aiff", aiff(packed(mono(60), ">")), None


def refused():
    """(workspace, file, what it has, pipeline)"""
    samples = mono(60)
    yield "fine", "a.wav", wav(fine(samples, 0) + fine([7], 1), bits=24), None
    yield "dropped", "a.wav", wav(fine([1], 0) + fine([2], 1), 2, 24), {"channels": "left"}
    yield "loop-after-end", "a.wav", wav(packed(samples), after=smpl((0, 10, 60))), LOOP
    yield "frames", "a.aiff", aiff(packed(samples, ">"), frames=59), None
    yield "odd", "a.wav", wav(packed(samples) + b"\0"), None
    yield "cut", "a.wav", wav(packed(samples), size=200), None
    lines = [10, 2_570, 13] + samples + [10]
    yield "converted", "a.wav", converted(sized(wav(packed(lines)))), None
    back = sized(wav(packed([13, 2_573] + samples), after=b"LIST" + struct.pack("<I", 4) + b"INFO"))
    yield "converted-back", "a.wav", back.replace(b"\r\n", b"\n"), None
    yield "converted-aiff", "a.aiff", converted(aiff(packed(lines, ">"))), None
    yield "chunks", "a.wav", wav(packed(samples), size=2**32 - 1, after=smpl((0, 10, 39))), None
    yield "chunks-aiff", "a.aiff", aiff(packed(samples, ">"), size=2**32 - 1, after=b"NAME" + struct.pack(">I", 2) + b"ab"), None


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def write_workspace(directory, sounds):
    records = []
    for number, (name, data, pipeline) in enumerate(sounds, 1):
        root = name.replace(".", "-")
        output = {"format": "SOUNDS/pcm16le_v1", "codec": "NONE"}
        if pipeline:
            output["pipeline"] = pipeline
        declaration = {"schema_version": 1, "asset_uuid": uuid(number), "name": root, "type": "sound_bank",
                       "inputs": {"sources": [name]}, "output": output, "preload": {"enabled": False}}
        write(os.path.join(directory, "assets", root, "asset.json"), json.dumps(declaration).encode())
        write(os.path.join(directory, "assets", root, name), data)
        records.append({"asset_id": number, "asset_uuid": uuid(number), "root": root, "included_in_build": True})
    write(os.path.join(directory, "assets", ".prometeu", "index.json"),
          json.dumps({"schema_version": 1, "next_asset_id": len(records) + 1, "assets": records}).encode())


def check(prpack, workspace, expected):
    """The exit code of a verified build of a copy."""
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(workspace, copy, dirs_exist_ok=True)
        code = subprocess.run([prpack, "build", "--verify", "--quiet"], cwd=copy).returncode
    assert code == expected, f"{workspace}: exit code {code}, expected {expected}"


def main(directory, prpack):
    shutil.rmtree(directory, ignore_errors=True)
    workspace = os.path.join(directory, "good")
    write_workspace(workspace, good())
    check(prpack, workspace, 0)
    for name, *sound in refused():
        workspace = os.path.join(directory, name)
        write_workspace(workspace, [sound])
        check(prpack, workspace, 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
