/* Which findings count: what is ignored leaves every count and the list, and what is promoted decides no verdict. */
#include "base/policy.h"
#include "tests/lib/sample.h"

/* Findings of each class, as errors and as warnings. */
static const enum diag of_class[] = {
    [DIAG_CLASS_L] = DIAG_SLICE_RANGE,        [DIAG_CLASS_C] = DIAG_SLICE_GAP, [DIAG_CLASS_W] = DIAG_INPUT_MISSING,
    [DIAG_CLASS_E] = DIAG_ENVIRONMENT_MEMORY, [DIAG_CLASS_U] = DIAG_USAGE,
};

static void add(struct base_findings *findings, enum diag diagnostic, enum base_severity severity, const char *file)
{
    base_report(findings, diagnostic, &(struct base_details){.place.file = file, .severity = severity}, "wrong");
}

static void add_all(struct base_findings *findings)
{
    base_findings_init(findings);
    for (size_t i = 0; i < COUNT_OF(of_class); i++) {
        add(findings, of_class[i], BASE_WARNING, "warnings");
        add(findings, of_class[i], BASE_ERROR, "errors");
    }
}

static void ignore_all(struct base_policy *policy)
{
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        policy->ignored[i] = true;
    }
}

/* Kept, total and the tally agree, and are these. */
static void check_counts(const struct base_findings *findings, uint64_t errors, uint64_t warnings, uint64_t ignored)
{
    uint64_t kept[2] = {0, 0};
    uint64_t counted[2] = {0, 0};
    for (size_t i = 0; i < findings->count; i++) {
        kept[findings->items[i].severity]++;
    }
    for (size_t i = 0; i < findings->tally.count; i++) {
        counted[BASE_ERROR] += base_tally_of_file(&findings->tally.files[i], BASE_ERROR);
        counted[BASE_WARNING] += base_tally_of_file(&findings->tally.files[i], BASE_WARNING);
    }
    CHECK_U64(base_findings_errors(findings), errors);
    CHECK_U64(base_findings_warnings(findings), warnings);
    CHECK_U64(findings->ignored, ignored);
    CHECK_U64(kept[BASE_ERROR], errors);
    CHECK_U64(kept[BASE_WARNING], warnings);
    CHECK_U64(counted[BASE_ERROR], errors);
    CHECK_U64(counted[BASE_WARNING], warnings);
}

/* Errors that are made warnings are counted as such, and a policy that is stricter promotes them. */
UNIT_TEST(errors_become_warnings)
{
    struct base_findings findings;
    struct base_policy policy = {.softened[DIAG_INPUT_MISSING] = true};
    add_all(&findings);
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 4, 6, 0);
    CHECK(!base_findings_any(&findings, DIAG_CLASS_W));
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 4, 6, 0);
    policy.strict = true;
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 10, 0, 0);
    CHECK(!base_findings_any(&findings, DIAG_CLASS_W));
    base_findings_free(&findings);
    add_all(&findings);
    base_findings_judge(&findings, &policy); /* both at once */
    check_counts(&findings, 10, 0, 0);
    CHECK(!base_findings_any(&findings, DIAG_CLASS_W) && base_findings_any(&findings, DIAG_CLASS_E));
    base_findings_free(&findings);
}

UNIT_TEST(a_policy_that_says_nothing_changes_nothing)
{
    struct base_findings findings;
    struct base_policy policy = {.strict = false};
    add_all(&findings);
    base_findings_judge(&findings, NULL);
    check_counts(&findings, 5, 5, 0);
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 5, 5, 0);
    base_findings_free(&findings);
}

UNIT_TEST(the_classes_of_what_was_not_checked_are_never_ignored)
{
    struct base_findings findings;
    struct base_policy policy = {.strict = false};
    ignore_all(&policy);
    add_all(&findings);
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 3, 3, 4);
    CHECK(base_findings_any(&findings, DIAG_CLASS_L) && base_findings_any(&findings, DIAG_CLASS_E));
    CHECK(base_findings_any(&findings, DIAG_CLASS_U));
    CHECK(!base_findings_any(&findings, DIAG_CLASS_C) && !base_findings_any(&findings, DIAG_CLASS_W));
    CHECK_U64(findings.ignored_errors[DIAG_CLASS_C], 1);
    CHECK_U64(findings.ignored_errors[DIAG_CLASS_W], 1);
    CHECK_U64(findings.total[DIAG_SLICE_GAP], 0);
    base_findings_free(&findings);
}

UNIT_TEST(what_keeps_a_command_from_its_work_is_not_ignored_there)
{
    struct base_findings findings;
    struct base_policy policy = {.keeps_refusals = true};
    ignore_all(&policy);
    add_all(&findings);
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 4, 3, 3);
    CHECK(base_findings_any(&findings, DIAG_CLASS_W));
    CHECK(!base_findings_any(&findings, DIAG_CLASS_C));
    base_findings_free(&findings);
}

UNIT_TEST(the_class_is_that_of_the_finding)
{
    struct base_findings findings;
    struct base_policy policy = {.strict = false};
    policy.ignored[DIAG_JSON_DUPLICATE_KEY] = true;
    base_findings_init(&findings);
    base_report(&findings, DIAG_JSON_DUPLICATE_KEY, NULL, "of class L");
    base_report(&findings, DIAG_JSON_DUPLICATE_KEY, &(struct base_details){.has_class = true, .class_ = DIAG_CLASS_C},
                "of class C");
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 1, 0, 1);
    CHECK_STRING(findings.items[0].message, "of class L");
    base_findings_free(&findings);
}

UNIT_TEST(a_warning_that_is_an_error_decides_no_verdict)
{
    struct base_findings findings;
    struct base_policy policy = {.strict = true};
    base_findings_init(&findings);
    add(&findings, DIAG_SLICE_GAP, BASE_WARNING, "a");
    add(&findings, DIAG_SLICE_RANGE, BASE_WARNING, "a");
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 2, 0, 0);
    CHECK(!base_findings_any(&findings, DIAG_CLASS_C) && !base_findings_any(&findings, DIAG_CLASS_L));
    base_findings_free(&findings);

    policy = (struct base_policy){.strict = false};
    policy.errors[DIAG_SLICE_GAP] = true;
    add(&findings, DIAG_SLICE_GAP, BASE_WARNING, "a");
    add(&findings, DIAG_ID_ORDER, BASE_WARNING, "a");
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 1, 1, 0);
    base_findings_free(&findings);
}

UNIT_TEST(ignored_comes_before_strict)
{
    struct base_findings findings;
    struct base_policy policy = {.strict = true};
    policy.ignored[DIAG_SLICE_GAP] = true;
    base_findings_init(&findings);
    add(&findings, DIAG_SLICE_GAP, BASE_WARNING, "a");
    base_findings_judge(&findings, &policy);
    check_counts(&findings, 0, 0, 1);
    CHECK_U64(findings.ignored_errors[DIAG_CLASS_C], 0);
    base_findings_free(&findings);
}

UNIT_TEST(judging_again_judges_what_was_added)
{
    struct base_findings findings;
    struct base_findings more;
    struct base_policy policy = {.strict = true};
    policy.ignored[DIAG_ID_ORDER] = true;
    base_findings_init(&findings);
    for (unsigned round = 1; round <= 3; round++) {
        base_findings_init(&more);
        add(&more, DIAG_SLICE_GAP, BASE_WARNING, "a");
        add(&more, DIAG_ID_ORDER, BASE_ERROR, "b");
        if (round == 2) {
            base_findings_judge(&more, &policy);
        }
        base_findings_move(&findings, &more);
        base_findings_judge(&findings, &policy);
        base_findings_judge(&findings, &policy);
        check_counts(&findings, round, 0, round);
        CHECK_U64(findings.promoted, round);
        CHECK_U64(findings.ignored_errors[DIAG_CLASS_C], round);
    }
    base_findings_free(&findings);
}

UNIT_TEST(findings_that_are_not_kept_are_judged_too)
{
    struct base_findings findings;
    struct base_policy policy = {.strict = true};
    policy.ignored[DIAG_ID_ORDER] = true;
    base_findings_init(&findings);
    for (unsigned i = 0; i < 3 * BASE_FINDINGS_KEPT; i++) {
        add(&findings, DIAG_SLICE_GAP, BASE_WARNING, "a");
        add(&findings, DIAG_ID_ORDER, BASE_WARNING, "b");
    }
    base_findings_judge(&findings, &policy);
    CHECK_U64(findings.count, BASE_FINDINGS_KEPT);
    CHECK_U64(base_findings_errors(&findings), 3 * BASE_FINDINGS_KEPT);
    CHECK_U64(base_findings_warnings(&findings), 0);
    CHECK_U64(findings.ignored, 3 * BASE_FINDINGS_KEPT);
    base_findings_free(&findings);
}
