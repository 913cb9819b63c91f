/* What assets were called that are not where the registry says: docs/contracts/workspace.md, 8.1.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_FORMER_H
#define PRPACK_SERVICE_FORMER_H

#include "service/transaction/site.h"
#include "workspace/find.h"

/* The same as workspace_finder_begin, with the names that the set in build/ has of assets without an asset.json. It
 * takes no lock; of a set that cannot be read there are no names. */
bool service_finder_begin(struct workspace_finder *finder, const struct workspace *workspace,
                          const struct service_site *site, struct base_findings *findings);

#endif
