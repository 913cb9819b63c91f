/* name-duplicate: assets-pa-v1.md 4.2.6. */
#ifndef PRPACK_VERIFY_HEADER_NAMES_H
#define PRPACK_VERIFY_HEADER_NAMES_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Needs the entries. */
void verify_check_names(const struct verify_subject *subject, const struct verify_facts *facts,
                        struct verify_sink *sink);

#endif
