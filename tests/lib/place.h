/* Where a finding is, as one number. */
#ifndef PRPACK_TESTS_LIB_PLACE_H
#define PRPACK_TESTS_LIB_PLACE_H

#include "base/findings.h"

/* The byte position of a finding, or -1. */
static inline int64_t place_byte(const struct base_finding *finding)
{
    return finding->place.has_byte_offset ? (int64_t)finding->place.byte_offset : -1;
}

#endif
