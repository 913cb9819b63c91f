/* Prelude and JSON header of the pack: docs/contracts/assets-pa-v1.md 1.1 to 1.3. Threads: no shared state. */
#ifndef PRPACK_WRITER_EMIT_HEADER_H
#define PRPACK_WRITER_EMIT_HEADER_H

#include "base/text.h"
#include "writer/emit/out.h"
#include "writer/plan/plan.h"

/* The two arrays, as the header and their companions have them. */
struct writer_header {
    struct base_text asset_table;
    struct base_text preload;
    uint64_t length;       /* header_len: bytes of the whole JSON header */
    struct base_hash hash; /* of these bytes */
};

/* Prints both arrays of a plan that is laid out. False when the header would be longer than `limit` bytes, or when
 * memory ran out (then header->asset_table or header->preload has failed). Free it in either case.
 * When the task of the plan was cancelled, entries are missing. */
bool writer_header_print(struct writer_header *header, const struct writer_plan *plan, uint64_t limit);
void writer_header_free(struct writer_header *header);

/* Where the payload region begins. */
uint64_t writer_payload_offset(const struct writer_header *header);

/* Writes prelude and header to the begin of the pack, and sets header->hash. */
bool writer_header_write(struct writer_header *header, struct writer_out *pack, struct base_findings *findings);

#endif
