/* What every list of findings keeps to, whatever was examined. */
#ifndef PRPACK_FUZZ_LIB_FINDINGS_H
#define PRPACK_FUZZ_LIB_FINDINGS_H

#include "base/findings.h"

/* Checks counts, places and texts. largest: bytes of the largest file examined. */
void fuzz_check_findings(const struct base_findings *findings, uint64_t largest);
/* Checks that each finding with a byte has its line and column in this text, and no other finding has one. */
void fuzz_check_lines(const struct base_findings *findings, struct base_bytes text);
/* A line for people: valid UTF-8 without control characters. */
void fuzz_check_line(const char *line);
/* Prints what was found to standard error, to explain a failed check. */
void fuzz_print_findings(const struct base_findings *findings);

#endif
