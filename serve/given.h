/* The parameters of a request that are repeated in the commands of remedies, as options.
 *
 * Threads: no shared state. */
#ifndef PRPACK_SERVE_GIVEN_H
#define PRPACK_SERVE_GIVEN_H

#include "present/lasting.h"
#include "present/output.h"
#include "serve/job.h"

/* Their values; numbers are spelt in `numbers`. */
struct serve_given {
    struct present_given items[PRESENT_LASTING];
    size_t count;
    char numbers[PRESENT_LASTING][24];
};

/* Strings are borrowed from the job. *given must stay where it is. */
void serve_given_find(struct serve_given *given, const struct serve_job *job);

#endif
