/* One assets.pa, with or without the files beside it: the stages in their order. */
#ifndef PRPACK_VERIFY_PACK_H
#define PRPACK_VERIFY_PACK_H

#include "verify/companions/companion.h"
#include "verify/core/sink.h"
#include "verify/core/subject.h"

/* Examines a pack and returns whether it loads. Adds to sink; lists in report what the pack contains. companions is
 * NULL when they are not to be looked at, and then sources are not compared either. */
enum verify_verdict verify_check_pack(const struct verify_subject *subject, const struct verify_companions *companions,
                                      struct verify_sink *sink, struct verify_report *report);

#endif
