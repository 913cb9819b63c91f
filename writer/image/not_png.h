/* What a file is that was taken for a PNG and is not one, for messages.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_NOT_PNG_H
#define PRPACK_WRITER_IMAGE_NOT_PNG_H

#include "base/media.h"
#include "base/text.h"

/* Appends what the file is, without a full stop, and returns what its user may do, a sentence, or NULL when the remedy
 * of image-invalid says it. begin has the first bytes of the file, BASE_MEDIUM_BYTES of them if there are as many. */
const char *writer_not_png(struct base_bytes begin, struct base_text *text);

/* Whether the bytes begin like a PNG that is none all the same, because a program of Apple's has changed it. */
bool writer_is_apple_png(struct base_bytes begin);

#endif
