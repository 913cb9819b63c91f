/* Where assets are, as the asset.json files below assets/ say, whatever the registry has: docs/contracts/workspace.md,
 * 8.9.
 *
 * Threads: read-only after it was made. */
#ifndef PRPACK_WORKSPACE_WHEREABOUTS_H
#define PRPACK_WORKSPACE_WHEREABOUTS_H

#include "workspace/model/uuid.h"
#include "workspace/workspace.h"

/* A directory whose asset.json has this uuid. */
struct workspace_sighting {
    char uuid[WORKSPACE_UUID_SIZE + 1];
    char *root; /* relative to assets/ */
};

/* Zero-initialise. */
struct workspace_whereabouts {
    struct workspace_sighting *items; /* by uuid, then by root */
    size_t count;
    size_t capacity;
};

/* Reads every asset.json below assets/ that is not ignored. One whose identity cannot be read is left out. Needs
 * workspace_open only. False when memory ran out, the task was cancelled, or what is meant to stay out cannot be read.
 * Free it in either case. */
bool workspace_whereabouts_make(struct workspace_whereabouts *whereabouts, const struct workspace *workspace);
void workspace_whereabouts_free(struct workspace_whereabouts *whereabouts);

/* The directories that have a uuid: *count of them, in byte order. */
const struct workspace_sighting *workspace_whereabouts_of(const struct workspace_whereabouts *whereabouts,
                                                          const char *uuid, size_t *count);

#endif
