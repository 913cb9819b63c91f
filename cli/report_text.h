/* What an examination found, for people. */
#ifndef PRPACK_CLI_REPORT_TEXT_H
#define PRPACK_CLI_REPORT_TEXT_H

#include "cli/context.h"

/* The two verdicts in words, a line each: "loads: yes", "conforms: no". */
void cli_report_print_verdicts(const struct cli_context *context, const struct verify_report *report);
/* The whole report: verdicts, prelude, table of assets, findings, what was and was not checked. */
void cli_report_print(const struct cli_context *context, const struct verify_report *report);

#endif
