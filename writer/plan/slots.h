/* Preload slots: docs/contracts/workspace.md 3.3. Threads: no shared state. */
#ifndef PRPACK_WRITER_PLAN_SLOTS_H
#define PRPACK_WRITER_PLAN_SLOTS_H

#include "workspace/workspace.h"
#include "writer/layout.h"

/* The holder of each slot of each bank (by enum workspace_asset_type), as an asset of the workspace, or NULL. */
struct writer_slots {
    const struct workspace_asset *holder[WRITER_BANKS][WRITER_SLOTS];
    size_t count;
};

/* Assigns a slot to each asset that is preloaded: declared ones first, then the lowest free slot of the bank, in
 * rising asset_id. Reports slot-clash for the second and every later asset that declares a slot, and slot-exhausted
 * once per bank, at the first asset that finds no slot. */
void writer_slots_assign(struct writer_slots *slots, const struct workspace *workspace, struct base_findings *findings);

#endif
