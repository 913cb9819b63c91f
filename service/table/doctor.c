/* The result of `doctor` as a table of members. */
#include "service/service.h"
#include "service/table/plan_members.h"
#include "service/table/tables.h"

#define GROUP(field) SERVICE_AT(struct service_equal_files, field)
#define RESULT(field) SERVICE_AT(struct service_doctor_result, field)

static const void *rows_of_files(const void *record, size_t *at, union service_row *space)
{
    const struct base_names *files = record;
    (void)space;
    return *at < files->count ? &files->items[(*at)++] : NULL;
}

static const struct service_member file_row = {
    .kind = SERVICE_KIND_STRING, .storage = SERVICE_STORED_STRING, .size = sizeof(char *)};

static const struct service_member group_members[] = {
    {.name = "bytes", .kind = SERVICE_KIND_COUNT, .help = "Of each file.", GROUP(bytes)},
    {.name = "files", .kind = SERVICE_KIND_LIST, .row = &file_row, .rows = rows_of_files, GROUP(files)},
};
static const struct service_table group_table = SERVICE_TABLE(group_members);
static const struct service_member group_row = {.kind = SERVICE_KIND_OBJECT, .table = &group_table};

static const void *rows_of_groups(const void *record, size_t *at, union service_row *space)
{
    const struct service_doctor_result *result = record;
    (void)space;
    return *at < result->equal_count ? &result->equal[(*at)++] : NULL;
}

static const struct service_member doctor_members[] = {
    {.name = "assets", .kind = SERVICE_KIND_COUNT, .help = "How many are registered.", RESULT(assets)},
    {.name = "equal_content",
     .kind = SERVICE_KIND_LIST,
     .help = "Groups of input files with the same bytes.",
     .row = &group_row,
     .rows = rows_of_groups},
    SERVICE_MEMBER_DRY_RUN(RESULT(dry_run)),
    {.name = "plan",
     .kind = SERVICE_KIND_LIST,
     .row = &service_row_planned,
     .rows = service_rows_of_planned,
     .help = "What was fixed, or would be, in order.",
     RESULT(plan)},
};
const struct service_table service_members_doctor = SERVICE_TABLE(doctor_members);
