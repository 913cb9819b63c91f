#include "base/names.h"

#include "base/array.h"
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

bool base_names_take(struct base_names *names, char *name)
{
    char **items =
        name != NULL ? base_array_grow((void *)names->items, names->count, &names->capacity, sizeof *items) : NULL;
    if (items == NULL) {
        free(name);
        return false;
    }
    names->items = items;
    names->items[names->count++] = name;
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void base_names_sort(struct base_names *names, struct base_task *task)
{
    (void)base_sort(names->items, names->count, sizeof *names->items, by_bytes, task);
}

void base_names_free(struct base_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i]);
    }
    free(names->items);
    *names = BASE_NAMES_EMPTY;
}
