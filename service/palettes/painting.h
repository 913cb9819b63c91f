/* What a search for palettes is asked, and what it has found: docs/contracts/workspace.md, 7. paint.h fills it. */
#ifndef PRPACK_SERVICE_PALETTES_PAINTING_H
#define PRPACK_SERVICE_PALETTES_PAINTING_H

#include "service/palettes/art.h"

enum { SERVICE_PALETTES_MAX = WRITER_PALETTES };

struct service_painting_wish {
    const bool *fillable;                /* [SERVICE_PALETTES_MAX]: of a declared palette: free entries may be filled */
    unsigned most;                       /* palettes that the asset may have */
    const struct writer_palette *common; /* the first entries of each new palette, or NULL */
};

struct service_painted {
    bool is_new;
    uint32_t added;                /* colours at the end that it did not have; not counted for new ones */
    struct writer_palette palette; /* count 0: there is none of this index */
};

/* A picture, or one of its tiles. */
struct service_unit {
    size_t picture; /* of the art */
    size_t tile;    /* of the picture, or SIZE_MAX: all of it */
};

/* A unit that takes part in a conflict. */
struct service_quarrel {
    struct service_unit unit;
    size_t colours;  /* that it needs */
    bool has_excess; /* it is known how many it would have to lose */
    size_t excess;
};

enum service_painting_end {
    SERVICE_PAINTED,
    SERVICE_PAINTING_CONFLICT, /* quarrels say why */
    SERVICE_PAINTING_CANCELLED,
    SERVICE_PAINTING_NO_MEMORY
};

/* Zero-initialise. */
struct service_painting {
    struct service_painted palettes[SERVICE_PALETTES_MAX];
    unsigned found; /* palettes that the asset has with them; with SERVICE_PAINTED */
    unsigned bound; /* no solution has fewer */
    struct service_quarrel *quarrels;
    size_t quarrel_count;
    size_t quarrel_capacity;
    bool proved;       /* the quarrels cannot be settled; else no solution was found */
    bool one_too_many; /* each quarrel by itself has more colours than a palette holds */
};

#endif
