/* What an open pack is made of. Private to the reader. */
#ifndef PRPACK_READER_PACK_PRIVATE_H
#define PRPACK_READER_PACK_PRIVATE_H

#include "reader/header.h"
#include "reader/names.h"

#include <pthread.h>
#include <stdatomic.h>

enum pp_source { PP_SOURCE_MAP, PP_SOURCE_READ, PP_SOURCE_BYTES };

/* The index by name, published once: who sees the pointer sees the whole index. The lock is for the makers. */
struct pp_lazy_names {
    pthread_mutex_t lock;
    _Atomic(struct pp_names *) names;
};

/* Invariant: every row of the table is valid and its slice lies inside file_size; every span lies inside the header.
 * Nothing but *names changes after opening. */
struct pp_pack {
    enum pp_source source;
    struct pp_file file;    /* closed for PP_SOURCE_BYTES */
    struct pp_bytes memory; /* PP_SOURCE_BYTES: all of it */
    uint64_t file_size;
    struct pp_prelude prelude;
    struct pp_bytes header;
    struct pp_mapping header_mapping; /* PP_SOURCE_MAP */
    uint8_t *header_copy;             /* PP_SOURCE_READ */
    struct pp_table table;
    struct pp_lazy_names *names;
};

/* Writes *error unless it is NULL. */
void pp_error_set(struct pp_error *error, struct pp_error value);
struct pp_error pp_error_environment(int problem, uint64_t byte_offset);
struct pp_error pp_error_memory(const char *text);

/* The index, made now if it has to be; NULL when memory runs out. */
const struct pp_names *pp_pack_names(const struct pp_pack *pack);

#endif
