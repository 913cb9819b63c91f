/* The registry after an undo. */
#ifndef PRPACK_SERVICE_UNDOING_REGISTRY_H
#define PRPACK_SERVICE_UNDOING_REGISTRY_H

#include "service/undoing/undoing.h"

/* Makes the registry as it will be. False with the reason reported; free its records in either case. */
bool service_undoing_registry(struct service_undoing *undoing);

/* Adds the last step of the plan. */
bool service_undoing_plan_registry(const struct service_undoing *undoing);

#endif
