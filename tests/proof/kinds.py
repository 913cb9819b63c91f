"""Forged and stale build sets, one kind a case: verify --sources must say that the set is not the one of the workspace, and name
the place. Usage: kinds.py CASE, with PRPACK in the environment; kinds.py --list."""

import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from harness.program import WRONG, prpack  # noqa: E402
from harness.trees import Scratch, with_directories, write, write_tree  # noqa: E402
from harness.workspaces import tree_after  # noqa: E402

import sample  # noqa: E402
import sets  # noqa: E402

REGISTRY = "assets/.prometeu/index.json"
PACK, COMPANION = "build/assets.pa", "build/asset_table_metadata.json"
HERO = "assets/ui/hero/asset.json"
CASES = {}


class Project:
    """A built workspace in a directory, and its set taken apart. It is built once, and written for each case."""

    tree = None

    def __init__(self, directory):
        self.directory = directory
        if Project.tree is None:
            Project.tree = tree_after(with_directories(sample.workspace()), ["build", "--verify"], ["verify", "--sources"])
        write_tree(directory, Project.tree)
        self.set = sets.BuildSet(self.path("build"))

    def path(self, relative):
        return os.path.join(self.directory, relative)

    def read(self, relative):
        with open(self.path(relative), "rb") as file:
            return file.read()

    def edit(self, relative, change):
        """Changes a JSON document by a function on its value."""
        value = json.loads(self.read(relative))
        change(value)
        write(self.path(relative), json.dumps(value, ensure_ascii=False))

    def replace(self, relative, old, new):
        data = self.read(relative)
        assert data.count(old) == 1, (relative, old)
        write(self.path(relative), data.replace(old, new))

    def verify(self):
        ended = prpack(self.directory, "verify", "--sources", "--format", "json")
        return ended.code, ended.documents()[0]


def case(identifier, file, pointer=None, conforms=None, alone=False):
    """A case: what is found, where, and whether nothing else may be found. The function changes the project; if it returns nothing, the set is written anew."""
    def register(function):
        CASES[function.__name__] = (function, identifier, file, pointer, conforms, alone)
        return function
    return register


# ---- Forged sets: every offset, size and hash is right ----

@case("asset-missing", REGISTRY, "/assets/0")
def no_assets_at_all(project):
    for number in (1, 2, 3, 4, 6, 7, 8):
        project.set.remove(number)


@case("asset-missing", REGISTRY, "/assets/3")
def an_asset_less(project):
    project.set.remove(4)


@case("asset-foreign", PACK, "/asset_table/4")
def an_excluded_asset(project):
    other = project.set
    at = 4
    entry = dict(other.entry(4), asset_id=5, asset_name="draft", decoded_size=5, metadata={})
    record = dict(other.record(4), asset_id=5, asset_root="draft", asset_uuid=sample.uuid(5),
                  inputs=[{"path": "draft.bin", "size": 5, "xxh3_128": sets.digest(b"draft")}])
    other.table.insert(at, entry)
    other.payloads.insert(at, b"draft")
    other.recorded.insert(at, record)


@case("asset-foreign", PACK, "/asset_table/7")
def an_asset_that_is_not_registered(project):
    other = project.set
    write(project.path("assets/alien/asset.json"), "{}")
    other.table.append(dict(other.entry(6), asset_id=9, asset_name="alien", decoded_size=5, metadata={}))
    other.payloads.append(b"draft")
    other.recorded.append(dict(other.record(6), asset_id=9, asset_root="alien", asset_uuid=sample.uuid(9), inputs=[]))


@case("record-mismatch", COMPANION, "/assets/3/asset_uuid")
def ids_exchanged(project):
    other = project.set
    a, b = other.index(4), other.index(6)
    for items in (other.table, other.payloads, other.recorded):
        items[a], items[b] = items[b], items[a]
    for items in (other.table, other.recorded):
        items[a]["asset_id"], items[b]["asset_id"] = 4, 6


@case("record-mismatch", COMPANION, "/assets/0/asset_uuid")
def a_uuid_that_no_record_has(project):
    project.set.record(1)["asset_uuid"] = sample.uuid(77)


@case("record-mismatch", COMPANION, "/assets/3/asset_root")
def a_root_that_is_not_registered(project):
    project.set.record(4)["asset_root"] = "level/copy"
    for name in ("asset.json", "one.bin"):
        write(project.path(f"assets/level/copy/{name}"), project.read(f"assets/level/one/{name}"))


@case("source-mismatch", "assets/level/one/asset.json", "/name", alone=True)
def another_name(project):
    project.set.entry(4)["asset_name"] = "uno"


@case("source-changed", "assets/level/one/asset.json", "/type")
def another_bank(project):
    project.set.entry(4)["bank_type"] = "SOUNDS"
    project.set.entry(4)["metadata"] = {"channels": 1, "frames": 100, "sample_rate": 8000}
    project.set.entry(4)["decoded_size"] = 200
    project.set.preload = [entry for entry in project.set.preload if entry["asset_id"] != 4]


@case("metadata-mismatch", PACK, "/asset_table/0/metadata/invented")
def a_member_of_metadata_invented(project):
    project.set.entry(1)["metadata"]["invented"] = 1


@case("metadata-mismatch", PACK, "/asset_table/0/metadata")
def a_member_of_metadata_dropped(project):
    del project.set.entry(1)["metadata"]["author"]


@case("metadata-mismatch", PACK, "/asset_table/0/metadata/nested/b/1/a")
def a_value_deep_in_metadata(project):
    project.set.entry(1)["metadata"]["nested"]["b"][1]["a"] = False


@case("metadata-mismatch", PACK, "/asset_table/0/metadata/palette_authored")
def palettes_counted_wrong(project):
    project.set.entry(1)["metadata"]["palette_authored"] = 5


@case("metadata-mismatch", PACK, "/asset_table/5/metadata/palette_authored")
def palettes_of_a_raw_sheet_counted_wrong(project):
    project.set.entry(7)["metadata"]["palette_authored"] = 3


@case("metadata-mismatch", PACK, "/asset_table/6/metadata/sample_rate")
def rate_of_a_raw_sound(project):
    project.set.entry(8)["metadata"]["sample_rate"] = 8001


@case("metadata-mismatch", PACK, "/asset_table/2/metadata/sample_rate")
def rate_of_a_sound(project):
    project.set.entry(3)["metadata"]["sample_rate"] = 11025


JUMP = "assets/sound/jump/asset.json"
JUMP_WAV = "assets/sound/jump/jump.wav"


def declare_sound(project, change):
    """Changes the pipeline of the sound where it is declared and where it is recorded."""
    project.edit(JUMP, lambda declaration: change(declaration["output"]["pipeline"]))
    change(project.set.record(3)["pipeline"])


def replace_sound(project, data):
    write(project.path(JUMP_WAV), data)
    project.set.record(3)["inputs"][0].update(size=len(data), xxh3_128=sets.digest(data))


@case("source-mismatch", JUMP_WAV)
def another_channel_of_a_sound(project):
    declare_sound(project, lambda pipeline: pipeline.update(channels="left"))


@case("sound-format", JUMP_WAV)
def a_stereo_sound_without_its_channel(project):
    declare_sound(project, lambda pipeline: pipeline.pop("channels"))


@case("declaration-value", JUMP, "/output/pipeline/channels")
def a_channel_that_there_is_not(project):
    declare_sound(project, lambda pipeline: pipeline.update(channels="both"))


@case("declaration-value", "assets/tone/asset.json", "/output/pipeline/loop")
def a_loop_of_bare_samples(project):
    project.edit("assets/tone/asset.json", lambda declaration: declaration["output"].update(pipeline={"loop": "source"}))
    project.set.record(8)["pipeline"] = {"loop": "source"}


@case("sound-metadata", PACK, "/asset_table/2/metadata/channels")
def two_channels_in_the_pack(project):
    project.set.entry(3)["metadata"].update(channels=2, frames=150)


@case("metadata-mismatch", PACK, "/asset_table/2/metadata/loop_end")
def the_end_of_a_loop(project):
    project.set.entry(3)["metadata"]["loop_end"] -= 1


@case("metadata-mismatch", PACK, "/asset_table/2/metadata/loop_start")
def the_start_of_a_loop(project):
    project.set.entry(3)["metadata"]["loop_start"] += 1


@case("sound-metadata", PACK, "/asset_table/2/metadata/loop_start")
def a_loop_without_its_end(project):
    del project.set.entry(3)["metadata"]["loop_end"]


@case("metadata-mismatch", PACK, "/asset_table/2/metadata")
def a_loop_dropped(project):
    del project.set.entry(3)["metadata"]["loop_start"], project.set.entry(3)["metadata"]["loop_end"]


@case("metadata-mismatch", PACK, "/asset_table/2/metadata/loop_end")
def a_loop_that_nobody_asked_for(project):
    declare_sound(project, lambda pipeline: pipeline.pop("loop"))


@case("metadata-mismatch", PACK, "/asset_table/2/metadata/loop_start")
def another_loop_of_the_source(project):
    replace_sound(project, sample.wav(300, first=11))


@case("sound-loop", JUMP_WAV)
def a_loop_after_the_end_of_the_source(project):
    replace_sound(project, sample.wav(300, last=300))


@case("metadata-mismatch", PACK, "/asset_table/3/decoded_size")
def decoded_size_of_a_scene(project):
    project.set.entry(4)["decoded_size"] = 4095


@case("metadata-mismatch", PACK, "/asset_table/4/decoded_size")
def decoded_size_that_is_not_declared(project):
    project.set.entry(6)["decoded_size"] = 1


@case("pipeline-mismatch", COMPANION, "/assets/0/pipeline/steps/1/seed")
def another_pipeline(project):
    project.set.record(1)["pipeline"]["steps"][1]["seed"] = 8


@case("pipeline-mismatch", COMPANION, "/assets/0")
def no_pipeline(project):
    del project.set.record(1)["pipeline"]


@case("pipeline-mismatch", COMPANION, "/assets/1/pipeline")
def a_pipeline_invented(project):
    project.set.record(2)["pipeline"] = {}


def poke(project, number, at, value):
    payload = bytearray(project.set.payloads[project.set.index(number)])
    assert payload[at] != value
    payload[at] = value
    project.set.payloads[project.set.index(number)] = bytes(payload)


@case("palette-mismatch", "assets/ui/hero/warm.gpl")
def colour_0_of_a_palette(project):
    poke(project, 1, 32768, 0x12)


@case("palette-mismatch", "assets/ui/hero/unused.hex")
def a_palette_that_no_pixel_uses(project):
    poke(project, 1, 32768 + 3 * 32 + 2, 0x12)


@case("palette-mismatch", "assets/ui/hero/warm.gpl")
def an_entry_that_the_file_lacks(project):
    poke(project, 1, 32768 + 15 * 2, 0x12)


@case("palette-mismatch", PACK)
def a_palette_that_is_not_declared(project):
    poke(project, 1, 32768 + 2 * 32 + 4, 0x12)


@case("palette-mismatch", "assets/ui/icons/b.png")
def a_palette_that_a_picture_brings(project):
    poke(project, 2, 32768 + 32, 0x12)


@case("source-mismatch", "assets/ui/hero/walk.png")
def an_index_of_the_same_colour(project):
    payload = project.set.payloads[0]
    at = next(i for i in range(4) if payload[i] >> 4 == 1)
    poke(project, 1, at, payload[at] & 15 | 3 << 4)


@case("source-mismatch", PACK)
def a_pixel_after_the_tiles(project):
    poke(project, 1, 32767, 1)


@case("source-mismatch", "assets/sound/jump/jump.wav")
def a_sample(project):
    poke(project, 3, 599, 0x55)


@case("source-mismatch", "assets/level/one/one.bin")
def a_byte_of_a_scene(project):
    poke(project, 4, 199, 1)


@case("source-mismatch", "assets/level/one/one.bin")
def a_scene_that_is_longer(project):
    project.set.payloads[project.set.index(4)] += b"more"


@case("source-changed", "assets/ui/icons/asset.json", "/inputs/sprites/0")
def inputs_in_another_order(project):
    project.set.record(2)["inputs"].reverse()


@case("source-changed", "assets/ui/icons/asset.json", "/inputs")
def an_input_more(project):
    project.set.record(2)["inputs"].append(project.set.record(2)["inputs"][0])


@case("source-changed", "assets/ui/icons/asset.json", "/inputs/sprites/1")
def an_input_less(project):
    project.set.record(2)["inputs"].pop()


@case("source-changed", "assets/ui/icons/a.png")
def an_input_of_another_hash(project):
    project.set.record(2)["inputs"][0]["xxh3_128"] = sets.digest(b"")


def preload_of(project, number):
    return next(entry for entry in project.set.preload if entry["asset_id"] == number)


@case("source-mismatch", PACK, "/preload/1")
def a_slot_that_is_not_the_lowest_free(project):
    preload_of(project, 1)["slot"] = 9


@case("source-mismatch", "assets/ui/icons/asset.json", "/preload/slot")
def a_fixed_slot(project):
    preload_of(project, 2)["slot"] = 5
    project.set.preload.sort(key=lambda entry: {"GLYPH": 0, "SOUNDS": 1, "SCENE": 2}[project.set.entry(entry["asset_id"])["bank_type"]] * 16
                             + entry["slot"])


@case("source-mismatch", HERO, "/preload")
def a_preload_less(project):
    project.set.preload.remove(preload_of(project, 1))


@case("source-mismatch", "assets/tone/asset.json", "/preload")
def a_preload_more(project):
    project.set.preload.insert(3, {"asset_id": 8, "slot": 1})


@case("preload-order", PACK, "/preload/1/asset_id")
def preload_in_another_order(project):
    project.set.preload.reverse()


@case("preload-missing", PACK)
def a_header_without_preload(project):
    project.edit(HERO, lambda declaration: declaration.update(preload={"enabled": False}))
    for name in ("ui/icons", "sound/jump", "level/one", "level/two"):
        project.edit(f"assets/{name}/asset.json", lambda declaration: declaration.update(preload={"enabled": False}))
    project.set.preload = None


@case("pixel-inexpressible", "assets/ui/hero/walk.png")
def a_picture_that_no_palette_can_draw(project):
    picture = sample.png(8, 8, [(1, 2, 3, 255)] * 64)
    write(project.path("assets/ui/hero/walk.png"), picture)
    for record in project.set.record(1)["inputs"]:
        if record["path"] == "walk.png":
            record.update(size=len(picture), xxh3_128=sets.digest(picture))


@case("record-mismatch", COMPANION, "/assets/0/asset_uuid")
def the_set_of_another_workspace(project):
    for record in project.set.recorded:
        record["asset_uuid"] = record["asset_uuid"].replace("-8000-", "-9000-")


# ---- Edits after a build: the set stays as it is ----

@case("workspace-missing", REGISTRY, conforms=True)
def a_deleted_registry(project):
    os.remove(project.path(REGISTRY))
    return "stale"


@case("workspace-missing", REGISTRY, conforms=True)
def no_assets_directory(project):
    os.rename(project.path("assets"), project.path("elsewhere"))
    return "stale"


@case("registry-syntax", REGISTRY, conforms=True)
def a_registry_that_is_cut(project):
    write(project.path(REGISTRY), project.read(REGISTRY)[:-5])
    return "stale"


@case("registry-shape", REGISTRY, "/assets/2/root", conforms=True)
def a_registry_of_another_shape(project):
    project.edit(REGISTRY, lambda registry: registry["assets"][2].update(root=7))
    return "stale"


@case("registry-shape", REGISTRY, "/next_asset_id", conforms=True)
def an_id_that_would_be_given_again(project):
    project.edit(REGISTRY, lambda registry: registry.update(next_asset_id=8))
    return "stale"


@case("registry-duplicate", REGISTRY, "/assets/4/root", conforms=True)
def a_root_twice(project):
    project.edit(REGISTRY, lambda registry: registry["assets"][4].update(root="ui/hero"))
    return "stale"


@case("registry-duplicate", REGISTRY, "/assets/4/asset_uuid", conforms=True)
def a_uuid_twice(project):
    project.edit(REGISTRY, lambda registry: registry["assets"][4].update(asset_uuid=sample.uuid(1)))
    return "stale"


@case("root-invalid", REGISTRY, "/assets/4/root", conforms=True)
def a_root_in_a_root(project):
    project.edit(REGISTRY, lambda registry: registry["assets"][4].update(root="ui/hero/draft"))
    return "stale"


@case("asset-missing", REGISTRY, "/assets/4")
def an_asset_included(project):
    project.edit(REGISTRY, lambda registry: registry["assets"][4].update(included_in_build=True))
    return "stale"


@case("asset-foreign", PACK, "/asset_table/2")
def an_asset_excluded(project):
    project.edit(REGISTRY, lambda registry: registry["assets"][2].update(included_in_build=False))
    return "stale"


@case("record-mismatch", COMPANION, "/assets/3/asset_root")
def a_root_that_moved(project):
    project.edit(REGISTRY, lambda registry: registry["assets"][3].update(root="level/new"))
    os.rename(project.path("assets/level/one"), project.path("assets/level/new"))
    return "stale"


@case("root-invalid", "assets/level/one", conforms=True)
def a_root_that_is_gone(project):
    os.rename(project.path("assets/level/one"), project.path("one"))
    return "stale"


@case("anchor-missing", HERO, conforms=True)
def a_declaration_that_is_gone(project):
    os.remove(project.path(HERO))
    return "stale"


@case("declaration-identity", HERO, "/asset_uuid", conforms=True)
def a_declaration_of_another_uuid(project):
    project.edit(HERO, lambda declaration: declaration.update(asset_uuid=sample.uuid(9)))
    return "stale"


@case("declaration-value", HERO, "/output/codec", conforms=True)
def a_declaration_of_another_codec(project):
    project.edit(HERO, lambda declaration: declaration["output"].update(codec="RAW"))
    return "stale"


@case("declaration-value", HERO, "/schema_version", conforms=True)
def a_declaration_of_another_version(project):
    project.edit(HERO, lambda declaration: declaration.update(schema_version=2))
    return "stale"


@case("declaration-shape", HERO, "/nmae", conforms=True)
def a_declaration_with_a_member_more(project):
    project.edit(HERO, lambda declaration: declaration.update(nmae="hero"))
    return "stale"


@case("declaration-syntax", HERO, "/name", conforms=True)
def a_declaration_with_a_key_twice(project):
    project.replace(HERO, b'"name": "hero"', b'"name": "hero", "name": "hero"')
    return "stale"


@case("declaration-value", HERO, "/output/pipeline/pad", conforms=True)
def a_declaration_of_a_later_version(project):
    project.edit(HERO, lambda declaration: declaration["output"]["pipeline"].update(pad="tiles"))
    return "stale"


@case("tiles-mismatch", COMPANION, "/assets/0")
def no_tiles(project):
    del project.set.record(1)["tiles"]


@case("tiles-mismatch", COMPANION, "/assets/0/tiles")
def a_sprite_that_is_not_recorded(project):
    project.set.record(1)["tiles"].pop()


@case("tiles-mismatch", COMPANION, "/assets/0/tiles/0/tile")
def tiles_exchanged(project):
    first, second = project.set.record(1)["tiles"]
    first["tile"], second["tile"] = second["tile"], first["tile"]


@case("tiles-mismatch", COMPANION, "/assets/0/tiles/0/palettes/0")
def another_palette_of_a_tile(project):
    project.set.record(1)["tiles"][0]["palettes"][0] = 3


@case("tiles-mismatch", COMPANION, "/assets/1/tiles/0/palette")
def another_palette_of_a_sprite(project):
    project.set.record(2)["tiles"][0]["palette"] = 1


@case("tiles-mismatch", COMPANION, "/assets/1/tiles/0/path")
def another_sprite(project):
    project.set.record(2)["tiles"][0]["path"] = "b.png"


@case("tiles-mismatch", COMPANION, "/assets/5/tiles")
def tiles_of_a_raw_sheet(project):
    project.set.record(7)["tiles"] = [{"path": "sheet.bin", "tile": 0, "columns": 16, "rows": 16, "palette": 0}]


@case("opacity-mismatch", "assets/ui/hero/walk.png")
def a_hole(project):
    index = project.set.index(1)
    payload = bytearray(project.set.payloads[index])
    assert payload[0] & 0xF0
    payload[0] &= 0x0F
    project.set.payloads[index] = bytes(payload)


@case("tiles-mismatch", COMPANION, "/assets/0/tiles/1/tile")
def a_declaration_that_moves_a_sprite(project):
    project.edit(HERO, lambda declaration: declaration["inputs"].update(sprites=["walk.png", {"path": "walk.png", "tile": 9}]))
    return "stale"


@case("pixel-inexpressible", "assets/ui/hero/walk.png")
def a_declaration_that_names_a_palette(project):
    project.edit(HERO, lambda declaration: declaration["inputs"].update(sprites=["walk.png", {"path": "walk.png", "palette": 0}]))
    return "stale"


@case("pipeline-mismatch", COMPANION, "/assets/0/pipeline")
def a_declaration_that_pads_now(project):
    project.edit(HERO, lambda declaration: declaration["output"]["pipeline"].update(pad=True))
    return "stale"


@case("declaration-value", "assets/level/two/asset.json", "/name", alone=True)
def a_name_twice(project):
    project.edit("assets/level/two/asset.json", lambda declaration: declaration.update(name="one"))
    return "stale"


@case("declaration-value", "assets/level/two/asset.json", "/name", alone=True)
def the_name_of_a_later_asset(project):
    project.edit("assets/level/one/asset.json", lambda declaration: declaration.update(name="two"))
    return "stale"


@case("slot-clash", "assets/level/two/asset.json", "/preload/slot")
def a_slot_twice(project):
    project.edit("assets/level/one/asset.json", lambda declaration: declaration["preload"].update(slot=0))
    return "stale"


@case("palette-mismatch", "assets/ui/hero/unused.hex")
def palettes_at_other_indices(project):
    def change(declaration):
        declaration["inputs"]["palettes"][0]["index"] = 2
    project.edit(HERO, change)
    return "stale"


@case("metadata-mismatch", PACK, "/asset_table/0/metadata/tile_size")
def tiles_of_another_size(project):
    project.edit(HERO, lambda declaration: declaration["output"]["metadata"].update(tile_size=16))
    return "stale"


@case("source-changed", "assets/ui/hero/warm.gpl")
def a_palette_replaced_by_garbage(project):
    write(project.path("assets/ui/hero/warm.gpl"), b"garbage")
    return "stale"


@case("palette-invalid", "assets/ui/hero/warm.gpl")
def a_palette_replaced_by_garbage_and_recorded(project):
    write(project.path("assets/ui/hero/warm.gpl"), b"garbage")
    for record in project.set.record(1)["inputs"]:
        if record["path"] == "warm.gpl":
            record.update(size=7, xxh3_128=sets.digest(b"garbage"))


@case("source-changed", "assets/level/one/one.bin")
def a_source_that_is_gone(project):
    os.remove(project.path("assets/level/one/one.bin"))
    return "stale"


@case("source-mismatch", HERO, "/preload")
def a_preload_that_is_asked_for_no_more(project):
    project.edit(HERO, lambda declaration: declaration.update(preload={"enabled": False}))
    return "stale"


def check(name):
    function, identifier, file, pointer, conforms, alone = CASES[name]
    with Scratch() as directory:
        project = Project(directory)
        if function(project) is None:
            project.set.write(project.path("build"))
        code, report = project.verify()
        found = [(entry["id"], entry["file"], entry["json_pointer"]) for entry in report["diagnostics"]]
        assert code == WRONG and report["matches"] is False, (code, report["matches"], found)
        assert report["loads"] is True and report["conforms"] is not None, (report["loads"], report["conforms"], found)
        assert conforms is None or report["conforms"] is conforms, found
        assert not alone or len(found) == 1, found
        assert any(entry[0] == identifier and entry[1] == file and (pointer is None or entry[2] == pointer) for entry in found), found


def main():
    if sys.argv[1] == "--list":
        print("\n".join(CASES))
        return
    for name in CASES if sys.argv[1] == "--all" else sys.argv[1:]:
        try:
            check(name)
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from None


if __name__ == "__main__":
    main()
