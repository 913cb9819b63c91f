/* The loop in the VORBIS_COMMENT of a FLAC. docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_FLAC_COMMENT_H
#define PRPACK_VERIFY_FLAC_COMMENT_H

#include "verify/flac/bits.h"

/* One field. The first one of a name counts, whatever it says. */
struct verify_flac_field {
    bool is_there;
    bool is_number; /* 1 to 15 decimal digits */
    uint64_t number;
};

struct verify_flac_comment {
    struct verify_flac_field loop_start;
    struct verify_flac_field loop_length;
};

/* Reads the comment from the present place up to `end`, a position in the file. What does not lie inside is not looked
 * at. A failure of the reader stays there. */
void verify_flac_comment_read(struct verify_flac_bits *bits, uint64_t end, struct verify_flac_comment *comment);

#endif
