/* What files of other programs are called, by how they begin and by the endings of their names: for messages, and to
 * notice a picture or a sound where something else was expected. No rule about what prpack reads is here. */
#ifndef PRPACK_BASE_MEDIA_H
#define PRPACK_BASE_MEDIA_H

#include "base/bytes.h"

enum base_medium_sort {
    BASE_MEDIUM_PICTURE,
    BASE_MEDIUM_SOUND,       /* without loss */
    BASE_MEDIUM_LOSSY_SOUND, /* with loss; films are here too */
    BASE_MEDIUM_MUSIC,       /* notes instead of samples */
    BASE_MEDIUM_MISHAP,      /* not the file that was meant: a Git LFS pointer, a web page */
    BASE_MEDIUM_OTHER        /* an archive, a document */
};

struct base_medium {
    const char *name; /* with its article: "a GIF picture" */
    enum base_medium_sort sort;
    const char *advice; /* what its user may do, as a sentence without a full stop; or NULL */
};

enum { BASE_MEDIUM_BYTES = 1084 }; /* of the beginning of a file: more are not looked at */

/* The medium that a file is by its first bytes, or NULL when it is not a known one. Fewer bytes than BASE_MEDIUM_BYTES
 * are enough for most media. The result is static. */
const struct base_medium *base_medium_of(struct base_bytes begin);

/* The medium that a file is by the ending of its name, in upper or lower case, or NULL. */
const struct base_medium *base_medium_of_name(const char *name);

#endif
