/* The index.json of what was taken: docs/contracts/extract.md 2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_REGISTRY_H
#define PRPACK_EXPORT_REGISTRY_H

#include "base/text.h"

/* Begins the document, appends a record for each asset, in rising id, and ends it. `highest` is the highest id of the
 * pack, or less than 1. */
void export_registry_begin(struct base_text *text, int64_t highest);
void export_registry_add(struct base_text *text, int32_t asset_id, const char *asset_uuid, const char *root);
void export_registry_end(struct base_text *text);

#endif
