/* The companions stage: all three files against the pack, and what they record. */
#ifndef PRPACK_VERIFY_COMPANIONS_COMPANIONS_H
#define PRPACK_VERIFY_COMPANIONS_COMPANIONS_H

#include "verify/companions/companion.h"
#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Checks all three. Leaves what asset_table_metadata.json records in facts->record, and compares the hashes in it that
 * need no payload. Needs the prelude and the header to be checked. */
void verify_check_companions(const struct verify_subject *subject, const struct verify_companions *companions,
                             struct verify_facts *facts, struct verify_sink *sink);

#endif
