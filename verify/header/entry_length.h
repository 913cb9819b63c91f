/* Whether an asset.json of 1 MiB can declare each entry: assets-pa-v1.md 4.4. */
#ifndef PRPACK_VERIFY_HEADER_ENTRY_LENGTH_H
#define PRPACK_VERIFY_HEADER_ENTRY_LENGTH_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/header/outline.h"

/* Reports the entries that none can. Needs a header in the form of 1.3, and its members checked. */
void verify_check_entry_lengths(const struct verify_subject *subject, const struct verify_facts *facts,
                                const struct verify_outline *outline, struct verify_sink *sink);

#endif
