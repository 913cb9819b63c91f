/* Whether something was checked. */
#ifndef PRPACK_PRESENT_JUNIT_EVIDENCE_H
#define PRPACK_PRESENT_JUNIT_EVIDENCE_H

#include "present/junit/suite.h"

/* NULL when the group was checked, for an asset or (subject NULL) for the thing as a whole; else why it was not, in
 * words. Static storage. Of a case without errors. */
const char *present_not_checked(const struct present_suite *suite, enum present_check check,
                                const struct present_subject *subject);

#endif
