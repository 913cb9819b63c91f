/* One undo: what the parts of it share. docs/contracts/workspace.md, 8.8.
 *
 * Each part of the line of the operation is compared with what is there now: undo changes nothing that is not as the
 * operation left it. Then the parts are planned the other way round. Threads: one at a time. */
#ifndef PRPACK_SERVICE_UNDOING_UNDOING_H
#define PRPACK_SERVICE_UNDOING_UNDOING_H

#include "service/change.h"
#include "service/history/past.h"
#include "workspace/edit/taken.h"

struct service_undoing {
    struct service_change *change;
    struct workspace_plan *plan;
    const struct service_history_line *line;
    struct service_past past;
    struct workspace_registry registry; /* as it will be; `records` is owned, all strings are borrowed */
    struct workspace_taken taken;       /* by the build set as it is, and what joins it */
    uint64_t next;                      /* the number of the next folder */
    uint64_t folders;                   /* that are made */
};

/* Returns false. */
bool service_undoing_report_memory(const struct service_undoing *undoing);

/* Says why it cannot be undone, and returns false. `path` is relative to assets/, or NULL; asset_id 0: no asset is
 * named. */
bool service_undoing_block(const struct service_undoing *undoing, const char *path, int32_t asset_id,
                           const char *fault);

/* Likewise, of an operation that can never be undone. */
bool service_undoing_block_lost(const struct service_undoing *undoing, const char *fault);

/* Likewise, when an asset is not registered as the operation left it: another branch may be checked out now. */
bool service_undoing_block_branch(const struct service_undoing *undoing, const char *path, int32_t asset_id,
                                  const char *fault);

/* Warns that an operation, which can never be undone, is passed over. */
void service_undoing_pass_over(const struct service_undoing *undoing, const char *fault);

/* Adds a step to the plan, which owns target and source from then on, also after a failure; target may be NULL for want
 * of memory. NULL when memory ran out, which is reported. */
struct workspace_step *service_undoing_add_step(const struct service_undoing *undoing, enum workspace_action action,
                                                char *target, char *source, const char *reason);

#endif
