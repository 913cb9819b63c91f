/* The result of `gc` as a table of members. */
#include "service/service.h"
#include "service/table/plan_members.h"
#include "service/table/tables.h"

#define FILE(field) SERVICE_AT(struct service_cleared_file, field)
#define RESULT(field) SERVICE_AT(struct service_gc_result, field)

static const struct service_member file_members[] = {
    {.name = "path", .kind = SERVICE_KIND_STRING, .help = "A file, or a directory with what it has.", FILE(path)},
    {.name = "bytes", .kind = SERVICE_KIND_COUNT, .help = "Of all regular files in it.", FILE(bytes)},
};
static const struct service_table file_table = SERVICE_TABLE(file_members);
static const struct service_member file_row = {.kind = SERVICE_KIND_OBJECT, .table = &file_table};

static const void *rows_of_files(const void *record, size_t *at, union service_row *space)
{
    const struct service_gc_result *result = record;
    (void)space;
    return *at < result->count ? &result->files[(*at)++] : NULL;
}

static const struct service_member gc_members[] = {
    {.name = "files",
     .kind = SERVICE_KIND_LIST,
     .help = "That were deleted, or would be.",
     .row = &file_row,
     .rows = rows_of_files},
    {.name = "bytes", .kind = SERVICE_KIND_COUNT, .help = "Of all these files.", RESULT(bytes)},
    SERVICE_MEMBER_DRY_RUN(RESULT(dry_run)),
    {.name = "plan",
     .kind = SERVICE_KIND_LIST,
     .row = &service_row_planned,
     .rows = service_rows_of_planned,
     .help = "What was done, or would be, in order.",
     RESULT(plan)},
};
const struct service_table service_members_gc = SERVICE_TABLE(gc_members);
