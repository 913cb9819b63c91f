#include "service/history/take_back.h"

#include <string.h>

static size_t find_record(const struct workspace_registry *registry, int32_t asset_id)
{
    size_t i = 0;
    while (i < registry->count && registry->records[i].asset_id < asset_id) {
        i++;
    }
    return i;
}

static bool is_same(const struct workspace_record *a, const struct workspace_record *b)
{
    return strcmp(a->asset_uuid, b->asset_uuid) == 0 && strcmp(a->root, b->root) == 0 &&
           a->included_in_build == b->included_in_build;
}

static void insert(struct workspace_registry *registry, size_t at, struct workspace_record record)
{
    memmove(&registry->records[at + 1], &registry->records[at], (registry->count - at) * sizeof *registry->records);
    registry->records[at] = record;
    registry->count++;
}

static void erase(struct workspace_registry *registry, size_t at)
{
    registry->count--;
    memmove(&registry->records[at], &registry->records[at + 1], (registry->count - at) * sizeof *registry->records);
}

static int32_t id_of(const struct service_past_change *past)
{
    return past->has_before ? past->before.asset_id : past->after.asset_id;
}

bool service_past_is_left(const struct service_past_change *past, const struct workspace_registry *registry)
{
    size_t at = find_record(registry, id_of(past));
    bool there = at < registry->count && registry->records[at].asset_id == id_of(past);
    return there == past->has_after && (!there || is_same(&registry->records[at], &past->after));
}

bool service_past_take_back(const struct service_past_change *past, struct workspace_registry *registry)
{
    size_t at = find_record(registry, id_of(past));
    if (!service_past_is_left(past, registry)) {
        return false;
    }
    if (past->has_before && past->has_after) {
        registry->records[at] = past->before;
    } else if (past->has_before) {
        insert(registry, at, past->before);
    } else {
        erase(registry, at);
    }
    return true;
}
