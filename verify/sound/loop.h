/* The loop of a sound. docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_SOUND_LOOP_H
#define PRPACK_VERIFY_SOUND_LOOP_H

#include "verify/sound/layout.h"

/* Frames; the end is not part of it. */
struct verify_sound_loop {
    bool is_there; /* a forward loop with both its ends, which may be anywhere */
    uint64_t start;
    uint64_t end;
};

/* Looks for the loop that counts in the chunks of a file; bytes->fault has what could not be read. A Wave64 has none.
 */
void verify_sound_find_loop(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                            const struct verify_sound_layout *layout, struct verify_sound_loop *loop);

#endif
