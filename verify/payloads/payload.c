#include "verify/payloads/payload.h"

#include "base/fast_hash.h"
#include "verify/core/format.h"
#include "verify/payloads/chunks.h"

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
