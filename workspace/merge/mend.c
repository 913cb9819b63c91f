#include "workspace/merge/mend.h"

#include "base/report.h"
#include "workspace/merge/merge.h"
#include "workspace/merge/print.h"

#include <stdlib.h>
#include <string.h>

/* One call. */
struct mending {
    struct base_bytes text;
    struct base_task *task;
    const struct base_place *place;
    const struct workspace_mend_look *look;
    struct base_text *mended;
    struct base_names *unsure; /* uuids of what one side has, and the other one may have removed */
    struct base_findings *findings;
};

/* Where the text says what base was, for every conflict, it is read. Zealous styles leave out lines of it, and lines
 * that were joined outside of conflicts are in it, too, so it may not be a registry: then *read is false. False when
 * memory ran out. */
static bool read_given_base(const struct mending *mending, const struct workspace_merge_parts *parts,
                            struct workspace_registry *base, bool *read)
{
    struct base_findings ignored;
    base_findings_init(&ignored);
    struct workspace_merge_side_text given = {.places = NULL};
    *read = parts->based == parts->count &&
            workspace_merge_read_side(base_text_bytes(&parts->base), mending->task, &given, &ignored);
    bool fine = !ignored.out_of_memory;
    *base = (struct workspace_registry){.records = NULL};
    if (*read) {
        *base = given.registry;
        given.registry = (struct workspace_registry){.records = NULL};
    }
    workspace_merge_free_side(&given);
    base_findings_free(&ignored);
    return fine;
}

/* The base of the two sides, as the text says, or as it must have been. False when memory ran out or the task was
 * cancelled. */
static bool find_base(const struct mending *mending, const struct workspace_merge_parts *parts,
                      const struct workspace_merge_side_text *sides, struct workspace_registry *base)
{
    bool read = false;
    return read_given_base(mending, parts, base, &read) &&
           (read || workspace_merge_infer_base(parts, sides, mending->look, mending->task, base, mending->unsure));
}

static bool is_registry(const struct mending *mending, struct base_bytes text, struct base_findings *findings)
{
    struct workspace_registry registry;
    bool is = workspace_registry_parse(text, mending->task, mending->place, &registry, findings);
    workspace_registry_free(&registry);
    return is;
}

/* ---- What cannot be known ---- */

static void report_one(const struct mending *mending, const struct workspace_merge_row *row,
                       struct base_findings *findings)
{
    enum { SHOWN = 200 };
    struct base_text root = BASE_TEXT_EMPTY;
    const struct base_details details = {
        .place = {.file = mending->place->file, .has_asset_id = true, .asset_id = row->merged.asset_id},
        .severity = BASE_WARNING,
        .cause = DIAG_CAUSE_MERGE_KEPT,
        .subject = row->merged.root,
    };
    base_text_add_quoted(&root, base_bytes_of_string(row->merged.root), SHOWN);
    base_report(findings, DIAG_MERGE_UNSURE, &details,
                "only one side of the merge has %s: that side has added it, or the other one has removed it",
                base_text_string(&root));
    base_text_release(&root, &findings->out_of_memory);
}

static int compare_to_name(const void *uuid, const void *name)
{
    return strcmp(uuid, *(char *const *)name);
}

/* In rising id; the uuids are in rising order. */
static void report_unsure(const struct mending *mending, const struct workspace_merge *merge,
                          struct base_findings *findings)
{
    const struct base_names *unsure = mending->unsure;
    for (size_t i = 0; unsure->count > 0 && i < merge->kept_count; i++) {
        const struct workspace_merge_row *row = merge->kept[i];
        if (row->conflict == WORKSPACE_MERGE_NO_CONFLICT &&
            bsearch(row->asset_uuid, unsure->items, unsure->count, sizeof *unsure->items, compare_to_name) != NULL) {
            report_one(mending, row, findings);
        }
    }
}

/* ---- Merging ---- */

static void describe_meeting(const struct workspace_merge *merge, struct base_text *why)
{
    enum { SHOWN = 200 };
    const struct workspace_record *outer = &merge->meeting[0]->merged;
    const struct workspace_record *inner = &merge->meeting[1]->merged;
    bool same = strcmp(outer->root, inner->root) == 0;
    base_text_add_string(why, same ? "the directory " : "the directory of ");
    if (!same) {
        base_text_addf(why, "%s, ", inner->asset_uuid);
    }
    base_text_add_quoted(why, base_bytes_of_string(inner->root), SHOWN);
    if (same) {
        base_text_addf(why, " is that of both %s and %s", outer->asset_uuid, inner->asset_uuid);
    } else {
        base_text_addf(why, ", lies in that of %s, ", outer->asset_uuid);
        base_text_add_quoted(why, base_bytes_of_string(outer->root), SHOWN);
    }
}

/* Merges, and makes sure of the result. After FAILED, findings have that memory ran out, or nothing: the caller knows
 * at which place of the text to say what is wrong, and *why has it, if anything more is known. */
static enum workspace_mend_end merge(const struct mending *mending, const struct workspace_merge_input *input,
                                     struct base_text *why)
{
    struct workspace_merge merge;
    struct base_findings found;
    base_findings_init(&found);
    bool fine = workspace_merge_make(input, mending->task, &merge, &found);
    if (fine && merge.meeting[0] != NULL) {
        describe_meeting(&merge, why);
        fine = false;
    }
    if (fine) {
        workspace_merge_print(&merge, mending->mended);
        workspace_merge_report(&merge, mending->place->file, &found);
        report_unsure(mending, &merge, &found);
        fine = !found.out_of_memory;
    }
    size_t conflicts = merge.conflicts;
    workspace_merge_free(&merge);
    if (fine && base_text_out_of_memory(mending->mended)) {
        base_report_out_of_memory(&found, NULL);
        fine = false;
    }
    if (fine && conflicts == 0) {
        fine = is_registry(mending, base_text_bytes(mending->mended), &found);
    }
    if (fine || found.out_of_memory) {
        base_findings_move(mending->findings, &found);
    }
    base_findings_free(&found);
    if (!fine || mending->findings->out_of_memory) {
        base_text_free(mending->mended);
        return WORKSPACE_MEND_FAILED;
    }
    return conflicts > 0 ? WORKSPACE_MEND_CONFLICTS : WORKSPACE_MENDED;
}

/* Whether no finding says why it failed. */
static bool is_unsaid(const struct mending *mending, enum workspace_mend_end end)
{
    return end == WORKSPACE_MEND_FAILED && !mending->findings->out_of_memory && !base_task_cancelled(mending->task);
}

/* ---- Conflicts ---- */

static enum workspace_mend_end merge_sides(const struct mending *mending, const struct workspace_merge_parts *parts,
                                           const struct workspace_merge_side_text *sides, struct base_text *why)
{
    struct workspace_registry base;
    enum workspace_mend_end end = WORKSPACE_MEND_FAILED;
    if (find_base(mending, parts, sides, &base)) {
        const struct workspace_merge_input input = {
            .base = &base, .sides = {&sides[WORKSPACE_MERGE_OURS].registry, &sides[WORKSPACE_MERGE_THEIRS].registry}};
        end = merge(mending, &input, why);
    } else if (!base_task_cancelled(mending->task)) {
        base_report_out_of_memory(mending->findings, NULL);
    }
    workspace_registry_free(&base);
    return end;
}

static void report_unclear(const struct mending *mending, const struct workspace_merge_parts *parts,
                           struct base_text *why)
{
    struct base_place place = *mending->place;
    struct base_lines lines = base_lines_of(mending->text);
    place.has_byte_offset = true;
    place.byte_offset = parts->unclear ? parts->unclear_at : parts->first_at;
    place.lines = &lines;
    const struct base_details details = {
        .place = place, .cause = DIAG_CAUSE_REGISTRY_UNCLEAR, .subject = mending->place->file};
    base_report(mending->findings, DIAG_REGISTRY_SYNTAX, &details, "the conflicts of a merge cannot be merged: %s",
                why->size > 0 ? base_text_string(why) : "the result is not a registry");
}

/* What is wrong with a side, by the first of its findings. */
static void describe_side(enum workspace_merge_side side, const struct base_findings *found, struct base_text *why)
{
    base_text_addf(why, "with the %s of each, %s", side == WORKSPACE_MERGE_OURS ? "first side" : "second side",
                   found->count > 0 ? found->items[0].message : "index.json is not a registry");
}

static enum workspace_mend_end mend_conflicts(const struct mending *mending, const struct workspace_merge_parts *parts)
{
    struct workspace_merge_side_text sides[WORKSPACE_MERGE_SIDES] = {{.places = NULL}, {.places = NULL}};
    struct base_findings found;
    base_findings_init(&found);
    struct base_text why = BASE_TEXT_EMPTY;
    enum workspace_merge_side failed = WORKSPACE_MERGE_OURS;
    enum workspace_mend_end end = WORKSPACE_MEND_FAILED;
    if (parts->out_of_memory) {
        base_report_out_of_memory(mending->findings, NULL);
    } else if (parts->unclear) {
        base_text_add_string(&why, "this line is out of the order in which git writes them");
    } else if (workspace_merge_read_sides(parts, mending->task, sides, &failed, &found)) {
        end = merge_sides(mending, parts, sides, &why);
    } else if (found.out_of_memory) {
        base_findings_move(mending->findings, &found);
    } else {
        describe_side(failed, &found, &why);
    }
    if (is_unsaid(mending, end)) {
        report_unclear(mending, parts, &why);
        end = WORKSPACE_MEND_UNCLEAR;
    }
    base_text_release(&why, &mending->findings->out_of_memory);
    workspace_merge_free_sides(sides);
    base_findings_free(&found);
    return end;
}

/* ---- Equal ids ---- */

static enum workspace_mend_end mend_ids(const struct mending *mending, struct base_findings *wrong)
{
    struct workspace_merge_side_text side = {.places = NULL};
    struct base_text why = BASE_TEXT_EMPTY;
    struct base_findings ignored;
    base_findings_init(&ignored);
    enum workspace_mend_end end = WORKSPACE_MEND_FAILED;
    if (workspace_merge_read_side(mending->text, mending->task, &side, &ignored)) {
        const struct workspace_merge_input input = {.base = &side.registry, .sides = {&side.registry, &side.registry}};
        end = merge(mending, &input, &why);
    } else if (ignored.out_of_memory) {
        base_findings_move(mending->findings, &ignored);
    }
    if (is_unsaid(mending, end)) {
        base_findings_move(mending->findings, wrong);
    }
    base_findings_free(&ignored);
    base_text_release(&why, &mending->findings->out_of_memory);
    workspace_merge_free_side(&side);
    return end;
}

enum workspace_mend_end workspace_merge_mend(struct base_bytes text, struct base_task *task,
                                             const struct base_place *place, const struct workspace_mend_look *look,
                                             struct base_text *mended, struct base_findings *findings)
{
    struct base_names unsure = BASE_NAMES_EMPTY;
    const struct mending mending = {.text = text,
                                    .task = task,
                                    .place = place,
                                    .look = look,
                                    .mended = mended,
                                    .unsure = &unsure,
                                    .findings = findings};
    struct base_findings wrong;
    base_findings_init(&wrong);
    *mended = BASE_TEXT_EMPTY;
    enum workspace_mend_end end = WORKSPACE_MEND_FAILED;
    if (is_registry(&mending, text, &wrong)) {
        end = WORKSPACE_MEND_NOT_NEEDED;
    } else if (wrong.out_of_memory) {
        base_findings_move(findings, &wrong);
    } else if (!base_task_cancelled(task)) {
        struct workspace_merge_parts parts;
        workspace_merge_take_apart(text, &parts);
        end = parts.count > 0 || parts.unclear ? mend_conflicts(&mending, &parts) : mend_ids(&mending, &wrong);
        workspace_merge_parts_free(&parts);
    }
    base_findings_free(&wrong);
    base_names_free(&unsure);
    return end;
}
