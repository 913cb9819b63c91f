/* A picture as it counts for a sheet: docs/contracts/workspace.md, 3.2.2, up to the palette of an indexed PNG. */
#ifndef PRPACK_VERIFY_SOURCES_PICTURE_H
#define PRPACK_VERIFY_SOURCES_PICTURE_H

#include "base/findings.h"
#include "verify/sources/png_pixels.h"
#include "verify/sources/tally.h"
#include "verify/workspace/declared.h"

/* A pixel: its colour in RGB565 in the lowest 16 bits, then its index (0 in a picture that is not indexed) in 8, then
 * whether it is transparent, in one. */
typedef uint32_t verify_cell;
enum { VERIFY_CELL_TRANSPARENT = 1 << 24 };

static inline uint16_t verify_cell_colour(verify_cell cell)
{
    return (uint16_t)(cell & 0xFFFF);
}

static inline uint8_t verify_cell_index(verify_cell cell)
{
    return (uint8_t)(cell >> 16);
}

static inline bool verify_cell_is_transparent(verify_cell cell)
{
    return (cell & VERIFY_CELL_TRANSPARENT) != 0;
}

struct verify_picture {
    uint32_t width, height; /* in pixels; after padding, whole tiles */
    verify_cell *cells;     /* row-major; owned */
    bool indexed;
    bool keyed; /* a pixel with the colour of entry 0 of its palette is transparent */
    /* Of an indexed picture. When it is not banked, the transparent entry and entry 0 have changed places, here and in
     * the cells. */
    size_t colour_count;
    uint16_t colours[VERIFY_PNG_COLOURS];
};

uint16_t verify_rgb565(struct verify_palette_colour colour);

/* The entry that changes places with entry 0; 0: none. */
uint32_t verify_exchanged_entry(const struct verify_pixels *image);

/* Why an image is not a picture. */
struct verify_picture_fault {
    const char *text; /* static; NULL: memory ran out */
    enum diag diagnostic;
    struct verify_tally tally; /* the pixels at fault; none: it is about the image */
    const char *expected;      /* static, or NULL */
    char actual[32];           /* what the first pixel has; or empty */
};

/* Makes a picture of an image; with `pad` it is padded to whole tiles, whatever is declared. False when there is none,
 * and *fault says why. Free the picture in any case. */
bool verify_picture_make(const struct verify_pixels *image, const struct verify_declared *declared, bool pad,
                         struct verify_picture *picture, struct verify_picture_fault *fault);
void verify_picture_free(struct verify_picture *picture);

#endif
