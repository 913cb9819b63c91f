/* What of a cache still holds: docs/contracts/build-cache.md, 2 and 3. */
#ifndef PRPACK_SERVICE_CACHE_COMPARE_H
#define PRPACK_SERVICE_CACHE_COMPARE_H

#include "service/cache.h"

/* Looks at all files of the build set, by `jobs` workers (0: one a processor), and sets what is kept; scans the workspace at
 * the same time, as pp_workspace_scan does. Returns the number of assets that are not kept, or gone. `begun` is when this build
 * began; *fresh is set when a stamp did not stand for its file but will from now on, if it is recorded. */
size_t pp_cache_compare(struct pp_cache *cache, struct pp_workspace *workspace, unsigned jobs, int64_t begun,
                        bool *fresh, struct pp_findings *findings);

/* Whether the four artifacts in a directory have the recorded content. Their stamps are then the present ones, *fresh as above. */
bool pp_cache_compare_artifacts(struct pp_cache *cache, int directory_fd, int64_t begun, bool *fresh);

/* For pp_workspace_load_unknown, with a struct pp_cache: the declarations of kept assets. */
bool pp_cache_known_declaration(void *cache, const struct pp_record *record, struct pp_declaration *declaration);

/* What was seen of the staged artifacts; companions are read. False when they cannot be. */
bool pp_artifacts_see(int staging_fd, struct pp_hash pack_hash, struct pp_seen artifacts[PP_ARTIFACT_COUNT]);

/* Takes the stamps anew after the artifacts were moved into their directory. False when one of them is another file. */
bool pp_artifacts_follow(const char *directory, struct pp_seen artifacts[PP_ARTIFACT_COUNT]);

#endif
