/* What the four artifacts were when they were staged, for the cache. */
#ifndef PRPACK_SERVICE_INCREMENTAL_ARTIFACTS_H
#define PRPACK_SERVICE_INCREMENTAL_ARTIFACTS_H

#include "base/stamp.h"
#include "service/transaction/directory.h"
#include "service/transaction/swap.h"

/* Sees the staged artifacts; companions are read. False when they cannot be. */
bool service_artifacts_read(int staging_fd, struct base_task *task, struct base_hash pack_hash,
                            struct base_content artifacts[SERVICE_ARTIFACT_COUNT]);

/* Takes the stamps anew after the artifacts were moved into their directory. False when one of them is another file. */
bool service_artifacts_follow(const struct service_path *directory,
                              struct base_content artifacts[SERVICE_ARTIFACT_COUNT]);

#endif
