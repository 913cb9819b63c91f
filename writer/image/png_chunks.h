/* What the chunks of a PNG say, noted while its bytes go by on their way to libpng, which does not tell it.
 *
 * Nothing is refused here, and nothing is allocated. Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_PNG_CHUNKS_H
#define PRPACK_WRITER_IMAGE_PNG_CHUNKS_H

#include "base/bytes.h"

enum { WRITER_PNG_CHUNK_HEAD = 8 };

/* Zero-initialise. Only png_chunks.c writes the members; the last group may be read. */
struct writer_png_chunks {
    uint64_t position; /* of the next byte in the file */
    uint64_t left;     /* bytes of data and checksum until the next chunk */
    uint8_t head[WRITER_PNG_CHUNK_HEAD];
    size_t head_size;
    uint8_t data[4]; /* the first ones of the present chunk */
    size_t data_size;
    bool counts_frames; /* the present chunk is acTL */

    uint32_t palette_size; /* bytes of PLTE; 0: none */
    uint32_t alpha_size;   /* bytes of tRNS; 0: none */
    uint64_t alpha_at;     /* where tRNS begins */
    uint32_t frames;       /* of an animation, as acTL says; 0: none */
    bool pixels_began;     /* an IDAT has begun */
};

/* Takes the next bytes of the file, from its first one on. */
void writer_png_chunks_take(struct writer_png_chunks *chunks, struct base_bytes bytes);

#endif
