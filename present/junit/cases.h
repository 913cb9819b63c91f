/* The cases of one answer. A case passes only when there is evidence that what it is about was looked at. */
#ifndef PRPACK_PRESENT_JUNIT_CASES_H
#define PRPACK_PRESENT_JUNIT_CASES_H

#include "present/junit/suite.h"

enum present_outcome { PRESENT_OUTCOME_PASSED, PRESENT_OUTCOME_FAILED, PRESENT_OUTCOME_SKIPPED };

struct present_case {
    enum present_check check;
    const struct present_subject *subject; /* NULL: the thing as a whole */
    struct present_run findings;
    enum present_outcome outcome;
    const char *reason; /* why it is skipped. Static, or of the answer */
};

/* Calls visit with each case, in order: group by group, the whole before its assets. */
typedef void (*present_visit_case)(void *context, const struct present_suite *suite, const struct present_case *case_);
void present_suite_each(const struct present_suite *suite, present_visit_case visit, void *context);

#endif
