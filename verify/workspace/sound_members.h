/* Members of a declaration that say how a sound is packed: docs/contracts/workspace.md, 3.5. */
#ifndef PRPACK_VERIFY_WORKSPACE_SOUND_MEMBERS_H
#define PRPACK_VERIFY_WORKSPACE_SOUND_MEMBERS_H

#include "verify/workspace/declared.h"

/* Reads output.pipeline.channels and output.pipeline.loop, and checks loop_start and loop_end of output.metadata as far
 * as they do not depend on the frames of a source. Format, bank, metadata and pipeline have been read. */
void verify_declared_read_sound(struct verify_declared *declared);

/* Checks that the declared loop ends inside so many frames. False when it does not, which is reported. */
bool verify_declared_check_loop(struct verify_declared *declared, uint64_t frames);

#endif
