#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/progress.h"
#include "cli/report_json.h"
#include "cli/report_text.h"

static void print_report(const struct cli_context *context, const char *command, const struct verify_report *report)
{
    if (context->json) {
        struct base_text text = BASE_TEXT_EMPTY;
        struct json_emit emit = json_emit_make(&text);
        cli_json_report_begin(&emit, command);
        cli_json_report_examination(&emit, report);
        cli_json_report_end(&emit, &report->findings, NULL, context);
        base_text_free(&text);
    } else if (context->quiet) {
        cli_findings_print(&report->findings, context->err, context->color_err, true);
    } else {
        cli_report_print(context, report);
    }
}

static struct verify_options examine_options(const struct cli_arguments *arguments, struct cli_progress *progress)
{
    return (struct verify_options){
        .no_companions = arguments->given[CLI_OPTION_NO_COMPANIONS],
        .sources = arguments->given[CLI_OPTION_SOURCES] ? "." : NULL,
        .jobs = arguments->jobs,
        .progress = cli_progress_of_verifying,
        .progress_context = progress,
    };
}

enum service_status cli_command_verify(const struct cli_context *context)
{
    struct cli_progress progress = cli_progress_start(context, "verifying");
    const struct verify_options options = examine_options(context->arguments, &progress);
    const char *directory = context->arguments->operand_count > 0 ? context->arguments->operands[0] : "build";
    struct verify_report report;
    enum service_status status = service_verify(directory, &options, &report);
    cli_progress_end(&progress);
    print_report(context, "verify", &report);
    verify_report_free(&report);
    return status;
}

enum service_status cli_command_inspect(const struct cli_context *context)
{
    const struct cli_arguments *arguments = context->arguments;
    enum service_status worst = SERVICE_STATUS_WELL;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        struct cli_progress progress = cli_progress_start(context, "reading");
        const struct verify_options options = examine_options(arguments, &progress);
        struct verify_report report;
        enum service_status status = service_inspect(arguments->operands[i], &options, &report);
        cli_progress_end(&progress);
        if (i > 0 && !context->json && !context->quiet) {
            (void)fputc('\n', context->out);
        }
        print_report(context, "inspect", &report);
        worst = service_status_worse(worst, status);
        verify_report_free(&report);
    }
    return worst;
}
