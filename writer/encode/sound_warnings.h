/* Warnings about a sound that is packed: what of it is not, and what was not known. docs/contracts/workspace.md, 3.2.3.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_ENCODE_SOUND_WARNINGS_H
#define PRPACK_WRITER_ENCODE_SOUND_WARNINGS_H

#include "writer/plan/plan.h"

/* Warns of a length that was not given, and of a loop that is dropped. The sound has no fault. */
void writer_warn_sound(const struct writer_work *work, const struct writer_reporter *report);

#endif
