/* The assets that an answer is about, found by their id: those of the examined table, or of the workspace.
 *
 * The strings are those of the answer. Threads: one at a time. */
#ifndef PRPACK_PRESENT_SUBJECTS_H
#define PRPACK_PRESENT_SUBJECTS_H

#include "service/operations.h"

/* Whether the answer is an examination of a table: of `verify` or `inspect`, which ran. */
bool present_is_examination(const struct service_answer *answer);

struct present_subject {
    bool has_asset_id;
    int64_t asset_id;
    size_t row;       /* in the table or the registry, from 0 */
    const char *uuid; /* NULL: not known */
    const char *root; /* relative to assets/; NULL: not known */
    const char *name; /* as the header of the pack has it; NULL: not known */
    bool included;    /* a build packs it, or the pack has it */
    bool was_read;    /* its payload could be read; only of an examined table */
};

/* Which row has an id. */
struct present_subject_id {
    int64_t asset_id;
    size_t row;
};

struct present_subjects {
    struct present_subject *items; /* by row */
    size_t count;
    struct present_subject_id *by_id; /* of those with an id, in rising id, then in rising row */
    size_t id_count;
};

/* Leaves *subjects empty when the answer is about none. False when memory ran out; *subjects is then empty. */
bool present_subjects_make(struct present_subjects *subjects, const struct service_answer *answer);
void present_subjects_free(struct present_subjects *subjects);

/* The first one that has the id; NULL when none does. */
const struct present_subject *present_subject_of(const struct present_subjects *subjects, int64_t asset_id);

#endif
