/* What an open pack is made of. Private to the reader. */
#ifndef PRPACK_READER_PACK_PRIVATE_H
#define PRPACK_READER_PACK_PRIVATE_H

#include "reader/header.h"
#include "reader/names.h"

#include <pthread.h>
#include <stdatomic.h>

enum reader_backing { READER_BACKING_MAP, READER_BACKING_READ, READER_BACKING_BYTES };

/* The index by name, published once: who sees the pointer sees the whole index. The lock is for the makers. */
struct reader_lazy_names {
    pthread_mutex_t lock;
    _Atomic(struct reader_names *) names;
};

/* Invariant: every row of the table is valid and its slice lies inside file_size; every span lies inside the header.
 * Nothing but *names changes after opening. */
struct pp_pack {
    enum reader_backing source;
    struct base_file file;    /* closed for READER_BACKING_BYTES */
    struct base_bytes memory; /* READER_BACKING_BYTES: all of it */
    uint64_t file_size;
    struct pp_prelude prelude;
    struct base_bytes header;
    struct base_mapping header_mapping; /* READER_BACKING_MAP */
    uint8_t *header_copy;               /* READER_BACKING_READ */
    struct reader_table table;
    struct reader_lazy_names *names;
};

/* Writes *error unless it is NULL. */
void reader_error_set(struct pp_error *error, struct pp_error value);
struct pp_error reader_error_environment(int problem, uint64_t byte_offset);
struct pp_error reader_error_memory(const char *text);

/* The index, made now if it has to be; NULL when memory runs out. */
const struct reader_names *reader_pack_names(const struct pp_pack *pack);

#endif
