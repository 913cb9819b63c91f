/* What follows from the payloads that were read: glyph-palette-unused, hash-mismatch. */
#ifndef PRPACK_VERIFY_PAYLOADS_RESULTS_H
#define PRPACK_VERIFY_PAYLOADS_RESULTS_H

#include "verify/core/facts.h"
#include "verify/core/report.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

struct verify_whole_file {
    struct base_hash hash; /* of the file */
    bool has_hash;
};

/* Reports in table order, for those entries that the report lists. Needs the payloads; needs no record. */
void verify_check_payload_results(const struct verify_subject *subject, const struct verify_facts *facts,
                                  const struct verify_whole_file *whole, size_t listed, struct verify_sink *sink);

#endif
