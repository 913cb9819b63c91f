/* Which variant of base/fast_hash.h runs. For tests and benchmarks alone: without them, the best one runs. */
#ifndef PRPACK_BASE_FAST_HASH_FORCE_H
#define PRPACK_BASE_FAST_HASH_FORCE_H

#include <stdbool.h>
#include <stddef.h>

/* The names of the variants that this machine can run, best first; NULL at and beyond their number. There is always
 * one. */
const char *base_fast_hash_variant_name(size_t index);

/* From now on the variant of that name runs, in all threads and in hashers that exist already; NULL: the best one
 * again. False, and nothing changes, when this machine cannot run it or there is none of that name. */
bool base_fast_hash_force(const char *name);

#endif
