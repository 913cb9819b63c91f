#include "present/findings_text.h"
#include "present/json.h"
#include "present/present.h"

static void print_json(const struct present_output *output, const char *root, const struct service_add_result *result,
                       const struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_json_begin(&emit, "add");
    json_emit_key(&emit, "file");
    json_emit_string(&emit, root);
    json_emit_key(&emit, "asset");
    if (result->root == NULL) {
        json_emit_null(&emit);
    } else {
        json_emit_object(&emit);
        json_emit_key(&emit, "asset_id");
        json_emit_i64(&emit, result->asset_id);
        json_emit_key(&emit, "asset_uuid");
        json_emit_string(&emit, result->asset_uuid);
        json_emit_key(&emit, "root");
        json_emit_string(&emit, result->root);
        json_emit_key(&emit, "name");
        json_emit_string(&emit, result->name);
        json_emit_key(&emit, "format");
        json_emit_string(&emit, result->format);
        json_emit_key(&emit, "wrote_declaration");
        json_emit_bool(&emit, result->wrote_declaration);
        json_emit_object_end(&emit);
    }
    present_json_end(&emit, findings, NULL, output);
    base_text_free(&text);
}

static void print_text(const struct present_output *output, const struct service_add_result *result,
                       const struct base_findings *findings)
{
    if (result->root != NULL && !output->quiet) {
        struct base_text line = BASE_TEXT_EMPTY;
        base_text_addf(&line, "added asset %d \"", (int)result->asset_id);
        base_text_add_printable(&line, base_bytes_of_string(result->name), 200);
        base_text_addf(&line, "\" as %s from assets/", result->format);
        base_text_add_printable(&line, base_bytes_of_string(result->root), 4096);
        base_text_add_string(&line, result->wrote_declaration ? " (wrote its asset.json)\n" : "\n");
        (void)fputs(base_text_string(&line), output->out);
        base_text_release(&line, output->out_of_memory);
    }
    present_findings(output, findings, output->err, output->quiet);
}

void present_addition(const struct present_output *output, const char *root, const struct service_add_result *result,
                      const struct base_findings *findings)
{
    if (output->json) {
        print_json(output, root, result, findings);
    } else {
        print_text(output, result, findings);
    }
}
