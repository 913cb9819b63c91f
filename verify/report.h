/* The life of a report. Private to verify/. */
#ifndef PRPACK_VERIFY_REPORT_H
#define PRPACK_VERIFY_REPORT_H

#include "verify/examination.h"

/* Makes an empty report about `file`, with both verdicts unknown. */
void pp_report_begin(struct pp_report *report, const char *file);

/* What the findings of a pack say of the loading question. judged: all of class L has been asked. */
enum pp_verdict pp_verdict_of_loading(const struct pp_findings *findings, bool judged);

/* Gives the second verdict, from the first one and all findings. */
void pp_report_end(struct pp_report *report);

#endif
