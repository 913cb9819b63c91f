/* Whether slices that leave the file have one cause, a cut: assets-pa-v1.md 4.2.17. */
#ifndef PRPACK_VERIFY_HEADER_CUT_H
#define PRPACK_VERIFY_HEADER_CUT_H

#include "reader/header.h"

struct verify_cut {
    uint64_t end;    /* where the last payload ends, from payload_offset */
    uint64_t assets; /* how many payloads are not complete */
};

/* region: bytes of the file from payload_offset. False: the payloads do not lie back to back, or all of them are inside
 * the file. */
bool verify_find_cut(const struct reader_table *table, uint64_t region, struct verify_cut *cut);

#endif
