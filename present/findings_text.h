/* Findings for people: one line each, with the file, the place, what is wrong and what to do. */
#ifndef PRPACK_PRESENT_FINDINGS_TEXT_H
#define PRPACK_PRESENT_FINDINGS_TEXT_H

#include "present/output.h"

/* Prints all of them in order on `stream`, which is output->out or output->err. One more line per id says how many were
 * counted but not kept. With `errors_only` warnings are left out. */
void present_findings(const struct present_output *output, const struct base_findings *findings, FILE *stream,
                      bool errors_only);

#endif
