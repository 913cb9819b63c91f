/* `tiles` in asset_table_metadata.json, as far as it can be checked without sources and payloads: assets-pa-v1.md 3.1.
 */
#ifndef PRPACK_VERIFY_COMPANIONS_TILES_H
#define PRPACK_VERIFY_COMPANIONS_TILES_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* tiles-mismatch. Sets tiles_fit of each asset whose `tiles` keeps the rules. Needs a record. */
void verify_check_recorded_tiles(const struct verify_subject *subject, struct verify_facts *facts,
                                 struct verify_sink *sink);

#endif
