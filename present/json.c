#include "present/json.h"

#include <string.h>

void present_json_u64(struct json_emit *emit, const char *key, bool known, uint64_t value)
{
    json_emit_key(emit, key);
    if (known) {
        json_emit_u64(emit, value);
    } else {
        json_emit_null(emit);
    }
}

void present_json_string(struct json_emit *emit, const char *key, const char *value)
{
    json_emit_key(emit, key);
    json_emit_string(emit, value);
}

void present_json_asset_id(struct json_emit *emit, bool known, int64_t value)
{
    json_emit_key(emit, "asset_id");
    if (known) {
        json_emit_i64(emit, value);
    } else {
        json_emit_null(emit);
    }
}

static void emit_finding(struct json_emit *emit, const struct present_output *output,
                         const struct base_finding *finding)
{
    const struct base_place *place = &finding->place;
    json_emit_object(emit);
    present_json_string(emit, "id", diag_facts(finding->diagnostic)->id);
    present_json_string(emit, "class", diag_class_letter(finding->class_));
    present_json_string(emit, "severity", finding->severity == BASE_ERROR ? "error" : "warning");
    present_json_string(emit, "message", finding->message);
    present_json_string(emit, "file", place->file);
    present_json_u64(emit, "byte_offset", place->byte_offset >= 0, (uint64_t)place->byte_offset);
    present_json_asset_id(emit, place->has_asset_id, place->asset_id);
    present_json_string(emit, "json_pointer", place->json_pointer);
    present_json_string(emit, "expected", finding->expected);
    present_json_string(emit, "actual", finding->actual);
    present_json_string(emit, "help", present_remedy(output, finding->diagnostic, place->request_field));
    json_emit_object_end(emit);
}

/* What the list could not keep for want of memory is one diagnostic of its own. */
static void emit_out_of_memory(struct json_emit *emit, const struct present_output *output)
{
    char message[] = "memory ran out";
    const struct base_finding finding = {
        .diagnostic = DIAG_ENVIRONMENT_MEMORY,
        .class_ = DIAG_CLASS_E,
        .place = BASE_NOWHERE,
        .message = message,
    };
    emit_finding(emit, output, &finding);
}

static void emit_findings(struct json_emit *emit, const struct present_output *output,
                          const struct base_findings *findings)
{
    bool listed = false;
    for (size_t i = 0; findings != NULL && i < findings->count; i++) {
        emit_finding(emit, output, &findings->items[i]);
        listed = listed || findings->items[i].diagnostic == DIAG_ENVIRONMENT_MEMORY;
    }
    if (findings != NULL && findings->out_of_memory && !listed) {
        emit_out_of_memory(emit, output);
    }
}

/* How many findings of an id a list has counted beyond those that it keeps. */
static uint64_t not_listed(const struct base_findings *findings, enum diag diagnostic)
{
    uint64_t total = findings != NULL ? findings->total[diagnostic] : 0;
    return total > BASE_FINDINGS_KEPT ? total - BASE_FINDINGS_KEPT : 0;
}

/* One member per id, for both lists together. */
static void emit_not_listed(struct json_emit *emit, const struct base_findings *findings,
                            const struct base_findings *more)
{
    for (unsigned i = DIAG_NONE + 1; i < DIAG_COUNT; i++) {
        enum diag diagnostic = (enum diag)i;
        uint64_t count = not_listed(findings, diagnostic) + not_listed(more, diagnostic);
        if (count > 0) {
            present_json_u64(emit, diag_facts(diagnostic)->id, true, count);
        }
    }
}

void present_json_begin(struct json_emit *emit, const char *command)
{
    json_emit_object(emit);
    json_emit_key(emit, "schema_version");
    json_emit_u64(emit, 1);
    present_json_string(emit, "command", command);
}

void present_json_end(struct json_emit *emit, const struct base_findings *findings, const struct base_findings *more,
                      const struct present_output *output)
{
    json_emit_key(emit, "diagnostics");
    json_emit_array(emit);
    emit_findings(emit, output, findings);
    emit_findings(emit, output, more);
    json_emit_array_end(emit);
    json_emit_key(emit, "diagnostics_not_listed");
    json_emit_object(emit);
    emit_not_listed(emit, findings, more);
    json_emit_object_end(emit);
    json_emit_object_end(emit);
    base_text_add_char(emit->text, '\n');
    if (base_text_out_of_memory(emit->text)) {
        *output->out_of_memory = true;
        /* Still one valid line, and no allocation to write it. */
        (void)fputs("{\"schema_version\":1,\"diagnostics\":[{\"id\":\"environment-memory\",\"class\":\"E\","
                    "\"severity\":\"error\",\"message\":\"memory ran out\"}]}\n",
                    output->out);
    } else {
        (void)fwrite(base_text_string(emit->text), 1, emit->text->size, output->out);
    }
}
