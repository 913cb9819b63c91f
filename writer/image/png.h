/* Untrusted PNG, read through libpng.
 *
 * A PNG is refused from its header before memory is taken for its pixels. Every checksum counts; chunks that change no
 * pixel are not interpreted. Colours are taken as they are: no gamma, no profile, no background.
 *
 * Threads: one png belongs to one thread at a time. */
#ifndef PRPACK_WRITER_IMAGE_PNG_H
#define PRPACK_WRITER_IMAGE_PNG_H

#include "writer/image/image.h"
#include "writer/image/png_chunks.h"
#include "writer/source.h"

struct png_struct_def;
struct png_info_def;
struct writer_grid;

/* Larger files than this are refused unread: a sheet has 65,536 pixels. */
#define WRITER_PNG_BYTES_MAX UINT64_C(67108864)

/* Colours are 0xAARRGGBB, alpha 0 transparent, 255 opaque. */
struct writer_png {
    struct png_struct_def *png;
    struct png_info_def *info;
    struct writer_source *source;
    struct writer_png_chunks chunks;
    bool out_of_memory;
    char error[120]; /* what libpng said, when it gave up */
    uint32_t width;
    uint32_t height;
    unsigned bit_depth; /* a sample */
    bool indexed;
    bool keyed;             /* has a tRNS chunk */
    bool alpha_channel;     /* each pixel has an alpha of its own */
    uint32_t palette_count; /* indexed: 1 … 256 */
    uint32_t palette[WRITER_PNG_PALETTE_MAX];
};

/* Reads up to the first pixel data: size, kind and palette. Reports image-invalid, input-too-large and read errors.
 * Close it in either case. The source must outlive it. */
bool writer_png_open(struct writer_png *png, struct writer_source *source, const struct writer_reporter *report);

/* Decodes the pixels and reads the file to its end chunk. The caller has checked width and height: width x height x 8
 * bytes are taken at most. Reports image-invalid, pixel-inexpressible (16-bit samples that 8 bits cannot hold exactly)
 * and read errors. A finding about pixels leaves *image as far as it can be shown; after others it is empty. Free it
 * with writer_image_free in any case. grid says how the picture is cut; NULL: it is not, and only the first pixel at
 * fault is named. */
bool writer_png_decode(struct writer_png *png, struct writer_image *image, const struct writer_grid *grid,
                       const struct writer_reporter *report);

void writer_png_close(struct writer_png *png);

#endif
