/* Lists what a header says in the report, right or wrong. */
#ifndef PRPACK_VERIFY_HEADER_LIST_H
#define PRPACK_VERIFY_HEADER_LIST_H

#include "reader/header.h"
#include "verify/core/report.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Lists assets and preload from a header's text as far as it is JSON. */
void verify_list_header(const struct verify_subject *subject, struct base_bytes header, struct verify_sink *sink,
                        struct verify_report *report);

/* The same from the table of a canonical header without a fault of class L. False when memory runs out and nothing is
 * listed. */
bool verify_list_table(const struct verify_subject *subject, struct base_bytes header, const struct reader_table *table,
                       struct verify_sink *sink, struct verify_report *report);

#endif
