/* The variant for every machine, and on x86-64 the one with SSE2. */
#include "base/hash_kernel.h"

PP_HASH_VARIANT(portable, PP_HASH_NEEDS_NOTHING);
