/* The first step of an `adopt`: which directories were named, and what they are. */
#ifndef PRPACK_WORKSPACE_EDIT_ADOPTING_FIND_H
#define PRPACK_WORKSPACE_EDIT_ADOPTING_FIND_H

#include "workspace/edit/adopting.h"

/* Finds the directory of each root, and what it is: fills the roots. Reports those that are refused by themselves. */
void workspace_adopting_find(struct workspace_adopting_all *work, const char *const *typed);

#endif
