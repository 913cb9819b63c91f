#include "reader/decode.h"

#include "base/checked.h"
#include "reader/layout.h"

#include <string.h>

enum { PIXELS = PP_GLYPH_SIDE * PP_GLYPH_SIDE, PLANE_BYTES = PIXELS / 2, PALETTE_COLOUR_BYTES = 2, NIBBLE = 0x0F };

_Static_assert(PLANE_BYTES + PP_GLYPH_PALETTE_BYTES == PP_GLYPH_STORED, "stored: the plane, then the palettes");
_Static_assert(PIXELS + PP_GLYPH_PALETTE_BYTES == PP_GLYPH_DECODED, "resident: one byte a pixel, then the palettes");
_Static_assert(PP_GLYPH_PALETTES *PP_GLYPH_COLOURS *PALETTE_COLOUR_BYTES == PP_GLYPH_PALETTE_BYTES, "palettes fill up");

/* The colour index of pixel `pixel`, row-major. pixel < PIXELS. */
static inline uint8_t pixel_at(struct base_bytes payload, uint32_t pixel)
{
    unsigned shift = pixel % 2 == 0 ? READER_GLYPH_EVEN_SHIFT : READER_GLYPH_ODD_SHIFT;
    return (uint8_t)((unsigned)payload.data[pixel / 2] >> shift & NIBBLE);
}

bool pp_glyph_decode(struct base_bytes payload, uint32_t from, uint8_t *out, uint32_t size)
{
    if (payload.size != PP_GLYPH_STORED || !base_range_inside(from, size, PP_GLYPH_DECODED)) {
        return false;
    }
    uint32_t end = from + size;
    uint32_t pixel = from;
    if (pixel % 2 != 0 && pixel < end && pixel < PIXELS) {
        *out++ = pixel_at(payload, pixel++);
    }
    /* Both pixels of a byte at a time: compilers make wide loads and stores of it. */
    size_t pairs = pixel < PIXELS ? ((end < PIXELS ? end : PIXELS) - pixel) / 2 : 0;
    const uint8_t *plane = payload.data + pixel / 2;
    for (size_t i = 0; i < pairs; i++) {
        out[2 * i] = (uint8_t)((unsigned)plane[i] >> READER_GLYPH_EVEN_SHIFT & NIBBLE);
        out[2 * i + 1] = (uint8_t)((unsigned)plane[i] >> READER_GLYPH_ODD_SHIFT & NIBBLE);
    }
    out += 2 * pairs;
    pixel += (uint32_t)(2 * pairs);
    if (pixel < end && pixel < PIXELS) {
        *out++ = pixel_at(payload, pixel++);
    }
    if (pixel < end) {
        memcpy(out, payload.data + PLANE_BYTES + (pixel - PIXELS), end - pixel);
    }
    return true;
}

uint8_t pp_glyph_pixel(struct base_bytes payload, uint32_t x, uint32_t y)
{
    if (payload.size != PP_GLYPH_STORED || x >= PP_GLYPH_SIDE || y >= PP_GLYPH_SIDE) {
        return 0;
    }
    return pixel_at(payload, y * PP_GLYPH_SIDE + x);
}

uint16_t pp_glyph_colour(struct base_bytes payload, uint32_t palette, uint32_t index)
{
    if (payload.size != PP_GLYPH_STORED || palette >= PP_GLYPH_PALETTES || index >= PP_GLYPH_COLOURS) {
        return 0;
    }
    size_t colour = (size_t)palette * PP_GLYPH_COLOURS + index;
    return base_load_le16(payload.data + PLANE_BYTES + colour * PALETTE_COLOUR_BYTES);
}

bool pp_sound_decode(struct base_bytes payload, uint64_t from, int16_t *out, size_t count)
{
    uint64_t samples = payload.size / READER_SOUND_SAMPLE_BYTES;
    if (!base_range_inside(from, count, samples)) {
        return false;
    }
    if (count == 0) {
        return true;
    }
    const uint8_t *at = payload.data + (size_t)from * READER_SOUND_SAMPLE_BYTES;
    for (size_t i = 0; i < count; i++, at += READER_SOUND_SAMPLE_BYTES) {
        out[i] = (int16_t)base_load_le16(at);
    }
    return true;
}
