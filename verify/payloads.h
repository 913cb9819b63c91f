/* What reading the payloads has told. Private to verify/. */
#ifndef PRPACK_VERIFY_PAYLOADS_H
#define PRPACK_VERIFY_PAYLOADS_H

#include "verify/recorded.h"

#include "reader/decode.h"

/* About one entry. The hash of its payload stands in the report. */
struct pp_payload_outcome {
    struct pp_hash decoded;
    bool has_decoded;
    bool has_stray;    /* a byte that is not zero in an unused palette */
    uint16_t stray_at; /* from the start of the payload */
};

_Static_assert(PP_GLYPH_STORED <= UINT16_MAX, "a position in a GLYPH payload fits stray_at");

struct pp_payload_outcomes {
    struct pp_payload_outcome *entries; /* in table order */
    struct pp_hash whole;               /* of the file */
    bool has_whole;
};

/* Tells what follows, in table order: glyph-palette-unused, hash-mismatch. */
void pp_judge_payloads(struct pp_examination *examination, const struct pp_payload_outcomes *outcomes);

/* Where a payload begins in the file; its slice is inside. */
static inline uint64_t pp_payload_position(const struct pp_examination *examination, const struct pp_known *known)
{
    return examination->prelude.payload_offset + known->offset;
}

static inline bool pp_known_is_bank(const struct pp_known *known, enum pp_bank bank)
{
    return (known->flags & PP_KNOWN_BANK) != 0 && known->bank == bank;
}

#endif
