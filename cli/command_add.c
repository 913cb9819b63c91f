#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/report_json.h"

static struct pp_add_options add_options(const struct pp_arguments *arguments)
{
    return (struct pp_add_options){
        .type = arguments->value[PP_OPTION_TYPE],
        .format = arguments->value[PP_OPTION_AS],
        .name = arguments->value[PP_OPTION_NAME],
        .tile_size = arguments->tile_size,
        .preload = arguments->given[PP_OPTION_PRELOAD] || arguments->slot >= 0 ? 1 : -1,
        .slot = arguments->slot,
    };
}

static void print_json(const struct pp_context *context, const char *root, const struct pp_add_result *result,
                       const struct pp_findings *findings)
{
    struct pp_text text = PP_TEXT_EMPTY;
    struct pp_json_emit emit = pp_json_emit_make(&text);
    pp_json_report_begin(&emit, "add");
    pp_json_emit_key(&emit, "file");
    pp_json_emit_string(&emit, root);
    pp_json_emit_key(&emit, "asset");
    if (result->root == NULL) {
        pp_json_emit_null(&emit);
    } else {
        pp_json_emit_object(&emit);
        pp_json_emit_key(&emit, "asset_id");
        pp_json_emit_i64(&emit, result->asset_id);
        pp_json_emit_key(&emit, "asset_uuid");
        pp_json_emit_string(&emit, result->asset_uuid);
        pp_json_emit_key(&emit, "root");
        pp_json_emit_string(&emit, result->root);
        pp_json_emit_key(&emit, "name");
        pp_json_emit_string(&emit, result->name);
        pp_json_emit_key(&emit, "format");
        pp_json_emit_string(&emit, result->format);
        pp_json_emit_key(&emit, "wrote_declaration");
        pp_json_emit_bool(&emit, result->wrote_declaration);
        pp_json_emit_object_end(&emit);
    }
    pp_json_report_end(&emit, findings, NULL, context);
    pp_text_free(&text);
}

static void print_text(const struct pp_context *context, const struct pp_add_result *result,
                       const struct pp_findings *findings)
{
    if (result->root != NULL && !context->quiet) {
        struct pp_text line = PP_TEXT_EMPTY;
        pp_text_addf(&line, "added asset %d \"", (int)result->asset_id);
        pp_text_add_printable(&line, pp_bytes_of_string(result->name), 200);
        pp_text_addf(&line, "\" as %s from assets/", result->format);
        pp_text_add_printable(&line, pp_bytes_of_string(result->root), 4096);
        pp_text_add_string(&line, result->wrote_declaration ? " (wrote its asset.json)\n" : "\n");
        *context->starved = *context->starved || pp_text_failed(&line);
        (void)fputs(pp_text_string(&line), context->out);
        pp_text_free(&line);
    }
    pp_findings_print(findings, context->err, context->color_err, context->quiet);
}

enum pp_status pp_command_add(const struct pp_context *context)
{
    const struct pp_arguments *arguments = context->arguments;
    const struct pp_add_options options = add_options(arguments);
    enum pp_status worst = PP_STATUS_WELL;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        struct pp_add_result result;
        struct pp_findings findings;
        pp_findings_init(&findings);
        enum pp_status status =
            pp_service_add(".", arguments->operands[i], &options, arguments->given[PP_OPTION_WAIT], &result, &findings);
        if (context->json) {
            print_json(context, arguments->operands[i], &result, &findings);
        } else {
            print_text(context, &result, &findings);
        }
        worst = pp_status_worse(worst, status);
        pp_add_result_free(&result);
        pp_findings_free(&findings);
    }
    return worst;
}
