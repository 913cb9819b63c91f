/* The prelude as a value: assets-pa-v1.md 1.1. */
#ifndef PRPACK_READER_PRELUDE_H
#define PRPACK_READER_PRELUDE_H

#include "reader/layout.h"
#include "reader/pack.h"

/* Checks the prelude of a file of file_size bytes (class L). start holds its first READER_PRELUDE_SIZE bytes, fewer
 * only when the file is shorter. max_header as in pp_pack_options. On success fills *prelude and returns DIAG_NONE;
 * else *prelude is as it was. error may be NULL. */
enum diag reader_prelude_parse(struct base_bytes start, uint64_t file_size, uint32_t max_header,
                               struct pp_prelude *prelude, struct pp_error *error);

/* Whether the file begins like a PPA1 pack whose header is inside the file; then fills the span of its JSON header. The
 * payload_offset is what the prelude says, inside the file or not. */
bool reader_prelude_legacy(struct base_bytes start, uint64_t file_size, uint32_t max_header, uint64_t *header_at,
                           uint32_t *header_len, uint64_t *payload_offset);

#endif
