/* Payloads as the banks hold them: assets-pa-v1.md section 2.
 *
 * All of it works on bytes that the caller has mapped or read, allocates nothing, keeps no state, and is safe from any
 * thread. */
#ifndef PRPACK_READER_DECODE_H
#define PRPACK_READER_DECODE_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PP_GLYPH_SIDE = 256, /* pixels */
    PP_GLYPH_PALETTES = 64,
    PP_GLYPH_COLOURS = 16,         /* of one palette */
    PP_GLYPH_PALETTE_BYTES = 2048, /* all palettes */
    PP_GLYPH_STORED = 34816,       /* bytes in the file */
    PP_GLYPH_DECODED = 67584       /* bytes in the bank */
};

/* Decodes [from, from + size) of the resident form of a GLYPH payload: one byte a pixel, then the palettes as stored.
 * payload.size must be PP_GLYPH_STORED and the range inside PP_GLYPH_DECODED, else false and out is unchanged. */
bool pp_glyph_decode(struct base_bytes payload, uint32_t from, uint8_t *out, uint32_t size);

/* One pixel's colour index (0 … 15); 0 when x or y is PP_GLYPH_SIDE or more, or payload.size is not PP_GLYPH_STORED. */
uint8_t pp_glyph_pixel(struct base_bytes payload, uint32_t x, uint32_t y);
/* One colour of one palette, RGB565; 0 when there is no such colour, or payload.size is not PP_GLYPH_STORED. */
uint16_t pp_glyph_colour(struct base_bytes payload, uint32_t palette, uint32_t index);

/* Decodes `count` samples from sample `from` on (interleaved; a frame has one sample per channel). False when the
 * range leaves the payload; out is then unchanged. */
bool pp_sound_decode(struct base_bytes payload, uint64_t from, int16_t *out, size_t count);

#endif
