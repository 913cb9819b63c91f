/* The asset that a user names. */
#ifndef PRPACK_WORKSPACE_FIND_H
#define PRPACK_WORKSPACE_FIND_H

#include "workspace/workspace.h"

/* The registered asset with this id, uuid, root or name. A root may be written as in the registry, from the project, or
 * as a path from the directory of the task. Reports asset-unknown, with the candidates where there are several, and
 * returns NULL. */
const struct workspace_record *workspace_find_asset(const struct workspace *workspace, const char *typed,
                                                    struct base_findings *findings);

#endif
