#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/report_json.h"

static struct workspace_add_options add_options(const struct cli_arguments *arguments)
{
    return (struct workspace_add_options){
        .type = arguments->value[CLI_OPTION_TYPE],
        .format = arguments->value[CLI_OPTION_AS],
        .name = arguments->value[CLI_OPTION_NAME],
        .tile_size = arguments->tile_size,
        .preload = arguments->given[CLI_OPTION_PRELOAD] || arguments->slot >= 0 ? 1 : -1,
        .slot = arguments->slot,
    };
}

static void print_json(const struct cli_context *context, const char *root, const struct workspace_add_result *result,
                       const struct base_findings *findings)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    cli_json_report_begin(&emit, "add");
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
    cli_json_report_end(&emit, findings, NULL, context);
    base_text_free(&text);
}

static void print_text(const struct cli_context *context, const struct workspace_add_result *result,
                       const struct base_findings *findings)
{
    if (result->root != NULL && !context->quiet) {
        struct base_text line = BASE_TEXT_EMPTY;
        base_text_addf(&line, "added asset %d \"", (int)result->asset_id);
        base_text_add_printable(&line, base_bytes_of_string(result->name), 200);
        base_text_addf(&line, "\" as %s from assets/", result->format);
        base_text_add_printable(&line, base_bytes_of_string(result->root), 4096);
        base_text_add_string(&line, result->wrote_declaration ? " (wrote its asset.json)\n" : "\n");
        (void)fputs(base_text_string(&line), context->out);
        base_text_release(&line, context->out_of_memory);
    }
    cli_findings_print(findings, context->err, context->color_err, context->quiet);
}

enum service_status cli_command_add(const struct cli_context *context)
{
    const struct cli_arguments *arguments = context->arguments;
    const struct workspace_add_options options = add_options(arguments);
    enum service_status worst = SERVICE_STATUS_WELL;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        struct workspace_add_result result;
        struct base_findings findings;
        base_findings_init(&findings);
        enum service_status status =
            service_add(".", arguments->operands[i], &options, arguments->given[CLI_OPTION_WAIT], &result, &findings);
        if (context->json) {
            print_json(context, arguments->operands[i], &result, &findings);
        } else {
            print_text(context, &result, &findings);
        }
        worst = service_status_worse(worst, status);
        workspace_add_result_free(&result);
        base_findings_free(&findings);
    }
    return worst;
}
