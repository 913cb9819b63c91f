/* One chunk of a WAV, RF64, Wave64 or AIFF. docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_SOUND_CHUNK_H
#define PRPACK_VERIFY_SOUND_CHUNK_H

#include "verify/sound/container.h"

enum { VERIFY_SOUND_CHUNKS_MAX = 4096 }; /* before the samples, and after them */

/* Four characters; of a Wave64 those of its form and its samples, as "fmt " and "data", else zeros. */
struct verify_sound_chunk {
    bool is_there; /* for a caller that keeps chunks; the members below mean nothing else */
    uint8_t id[4];
    uint64_t at;      /* of the whole chunk, in the file */
    uint64_t size_at; /* of its size, in the file */
    uint64_t number;  /* its size, as the file has it */
    uint64_t begin;   /* of its content */
    uint64_t size;    /* of its content, which may pass the end of the file */
    bool too_small;   /* of a Wave64: the number does not count its own 24 bytes; size is 0 then */
};

/* Whether a chunk begins at a position, of which the caller knows nothing. bytes->fault has what could not be read. */
bool verify_sound_chunk_read(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                             uint64_t at, struct verify_sound_chunk *chunk);

static inline bool verify_sound_chunk_is_inside(const struct verify_sound_chunk *chunk, const struct base_file *file)
{
    return chunk->begin <= file->size && chunk->size <= file->size - chunk->begin;
}

/* Where the next chunk begins, which may be up to 7 bytes after the end of the file. The chunk is inside it. */
uint64_t verify_sound_chunk_next(const struct verify_sound_chunk *chunk,
                                 const struct verify_sound_container *container);

bool verify_sound_chunk_is(const struct verify_sound_chunk *chunk, const char *id);

/* Whether from here to the end of the file there is chunk after chunk, 1 to VERIFY_SOUND_CHUNKS_MAX. */
bool verify_sound_is_chain(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                           uint64_t at);

#endif
