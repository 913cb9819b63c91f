/* Image, sound and palette files made from a few bytes: well formed on the outside, anything inside. */
#ifndef PRPACK_FUZZ_PROJECTS_MEDIA_H
#define PRPACK_FUZZ_PROJECTS_MEDIA_H

#include "fuzz/lib/harness.h"
#include "fuzz/naive/json.h"

struct media_png {
    uint32_t width, height;
    uint8_t depth, colour, interlace; /* as IHDR has them */
    struct base_bytes palette;        /* PLTE; none when empty */
    struct base_bytes transparency;   /* tRNS; none when empty */
    struct base_bytes rows;           /* with their filter bytes, not compressed */
};

/* Appends a PNG with right checksums. */
void media_png(struct fuzz_text *out, const struct media_png *png);
/* Lets every chunk of a PNG that has room for it have the right checksum. */
void media_png_repair(struct fuzz_text *png);
/* Bytes of one row of an image without interlacing, the filter byte included. */
size_t media_png_row(const struct media_png *png);

/* Appends a WAV with one fmt and one data chunk. */
void media_wav(struct fuzz_text *out, uint16_t format, uint16_t channels, uint32_t rate, uint16_t bits,
               struct base_bytes samples);

#endif
