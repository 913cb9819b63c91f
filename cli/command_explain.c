#include "cli/context.h"

#include <stdlib.h>

static void add_unknown(struct base_findings *findings, const char *id)
{
    const struct base_place place = BASE_NOWHERE;
    const char *closest = service_closest_id(id);
    base_findings_add(findings, DIAG_USAGE, &place, closest, id, "there is no diagnostic with this id");
}

/* Explains the ids that were asked for; unknown ones become findings. */
static void explain_operands(const struct cli_context *context, struct base_findings *findings)
{
    const struct cli_arguments *arguments = context->arguments;
    enum diag *diagnostics = calloc(arguments->operand_count, sizeof *diagnostics);
    size_t count = 0;
    if (diagnostics == NULL) {
        findings->out_of_memory = true;
    }
    for (size_t i = 0; diagnostics != NULL && i < arguments->operand_count; i++) {
        enum diag diagnostic = service_explain(arguments->operands[i]);
        if (diagnostic == DIAG_NONE) {
            add_unknown(findings, arguments->operands[i]);
        } else {
            diagnostics[count++] = diagnostic;
        }
    }
    present_explanations(&context->output, diagnostics, count, findings);
    free(diagnostics);
}

enum service_status cli_command_explain(const struct cli_context *context)
{
    struct base_findings findings;
    base_findings_init(&findings);
    if (context->arguments->given[CLI_OPTION_MARKDOWN] && !context->output.json) {
        present_catalogue_document(&context->output);
    } else if (context->arguments->operand_count == 0) {
        present_catalogue(&context->output);
    } else {
        explain_operands(context, &findings);
    }
    enum service_status status = service_status_of_findings(&findings);
    base_findings_free(&findings);
    return status;
}
