/* The verifier's table of constants of assets-pa-v1.md, besides reader/layout.h and reader/decode.h. A name that ends
 * in _TEXT is a constant, or a choice of constants, as a finding prints it. */
#ifndef PRPACK_VERIFY_CORE_FORMAT_H
#define PRPACK_VERIFY_CORE_FORMAT_H

#include "reader/decode.h"
#include "reader/layout.h"
#include "reader/pack.h"
#include "json/value.h"

#include <stdbool.h>
#include <stdint.h>

/* 1.1: more fields of the legacy prelude, which are only shown. */
enum { VERIFY_LEGACY_FLAGS_AT = 16, VERIFY_LEGACY_RESERVED_AT = 20 };

/* 1.3: the largest exact integer is JSON_EXACT_MAX. */
#define VERIFY_EXACT_MAX_TEXT "9007199254740991"
_Static_assert(JSON_EXACT_MAX == 9007199254740991, "VERIFY_EXACT_MAX_TEXT is that number");

/* 1.2: slots of all banks. */
enum { VERIFY_SLOTS_OF_ALL_BANKS = PP_BANK_COUNT * READER_SLOT_COUNT };

/* 2.1: GLYPH. */
#define VERIFY_GLYPH_SIDE_TEXT "256"
#define VERIFY_GLYPH_PALETTES_TEXT "64"
#define VERIFY_TILE_SIZES_TEXT "8, 16 or 32"
_Static_assert(PP_GLYPH_SIDE == 256 && PP_GLYPH_PALETTES == 64, "the texts are those numbers");

enum {
    VERIFY_GLYPH_PLANE_BYTES = PP_GLYPH_STORED - PP_GLYPH_PALETTE_BYTES,     /* in the file */
    VERIFY_GLYPH_PALETTE_BYTES = PP_GLYPH_PALETTE_BYTES / PP_GLYPH_PALETTES, /* of one palette */
    VERIFY_SHEET_PIXELS = PP_GLYPH_SIDE * PP_GLYPH_SIDE,
    VERIFY_SHEET_TILES_MAX = 1024,     /* of 8 x 8 pixels */
    VERIFY_GLYPH_LEGACY_PALETTES = 256 /* 4.2.8: the generation before version 1 */
};

enum { VERIFY_TILE_SIZE_MAX = 32 };

static inline bool verify_is_tile_size(uint64_t size)
{
    return size == 8 || size == 16 || size == 32;
}

/* 2.2: SOUNDS. */
enum { VERIFY_SOUND_RATE_MIN = 8000, VERIFY_SOUND_RATE_MAX = 48000, VERIFY_SOUND_CHANNELS = 1 };
#define VERIFY_SOUND_RATES_TEXT "8000 to 48000"
#define VERIFY_SOUND_CHANNELS_TEXT "1"

#endif
