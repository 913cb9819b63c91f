/* A companion's array against the header's, member by member: assets-pa-v1.md 3, table-mismatch and preload-mismatch.
 */
#ifndef PRPACK_VERIFY_COMPANIONS_COMPARE_H
#define PRPACK_VERIFY_COMPANIONS_COMPARE_H

#include "base/findings.h"
#include "json/object.h"

struct verify_compare {
    struct base_task *task; /* or NULL */
    struct base_findings *findings;
    enum diag mismatch;
    const char *path; /* of the companion */
    struct base_bytes header;
    struct json_token array;  /* of the header; kind JSON_END: as if empty */
    struct base_lines *lines; /* of the companion: its text */
};

/* Whether the companion is an array of objects; reports companion-syntax when it is not. The text must be JSON. */
bool verify_compare_is_array(const struct verify_compare *compare);

/* Reports every member that differs. The text must be a JSON array of objects. */
void verify_compare_arrays(const struct verify_compare *compare);

#endif
