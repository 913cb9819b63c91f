"""Takes a build set apart, and puts it together again with new offsets, sizes and hashes.

It is written from docs/contracts/assets-pa-v1.md alone."""

import json
import os
import struct

import xxhash

PRELUDE = struct.Struct("<4sIIQIII")
PLANE = 32768
ARTIFACTS = ("assets.pa", "asset_table.json", "preload.json", "asset_table_metadata.json")


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def digest(data):
    return xxhash.xxh3_128(data).hexdigest()


def decoded(entry, payload):
    """What a payload is in the bank."""
    if entry.get("bank_type") != "GLYPH" or len(payload) < PLANE:
        return payload
    pixels = bytearray()
    for byte in payload[:PLANE]:
        pixels += bytes((byte >> 4, byte & 15))
    return bytes(pixels) + payload[PLANE:]


class BuildSet:
    """table and preload are those of the header (preload None: it has none), payloads[i] belongs to table[i], recorded[i] is its element of `assets`."""

    def __init__(self, directory):
        with open(os.path.join(directory, "assets.pa"), "rb") as file:
            data = file.read()
        _, _, length, begin, _, _, _ = PRELUDE.unpack_from(data)
        header = json.loads(data[PRELUDE.size:PRELUDE.size + length])
        self.table = header["asset_table"]
        self.preload = header["preload"]
        self.payloads = [data[begin + entry["offset"]:begin + entry["offset"] + entry["size"]] for entry in self.table]
        with open(os.path.join(directory, "asset_table_metadata.json"), "rb") as file:
            self.recorded = json.load(file)["assets"]

    def entry(self, number):
        return next(entry for entry in self.table if entry["asset_id"] == number)

    def index(self, number):
        return self.table.index(self.entry(number))

    def record(self, number):
        return self.recorded[self.index(number)]

    def remove(self, number):
        index = self.index(number)
        del self.table[index], self.payloads[index], self.recorded[index]
        self.preload = [entry for entry in self.preload if entry["asset_id"] != number]

    def lay_out(self):
        """Makes offsets, sizes and payload hashes anew."""
        at = 0
        for entry, payload, record in zip(self.table, self.payloads, self.recorded):
            entry["offset"], entry["size"] = at, len(payload)
            at += len(payload)
            record["payload_xxh3_128"] = digest(payload)
            record["decoded_xxh3_128"] = digest(decoded(entry, payload))

    def artifacts(self):
        """The four files, by name."""
        self.lay_out()
        header = canonical({"asset_table": self.table} if self.preload is None else
                           {"asset_table": self.table, "preload": self.preload})
        prelude = PRELUDE.pack(b"ASPA", 1, len(header), PRELUDE.size + len(header), 0, 0, 0)
        pack = prelude + header + b"".join(self.payloads)
        document = {"assets": self.recorded, "hash": "xxh3-128", "schema_version": 2,
                    "assets_pa": {"header_xxh3_128": digest(header), "size": len(pack), "xxh3_128": digest(pack)}}
        document["document_xxh3_128"] = digest(canonical(document))
        return {"assets.pa": pack, "asset_table.json": canonical(self.table), "preload.json": canonical(self.preload or []),
                "asset_table_metadata.json": canonical(document)}

    def write(self, directory):
        for name, data in self.artifacts().items():
            with open(os.path.join(directory, name), "wb") as file:
                file.write(data)
