#include "verify/core/verdict.h"

#include "verify/core/findings.h"

#include <stdlib.h>
#include <string.h>

void verify_report_begin(struct verify_report *report, struct verify_sink *sink, const char *file)
{
    *report = (struct verify_report){.loads = VERIFY_VERDICT_UNKNOWN, .matches = VERIFY_VERDICT_UNKNOWN};
    base_findings_init(&report->findings);
    verify_sink_init(sink);
    report->file = strdup(file);
    if (report->file == NULL) {
        base_report_out_of_memory(&sink->findings, file);
    }
}

enum verify_verdict verify_verdict_of_loading(const struct base_findings *findings, bool is_checked)
{
    if (base_findings_any(findings, DIAG_CLASS_L)) {
        return VERIFY_VERDICT_NO;
    }
    return is_checked ? VERIFY_VERDICT_YES : VERIFY_VERDICT_UNKNOWN;
}

static enum verify_verdict verdict_of_conforming(enum verify_verdict loads, const struct base_findings *findings)
{
    if (loads == VERIFY_VERDICT_NO || base_findings_any(findings, DIAG_CLASS_L) ||
        base_findings_any(findings, DIAG_CLASS_C)) {
        return VERIFY_VERDICT_NO;
    }
    if (loads == VERIFY_VERDICT_YES && !base_findings_any(findings, DIAG_CLASS_E)) {
        return VERIFY_VERDICT_YES;
    }
    return VERIFY_VERDICT_UNKNOWN;
}

/* The packer would write nothing for a workspace that it refuses, and never a set that does not conform. */
static enum verify_verdict verdict_of_matching(bool compared, enum verify_verdict conforms,
                                               const struct base_findings *findings)
{
    if (!compared) {
        return VERIFY_VERDICT_UNKNOWN;
    }
    return base_findings_any(findings, DIAG_CLASS_W) ? VERIFY_VERDICT_NO : conforms;
}

void verify_report_end(struct verify_report *report, struct verify_sink *sink, const struct base_policy *policy)
{
    report->findings = base_findings_take(&sink->findings);
    if (report->findings.out_of_memory && report->findings.total[DIAG_ENVIRONMENT_MEMORY] == 0) {
        base_report_out_of_memory(&report->findings, report->file);
    }
    report->checked = sink->checked;
    memcpy(report->not_checked, sink->not_checked, sizeof report->not_checked);
    report->not_checked_count = sink->not_checked_count;
    bool compared = sink->compared;
    verify_sink_free(sink);
    base_findings_judge(&report->findings, policy);
    report->conforms = verdict_of_conforming(report->loads, &report->findings);
    report->matches = verdict_of_matching(compared, report->conforms, &report->findings);
}
