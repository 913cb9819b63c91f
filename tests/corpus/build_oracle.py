"""What assets-pa-v1.md sections 3 and 4 say about a pack with its companions. Sources are not looked at."""

import os
import re

import xxhash

import pack_oracle
import strict_json

COMPANIONS = ("asset_table.json", "preload.json", "asset_table_metadata.json")
_HASH = re.compile(r"[0-9a-f]{32}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # the registry's, whose form workspace.md gives


def _digest(data):
    return xxhash.xxh3_128(data).hexdigest()


def judge(path):
    with open(os.path.join(path, "assets.pa"), "rb") as file:
        data = file.read()
    report = pack_oracle.judge(data)
    texts = {}
    for name in COMPANIONS:
        try:
            with open(os.path.join(path, name), "rb") as file:
                texts[name] = file.read()
        except FileNotFoundError:
            report.add("companion-missing", "C", None)
    arrays = (("asset_table.json", "table-mismatch", report.table_span),
              ("preload.json", "preload-mismatch", report.preload_span))
    for name, mismatch, span in arrays:
        if name in texts:
            _mirror(report, texts[name], mismatch, span)
    if "asset_table_metadata.json" in texts:
        _document(report, data, texts["asset_table_metadata.json"])
    return report


_SPACE = re.compile(rb'("(?:[^"\\]|\\.)*")|[ \t\r\n]+')


def _without_space(text):
    """A text without the white space between its tokens."""
    return _SPACE.sub(lambda match: match[1] or b"", text)


def _canonical_tree(text):
    """The tree of a canonical text, or None."""
    try:
        root = strict_json.parse(text)
    except strict_json.Fault:
        return None
    if any(node.kind == "object" and strict_json.duplicate_keys(node) for node in strict_json.walk(root)):
        return None
    return root if strict_json.first_difference(root, text) is None else None


def _unspaced(report, text):
    """The text, or, when it would be canonical without white space, that one; then with a finding."""
    compact = _without_space(text)
    if compact == text or _canonical_tree(text) is not None or _canonical_tree(compact) is None:
        return text
    report.add("companion-syntax", "C", None)
    return compact


def _mirror(report, text, mismatch, span):
    text = _unspaced(report, text)
    root = _canonical_tree(text)
    if root is None or root.kind != "array" or any(item.kind != "object" for item in root.items):
        report.add("companion-syntax", "C", None)
    elif span is not None and text != report.text[span[0]:span[1]]:
        report.add(mismatch, "C", None)


# The shape of asset_table_metadata.json: a dict lists the members an object has (? marks one it may have), a list
# holds the shape of every element, a function judges one value.

def _hash(node):
    return node.kind == "string" and _HASH.fullmatch(node.value)


def _string(node):
    return node.kind == "string"


def _uuid(node):
    return node.kind == "string" and _UUID.fullmatch(node.value)


def _size(node):
    return node.is_integer() and node.value >= 0


def _id(node):
    return node.is_integer() and -2**31 <= node.value < 2**31


def _object(node):
    return node.kind == "object"


def _number(node):
    return node.kind == "number"


def _sprite(node):
    """An element of tiles (3.1): every member, and one of the two that name palettes."""
    shape = {"columns": _number, "?palette": _number, "?palettes": [_number], "path": _string, "rows": _number,
             "tile": _number}
    return _fits(node, shape) and (node.get("palette") is None) != (node.get("palettes") is None)


ASSET = {
    "asset_id": _id,
    "asset_root": _string,
    "asset_uuid": _uuid,
    "decoded_xxh3_128": _hash,
    "inputs": [{"path": _string, "size": _size, "xxh3_128": _hash}],
    "payload_xxh3_128": _hash,
    "?pipeline": _object,
}
SHAPE = {
    "assets": [ASSET],
    "assets_pa": {"header_xxh3_128": _hash, "size": _size, "xxh3_128": _hash},
    "document_xxh3_128": _hash,
    "hash": lambda node: node.kind == "string" and node.value == "xxh3-128",
    "schema_version": lambda node: node.is_integer() and node.value == 1,
}
# "Version 1 of this document is the same without tiles."
SHAPE_2 = SHAPE | {
    "assets": [ASSET | {"?tiles": [_sprite]}],
    "schema_version": lambda node: node.is_integer() and node.value == 2,
}


def _fits(node, shape):
    if isinstance(shape, list):
        return node.kind == "array" and all(_fits(item, shape[0]) for item in node.items)
    if not isinstance(shape, dict):
        return bool(shape(node))
    if node.kind != "object":
        return False
    members = {key: value for key, _, _, value in node.members}
    for name, inner in shape.items():
        value = members.pop(name.lstrip("?"), None)
        if value is None and not name.startswith("?") or value is not None and not _fits(value, inner):
            return False
    return not members


def _document(report, data, text):
    text = _unspaced(report, text)
    root = _canonical_tree(text)
    if root is None or not (_fits(root, SHAPE) or _fits(root, SHAPE_2)):
        report.add("companion-syntax", "C", None)
        return
    assets = root.get("assets").items
    if report.table_span is not None and all(report.entries):
        # "assets stands in table order, one element an entry."
        if [item.get("asset_id").value for item in assets] != [entry.get("asset_id") for entry in report.entries]:
            report.add("companion-syntax", "C", None)
            return
    for item, entry, slice_ in zip(assets, report.entries, report.slices):
        if item.get("tiles") is not None and not _tiles_fit(item.get("tiles"), entry, data, slice_):
            report.add("tiles-mismatch", "C", None)
    wrong = _wrong_hashes(report, data, text, root, assets)
    report.findings.extend([("hash-mismatch", "C", None)] * wrong)


def _tiles_fit(tiles, entry, data, slice_):
    """3.1, what can be checked without sources. What is not known of a broken entry is not asked."""
    if entry.get("bank_type") in ("SOUNDS", "SCENE"):
        return False
    sheet = pack_oracle.sheet_of(entry)
    if sheet is None:
        return True
    tile_size, authored = sheet
    across = 256 // tile_size
    taken = set()
    for sprite in tiles.items:
        tile, columns, rows = (sprite.get(name).value for name in ("tile", "columns", "rows"))
        own = set(range(tile, tile + columns * rows)) if min(tile, columns - 1, rows - 1) >= 0 and \
            tile + columns * rows <= across * across else None
        palettes = [node.value for node in sprite.get("palettes").items] if sprite.get("palettes") is not None else None
        named = palettes if palettes is not None else [sprite.get("palette").value]
        if own is None or own & taken or any(not 0 <= palette < authored for palette in named):
            return False
        if palettes is not None and (len(palettes) != len(own) or len(set(palettes)) < 2):
            return False
        taken |= own
    if slice_ is None:
        return True
    for tile in set(range(across * across)) - taken:
        x, y = tile % across * tile_size, tile // across * tile_size
        for row in range(y, y + tile_size):
            start = slice_[0] + (row * 256 + x) // 2
            if any(data[start:start + tile_size // 2]):
                return False
    return True


def _wrong_hashes(report, data, text, root, assets):
    def recorded(node, name):
        return node.get(name).value

    wrong = _document_hash(text, root) != recorded(root, "document_xxh3_128")
    pack = root.get("assets_pa")
    if recorded(pack, "size") == report.size_without_cut:
        return wrong  # 4.2.17: slice-range says it
    if recorded(pack, "size") != len(data):
        return wrong + 1  # 4.2.11: what fails because the size fails is reported as the size
    wrong += recorded(pack, "xxh3_128") != _digest(data)
    if report.text is None:
        return wrong
    wrong += recorded(pack, "header_xxh3_128") != _digest(report.text)
    for item, entry, slice_ in zip(assets, report.entries, report.slices):
        if slice_ is None:
            continue
        payload = data[slice_[0]:slice_[0] + slice_[1]]
        wrong += recorded(item, "payload_xxh3_128") != _digest(payload)
        decoded = _decoded(entry, payload)
        wrong += decoded is not None and recorded(item, "decoded_xxh3_128") != _digest(decoded)
    return wrong


def _document_hash(text, root):
    """Over the canonical bytes without the member: the text is canonical, so the member can be cut out of it."""
    for _, start, _, node in (member for member in root.members if member[0] == "document_xxh3_128"):
        return _digest(text[:start] + text[node.end + 1:])  # the comma behind it, too: "hash" always follows
    raise AssertionError("the shape has the member")


def _decoded(entry, payload):
    """The decoded form (2.1 to 2.3), or None when the bank or its size is not sound."""
    if entry.get("bank_type") != "GLYPH":
        return payload
    if len(payload) != pack_oracle.SHEET_SIZE:
        return None
    pixels = bytearray(2 * pack_oracle.PLANE)
    pixels[0::2] = bytes(byte >> 4 for byte in payload[:pack_oracle.PLANE])
    pixels[1::2] = bytes(byte & 15 for byte in payload[:pack_oracle.PLANE])
    return bytes(pixels) + payload[pack_oracle.PLANE:]
