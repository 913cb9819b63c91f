/* The index by name, made at the first lookup. */
#ifndef PRPACK_READER_NAMES_LAZY_H
#define PRPACK_READER_NAMES_LAZY_H

#include "reader/names/index.h"

#include <pthread.h>
#include <stdatomic.h>

/* The index is published once: a thread that sees the pointer sees the whole index. The lock keeps two threads from
 * making it at the same time. */
struct reader_lazy_index {
    pthread_mutex_t lock;
    _Atomic(struct reader_names *) names;
};

/* NULL when memory runs out. */
struct reader_lazy_index *reader_lazy_index_create(void);
/* Accepts NULL. */
void reader_lazy_index_destroy(struct reader_lazy_index *lazy);

/* The index of this header and table, which are those of an accepted pack and the same in every call. Makes the index
 * if no call before has made it. NULL when memory runs out. Any number of threads. */
const struct reader_names *reader_lazy_index_get(struct reader_lazy_index *lazy, struct base_bytes header,
                                                 const struct reader_table *table);

#endif
