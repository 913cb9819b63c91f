/* Where the quarantine is: docs/contracts/workspace.md, 8.7. */
#ifndef PRPACK_SERVICE_QUARANTINE_PLACE_H
#define PRPACK_SERVICE_QUARANTINE_PLACE_H

#include "service/change.h"

/* Whether directories can be moved into the quarantine and out of it: no link is on the way to it, and nothing else has
 * its name. False with the reason in findings (environment-write). */
bool service_quarantine_check_place(const struct service_change *change);

#endif
