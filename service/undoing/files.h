/* Files of assets that get the content that they had. */
#ifndef PRPACK_SERVICE_UNDOING_FILES_H
#define PRPACK_SERVICE_UNDOING_FILES_H

#include "service/undoing/undoing.h"

/* Plans them, in the roots of the registry as it will be, when the build set was checked. False with the reasons
 * reported. */
bool service_undoing_files(const struct service_undoing *undoing);

#endif
