/* The declarations of all registered assets, those that builds leave out too.
 *
 * Threads: one at a time; loading uses workers of its own. */
#ifndef PRPACK_SERVICE_DOCTOR_LOADED_H
#define PRPACK_SERVICE_DOCTOR_LOADED_H

#include "workspace/workspace.h"

struct service_doctor_loaded {
    bool fine;                             /* the build set has no fault of its own */
    const struct workspace_asset **assets; /* whose declaration is accepted, in rising asset_id; of the workspace, or of
                                              `excluded` */
    size_t count;
    struct workspace_asset *excluded;
    size_t excluded_count;
};

/* Loads the build set of an opened workspace, with the findings of workspace_load, and the declarations of all other
 * records, whose errors are warnings because they do not keep a build. False when memory ran out. Free it in either
 * case, before the workspace is closed. */
bool service_doctor_load(struct service_doctor_loaded *loaded, struct workspace *workspace, unsigned jobs,
                         struct base_findings *findings);
void service_doctor_loaded_free(struct service_doctor_loaded *loaded);

#endif
