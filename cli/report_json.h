/* Reports for programs: one compact JSON document a line. Shape: docs/schemas/report.schema.json. */
#ifndef PRPACK_CLI_REPORT_JSON_H
#define PRPACK_CLI_REPORT_JSON_H

#include "cli/context.h"
#include "json/emit.h"

/* Opens the document of a command: schema_version and command. */
void cli_json_report_begin(struct json_emit *emit, const char *command);
/* Adds `diagnostics`, closes the document, writes it as one line. The lists may be NULL; both are shown. When memory
 * ran out, a document that says so is written in its place. */
void cli_json_report_end(struct json_emit *emit, const struct base_findings *findings, const struct base_findings *more,
                         const struct cli_context *context);
/* Adds the members of an examination. */
void cli_json_report_examination(struct json_emit *emit, const struct verify_report *report);

#endif
