/* What the end of a file of chunks may be: converted line ends, and chunks after samples of unknown length.
 * docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_SOUND_ENDING_H
#define PRPACK_VERIFY_SOUND_ENDING_H

#include "verify/sound/layout.h"

/* Of a layout whose samples have been found, and all chunks after them. False: bytes->fault says why. */
bool verify_sound_check_ending(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                               const struct verify_sound_layout *layout);

#endif
