/* Reads the payloads and, when its hash is recorded, the whole file: each byte once, with several workers. */
#ifndef PRPACK_VERIFY_PAYLOADS_PAYLOADS_H
#define PRPACK_VERIFY_PAYLOADS_PAYLOADS_H

#include "verify/core/facts.h"
#include "verify/core/report.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Hashes payloads and decoded forms, fills facts->payloads and the hashes in the report, and checks what follows from
 * them. Needs entries, with or without a record. */
void verify_check_payloads(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                           struct verify_report *report);

#endif
