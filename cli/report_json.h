/* Reports for programs: one compact JSON document a line. Shape: docs/schemas/report.schema.json. */
#ifndef PRPACK_CLI_REPORT_JSON_H
#define PRPACK_CLI_REPORT_JSON_H

#include "base/json_emit.h"
#include "cli/context.h"

/* Opens the document of a command: schema_version and command. */
void pp_json_report_begin(struct pp_json_emit *emit, const char *command);
/* Adds `diagnostics`, closes the document, writes it as one line. The lists may be NULL; both are shown. When memory ran out, a
 * document that says so is written in its place. */
void pp_json_report_end(struct pp_json_emit *emit, const struct pp_findings *findings, const struct pp_findings *more,
                        const struct pp_context *context);
/* Adds the members of an examination. */
void pp_json_report_examination(struct pp_json_emit *emit, const struct pp_report *report);

#endif
