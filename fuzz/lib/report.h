/* What every report of the verifier keeps to, whatever was examined. */
#ifndef PRPACK_FUZZ_LIB_REPORT_H
#define PRPACK_FUZZ_LIB_REPORT_H

#include "fuzz/lib/findings.h"
#include "fuzz/lib/harness.h"
#include "verify/verify.h"

/* Checks counts, places, texts and verdicts against each other. largest: bytes of the largest file examined. */
void fuzz_check_report(const struct verify_report *report, uint64_t largest);

#endif
