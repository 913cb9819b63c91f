/* What the bytes of one payload give, apart from all other payloads. */
#ifndef PRPACK_VERIFY_PAYLOADS_PAYLOAD_H
#define PRPACK_VERIFY_PAYLOADS_PAYLOAD_H

#include "verify/core/facts.h"

/* Hashes a payload that is in memory whole, and its decoded form; finds a byte that is not zero in an unused palette.
 * `decoded` is memory of PP_GLYPH_DECODED bytes. With NULL a GLYPH is not decoded: nothing is recorded that its decoded
 * form could be compared with. Fills *result. */
void verify_read_payload(const struct verify_entry *known, struct base_bytes payload, uint8_t *decoded,
                         struct verify_payload *result);

/* The same for a payload that is larger than a chunk, of which there is the hash alone. A GLYPH of that size has no
 * decoded form. */
void verify_read_large_payload(const struct verify_entry *known, struct base_hash hash, struct verify_payload *result);

/* Finds the first byte that is not zero in a tile that no sprite of the recorded tiles has; `asset` is the index of the
 * entry, whose tiles_fit is set, and the payload is of PP_GLYPH_STORED bytes. Adds it to *result. */
void verify_read_free_tiles(const struct verify_facts *facts, size_t asset, struct base_bytes payload,
                            struct verify_payload *result);

#endif
