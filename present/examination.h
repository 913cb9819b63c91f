/* What an examination found, for the commands that examine and for a build that was verified. */
#ifndef PRPACK_PRESENT_EXAMINATION_H
#define PRPACK_PRESENT_EXAMINATION_H

#include "present/output.h"
#include "service/report.h"
#include "json/emit.h"

/* The two verdicts in words, one per line: "loads: yes", "conforms: no". */
void present_verdicts(const struct present_output *output, const struct service_report *report);
/* The whole report as text: verdicts, prelude, table of assets, what was and was not checked, findings. */
void present_examination_text(const struct present_output *output, const struct service_report *report);
/* The members of an examination in a JSON document, without its findings. */
void present_json_examination(struct json_emit *emit, const struct service_report *report);

#endif
