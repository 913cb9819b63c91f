/* The second step of an `adopt`: whether the roots go together with the registry and with each other. */
#ifndef PRPACK_WORKSPACE_EDIT_ADOPTING_CHECK_H
#define PRPACK_WORKSPACE_EDIT_ADOPTING_CHECK_H

#include "workspace/edit/adopting.h"

/* Refuses copies unless they are asked for, and roots that others have. False when memory ran out, which findings then
 * says, or the task was cancelled. */
bool workspace_adopting_check(struct workspace_adopting_all *work);

#endif
