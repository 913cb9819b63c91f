/* The pack that is extracted, open after it was examined. Threads: one at a time. */
#ifndef PRPACK_SERVICE_EXTRACTING_SOURCE_H
#define PRPACK_SERVICE_EXTRACTING_SOURCE_H

#include "base/findings.h"
#include "base/hash_value.h"
#include "base/task.h"
#include "reader/pack.h"

struct service_extract_source {
    char *path; /* of the assets.pa */
    struct pp_pack *pack;
    struct base_hash header; /* of the header_len bytes */
};

/* Opens the pack that the user named by its path or by its directory. False with the reason in findings. Free it in any
 * case. */
bool service_extract_source_open(struct service_extract_source *source, struct base_task *task, const char *path,
                                 struct base_findings *findings);
void service_extract_source_free(struct service_extract_source *source);

#endif
