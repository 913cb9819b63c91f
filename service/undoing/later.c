#include "service/undoing/later.h"

#include "service/history/take_back.h"

#include <errno.h>
#include <string.h>

static bool leaves_record(const struct service_undoing *undoing, const struct service_past *past, int32_t asset_id)
{
    bool leaves = false;
    for (size_t i = 0; !leaves && i < past->change_count; i++) {
        const struct service_past_change *change = &past->changes[i];
        int32_t id = change->has_before ? change->before.asset_id : change->after.asset_id;
        leaves = id == asset_id && service_past_is_left(change, &undoing->change->workspace->registry);
    }
    return leaves;
}

static bool leaves_file(const struct service_past *past, const struct service_undoing_thing *thing)
{
    bool leaves = false;
    for (size_t i = 0; !leaves && i < past->file_count; i++) {
        const struct service_past_file *file = &past->files[i];
        leaves = file->asset_id == thing->asset_id && file->kind != SERVICE_PAST_DELETED &&
                 strcmp(file->path, thing->path) == 0 && base_hash_equal(file->after, thing->now);
    }
    return leaves;
}

/* False also when the line does not say what it changed, or memory ran out, which is reported. */
static bool leaves_thing(const struct service_undoing *undoing, size_t at, const struct service_undoing_thing *thing)
{
    struct service_past past = {.changes = NULL};
    int problem = service_past_read(&past, &undoing->operations->lines[at]);
    bool leaves = problem == 0 &&
                  (thing->path != NULL ? leaves_file(&past, thing) : leaves_record(undoing, &past, thing->asset_id));
    service_past_free(&past);
    if (problem == ENOMEM) {
        (void)service_undoing_report_memory(undoing);
    }
    return leaves;
}

/* The last operation that is in force, came later, and left the thing as it is now. NULL: there is none, or memory ran
 * out, which is reported. */
static const struct service_history_line *find_later(const struct service_undoing *undoing,
                                                     const struct service_undoing_thing *thing)
{
    const struct service_operations *operations = undoing->operations;
    for (size_t i = operations->count; i > 0 && &operations->lines[i - 1] != undoing->line; i--) {
        if (operations->links[i - 1].by == 0 && leaves_thing(undoing, i - 1, thing)) {
            return &operations->lines[i - 1];
        }
    }
    return NULL;
}

bool service_undoing_block_changed(const struct service_undoing *undoing, const struct service_undoing_thing *thing,
                                   const struct service_undoing_fault *fault)
{
    struct base_findings *findings = undoing->change->findings;
    const struct service_history_line *later =
        base_findings_keeps(findings, DIAG_UNDO_BLOCKED) ? find_later(undoing, thing) : NULL;
    if (later == NULL) {
        return service_undoing_block(undoing, fault);
    }
    struct base_text message = BASE_TEXT_EMPTY;
    struct service_undoing_fault changed = *fault;
    base_text_addf(&message, "%s: ", fault->message);
    service_undoing_name_operation(later, &message);
    base_text_add_string(&message, " came later");
    changed.cause = DIAG_CAUSE_UNDO_LATER;
    changed.subject = later->operation;
    changed.message = base_text_string(&message);
    (void)service_undoing_block(undoing, &changed);
    base_text_release(&message, &findings->out_of_memory);
    return false;
}
