/* The assets of a pack, one after the other, and the registry that lists them. Threads: one at a time. */
#ifndef PRPACK_SERVICE_EXTRACTING_ASSETS_H
#define PRPACK_SERVICE_EXTRACTING_ASSETS_H

#include "service/extracting/files.h"
#include "service/extracting/titles.h"

/* Hands over the assets that are chosen[], which has an element for each entry of the pack, in rising id, and then the
 * registry and what is beside it. What a workspace cannot say is a finding. False when the task was cancelled or
 * something failed, with the reason in findings; the result is then to be dropped. */
bool service_extract_assets(const struct service_extract_titles *titles, const bool *chosen,
                            struct service_extract_files *files, struct service_extract_result *result,
                            struct base_findings *findings);

/* The sum of the sizes of these payloads. */
uint64_t service_extract_size(const struct pp_pack *pack, const bool *chosen);

#endif
