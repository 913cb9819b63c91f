#include "cli/context.h"
#include "present/progress.h"

static struct service_build_options build_options(const struct cli_arguments *arguments)
{
    return (struct service_build_options){
        .output = arguments->value[CLI_OPTION_OUTPUT],
        .verify = arguments->given[CLI_OPTION_VERIFY],
        .wait = arguments->given[CLI_OPTION_WAIT],
        .no_cache = arguments->given[CLI_OPTION_NO_CACHE],
        .jobs = arguments->jobs,
    };
}

enum service_status cli_command_build(const struct cli_context *context)
{
    const struct present_output *output = &context->output;
    const struct service_build_options options = build_options(context->arguments);
    struct present_progress progress;
    struct service_build_result result;
    struct base_findings findings;
    base_findings_init(&findings);
    present_progress_begin(&progress, context->task, output, "verifying");
    enum service_status status = service_build(context->task, ".", &options, &result, &findings);
    present_progress_end(&progress);
    present_build(output, &result, &findings);
    if (result.published == SERVICE_PUBLISHED && !result.verified && !output->quiet && !output->json) {
        (void)fputs("  not verified: run prpack verify, or build with --verify\n", output->out);
    }
    service_build_result_free(&result);
    base_findings_free(&findings);
    return status;
}
