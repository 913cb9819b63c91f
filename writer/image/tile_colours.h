/* The colours of one tile, what the palettes have of them, and the palette that comes nearest. They are looked at only
 * where a picture fits no palette: a build without faults does not come here.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_TILE_COLOURS_H
#define PRPACK_WRITER_IMAGE_TILE_COLOURS_H

#include "base/text.h"
#include "writer/image/unmatched.h"

/* Sets of palettes are bits: 1 << index. */
struct writer_tile_colour {
    uint32_t rgb;   /* 0xRRGGBB, of the first pixel that has it */
    uint64_t drawn; /* palettes that have it at one of the entries 1 … 15, or can leave it out as transparent */
    uint64_t first; /* palettes that have it at entry 0 */
};

/* Each colour of an opaque pixel once, in the order of the pixels. */
struct writer_tile_colours {
    size_t count;
    struct writer_tile_colour items[WRITER_TILE_SIZE_MAX * WRITER_TILE_SIZE_MAX];
};

/* A part of a picture, in pixels. */
struct writer_area {
    uint32_t x, y, end_x, end_y;
};

struct writer_area writer_area_of_tile(const struct writer_grid *grid, uint32_t tile);

/* Collects the colours of a tile. Palettes other than the candidates of the picture count, too. */
void writer_tile_colours_take(struct writer_tile_colours *colours, const struct writer_palette_set *palettes,
                              const struct writer_unmatched *picture, uint32_t tile);

/* A colour that is one of them. */
const struct writer_tile_colour *writer_tile_colours_find(const struct writer_tile_colours *colours, uint32_t rgb);

/* The palettes that have all of them. */
uint64_t writer_tile_colours_fit(const struct writer_tile_colours *colours);

/* The candidates as a set. */
uint64_t writer_candidates_set(const struct writer_candidates *candidates);

/* How many of them a palette has. */
size_t writer_tile_colours_drawn(const struct writer_tile_colours *colours, uint8_t palette);

/* The palette of a set that is not empty that has the most of the colours; of several the lowest. */
uint8_t writer_tile_colours_nearest(const struct writer_tile_colours *colours, uint64_t set);

/* "palette 2, hero.gpl,": with the file that it is from, if that is known. */
void writer_palette_name(struct base_text *text, const struct writer_palette_set *palettes, uint8_t index);

/* "this colour, #112233 and 2 more of the tile": what the palette does not have, and rgb, one of these, is this. */
void writer_tile_colours_lacking(struct base_text *text, const struct writer_tile_colours *colours, uint8_t palette,
                                 uint32_t rgb);

#endif
