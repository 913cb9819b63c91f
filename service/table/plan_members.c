#include "service/table/plan_members.h"

#include "service/service.h"

#define PLANNED(field) SERVICE_AT(struct service_planned_file, field)

static const char *const actions[] = {"write", "move", "delete", NULL};

static const struct service_member planned_members[] = {
    {.name = "action", .kind = SERVICE_KIND_STRING, .words = actions, PLANNED(action)},
    {.name = "from",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "Null: the content comes from no other file.",
     PLANNED(from)},
    {.name = "to", .kind = SERVICE_KIND_STRING, .help = "The file.", PLANNED(to)},
    {.name = "reason", .kind = SERVICE_KIND_STRING, .help = "For people: the words may change.", PLANNED(reason)},
};
static const struct service_table planned_table = SERVICE_TABLE(planned_members);
const struct service_member service_row_planned = {.kind = SERVICE_KIND_OBJECT, .table = &planned_table};

const void *service_rows_of_planned(const void *record, size_t *at, union service_row *space)
{
    const struct service_planned *planned = record;
    (void)space;
    return *at < planned->count ? &planned->files[(*at)++] : NULL;
}
