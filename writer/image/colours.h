/* From colours to indices: which palettes have a colour, and which of them has all colours of a picture or of a tile.
 * docs/contracts/workspace.md 3.2.2, ways 2 and 3.
 *
 * Each colour that an entry of a palette has gets a number, and each pixel the number of its colour. What palettes have
 * is a set of 64 bits per number, so a picture is matched with all palettes at once.
 *
 * Threads: a table belongs to one thread at a time. */
#ifndef PRPACK_WRITER_IMAGE_COLOURS_H
#define PRPACK_WRITER_IMAGE_COLOURS_H

#include "writer/image/unmatched.h"
#include "writer/report.h"

struct writer_colours;

/* The colours of the palettes, which stay as they are until the table is destroyed. NULL when memory ran out. */
struct writer_colours *writer_colours_create(const struct writer_palette_set *palettes);
void writer_colours_destroy(struct writer_colours *colours);

/* What a picture became. */
struct writer_tile_palettes {
    bool apart;      /* the tiles have different palettes: those of `tiles`, row by row */
    uint8_t palette; /* else this one */
    uint8_t tiles[WRITER_SHEET_TILES_MAX];
};

/* Opaque pixels whose colour equals that of an earlier opaque pixel in RGB565, but not in 8 bits per
 * channel. */
struct writer_merged {
    struct writer_tally tally;
    uint32_t colour;  /* 0xRRGGBB, of the first pixel */
    uint32_t earlier; /* the colour that it is one with */
};

/* Replaces the pixels of the image by indices of the sheet, one byte per pixel. *merged is filled for an image without
 * a palette that is matched. Reports pixel-inexpressible, once per cause, and returns false when
 * there is no way; the pixels are then as they were. */
bool writer_colours_match(struct writer_colours *colours, const struct writer_unmatched *picture,
                          struct writer_tile_palettes *result, struct writer_merged *merged,
                          const struct writer_reporter *report);

#endif
