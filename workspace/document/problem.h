/* What went wrong with a file, as a finding. */
#ifndef PRPACK_WORKSPACE_DOCUMENT_PROBLEM_H
#define PRPACK_WORKSPACE_DOCUMENT_PROBLEM_H

#include "base/report.h"

/* Reports an errno value or base_file_problem other than 0 that came from opening or reading; `missing` is the id for
 * "nothing is there", with the text `missing_text`. */
void workspace_report_read_problem(struct base_findings *findings, const struct base_place *place, int problem,
                                   enum diag missing, const char *missing_text);

/* The same with details, of which the cause, subject and remedy count only when nothing is there. */
void workspace_report_read_problem_details(struct base_findings *findings, const struct base_details *given,
                                           int problem, enum diag missing, const char *missing_text);

/* Whether nothing was found wrong since base_findings_errors was `before`. */
bool workspace_nothing_wrong_since(const struct base_findings *findings, uint64_t before);

#endif
