#include "service/undoing/choose.h"

#include "base/report.h"
#include "service/transaction/names.h"
#include "service/undoing/lost.h"
#include "workspace/path.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

static bool report_unknown(const struct service_undoing *undoing, uint64_t operation)
{
    const struct service_change *change = undoing->change;
    char *display = workspace_assets_path(change->site->registry, SERVICE_HISTORY_NAME, NULL);
    const struct base_details details = {.place.file = display};
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    if (operation == 0) {
        base_report(change->findings, DIAG_UNDO_BLOCKED, &details, "there is nothing to undo");
    } else {
        base_report(change->findings, DIAG_UNDO_BLOCKED, &details, "operation %" PRIu64 " is not in the history",
                    operation);
    }
    free(display);
    return false;
}

/* Reads one operation. *loss is why it can never be undone, or NULL. False: memory ran out, which is reported. */
static bool look_at(struct service_undoing *undoing, const struct service_operations *operations, size_t at,
                    const char **loss)
{
    service_past_free(&undoing->past);
    undoing->line = &operations->lines[at];
    int problem = service_operations_past(operations, at, &undoing->past);
    if (problem == ENOMEM) {
        return service_undoing_report_memory(undoing);
    }
    *loss = problem != 0 ? "its line in the history does not say what it changed" : service_undoing_loss(undoing);
    return true;
}

static bool choose_named(struct service_undoing *undoing, const struct service_operations *operations,
                         uint64_t operation)
{
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
        return service_undoing_block(undoing, NULL, 0, "it is undone already");
    }
    return look_at(undoing, operations, i - 1, &loss) && (loss == NULL || service_undoing_block_lost(undoing, loss));
}

static bool choose_last(struct service_undoing *undoing, const struct service_operations *operations)
{
    for (size_t i = operations->count; i > 0; i--) {
        const struct service_history_link *link = &operations->links[i - 1];
        const char *loss = NULL;
        if (link->by != 0 || link->undoes != 0) {
            continue;
        }
        if (!look_at(undoing, operations, i - 1, &loss)) {
            return false;
        }
        if (loss == NULL) {
            return true;
        }
        service_undoing_pass_over(undoing, loss);
    }
    return report_unknown(undoing, 0);
}

bool service_undoing_choose(struct service_undoing *undoing, const struct service_operations *operations,
                            uint64_t operation)
{
    return operation != 0 ? choose_named(undoing, operations, operation) : choose_last(undoing, operations);
}
