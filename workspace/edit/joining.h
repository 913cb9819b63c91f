/* Whether an asset that comes back may be in the build set: docs/contracts/workspace.md, 8.7 and 8.8. */
#ifndef PRPACK_WORKSPACE_EDIT_JOINING_H
#define PRPACK_WORKSPACE_EDIT_JOINING_H

#include "workspace/edit/taken.h"

enum workspace_joining {
    WORKSPACE_JOINS,          /* and what it has is taken from then on */
    WORKSPACE_JOINS_FAULTY,   /* its declaration has a fault, so it takes nothing */
    WORKSPACE_JOINS_STRANGER, /* likewise: the asset.json is not there, or it is that of another asset */
    WORKSPACE_NAME_TAKEN,
    WORKSPACE_SLOT_TAKEN,    /* or as many assets as fit are preloaded */
    WORKSPACE_JOINING_UNREAD /* the reason is in findings */
};

/* Loads the declaration of a record, whose files are in `place` (relative to assets/) now, and looks whether another
 * asset of the build set has what it needs: *other has its name, else it is 0. */
enum workspace_joining workspace_join(const struct workspace *workspace, const struct workspace_record *record,
                                      char *place, struct workspace_taken *taken, int32_t *other,
                                      struct base_findings *findings);

/* The same of an asset whose declaration is known: it joins, or its name or slot is taken, with findings about that.
 * Memory that runs out is reported. */
enum workspace_joining workspace_join_asset(const struct workspace *workspace, const struct workspace_asset *asset,
                                            struct workspace_taken *taken, int32_t *other, struct base_findings *found);

#endif
