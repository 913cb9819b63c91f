/* What files of other programs are called, by how they begin and by the endings of their names: for messages, and to
 * notice a picture or a sound where something else was expected. No rule about what prpack reads is here. */
#ifndef PRPACK_BASE_MEDIA_H
#define PRPACK_BASE_MEDIA_H

#include "base/bytes.h"
#include "base/medium.h"

enum { BASE_MEDIUM_BYTES = 1084 }; /* of the beginning of a file: more are not looked at */

/* The medium that a file is by its first bytes, or NULL when it is not a known one. Fewer bytes than BASE_MEDIUM_BYTES
 * are enough for most media. The result is static. */
const struct base_medium *base_medium_of(struct base_bytes begin);

/* The same, and what a file may be by signs that files of other kinds can have, too: for messages alone. */
const struct base_medium *base_medium_guess(struct base_bytes begin);

/* The medium that a file is by the ending of its name, in upper or lower case, or NULL. */
const struct base_medium *base_medium_of_name(const char *name);

#endif
