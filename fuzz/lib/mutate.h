/* Mutators that know what they change: one node of a JSON text, one field or one node of a pack. What they make is
 * often still valid, or wrong in one place only, where blind changes end at the first check. */
#ifndef PRPACK_FUZZ_LIB_MUTATE_H
#define PRPACK_FUZZ_LIB_MUTATE_H

#include "fuzz/lib/harness.h"
#include "fuzz/oracle/naive_json.h"

/* Replaces [begin, end) of a text. */
void fuzz_splice(struct naive_text *text, size_t begin, size_t end, struct base_bytes replacement);

/* Changes one node, or a byte between two, of a JSON text. False, and no change, when the text is no JSON. */
bool fuzz_mutate_json(struct fuzz_random *random, struct naive_text *text);
/* Puts a node of `other` into the text: instead of a node, or beside it. */
bool fuzz_cross_json(struct fuzz_random *random, struct naive_text *text, struct base_bytes other);

/* Changes a pack: a field of its prelude, a node of its header, bytes of its payloads; then repairs, as chance has it,
 * header_len, payload_offset, the entries' offsets, the canonical form. */
void fuzz_mutate_pack(struct fuzz_random *random, struct naive_text *pack);
/* Takes header or payloads, or a node of the header, from another pack. */
void fuzz_cross_pack(struct fuzz_random *random, struct naive_text *pack, struct base_bytes other);

/* ---- Bodies of LLVMFuzzerCustomMutator and LLVMFuzzerCustomCrossOver ----
 *
 * The last `tail` bytes of an input are parameters: they change now and then, and stay where they are. */

typedef void (*fuzz_mutation)(struct fuzz_random *random, struct naive_text *text);
typedef void (*fuzz_crossing)(struct fuzz_random *random, struct naive_text *text, struct base_bytes other);

void fuzz_mutate_json_or_bytes(struct fuzz_random *random, struct naive_text *text);
void fuzz_cross_json_or_bytes(struct fuzz_random *random, struct naive_text *text, struct base_bytes other);

size_t fuzz_mutate_input(uint8_t *data, size_t size, size_t max_size, unsigned int seed, size_t tail,
                         fuzz_mutation mutation);
size_t fuzz_cross_input(struct base_bytes left, struct base_bytes right, uint8_t *out, size_t max_size,
                        unsigned int seed, size_t tail, fuzz_crossing crossing);

/* Lets the engine change bytes, with room to grow. */
void fuzz_mutate_bytes(struct naive_text *text);

/* Defines the two entry points of a target. */
#define FUZZ_MUTATORS(tail, mutation, crossing)                                                                        \
    size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)                     \
    {                                                                                                                  \
        return fuzz_mutate_input(data, size, max_size, seed, (tail), (mutation));                                      \
    }                                                                                                                  \
    size_t LLVMFuzzerCustomCrossOver(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size,   \
                                     uint8_t *out, size_t max_size, unsigned int seed)                                 \
    {                                                                                                                  \
        return fuzz_cross_input(base_bytes_make(left, left_size), base_bytes_make(right, right_size), out, max_size,   \
                                seed, (tail), (crossing));                                                             \
    }

#endif
