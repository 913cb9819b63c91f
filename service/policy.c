#include "service/policy.h"

#include "service/closest.h"

/* ---- What may be asked ---- */

static bool report_id(struct base_findings *findings, enum service_field field, const char *id, const char *expected,
                      const char *message)
{
    const struct base_details details = {.place.request_field = field, .expected = expected, .actual = id};
    base_report(findings, DIAG_USAGE, &details, "%s", message);
    return false;
}

static bool check_known(const struct service_strings *ids, enum service_field field, struct base_findings *findings)
{
    bool known = true;
    for (size_t i = 0; i < ids->count; i++) {
        const char *id = ids->items[i];
        if (diag_from_id(base_bytes_of_string(id)) == DIAG_NONE) {
            known = report_id(findings, field, id, service_closest_id(id), "there is no diagnostic with this id");
        }
    }
    return known;
}

/* Of ids that exist. */
static bool check_ignored(const struct service_strings *ids, struct base_findings *findings)
{
    static const char *const messages[] = {
        [DIAG_CLASS_L] = "findings of class L cannot be ignored: the console would not load the pack",
        [DIAG_CLASS_E] = "findings of class E cannot be ignored: something was not checked",
        [DIAG_CLASS_U] = "findings of class U cannot be ignored: the request is wrong",
    };
    bool fine = true;
    for (size_t i = 0; i < ids->count; i++) {
        enum diag_class class_ = diag_facts(diag_from_id(base_bytes_of_string(ids->items[i])))->class_;
        if (class_ != DIAG_CLASS_C && class_ != DIAG_CLASS_W) {
            fine = report_id(findings, SERVICE_FIELD_IGNORE, ids->items[i], NULL, messages[class_]);
        }
    }
    return fine;
}

/* Likewise. */
static bool check_errors(const struct service_findings_wish *wish, struct base_findings *findings)
{
    const struct base_policy policy = service_policy_of(wish, false);
    bool fine = true;
    for (size_t i = 0; i < wish->error.count; i++) {
        const char *id = wish->error.items[i];
        if (policy.ignored[diag_from_id(base_bytes_of_string(id))]) {
            fine = report_id(findings, SERVICE_FIELD_ERROR, id, NULL, "this id is both an error and ignored");
        }
    }
    return fine;
}

bool service_policy_check(const struct service_findings_wish *wish, struct base_findings *findings)
{
    bool known = check_known(&wish->error, SERVICE_FIELD_ERROR, findings);
    known = check_known(&wish->ignore, SERVICE_FIELD_IGNORE, findings) && known;
    known = check_known(&wish->only, SERVICE_FIELD_ONLY, findings) && known;
    if (!known) {
        return false;
    }
    bool fine = check_ignored(&wish->ignore, findings);
    return check_errors(wish, findings) && fine;
}

/* ---- What it comes to ---- */

static void mark(bool marks[DIAG_COUNT], const struct service_strings *ids, bool value)
{
    for (size_t i = 0; i < ids->count; i++) {
        marks[diag_from_id(base_bytes_of_string(ids->items[i]))] = value;
    }
}

struct base_policy service_policy_of(const struct service_findings_wish *wish, bool refuses)
{
    struct base_policy policy = {.strict = wish->strict, .keeps_refusals = refuses};
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        policy.ignored[i] = wish->only.count > 0;
    }
    mark(policy.ignored, &wish->only, false);
    mark(policy.ignored, &wish->ignore, true);
    mark(policy.errors, &wish->error, true);
    return policy;
}

void service_policy_apply(const struct base_policy *policy, struct base_findings *findings)
{
    base_findings_judge(findings, policy);
    base_findings_order(findings);
}

bool service_policy_permits(const struct base_policy *policy, struct base_findings *findings)
{
    base_findings_judge(findings, policy);
    return findings->promoted == 0;
}
