/* The files beside the pack, opened or lent: assets-pa-v1.md section 3. */
#ifndef PRPACK_VERIFY_COMPANIONS_COMPANION_H
#define PRPACK_VERIFY_COMPANIONS_COMPANION_H

#include "base/findings.h"
#include "verify/core/input.h"
#include "verify/core/set.h"

/* Bytes of a companion that is read into memory, at most. */
enum { VERIFY_COMPANION_MAX = 1 << 30 };

/* One companion, opened or not. */
struct verify_companion {
    const char *name; /* such as "preload.json"; static */
    char *path;       /* as findings name it */
    struct base_file file;
    struct verify_file input;
    bool present; /* input can be read */
};

enum verify_companion_kind {
    VERIFY_COMPANION_TABLE,
    VERIFY_COMPANION_PRELOAD,
    VERIFY_COMPANION_METADATA,
    VERIFY_COMPANIONS
};

struct verify_companions {
    struct verify_companion files[VERIFY_COMPANIONS];
};

/* Opens the three companions of a build. What cannot be opened is a finding: companion-missing, environment-read. Close
 * them afterwards in any case. */
void verify_companions_open(struct verify_companions *companions, const struct verify_set *set,
                            struct base_findings *findings);
/* Takes them from memory, which must outlive *companions; NULL data is a missing one. `shown` is what findings call
 * their directory; NULL: they go by their names. */
void verify_companions_lend(struct verify_companions *companions, const struct base_bytes bytes[VERIFY_COMPANIONS],
                            const char *shown, struct base_findings *findings);
void verify_companions_close(struct verify_companions *companions);

#endif
