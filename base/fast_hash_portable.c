/* The variant for every machine, and on x86-64 the one with SSE2. */
#include "base/fast_hash_kernel.h"

BASE_FAST_HASH_VARIANT(portable, BASE_FAST_HASH_NEEDS_NOTHING);
