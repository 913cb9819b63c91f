/* Checked arithmetic: sizes that come from a file are added and multiplied with these functions alone.
 *
 * Each function returns false when the result does not fit; *result is then unchanged. */
#ifndef PRPACK_BASE_CHECKED_H
#define PRPACK_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool base_add_u64(uint64_t a, uint64_t b, uint64_t *result)
{
    if (b > UINT64_MAX - a) {
        return false;
    }
    *result = a + b;
    return true;
}

static inline bool base_mul_u64(uint64_t a, uint64_t b, uint64_t *result)
{
    if (a != 0 && b > UINT64_MAX / a) {
        return false;
    }
    *result = a * b;
    return true;
}

static inline bool base_add_size(size_t a, size_t b, size_t *result)
{
    if (b > SIZE_MAX - a) {
        return false;
    }
    *result = a + b;
    return true;
}

static inline bool base_mul_size(size_t a, size_t b, size_t *result)
{
    if (a != 0 && b > SIZE_MAX / a) {
        return false;
    }
    *result = a * b;
    return true;
}

/* Converts a quantity of a file to a size of this machine. */
static inline bool base_size_from_u64(uint64_t value, size_t *result)
{
#if SIZE_MAX < UINT64_MAX
    if (value > SIZE_MAX) {
        return false;
    }
#endif
    *result = (size_t)value;
    return true;
}

/* Whether [offset, offset + length) lies inside [0, size); no sum is computed, so none can wrap. */
static inline bool base_range_inside(uint64_t offset, uint64_t length, uint64_t size)
{
    return offset <= size && length <= size - offset;
}

#endif
