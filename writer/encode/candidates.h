/* Which palettes a sprite may get: docs/contracts/workspace.md 3.2.2. Threads: no shared state. */
#ifndef PRPACK_WRITER_ENCODE_CANDIDATES_H
#define PRPACK_WRITER_ENCODE_CANDIDATES_H

#include "workspace/model/model.h"
#include "writer/image/candidates.h"

/* The candidates of the sprite that is input number `sprite`, out of the palettes of its asset. */
struct writer_candidates writer_candidates_of(const struct workspace_declaration *declaration, size_t sprite,
                                              const struct writer_palette_set *palettes);

#endif
