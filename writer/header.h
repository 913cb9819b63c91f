/* Prelude and JSON header of the pack: docs/contracts/assets-pa-v1.md 1.1 to 1.3. Threads: no shared state. */
#ifndef PRPACK_WRITER_HEADER_H
#define PRPACK_WRITER_HEADER_H

#include "base/text.h"
#include "writer/emit.h"
#include "writer/plan.h"

/* The two arrays, as they stand in the header and in their companions. */
struct pp_header {
    struct pp_text asset_table;
    struct pp_text preload;
    uint64_t length;     /* header_len: bytes of the whole JSON header */
    struct pp_hash hash; /* of these bytes */
};

/* Prints both arrays of a plan that is laid out. False when the header would be longer than `limit` bytes, or when
 * memory ran out (then header->asset_table or header->preload has failed). Free it in either case. */
bool pp_writer_header_print(struct pp_header *header, const struct pp_plan *plan, uint64_t limit);
void pp_writer_header_free(struct pp_header *header);

/* Where the payload region begins. */
uint64_t pp_writer_payload_offset(const struct pp_header *header);

/* Writes prelude and header to the begin of the pack, and sets header->hash. */
bool pp_writer_header_write(struct pp_header *header, struct pp_out *pack, struct pp_findings *findings);

#endif
