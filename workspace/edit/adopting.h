/* The steps of an `adopt` (adoption.h), and what they hand on.
 *
 * Threads: one at a time. */
#ifndef PRPACK_WORKSPACE_EDIT_ADOPTING_H
#define PRPACK_WORKSPACE_EDIT_ADOPTING_H

#include "base/report.h"
#include "workspace/declaration/identity.h"
#include "workspace/edit/adopted.h"
#include "workspace/edit/adoption_refusal.h"
#include "workspace/edit/common.h"

#include <sys/stat.h>

/* One root. */
struct workspace_adopting {
    struct workspace_addition add;
    struct workspace_identity identity;
    struct stat directory;
    enum workspace_adopted_as as;
    const struct workspace_record *record; /* of REGISTERED and MOVED; of a COPY: of the original, or NULL */
    size_t first;                          /* the first root of the request that has this uuid */
    size_t next;                           /* the next one that has it; 0: there is none */
    size_t last;                           /* of the first one: the last one that has it */
    bool refused;
};

/* One request. */
struct workspace_adopting_all {
    const struct workspace *workspace;
    bool as_copy;
    struct workspace_add_common common;
    struct workspace_addition shared;
    struct workspace_adopting *roots;
    size_t count;
    struct base_index seen;  /* roots of the request, with their positions */
    struct base_index uuids; /* likewise, of the first root that has each */
    struct workspace_refusals refusals;
    struct workspace_record *records; /* of the registry, with the new roots; their strings are borrowed */
    struct workspace_plan *plan;
    struct workspace_adoption *adoption;
    struct base_findings *findings;
};

/* False, after saying so. */
static inline bool workspace_adopting_no_memory(const struct workspace_adopting_all *work)
{
    base_report_out_of_memory(work->findings, NULL);
    return false;
}

/* Whether neither memory ran out nor the task was cancelled. */
static inline bool workspace_adopting_goes_on(const struct workspace_adopting_all *work)
{
    return !work->findings->out_of_memory && !base_task_cancelled(work->workspace->task);
}

#endif
