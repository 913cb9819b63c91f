/* A file of chunks: WAV, RF64, Wave64, AIFF. docs/contracts/workspace.md, 3.2.3.
 *
 * Up to the samples each chunk has to be right; after them, what is not a chunk ends the walk. Threads: no shared
 * state. */
#ifndef PRPACK_WRITER_SOUND_CHUNKS_H
#define PRPACK_WRITER_SOUND_CHUNKS_H

#include "writer/sound/container.h"

enum { WRITER_CHUNKS_MAX = 4096, WRITER_CHUNK_ID = 4 };

struct writer_chunk {
    char id[WRITER_CHUNK_ID + 1]; /* printable; of a Wave64 the letters of a known GUID, else "?" */
    uint64_t at;                  /* of its head */
    uint64_t begin;               /* of its content */
    uint64_t size;                /* of its content, as announced; it may pass the end of the file */
    uint64_t number;              /* the size as it is written */
    uint64_t number_at;
    uint64_t number_size;
};

/* Walks from chunk to chunk. Only chunks.c writes the members. */
struct writer_chunks {
    const struct writer_sound_bytes *bytes;
    const struct writer_reporter *report;
    bool wave64;
    bool big_endian;
    uint64_t origin; /* where the sound begins: padding counts from there */
    uint64_t at;     /* where the next chunk begins */
    struct writer_chunk last;
    unsigned left; /* chunks that the walk has left; the last one of them is `last` */
    int problem;   /* of the first failed read */
};

struct writer_chunks writer_chunks_begin(const struct writer_sound_bytes *bytes,
                                         const struct writer_sound_container *container,
                                         const struct writer_reporter *report);

/* The next chunk, which the walk then is in. False when no chunk begins here, or when it cannot be read
 * (chunks->problem). */
bool writer_chunks_next(struct writer_chunks *chunks, struct writer_chunk *chunk);
/* Leaves a chunk, whose content has `size` bytes. */
void writer_chunks_leave(struct writer_chunks *chunks, const struct writer_chunk *chunk, uint64_t size);

/* Whether the content ends inside the file. */
bool writer_chunk_fits(const struct writer_chunks *chunks, const struct writer_chunk *chunk);
bool writer_chunk_is(const struct writer_chunk *chunk, const char *id);

/* Reports a chunk that comes after as many chunks as may come before the samples. Always false. */
bool writer_chunks_refuse_number(const struct writer_chunks *chunks);
/* Reports why no chunk begins here, or why it cannot be read. wanted: the chunk of the samples. Always false. */
bool writer_chunks_refuse(const struct writer_chunks *chunks, const char *wanted);
/* Reports a chunk that passes the end of the file. Always false. */
bool writer_chunk_refuse_size(const struct writer_chunks *chunks, const struct writer_chunk *chunk);
/* Reads the first bytes of a chunk. Reports sound-invalid when it has fewer, and read errors. */
bool writer_chunk_read(const struct writer_chunks *chunks, const struct writer_chunk *chunk, uint8_t *out, size_t size);

/* How many bytes of samples follow in the chunk of the samples, whose announced size is `size`. *given is false when
 * that is no length: then they go up to the end of the file. Reports sound-invalid when the file is cut off. */
bool writer_chunks_measure(const struct writer_chunks *chunks, const struct writer_chunk *chunk, uint64_t number,
                           uint64_t *size, bool *given);

#endif
