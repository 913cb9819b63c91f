/* The options of `add`, checked before the file system is read. */
#ifndef PRPACK_WORKSPACE_EDIT_OPTIONS_H
#define PRPACK_WORKSPACE_EDIT_OPTIONS_H

#include "workspace/edit/addition.h"

/* Fills has_type, type and facts from the options. */
bool workspace_add_check_options(struct workspace_addition *add);

#endif
