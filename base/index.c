#include "base/index.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* What the tree holds. The bytes of a copy come right after it. */
struct index_entry {
    struct base_bytes string;
    int64_t number;
};

static int compare(const void *a, const void *b)
{
    const struct base_bytes x = ((const struct index_entry *)a)->string;
    const struct base_bytes y = ((const struct index_entry *)b)->string;
    size_t shared = x.size < y.size ? x.size : y.size;
    int order = shared > 0 ? memcmp(x.data, y.data, shared) : 0;
    return order != 0 ? order : (x.size > y.size) - (x.size < y.size);
}

static struct index_entry *make_entry(struct base_bytes string, int64_t number)
{
    if (string.size > SIZE_MAX - sizeof(struct index_entry)) {
        return NULL;
    }
    struct index_entry *entry = malloc(sizeof *entry + string.size);
    if (entry != NULL) {
        uint8_t *copy = (uint8_t *)(entry + 1);
        if (string.size > 0) {
            memcpy(copy, string.data, string.size);
        }
        *entry = (struct index_entry){.string = base_bytes_make(copy, string.size), .number = number};
    }
    return entry;
}

bool base_index_add(struct base_index *index, struct base_bytes string, int64_t number)
{
    struct index_entry *entry = make_entry(string, number);
    if (entry == NULL) {
        return false;
    }
    /* The tree is balanced: no order of strings makes it deep. */
    void *const *found = tsearch(entry, &index->root, compare);
    if (found == NULL || *found != entry) {
        free(entry);
    }
    return found != NULL;
}

bool base_index_find(const struct base_index *index, struct base_bytes string, int64_t *number)
{
    const struct index_entry wanted = {.string = string};
    void *const *found = tfind(&wanted, &index->root, compare);
    if (found != NULL) {
        *number = ((const struct index_entry *)*found)->number;
    }
    return found != NULL;
}

void base_index_free(struct base_index *index)
{
    tdestroy(index->root, free);
    *index = BASE_INDEX_EMPTY;
}
