/* The result of merge-registry as a table of members. */
#include "service/service.h"
#include "service/table/plan_members.h"
#include "service/table/tables.h"

#define ASSET(field) SERVICE_AT(struct service_merged_asset, field)
#define RESULT(field) SERVICE_AT(struct service_merge_result, field)
#define OF_SIDE(id, root, in, side)                                                                                    \
    {.name = #id,                                                                                                      \
     .kind = SERVICE_KIND_INTEGER,                                                                                     \
     .help = "Null: " side " does not have it.",                                                                       \
     ASSET(id),                                                                                                        \
     SERVICE_IF(struct service_merged_asset, in)},                                                                     \
    {                                                                                                                  \
        .name = #root, .kind = SERVICE_KIND_STRING, .nullable = true, ASSET(root)                                      \
    }

static const char *const conflicts[] = {"moved", "removed", "root", NULL};

static const struct service_member asset_members[] = {
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, .least = 1, .help = "In the result.", ASSET(asset_id)},
    {.name = "asset_uuid", .kind = SERVICE_KIND_STRING, SERVICE_IN_PLACE(struct service_merged_asset, asset_uuid)},
    {.name = "root",
     .kind = SERVICE_KIND_STRING,
     .help = "Relative to assets/; of a conflict, that of one side.",
     ASSET(root)},
    OF_SIDE(ours_id, ours_root, in_ours, "ours"),
    OF_SIDE(theirs_id, theirs_root, in_theirs, "theirs"),
    {.name = "conflict",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .words = conflicts,
     .help =
         "moved: to two places; removed: on one side, and moved on the other; root: it is that of another asset, or "
         "lies in one or around one. Null: none.",
     ASSET(conflict)},
};
static const struct service_table asset_table = SERVICE_TABLE(asset_members);
static const struct service_member asset_row = {.kind = SERVICE_KIND_OBJECT, .table = &asset_table};

static const void *row_at(const struct service_merged_assets *list, size_t *at)
{
    return *at < list->count ? &list->items[(*at)++] : NULL;
}

static const void *rows_of_renumbered(const void *record, size_t *at, union service_row *space)
{
    const struct service_merge_result *result = record;
    (void)space;
    return row_at(&result->renumbered, at);
}

static const void *rows_of_conflicts(const void *record, size_t *at, union service_row *space)
{
    const struct service_merge_result *result = record;
    (void)space;
    return row_at(&result->conflicts, at);
}

static const struct service_member merge_members[] = {
    {.name = "file", .kind = SERVICE_KIND_STRING, .help = "Ours, as it was named.", RESULT(file)},
    SERVICE_MEMBER_DRY_RUN(RESULT(dry_run)),
    {.name = "merged",
     .kind = SERVICE_KIND_BOOLEAN,
     .help = "The file has the result, with conflicts between markers; in a dry run, it would.",
     RESULT(merged)},
    {.name = "asset_count", .kind = SERVICE_KIND_COUNT, .help = "Records of the result.", RESULT(asset_count)},
    {.name = "next_asset_id", .kind = SERVICE_KIND_INTEGER, .help = "0: nothing was merged.", RESULT(next_asset_id)},
    {.name = "renumbered",
     .kind = SERVICE_KIND_LIST,
     .help = "Assets that have another id than one of the sides had, in rising asset_id.",
     .row = &asset_row,
     .rows = rows_of_renumbered},
    {.name = "conflicts",
     .kind = SERVICE_KIND_LIST,
     .help = "What the two sides contradict each other in, in rising asset_id.",
     .row = &asset_row,
     .rows = rows_of_conflicts},
    {.name = "plan",
     .kind = SERVICE_KIND_LIST,
     .row = &service_row_planned,
     .rows = service_rows_of_planned,
     .help = "What was done, or would be, in order.",
     RESULT(plan)},
};
const struct service_table service_members_merge_registry = SERVICE_TABLE(merge_members);
