/* json-not-canonical of the header: assets-pa-v1.md 1.3, 4.2.3. */
#ifndef PRPACK_VERIFY_HEADER_CANONICAL_H
#define PRPACK_VERIFY_HEADER_CANONICAL_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Needs a header to be JSON in which no key is repeated. Returns whether it is in canonical form; false also when
 * memory ran out, which is reported. */
bool verify_check_canonical(const struct verify_subject *subject, struct base_bytes header, struct verify_sink *sink);

#endif
