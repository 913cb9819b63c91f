/* Whether what the user named can be a build directory, before it is examined as one. */
#ifndef PRPACK_SERVICE_EXAMINATION_OPERAND_H
#define PRPACK_SERVICE_EXAMINATION_OPERAND_H

#include "base/findings.h"
#include "base/task.h"

/* False with a finding when it cannot: build-missing where a workspace has not been built, usage otherwise. What was
 * probably meant is `expected`, such as `usual`, the output directory of the workspace. True as well when that cannot
 * be found out: examining it says why. */
bool service_check_build_directory(const struct base_task *task, const char *path, const char *usual,
                                   struct base_findings *findings);

#endif
