/* Findings for people: one line each, with the file, the place, what is wrong and what to do. */
#ifndef PRPACK_PRESENT_FINDINGS_TEXT_H
#define PRPACK_PRESENT_FINDINGS_TEXT_H

#include "base/findings.h"

#include <stdio.h>

/* Prints all of them in order; those that were counted but not kept are told in one more line an id. With `errors_only`
 * warnings are left out. */
void present_findings(const struct base_findings *findings, FILE *stream, bool color, bool errors_only);

#endif
