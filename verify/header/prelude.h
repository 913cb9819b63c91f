/* The prelude: assets-pa-v1.md 1.1. */
#ifndef PRPACK_VERIFY_HEADER_PRELUDE_H
#define PRPACK_VERIFY_HEADER_PRELUDE_H

#include "verify/core/facts.h"
#include "verify/core/report.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Reads and checks the prelude; lists it in the report, and all of a legacy pack. */
void verify_check_prelude(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                          struct verify_report *report);

#endif
