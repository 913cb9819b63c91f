/* Whether a registered asset is where the registry says: docs/contracts/workspace.md, 8.9.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WORKSPACE_PRESENCE_H
#define PRPACK_WORKSPACE_PRESENCE_H

#include "base/index.h"
#include "workspace/workspace.h"

enum workspace_presence {
    WORKSPACE_PRESENT, /* its root has an asset.json with its uuid */
    WORKSPACE_LOST,    /* its root has none, or one of another uuid */
    WORKSPACE_UNSURE   /* its root has one that cannot be read so far */
};

/* Needs workspace_open only. *problem, which may be NULL, says why it cannot be read (base/file.h), or is 0. */
enum workspace_presence workspace_presence_of(const struct workspace *workspace, const struct workspace_record *record,
                                              int *problem);

/* The registered asset that a place lies in the directory of, or NULL: no other asset can be there. One that is lost
 * does not count. `roots` has the roots of all records, with their positions in the registry. Sets *out_of_memory when
 * memory ran out. */
const struct workspace_record *workspace_present_around(const struct workspace *workspace,
                                                        const struct base_index *roots, const char *place,
                                                        bool *out_of_memory);

#endif
