#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/progress.h"
#include "cli/report_json.h"
#include "cli/report_text.h"

static void print_report(const struct pp_context *context, const char *command, const struct pp_report *report)
{
    if (context->json) {
        struct pp_text text = PP_TEXT_EMPTY;
        struct pp_json_emit emit = pp_json_emit_make(&text);
        pp_json_report_begin(&emit, command);
        pp_json_report_examination(&emit, report);
        pp_json_report_end(&emit, &report->findings, NULL, context);
        pp_text_free(&text);
    } else if (context->quiet) {
        pp_findings_print(&report->findings, context->err, context->color_err, true);
    } else {
        pp_report_print(context, report);
    }
}

static struct pp_verify_options examine_options(const struct pp_arguments *arguments, struct pp_progress *progress)
{
    return (struct pp_verify_options){
        .no_companions = arguments->given[PP_OPTION_NO_COMPANIONS],
        .sources = arguments->given[PP_OPTION_SOURCES] ? "." : NULL,
        .jobs = arguments->jobs,
        .progress = pp_progress_of_verifying,
        .progress_context = progress,
    };
}

enum pp_status pp_command_verify(const struct pp_context *context)
{
    struct pp_progress progress = pp_progress_start(context, "verifying");
    const struct pp_verify_options options = examine_options(context->arguments, &progress);
    const char *directory = context->arguments->operand_count > 0 ? context->arguments->operands[0] : "build";
    struct pp_report report;
    enum pp_status status = pp_service_verify(directory, &options, &report);
    pp_progress_end(&progress);
    print_report(context, "verify", &report);
    pp_report_free(&report);
    return status;
}

enum pp_status pp_command_inspect(const struct pp_context *context)
{
    const struct pp_arguments *arguments = context->arguments;
    enum pp_status worst = PP_STATUS_WELL;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        struct pp_progress progress = pp_progress_start(context, "reading");
        const struct pp_verify_options options = examine_options(arguments, &progress);
        struct pp_report report;
        enum pp_status status = pp_service_inspect(arguments->operands[i], &options, &report);
        pp_progress_end(&progress);
        if (i > 0 && !context->json && !context->quiet) {
            (void)fputc('\n', context->out);
        }
        print_report(context, "inspect", &report);
        worst = pp_status_worse(worst, status);
        pp_report_free(&report);
    }
    return worst;
}
