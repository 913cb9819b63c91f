/* The result of `show` as a table of members. */
#include "service/shown.h"
#include "service/table/colour.h"
#include "service/table/tables.h"

#define SHOWN(field) SERVICE_AT(struct service_shown, field)
#define SHOWN_HAS(field) SERVICE_IF(struct service_shown, field)
#define INPUT(field) SERVICE_AT(struct service_shown_input, field)
#define INPUT_HAS(field) SERVICE_IF(struct service_shown_input, field)
#define BUILD(field) SERVICE_AT(struct service_shown_build, field)
#define BUILD_HAS(field) SERVICE_IF(struct service_shown_build, field)
#define CHANGE(field) SERVICE_AT(struct service_changed_source, field)

static bool put_hash(struct base_hash hash, struct service_value *value)
{
    base_hash_to_hex(hash, value->space);
    value->string = value->space;
    return true;
}

#define HASH_PATTERN "^[0-9a-f]{32}$"

/* ---- Inputs ---- */

static bool get_input_hash(const void *record, struct service_value *value)
{
    const struct service_shown_input *input = record;
    return input->readable && put_hash(input->hash, value);
}

static bool get_milliseconds(const void *record, struct service_value *value)
{
    const struct service_shown_input *input = record;
    if (!input->is_sound || input->sample_rate == 0) {
        return false;
    }
    value->count =
        input->frames / input->sample_rate * 1000 + input->frames % input->sample_rate * 1000 / input->sample_rate;
    return true;
}

static const void *rows_of_colours(const void *record, size_t *at, union service_row *space)
{
    const struct service_shown_input *input = record;
    (void)space;
    return *at < input->colour_count ? &input->colours[(*at)++] : NULL;
}

static const char *const roles[] = {"palettes", "sources", "sprites", NULL};

static const struct service_member input_members[] = {
    {.name = "role", .kind = SERVICE_KIND_STRING, .words = roles, INPUT(role)},
    {.name = "path", .kind = SERVICE_KIND_STRING, .help = "Relative to the asset's directory.", INPUT(path)},
    {.name = "palette",
     .kind = SERVICE_KIND_COUNT,
     .most = 63,
     .help = "The index of a palette; of a sprite, the palette that it asks for.",
     INPUT(index),
     INPUT_HAS(has_index)},
    {.name = "tile",
     .kind = SERVICE_KIND_COUNT,
     .help = "The first tile that a sprite asks for.",
     INPUT(tile),
     INPUT_HAS(has_tile)},
    {.name = "size",
     .kind = SERVICE_KIND_COUNT,
     .help = "Bytes; null when it cannot be read.",
     INPUT(size),
     INPUT_HAS(readable)},
    {.name = "xxh3_128",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .pattern = HASH_PATTERN,
     .help = "The hash of its bytes.",
     .get = get_input_hash},
    {.name = "width", .kind = SERVICE_KIND_COUNT, .help = "Pixels of a sprite.", INPUT(width), INPUT_HAS(is_picture)},
    {.name = "height", .kind = SERVICE_KIND_COUNT, .help = "Likewise.", INPUT(height), INPUT_HAS(is_picture)},
    {.name = "tiles",
     .kind = SERVICE_KIND_COUNT,
     .help = "Of a sprite; null when it is not whole tiles and is not padded.",
     INPUT(tiles),
     INPUT_HAS(has_tiles)},
    {.name = "colours",
     .kind = SERVICE_KIND_LIST,
     .help = "Of a palette, entry by entry. Of an indexed PNG its first 16, where no palettes are declared.",
     .row = &service_row_colour,
     .rows = rows_of_colours},
    {.name = "sample_rate",
     .kind = SERVICE_KIND_COUNT,
     .help = "Of a sound, in Hz.",
     INPUT(sample_rate),
     INPUT_HAS(is_sound)},
    {.name = "channels", .kind = SERVICE_KIND_COUNT, .help = "Of the file.", INPUT(channels), INPUT_HAS(is_sound)},
    {.name = "frames", .kind = SERVICE_KIND_COUNT, INPUT(frames), INPUT_HAS(is_sound)},
    {.name = "milliseconds",
     .kind = SERVICE_KIND_COUNT,
     .nullable = true,
     .help = "How long the sound is.",
     .get = get_milliseconds},
};
static const struct service_table input_table = SERVICE_TABLE(input_members);
static const struct service_member input_row = {.kind = SERVICE_KIND_OBJECT, .table = &input_table};

static const void *rows_of_inputs(const void *record, size_t *at, union service_row *space)
{
    const struct service_shown *shown = record;
    (void)space;
    return *at < shown->input_count ? &shown->inputs[(*at)++] : NULL;
}

/* ---- The last build ---- */

static const char *const changes[] = {
    [SERVICE_SOURCE_MODIFIED] = "modified",
    [SERVICE_SOURCE_MISSING] = "missing",
    [SERVICE_SOURCE_ADDED] = "added",
    [SERVICE_SOURCE_DROPPED] = "dropped",
    [SERVICE_SOURCE_MOVED] = "moved",
    [SERVICE_SOURCE_UNKNOWN] = "unknown",
    NULL,
};

static const struct service_member change_members[] = {
    {.name = "path",
     .kind = SERVICE_KIND_STRING,
     .help = "Relative to the asset's directory; of moved, the root that the build has it from.",
     CHANGE(path)},
    {.name = "change",
     .kind = SERVICE_KIND_STRING,
     .words = changes,
     .is_word = true,
     .help = "added and dropped: by the declaration. unknown: it could not be compared.",
     CHANGE(change)},
};
static const struct service_table change_table = SERVICE_TABLE(change_members);
static const struct service_member change_row = {.kind = SERVICE_KIND_OBJECT, .table = &change_table};

static const void *rows_of_changes(const void *record, size_t *at, union service_row *space)
{
    const struct service_shown_build *build = record;
    (void)space;
    return *at < build->change_count ? &build->changes[(*at)++] : NULL;
}

static bool get_payload_hash(const void *record, struct service_value *value)
{
    return put_hash(((const struct service_shown_build *)record)->payload_hash, value);
}

static bool get_decoded_hash(const void *record, struct service_value *value)
{
    return put_hash(((const struct service_shown_build *)record)->decoded_hash, value);
}

static bool get_changed(const void *record, struct service_value *value)
{
    const struct service_shown_build *build = record;
    value->boolean = build->sources == SERVICE_SOURCES_CHANGED;
    return build->sources != SERVICE_SOURCES_UNKNOWN;
}

static const struct service_member slice_members[] = {
    {.name = "name", .kind = SERVICE_KIND_STRING, .help = "That the asset has in the build.", BUILD(name)},
    {.name = "position", .kind = SERVICE_KIND_COUNT, .help = "Of its payload in assets.pa, in bytes.", BUILD(position)},
    {.name = "offset",
     .kind = SERVICE_KIND_COUNT,
     .help = "The same from the payload_offset of the pack on.",
     BUILD(offset)},
    {.name = "size", .kind = SERVICE_KIND_COUNT, BUILD(size)},
    {.name = "decoded_size", .kind = SERVICE_KIND_COUNT, BUILD(decoded_size)},
    {.name = "slot",
     .kind = SERVICE_KIND_COUNT,
     .most = 15,
     .help = "Null when it is not preloaded.",
     BUILD(slot),
     BUILD_HAS(has_slot)},
    {.name = "payload_xxh3_128",
     .kind = SERVICE_KIND_STRING,
     .pattern = HASH_PATTERN,
     .help = "As the build records it, like the next one; verify compares it with the bytes.",
     .get = get_payload_hash},
    {.name = "decoded_xxh3_128", .kind = SERVICE_KIND_STRING, .pattern = HASH_PATTERN, .get = get_decoded_hash},
    {.name = "tiles",
     .kind = SERVICE_KIND_JSON_ARRAY,
     .nullable = true,
     .help = "Where its sprites are: docs/contracts/assets-pa-v1.md, 3.1. Null when it has none.",
     BUILD(tiles)},
    {.name = "changed",
     .kind = SERVICE_KIND_BOOLEAN,
     .nullable = true,
     .help = "The sources are not those of the build any more, by their content. Null: not known.",
     .get = get_changed},
    {.name = "changes", .kind = SERVICE_KIND_LIST, .row = &change_row, .rows = rows_of_changes},
};
static const struct service_table slice_table = SERVICE_TABLE(slice_members);

static const char *const states[] = {
    [SERVICE_BUILT_NOTHING] = "nothing",
    [SERVICE_BUILT_UNREADABLE] = "unreadable",
    [SERVICE_BUILT_WITHOUT] = "without",
    [SERVICE_BUILT_WITH] = "with",
    NULL,
};

static const struct service_member build_members[] = {
    {.name = "directory", .kind = SERVICE_KIND_STRING, .nullable = true, BUILD(directory)},
    {.name = "built",
     .kind = SERVICE_KIND_STRING,
     .words = states,
     .is_word = true,
     .help = "nothing: no build is there. unreadable: verify says why. without, with: the build has not, or "
             "has, the asset.",
     BUILD(built)},
    {.name = "slice",
     .kind = SERVICE_KIND_OBJECT,
     .help = "Null when the build does not have the asset.",
     .table = &slice_table,
     BUILD_HAS(has_slice)},
};
static const struct service_table build_table = SERVICE_TABLE(build_members);

/* ---- The asset ---- */

static const struct service_member path_row = {
    .kind = SERVICE_KIND_STRING, .storage = SERVICE_STORED_STRING, .size = sizeof(char *)};

static const void *rows_of_undeclared(const void *record, size_t *at, union service_row *space)
{
    const struct service_shown *shown = record;
    (void)space;
    return *at < shown->undeclared.count ? &shown->undeclared.items[(*at)++] : NULL;
}

static const struct service_member asset_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, .least = 1, SHOWN(asset_id)},
    {.name = "asset_uuid", .kind = SERVICE_KIND_STRING, SHOWN(asset_uuid)},
    {.name = "root", .kind = SERVICE_KIND_STRING, .help = "Relative to assets/.", SHOWN(root)},
    {.name = "included_in_build", .kind = SERVICE_KIND_BOOLEAN, SHOWN(included)},
    {.name = "root_present", .kind = SERVICE_KIND_BOOLEAN, .help = "The directory is there.", SHOWN(present)},
    {.name = "declaration", .kind = SERVICE_KIND_STRING, .help = "The path of asset.json.", SHOWN(anchor)},
    {.name = "valid",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The declaration was accepted. Else what it says is null, and the lists are empty.",
     SHOWN(valid)},
    {.name = "name", .kind = SERVICE_KIND_STRING, .nullable = true, SHOWN(name)},
    {.name = "type", .kind = SERVICE_KIND_STRING, .nullable = true, SHOWN(type)},
    {.name = "bank_type", .kind = SERVICE_KIND_STRING, .nullable = true, SHOWN(bank)},
    {.name = "format", .kind = SERVICE_KIND_STRING, .nullable = true, SHOWN(format)},
    {.name = "tile_size",
     .kind = SERVICE_KIND_COUNT,
     .help = "Pixels; null when it has no tiles.",
     SHOWN(tile_size),
     SHOWN_HAS(has_tile_size)},
    {.name = "metadata", .kind = SERVICE_KIND_JSON, .nullable = true, .help = "As declared.", SHOWN(metadata)},
    {.name = "pipeline", .kind = SERVICE_KIND_JSON, .nullable = true, .help = "Likewise.", SHOWN(pipeline)},
    {.name = "preload", .kind = SERVICE_KIND_BOOLEAN, SHOWN(preload), SHOWN_HAS(valid)},
    {.name = "slot",
     .kind = SERVICE_KIND_COUNT,
     .most = 15,
     .help = "That is declared.",
     SHOWN(slot),
     SHOWN_HAS(has_slot)},
    {.name = "inputs",
     .kind = SERVICE_KIND_LIST,
     .help = "Role by role, in the order of the declaration.",
     .row = &input_row,
     .rows = rows_of_inputs},
    {.name = "undeclared",
     .kind = SERVICE_KIND_LIST,
     .help = "What the directory has and asset.json does not name; a directory ends with a slash.",
     .row = &path_row,
     .rows = rows_of_undeclared},
    {.name = "build",
     .kind = SERVICE_KIND_OBJECT,
     .help = "Its place in the last build.",
     .table = &build_table,
     SHOWN(build)},
};
static const struct service_table asset_table = SERVICE_TABLE(asset_members);

static const struct service_member show_members[] = {
    {.name = "asset",
     .kind = SERVICE_KIND_OBJECT,
     .help = "Null when it was not found.",
     .table = &asset_table,
     SHOWN_HAS(known)},
};
const struct service_table service_members_show = SERVICE_TABLE(show_members);
