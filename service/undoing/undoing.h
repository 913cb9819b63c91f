/* One undo: what the parts of it share. docs/contracts/workspace.md, 8.8.
 *
 * Each part of the line of the operation is compared with what is there now: undo changes nothing that is not as the
 * operation left it. Then the parts are planned the other way round. Threads: one at a time. */
#ifndef PRPACK_SERVICE_UNDOING_UNDOING_H
#define PRPACK_SERVICE_UNDOING_UNDOING_H

#include "service/change.h"
#include "service/history/operations.h"
#include "workspace/edit/taken.h"

struct service_undoing {
    struct service_change *change;
    struct workspace_plan *plan;
    const struct service_operations *operations;
    const struct service_history_line *line; /* one of theirs */
    struct service_past past;
    struct workspace_registry registry; /* as it will be; `records` is owned, all strings are borrowed */
    struct workspace_taken taken;       /* by the build set as it is, and what joins it */
    uint64_t next;                      /* the number of the next folder */
    uint64_t folders;                   /* that are made */
    size_t deleted;                     /* bytes of the files that are deleted */
};

/* Returns false. */
bool service_undoing_report_memory(const struct service_undoing *undoing);

/* Why it cannot be undone. */
struct service_undoing_fault {
    enum diag_cause cause;
    const char *path;    /* relative to assets/: the subject of the remedy, too; NULL: it is about the history */
    int32_t asset_id;    /* 0: no asset is named */
    const char *message; /* completes "operation 7 (rename asset 1) cannot be undone: …" */
    uint64_t subject;    /* a number that the remedy speaks of in place of the path; 0: none */
};

/* Appends what an operation is called in messages: its number, and what the history says of it. */
void service_undoing_name_operation(const struct service_history_line *line, struct base_text *text);

/* Says it, and returns false. */
bool service_undoing_block(const struct service_undoing *undoing, const struct service_undoing_fault *fault);

/* Warns that a file, by its path relative to assets/, stays because it was changed since. */
void service_undoing_keep(const struct service_undoing *undoing, const char *path, int32_t asset_id);

/* Likewise, because a line of the history has no room for it beside the others that are deleted. */
void service_undoing_keep_whole(const struct service_undoing *undoing, const char *path, int32_t asset_id);

/* Reports that something cannot be written or moved at a path relative to assets/, and returns false. `doing` completes
 * "could not …". */
bool service_undoing_report_write(const struct service_undoing *undoing, const char *path, const char *doing,
                                  int problem);

/* Adds a step to the plan, which owns target and source from then on, also after a failure; target may be NULL for want
 * of memory. NULL when memory ran out, which is reported. */
struct workspace_step *service_undoing_add_step(const struct service_undoing *undoing, enum workspace_action action,
                                                char *target, char *source, const char *reason);

/* Likewise of a file of an asset below its root, which is relative to assets/. Nothing else of the step is set. */
struct workspace_step *service_undoing_add_file_step(const struct service_undoing *undoing,
                                                     enum workspace_action action, const struct service_past_file *file,
                                                     const char *root, const char *reason);

#endif
