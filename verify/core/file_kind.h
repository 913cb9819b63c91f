/* What a file probably is that is not a pack, by its first bytes. */
#ifndef PRPACK_VERIFY_CORE_FILE_KIND_H
#define PRPACK_VERIFY_CORE_FILE_KIND_H

#include "base/bytes.h"

/* Says what the file is, and what to do about it where that is known, as the end of "the file is …"; NULL when it is
 * nothing known. A few bytes are enough; 32 for the longest beginning. Static. */
const char *verify_file_kind(struct base_bytes start);

#endif
