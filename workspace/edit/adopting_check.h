/* The second step of an `adopt`: whether the roots go together with the registry and with each other. */
#ifndef PRPACK_WORKSPACE_EDIT_ADOPTING_CHECK_H
#define PRPACK_WORKSPACE_EDIT_ADOPTING_CHECK_H

#include "workspace/edit/adopting.h"

/* Refuses copies unless they are asked for. */
void workspace_adopting_check_copies(struct workspace_adopting_all *work);

/* Refuses roots that others have. No root was refused before. False when memory ran out, which findings then says. */
bool workspace_adopting_check_places(struct workspace_adopting_all *work);

#endif
