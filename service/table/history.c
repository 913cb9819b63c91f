#include "service/service.h"
#include "service/table/tables.h"

#define PAST(field) SERVICE_AT(struct service_past_operation, field)

static const struct service_member past_members[] = {
    {.name = "operation", .kind = SERVICE_KIND_COUNT, .least = 1, .help = "Its number.", PAST(operation)},
    {.name = "time", .kind = SERVICE_KIND_STRING, .help = "UTC, as in RFC 3339.", PAST(time)},
    {.name = "name", .kind = SERVICE_KIND_STRING, .help = "Of the operation.", PAST(name)},
    {.name = "text", .kind = SERVICE_KIND_STRING, .help = "What it did, for people.", PAST(text)},
    {.name = "undoes",
     .kind = SERVICE_KIND_COUNT,
     .help = "The operation that it took back.",
     PAST(undoes),
     SERVICE_IF(struct service_past_operation, has_undoes)},
    {.name = "undone_by",
     .kind = SERVICE_KIND_COUNT,
     .help = "The operation that took it back, and has not been taken back itself.",
     PAST(undone_by),
     SERVICE_IF(struct service_past_operation, is_undone)},
};
static const struct service_table past_table = SERVICE_TABLE(past_members);
static const struct service_member past_row = {.kind = SERVICE_KIND_OBJECT, .table = &past_table};

static const void *rows_of_history(const void *record, size_t *at, union service_row *space)
{
    const struct service_history *history = record;
    (void)space;
    return *at < history->count ? &history->operations[(*at)++] : NULL;
}

static const struct service_member history_members[] = {
    {.name = "operations",
     .kind = SERVICE_KIND_LIST,
     .help = "The oldest one first.",
     .row = &past_row,
     .rows = rows_of_history},
};
const struct service_table service_members_history = SERVICE_TABLE(history_members);
