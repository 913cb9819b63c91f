/* preload-missing, preload-order and preload-duplicate: assets-pa-v1.md 1.3, 4.2.10, 4.2.14. */
#ifndef PRPACK_VERIFY_HEADER_PRELOAD_H
#define PRPACK_VERIFY_HEADER_PRELOAD_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Needs entries and preloads. Without them, because memory ran out, it reports nothing. */
void verify_check_preload(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink);

#endif
