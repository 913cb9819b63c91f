/* Arrays that grow by doubling. */
#ifndef PRPACK_BASE_ARRAY_H
#define PRPACK_BASE_ARRAY_H

#include <stddef.h>

/* Makes room for one more item behind `count`. Returns the array, moved or not; NULL when memory runs out, and then the
 * array is as it was. */
void *base_array_grow(void *items, size_t count, size_t *capacity, size_t item_size);

#endif
