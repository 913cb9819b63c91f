#include "service/undoing/choose.h"

#include "base/report.h"
#include "service/transaction/names.h"
#include "service/undoing/lost.h"
#include "workspace/path.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What is not about one operation of the history. */
static bool report(const struct service_undoing *undoing, enum diag_cause cause, const char *message)
{
    const struct service_change *change = undoing->change;
    char *display = workspace_assets_path(change->site->registry, SERVICE_HISTORY_NAME, NULL);
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    base_report(change->findings, DIAG_UNDO_BLOCKED, &(struct base_details){.place.file = display, .cause = cause},
                "%s", message);
    free(display);
    return false;
}

static bool report_unknown(const struct service_undoing *undoing, uint64_t operation)
{
    char message[64];
    (void)snprintf(message, sizeof message, "operation %" PRIu64 " is not in the history", operation);
    return report(undoing, DIAG_CAUSE_UNDO_UNKNOWN, message);
}

/* Reads one operation. *loss is why it can never be undone, or NULL. False: memory ran out, which is reported. */
static bool look_at(struct service_undoing *undoing, size_t at, const char **loss)
{
    service_past_free(&undoing->past);
    undoing->line = &undoing->operations->lines[at];
    int problem = service_operations_past(undoing->operations, at, &undoing->past);
    if (problem == ENOMEM) {
        return service_undoing_report_memory(undoing);
    }
    *loss = problem != 0 ? "its line in the history does not say what it changed" : service_undoing_loss(undoing);
    return true;
}

static bool choose_named(struct service_undoing *undoing, uint64_t operation)
{
    const struct service_operations *operations = undoing->operations;
    const char *loss = NULL;
    size_t i = operations->count;
    while (i > 0 && operations->links[i - 1].operation != operation) {
        i--;
    }
    if (i == 0) {
        return report_unknown(undoing, operation);
    }
    undoing->line = &operations->lines[i - 1];
    if (operations->links[i - 1].by != 0) {
        return service_undoing_block(undoing, &(struct service_undoing_fault){.cause = DIAG_CAUSE_UNDO_TWICE,
                                                                              .message = "it is undone already",
                                                                              .subject = operations->links[i - 1].by});
    }
    return look_at(undoing, i - 1, &loss) &&
           (loss == NULL || service_undoing_block(undoing, &(struct service_undoing_fault){
                                                               .cause = DIAG_CAUSE_UNDO_LOST, .message = loss}));
}

/* The number of lines up to the last one before `end` that is in force and is not an undo; 0: there is none. */
static size_t find_last(const struct service_operations *operations, size_t end)
{
    while (end > 0 && (operations->links[end - 1].by != 0 || operations->links[end - 1].undoes != 0)) {
        end--;
    }
    return end;
}

/* The last operation can never be undone. Names the last one before it that may be. False in any case. */
static bool block_last(struct service_undoing *undoing, size_t end, const char *loss)
{
    const struct service_history_line *last = undoing->line;
    const char *other = loss;
    size_t before = find_last(undoing->operations, end - 1);
    while (before > 0 && look_at(undoing, before - 1, &other) && other != NULL) {
        before = find_last(undoing->operations, before - 1);
    }
    undoing->line = last;
    const struct service_undoing_fault fault = {
        .cause = before > 0 ? DIAG_CAUSE_UNDO_LOST_LAST : DIAG_CAUSE_UNDO_LOST,
        .message = loss,
        .subject = before > 0 ? undoing->operations->lines[before - 1].operation : 0,
    };
    return service_undoing_block(undoing, &fault);
}

static bool choose_last(struct service_undoing *undoing)
{
    const char *loss = NULL;
    size_t end = find_last(undoing->operations, undoing->operations->count);
    if (end == 0) {
        return report(undoing, DIAG_CAUSE_UNDO_NOTHING, "there is nothing to undo");
    }
    return look_at(undoing, end - 1, &loss) && (loss == NULL || block_last(undoing, end, loss));
}

bool service_undoing_choose(struct service_undoing *undoing, uint64_t operation)
{
    return operation != 0 ? choose_named(undoing, operation) : choose_last(undoing);
}
