/* The results of `quarantine list` and `quarantine purge` as tables of members. */
#include "service/service.h"
#include "service/table/plan_members.h"
#include "service/table/tables.h"

#define KEPT(field) SERVICE_AT(struct service_kept, field)
#define KNOWN SERVICE_IF(struct service_kept, readable)

static const struct service_member kept_members[] = {
    {.name = "folder", .kind = SERVICE_KIND_STRING, .help = "In assets/.prometeu/quarantine/.", KEPT(folder)},
    {.name = "operation", .kind = SERVICE_KIND_COUNT, .least = 1, .help = "Its number.", KEPT(operation)},
    {.name = "fault",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "What is wrong with record.json; else null. With a fault nothing is known of the asset.",
     KEPT(fault)},
    {.name = "has_files",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The directory of the asset is there.",
     KEPT(has_files)},
    {.name = "time", .kind = SERVICE_KIND_STRING, .nullable = true, .help = "UTC, as in RFC 3339.", KEPT(time)},
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, .least = 1, KEPT(asset_id), KNOWN},
    {.name = "asset_uuid", .kind = SERVICE_KIND_STRING, .nullable = true, KEPT(asset_uuid)},
    {.name = "name",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Null, too, when the declaration was not accepted.",
     KEPT(name)},
    {.name = "root", .kind = SERVICE_KIND_STRING, .nullable = true, .help = "Relative to assets/.", KEPT(root)},
    {.name = "included_in_build", .kind = SERVICE_KIND_BOOLEAN, KEPT(included), KNOWN},
    {.name = "files", .kind = SERVICE_KIND_COUNT, .help = "Regular files.", KEPT(file_count), KNOWN},
    {.name = "bytes", .kind = SERVICE_KIND_COUNT, .help = "Of all files.", KEPT(bytes), KNOWN},
};
static const struct service_table kept_table = SERVICE_TABLE(kept_members);
static const struct service_member kept_row = {.kind = SERVICE_KIND_OBJECT, .table = &kept_table};

static const void *rows_of_quarantine(const void *record, size_t *at, union service_row *space)
{
    const struct service_quarantine *quarantine = record;
    (void)space;
    return *at < quarantine->count ? &quarantine->folders[(*at)++] : NULL;
}

static const struct service_member quarantine_list_members[] = {
    {.name = "folders",
     .kind = SERVICE_KIND_LIST,
     .help = "In rising number.",
     .row = &kept_row,
     .rows = rows_of_quarantine},
};
const struct service_table service_members_quarantine_list = SERVICE_TABLE(quarantine_list_members);

/* ---- purge ---- */

#define PURGED(field) SERVICE_AT(struct service_purge_result, field)

static const void *rows_of_purged(const void *record, size_t *at, union service_row *space)
{
    const struct service_purge_result *result = record;
    (void)space;
    return *at < result->count ? &result->folders[(*at)++] : NULL;
}

static const struct service_member quarantine_purge_members[] = {
    {.name = "folders",
     .kind = SERVICE_KIND_LIST,
     .help = "That are deleted, or would be.",
     .row = &kept_row,
     .rows = rows_of_purged},
    {.name = "files", .kind = SERVICE_KIND_COUNT, .help = "Regular files in them.", PURGED(files)},
    {.name = "bytes", .kind = SERVICE_KIND_COUNT, .help = "Of these files.", PURGED(bytes)},
    SERVICE_MEMBER_DRY_RUN(PURGED(dry_run)),
    {.name = "plan",
     .kind = SERVICE_KIND_LIST,
     .row = &service_row_planned,
     .rows = service_rows_of_planned,
     .help = "What was done, or would be, in order.",
     PURGED(plan)},
};
const struct service_table service_members_quarantine_purge = SERVICE_TABLE(quarantine_purge_members);
