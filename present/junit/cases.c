#include "present/junit/cases.h"

#include "present/junit/evidence.h"

static void visit_one(const struct present_suite *suite, enum present_check check,
                      const struct present_subject *subject, present_visit_case visit, void *context)
{
    struct present_case case_ = {
        .check = check, .subject = subject, .findings = present_suite_find(suite, check, subject)};
    if (case_.findings.failed) {
        case_.outcome = PRESENT_OUTCOME_FAILED;
    } else {
        case_.reason = present_not_checked(suite, check, subject);
        case_.outcome = case_.reason != NULL ? PRESENT_OUTCOME_SKIPPED : PRESENT_OUTCOME_PASSED;
    }
    visit(context, suite, &case_);
}

static void visit_group(const struct present_suite *suite, enum present_check check, present_visit_case visit,
                        void *context)
{
    visit_one(suite, check, NULL, visit, context);
    for (size_t i = 0; present_check_is_of_assets(check) && i < suite->subjects->count; i++) {
        visit_one(suite, check, &suite->subjects->items[i], visit, context);
    }
}

/* The environment and the request have a case when there is something to say about them. */
static bool says_run(const struct present_suite *suite)
{
    const struct present_placed *last = suite->count > 0 ? &suite->placed[suite->count - 1] : NULL;
    return (last != NULL && last->check == PRESENT_CHECK_RUN) || suite->groups[PRESENT_CHECK_RUN].failed ||
           !suite->answer->ran;
}

void present_suite_each(const struct present_suite *suite, present_visit_case visit, void *context)
{
    for (int i = 0; i < PRESENT_CHECK_RUN; i++) {
        if (present_check_applies(suite->answer, (enum present_check)i)) {
            visit_group(suite, (enum present_check)i, visit, context);
        }
    }
    if (says_run(suite)) {
        visit_one(suite, PRESENT_CHECK_RUN, NULL, visit, context);
    }
}
