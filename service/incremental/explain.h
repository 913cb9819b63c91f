/* Why each asset is packed or kept: docs/contracts/build-cache.md, 5. Threads: one at a time. */
#ifndef PRPACK_SERVICE_INCREMENTAL_EXPLAIN_H
#define PRPACK_SERVICE_INCREMENTAL_EXPLAIN_H

#include "service/incremental/survey.h"
#include "service/service.h"

/* Fills *explained from a survey and the cache that it was made with, before service_survey_load. `all` is the reason
 * of every asset when the survey was made without a cache. False when memory ran out; *explained is then empty. */
bool service_explain_survey(const struct service_survey *survey, const struct service_cache *cache,
                            enum service_build_reason all, struct service_explained *explained);

/* Everything that was to be kept is packed, for this reason. */
void service_explained_pack_all(struct service_explained *explained, enum service_build_reason reason);

void service_explained_free(struct service_explained *explained);

#endif
