"""SARIF 2.1.0 as prpack writes it: docs/contracts/ci-formats.md 2, read a second time, and stricter than the schema of SARIF.

`read` refuses a log with a member that the contract does not name, so that nothing is written unnoticed."""

import json
import os
from urllib.parse import unquote_to_bytes

UNRESERVED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%")
LEVELS = ("error", "warning", "note")

TEXT = {"text": str}
REGION = {"startLine": int, "startColumn?": int, "byteOffset?": int, "byteLength?": int}
LOCATION = {"physicalLocation": {"artifactLocation": {"uri": str}, "region": REGION},
            "logicalLocations?": [{"fullyQualifiedName": str, "kind": str}]}
RESULT = {"ruleId": str, "ruleIndex": int, "level": str, "message": TEXT, "locations": [LOCATION],
          "partialFingerprints": {"prpack/v1": str},
          "properties": {"class": str, "asset_id?": int, "x?": int, "y?": int, "tile?": int, "palette?": int, "frame?": int,
                         "image?": str, "expected?": str, "actual?": str}}
RULE = {"id": str, "name?": str, "shortDescription": TEXT, "fullDescription": TEXT, "help": TEXT, "properties": {"class": str}}
NOTIFICATION = {"descriptor?": {"id": str}, "level": str, "message": TEXT, "locations?": [LOCATION]}
RUN = {"tool": {"driver": {"name": str, "version": str, "semanticVersion": str, "rules": [RULE]}}, "columnKind": str,
       "automationDetails": {"id": str}, "results": [RESULT],
       "invocations": [{"executionSuccessful": bool, "toolExecutionNotifications": [NOTIFICATION]}]}
LOG = {"$schema": str, "version": str, "runs": [RUN]}


class Wrong(Exception):
    """The text is not such a log."""


def _object(pairs):
    if len(dict(pairs)) != len(pairs):
        raise Wrong(f"a key occurs twice: {pairs}")
    return dict(pairs)


def _check(value, shape, at):
    if isinstance(shape, dict):
        names = {name.rstrip("?"): name for name in shape}
        if not isinstance(value, dict) or not set(value) <= set(names):
            raise Wrong(f"{at} is {value!r}, not an object of {sorted(names)}")
        for name, spelt in names.items():
            if name in value:
                _check(value[name], shape[spelt], f"{at}/{name}")
            elif not spelt.endswith("?"):
                raise Wrong(f"{at} does not have {name}")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise Wrong(f"{at} is not an array")
        for index, item in enumerate(value):
            _check(item, shape[0], f"{at}/{index}")
    elif type(value) is not shape or value == "":
        raise Wrong(f"{at} is {value!r}")


def _check_location(location):
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    if uri.startswith("/") or not set(uri) <= UNRESERVED:
        raise Wrong(f"{uri} is not a relative reference")
    region = location["physicalLocation"]["region"]
    if ("byteOffset" in region) != ("byteLength" in region) or region["startLine"] < 1 or region.get("startColumn", 1) < 1:
        raise Wrong(f"{region} is not a region")


def _check_run(run):
    rules = run["tool"]["driver"]["rules"]
    if len({rule["id"] for rule in rules}) != len(rules) or run["columnKind"] != "utf16CodeUnits":
        raise Wrong("rules occur twice, or columns are not in UTF-16")
    for result in run["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"] or result["level"] not in LEVELS or len(result["locations"]) != 1:
            raise Wrong(f"{result} does not fit its rule, or has another level or number of locations")
        _check_location(result["locations"][0])
    for note in run["invocations"][0]["toolExecutionNotifications"]:
        for location in note.get("locations", []):
            _check_location(location)


def read(text):
    """The only run of a log."""
    log = json.loads(text, object_pairs_hook=_object)
    _check(log, LOG, "")
    if log["version"] != "2.1.0" or len(log["runs"]) != 1 or len(log["runs"][0]["invocations"]) != 1:
        raise Wrong("it is another version, or has several runs or invocations")
    _check_run(log["runs"][0])
    return log["runs"][0]


def notifications(run):
    return run["invocations"][0]["toolExecutionNotifications"]


def words(message):
    """The text of a message, in which nothing is a placeholder or a link."""
    text = message["text"]
    if "](" in text.replace("\\]", "").replace("\\[", ""):
        raise Wrong(f"{text} has a link")
    halves = text.replace("{{", "").replace("}}", "")
    if "{" in halves or "}" in halves:
        raise Wrong(f"{text} has a placeholder")
    return text.replace("{{", "{").replace("}}", "}").replace("\\[", "[").replace("\\]", "]")


def path_of(location):
    """The path that the URI of a location means, as bytes."""
    return unquote_to_bytes(location["physicalLocation"]["artifactLocation"]["uri"])


def _column(data, line, character):
    """The column in bytes, from 1, of a position in code units of UTF-16."""
    text = data.split(b"\n")[line - 1].decode("utf-8", "surrogateescape")
    units, column = 0, 0
    for each in text:
        if units == character:
            break
        units += len(each.encode("utf-16-le", "surrogatepass")) // 2
        column += len(each.encode("utf-8", "surrogateescape"))
    return column + 1


def place_of(result, directory):
    """(path, the members of a finding that say where it is), for harness.places.faults."""
    location = result["locations"][0]
    region = location["physicalLocation"]["region"]
    path = os.path.join(os.fsencode(directory), path_of(location))
    line = region["startLine"] if "startColumn" in region else None
    place = dict.fromkeys(("byte_offset", "length", "line", "column", "character_utf16", "json_pointer", "x", "y", "tile", "pixels",
                           "tiles", "palette", "frame", "image", "asset_id", "expected", "actual"))
    place.update(result["properties"], file=os.fsdecode(path), byte_offset=region.get("byteOffset"),
                 length=region.get("byteLength") or None)
    if line is not None:
        with open(path, "rb") as file:
            data = file.read()
        place.update(line=line, character_utf16=region["startColumn"] - 1, column=_column(data, line, region["startColumn"] - 1))
    for logical in location.get("logicalLocations", []):
        if logical["kind"] == "member":
            place["json_pointer"] = logical["fullyQualifiedName"]
    return os.fsdecode(path), place
