"""index.json, asset.json and manifest.json: each member, each rule."""

import json

import make_packs

UUID = "00000000-0000-4000-8000-000000000000"
OTHER = "11111111-1111-4111-8111-111111111111"

# The last byte of an input chooses the document, the one before it an allocation that fails.
REGISTRY, REGISTERED, UNREGISTERED = 0, 1, 2


def _tail(way, allocation=0):
    return bytes([allocation, way])


def _text(value):
    return json.dumps(value, ensure_ascii=False).encode()


def _record(asset_id=1, root="a", uuid=UUID, included=True, **extra):
    return {"asset_id": asset_id, "asset_uuid": uuid, "root": root, "included_in_build": included} | extra


def _registry(assets, next_asset_id=10, schema_version=1, **extra):
    return {"schema_version": schema_version, "next_asset_id": next_asset_id, "assets": assets} | extra


def _without(value, key):
    return {name: item for name, item in value.items() if name != key}


def _registries():
    one = _record()
    yield "empty", _registry([])
    yield "one", _registry([one])
    yield "two", _registry([one, _record(2, "b/c", OTHER, False)])
    yield "id-most", _registry([_record(2**31 - 1)], 2**31)
    for name, assets in (("id-zero", [_record(0)]), ("id-over", [_record(2**31)]), ("id-twice", [one, one]),
                         ("id-order", [_record(2), _record(1, "b", OTHER)]), ("id-fraction", [_record(1.5)]),
                         ("uuid-twice", [one, _record(2, "b")]), ("root-twice", [one, _record(2, "a", OTHER)]),
                         ("root-inside", [one, _record(2, "a/b", OTHER)]), ("root-around", [_record(1, "a/b"), _record(2, "a", OTHER)]),
                         ("root-dots", [_record(1, "../a")]), ("root-absolute", [_record(1, "/a")]),
                         ("root-dot", [_record(1, "a/./b")]), ("root-empty", [_record(1, "")]),
                         ("root-slash", [_record(1, "a//b")]), ("root-backslash", [_record(1, "a\\b")]),
                         ("root-hidden", [_record(1, ".prometeu")]), ("root-hidden-below", [_record(1, ".prometeu/x")]),
                         ("root-nul", [_record(1, "a\0b")]), ("uuid-upper", [_record(uuid=UUID.replace("4", "A"))]),
                         ("uuid-short", [_record(uuid=UUID[:-1])]), ("included-number", [_record(included=1)]),
                         ("unknown", [_record(asset_idd=1)]), ("record-number", [1]), ("no-root", [_without(one, "root")]),
                         ("no-id", [_without(one, "asset_id")])):
        yield name, _registry(assets)
    yield "next-low", _registry([_record(5)], 5)
    yield "next-zero", _registry([], 0)
    yield "next-over", _registry([], 2**31 + 1)
    yield "version", _registry([], schema_version=2)
    yield "unknown-member", _registry([], asets=[])
    for name, schema in (("schema", "x"), ("schema-empty", ""), ("schema-escaped", "a\"\n\u202e"), ("schema-nul", "a\0"), ("schema-number", 1)):
        yield name, _registry([one], **{"$schema": schema})
    yield "record-schema", _registry([_record(**{"$schema": "x"})])
    yield "no-assets", _without(_registry([]), "assets")
    yield "root-array", [1]


def _glyph(**changes):
    return _declaration("glyph_bank", {"sprites": ["a.png"]}, "GLYPH/indexed_v1", {"tile_size": 16}) | changes


def _declaration(type_, inputs, format_, metadata=None, output=None):
    written = {"format": format_, "codec": "NONE"} | ({"metadata": metadata} if metadata is not None else {})
    return {"schema_version": 1, "asset_uuid": UUID, "name": "a", "type": type_, "inputs": inputs,
            "output": written | (output or {}), "preload": {"enabled": True, "slot": 3}}


def _scene(**changes):
    return _declaration("scene_bank", {"sources": ["a.map"]}, "SCENE/raw_v1") | changes


def _inputs():
    for name, palettes in (("palettes-none", []), ("palettes-two", [{"index": 5, "path": "b"}, {"index": 0, "path": "a"}]),
                           ("palette-twice", [{"index": 1, "path": "a"}, {"index": 1, "path": "b"}]),
                           ("palette-64", [{"index": 64, "path": "a"}]), ("palette-minus", [{"index": -1, "path": "a"}]),
                           ("palette-string", ["a"]), ("palette-unknown", [{"index": 1, "path": "a", "x": 1}]),
                           ("palette-no-path", [{"index": 1}]), ("palettes-object", {})):
        yield name, _glyph(inputs={"sprites": ["a.png"], "palettes": palettes})
    for name, sprites in (("sprites-none", []), ("sprites-many", ["b", "a", "a"]), ("sprites-number", [1]),
                          ("sprites-string", "a.png"), ("sprites-dots", ["../a"]), ("sprites-empty", [""]),
                          ("sprites-absolute", ["/a"]), ("sprites-nul", ["a\0"]), ("sprites-backslash", ["a\\b"])):
        yield name, _glyph(inputs={"sprites": sprites})
    yield "role-unknown", _glyph(inputs={"sprite": ["a"]})
    yield "role-wrong", _glyph(inputs={"sources": ["a"]})
    yield "sources-two", _scene(inputs={"sources": ["a", "b"]})
    yield "sources-none", _scene(inputs={"sources": []})


def _outputs():
    deep = {"a": 1}
    for _ in range(122):
        deep = {"a": deep}
    for name, output in (("pipeline", {"pipeline": {"x": [1, {"y": None}]}}), ("decoded", {"decoded_size": 7}),
                         ("decoded-most", {"decoded_size": 2**53 - 1}), ("decoded-over", {"decoded_size": 2**53}),
                         ("decoded-minus", {"decoded_size": -1}), ("decoded-agrees", {"decoded_size": 7, "metadata": {"decoded_size": 7}}),
                         ("decoded-differs", {"decoded_size": 7, "metadata": {"decoded_size": 8}}),
                         ("decoded-inside", {"metadata": {"decoded_size": 9}}), ("configuration", {"codec_configuration": {}}),
                         ("configuration-full", {"codec_configuration": {"a": 1}}), ("codec-raw", {"codec": "RAW"}),
                         ("codec-unknown", {"codec": "LZ4"}), ("format-legacy", {"format": "TILES/indexed_v1"}),
                         ("format-unknown", {"format": "SCENE/raw_v2"}), ("format-other", {"format": "GLYPH/raw_v1"}),
                         ("metadata-deep", {"metadata": deep}), ("metadata-deeper", {"metadata": {"a": deep}}),
                         ("metadata-float", {"metadata": {"a": 1.5}}), ("metadata-over", {"metadata": {"a": 2**53}}),
                         ("metadata-pipeline", {"metadata": {"pipeline": {}}}), ("metadata-array", {"metadata": []}),
                         ("metadata-tree", {"metadata": {"é": ["\n", {"z": None, "a": True}], "": -1}}),
                         ("metadata-nul", {"metadata": {"a\0": 1}})):
        yield name, _declaration("scene_bank", {"sources": ["a.map"]}, "SCENE/raw_v1", output=output)
    for tile in (8, 16, 32, 0, 12, 64):
        yield f"tile-{tile}", _declaration("glyph_bank", {"sprites": ["a.png"]}, "GLYPH/indexed_v1", {"tile_size": tile})
    yield "tile-none", _declaration("glyph_bank", {"sprites": ["a.png"]}, "GLYPH/indexed_v1")
    yield "sound", _declaration("sound_bank", {"sources": ["a.wav"]}, "SOUNDS/pcm16le_v1")
    yield "sound-raw", _declaration("sound_bank", {"sources": ["a"]}, "SOUNDS/raw_v1",
                                    {"channels": 1, "frames": 2, "sample_rate": 8000})
    yield "sound-decoded", _declaration("sound_bank", {"sources": ["a"]}, "SOUNDS/pcm16le_v1", output={"decoded_size": 4})
    yield "glyph-raw", _declaration("glyph_bank", {"sources": ["a"]}, "GLYPH/raw_v1", {"tile_size": 8, "palette_authored": 3})


def _members():
    yield "glyph", _glyph()
    yield "scene", _scene()
    yield "build", _scene(build={"x": [1.5, {"a": None}]})
    for key in ("schema_version", "asset_uuid", "name", "type", "inputs", "output", "preload"):
        yield f"no-{key}", _without(_scene(), key)
        yield f"null-{key}", _scene(**{key: None})
    for name, changes in (("version", {"schema_version": 2}), ("uuid-empty", {"asset_uuid": ""}), ("uuid-other", {"asset_uuid": OTHER}),
                          ("uuid-bad", {"asset_uuid": "x"}), ("name-empty", {"name": ""}), ("name-control", {"name": "a\x7f"}),
                          ("name-nul", {"name": "a\0"}), ("name-wide", {"name": "é😀"}), ("type-unknown", {"type": "tile_bank"}),
                          ("type-close", {"type": "scene-bank"}), ("preload-off", {"preload": {"enabled": False}}),
                          ("preload-slot-off", {"preload": {"enabled": False, "slot": 1}}), ("slot-16", {"preload": {"enabled": True, "slot": 16}}),
                          ("slot-minus", {"preload": {"enabled": True, "slot": -1}}), ("slot-float", {"preload": {"enabled": True, "slot": 1.0}}),
                          ("preload-empty", {"preload": {}}), ("unknown", {"nmae": "a"}), ("build-array", {"build": []})):
        yield name, _scene(**changes)
    yield "root-string", "a"


def _manifests():
    cartridges = [one for one in make_packs.all_cases() if one.path.startswith("cartridges/")]
    seen = set()
    for one in cartridges:
        text = one.files.get("manifest.json") if isinstance(one.files, dict) else None
        if text is not None and text not in seen:
            seen.add(text)
            yield one.path.split("/", 1)[1].replace("/", "-"), text


def seeds():
    for name, value in _registries():
        yield "declaration", f"index-{name}", _text(value) + _tail(REGISTRY)
    for part in (_members, _inputs, _outputs):
        for name, value in part():
            yield "declaration", f"asset-{name}", _text(value) + _tail(REGISTERED)
    yield "declaration", "asset-alone", _text(_without(_glyph(), "asset_uuid")) + _tail(UNREGISTERED)
    yield "declaration", "asset-spaced", json.dumps(_glyph(), indent=2).encode() + _tail(REGISTERED)
    yield "declaration", "asset-key-twice", b'{"name":"a","name":"b"}' + _tail(REGISTERED)
    yield "declaration", "asset-cut", b'{"name":"a"' + _tail(REGISTERED)
    yield "declaration", "index-key-twice", b'{"assets":[],"assets":[]}' + _tail(REGISTRY)
    for allocation in range(1, 40, 3):
        yield "declaration", f"asset-no-memory-{allocation}", _text(_glyph()) + _tail(REGISTERED, allocation)
        yield "declaration", f"index-no-memory-{allocation}", _text(_registry([_record()])) + _tail(REGISTRY, allocation)
    for name, text in _manifests():
        yield "manifest", name, text + b"\x00\x00"
    good = b'{"magic":"PMTU","cartridge_version":1,"app_id":1,"title":"t","app_version":"1","app_mode":"Game"}'
    for name, extra in (("root", b',"title":"u"'), ("unlisted", b',"x":1,"x":2'), ("below", b',"x":{"title":1,"title":2}'), ("escaped", b',"\\u0074itle":"u"'),
                        ("every", b',"magic":1,"cartridge_version":1,"app_id":2,"app_version":3,"app_mode":4')):
        yield "manifest", f"twice-{name}", good[:-1] + extra + b"}" + b"\x00\x00"
        yield "manifest", f"twice-no-memory-{name}", good[:-1] + extra + b"}" + b"\x01\x00"
    yield "manifest", "directory", good + b"\x00\x01"
    yield "manifest", "directory-bare", good + b"\x00\x11"
    yield "manifest", "directory-asset", good[:-1] + b',"capabilities":["asset"]}' + b"\x00\x01"
    yield "manifest", "directory-asset-bare", good[:-1] + b',"capabilities":["asset"]}' + b"\x00\x11"
    for allocation in range(1, 9):
        yield "manifest", f"no-memory-{allocation}", good + bytes([allocation, 0])
        yield "manifest", f"no-memory-wrong-{allocation}", b'{"title":1}' + bytes([allocation, 0])
