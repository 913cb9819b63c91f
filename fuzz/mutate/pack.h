/* A mutator that knows the form of a pack. */
#ifndef PRPACK_FUZZ_MUTATE_PACK_H
#define PRPACK_FUZZ_MUTATE_PACK_H

#include "fuzz/lib/harness.h"
#include "fuzz/naive/json.h"

/* Changes a pack: a field of its prelude, a node of its header, bytes of its payloads; then repairs, as chance has it,
 * header_len, payload_offset, the entries' offsets, the canonical form. */
void fuzz_mutate_pack(struct fuzz_random *random, struct fuzz_text *pack);
/* Takes header or payloads, or a node of the header, from another pack. */
void fuzz_cross_pack(struct fuzz_random *random, struct fuzz_text *pack, struct base_bytes other);

#endif
