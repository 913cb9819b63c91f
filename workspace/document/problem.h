/* What went wrong with a file, as a finding. */
#ifndef PRPACK_WORKSPACE_DOCUMENT_PROBLEM_H
#define PRPACK_WORKSPACE_DOCUMENT_PROBLEM_H

#include "base/findings.h"
#include "base/text.h"

/* Reports an errno value or base_file_problem other than 0 that came from opening or reading; `missing` is the id for
 * "nothing is there", with the text `missing_text`. */
void workspace_report_read_problem(struct base_findings *findings, const struct base_place *place, int problem,
                                   enum diag missing, const char *missing_text);

/* The same for writing: environment-write, or environment-memory. `doing` completes "could not …". */
void workspace_report_write_problem(struct base_findings *findings, const struct base_place *place, int problem,
                                    const char *doing);

/* Reports that memory ran out: the list's own flag, and an error that counts. */
void workspace_report_out_of_memory(struct base_findings *findings);

/* Frees a text that was made for a finding; when it lacked memory, the list says so. */
void workspace_text_done(struct base_findings *findings, struct base_text *text);

/* Whether nothing was found wrong since base_findings_errors was `before`. */
bool workspace_nothing_wrong_since(const struct base_findings *findings, uint64_t before);

#endif
