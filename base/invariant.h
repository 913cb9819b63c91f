/* Conditions that only a bug of ours can break. Under fuzzing and in debug builds a breach aborts; in release builds
 * the expression's value lets the caller return DIAG_INTERNAL. */
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
