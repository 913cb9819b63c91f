/* What an edit changes in one file, so that it can be taken back to the byte. */
#ifndef PRPACK_SERVICE_HISTORY_SPLICE_H
#define PRPACK_SERVICE_HISTORY_SPLICE_H

#include "base/bytes.h"

#include <stddef.h>

/* In place of `removed`, which began at `at`, there are `inserted` bytes now. All else is as it was. */
struct service_splice {
    size_t at;
    struct base_bytes removed; /* of the old content; borrowed */
    size_t inserted;
};

/* The smallest one that makes the new content of the old one. */
struct service_splice service_splice_of(struct base_bytes old, struct base_bytes content);

#endif
