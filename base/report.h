/* Findings about the machine: memory that ran out, and files that the system could not read or write.
 *
 * Each function adds one finding. A place and a file name are borrowed for the call. `problem` is an errno value or a
 * base_file_problem (base/file_problem.h), never 0.
 * Threads: as for the list of findings. */
#ifndef PRPACK_BASE_REPORT_H
#define PRPACK_BASE_REPORT_H

#include "base/findings.h"

/* Adds environment-memory and sets findings->out_of_memory. file is the file that the work was about, or NULL. */
void base_report_out_of_memory(struct base_findings *findings, const char *file);

/* Adds environment-read, or environment-memory when problem is ENOMEM. */
void base_report_read_failure(struct base_findings *findings, const struct base_place *place, int problem);

/* Why writing failed, where that has a remedy of its own; else DIAG_CAUSE_NONE. */
enum diag_cause base_write_cause(int problem);

/* Adds environment-write, or environment-memory when problem is ENOMEM. `doing` names the step that failed: it
 * completes "could not …". */
void base_report_write_failure(struct base_findings *findings, const struct base_place *place, const char *doing,
                               int problem);

#endif
