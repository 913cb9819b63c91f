/* What the caller of a verification can choose. */
#ifndef PRPACK_VERIFY_CORE_OPTIONS_H
#define PRPACK_VERIFY_CORE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef void (*verify_progress_callback)(void *context, uint64_t bytes_done, uint64_t bytes_total);

struct verify_options {
    bool no_companions;                /* the user said that there are none */
    const char *sources;               /* the project directory whose assets/ to compare with, or NULL */
    unsigned jobs;                     /* workers, 16 at most; 0: one per processor */
    verify_progress_callback progress; /* or NULL; called in the calling thread, while payloads are read */
    void *progress_context;
    uint32_t max_header; /* bytes; 0: the reader's default */
};

#endif
