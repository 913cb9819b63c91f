/* What `add` asks the writer about a root before it is registered: docs/contracts/workspace.md, 6.3.1. */
#ifndef PRPACK_SERVICE_ADDING_CHECK_H
#define PRPACK_SERVICE_ADDING_CHECK_H

#include "base/task.h"
#include "workspace/workspace.h"

struct service_add_check {
    struct base_task *task;
    uint64_t max_decoded; /* bytes that the sound of a root may decode to; 0: as for a build */
    bool each;            /* what was named is a directory of files that each become an asset */
    bool update;          /* the root is registered, and takes up new files */
    bool anyway;          /* it is registered whatever is found: what is said of registered assets holds */
};

/* The `check` of struct workspace_add_options; context is a struct service_add_check. Findings have the causes whose
 * remedies can be followed when the asset is not registered yet. */
void service_add_check(void *context, const struct workspace *workspace, const struct workspace_asset *asset, bool made,
                       struct base_findings *findings);

#endif
