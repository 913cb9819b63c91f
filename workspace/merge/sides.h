/* The sides of a text with conflicts as registries, and the base that they must have had. */
#ifndef PRPACK_WORKSPACE_MERGE_SIDES_H
#define PRPACK_WORKSPACE_MERGE_SIDES_H

#include "base/names.h"
#include "base/task.h"
#include "workspace/merge/markers.h"
#include "workspace/registry/registry.h"

/* Whether the directory of a record has an asset.json. */
struct workspace_mend_look {
    bool (*has_anchor)(void *context, const struct workspace_record *record);
    void *context;
};

struct workspace_merge_side_text {
    struct workspace_registry registry;
    struct workspace_record_places *places;
};

/* Reads what a registry is between markers: without the rules between records, but no uuid is there twice. False with
 * the reasons in findings, at places in the text, or because the task was cancelled. Free it in any case. */
bool workspace_merge_read_side(struct base_bytes text, struct base_task *task, struct workspace_merge_side_text *side,
                               struct base_findings *findings);
void workspace_merge_free_side(struct workspace_merge_side_text *side);

/* Reads both sides. After false, *failed is the first one that is not a registry; else the same. Free both in any case.
 */
bool workspace_merge_read_sides(const struct workspace_merge_parts *parts, struct base_task *task,
                                struct workspace_merge_side_text sides[WORKSPACE_MERGE_SIDES],
                                enum workspace_merge_side *failed, struct base_findings *findings);
void workspace_merge_free_sides(struct workspace_merge_side_text sides[WORKSPACE_MERGE_SIDES]);

/* The base that two sides have where the text does not give it: the records that both have, and those that one of them
 * has and the other one has removed. The uuids of those that one side has, and the other one may have removed, are
 * added to `unsure`. look may be NULL: then all records are in base, and none is unsure. False when memory ran out or
 * the task was cancelled. The caller frees both in any case. */
bool workspace_merge_infer_base(const struct workspace_merge_parts *parts,
                                const struct workspace_merge_side_text sides[WORKSPACE_MERGE_SIDES],
                                const struct workspace_mend_look *look, struct base_task *task,
                                struct workspace_registry *base, struct base_names *unsure);

#endif
