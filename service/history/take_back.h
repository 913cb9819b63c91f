/* What an operation has changed in the registry, taken back. */
#ifndef PRPACK_SERVICE_HISTORY_TAKE_BACK_H
#define PRPACK_SERVICE_HISTORY_TAKE_BACK_H

#include "service/history/past.h"

/* Gives a registry the record before the change, whose strings it borrows; records has room for one more. False, and
 * the registry stays, when it does not have what the change left. */
bool service_past_take_back(const struct service_past_change *past, struct workspace_registry *registry);

/* Whether a registry has what the change left. */
bool service_past_is_left(const struct service_past_change *past, const struct workspace_registry *registry);

#endif
