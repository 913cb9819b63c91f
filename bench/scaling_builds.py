"""Build directories with companions, cartridges, many operands: what `verify` and `inspect` examine besides a pack."""

import json
import os

import generate
import scaling_packs as packs
from scaling import Case, Command


def built(maker, path, n):
    generate.workspace(path, n, "scene", 8)
    maker.run(["build", "--quiet"], path)
    return os.path.join(path, "build")


def examine(path, status=1):
    return [Command("verify", ["verify"], status, path), Command("verify json", ["verify", "--format", "json"], status, path),
            Command("verify --sources", ["verify", "--sources"], status, path)]


def inspecting(path, operands, status):
    return [Command("inspect", ["inspect", *operands], status, path),
            Command("inspect json", ["inspect", "--format", "json", *operands], status, path)]


def changed(name, what, n, change, assets=None, which="asset_table_metadata.json"):
    """A build of n assets (or of `assets`) whose companion `which` is changed: change(document, n) gives its new text."""
    def commands(maker, path, count):
        target = os.path.join(built(maker, path, assets or count), which)
        with open(target, encoding="utf-8") as file:
            document = json.load(file)
        with open(target, "w", encoding="utf-8") as file:
            file.write(change(document, count))
        return examine(path)
    return Case(name, what, n, commands)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hashes(document, _):
    for asset in document["assets"]:
        asset["payload_xxh3_128"] = "0" * 32
        asset["decoded_xxh3_128"] = "0" * 32
    return canonical(document)


def backwards(document, _):
    document["assets"].reverse()
    return canonical(document)


def unknown(document, _):
    for asset in document["assets"]:
        asset["asset_root2"] = 1
    return canonical(document)


def more_assets(document, n):
    document["assets"] *= n
    return canonical(document)


def more_inputs(document, n):
    document["assets"][0]["inputs"] *= n
    return canonical(document)


def more_members(document, n):
    document["assets"][0].update({"m%07d" % i: 1 for i in range(n)})
    return canonical(document)


def more_pipeline(document, n):
    document["assets"][0]["pipeline"] = {"m%07d" % i: 1 for i in range(n)}
    return canonical(document)


def equal_keys(document, n):
    return canonical(document)[:-1] + ',"k":1' * n + "}"


def blanks(document, n):
    return canonical(document)[:-1] + " " * n + "}"


def lines(document, n):
    return "\n" * n + canonical(document) + "?"


def first_gone(document, _):
    return canonical(document[1:])


def names(document, _):
    for asset in document:
        asset["asset_name"] += "!"
    return canonical(document)


def wider(document, n):
    document[0]["metadata"] = {"m%07d" % i: 1 for i in range(n)}
    return canonical(document)


def slots(document, n):
    return canonical([{"asset_id": 1, "slot": i} for i in range(n)])


def stale(maker, path, n):
    """A build of n assets; then every source is another one."""
    built(maker, path, n)
    for directory, _, files in os.walk(os.path.join(path, "assets")):
        if "scene.bin" in files:
            with open(os.path.join(directory, "scene.bin"), "wb") as file:
                file.write(b"another")
    return examine(path)[2:]


def gone(maker, path, n):
    built(maker, path, n)
    for directory, _, files in os.walk(os.path.join(path, "assets")):
        if "scene.bin" in files:
            os.remove(os.path.join(directory, "scene.bin"))
    return examine(path)[2:]


MANIFEST = {"magic": "PMTU", "cartridge_version": 1, "app_id": 1, "title": "game", "app_version": "1.0", "app_mode": "Game",
            "capabilities": ["asset"]}


def cartridge(change, status=0, assets=1):
    """A cartridge; change(path, manifest, n) gives the text of its manifest."""
    def commands(_, path, n):
        packs.write(path, packs.header(packs.each(n if assets is None else assets)), 8 * (n if assets is None else assets))
        with open(os.path.join(path, "program.pbx"), "wb"):
            pass
        with open(os.path.join(path, "manifest.json"), "w", encoding="utf-8") as file:
            file.write(change(path, dict(MANIFEST), n))
        return inspecting(path, [path], status)
    return commands


def as_it_is(_, manifest, n):
    return json.dumps(manifest)


def files_in_cartridge(path, manifest, n):
    for i in range(n):
        with open(os.path.join(path, "file%07d" % i), "wb"):
            pass
    return json.dumps(manifest)


def capabilities(_, manifest, n):
    return json.dumps({**manifest, "capabilities": ["assets%d" % i for i in range(n)] + ["asset"]})


def manifest_members(_, manifest, n):
    return json.dumps({**manifest, **{"m%07d" % i: i for i in range(n)}})


def manifest_equal(_, manifest, n):
    return json.dumps(manifest)[:-1] + ',"k":1' * n + "}"


def manifest_title(_, manifest, n):
    return json.dumps({**manifest, "title": "t" * n})


def fleet(maker, path, n):
    for i in range(n):
        os.mkdir(os.path.join(path, "p%07d" % i))
        packs.write(os.path.join(path, "p%07d" % i), packs.header(packs.each(2)), 16)
    operands = ["p%07d/assets.pa" % i for i in range(n)]
    return inspecting(path, operands, 0)


def operands_missing(maker, path, n):
    operands = ["pack%07d" % i for i in range(n)]
    return inspecting(path, operands, 3)


def explained(maker, path, n):
    return [Command("explain", ["explain", *["slice-gap"] * n], 0, path),
            Command("explain json", ["explain", "--format", "json", *["slice-gap"] * n], 0, path)]


def unexplained(maker, path, n):
    ids = ["slice-gaps%d" % i for i in range(n)]
    return [Command("explain", ["explain", *ids], 2, path), Command("explain json", ["explain", "--format", "json", *ids], 2, path)]


TABLE = "asset_table.json"

CASES = [
    changed("companion-hashes", "assets whose recorded hashes are wrong", 1000, hashes),
    changed("companion-order", "assets of a companion in falling order", 1000, backwards),
    changed("companion-unknown", "assets of a companion with a member that is not known", 1000, unknown),
    changed("companion-assets", "assets of a companion that are not in the pack", 2000, more_assets, 1),
    changed("companion-inputs", "inputs of one asset of a companion", 10000, more_inputs, 1),
    changed("companion-members", "members of one asset of a companion that are not known", 30000, more_members, 1),
    changed("companion-pipeline", "members of a recorded pipeline", 100000, more_pipeline, 1),
    changed("companion-equal", "members of a companion with one key", 20000, equal_keys, 1),
    changed("companion-blanks", "blanks in a companion", 600000, blanks, 1),
    changed("companion-lines", "lines of a companion before a fault", 1000000, lines, 1),
    changed("table-first-gone", "entries of a companion of which the first is gone", 400, first_gone, None, TABLE),
    changed("table-names", "entries of a companion whose names are wrong", 400, names, None, TABLE),
    changed("table-members", "members of metadata that a companion has alone", 20000, wider, 1, TABLE),
    changed("table-again", "entries of a companion that are not in the pack", 4000, lambda d, n: canonical(d * n), 1, TABLE),
    changed("preload-more", "elements of preload that a companion has alone", 20000, slots, 1, "preload.json"),
    Case("sources-changed", "assets whose source is another one", 400, stale),
    Case("sources-gone", "assets whose sources are gone", 1000, gone),
    Case("cartridge", "entries of the pack of a cartridge", 4000, cartridge(as_it_is, 0, None)),
    Case("cartridge-files", "files of a cartridge", 2000, cartridge(files_in_cartridge)),
    Case("cartridge-capabilities", "capabilities of a cartridge", 40000, cartridge(capabilities)),
    Case("manifest-members", "members of a manifest", 30000, cartridge(manifest_members)),
    Case("manifest-equal", "members of a manifest with one key", 20000, cartridge(manifest_equal)),
    Case("manifest-title", "bytes of a title", 50000, cartridge(manifest_title)),
    Case("packs", "packs of one inspect", 500, fleet),
    Case("packs-missing", "operands of inspect that are not there", 2000, operands_missing),
    Case("explain-ids", "ids of one explain", 2000, explained),
    Case("explain-unknown", "ids of one explain that are nearly known", 1000, unexplained),
]
