/* What the writer knows of each asset before, while and after it is encoded, and where its payload goes.
 *
 * A plan is filled asset by asset from many threads, each of which touches one asset; the rest belongs to one
 * thread. */
#ifndef PRPACK_WRITER_PLAN_H
#define PRPACK_WRITER_PLAN_H

#include "workspace/workspace.h"
#include "writer/palette_set.h"
#include "writer/slots.h"
#include "writer/source.h"

/* What the header of a sound says. */
struct pp_sound_facts {
    uint32_t sample_rate;
    uint32_t channels;
    uint64_t frames;
};

struct pp_planned {
    const struct pp_asset *asset;
    struct pp_input_facts *inputs; /* as many as the declaration has; part of pp_plan.inputs */

    /* Filled by probing. */
    bool faulty;                     /* a finding says why; there will be no pack */
    bool palettes_faulty;            /* the palettes cannot be used to judge colours */
    struct pp_palette_set collected; /* GLYPH/indexed_v1 without declared palettes */
    struct pp_sound_facts sound;     /* SOUNDS/pcm16le_v1 */
    uint32_t palette_authored;       /* GLYPH */
    char *metadata;                  /* canonical JSON; owned */
    uint64_t size;
    uint64_t decoded_size;

    /* Filled by the layout. */
    uint64_t offset;

    /* Filled by encoding. */
    struct pp_hash payload_hash;
    struct pp_hash decoded_hash;
};

struct pp_plan {
    struct pp_planned *assets; /* in rising asset_id */
    size_t count;
    struct pp_input_facts *inputs;
    struct pp_slots slots;
    uint64_t payload_size; /* of the whole payload region */
};

/* One asset under work, by one thread. */
struct pp_work {
    struct pp_subject subject;
    struct pp_planned *planned;
};

/* Makes a plan with nothing probed. False when memory ran out; *plan is then empty. */
bool pp_writer_plan_create(struct pp_plan *plan, const struct pp_workspace *workspace);
void pp_writer_plan_free(struct pp_plan *plan);

/* Sets every offset: payloads in table order, back to back. False when the payload region would pass 2^53-1 bytes. */
bool pp_writer_plan_lay_out(struct pp_plan *plan);

/* Bytes of all inputs together, as probed or read. */
uint64_t pp_writer_plan_input_bytes(const struct pp_plan *plan);

#endif
