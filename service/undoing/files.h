/* Files of assets: those that were replaced get the content that they had, those that were made are deleted, and those
 * that were deleted are written again. */
#ifndef PRPACK_SERVICE_UNDOING_FILES_H
#define PRPACK_SERVICE_UNDOING_FILES_H

#include "service/undoing/undoing.h"

/* Plans them, in the roots of the registry as it will be, when the build set was checked. False with the reasons
 * reported. */
bool service_undoing_files(struct service_undoing *undoing);

#endif
