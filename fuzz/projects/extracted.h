/* A pack of the scratch directory, taken apart by the service. */
#ifndef PRPACK_FUZZ_PROJECTS_EXTRACTED_H
#define PRPACK_FUZZ_PROJECTS_EXTRACTED_H

#include "service/service.h"

/* Both paths are in the scratch directory. Whether the pack was taken apart; free the result either way. */
bool extracted_write(const char *pack, const char *to, struct service_extract_result *result,
                     struct base_findings *findings);

#endif
