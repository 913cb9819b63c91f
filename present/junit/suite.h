/* The findings of one answer, by group of checks and asset. Threads: one at a time. */
#ifndef PRPACK_PRESENT_JUNIT_SUITE_H
#define PRPACK_PRESENT_JUNIT_SUITE_H

#include "present/junit/check.h"
#include "present/subjects.h"

/* A finding that is shown, with what it is sorted by. */
struct present_placed {
    const struct base_finding *finding;
    enum present_check check;
    const struct present_subject *subject; /* NULL: about no asset of the answer */
    size_t number;                         /* of the finding in the answer */
};

/* The findings of one group: what they say about the others. */
struct present_group {
    bool failed;   /* there is an error, listed or not */
    bool stops;    /* and it is one of class L: what comes later is not read */
    bool whole;    /* and one is about no asset */
    bool unlisted; /* there are errors that are not listed: which assets have them is not known */
};

struct present_suite {
    const struct service_answer *answer;
    const struct present_subjects *subjects;
    struct present_placed *placed; /* by group, then what is about no asset, then by row, then in order */
    size_t count;
    struct present_group groups[PRESENT_CHECK_COUNT];
    bool all_read; /* every payload of the table */
};

/* Borrows both arguments. False when memory ran out; *suite is then empty. */
bool present_suite_make(struct present_suite *suite, const struct service_answer *answer,
                        const struct present_subjects *subjects);
void present_suite_free(struct present_suite *suite);

/* The findings about an asset, or about none (NULL), in a group: a run of suite->placed. */
struct present_run {
    const struct present_placed *placed;
    size_t count;
    bool failed; /* one is an error */
};

struct present_run present_suite_find(const struct present_suite *suite, enum present_check check,
                                      const struct present_subject *subject);

#endif
