#include "service/table/tables.h"

/* An asset of a report and one that `list` shows (results.c) share names of members, and no row: here a member says
 * what a header has, right or wrong, so it may be unknown; there it says what a declaration that was accepted has. */

#define REPORT(field) SERVICE_AT(struct service_report, field)
#define REPORT_HAS(field) SERVICE_IF(struct service_report, field)
#define ASSET(field) SERVICE_AT(struct service_report_asset, field)
#define ASSET_HAS(field) SERVICE_IF(struct service_report_asset, field)
#define PRELOAD(field) SERVICE_AT(struct service_report_preload, field)
#define PRELOAD_HAS(field) SERVICE_IF(struct service_report_preload, field)
#define CHECKED(field) SERVICE_AT(struct service_checked, field)
#define PRELUDE(field) SERVICE_AT(struct service_prelude, field)
#define CARTRIDGE(field) SERVICE_AT(struct service_cartridge, field)
#define CARTRIDGE_HAS(field) SERVICE_IF(struct service_cartridge, field)

static const char *const kinds[] = {"pack", "cartridge", NULL};
static const char *const magics[] = {"ASPA", "PPA1", NULL};

static bool get_verdict(enum service_verdict verdict, struct service_value *value)
{
    value->boolean = verdict == SERVICE_VERDICT_YES;
    return verdict != SERVICE_VERDICT_UNKNOWN;
}

static bool get_loads(const void *record, struct service_value *value)
{
    return get_verdict(((const struct service_report *)record)->loads, value);
}

static bool get_conforms(const void *record, struct service_value *value)
{
    return get_verdict(((const struct service_report *)record)->conforms, value);
}

static bool get_matches(const void *record, struct service_value *value)
{
    return get_verdict(((const struct service_report *)record)->matches, value);
}

static bool get_magic(const void *record, struct service_value *value)
{
    value->string = magics[((const struct service_prelude *)record)->legacy ? 1 : 0];
    return true;
}

static bool get_hash(const void *record, struct service_value *value)
{
    const struct service_report_asset *asset = record;
    if (asset->has_hash) {
        base_hash_to_hex(asset->payload_hash, value->space);
        value->string = value->space;
    }
    return asset->has_hash;
}

static const void *rows_of_reasons(const void *record, size_t *at, union service_row *space)
{
    const struct service_report *report = record;
    (void)space;
    return *at < report->not_checked_count ? &report->not_checked[(*at)++] : NULL;
}

static const void *rows_of_assets(const void *record, size_t *at, union service_row *space)
{
    const struct service_report *report = record;
    if (*at == report->asset_count) {
        return NULL;
    }
    space->asset = service_report_asset(report, (*at)++);
    return &space->asset;
}

static const void *rows_of_preload(const void *record, size_t *at, union service_row *space)
{
    const struct service_report *report = record;
    if (*at == report->preload_count) {
        return NULL;
    }
    space->preload = service_report_preload(report, (*at)++);
    return &space->preload;
}

static const struct service_member checked_members[] = {
    {.name = "assets", .kind = SERVICE_KIND_COUNT, .help = "Entries of the table.", CHECKED(assets)},
    {.name = "bytes", .kind = SERVICE_KIND_COUNT, .help = "Bytes of all files that were read.", CHECKED(bytes)},
    {.name = "hashes", .kind = SERVICE_KIND_COUNT, .help = "Recorded hashes that were compared.", CHECKED(hashes)},
    {.name = "companions", .kind = SERVICE_KIND_COUNT, .help = "Companions that were compared.", CHECKED(companions)},
    {.name = "sources", .kind = SERVICE_KIND_COUNT, .help = "Source files that were compared.", CHECKED(sources)},
};
static const struct service_table checked_table = SERVICE_TABLE(checked_members);

static const struct service_member prelude_members[] = {
    {.name = "magic", .kind = SERVICE_KIND_STRING, .words = magics, .get = get_magic},
    {.name = "schema_version", .kind = SERVICE_KIND_COUNT, PRELUDE(schema_version)},
    {.name = "header_len", .kind = SERVICE_KIND_COUNT, PRELUDE(header_len)},
    {.name = "payload_offset", .kind = SERVICE_KIND_COUNT, PRELUDE(payload_offset)},
    {.name = "flags", .kind = SERVICE_KIND_COUNT, PRELUDE(flags)},
    {.name = "reserved", .kind = SERVICE_KIND_COUNT, PRELUDE(reserved)},
    {.name = "header_checksum", .kind = SERVICE_KIND_COUNT, PRELUDE(header_checksum)},
};
static const struct service_table prelude_table = SERVICE_TABLE(prelude_members);

static const struct service_member cartridge_members[] = {
    {.name = "app_id", .kind = SERVICE_KIND_COUNT, CARTRIDGE(app_id), CARTRIDGE_HAS(has_app_id)},
    {.name = "title", .kind = SERVICE_KIND_STRING, .nullable = true, CARTRIDGE(title)},
    {.name = "app_version", .kind = SERVICE_KIND_STRING, .nullable = true, CARTRIDGE(app_version)},
    {.name = "app_mode", .kind = SERVICE_KIND_STRING, .nullable = true, CARTRIDGE(app_mode)},
    {.name = "declares_asset",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The manifest lists the capability asset.",
     CARTRIDGE(declares_asset)},
};
static const struct service_table cartridge_table = SERVICE_TABLE(cartridge_members);

static const struct service_member asset_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, ASSET(asset_id), ASSET_HAS(has_asset_id)},
    {.name = "asset_name", .kind = SERVICE_KIND_STRING, .nullable = true, ASSET(name)},
    {.name = "bank_type", .kind = SERVICE_KIND_STRING, .nullable = true, ASSET(bank)},
    {.name = "codec", .kind = SERVICE_KIND_STRING, .nullable = true, ASSET(codec)},
    {.name = "decoded_size", .kind = SERVICE_KIND_COUNT, ASSET(decoded_size), ASSET_HAS(has_decoded_size)},
    {.name = "offset",
     .kind = SERVICE_KIND_COUNT,
     .help = "In bytes, from payload_offset.",
     ASSET(offset),
     ASSET_HAS(has_offset)},
    {.name = "size", .kind = SERVICE_KIND_COUNT, .help = "In bytes.", ASSET(size), ASSET_HAS(has_size)},
    {.name = "metadata", .kind = SERVICE_KIND_JSON, .nullable = true, ASSET(metadata)},
    {.name = "asset_root",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "As asset_table_metadata.json has it; null without one.",
     ASSET(root)},
    {.name = "tiles",
     .kind = SERVICE_KIND_JSON_ARRAY,
     .nullable = true,
     .help = "Where the sprites are in the sheet: docs/contracts/assets-pa-v1.md, 3.1. Null likewise, and for assets "
             "that have "
             "none.",
     ASSET(tiles)},
    {.name = "payload_xxh3_128",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .pattern = "^[0-9a-f]{32}$",
     .help = "Of the payload as it lies in the file; null when it could not be read.",
     .get = get_hash},
};
static const struct service_table asset_table = SERVICE_TABLE(asset_members);
static const struct service_member asset_row = {.kind = SERVICE_KIND_OBJECT, .table = &asset_table};

static const struct service_member preload_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, PRELOAD(asset_id), PRELOAD_HAS(has_asset_id)},
    {.name = "slot", .kind = SERVICE_KIND_COUNT, PRELOAD(slot), PRELOAD_HAS(has_slot)},
};
static const struct service_table preload_table = SERVICE_TABLE(preload_members);
static const struct service_member preload_row = {.kind = SERVICE_KIND_OBJECT, .table = &preload_table};

static const struct service_member reason_row = {
    .kind = SERVICE_KIND_STRING, .storage = SERVICE_STORED_STRING, .size = sizeof(const char *)};

static const struct service_member members[] = {
    {.name = "file", .kind = SERVICE_KIND_STRING, .help = "What was examined, as it was named.", REPORT(file)},
    {.name = "kind", .kind = SERVICE_KIND_STRING, .words = kinds, .is_word = true, REPORT(kind)},
    {.name = "loads",
     .kind = SERVICE_KIND_BOOLEAN,
     .nullable = true,
     .help = "The console would accept it; null when that could not be checked.",
     .get = get_loads},
    {.name = "conforms",
     .kind = SERVICE_KIND_BOOLEAN,
     .nullable = true,
     .help = "It is exactly what the packer promises; null when that could not be checked.",
     .get = get_conforms},
    {.name = "matches",
     .kind = SERVICE_KIND_BOOLEAN,
     .nullable = true,
     .help =
         "It is the set that the packer would write for the workspace; null when that was not asked, or could not be "
         "checked.",
     .get = get_matches},
    {.name = "checked",
     .kind = SERVICE_KIND_OBJECT,
     .help = "What was really looked at.",
     .table = &checked_table,
     REPORT(checked)},
    {.name = "not_checked",
     .kind = SERVICE_KIND_LIST,
     .help = "What was not looked at, and why. For people: the words may change.",
     .row = &reason_row,
     .rows = rows_of_reasons},
    {.name = "cartridge",
     .kind = SERVICE_KIND_OBJECT,
     .when = "kind",
     .is = "cartridge",
     .help = "What the manifest says.",
     .table = &cartridge_table,
     REPORT(cartridge)},
    {.name = "file_size", .kind = SERVICE_KIND_COUNT, .help = "In bytes.", REPORT(file_size), REPORT_HAS(has_prelude)},
    {.name = "prelude",
     .kind = SERVICE_KIND_OBJECT,
     .help = "The first bytes of assets.pa: docs/contracts/assets-pa-v1.md, 1.1.",
     .table = &prelude_table,
     REPORT(prelude),
     REPORT_HAS(has_prelude)},
    {.name = "assets",
     .kind = SERVICE_KIND_LIST,
     .help = "The table of the header, right or wrong, in the order of the file.",
     .row = &asset_row,
     .rows = rows_of_assets},
    {.name = "preload",
     .kind = SERVICE_KIND_LIST,
     .help = "The preload list of the header, right or wrong, in the order of the file.",
     .row = &preload_row,
     .rows = rows_of_preload},
};
const struct service_table service_members_report = {
    .name = "examination", .members = members, .count = sizeof members / sizeof members[0]};
