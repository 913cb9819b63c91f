/* The pictures of what is wrong that a build writes: docs/contracts/artifact-ownership.md 3.9. */
#ifndef PRPACK_SERVICE_BUILDING_PICTURES_H
#define PRPACK_SERVICE_BUILDING_PICTURES_H

#include "service/request.h"
#include "service/service.h"
#include "service/transaction/output.h"
#include "writer/pictures.h"

#include <pthread.h>

struct service_pictures_failure;

/* Private, but for `wanted`. Threads: pictures are written by several at once; the rest is done by one. */
struct service_pictures {
    bool wanted;
    const char *directory; /* as the request names it; borrowed */
    char *real;            /* from "/" on and without links, as far as it is there */
    struct base_task *task;
    pthread_mutex_t lock; /* of what follows, and of the directory */
    struct service_pictures_failure *failures;
    size_t failure_count;
    size_t failure_capacity;
    size_t count; /* pictures that are there now */
    char *first;  /* path of one of them; of several the one whose path comes first */
    bool out_of_memory;
};

/* Finds the directory that the request names, if it names one. False, with the reason in findings, when no picture may
 * be written into it: the build then ends. End it in any case. */
bool service_pictures_begin(struct service_pictures *pictures, const struct service_site *site,
                            const struct service_build_request *request, struct base_findings *findings);

/* What the writer is given; its context is *pictures. */
struct writer_pictures service_pictures_writer(struct service_pictures *pictures);

/* Reports what could not be written, and says in the result where the pictures are. */
void service_pictures_finish(struct service_pictures *pictures, struct service_build_result *result,
                             struct base_findings *findings);

void service_pictures_end(struct service_pictures *pictures);

#endif
