/* Arrays that grow as items are appended.
 *
 * The caller owns the array (malloc, free) and keeps its count and its capacity, both in items. An array begins as NULL
 * with a capacity of 0. */
#ifndef PRPACK_BASE_ARRAY_H
#define PRPACK_BASE_ARRAY_H

#include <stddef.h>

/* Makes room for one more item after `count` items; count <= *capacity. A full array grows by half, so that appending n
 * items costs in the order of n steps and at most a third of the memory is spare. Returns the array, which may have
 * moved, and sets *capacity. Returns NULL when memory runs out or a size overflows; array and capacity are then
 * unchanged. item_size is not 0. */
void *base_array_grow(void *items, size_t count, size_t *capacity, size_t item_size);

#endif
