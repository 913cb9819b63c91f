/* Arrays that grow by doubling. */
#ifndef PRPACK_VERIFY_GROW_H
#define PRPACK_VERIFY_GROW_H

#include <stddef.h>

/* Makes room for one more item behind `count`. Returns the array, moved or not; NULL when memory runs out, and then the array is
 * as it was. */
void *pp_grow(void *items, size_t count, size_t *capacity, size_t item_size);

#endif
