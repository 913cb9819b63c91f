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

/* What shows the reports of `inspect`, one after the other. */
struct shown {
    const struct present_output *output;
    struct present_progress progress;
    bool any; /* a blank line separates a report from the one before */
};

/* A service_report_sink. */
static void show(void *context, const struct service_report *report)
{
    struct shown *shown = context;
    const struct present_output *output = shown->output;
    present_progress_clear(&shown->progress);
    if (shown->any && !output->json && !output->quiet) {
        (void)fputc('\n', output->out);
    }
    shown->any = true;
    present_examination(output, "inspect", report);
}

enum service_status cli_command_inspect(const struct cli_context *context)
{
    const struct cli_arguments *arguments = context->arguments;
    const struct service_examination_options options = examine_options(arguments);
    struct shown shown = {.output = &context->output};
    present_progress_begin(&shown.progress, context->task, shown.output, "reading");
    enum service_status worst =
        service_inspect_each(context->task, arguments->operands, arguments->operand_count, &options, show, &shown);
    present_progress_end(&shown.progress);
    return worst;
}
