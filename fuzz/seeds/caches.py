"""Build caches without their own hash, which the target adds: each member, each rule."""

import json

HASH = "0123456789abcdef0123456789abcdef"
STAMP = [5, 10, 1700000000000000000, 1700000000000000001]


def _asset(asset_id=1, **changed):
    return {"asset_id": asset_id, "asset_uuid": f"00000000-0000-4000-8000-{asset_id:012d}", "root": f"a{asset_id}",
            "anchor": [STAMP, HASH], "inputs": [["a.png", STAMP, HASH], ["sub/b.gpl", STAMP, HASH]], "name": "n\u00e4me\"",
            "name_at": 92, "type": "glyph_bank", "preload": True, "slot": 3, "offset": 0, "size": 34816,
            "decoded_size": 67584, "metadata": {"a": [1, {"b": None}], "width": 256}, "pipeline": {"step": 1},
            "payload": HASH, "decoded": HASH} | changed


def _cache(assets, **changed):
    return {"schema_version": 1, "packer": "1", "writer": 2, "registry": 7, "output": "build",
            "recorded": 1700000000000000000, "assets": assets, "payload_offset": 4096,
            "artifacts": [[STAMP, HASH]] * 4} | changed


def _caches():
    yield "empty", _cache([])
    yield "one", _cache([_asset()])
    yield "many", _cache([_asset(number, inputs=[]) for number in range(1, 71)])
    yield "order", _cache([_asset(2), _asset(1)])
    yield "id-twice", _cache([_asset(), _asset()])
    yield "no-slot", _cache([_asset(slot=None, preload=False, pipeline=None)])
    for name, changed in (("slot-over", {"slot": 16}), ("slot-without-preload", {"preload": False}), ("name-empty", {"name": ""}),
                          ("name-nul", {"name": "a\0b"}), ("name-control", {"name": "\n"}), ("type", {"type": "bank"}),
                          ("path-up", {"inputs": [["../a", STAMP, HASH]]}), ("path-nul", {"inputs": [["a\0", STAMP, HASH]]}),
                          ("stamp-short", {"anchor": [STAMP[:3], HASH]}), ("stamp-long", {"anchor": [STAMP + [1], HASH]}),
                          ("stamp-negative", {"anchor": [[1, 2, -3, 4], HASH]}),
                          ("stamp-huge", {"anchor": [[2**64 - 1, 2**64 - 1, 2**63 - 1, 2**63 - 1], HASH]}),
                          ("stamp-over", {"anchor": [[2**64, 0, 0, 0], HASH]}), ("time-over", {"anchor": [[0, 0, 2**63, 0], HASH]}),
                          ("hash-upper", {"payload": HASH.upper()}), ("hash-short", {"decoded": HASH[1:]}),
                          ("size-over", {"size": 2**63}), ("offset-fraction", {"offset": 1.5}), ("metadata-array", {"metadata": []}),
                          ("metadata-order", {"metadata": {"b": 1, "a": 2}}), ("pipeline-number", {"pipeline": 1}),
                          ("id-over", {"asset_id": 2**31}), ("unknown", {"more": 1})):
        yield name, _cache([_asset(**changed)])
    for name, changed in (("version", {"schema_version": 2}), ("packer", {"packer": "2"}), ("writer", {"writer": 0}),
                          ("registry", {"registry": 8}), ("output", {"output": "other"}), ("artifacts-few", {"artifacts": [[STAMP, HASH]] * 3}),
                          ("artifacts-many", {"artifacts": [[STAMP, HASH]] * 5}), ("more", {"more": 1})):
        yield name, _cache([], **changed)


def seeds():
    for name, value in _caches():
        yield "cache", name, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\0"
    one = json.dumps(_cache([_asset()]), ensure_ascii=False, separators=(",", ":")).encode()
    yield "cache", "cut", one[:len(one) // 2] + b"\0"
    for allocation in (1, 2, 3, 4, 5):
        yield "cache", f"no-memory-{allocation}", one + bytes([allocation])
