#include "base/array.h"

#include "base/checked.h"

#include <stdlib.h>

void *base_array_grow(void *items, size_t count, size_t *capacity, size_t item_size)
{
    if (count < *capacity) {
        return items;
    }
    size_t wanted = 0;
    size_t size = 0;
    if (!base_add_size(*capacity, *capacity / 2 + 16, &wanted) || !base_mul_size(wanted, item_size, &size)) {
        return NULL;
    }
    void *grown = realloc(items, size);
    if (grown != NULL) {
        *capacity = wanted;
    }
    return grown;
}
