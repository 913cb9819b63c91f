/* The sheet of GLYPH/indexed_v1: images are cut into tiles, and colours become palette indices. Nothing is quantised.
 *
 * Threads: a sheet belongs to one thread at a time. */
#ifndef PRPACK_WRITER_IMAGE_SHEET_H
#define PRPACK_WRITER_IMAGE_SHEET_H

#include "writer/image/palette_set.h"
#include "writer/image/png.h"

/* Invariant: tiles counts every tile of every image, also those that found no room. */
struct writer_sheet {
    uint32_t tile_size;
    uint32_t across; /* tiles in a row, and rows */
    uint64_t tiles;
    uint8_t indices[WRITER_SHEET_PIXELS]; /* one byte per pixel, row-major */
};

/* How the colours of an image become indices. */
enum writer_colouring {
    WRITER_COLOURS_MATCHED, /* looked up in the palettes, tile by tile */
    WRITER_COLOURS_KEPT,    /* the indices of the image itself */
    WRITER_COLOURS_UNJUDGED /* the palettes are faulty: only transparency is checked */
};

/* An empty sheet; false unless tile_size is a tile size. */
bool writer_sheet_init(struct writer_sheet *sheet, uint32_t tile_size);
uint32_t writer_sheet_capacity(const struct writer_sheet *sheet);

/* Whether an image can be cut: whole tiles both ways, and no more pixels than a sheet. Reports image-size. */
bool writer_sheet_check_size(uint32_t tile_size, uint32_t width, uint32_t height, const struct writer_reporter *report);

/* Cuts an image whose size was checked and appends its tiles. Reports pixel-translucent and pixel-inexpressible once
 * per tile, palette-invalid (a kept index of 16 or more) once per image. Tiles beyond the sheet's end are checked and
 * counted. */
void writer_sheet_add(struct writer_sheet *sheet, const struct writer_image *image, enum writer_colouring colouring,
                      const struct writer_palette_set *palettes, const struct writer_reporter *report);

/* Stores the pixel plane and the palettes as 2.1 lays them out. */
void writer_sheet_store(const struct writer_sheet *sheet, const struct writer_palette_set *palettes,
                        uint8_t out[WRITER_GLYPH_SIZE]);

/* The decoded form of a stored sheet: one byte per pixel, then the palettes as they are stored. */
void writer_sheet_unpack(const uint8_t stored[WRITER_GLYPH_SIZE], uint8_t out[WRITER_GLYPH_DECODED_SIZE]);

#endif
