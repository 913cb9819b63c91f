/* The life of a report, and how verdicts follow from findings. */
#ifndef PRPACK_VERIFY_CORE_VERDICT_H
#define PRPACK_VERIFY_CORE_VERDICT_H

#include "base/policy.h"
#include "verify/core/sink.h"

/* Makes an empty report about `file`, with report->loads unknown, and an empty sink for it. */
void verify_report_begin(struct verify_report *report, struct verify_sink *sink, const char *file);

/* Whether a pack with these findings loads. is_checked: every rule of class L was checked. */
enum verify_verdict verify_verdict_of_loading(const struct base_findings *findings, bool is_checked);

/* Moves the sink into the report and frees it. Then sets report->conforms and report->matches, which follow from
 * report->loads and all findings that count by the policy, which may be NULL. */
void verify_report_end(struct verify_report *report, struct verify_sink *sink, const struct base_policy *policy);

#endif
