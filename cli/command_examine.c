#include "cli/context.h"
#include "present/progress.h"

static struct service_examination_options examine_options(const struct cli_arguments *arguments)
{
    return (struct service_examination_options){
        .no_companions = arguments->given[CLI_OPTION_NO_COMPANIONS],
        .sources = arguments->given[CLI_OPTION_SOURCES] ? "." : NULL,
        .jobs = arguments->jobs,
    };
}

enum service_status cli_command_verify(const struct cli_context *context)
{
    const struct service_examination_options options = examine_options(context->arguments);
    const char *directory = context->arguments->operand_count > 0 ? context->arguments->operands[0] : "build";
    struct present_progress progress;
    struct service_report report;
    present_progress_begin(&progress, context->task, &context->output, "verifying");
    enum service_status status = service_verify(context->task, directory, &options, &report);
    present_progress_end(&progress);
    present_examination(&context->output, "verify", &report);
    service_report_free(&report);
    return status;
}

/* Examines one thing; a blank line separates its report from the one before. */
static enum service_status inspect(const struct cli_context *context, const char *path, bool first)
{
    const struct present_output *output = &context->output;
    const struct service_examination_options options = examine_options(context->arguments);
    struct present_progress progress;
    struct service_report report;
    present_progress_begin(&progress, context->task, output, "reading");
    enum service_status status = service_inspect(context->task, path, &options, &report);
    present_progress_end(&progress);
    if (!first && !output->json && !output->quiet) {
        (void)fputc('\n', output->out);
    }
    present_examination(output, "inspect", &report);
    service_report_free(&report);
    return status;
}

enum service_status cli_command_inspect(const struct cli_context *context)
{
    const struct cli_arguments *arguments = context->arguments;
    enum service_status worst = SERVICE_STATUS_WELL;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        worst = service_status_worse(worst, inspect(context, arguments->operands[i], i == 0));
    }
    return worst;
}
