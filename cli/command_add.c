#include "cli/context.h"

static struct service_add_options add_options(const struct cli_arguments *arguments)
{
    return (struct service_add_options){
        .type = arguments->value[CLI_OPTION_TYPE],
        .format = arguments->value[CLI_OPTION_AS],
        .name = arguments->value[CLI_OPTION_NAME],
        .tile_size = arguments->tile_size,
        .preload = arguments->given[CLI_OPTION_PRELOAD] ? 1 : -1,
        .slot = arguments->slot,
        .wait = arguments->given[CLI_OPTION_WAIT],
    };
}

enum service_status cli_command_add(const struct cli_context *context)
{
    const struct cli_arguments *arguments = context->arguments;
    const struct service_add_options options = add_options(arguments);
    enum service_status worst = SERVICE_STATUS_WELL;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        struct service_add_result result;
        struct base_findings findings;
        base_findings_init(&findings);
        enum service_status status =
            service_add(context->task, ".", arguments->operands[i], &options, &result, &findings);
        present_addition(&context->output, arguments->operands[i], &result, &findings);
        worst = service_status_worse(worst, status);
        service_add_result_free(&result);
        base_findings_free(&findings);
    }
    return worst;
}
