/* Conditions that only a fault of this program can break. In debug builds and under fuzzing a false one aborts; in
 * release builds its value is false and lets the caller return DIAG_INTERNAL. */
#ifndef PRPACK_BASE_INVARIANT_H
#define PRPACK_BASE_INVARIANT_H

#include <stdbool.h>

#if defined(FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION) || !defined(NDEBUG)
#include <stdlib.h>
#define BASE_INVARIANT(condition) ((condition) ? true : (abort(), false))
#else
#define BASE_INVARIANT(condition) (condition)
#endif

#endif
