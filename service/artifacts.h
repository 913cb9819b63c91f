/* What the four artifacts were when they were staged, for the cache. */
#ifndef PRPACK_SERVICE_ARTIFACTS_H
#define PRPACK_SERVICE_ARTIFACTS_H

#include "service/swap.h"
#include "workspace/stamp.h"

/* Sees the staged artifacts; companions are read. False when they cannot be. */
bool pp_artifacts_see(int staging_fd, struct pp_hash pack_hash, struct pp_seen artifacts[PP_ARTIFACT_COUNT]);

/* Takes the stamps anew after the artifacts were moved into their directory. False when one of them is another file. */
bool pp_artifacts_follow(const char *directory, struct pp_seen artifacts[PP_ARTIFACT_COUNT]);

#endif
