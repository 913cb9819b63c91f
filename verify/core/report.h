/* The life of a report. Private to verify/. */
#ifndef PRPACK_VERIFY_CORE_REPORT_H
#define PRPACK_VERIFY_CORE_REPORT_H

#include "verify/core/examination.h"

/* Makes an empty report about `file`, with both verdicts unknown. */
void verify_report_begin(struct verify_report *report, const char *file);

/* What the findings of a pack say of the loading question. judged: all of class L has been asked. */
enum verify_verdict verify_verdict_of_loading(const struct base_findings *findings, bool judged);

/* Gives the second verdict, from the first one and all findings. */
void verify_report_end(struct verify_report *report);

#endif
