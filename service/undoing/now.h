/* What a file of an asset has now. */
#ifndef PRPACK_SERVICE_UNDOING_NOW_H
#define PRPACK_SERVICE_UNDOING_NOW_H

#include "service/undoing/undoing.h"

struct service_undoing_now {
    bool is_there;   /* something has its name */
    bool is_regular; /* it is a file of at most the size of a declaration, and was read: */
    uint8_t *data;   /* owned; free it in any case */
    size_t size;
};

/* Reads a file by its path relative to assets/. False: it could not be read, or memory ran out, which is reported. */
bool service_undoing_read_now(const struct service_undoing *undoing, const char *path, struct service_undoing_now *now);

/* Whether it is a file whose content has this hash. */
bool service_undoing_is_now(const struct service_undoing_now *now, struct base_hash hash);

#endif
