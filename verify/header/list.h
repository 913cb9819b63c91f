/* Lists what a header says in the report, right or wrong. */
#ifndef PRPACK_VERIFY_HEADER_LIST_H
#define PRPACK_VERIFY_HEADER_LIST_H

#include "verify/core/report.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/header/outline.h"

/* Lists assets and preload as far as the header is JSON. */
void verify_list_header(const struct verify_subject *subject, const struct verify_outline *outline,
                        struct verify_sink *sink, struct verify_report *report);

#endif
