/* What follows from the payloads that were read: glyph-palette-unused, hash-mismatch. */
#ifndef PRPACK_VERIFY_PAYLOADS_RESULTS_H
#define PRPACK_VERIFY_PAYLOADS_RESULTS_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/payloads/read.h"

/* Reports in table order, for the first `listed` entries: those that the report lists. With a record compares hashes,
 * too. Needs facts->payloads. */
void verify_check_payload_results(const struct verify_subject *subject, const struct verify_facts *facts,
                                  const struct verify_whole_file *whole, size_t listed, struct verify_sink *sink);

#endif
