/* The build set after an undo. */
#ifndef PRPACK_SERVICE_UNDOING_BUILD_SET_H
#define PRPACK_SERVICE_UNDOING_BUILD_SET_H

#include "service/undoing/undoing.h"

/* Whether the build set can have what joins it, whose names and slots are taken then. False with the reason reported;
 * free undoing->taken in either case. */
bool service_undoing_check_build_set(struct service_undoing *undoing);

/* Whether the build set can have an asset of it with the text that its asset.json gets back: its name is not that of
 * another one and, if it joins by that, its bank has a slot for it. The build set was checked. Likewise. */
bool service_undoing_check_declaration(struct service_undoing *undoing, const struct workspace_record *record,
                                       const char *path, struct base_bytes content);

#endif
