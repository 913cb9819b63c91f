/* Where payloads go: each asset writes its own at the place that the plan gave it.
 *
 * Threads: a region may be written by many threads at once, a payload by one. */
#ifndef PRPACK_WRITER_ENCODE_PAYLOAD_H
#define PRPACK_WRITER_ENCODE_PAYLOAD_H

#include "base/task.h"
#include "writer/emit/out.h"
#include "writer/plan/plan.h"

/* The payload region of the pack. With pack NULL nothing is written: the assets are only checked. */
struct writer_region {
    struct writer_out *pack;
    uint64_t position;          /* of the region in the file: payload_offset */
    struct base_meter *written; /* bytes of payloads */
};

/* One payload. Invariant: done <= planned->size. */
struct writer_payload {
    const struct writer_region *region;
    struct writer_planned *planned;
    uint64_t done;
    struct base_findings *findings;
};

struct writer_payload writer_payload_begin(const struct writer_region *region, const struct writer_work *work);

/* Where in the pack the next byte goes. */
uint64_t writer_payload_position(const struct writer_payload *payload);

/* Appends bytes. False when that failed, which is reported once per pack. */
bool writer_payload_write(struct writer_payload *payload, struct base_bytes bytes);

/* Whether it has the size that was planned. */
bool writer_payload_complete(const struct writer_payload *payload);

#endif
