/* asset_table_metadata.json: reads what it records, and compares the hashes in it that need no payload. */
#ifndef PRPACK_VERIFY_COMPANIONS_METADATA_RECORD_H
#define PRPACK_VERIFY_COMPANIONS_METADATA_RECORD_H

#include "verify/companions/companion.h"
#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Reads and checks the document. When its form is right, facts->record is what it records. */
void verify_check_record(const struct verify_subject *subject, const struct verify_companion *companion,
                         struct verify_facts *facts, struct verify_sink *sink);

/* hash-mismatch of the document itself and of the header. Needs a record. */
void verify_check_recorded_hashes(const struct verify_subject *subject, const struct verify_facts *facts,
                                  struct verify_sink *sink);

#endif
