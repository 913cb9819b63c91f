#include "verify/payloads/payload.h"

#include "base/fast_hash.h"
#include "verify/core/format.h"
#include "verify/core/recorded_tiles.h"
#include "verify/payloads/chunks.h"

#include <string.h>

_Static_assert((size_t)PP_GLYPH_STORED <= (size_t)VERIFY_CHUNK_MAX, "a GLYPH payload is read in one piece");
_Static_assert(PP_GLYPH_STORED <= UINT16_MAX, "a position in a GLYPH payload fits stray_at");

/* 2.1: palettes at and beyond the authored ones are zero. */
static void find_stray(const struct verify_entry *known, struct base_bytes payload, struct verify_payload *result)
{
    size_t authored = (size_t)known->bank_facts.glyph.palette_authored * VERIFY_GLYPH_PALETTE_BYTES;
    for (size_t at = VERIFY_GLYPH_PLANE_BYTES + authored; at < payload.size; at++) {
        if (payload.data[at] != 0) {
            result->has_stray = true;
            result->stray_at = (uint16_t)at;
            return;
        }
    }
}

void verify_read_payload(const struct verify_entry *known, struct base_bytes payload, uint8_t *decoded,
                         struct verify_payload *result)
{
    result->hash = base_fast_hash_of(payload);
    result->has_hash = true;
    if (verify_entry_is_bank(known, PP_BANK_GLYPH)) {
        if (decoded != NULL && pp_glyph_decode(payload, 0, decoded, PP_GLYPH_DECODED)) {
            result->decoded = base_fast_hash_of(base_bytes_make(decoded, PP_GLYPH_DECODED));
            result->has_decoded = true;
        }
        if ((known->flags & VERIFY_ENTRY_HAS_GLYPH) != 0) {
            find_stray(known, payload, result);
        }
    } else if ((known->flags & VERIFY_ENTRY_HAS_BANK) != 0) {
        /* The samples of 2.2 and the bytes of 2.3 are stored as they are decoded. */
        result->decoded = result->hash;
        result->has_decoded = true;
    }
}

void verify_read_large_payload(const struct verify_entry *known, struct base_hash hash, struct verify_payload *result)
{
    result->hash = hash;
    result->has_hash = true;
    result->decoded = hash;
    result->has_decoded = (known->flags & VERIFY_ENTRY_HAS_BANK) != 0 && known->bank != PP_BANK_GLYPH;
}

/* ---- Tiles that no sprite has ---- */

/* The first byte that is not zero of one tile, as a position in the payload, or PP_GLYPH_STORED. */
static size_t find_in_tile(struct base_bytes payload, uint32_t tile_size, uint32_t tile)
{
    static const uint8_t zero[VERIFY_TILE_SIZE_MAX / 2];
    uint32_t across = PP_GLYPH_SIDE / tile_size;
    size_t width = tile_size / 2;
    size_t at = ((size_t)(tile / across) * tile_size * PP_GLYPH_SIDE + (size_t)(tile % across) * tile_size) / 2;
    for (uint32_t y = 0; y < tile_size; y++, at += PP_GLYPH_SIDE / 2) {
        if (memcmp(payload.data + at, zero, width) == 0) {
            continue;
        }
        while (payload.data[at] == 0) {
            at++;
        }
        return at;
    }
    return PP_GLYPH_STORED;
}

void verify_read_free_tiles(const struct verify_facts *facts, size_t asset, struct base_bytes payload,
                            struct verify_payload *result)
{
    bool taken[VERIFY_SHEET_TILES_MAX] = {false};
    uint32_t tile_size = facts->entries[asset].bank_facts.glyph.tile_size;
    uint32_t across = PP_GLYPH_SIDE / tile_size;
    struct json_walk walk;
    struct verify_tile_range range;
    verify_recorded_tiles_begin(&walk, facts->record, asset);
    while (verify_recorded_tiles_next_range(&walk, &range)) {
        memset(taken + range.first, true, (size_t)range.columns * range.rows);
    }
    for (uint32_t tile = 0; tile < across * across && !result->has_stray_pixel; tile++) {
        size_t at = taken[tile] ? PP_GLYPH_STORED : find_in_tile(payload, tile_size, tile);
        result->has_stray_pixel = at < PP_GLYPH_STORED;
        result->stray_pixel_at = (uint16_t)at;
    }
}
