/* What is known of an asset that is taken out of a pack, and what became of it. */
#ifndef PRPACK_EXPORT_EXPORTED_H
#define PRPACK_EXPORT_EXPORTED_H

#include "reader/pack.h"

/* All of it is borrowed. */
struct export_asset {
    struct pp_entry entry;
    struct base_bytes sheet; /* of a GLYPH of PP_GLYPH_STORED bytes: the payload; else empty */
    const char *asset_uuid;
    bool preloaded;
    uint32_t slot;
    struct base_bytes pipeline; /* of the companion: JSON of an object, or empty */
    struct base_bytes tiles;    /* likewise, of an array */
};

/* What the declaration of an asset does not say as the pack does, as bits. */
enum export_inexact {
    EXPORT_INEXACT_METADATA = 1U << 0,     /* members were left out */
    EXPORT_INEXACT_FORM = 1U << 1,         /* size or metadata break the rules of the bank */
    EXPORT_INEXACT_DECODED_SIZE = 1U << 2, /* it cannot be declared, or metadata has another one */
    EXPORT_INEXACT_LENGTH = 1U << 3        /* the asset.json would be too long: nothing was handed over */
};

struct export_outcome {
    const char *format; /* static; NULL when nothing was handed over */
    unsigned inexact;   /* enum export_inexact bits */
};

#endif
