/* What an answer does not show as findings, for formats that have no member for it: what was not checked, findings that
 * are not listed, and findings that are ignored. */
#ifndef PRPACK_PRESENT_UNSAID_H
#define PRPACK_PRESENT_UNSAID_H

#include "base/text.h"
#include "service/operations.h"

/* Private. */
struct present_unsaid {
    const struct service_answer *answer;
    size_t part;
    size_t at;
};

struct present_unsaid present_unsaid_begin(const struct service_answer *answer);

/* Makes the next one the text, a printable line without a full stop. False after the last one. */
bool present_unsaid_next(struct present_unsaid *unsaid, struct base_text *text);

/* The reasons of an examination why something was not checked; NULL when the answer is of no examination. */
const struct service_report *present_report_of(const struct service_answer *answer);

#endif
