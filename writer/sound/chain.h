/* From which of several places chunks go on up to the end of the file. docs/contracts/workspace.md, 3.2.3.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_CHAIN_H
#define PRPACK_WRITER_SOUND_CHAIN_H

#include "writer/sound/chunks.h"

/* Finds the first of `count` places, which rise and lie in the file, from which a chain of 1 to WRITER_CHUNKS_MAX
 * chunks goes up to the end of the file. *found says whether there is one, and *first is it. The heads of chunks are
 * read once, however many chains share them. Reports environment-memory and read errors. Returns false without a
 * finding when the task was cancelled. */
bool writer_chain_find(const struct writer_chunks *chunks, const uint64_t *places, size_t count, bool *found,
                       uint64_t *first);

#endif
