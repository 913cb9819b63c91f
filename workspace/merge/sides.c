#include "workspace/merge/sides.h"

#include "base/report.h"
#include "base/sort.h"
#include "workspace/merge/match.h"

#include <stdlib.h>
#include <string.h>

/* ---- Reading ---- */

static int by_record_uuid(const void *left, const void *right)
{
    const struct workspace_record *const *a = left;
    const struct workspace_record *const *b = right;
    return strcmp((*a)->asset_uuid, (*b)->asset_uuid);
}

/* False with a finding if a uuid is there twice or memory ran out, or because the task was cancelled. */
static bool check_uuids(const struct workspace_registry *registry, struct base_task *task,
                        struct base_findings *findings)
{
    const struct workspace_record **records = calloc(registry->count + 1, sizeof(const struct workspace_record *));
    for (size_t i = 0; records != NULL && i < registry->count; i++) {
        records[i] = &registry->records[i];
    }
    if (records == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    bool fine =
        base_sort((void *)records, registry->count, sizeof(const struct workspace_record *), by_record_uuid, task);
    for (size_t i = 1; fine && i < registry->count; i++) {
        fine = by_record_uuid(&records[i - 1], &records[i]) != 0;
        if (!fine) {
            workspace_merge_report_twice(records[i], findings);
        }
    }
    free((void *)records);
    return fine;
}

bool workspace_merge_read_side(struct base_bytes text, struct base_task *task, struct workspace_merge_side_text *side,
                               struct base_findings *findings)
{
    return workspace_registry_parse_loosely(text, task, &BASE_NOWHERE, &side->registry, &side->places, findings) &&
           check_uuids(&side->registry, task, findings);
}

void workspace_merge_free_side(struct workspace_merge_side_text *side)
{
    workspace_registry_free(&side->registry);
    free(side->places);
    side->places = NULL;
}

bool workspace_merge_read_sides(const struct workspace_merge_parts *parts, struct base_task *task,
                                struct workspace_merge_side_text sides[WORKSPACE_MERGE_SIDES],
                                enum workspace_merge_side *failed, struct base_findings *findings)
{
    bool fine = true;
    for (int side = 0; fine && side < WORKSPACE_MERGE_SIDES; side++) {
        *failed = (enum workspace_merge_side)side;
        fine = workspace_merge_read_side(base_text_bytes(&parts->sides[side]), task, &sides[side], findings);
    }
    return fine;
}

void workspace_merge_free_sides(struct workspace_merge_side_text sides[WORKSPACE_MERGE_SIDES])
{
    for (int side = 0; side < WORKSPACE_MERGE_SIDES; side++) {
        workspace_merge_free_side(&sides[side]);
    }
}

/* ---- The base ---- */

/* A record of a side, and the one of the other side with its uuid, or NULL. */
struct pair {
    const struct workspace_record *record;
    const struct workspace_record *other;
    int side;
    size_t begin; /* of the record in the text of its side */
};

struct inferring {
    const struct workspace_merge_parts *parts;
    const struct workspace_merge_side_text *sides;
    const struct workspace_mend_look *look;
    struct workspace_registry *base;
    struct base_names *unsure;
    int64_t *ids[WORKSPACE_MERGE_SIDES]; /* of each side, rising */
};

static int by_uuid(const void *left, const void *right)
{
    const struct pair *a = left;
    const struct pair *b = right;
    int order = strcmp(a->record->asset_uuid, b->record->asset_uuid);
    return order != 0 ? order : (a->side > b->side) - (a->side < b->side);
}

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left;
    const int64_t *b = right;
    return (*a > *b) - (*a < *b);
}

/* Whether the other side, which does not have the record, may have had it. It has not if it never gave out that id, or
 * gave it to another asset. */
static bool may_be_removed(const struct inferring *inferring, const struct pair *pair)
{
    const struct workspace_registry *other = &inferring->sides[1 - pair->side].registry;
    const int64_t *ids = inferring->ids[1 - pair->side];
    int64_t id = pair->record->asset_id;
    return id < other->next_asset_id && bsearch(&id, ids, other->count, sizeof *ids, by_number) == NULL;
}

/* The files of both sides are merged already. */
static bool has_anchor(const struct inferring *inferring, const struct workspace_record *record)
{
    return inferring->look->has_anchor(inferring->look->context, record);
}

static bool list_ids(struct inferring *inferring, int side, struct base_task *task)
{
    const struct workspace_registry *registry = &inferring->sides[side].registry;
    int64_t *ids = calloc(registry->count + 1, sizeof *ids);
    inferring->ids[side] = ids;
    for (size_t i = 0; ids != NULL && i < registry->count; i++) {
        ids[i] = registry->records[i].asset_id;
    }
    return ids != NULL && base_sort(ids, registry->count, sizeof *ids, by_number, task);
}

/* Adds the record to base, with an unknown root unless `known`. */
static bool add(struct inferring *inferring, const struct workspace_record *record, bool known)
{
    struct workspace_registry *base = inferring->base;
    struct workspace_record *copy = &base->records[base->count++];
    *copy = *record;
    copy->asset_uuid = strdup(record->asset_uuid);
    copy->root = strdup(known ? record->root : "");
    return copy->asset_uuid != NULL && copy->root != NULL;
}

/* The root that a record of both sides had. Where the sides differ, and one of the two directories alone is there, the
 * other one was left. Else NULL. */
static const char *old_root(const struct inferring *inferring, const struct pair *pair)
{
    const char *root = pair->record->root;
    const char *other = pair->other->root;
    if (strcmp(root, other) == 0) {
        return root;
    }
    bool here = inferring->look != NULL && has_anchor(inferring, pair->record);
    bool there = inferring->look != NULL && has_anchor(inferring, pair->other);
    return here == there ? NULL : here ? other : root;
}

static bool add_both(struct inferring *inferring, const struct pair *pair)
{
    const char *root = old_root(inferring, pair);
    bool others = root != NULL && strcmp(root, pair->record->root) != 0;
    struct workspace_record both = others ? *pair->other : *pair->record;
    both.asset_id = pair->record->asset_id;
    both.included_in_build = pair->record->included_in_build || pair->other->included_in_build;
    return add(inferring, &both, root != NULL);
}

static bool add_pair(struct inferring *inferring, const struct pair *pair)
{
    const struct workspace_record *record = pair->record;
    if (pair->other != NULL) {
        return add_both(inferring, pair);
    }
    if (workspace_merge_is_removed(inferring->parts, (enum workspace_merge_side)pair->side, pair->begin)) {
        return add(inferring, record, false);
    }
    if (inferring->look == NULL) {
        return add(inferring, record, true);
    }
    if (!may_be_removed(inferring, pair)) {
        return true;
    }
    return has_anchor(inferring, record) ? base_names_take(inferring->unsure, strdup(record->asset_uuid))
                                         : add(inferring, record, true);
}

static size_t list_pairs(const struct inferring *inferring, struct pair *pairs)
{
    size_t count = 0;
    for (int side = 0; side < WORKSPACE_MERGE_SIDES; side++) {
        const struct workspace_merge_side_text *text = &inferring->sides[side];
        for (size_t i = 0; i < text->registry.count; i++) {
            pairs[count++] =
                (struct pair){.record = &text->registry.records[i], .side = side, .begin = text->places[i].begin};
        }
    }
    return count;
}

static bool add_all(struct inferring *inferring, struct pair *pairs, size_t count)
{
    bool fine = true;
    for (size_t i = 0; fine && i < count; i++) {
        const struct pair *next = i + 1 < count ? &pairs[i + 1] : NULL;
        bool both = next != NULL && next->side != pairs[i].side &&
                    strcmp(next->record->asset_uuid, pairs[i].record->asset_uuid) == 0;
        pairs[i].other = both ? next->record : NULL;
        fine = add_pair(inferring, &pairs[i]);
        i += both ? 1 : 0;
    }
    return fine;
}

bool workspace_merge_infer_base(const struct workspace_merge_parts *parts,
                                const struct workspace_merge_side_text sides[WORKSPACE_MERGE_SIDES],
                                const struct workspace_mend_look *look, struct base_task *task,
                                struct workspace_registry *base, struct base_names *unsure)
{
    int64_t ours = sides[WORKSPACE_MERGE_OURS].registry.next_asset_id;
    int64_t theirs = sides[WORKSPACE_MERGE_THEIRS].registry.next_asset_id;
    size_t most = sides[WORKSPACE_MERGE_OURS].registry.count + sides[WORKSPACE_MERGE_THEIRS].registry.count;
    struct pair *pairs = calloc(most + 1, sizeof *pairs);
    struct inferring inferring = {.parts = parts, .sides = sides, .look = look, .base = base, .unsure = unsure};
    *base = (struct workspace_registry){.records = calloc(most + 1, sizeof *base->records),
                                        .next_asset_id = ours < theirs ? ours : theirs};
    bool fine = pairs != NULL && base->records != NULL && list_ids(&inferring, WORKSPACE_MERGE_OURS, task) &&
                list_ids(&inferring, WORKSPACE_MERGE_THEIRS, task);
    if (fine) {
        size_t count = list_pairs(&inferring, pairs);
        fine = base_sort(pairs, count, sizeof *pairs, by_uuid, task) && add_all(&inferring, pairs, count);
    }
    free(inferring.ids[WORKSPACE_MERGE_OURS]);
    free(inferring.ids[WORKSPACE_MERGE_THEIRS]);
    free(pairs);
    return fine;
}
