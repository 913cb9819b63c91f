/* The four artifacts in memory, for a build that only checks. Nothing of them is in any file system. */
#ifndef PRPACK_SERVICE_BUILDING_MEMORY_H
#define PRPACK_SERVICE_BUILDING_MEMORY_H

#include "base/file.h"
#include "service/transaction/targets.h"
#include "writer/memory.h"

/* Threads: one at a time. */
struct service_memory {
    int fds[SERVICE_ARTIFACT_COUNT]; /* in the order of service_artifacts; -1: not made */
    struct base_mapping mappings[SERVICE_ARTIFACT_COUNT];
};

#define SERVICE_MEMORY_EMPTY ((struct service_memory){.fds = {-1, -1, -1, -1}})

/* Where the writer puts them. *memory is borrowed. */
struct writer_memory service_memory_writer(struct service_memory *memory);

/* Lends all of them as they were written, until the memory is emptied. Returns 0 or an errno value. */
int service_memory_bytes(struct service_memory *memory, struct base_bytes artifacts[SERVICE_ARTIFACT_COUNT]);

/* Drops the artifacts. Accepts an empty one. */
void service_memory_empty(struct service_memory *memory);

#endif
