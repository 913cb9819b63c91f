/* What is examined. It never changes during an examination, so any thread may read it. */
#ifndef PRPACK_VERIFY_CORE_SUBJECT_H
#define PRPACK_VERIFY_CORE_SUBJECT_H

#include "verify/core/input.h"
#include "verify/core/options.h"

/* Each worker has buffers of its own: this bound keeps their sum small. */
enum { VERIFY_WORKERS_MAX = 16 };

struct verify_subject {
    const struct verify_options *options; /* never NULL */
    const char *path;                     /* of assets.pa, as findings name it */
    struct verify_file input;             /* its bytes */
};

#endif
