/* What an examination found, as text. */
#ifndef PRPACK_PRESENT_EXAMINATION_TEXT_H
#define PRPACK_PRESENT_EXAMINATION_TEXT_H

#include "present/output.h"
#include "service/report.h"

/* The two verdicts in words, one per line: "loads: yes", "conforms: no". */
void present_verdicts(const struct present_output *output, const struct service_report *report);
/* The whole report: verdicts, prelude, table of assets, what was and was not checked, findings. */
void present_examination_text(const struct present_output *output, const struct service_report *report);

#endif
