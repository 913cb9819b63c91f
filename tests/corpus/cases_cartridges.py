"""corpus/cartridges: section 5, rules cartridge-*."""

from builder import SCENE, entry, header, members, one_scene, pack, wanted
from case import NOWHERE, OPEN

PROGRAM = b"program.pbx is not read\n"
PACK = one_scene(preload=[wanted(1, 0)])


def manifest(drop=(), **overrides):
    """manifest.json; the arguments are JSON text."""
    pairs = {
        "magic": '"PMTU"',
        "cartridge_version": "1",
        "app_id": "7",
        "title": '"A game"',
        "app_version": '"1.0.0"',
        "app_mode": '"Game"',
    } | overrides
    return members([pair for pair in pairs.items() if pair[0] not in drop]).encode()


def cartridge(text, pack_bytes=None):
    files = {"program.pbx": PROGRAM}
    if text is not None:
        files["manifest.json"] = text
    if pack_bytes is not None:
        files["assets.pa"] = pack_bytes
    return files


def add(cases):
    _valid(cases)
    _manifest(cases)
    _assets(cases)


def add_reserved(cases):
    cases.refused("cartridge-reserved.empty", b"", NOWHERE, "a file with the reserved ending and nothing in it")
    cases.refused("cartridge-reserved.pack", PACK, NOWHERE, "a pack with the reserved ending")


def _valid(cases):
    valid = cases.valid
    valid("no-assets", cartridge(manifest()), "no capability, no pack")
    valid("assets", cartridge(manifest(capabilities='["asset"]'), PACK), "the capability asset and a pack")
    valid("assets-undeclared", cartridge(manifest(), PACK), "a pack without the capability")
    valid("assets-among-others", cartridge(manifest(capabilities='["input","asset","audio"]'), PACK),
          "asset among other capabilities")
    valid("other-capabilities", cartridge(manifest(capabilities='["Asset","assets","audio"]')),
          "capabilities that are not asset; two of them are warnings")
    valid("no-capabilities", cartridge(manifest(capabilities="[]")), "an empty list of capabilities")
    valid("system", cartridge(manifest(app_mode='"System"')), "the other mode")
    valid("mode-lower-case", cartridge(manifest(app_mode='"game"')), "a mode in lower case is a warning")
    valid("mode-lower-case-system", cartridge(manifest(app_mode='"system"')), "the other mode in lower case")
    valid("app-id-zero", cartridge(manifest(app_id="0")), "the lowest app_id")
    valid("app-id-max", cartridge(manifest(app_id="4294967295")), "the highest app_id")
    valid("entrypoint-string", cartridge(manifest(entrypoint='"main"')), "an older manifest that names its entry point")
    valid("entrypoint-integer", cartridge(manifest(entrypoint="0")), "an older manifest that numbers its entry point")
    valid("empty-strings", cartridge(manifest(title='""', app_version='""')), "any string will do")
    valid("more-members", cartridge(manifest(author='"me"', build='{"a":[1.5,null]}')),
          "members that are not listed are left alone")
    valid("written-for-people", cartridge(manifest().replace(b",", b",\r\n    ").replace(b":", b" : ") + b"\n"),
          "the manifest need not be canonical")
    valid("escapes", cartridge(manifest(magic='"\\u0050MTU"', title='"\\ud83d\\ude00"')), "strings with escapes")


def _manifest(cases):
    refused = cases.refused
    refused("cartridge-manifest.missing", cartridge(None), NOWHERE, "no manifest.json")
    for variant, text, where, note in (
            ("empty", b"", 0, "a file of no bytes"),
            ("cut", manifest()[:-1], len(manifest()) - 1, "the last brace is missing"),
            ("trailing-comma", manifest()[:-1] + b",}", len(manifest()), "a comma before the closing brace"),
            ("bom", b"\xef\xbb\xbf" + manifest(), 0, "a byte-order mark"),
            ("not-utf-8", manifest(title='"X"').replace(b"X", b"\xff"), manifest(title='"X"').index(b"X"), "not UTF-8"),
            ("root-array", b"[]", 0, "the root is an array"),
            ("root-string", b'"PMTU"', 0, "the root is a string"),
    ):
        refused(f"cartridge-manifest.{variant}", cartridge(text), where, note)
    for name in ("magic", "cartridge_version", "app_id", "title", "app_version", "app_mode"):
        refused(f"cartridge-manifest.no-{name.replace('_', '-')}", cartridge(manifest(drop=(name,))), OPEN,
                f"no {name}")
    for name, variant, value in (
            ("magic", "other", '"PMTX"'), ("magic", "lower-case", '"pmtu"'), ("magic", "number", "1"),
            ("cartridge_version", "zero", "0"), ("cartridge_version", "two", "2"),
            ("cartridge_version", "string", '"1"'),
            ("cartridge_version", "fraction", "1.0"),
            ("app_id", "negative", "-1"), ("app_id", "above", "4294967296"), ("app_id", "string", '"7"'),
            ("app_id", "fraction", "7.5"),
            ("app_id", "exponent", "7e0"), ("app_id", "null", "null"),
            ("title", "number", "1"), ("title", "null", "null"),
            ("app_version", "number", "1"), ("app_version", "array", "[1,0,0]"),
            ("app_mode", "upper-case", '"GAME"'), ("app_mode", "other", '"Tool"'), ("app_mode", "number", "0"),
            ("capabilities", "string", '"asset"'), ("capabilities", "object", '{"asset":true}'),
            ("capabilities", "null", "null"),
            ("capabilities", "number-in-list", "[1]"),
            ("entrypoint", "null", "null"), ("entrypoint", "array", "[]"), ("entrypoint", "fraction", "0.5"),
    ):
        text = manifest(**{name: value})
        where = text.index(f'"{name}":'.encode()) + len(name) + 3
        if variant == "number-in-list":
            where = OPEN
        refused(f"cartridge-manifest.{name.replace('_', '-')}-{variant}", cartridge(text), where, f"{name} is {value}")


def _assets(cases):
    refused, taken = cases.refused, cases.taken
    declared = manifest(capabilities='["asset"]')
    refused("cartridge-asset-missing.no-pack", cartridge(declared), OPEN, "the capability asset, and no pack")
    refused("cartridge-asset-missing.pack-cut", cartridge(declared, PACK[:-1]), OPEN,
            "the capability asset, and a pack that does not load",
            "cartridge-asset-missing:L,slice-range:L")
    refused("cartridge-asset-missing.pack-empty", cartridge(declared, b""), OPEN,
            "the capability asset, and a pack of no bytes",
            "cartridge-asset-missing:L,file-truncated:L")
    taken("slice-gap.in-cartridge", cartridge(declared, pack(header([entry()]), SCENE, between=b"\0")), 12,
          "a pack that loads and does not conform: so does the cartridge")
    taken("prelude-reserved.in-cartridge", cartridge(manifest(), pack(header([entry()]), SCENE, flags=1)), 20,
          "the same, with a pack that the manifest does not ask for")
