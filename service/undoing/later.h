/* A later operation that keeps one from being undone. */
#ifndef PRPACK_SERVICE_UNDOING_LATER_H
#define PRPACK_SERVICE_UNDOING_LATER_H

#include "service/undoing/undoing.h"

/* What is not as the operation left it. */
struct service_undoing_thing {
    int32_t asset_id;
    const char *path;     /* of a file, relative to the root; NULL: the record */
    struct base_hash now; /* of that file */
};

/* Says why it cannot be undone, and returns false. If a later operation, which is in force, left the record or the file
 * as it is now, that one is to be undone first; else as `fault` says. */
bool service_undoing_block_changed(const struct service_undoing *undoing, const struct service_undoing_thing *thing,
                                   const struct service_undoing_fault *fault);

#endif
