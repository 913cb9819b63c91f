"""Where findings are: builder-integration.md 3.3, read a second time. Opens the file that a finding names, and looks there."""

import json
import os
import struct

TEXTS = ("index.json", "asset.json", "manifest.json", "asset_table.json", "preload.json", "asset_table_metadata.json")
PALETTES = (".gpl", ".pal", ".hex")
PLACE = ("file", "byte_offset", "length", "line", "column", "character_utf16", "x", "y", "tile", "pixels", "tiles", "palette",
         "frame", "image", "asset_id", "json_pointer", "expected", "actual")
PRELUDE = 32


class Repeats(Exception):
    """A key occurs twice in one object, so that a pointer has two meanings."""


def is_text(path):
    return os.path.basename(path) in TEXTS or path.endswith(PALETTES)


def _object(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Repeats
    return found


def _document(data, path):
    """The JSON that pointers of the file lead through, or None when none can be read, and the bytes where it lies."""
    begin, end = 0, len(data)
    if path.endswith(".pa"):
        begin = PRELUDE
        end = PRELUDE + struct.unpack_from("<I", data, 8)[0] if len(data) >= PRELUDE else 0
    try:
        return json.loads(data[begin:end].decode("utf-8"), object_pairs_hook=_object), begin, end
    except (ValueError, RecursionError, Repeats):
        return None, begin, end


def _resolve(document, pointer):
    """(whether the pointer leads to a value, the value)"""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(document, dict) and key in document:
            document = document[key]
        elif isinstance(document, list) and key.isdigit() and int(key) < len(document):
            document = document[int(key)]
        else:
            return False, None
    return True, document


def _token(data, begin, end):
    """The JSON token whose bytes these are, or whose bytes between the quotes."""
    if data[begin - 1:begin] == b'"' and data[end:end + 1] == b'"' and data[begin:begin + 1] != b'"':
        begin, end = begin - 1, end + 1
    return json.loads(data[begin:end].decode("utf-8"))


def _check_bytes(finding, data):
    at, length = finding["byte_offset"], finding["length"]
    if at is None:
        return [] if (length, finding["line"]) == (None, None) else ["a length or line without a byte"]
    wrong = [] if 0 <= at <= len(data) else [f"byte {at} of {len(data)}"]
    if length is not None and not 1 <= length <= len(data) - at:
        wrong.append(f"length {length} at byte {at} of {len(data)}")
    return wrong


def _check_line(finding, data, path):
    at, line, column = finding["byte_offset"], finding["line"], finding["column"]
    if len({line is None, column is None, finding["character_utf16"] is None}) != 1:
        return ["a line, a column and a character are not there together"]
    if line is None:
        must = is_text(path) and at is not None and finding["class"] != "E"
        return ["a byte of a text without its line"] if must else []
    if not is_text(path):
        return ["a line of a file that is not a text"]
    lines = data.split(b"\n")
    if not 1 <= line <= len(lines) or not 1 <= column <= len(lines[line - 1]) + 1:
        return [f"there is no line {line}, column {column}"]
    there = sum(len(text) + 1 for text in lines[:line - 1]) + column - 1
    if there != at:
        return [f"line {line}, column {column} is byte {there}, not {at}"]
    # Each byte that is not UTF-8 becomes one lone surrogate, so one code unit.
    before = lines[line - 1][:column - 1].decode("utf-8", "surrogateescape")
    character = len(before.encode("utf-16-le", "surrogatepass")) // 2
    return [] if finding["character_utf16"] == character else [f"column {column} is character {character}"]


def _check_pixel(finding, data):
    if (finding["x"] is None) != (finding["y"] is None):
        return ["an x without a y, or a y without an x"]
    if finding["x"] is None:
        return []
    if not data.startswith(b"\x89PNG"):
        return ["a pixel of a file that is not a picture"]
    width, height = struct.unpack_from(">II", data, 16)
    return [] if 0 <= finding["x"] < width and 0 <= finding["y"] < height else ["a pixel outside of the picture"]


def _check_token(finding, data, path):
    """What is at fault is the value that the pointer leads to, or its key; with a payload it is neither."""
    at, length, pointer = finding["byte_offset"], finding["length"], finding["json_pointer"]
    document, begin, end = _document(data, path)
    if None in (document, length, pointer) or not begin <= at < end:
        return []
    try:
        token = _token(data, at, at + length)
    except ValueError:
        return [f"bytes {at} to {at + length} are not a token of JSON: {data[at:at + length][:40]}"]
    there, value = _resolve(document, pointer)
    last = pointer.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")
    is_key = isinstance(token, str) and token.replace("\0", "\ufffd") == last
    return [] if is_key or (there and token == value) else [f"bytes {at} to {at + length} are not {pointer}"]


def faults(finding, path):
    """What is wrong with the place of a finding in the file at path, in words."""
    missing = [name for name in PLACE if name not in finding]
    if missing:
        return [f"the finding does not have {', '.join(missing)}"]
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        data = b""
    return (_check_bytes(finding, data) or _check_line(finding, data, path) + _check_pixel(finding, data) +
            _check_token(finding, data, path))
