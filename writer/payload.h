/* Where payloads go: each asset writes its own at the place that the plan gave it.
 *
 * Threads: a region may be written by many threads at once, a payload by one. */
#ifndef PRPACK_WRITER_PAYLOAD_H
#define PRPACK_WRITER_PAYLOAD_H

#include "writer/emit.h"
#include "writer/plan.h"
#include "writer/progress.h"

/* The payload region of the pack. With pack NULL nothing is written: the assets are judged only. */
struct pp_region {
    struct pp_out *pack;
    uint64_t position; /* of the region in the file: payload_offset */
    struct pp_progress *progress;
};

/* One payload. Invariant: done <= planned->size. */
struct pp_payload {
    const struct pp_region *region;
    struct pp_planned *planned;
    uint64_t done;
    struct pp_findings *findings;
};

struct pp_payload pp_writer_payload_begin(const struct pp_region *region, const struct pp_work *work);

/* Where in the pack the next byte goes. */
uint64_t pp_writer_payload_position(const struct pp_payload *payload);

/* Appends bytes. False when that failed, which is reported once a pack. */
bool pp_writer_payload_write(struct pp_payload *payload, struct pp_bytes bytes);

/* Whether it has the size that was planned. */
bool pp_writer_payload_complete(const struct pp_payload *payload);

#endif
