/* The fast way through a header as the packer writes it: canonical, without a fault of class L. */
#ifndef PRPACK_VERIFY_HEADER_ORDINARY_H
#define PRPACK_VERIFY_HEADER_ORDINARY_H

#include "verify/core/facts.h"
#include "verify/core/report.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* All that loading, canonical, list, members and names do, in one pass. False: the header is another one, or memory ran
 * out, and nothing was checked; facts, sink and report are as they were. Needs the header to be read. */
bool verify_check_ordinary(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                           struct verify_report *report);

#endif
