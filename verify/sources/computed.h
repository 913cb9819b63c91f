/* What the sources of an asset give for its metadata. */
#ifndef PRPACK_VERIFY_SOURCES_COMPUTED_H
#define PRPACK_VERIFY_SOURCES_COMPUTED_H

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise: nothing is known. */
struct verify_computed {
    uint32_t palette_authored; /* of VERIFY_SOURCE_GLYPH */
    bool has_sound;            /* of VERIFY_SOURCE_SOUND: the next two */
    uint32_t sample_rate;
    uint64_t frames;
    bool has_loop; /* that of the source is to be packed: the next two */
    uint64_t loop_start;
    uint64_t loop_end;
};

#endif
