/* What an open pack is made of. */
#ifndef PRPACK_READER_PACK_PRIVATE_H
#define PRPACK_READER_PACK_PRIVATE_H

#include "reader/header.h"
#include "reader/names/lazy.h"

enum reader_backing { READER_BACKING_MAP, READER_BACKING_READ, READER_BACKING_BYTES };

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
    bool is_canonical; /* the fast way made the table */
    struct reader_lazy_index *names;
};

#endif
