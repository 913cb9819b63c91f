/* What a file is that was taken for a palette and is not one, for messages.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_NOT_PALETTE_H
#define PRPACK_WRITER_IMAGE_NOT_PALETTE_H

#include "base/bytes.h"
#include "base/text.h"

/* Appends what the file is, without a full stop. False, and nothing is appended, when it is of no kind that is known
 * here. *remedy is what its user may do, a sentence, or NULL when the remedy of palette-invalid says it. */
bool writer_not_palette(struct base_bytes file, struct base_text *text, const char **remedy);

#endif
