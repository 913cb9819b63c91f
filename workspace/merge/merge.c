#include "workspace/merge/merge.h"

#include "base/report.h"
#include "workspace/merge/arrange.h"
#include "workspace/merge/clash.h"
#include "workspace/merge/decide.h"
#include "workspace/merge/match.h"
#include "workspace/path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A member that nothing reads: where both sides have changed it, the greater text is taken, whichever side has it. */
static const char *merge_schema(const struct workspace_merge_input *input)
{
    const char *base = input->base->schema != NULL ? input->base->schema : "";
    const char *ours = input->sides[WORKSPACE_MERGE_OURS]->schema;
    const char *theirs = input->sides[WORKSPACE_MERGE_THEIRS]->schema;
    if (strcmp(ours != NULL ? ours : "", base) == 0) {
        return theirs;
    }
    if (strcmp(theirs != NULL ? theirs : "", base) == 0 || theirs == NULL) {
        return ours;
    }
    return ours == NULL || strcmp(ours, theirs) < 0 ? theirs : ours;
}

static void count_conflicts(struct workspace_merge *merge)
{
    for (size_t i = 0; i < merge->kept_count; i++) {
        merge->conflicts += merge->kept[i]->conflict != WORKSPACE_MERGE_NO_CONFLICT;
    }
}

bool workspace_merge_make(const struct workspace_merge_input *input, struct base_task *task,
                          struct workspace_merge *merge, struct base_findings *findings)
{
    *merge = WORKSPACE_MERGE_EMPTY;
    if (!workspace_merge_match(input, task, merge, findings)) {
        return false;
    }
    workspace_merge_decide(merge);
    enum workspace_merge_arrangement end = WORKSPACE_MERGE_NOT_ARRANGED;
    if (workspace_merge_find_clashes(merge, task)) {
        end = workspace_merge_arrange(input, task, merge);
    }
    if (end == WORKSPACE_MERGE_NO_IDS) {
        base_report(findings, DIAG_REGISTRY_SHAPE, &(struct base_details){.expected = "ids up to 2147483647"},
                    "there is no asset_id left for the assets of both sides");
    } else if (end == WORKSPACE_MERGE_NOT_ARRANGED && !base_task_cancelled(task)) {
        base_report_out_of_memory(findings, NULL);
    }
    if (end == WORKSPACE_MERGE_ARRANGED) {
        merge->schema = merge_schema(input);
        count_conflicts(merge);
    }
    return end == WORKSPACE_MERGE_ARRANGED;
}

void workspace_merge_free(struct workspace_merge *merge)
{
    free(merge->rows);
    free((void *)merge->kept);
    *merge = WORKSPACE_MERGE_EMPTY;
}

/* ---- What is said ---- */

enum { SHOWN = 200 };

static void add_old(struct base_text *text, int32_t old, int32_t id, const char *side)
{
    if (old != id) {
        base_text_addf(text, "%s%" PRId32 " in %s", text->size > 0 ? " and " : "", old, side);
    }
}

static void report_renumbered(const struct workspace_merge_row *row, struct base_findings *findings)
{
    struct base_text old = BASE_TEXT_EMPTY;
    struct base_text root = BASE_TEXT_EMPTY;
    const struct base_details details = {.place = {.has_asset_id = true, .asset_id = row->merged.asset_id},
                                         .severity = BASE_WARNING};
    int32_t id = row->merged.asset_id;
    int32_t ours = workspace_merge_old_id(row, WORKSPACE_MERGE_OURS);
    int32_t theirs = workspace_merge_old_id(row, WORKSPACE_MERGE_THEIRS);
    if (ours == theirs) {
        base_text_addf(&old, "%" PRId32, ours);
    } else {
        add_old(&old, ours, id, "ours");
        add_old(&old, theirs, id, "theirs");
    }
    base_text_add_quoted(&root, base_bytes_of_string(row->merged.root), SHOWN);
    base_report(findings, DIAG_ASSET_RENUMBERED, &details, "the asset in %s (%s) has the id %" PRId32 " now; it was %s",
                base_text_string(&root), row->asset_uuid, id, base_text_string(&old));
    base_text_release(&root, &findings->out_of_memory);
    base_text_release(&old, &findings->out_of_memory);
}

static void add_root(struct base_text *text, const char *before, const struct workspace_record *record)
{
    if (record != NULL && record->root[0] != '\0') {
        base_text_add_string(text, before);
        base_text_add_quoted(text, base_bytes_of_string(record->root), SHOWN);
    }
}

static void describe_root(const struct workspace_merge_row *row, struct base_text *text)
{
    const char *root = row->merged.root;
    const char *other = row->other->merged.root;
    base_text_add_string(text, "its directory");
    add_root(text, " ", &row->merged);
    base_text_add_string(text, strcmp(root, other) == 0             ? " is also that"
                               : workspace_path_within(root, other) ? " lies in the one"
                                                                    : " contains the one");
    base_text_addf(text, " of %s", row->other->asset_uuid);
}

static void describe(const struct workspace_merge_row *row, struct base_text *text)
{
    const struct workspace_record *ours = row->sides[WORKSPACE_MERGE_OURS];
    const struct workspace_record *theirs = row->sides[WORKSPACE_MERGE_THEIRS];
    switch (row->conflict) {
    case WORKSPACE_MERGE_NO_CONFLICT:
        break;
    case WORKSPACE_MERGE_MOVED:
        base_text_add_string(text, "its directory is");
        add_root(text, " ", ours);
        add_root(text, " in ours and ", theirs);
        base_text_add_string(text, " in theirs");
        add_root(text, "; it was ", row->base);
        break;
    case WORKSPACE_MERGE_REMOVED:
        base_text_add_string(text, ours == NULL ? "ours has removed it, and theirs has"
                                                : "theirs has removed it, and ours has");
        add_root(text, " moved it to ", ours == NULL ? theirs : ours);
        break;
    case WORKSPACE_MERGE_ROOT:
        describe_root(row, text);
        break;
    }
}

static enum diag_cause cause_of(const struct workspace_merge_row *row)
{
    static const enum diag_cause causes[] = {
        [WORKSPACE_MERGE_NO_CONFLICT] = DIAG_CAUSE_NONE,
        [WORKSPACE_MERGE_MOVED] = DIAG_CAUSE_MERGE_MOVED,
        [WORKSPACE_MERGE_REMOVED] = DIAG_CAUSE_MERGE_REMOVED,
        [WORKSPACE_MERGE_ROOT] = DIAG_CAUSE_MERGE_ROOT,
    };
    bool nested = row->conflict == WORKSPACE_MERGE_ROOT && strcmp(row->merged.root, row->other->merged.root) != 0;
    return nested ? DIAG_CAUSE_MERGE_NESTED : causes[row->conflict];
}

/* The lines of its versions; those of an asset that is in its way may be elsewhere. */
static void add_lines(const struct workspace_merge_row *row, struct base_text *text)
{
    const struct workspace_merge_row *other = row->conflict == WORKSPACE_MERGE_ROOT ? row->other : row;
    base_text_addf(text, "%zu to %zu", row->first_line, row->last_line);
    if (other->apart && other->first_line != row->first_line) {
        base_text_addf(text, " and %zu to %zu", other->first_line, other->last_line);
    }
}

static void report_conflict(const struct workspace_merge_row *row, const char *file, struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    const struct base_details details = {
        .place = {.file = file, .has_asset_id = true, .asset_id = row->merged.asset_id}, .cause = cause_of(row)};
    add_lines(row, &text);
    base_text_add_string(&text, ": ");
    describe(row, &text);
    base_report(findings, DIAG_MERGE_CONFLICT, &details, "the two sides contradict each other about %s in lines %s",
                row->asset_uuid, base_text_string(&text));
    base_text_release(&text, &findings->out_of_memory);
}

/* Whether a conflict is reported with another one: two assets that are in each other's way are one. */
static bool is_reported_with(const struct workspace_merge_row *row)
{
    return row->conflict == WORKSPACE_MERGE_ROOT && row->other->conflict == WORKSPACE_MERGE_ROOT &&
           row->other->other == row && row->other->merged.asset_id < row->merged.asset_id;
}

void workspace_merge_report(const struct workspace_merge *merge, const char *file, struct base_findings *findings)
{
    for (size_t i = 0; i < merge->kept_count; i++) {
        const struct workspace_merge_row *row = merge->kept[i];
        if (row->conflict != WORKSPACE_MERGE_NO_CONFLICT && !is_reported_with(row)) {
            report_conflict(row, file, findings);
        }
    }
    for (size_t i = 0; i < merge->kept_count; i++) {
        if (workspace_merge_is_renumbered(merge->kept[i])) {
            report_renumbered(merge->kept[i], findings);
        }
    }
}
