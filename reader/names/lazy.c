#include "reader/names/lazy.h"

#include <stdlib.h>

struct reader_lazy_index *reader_lazy_index_create(void)
{
    struct reader_lazy_index *lazy = calloc(1, sizeof *lazy);
    if (lazy != NULL && pthread_mutex_init(&lazy->lock, NULL) != 0) {
        free(lazy);
        return NULL;
    }
    return lazy;
}

void reader_lazy_index_destroy(struct reader_lazy_index *lazy)
{
    if (lazy != NULL) {
        reader_names_destroy(atomic_load(&lazy->names));
        (void)pthread_mutex_destroy(&lazy->lock);
        free(lazy);
    }
}

const struct reader_names *reader_lazy_index_get(struct reader_lazy_index *lazy, struct base_bytes header,
                                                 const struct reader_table *table)
{
    struct reader_names *names = atomic_load_explicit(&lazy->names, memory_order_acquire);
    if (names != NULL) {
        return names;
    }
    (void)pthread_mutex_lock(&lazy->lock);
    names = atomic_load_explicit(&lazy->names, memory_order_relaxed);
    if (names == NULL) {
        names = reader_names_create(header, table);
        atomic_store_explicit(&lazy->names, names, memory_order_release);
    }
    (void)pthread_mutex_unlock(&lazy->lock);
    return names;
}
