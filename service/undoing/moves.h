/* What an undo moves. */
#ifndef PRPACK_SERVICE_UNDOING_MOVES_H
#define PRPACK_SERVICE_UNDOING_MOVES_H

#include "service/undoing/undoing.h"

/* Plans the moves the other way round. What came out of the quarantine goes into a new folder of it. `next` is set. */
bool service_undoing_moves(struct service_undoing *undoing);

/* Plans that the folders which the operation made are dropped: they are empty then. */
bool service_undoing_drop_folders(const struct service_undoing *undoing);

#endif
