/* Where payloads lie: slice-gap, slice-overlap, payload-trailing (assets-pa-v1.md 1.4, 4.2.5), and which of them are
 * read. */
#ifndef PRPACK_VERIFY_HEADER_SLICE_LAYOUT_H
#define PRPACK_VERIFY_HEADER_SLICE_LAYOUT_H

#include "verify/core/facts.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"
#include "verify/header/outline.h"

/* Sets VERIFY_ENTRY_IS_READABLE of the entries. Needs the prelude and the entries. */
void verify_check_slices(const struct verify_subject *subject, struct verify_facts *facts,
                         const struct verify_outline *outline, struct verify_sink *sink);

#endif
