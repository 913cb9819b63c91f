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
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.sounds import aiff, converted, flac, mono, packed, sized, smpl, wav, widened  # noqa: E402

LOOP = {"loop": "source"}


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


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
    yield "24.wav", wav(widened(mono(60), 0), bits=24), None
    yield "big.aiff", aiff(packed(mono(60), ">")), None


def refused():
    """(workspace, file, what it has, pipeline)"""
    samples = mono(60)
    yield "fine", "a.wav", wav(widened(samples, 0) + widened([7], 1), bits=24), None
    yield "dropped", "a.wav", wav(widened([1], 0) + widened([2], 1), 2, 24), {"channels": "left"}
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
