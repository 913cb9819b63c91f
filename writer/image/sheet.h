/* The sheet of GLYPH/indexed_v1: which sprite has which tile, and the pixels. docs/contracts/workspace.md 3.2.2.1.
 *
 * Threads: a sheet belongs to one thread at a time. */
#ifndef PRPACK_WRITER_IMAGE_SHEET_H
#define PRPACK_WRITER_IMAGE_SHEET_H

#include "writer/image/palette_set.h"
#include "writer/image/tally.h"
#include "writer/report.h"

/* Invariant: all tiles before lowest_free have a holder. */
struct writer_sheet {
    uint32_t tile_size;
    uint32_t across; /* tiles in a row, and rows */
    uint32_t lowest_free;
    uint32_t
        holder[WRITER_SHEET_TILES_MAX];   /* the sprite that has the tile, as its caller numbers it from 1; 0: none */
    uint8_t indices[WRITER_SHEET_PIXELS]; /* one byte per pixel, row-major */
};

/* An empty sheet; false unless tile_size is a tile size. */
bool writer_sheet_init(struct writer_sheet *sheet, uint32_t tile_size);
uint32_t writer_sheet_capacity(const struct writer_sheet *sheet);

/* Whether an image can be cut: no more pixels than a sheet, and whole tiles both ways, unless it is padded to them. */
bool writer_sheet_takes(uint32_t tile_size, bool pad, uint32_t width, uint32_t height);
/* The same; reports image-size. */
bool writer_sheet_check_size(uint32_t tile_size, bool pad, uint32_t width, uint32_t height,
                             const struct writer_reporter *report);

/* The lowest tile from which on `count` tiles are free. False when there is none. */
bool writer_sheet_find(const struct writer_sheet *sheet, uint32_t count, uint32_t *tile);
/* Who has one of `count` tiles from `tile` on. 0 when all of them are free, and also when the sheet ends before:
 * *clash, the first tile that cannot be had, is then the capacity. *clash is left alone when all are free. */
uint32_t writer_sheet_holder(const struct writer_sheet *sheet, uint32_t tile, uint32_t count, uint32_t *clash);
/* The first tile of a holder that has one, and how many it has. */
uint32_t writer_sheet_first_of(const struct writer_sheet *sheet, uint32_t holder);
uint32_t writer_sheet_count_of(const struct writer_sheet *sheet, uint32_t holder);
/* The most tiles that are free one after the other. */
uint32_t writer_sheet_room(const struct writer_sheet *sheet);
/* Gives free tiles to a holder. */
void writer_sheet_take(struct writer_sheet *sheet, uint32_t tile, uint32_t count, uint32_t holder);

/* Cuts a picture, one index per byte, into tiles and stores them from `tile` on. What is padded stays index 0. */
void writer_sheet_draw(struct writer_sheet *sheet, uint32_t tile, const struct writer_grid *grid,
                       const uint8_t *pixels);

/* Stores the pixel plane and the palettes as 2.1 lays them out. */
void writer_sheet_store(const struct writer_sheet *sheet, const struct writer_palette_set *palettes,
                        uint8_t out[WRITER_GLYPH_SIZE]);

/* The decoded form of a stored sheet: one byte per pixel, then the palettes as they are stored. */
void writer_sheet_unpack(const uint8_t stored[WRITER_GLYPH_SIZE], uint8_t out[WRITER_GLYPH_DECODED_SIZE]);

#endif
