/* What the caller of a verification can choose. */
#ifndef PRPACK_VERIFY_CORE_OPTIONS_H
#define PRPACK_VERIFY_CORE_OPTIONS_H

#include "base/policy.h"
#include "base/task.h"

#include <stdbool.h>
#include <stdint.h>

/* 1 GiB. */
#define VERIFY_DECODED_DEFAULT (UINT64_C(1) << 30)

/* The part of the options that a finding is about: its place.request_field. service/request.h has the same number. */
enum { VERIFY_FIELD_ASSETS = 7 };

struct verify_options {
    struct base_task *task; /* or NULL */
    bool no_companions;     /* the user said that there are none */
    const char *sources;    /* the project directory whose assets/ to compare with, or NULL */
    uint64_t max_decoded;   /* with sources: bytes that a sound may decode to; 0: VERIFY_DECODED_DEFAULT */
    const char *assets;     /* the directory in place of that assets/, absolute or as seen from the project; or NULL */
    unsigned jobs;          /* workers, 16 at most; 0: one per processor */
    uint32_t max_header;    /* bytes; 0: the reader's default */
    const char *shown;      /* verify_build, verify_bytes: what the report calls the directory; NULL: by its path or, in
                               memory, by the names of the files */
    const struct base_policy *policy; /* which findings decide verdicts; NULL: all */
    const char *pending; /* a name in the build directory, or NULL. If it is a directory, the artifacts in it take the
                            place of those in the build directory, and have their paths in the report */
};

#endif
