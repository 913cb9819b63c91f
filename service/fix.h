/* Whether a command can be run for a finding: service/fixes.def. Threads: no state. */
#ifndef PRPACK_SERVICE_FIX_H
#define PRPACK_SERVICE_FIX_H

#include "base/findings.h"

enum service_fix {
    SERVICE_FIX_NONE,
    SERVICE_FIX_OFFERED, /* there is a command, and the user decides */
    SERVICE_FIX_SAFE     /* `doctor` runs it when it is asked to fix */
};

enum service_fix service_fix_of(const struct base_finding *finding);

#endif
