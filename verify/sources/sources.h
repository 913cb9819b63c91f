/* The sources stage: payloads against the source files that they were made from. */
#ifndef PRPACK_VERIFY_SOURCES_SOURCES_H
#define PRPACK_VERIFY_SOURCES_SOURCES_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Compares every asset of the record with PROJECT/assets/: source-changed, source-mismatch. Adds a reason to
 * not_checked for what it cannot compare. Needs every other stage. */
void verify_check_sources(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink);

#endif
