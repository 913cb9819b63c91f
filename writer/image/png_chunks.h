/* What the chunks of a PNG say, noted while its bytes go by on their way to libpng, which does not tell it.
 *
 * Nothing is refused here, and nothing is allocated. Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_PNG_CHUNKS_H
#define PRPACK_WRITER_IMAGE_PNG_CHUNKS_H

#include "base/bytes.h"

enum { WRITER_PNG_CHUNK_HEAD = 8 };

/* What is wrong with the size or the place of a chunk. */
enum writer_png_fault {
    WRITER_PNG_SOUND,
    WRITER_PNG_PALETTE_SIZE, /* PLTE does not have 3 bytes for each of 1 to 256 colours */
    WRITER_PNG_NO_PALETTE,   /* IDAT of an indexed PNG comes before PLTE */
    WRITER_PNG_ALPHA_FIRST,  /* tRNS of an indexed PNG comes before PLTE */
    WRITER_PNG_ALPHA_SIZE,   /* tRNS has another number of bytes than the kind of PNG needs */
    WRITER_PNG_ALPHA_TWICE,  /* tRNS in a PNG whose pixels have an alpha channel */
};

enum writer_png_colours { WRITER_PNG_GREY = 0, WRITER_PNG_TRUECOLOUR = 2, WRITER_PNG_INDEXED = 3 };

/* Zero-initialise. Only png_chunks.c writes the members; the last group may be read. */
struct writer_png_chunks {
    uint64_t position; /* of the next byte in the file */
    uint64_t left;     /* bytes of data and checksum until the next chunk */
    uint8_t head[WRITER_PNG_CHUNK_HEAD];
    size_t head_size;
    uint8_t data[4]; /* the first ones of the present chunk */
    size_t data_size;
    bool counts_frames; /* the present chunk is acTL */

    uint8_t colours;       /* the colour type of IHDR: an enum writer_png_colours, or one with an alpha channel */
    bool has_palette;      /* PLTE has begun */
    uint32_t palette_size; /* its bytes */
    uint32_t frames;       /* of an animation, as acTL says; 0: none */
    bool pixels_began;     /* an IDAT has begun */

    uint64_t at;                 /* where the present chunk begins */
    uint32_t size;               /* its bytes */
    enum writer_png_fault fault; /* of the present chunk */
};

/* Takes the next bytes of the file, from its first one on. */
void writer_png_chunks_take(struct writer_png_chunks *chunks, struct base_bytes bytes);

#endif
