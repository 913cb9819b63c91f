/* What went wrong with a file, as a finding. */
#ifndef PRPACK_WORKSPACE_PROBLEM_H
#define PRPACK_WORKSPACE_PROBLEM_H

#include "base/findings.h"
#include "base/text.h"

/* Reports an errno value or pp_file_problem other than 0 that came from opening or reading; `missing` is the id for
 * "nothing is there", with the text `missing_text`. */
void pp_report_read_problem(struct pp_findings *findings, const struct pp_place *place, int problem,
                            enum pp_diagnostic missing, const char *missing_text);

/* The same for writing: environment-write, or environment-memory. `doing` completes "could not …". */
void pp_report_write_problem(struct pp_findings *findings, const struct pp_place *place, int problem,
                             const char *doing);

/* Reports that memory ran out: the list's own flag, and an error that counts. */
void pp_report_out_of_memory(struct pp_findings *findings);

/* Frees a text that was made for a finding; when it lacked memory, the list says so. */
void pp_text_done(struct pp_findings *findings, struct pp_text *text);

/* Whether nothing was found wrong since pp_findings_errors was `before`. */
bool pp_nothing_wrong_since(const struct pp_findings *findings, uint64_t before);

#endif
