/* Assets that go into the quarantine, as steps of a plan: docs/contracts/workspace.md, 8.7. */
#ifndef PRPACK_SERVICE_QUARANTINE_PUT_H
#define PRPACK_SERVICE_QUARANTINE_PUT_H

#include "service/change.h"

/* The number of the next operation, which the first folder gets. False with the reason in findings. */
bool service_quarantine_next(const struct service_change *change, uint64_t *number);

/* Adds the record of a new folder and the move of the root into it; the record alone where the root is gone. The name
 * of the asset is that of `asset`, whose folder, has_files and changed are set. False with the reason in findings. */
bool service_quarantine_put(const struct service_change *change, struct workspace_plan *plan,
                            const struct workspace_record *record, struct service_changed_asset *asset,
                            uint64_t number);

#endif
