/* Findings for people. */
#ifndef PRPACK_PRESENT_FINDINGS_TEXT_H
#define PRPACK_PRESENT_FINDINGS_TEXT_H

#include "present/output.h"

/* One line: the severity, the id, the file, the place, what is wrong and what to do. `stream` is output->out or
 * output->err. */
void present_finding_text(const struct present_output *output, const struct base_finding *finding, FILE *stream);

/* One line per id of which more were counted than are kept. */
void present_findings_not_listed(const struct base_findings *findings, FILE *stream);

#endif
