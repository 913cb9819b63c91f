/* The directory that `extract` writes into: docs/contracts/extract.md 2.
 *
 * What is written goes into a directory of its own first, DIR/.assets.prpack-new, which becomes DIR/assets in one step.
 * After each failure the target is as it was. Threads: one at a time. */
#ifndef PRPACK_SERVICE_EXTRACTING_TARGET_H
#define PRPACK_SERVICE_EXTRACTING_TARGET_H

#include "base/findings.h"
#include "base/task.h"
#include "service/transaction/directory.h"

struct service_extract_target {
    struct base_task *task;
    const char *shown;        /* as the user named it; borrowed */
    char *plain;              /* the same without needless slashes */
    struct service_path path; /* of `plain` */
    size_t kept;              /* how much of the path was there before */
    bool making;              /* the directory is made, and not finished */
    int fd;                   /* DIR, locked; or -1 */
    int stage_fd;             /* what is to become DIR/assets; or -1 */
};

#define SERVICE_EXTRACT_TARGET_EMPTY ((struct service_extract_target){.fd = -1, .stage_fd = -1})

/* Looks whether the directory may be written into, and changes nothing. False with the reason in findings. Free it in
 * any case. */
bool service_extract_target_check(struct service_extract_target *target, struct base_task *task, const char *shown,
                                  struct base_findings *findings);

/* Makes and locks the directory, removes what a killed process has left, and begins the stage. False with the reason in
 * findings; nothing was changed then but what was left over. */
bool service_extract_target_begin(struct service_extract_target *target, bool wait, struct base_findings *findings);

/* Makes the stage durable, and moves it into place. False with the reason in findings, or when the task was
 * cancelled. */
bool service_extract_target_finish(struct service_extract_target *target, struct base_findings *findings);

/* Removes what is not finished, and a directory that was made for it, and frees the rest. */
void service_extract_target_free(struct service_extract_target *target);

#endif
