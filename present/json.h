/* What all JSON documents have in common: one compact document per line. Shape: docs/schemas/report.schema.json. */
#ifndef PRPACK_PRESENT_JSON_H
#define PRPACK_PRESENT_JSON_H

#include "base/findings.h"
#include "present/output.h"
#include "json/emit.h"

/* Members; the value is null where it is not known, or NULL. */
void present_json_u64(struct json_emit *emit, const char *key, bool known, uint64_t value);
void present_json_string(struct json_emit *emit, const char *key, const char *value);
void present_json_asset_id(struct json_emit *emit, bool known, int64_t value);

/* Opens the document of a command: schema_version and command. */
void present_json_begin(struct json_emit *emit, const char *command);
/* Adds the members `diagnostics` and `diagnostics_not_listed`, closes the document, and writes it as one line. The
 * lists may be NULL; both are shown, as one. When memory ran out, a document that says so is written in its place. */
void present_json_end(struct json_emit *emit, const struct base_findings *findings, const struct base_findings *more,
                      const struct present_output *output);

#endif
