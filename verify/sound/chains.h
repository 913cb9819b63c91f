/* Chains of chunks that begin at given places. docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_SOUND_CHAINS_H
#define PRPACK_VERIFY_SOUND_CHAINS_H

#include "verify/sound/chunk.h"

enum { VERIFY_SOUND_CHAINS_MAX = 4096 };

/* The first of `count` places, which rise, from which on there is a chain as verify_sound_is_chain has it. `count` is
 * at most VERIFY_SOUND_CHAINS_MAX. False: there is none, or bytes->fault says what could not be read.
 *
 * Each chunk is read once, however many of the chains it belongs to. */
bool verify_sound_find_chain(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                             const uint64_t *places, size_t count, uint64_t *first);

#endif
