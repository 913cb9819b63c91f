/* The variant for every machine, and on x86-64 the one with SSE2. */
#include "base/hash_kernel.h"

BASE_HASH_VARIANT(portable, BASE_HASH_NEEDS_NOTHING);
