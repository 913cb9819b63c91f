/* What the writer knows of each asset before, while and after it is encoded, and where its payload goes.
 *
 * A plan is filled asset by asset from many threads, each of which touches one asset; the rest belongs to one
 * thread. */
#ifndef PRPACK_WRITER_PLAN_PLAN_H
#define PRPACK_WRITER_PLAN_PLAN_H

#include "workspace/workspace.h"
#include "writer/image/palette_set.h"
#include "writer/plan/slots.h"
#include "writer/sound/input.h"
#include "writer/source.h"
#include "writer/writer.h"

struct writer_planned {
    const struct workspace_asset *asset;
    struct writer_input_facts *inputs; /* as many as the declaration has; part of writer_plan.inputs */
    struct base_content *seen;         /* likewise */

    const struct writer_packed *packed; /* already: nothing of it is probed or encoded. Or NULL */

    /* Filled by probing. */
    bool faulty;                         /* a finding says why; there will be no pack */
    bool palettes_faulty;                /* the palettes cannot be used to check colours */
    struct writer_palette_set collected; /* GLYPH/indexed_v1 without declared palettes */
    struct writer_sound_facts sound;     /* SOUNDS/pcm16le_v1 */
    uint32_t palette_authored;           /* GLYPH */
    char *metadata;                      /* canonical JSON; owned */
    char *pipeline;                      /* canonical JSON, or NULL; owned */
    uint64_t size;
    uint64_t decoded_size;

    /* Filled by the layout. */
    uint64_t offset;

    /* Filled by encoding. */
    struct base_hash payload_hash;
    struct base_hash decoded_hash;
    char *tiles;                     /* of the companion: canonical JSON, or NULL; owned */
    struct writer_warnings warnings; /* about the inputs */
};

struct writer_plan {
    struct base_task *task;        /* or NULL */
    struct writer_planned *assets; /* in rising asset_id */
    size_t count;
    struct writer_input_facts *inputs;
    struct base_content *seen; /* of each input */
    struct writer_slots slots;
    uint64_t payload_size; /* of the whole payload region */
};

/* One asset under work, by one thread. */
struct writer_work {
    struct writer_subject subject;
    struct writer_planned *planned;
};

/* Makes a plan with nothing probed but what the provider has, which may be NULL. False when memory ran out or
 * the task was cancelled; *plan is then empty. */
bool writer_plan_create(struct writer_plan *plan, struct base_task *task, const struct workspace *workspace,
                        const struct writer_provider *provider);
void writer_plan_free(struct writer_plan *plan);

/* Sets every offset: payloads in table order, back to back. False when the payload region would pass 2^53-1 bytes. */
bool writer_plan_lay_out(struct writer_plan *plan);

/* Assets that the provider has. */
size_t writer_plan_kept(const struct writer_plan *plan);

/* Hands what was packed of each asset to the sink, until the task is cancelled. */
void writer_plan_report(const struct writer_plan *plan, writer_packed_sink sink, void *context);

/* Bytes of all inputs together, as probed or read. */
uint64_t writer_plan_input_bytes(const struct writer_plan *plan);

#endif
