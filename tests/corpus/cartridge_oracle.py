"""What assets-pa-v1.md section 5 says about a cartridge directory."""

import os

import pack_oracle
import strict_json

MODES = ("Game", "System", "game", "system")  # in lower case: a warning


def judge(path):
    inside = os.listdir(path)
    report = pack_oracle.Report()
    pack = None
    if "assets.pa" in inside:
        with open(os.path.join(path, "assets.pa"), "rb") as file:
            pack = pack_oracle.judge(file.read())
    declared = False
    if "manifest.json" in inside:
        with open(os.path.join(path, "manifest.json"), "rb") as file:
            declared = _manifest(report, file.read())
    else:
        report.add("cartridge-manifest", "L", None)
    if declared and (pack is None or not pack.loads()):
        report.add("cartridge-asset-missing", "L", None)
    if pack is not None:
        report.findings.extend(pack.findings)
    return report


def judge_reserved():
    report = pack_oracle.Report()
    report.add("cartridge-reserved", "L", None)
    return report


def _is_string(node):
    return node.kind == "string"


def _strings(node):
    return node.kind == "array" and all(item.kind == "string" for item in node.items)


NEEDED = {
    "magic": lambda node: _is_string(node) and node.value == "PMTU",
    "cartridge_version": lambda node: node.is_integer() and node.value == 1,
    "app_id": lambda node: node.is_integer() and 0 <= node.value < 2**32,
    "title": _is_string,
    "app_version": _is_string,
    "app_mode": lambda node: _is_string(node) and node.value in MODES,
}
OPTIONAL = {
    "capabilities": _strings,
    "entrypoint": lambda node: _is_string(node) or node.is_integer(),
}


def _manifest(report, text):
    """Whether a valid manifest declares the capability asset."""
    try:
        root = strict_json.parse(text)
    except strict_json.Fault as fault:
        report.add("cartridge-manifest", "L", fault.position)
        return False
    if root.kind != "object":
        report.add("cartridge-manifest", "L", root.start)
        return False
    for name, sound in (NEEDED | OPTIONAL).items():
        node = root.get(name)
        if node is None and name in NEEDED:
            report.add("cartridge-manifest", "L", root.start)
        elif node is not None and not sound(node):
            report.add("cartridge-manifest", "L", node.start)
    capabilities = root.get("capabilities")
    if report.findings or capabilities is None:
        return False
    return any(item.value == "asset" for item in capabilities.items)
