/* Whether a registered asset is where the registry says: docs/contracts/workspace.md, 8.9.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WORKSPACE_PRESENCE_H
#define PRPACK_WORKSPACE_PRESENCE_H

#include "workspace/workspace.h"

enum workspace_presence {
    WORKSPACE_PRESENT, /* its root has an asset.json with its uuid */
    WORKSPACE_LOST,    /* its root has none, or one of another uuid */
    WORKSPACE_UNSURE   /* its root has one that cannot be read so far */
};

/* Needs workspace_open only. *problem, which may be NULL, says why it cannot be read (base/file.h), or is 0. */
enum workspace_presence workspace_presence_of(const struct workspace *workspace, const struct workspace_record *record,
                                              int *problem);

#endif
