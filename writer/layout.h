/* The writer's one table of constants of the format: docs/contracts/assets-pa-v1.md.
 *
 * A line marked "provisional" is stated by no published runtime specification; correcting it here corrects the
 * writer. */
#ifndef PRPACK_WRITER_LAYOUT_H
#define PRPACK_WRITER_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

/* 1.1 Prelude. The order of the fields is the runtime's; magic, widths and size are provisional. */
enum {
    WRITER_PRELUDE_MAGIC = 0x41505341, /* the bytes 41 53 50 41, "ASPA"; provisional */
    WRITER_SCHEMA_VERSION = 1,
    WRITER_PRELUDE_SIZE = 32,      /* provisional */
    WRITER_AT_MAGIC = 0,           /* u32, provisional */
    WRITER_AT_SCHEMA_VERSION = 4,  /* u32, provisional */
    WRITER_AT_HEADER_LEN = 8,      /* u32, provisional */
    WRITER_AT_PAYLOAD_OFFSET = 12, /* u64, provisional; what follows is 0 in this version */
};
/* What a reader takes by default. */
#define WRITER_HEADER_LEN_MAX UINT64_C(268435456)

/* 1.2, 1.3 Header. */
enum {
    WRITER_BANKS = 3,         /* GLYPH, SOUNDS, SCENE: the order of preload, too */
    WRITER_SLOTS = 16,        /* of each bank */
    WRITER_JSON_LEVELS = 124, /* what metadata or pipeline may have: 127, less the three around it */
};
#define WRITER_SLOTS_TEXT "0 to 15"
/* 2^53-1: the largest integer that every JSON library keeps. */
#define WRITER_INTEGER_MAX INT64_C(9007199254740991)

/* 2.1 GLYPH/indexed_v1. */
enum {
    WRITER_SHEET_WIDTH = 256,
    WRITER_SHEET_HEIGHT = 256,
    WRITER_SHEET_PIXELS = WRITER_SHEET_WIDTH * WRITER_SHEET_HEIGHT,
    WRITER_LEFT_PIXEL_SHIFT = 4,  /* provisional: the high nibble is the left pixel of its pair */
    WRITER_RIGHT_PIXEL_SHIFT = 0, /* provisional */
    WRITER_PALETTES = 64,
    WRITER_PALETTE_COLOURS = 16, /* a nibble has an index */
    WRITER_NIBBLE = WRITER_PALETTE_COLOURS - 1,
    WRITER_TRANSPARENT_INDEX = 0, /* provisional */
    WRITER_PALETTE_BYTES = WRITER_PALETTE_COLOURS * 2,
    WRITER_PALETTE_TABLE_BYTES = WRITER_PALETTES * WRITER_PALETTE_BYTES,
    WRITER_GLYPH_PLANE_BYTES = WRITER_SHEET_PIXELS / 2,
    WRITER_GLYPH_SIZE = WRITER_GLYPH_PLANE_BYTES + WRITER_PALETTE_TABLE_BYTES,
    WRITER_GLYPH_DECODED_SIZE = WRITER_SHEET_PIXELS + WRITER_PALETTE_TABLE_BYTES,
};

/* Sides of a tile, in pixels: powers of two from MIN to MAX. */
enum { WRITER_TILE_SIZE_MIN = 8, WRITER_TILE_SIZE_MAX = 32 };
#define WRITER_TILE_SIZES_TEXT "8, 16 or 32"

/* Tiles of a sheet of the smallest ones. */
enum { WRITER_SHEET_TILES_MAX = WRITER_SHEET_PIXELS / (WRITER_TILE_SIZE_MIN * WRITER_TILE_SIZE_MIN) };

static inline bool writer_is_tile_size(uint64_t size)
{
    return size >= WRITER_TILE_SIZE_MIN && size <= WRITER_TILE_SIZE_MAX && (size & (size - 1)) == 0;
}

/* RGB565 of 0xRRGGBB. */
static inline uint16_t writer_rgb565(uint32_t rgb)
{
    return (uint16_t)((((rgb >> 16) & 0xFF) >> 3) << 11 | (((rgb >> 8) & 0xFF) >> 2) << 5 | (rgb & 0xFF) >> 3);
}

/* 2.2 SOUNDS/pcm16le_v1: provisional. */
enum {
    WRITER_SAMPLE_BYTES = 2,
    WRITER_SAMPLE_RATE_MIN = 8000,
    WRITER_SAMPLE_RATE_MAX = 48000,
    WRITER_CHANNELS = 1,
};
/* 3.2.3 of workspace.md: channels of a source. */
enum { WRITER_SOURCE_CHANNELS_MAX = 2 };

_Static_assert(WRITER_GLYPH_SIZE == 34816, "2.1: size");
_Static_assert(WRITER_GLYPH_DECODED_SIZE == 67584, "2.1: decoded_size");

#endif
