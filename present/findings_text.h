/* Findings for people. */
#ifndef PRPACK_PRESENT_FINDINGS_TEXT_H
#define PRPACK_PRESENT_FINDINGS_TEXT_H

#include "present/output.h"
#include "service/operations.h"

/* One line: the file with line and column, the severity, the id, the place, what is wrong and what to do. `stream` is
 * output->out or output->err. */
void present_finding_text(const struct present_output *output, const struct base_finding *finding, FILE *stream);

/* What follows the findings of an answer: a line for each id and each file of which findings are not shown. */
void present_findings_not_shown(const struct present_output *output, const struct service_answer *answer, FILE *stream);

/* The last line of an answer: how many errors and warnings there are, and in how many assets and files. */
void present_findings_sum(const struct present_output *output, const struct service_answer *answer, FILE *stream);

#endif
