#include "present/junit/evidence.h"

static const char *const unread = "it could not be read";

static const char *pack_not_read(const struct present_suite *suite, enum present_check check)
{
    const struct service_report *report = &suite->answer->result.report;
    if (report->loads == SERVICE_VERDICT_UNKNOWN) {
        return unread;
    }
    if (!report->has_prelude) {
        return check == PRESENT_CHECK_CARTRIDGE ? NULL : "no prelude could be read";
    }
    if (check > PRESENT_CHECK_PRELUDE && suite->groups[PRESENT_CHECK_PRELUDE].stops) {
        return "the prelude is wrong";
    }
    return check > PRESENT_CHECK_HEADER && suite->groups[PRESENT_CHECK_HEADER].stops ? "the header is wrong" : NULL;
}

static const char *payload_not_read(const struct present_suite *suite, const struct present_subject *subject)
{
    if (subject == NULL) {
        return suite->all_read ? NULL : "not every payload could be read";
    }
    if (!subject->was_read) {
        return "its payload could not be read";
    }
    return present_suite_find(suite, PRESENT_CHECK_ENTRY, subject).failed ? "its entry is wrong" : NULL;
}

static const char *companions_not_compared(const struct present_suite *suite, const struct present_subject *subject)
{
    enum { COMPANIONS = 3 };
    if (suite->answer->result.report.checked.companions < COMPANIONS) {
        return "not all companions were compared";
    }
    if (subject != NULL && suite->groups[PRESENT_CHECK_COMPANIONS].whole) {
        return "a companion is wrong";
    }
    return payload_not_read(suite, subject);
}

static const char *sources_not_compared(const struct present_suite *suite, const struct present_subject *subject)
{
    const struct service_report *report = &suite->answer->result.report;
    if (report->matches == SERVICE_VERDICT_UNKNOWN) {
        return "the sources were not compared";
    }
    if (subject == NULL) {
        return NULL;
    }
    return suite->groups[PRESENT_CHECK_SOURCES].whole ? "the workspace is wrong"
           : report->checked.sources == 0             ? "the sources were not compared"
                                                      : NULL;
}

/* Whether the first entry with the id of this one, which is a later one, has an error: it may be about either. */
static bool shares_error(const struct present_suite *suite, enum present_check check,
                         const struct present_subject *subject)
{
    const struct present_subject *first =
        subject->has_asset_id ? present_subject_of(suite->subjects, subject->asset_id) : NULL;
    return first != NULL && first != subject && present_suite_find(suite, check, first).failed;
}

static const char *not_examined(const struct present_suite *suite, enum present_check check,
                                const struct present_subject *subject)
{
    const char *reason = pack_not_read(suite, check);
    if (reason != NULL) {
        return reason;
    }
    if (subject != NULL && shares_error(suite, check, subject)) {
        return "an entry with the same id is wrong";
    }
    if (check == PRESENT_CHECK_PAYLOAD) {
        return payload_not_read(suite, subject);
    }
    if (check == PRESENT_CHECK_COMPANIONS) {
        return companions_not_compared(suite, subject);
    }
    return check == PRESENT_CHECK_SOURCES ? sources_not_compared(suite, subject) : NULL;
}

static enum service_reached reached_of(const struct service_answer *answer)
{
    return answer->operation->id == SERVICE_OPERATION_BUILD ? answer->result.build.reached
                                                            : answer->result.doctor.reached;
}

static const char *not_reached(const struct present_suite *suite, enum present_check check,
                               const struct present_subject *subject)
{
    enum service_reached reached = reached_of(suite->answer);
    bool builds = suite->answer->operation->id == SERVICE_OPERATION_BUILD;
    if (check == PRESENT_CHECK_PACK) {
        return suite->answer->result.build.verified ? NULL : "the set was not verified";
    }
    if (subject != NULL && !subject->included && (builds || check == PRESENT_CHECK_PACKING)) {
        return "it is excluded from builds";
    }
    if (reached < SERVICE_REACHED_DECLARATIONS) {
        return "the workspace could not be read";
    }
    bool needs_sources = check == PRESENT_CHECK_PACKING || check == PRESENT_CHECK_ADVICE;
    if (needs_sources && reached < SERVICE_REACHED_SOURCES) {
        return "not all inputs were read";
    }
    bool undeclared =
        needs_sources && subject != NULL && present_suite_find(suite, PRESENT_CHECK_DECLARATION, subject).failed;
    return undeclared ? "its declaration is wrong" : NULL;
}

const char *present_not_checked(const struct present_suite *suite, enum present_check check,
                                const struct present_subject *subject)
{
    const struct service_answer *answer = suite->answer;
    if (check == PRESENT_CHECK_RUN) {
        return NULL;
    }
    if (answer->status == SERVICE_STATUS_CANCELLED) {
        return "the run was cancelled";
    }
    if (suite->groups[PRESENT_CHECK_RUN].failed) {
        return "the run is not complete";
    }
    if (suite->groups[check].unlisted) {
        return "errors of this kind are not all listed";
    }
    return present_is_examination(answer) ? not_examined(suite, check, subject) : not_reached(suite, check, subject);
}
