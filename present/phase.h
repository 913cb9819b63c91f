/* What the parts of a progress are called. Static storage. */
#ifndef PRPACK_PRESENT_PHASE_H
#define PRPACK_PRESENT_PHASE_H

#include "base/task.h"

const char *present_phase_name(enum base_phase phase);
const char *present_unit_name(enum base_unit unit);

#endif
