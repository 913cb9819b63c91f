/* What reading the payloads has told. Private to verify/. */
#ifndef PRPACK_VERIFY_PAYLOADS_PAYLOADS_H
#define PRPACK_VERIFY_PAYLOADS_PAYLOADS_H

#include "verify/companions/recorded.h"

#include "reader/decode.h"

/* About one entry. The hash of its payload stands in the report. */
struct verify_payload_outcome {
    struct base_hash decoded;
    bool has_decoded;
    bool has_stray;    /* a byte that is not zero in an unused palette */
    uint16_t stray_at; /* from the start of the payload */
};

_Static_assert(PP_GLYPH_STORED <= UINT16_MAX, "a position in a GLYPH payload fits stray_at");

struct verify_payload_outcomes {
    struct verify_payload_outcome *entries; /* in table order */
    struct base_hash whole;                 /* of the file */
    bool has_whole;
};

/* Tells what follows, in table order: glyph-palette-unused, hash-mismatch. */
void verify_check_decoded_payloads(struct verify_examination *examination,
                                   const struct verify_payload_outcomes *outcomes);

/* Where a payload begins in the file; its slice is inside. */
static inline uint64_t verify_payload_position(const struct verify_examination *examination,
                                               const struct verify_entry *known)
{
    return examination->prelude.payload_offset + known->offset;
}

static inline bool verify_entry_is_bank(const struct verify_entry *known, enum pp_bank bank)
{
    return (known->flags & VERIFY_ENTRY_HAS_BANK) != 0 && known->bank == bank;
}

#endif
