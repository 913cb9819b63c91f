/* Whether the reader and the verifier agree: the reader opens a pack exactly when no finding of class L is made.
 *
 * Part of the order in pack.c: the reader opens the same bytes first; when every rule of class L was checked, the two
 * answers are compared. A difference is a fault of this program. */
#ifndef PRPACK_VERIFY_HEADER_AGREEMENT_H
#define PRPACK_VERIFY_HEADER_AGREEMENT_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Asks the reader to open the same bytes. DIAG_NONE: it opens them. */
struct pp_error verify_open_with_reader(const struct verify_subject *subject);

/* Compares what the reader said with the findings so far. Needs the prelude and the header to be checked. */
void verify_check_agreement(const struct verify_subject *subject, const struct verify_facts *facts,
                            const struct pp_error *opening, struct verify_sink *sink);

#endif
