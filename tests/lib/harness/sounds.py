"""Sounds, byte by byte: every container with any claim in its header."""

import hashlib
import struct

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
RATE = 22_050
TAIL_OF_GUIDS = bytes.fromhex("00001000800000AA00389B71")
FLAC_DEPTHS = {8: 1, 12: 2, 16: 4, 20: 5, 24: 6, 32: 7}
WAVE64 = [bytes.fromhex(text) for text in ("726966662E91CF11A5D628DB04C10000", "77617665F3ACD3118CD100C04F8EDB8A",
                                           "666D7420F3ACD3118CD100C04F8EDB8A", "64617461F3ACD3118CD100C04F8EDB8A")]


def chunk(name, data, order="<"):
    return name + struct.pack(f"{order}I", len(data)) + data + b"\0" * (len(data) % 2)


# ---- WAV and its kin ----


def fmt(channels=1, bits=16, rate=RATE, coding=PCM, more=b"", order="<"):
    frame = channels * ((bits + 7) // 8)
    return struct.pack(f"{order}HHIIHH", coding, channels, rate, rate * frame & 0xFFFFFFFF, frame, bits) + more


def extensible(coding, channels=1, bits=16, rate=RATE):
    return fmt(channels, bits, rate, EXTENSIBLE, struct.pack("<HHI", 22, bits, 0) + struct.pack("<I", coding) + TAIL_OF_GUIDS)


def wave(form, data, begin=b"RIFF", before=b"", after=b"", size=None, order="<"):
    """A WAV that says how long it is; size is that of the samples, if it is not the right one."""
    body = b"WAVE" + chunk(b"fmt ", form, order) + before + b"data" + struct.pack(f"{order}I", len(data) if size is None else size)
    body += data + b"\0" * (len(data) % 2) + after
    return begin + struct.pack(f"{order}I", len(body)) + body


def wav(data, channels=1, bits=16, rate=RATE, after=b"", size=None):
    """A WAV that was written to a pipe: it does not say how long it is."""
    head = b"WAVE" + chunk(b"fmt ", fmt(channels, bits, rate))
    return b"RIFF\0\0\0\0" + head + b"data" + struct.pack("<I", len(data) if size is None else size) + data + after


def rf64(form, data, begin=b"RF64"):
    body = b"WAVE" + chunk(b"ds64", struct.pack("<QQQI", 4 + 36 + 8 + len(form) + 8 + len(data), len(data), 0, 0))
    body += chunk(b"fmt ", form) + b"data\xff\xff\xff\xff" + data
    return begin + b"\xff\xff\xff\xff" + body


def wave64(form, data):
    riff, name, form_id, data_id = WAVE64
    body = name
    for guid, content in ((form_id, form), (data_id, data)):
        body += guid + struct.pack("<Q", 24 + len(content)) + content + b"\0" * (-len(content) % 8)
    return riff + struct.pack("<Q", 24 + len(body)) + body


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


# ---- AIFF ----


def aiff(data, bits=16, frames=None, after=b"", size=None, channels=1, coding=None):
    """coding: the four bytes of an AIFF-C; None: an AIFF."""
    count = len(data) // (channels * ((bits + 7) // 8)) if frames is None else frames
    common = struct.pack(">hIhHQ", channels, count, bits, 16_383 + 14, RATE << (63 - 14))
    if coding is not None:
        common += coding + b"\0\0"
    body = (b"AIFF" if coding is None else b"AIFC") + b"COMM" + struct.pack(">I", len(common)) + common + b"SSND" + \
        struct.pack(">III", 8 + len(data) if size is None else size, 0, 0) + data + after
    return b"FORM" + struct.pack(">I", len(body)) + body


# ---- FLAC ----


def crc(data, polynomial, bits):
    value = 0
    for byte in data:
        value ^= byte << (bits - 8)
        for _ in range(8):
            value = (value << 1) ^ (polynomial if value >> (bits - 1) & 1 else 0)
            value &= (1 << bits) - 1
    return value


def flac_md5(samples, depth):
    return hashlib.md5(b"".join(sample.to_bytes((depth + 7) // 8, "little", signed=True) for sample in samples)).digest()


def flac(samples, depth, total=None, fields=(), rate=RATE, channels=1, md5=bytes(16)):
    """One block of samples as they are, interleaved."""
    count = len(samples) // channels
    info = struct.pack(">HH", count, count) + bytes(6)
    info += (rate << 44 | (channels - 1) << 41 | (depth - 1) << 36 | (count if total is None else total)).to_bytes(8, "big") + md5
    comment = struct.pack("<II", 0, len(fields)) + b"".join(struct.pack("<I", len(field)) + field for field in fields)
    head = b"\xff\xf8" + bytes([0x70, channels - 1 << 4 | FLAC_DEPTHS[depth] << 1, 0]) + struct.pack(">H", count - 1)
    head += bytes([crc(head, 0x07, 8)])
    bits = "".join("00000010" + "".join(f"{sample & (1 << depth) - 1:0{depth}b}" for sample in samples[channel::channels])
                   for channel in range(channels))
    bits += "0" * (-len(bits) % 8)
    body = head + int(bits, 2).to_bytes(len(bits) // 8, "big")
    return b"fLaC" + struct.pack(">I", len(info)) + info + bytes([0x84]) + len(comment).to_bytes(3, "big") + comment + \
        body + struct.pack(">H", crc(body, 0x8005, 16))


# ---- Samples ----


def mono(count):
    return [(i * 719) % 20_000 - 9_999 for i in range(count)]


def packed(samples, form="<"):
    return struct.pack(f"{form}{len(samples)}h", *samples)


def widened(samples, low, width=3):
    """More than 16 bits: the lowest byte is low, the others between are 0."""
    return b"".join(bytes([low]) + bytes(width - 3) + struct.pack("<h", sample) for sample in samples)
