/* Which operation an undo takes back. */
#ifndef PRPACK_SERVICE_UNDOING_CHOOSE_H
#define PRPACK_SERVICE_UNDOING_CHOOSE_H

#include "service/history/operations.h"
#include "service/undoing/undoing.h"

/* Sets `line` and `past`: of the operation of that number; with 0 of the last one that is in force, is not an undo, and
 * is not lost. Those that are passed over are reported as warnings. False with the reason reported; free `past` in
 * either case. */
bool service_undoing_choose(struct service_undoing *undoing, const struct service_operations *operations,
                            uint64_t operation);

#endif
