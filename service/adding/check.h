/* The writer's check of a root before `add` registers it: docs/contracts/workspace.md, 6.3.1. */
#ifndef PRPACK_SERVICE_ADDING_CHECK_H
#define PRPACK_SERVICE_ADDING_CHECK_H

#include "base/task.h"
#include "workspace/workspace.h"

struct service_add_check {
    struct base_task *task;
    uint64_t max_decoded; /* bytes that the sound of a root may decode to; 0: as for a build */
    bool each;            /* the operand is a directory, each file of which becomes an asset */
    bool update;          /* the root is registered, and its new files are added */
    bool anyway;          /* it is registered in any case, so it gets the remedies of registered assets */
};

/* The `check` of struct workspace_add_options; context is a struct service_add_check. Findings have the causes whose
 * remedies can be followed when the asset is not registered yet. */
void service_add_check(void *context, const struct workspace *workspace, const struct workspace_asset *asset,
                       struct base_findings *findings);

#endif
