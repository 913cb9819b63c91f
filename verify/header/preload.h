/* preload-duplicate: assets-pa-v1.md 4.2.10. */
#ifndef PRPACK_VERIFY_HEADER_PRELOAD_H
#define PRPACK_VERIFY_HEADER_PRELOAD_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Needs entries and preloads. */
void verify_check_preload(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink);

#endif
