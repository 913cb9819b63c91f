/* A companion's array against the header's, member by member: assets-pa-v1.md 3, table-mismatch and preload-mismatch.
 * Private to verify/. */
#ifndef PRPACK_VERIFY_COMPARE_H
#define PRPACK_VERIFY_COMPARE_H

#include "verify/examination.h"

struct pp_compare {
    struct pp_findings *findings;
    enum pp_diagnostic mismatch;
    const char *path; /* of the companion */
    struct pp_bytes header;
    struct pp_json_token array; /* of the header; kind PP_JSON_END: as if empty */
    struct pp_bytes text;       /* of the companion */
};

/* Whether the companion is an array of objects; tells companion-syntax when it is not. The text must be JSON. */
bool pp_compare_is_array(const struct pp_compare *compare);

/* Tells every member that differs. The text must be a JSON array of objects. */
void pp_compare_arrays(const struct pp_compare *compare);

#endif
