"""Sounds of every container, coding, depth and rate, and damaged in every way that is known."""

import struct

from harness.sounds import (FLOAT, PCM, aiff, chunk, converted, extensible, flac, flac_md5, fmt, mono, packed, rf64, smpl, wav, wave, wave64, widened)
from picture_variants import LFS
from variants import Sound

SAMPLES = mono(64)
PLAIN = packed(SAMPLES)
STEREO = packed(mono(128))
INVALID, FORMAT, LOSSY = "sound-invalid", "sound-format", "sound-lossy"


def of_depths():
    yield Sound("WAV, 8 bits", "a.wav", wave(fmt(bits=8), bytes(range(64))))
    yield Sound("WAV, 12 bits", "a.wav", wave(fmt(bits=12), PLAIN))
    yield Sound("WAV, 16 bits", "a.wav", wave(fmt(), PLAIN))
    yield Sound("WAV, 24 bits that 16 hold", "a.wav", wave(fmt(bits=24), widened(SAMPLES, 0)))
    yield Sound("WAV, 24 bits", "a.wav", wave(fmt(bits=24), widened(SAMPLES, 7)), FORMAT)
    yield Sound("WAV, 32 bits that 16 hold", "a.wav", wave(fmt(bits=32), widened(SAMPLES, 0, 4)))
    yield Sound("WAV, 32 bits", "a.wav", wave(fmt(bits=32), widened(SAMPLES, 1, 4)), FORMAT)
    for bits in (0, 33, 64):
        yield Sound(f"WAV, {bits} bits", "a.wav", wave(fmt(bits=bits), PLAIN), FORMAT)
    yield Sound("WAV, frames of another size", "a.wav", wave(fmt()[:12] + struct.pack("<HH", 4, 16), PLAIN), INVALID)


def of_codings():
    floats = struct.pack("<64f", *(sample / 32768 for sample in SAMPLES))
    yield Sound("WAV, float", "a.wav", wave(fmt(bits=32, coding=FLOAT), floats), FORMAT)
    yield Sound("WAV, float of 64 bits", "a.wav", wave(fmt(bits=64, coding=FLOAT), floats * 2), FORMAT)
    for name, coding in (("A-law", 6), ("mu-law", 7)):
        yield Sound(f"WAV, {name}", "a.wav", wave(fmt(bits=8, coding=coding), bytes(64)), LOSSY)
    for name, coding in (("ADPCM of Microsoft", 2), ("ADPCM of IMA", 0x11), ("MP3", 0x55), ("GSM", 0x31)):
        yield Sound(f"WAV, {name}", "a.wav", wave(fmt(bits=4, coding=coding)[:12] + struct.pack("<HHH", 256, 4, 0), bytes(256)), LOSSY)
    yield Sound("WAV, extensible", "a.wav", wave(extensible(PCM), PLAIN))
    yield Sound("WAV, extensible, float", "a.wav", wave(extensible(FLOAT, bits=32), floats), FORMAT)
    yield Sound("RIFX", "a.wav", wave(fmt(order=">"), packed(SAMPLES, ">"), b"RIFX", order=">"))
    yield Sound("RF64", "a.rf64", rf64(fmt(), PLAIN))
    yield Sound("BW64", "a.bw64", rf64(fmt(), PLAIN, b"BW64"))
    yield Sound("Wave64", "a.w64", wave64(fmt(), PLAIN))


def of_rates_and_channels():
    for rate in (0, 1, 7_999, 48_001, 96_000, 192_000, 2**32 - 1):
        yield Sound(f"{rate} frames per second", "a.wav", wave(fmt(rate=rate), PLAIN), FORMAT)
    for rate in (8_000, 11_025, 44_100, 48_000):
        yield Sound(f"{rate} frames per second", "a.wav", wave(fmt(rate=rate), PLAIN))
    yield Sound("no channel", "a.wav", wave(fmt(channels=0), PLAIN), (FORMAT, INVALID))
    yield Sound("two channels, of which nothing is said", "a.wav", wave(fmt(channels=2), STEREO), FORMAT)
    for channels in ("left", "right", "mix"):
        yield Sound(f"two channels, {channels}", "a.wav", wave(fmt(channels=2), STEREO), channels=channels, declared=True)
    yield Sound("two channels, --channels", "a.wav", wave(fmt(channels=2), STEREO), channels="mix")
    yield Sound("one channel, mix", "a.wav", wave(fmt(), PLAIN), channels="mix")
    yield Sound("six channels", "a.wav", wave(fmt(channels=6), packed(mono(60))), FORMAT)
    yield Sound("six channels, mix", "a.wav", wave(fmt(channels=6), packed(mono(60))), FORMAT, channels="mix", declared=True)


def of_lengths():
    for name, size in (("0", 0), ("-1", 2**32 - 1), ("0x7FFFFFFF", 2**31 - 1)):
        yield Sound(f"WAV to a pipe, size {name}", "a.wav", wav(PLAIN, size=size))
    yield Sound("WAV to a pipe, with chunks at its end", "a.wav", wav(PLAIN, size=2**32 - 1, after=smpl((0, 3, 9))), INVALID)
    yield Sound("WAV, cut off", "a.wav", wave(fmt(), PLAIN)[:-20], INVALID)
    yield Sound("WAV, half a frame", "a.wav", wave(fmt(), PLAIN + b"\0"), INVALID)
    yield Sound("WAV, no samples", "a.wav", wave(fmt(), b""), INVALID)
    yield Sound("WAV, no data", "a.wav", b"RIFF" + struct.pack("<I", 28) + b"WAVE" + chunk(b"fmt ", fmt()), INVALID)
    yield Sound("WAV, no fmt", "a.wav", b"RIFF" + struct.pack("<I", 4 + 8 + 128) + b"WAVE" + chunk(b"data", PLAIN), INVALID)
    late = b"WAVE" + chunk(b"data", PLAIN) + chunk(b"fmt ", fmt())
    yield Sound("WAV, data before fmt", "a.wav", b"RIFF" + struct.pack("<I", len(late)) + late, INVALID)
    yield Sound("WAV, only its beginning", "a.wav", wave(fmt(), PLAIN)[:12], INVALID)
    yield Sound("WAV, a tag at its end", "a.wav", wave(fmt(), PLAIN) + b"TAG" + bytes(125))
    yield Sound("WAV, a loop", "a.wav", wave(fmt(), PLAIN, after=smpl((0, 3, 9))))
    lines = [10, 2_570, 13] + SAMPLES + [10]
    yield Sound("WAV, line ends converted", "a.wav", converted(wave(fmt(), packed(lines))), INVALID)


def of_aiff():
    big = packed(SAMPLES, ">")
    yield Sound("AIFF, 8 bits", "a.aif", aiff(bytes(range(64)), 8))
    yield Sound("AIFF, 16 bits", "a.aiff", aiff(big))
    yield Sound("AIFF, frames that it does not have", "a.aiff", aiff(big, frames=63), INVALID)
    yield Sound("AIFF, cut off", "a.aiff", aiff(big)[:-9], INVALID)
    yield Sound("AIFF, two channels, left", "a.aiff", aiff(big, channels=2), channels="left", declared=True)
    yield Sound("AIFF-C, NONE", "a.aifc", aiff(big, coding=b"NONE"))
    yield Sound("AIFF-C, sowt", "a.aifc", aiff(PLAIN, coding=b"sowt"))
    yield Sound("AIFF-C, float", "a.aifc", aiff(bytes(256), 32, coding=b"fl32"), FORMAT)
    for name, coding in (("ulaw", b"ulaw"), ("ima4", b"ima4")):
        yield Sound(f"AIFF-C, {name}", "a.aifc", aiff(big, coding=coding), LOSSY)


def of_flac():
    low = [sample % 256 - 128 for sample in SAMPLES]
    high = [sample * 256 for sample in SAMPLES]
    yield Sound("FLAC, 8 bits", "a.flac", flac(low, 8))
    yield Sound("FLAC, 12 bits", "a.flac", flac([sample // 8 for sample in SAMPLES], 12))
    yield Sound("FLAC, 16 bits", "a.flac", flac(SAMPLES, 16, md5=flac_md5(SAMPLES, 16)))
    yield Sound("FLAC, 24 bits that 16 hold", "a.flac", flac(high, 24))
    yield Sound("FLAC, 24 bits", "a.flac", flac([sample + 1 for sample in high], 24), FORMAT)
    yield Sound("FLAC, 32 bits that 16 hold", "a.flac", flac([sample * 256 for sample in high], 32))
    yield Sound("FLAC, two channels, mix", "a.flac", flac(SAMPLES, 16, channels=2), channels="mix")
    yield Sound("FLAC, two channels", "a.flac", flac(SAMPLES, 16, channels=2), FORMAT)
    yield Sound("FLAC, wrong MD5", "a.flac", flac(SAMPLES, 16, md5=bytes(15) + b"\1"), INVALID)
    yield Sound("FLAC, cut off", "a.flac", flac(SAMPLES, 16)[:-9], INVALID)
    yield Sound("FLAC, only its header", "a.flac", flac(SAMPLES, 16)[:42], INVALID)
    yield Sound("FLAC, another length", "a.flac", flac(SAMPLES, 16, total=99), INVALID)
    yield Sound("FLAC, length not given", "a.flac", flac(SAMPLES, 16, total=0))
    yield Sound("FLAC, 96,000 frames per second", "a.flac", flac(SAMPLES, 16, rate=96_000), FORMAT)
    yield Sound("FLAC, after an ID3 tag", "a.flac", b"ID3\4\0\0\0\0\0\5hello" + flac(SAMPLES, 16))
    damaged = bytearray(flac(SAMPLES, 16))
    damaged[-10] ^= 4
    yield Sound("FLAC, a damaged sample", "a.flac", bytes(damaged), INVALID)


def of_others():
    for name, content, refused in (
            ("empty", b"", INVALID), ("an MP3", b"\xff\xfb\x90\x64" + bytes(413), LOSSY), ("an MP3 with a tag", b"ID3\3\0\0\0\0\0\5hello\xff\xfb\x90\x64" + bytes(413), LOSSY),
            ("an Ogg", b"OggS\0\2" + bytes(22) + b"\1vorbis" + bytes(60), LOSSY), ("MIDI", b"MThd\0\0\0\6\0\0\0\1\0\x60MTrk\0\0\0\4\0\xff\x2f\0", INVALID),
            ("a Git LFS pointer", LFS, INVALID), ("text", b"not a sound\n", INVALID), ("zeros", bytes(4096), INVALID), ("a PNG", b"\x89PNG\r\n\x1a\n" + bytes(60), INVALID)):
        yield Sound(f"named .wav: {name}", "a.wav", content, refused)
    yield Sound("a WAV named .flac", "a.flac", wave(fmt(), PLAIN))


def variants():
    for part in (of_depths, of_codings, of_rates_and_channels, of_lengths, of_aiff, of_flac, of_others):
        yield from part()
