/* The result of `extract` as a table of members. */
#include "service/service.h"
#include "service/table/plan_members.h"
#include "service/table/tables.h"

#define FILE(field) SERVICE_AT(struct service_extracted_file, field)
#define ASSET(field) SERVICE_AT(struct service_extracted_asset, field)
#define RESULT(field) SERVICE_AT(struct service_extract_result, field)

static const struct service_member file_members[] = {
    {.name = "path", .kind = SERVICE_KIND_STRING, .help = "From the directory on.", FILE(path)},
    {.name = "size", .kind = SERVICE_KIND_COUNT, FILE(size)},
};
static const struct service_table file_table = SERVICE_TABLE(file_members);
static const struct service_member file_row = {.kind = SERVICE_KIND_OBJECT, .table = &file_table};

static const void *rows_of_files(const void *record, size_t *at, union service_row *space)
{
    const struct service_extracted_asset *asset = record;
    (void)space;
    return *at < asset->file_count ? &asset->files[(*at)++] : NULL;
}

static const char *const banks[] = {"GLYPH", "SOUNDS", "SCENE", NULL};
static const char *const formats[] = {"GLYPH/indexed_v1", "GLYPH/raw_v1", "SOUNDS/pcm16le_v1",
                                      "SOUNDS/raw_v1",    "SCENE/raw_v1", NULL};

static const struct service_member asset_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, ASSET(asset_id)},
    {.name = "asset_name", .kind = SERVICE_KIND_STRING, ASSET(name)},
    {.name = "bank_type", .kind = SERVICE_KIND_STRING, .words = banks, ASSET(bank)},
    {.name = "root", .kind = SERVICE_KIND_STRING, .help = "Relative to assets/.", ASSET(root)},
    {.name = "format", .kind = SERVICE_KIND_STRING, .words = formats, ASSET(format)},
    {.name = "files",
     .kind = SERVICE_KIND_LIST,
     .help = "Its asset.json, and its inputs.",
     .row = &file_row,
     .rows = rows_of_files},
};
static const struct service_table asset_table = SERVICE_TABLE(asset_members);
static const struct service_member asset_row = {.kind = SERVICE_KIND_OBJECT, .table = &asset_table};

static const void *rows_of_assets(const void *record, size_t *at, union service_row *space)
{
    const struct service_extract_result *result = record;
    (void)space;
    return *at < result->count ? &result->assets[(*at)++] : NULL;
}

static bool get_conforms(const void *record, struct service_value *value)
{
    const struct service_extract_result *result = record;
    value->boolean = result->conforms == SERVICE_VERDICT_YES;
    return result->conforms != SERVICE_VERDICT_UNKNOWN;
}

static const struct service_member extract_members[] = {
    {.name = "file", .kind = SERVICE_KIND_STRING, .nullable = true, .help = "The pack, as it was named.", RESULT(file)},
    {.name = "directory",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "The directory with the workspace, as it was named.",
     RESULT(directory)},
    {.name = "conforms",
     .kind = SERVICE_KIND_BOOLEAN,
     .nullable = true,
     .help = "Is the pack what the packer promises? Null: it was not found out.",
     .get = get_conforms},
    SERVICE_MEMBER_DRY_RUN(RESULT(dry_run)),
    {.name = "assets",
     .kind = SERVICE_KIND_LIST,
     .help = "That were written, or would be.",
     .row = &asset_row,
     .rows = rows_of_assets},
    {.name = "files",
     .kind = SERVICE_KIND_COUNT,
     .help = "How many were written: with the registry, and the .gitignore beside it.",
     RESULT(files)},
    {.name = "bytes", .kind = SERVICE_KIND_COUNT, .help = "Of all of them.", RESULT(bytes)},
};
const struct service_table service_members_extract = SERVICE_TABLE(extract_members);
