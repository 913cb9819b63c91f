/* One assets.pa, with or without the files beside it.
 *
 * An examination is a sequence of stages: prelude, header, companions, payloads, sources. Each stage is a sub-room. It
 * reads the subject (what is examined) and the facts that earlier stages left, adds facts of its own, and puts findings
 * and counts into the sink. Stages do not call each other: pack.c alone has the order. */
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
