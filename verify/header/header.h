/* The header: reads it and runs the stages of this sub-room in their order. */
#ifndef PRPACK_VERIFY_HEADER_HEADER_H
#define PRPACK_VERIFY_HEADER_HEADER_H

#include "verify/core/facts.h"
#include "verify/core/report.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/header/agreement.h"

/* Checks everything that needs only the text of the header. Needs a valid prelude. Closes the pack of the opening. */
void verify_check_header(const struct verify_subject *subject, struct verify_opening *opening,
                         struct verify_facts *facts, struct verify_sink *sink, struct verify_report *report);

#endif
