/* The build set after an undo. */
#ifndef PRPACK_SERVICE_UNDOING_BUILD_SET_H
#define PRPACK_SERVICE_UNDOING_BUILD_SET_H

#include "service/undoing/undoing.h"

/* Whether the build set can have what joins it, whose names and slots are taken then. False with the reason reported;
 * free undoing->taken in either case. */
bool service_undoing_check_build_set(struct service_undoing *undoing);

/* Whether the name that an asset of the build set gets back, by the text of its asset.json, is not that of another one.
 * The build set was checked. */
bool service_undoing_check_name(const struct service_undoing *undoing, const struct workspace_record *record,
                                const char *path, struct base_bytes content);

#endif
