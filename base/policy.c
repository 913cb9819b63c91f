#include "base/policy.h"

static bool ignores(const struct base_policy *policy, const struct base_tally_kind *kind)
{
    switch (kind->class_) {
    case DIAG_CLASS_L:
    case DIAG_CLASS_E:
    case DIAG_CLASS_U:
        return false;
    case DIAG_CLASS_W:
        if (policy->keeps_refusals && kind->severity == BASE_ERROR) {
            return false;
        }
        break;
    case DIAG_CLASS_C:
        break;
    }
    return policy->ignored[kind->diagnostic];
}

static struct base_tally_kind judged(const struct base_policy *policy, struct base_tally_kind kind)
{
    if (kind.ignored || ignores(policy, &kind)) {
        kind.ignored = true;
        return kind;
    }
    if (kind.severity == BASE_ERROR && !kind.promoted && policy->softened[kind.diagnostic]) {
        kind.severity = BASE_WARNING;
    }
    if (kind.severity == BASE_WARNING && (policy->strict || policy->errors[kind.diagnostic])) {
        kind.severity = BASE_ERROR;
        kind.promoted = true;
    }
    return kind;
}

static void judge_count(struct base_findings *findings, struct base_tally_count *count,
                        const struct base_policy *policy)
{
    struct base_tally_kind before = count->kind;
    count->kind = judged(policy, before);
    if (count->kind.promoted && !before.promoted) {
        findings->promoted += count->count;
    }
    bool was_error = before.severity == BASE_ERROR && !before.promoted && !before.ignored;
    if (was_error && !count->kind.ignored && (count->kind.severity == BASE_WARNING || count->kind.promoted)) {
        findings->errors[before.class_] -= count->count;
    }
    if (!count->kind.ignored || before.ignored) {
        return;
    }
    findings->ignored += count->count;
    findings->total[before.diagnostic] -= count->count;
    if (before.severity == BASE_ERROR) {
        findings->errors[before.class_] -= count->count;
        findings->ignored_errors[before.class_] += count->count;
    }
}

/* Whether a finding that is kept counts. */
static bool judge_kept(struct base_finding *finding, const struct base_policy *policy)
{
    const struct base_tally_kind kind = judged(policy, base_finding_kind(finding));
    finding->severity = kind.severity;
    finding->promoted = kind.promoted;
    return !kind.ignored;
}

void base_findings_judge(struct base_findings *findings, const struct base_policy *policy)
{
    if (policy == NULL) {
        return;
    }
    for (size_t i = 0; i < findings->tally.count; i++) {
        struct base_tally_file *file = &findings->tally.files[i];
        for (size_t j = 0; j < file->count; j++) {
            judge_count(findings, &file->counts[j], policy);
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (judge_kept(&findings->items[i], policy)) {
            findings->items[kept++] = findings->items[i];
        } else {
            base_finding_free(&findings->items[i]);
        }
    }
    findings->count = kept;
}
