/* The options that say what asset `add` or `adopt` makes of a directory, and where: commands in remedies repeat them.
 * Options about findings, threads and the like are not among them, because they do not change the asset. */
#ifndef PRPACK_PRESENT_LASTING_H
#define PRPACK_PRESENT_LASTING_H

#include <stddef.h>

enum { PRESENT_LASTING = 14 };

/* Their names without dashes before them, in the order in which they are repeated. Static storage. */
extern const char *const present_lasting[PRESENT_LASTING];

#endif
