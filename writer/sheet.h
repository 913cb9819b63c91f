/* The sheet of GLYPH/indexed_v1: images are cut into tiles, and colours become palette indices. Nothing is quantised.
 *
 * Threads: a sheet belongs to one thread at a time. */
#ifndef PRPACK_WRITER_SHEET_H
#define PRPACK_WRITER_SHEET_H

#include "writer/palette_set.h"
#include "writer/png_image.h"

/* Invariant: tiles counts every tile of every image, also those that found no room. */
struct pp_sheet {
    uint32_t tile_size;
    uint32_t across; /* tiles that stand side by side: 32, 16 or 8, and as many rows of them */
    uint64_t tiles;
    uint8_t indices[PP_LAYOUT_SHEET_PIXELS]; /* one byte a pixel, row-major */
};

/* How the colours of an image become indices. */
enum pp_colouring {
    PP_COLOURS_MATCHED, /* looked up in the palettes, tile by tile */
    PP_COLOURS_KEPT,    /* the indices of the image itself */
    PP_COLOURS_UNJUDGED /* the palettes are faulty: only transparency is judged */
};

/* An empty sheet; false unless tile_size is 8, 16 or 32. */
bool pp_writer_sheet_init(struct pp_sheet *sheet, uint32_t tile_size);
uint32_t pp_writer_sheet_capacity(const struct pp_sheet *sheet);

/* Whether an image can be cut: whole tiles both ways, and no more pixels than a sheet. Reports image-size. */
bool pp_writer_sheet_judge_size(uint32_t tile_size, uint32_t width, uint32_t height, const struct pp_report *report);

/* Cuts an image whose size was judged and appends its tiles. Reports pixel-translucent and pixel-inexpressible once
 * a tile, palette-invalid (a kept index of 16 or more) once an image. Tiles beyond the sheet's end are judged and
 * counted. */
void pp_writer_sheet_add(struct pp_sheet *sheet, const struct pp_image *image, enum pp_colouring colouring,
                         const struct pp_palette_set *palettes, const struct pp_report *report);

/* Stores the pixel plane and the palettes as 2.1 lays them out. */
void pp_writer_sheet_store(const struct pp_sheet *sheet, const struct pp_palette_set *palettes,
                           uint8_t out[PP_LAYOUT_GLYPH_SIZE]);

/* The decoded form of a stored sheet: one byte a pixel, then the palettes as they are stored. */
void pp_writer_sheet_unpack(const uint8_t stored[PP_LAYOUT_GLYPH_SIZE], uint8_t out[PP_LAYOUT_GLYPH_DECODED_SIZE]);

#endif
