/* What becomes of each record. */
#ifndef PRPACK_WORKSPACE_MERGE_DECIDE_H
#define PRPACK_WORKSPACE_MERGE_DECIDE_H

#include "workspace/merge/row.h"

/* Decides of each row alone whether it is kept, what it has besides its id, and whether the sides contradict each
 * other. */
void workspace_merge_decide(struct workspace_merge *merge);

#endif
