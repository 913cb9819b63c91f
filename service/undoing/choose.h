/* Which operation an undo takes back. */
#ifndef PRPACK_SERVICE_UNDOING_CHOOSE_H
#define PRPACK_SERVICE_UNDOING_CHOOSE_H

#include "service/undoing/undoing.h"

/* Sets `line` and `past`: of the operation of that number; with 0 of the last one that is in force and is not an undo.
 * No other one is chosen in place of one that can never be undone. False with the reason reported; free `past` in
 * either case. */
bool service_undoing_choose(struct service_undoing *undoing, uint64_t operation);

#endif
