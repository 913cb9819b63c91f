#include "cli/context.h"
#include "present/progress.h"

static struct service_build_options build_options(const struct cli_arguments *arguments,
                                                  struct present_progress *progress)
{
    return (struct service_build_options){
        .output = arguments->value[CLI_OPTION_OUTPUT],
        .verify = arguments->given[CLI_OPTION_VERIFY],
        .wait = arguments->given[CLI_OPTION_WAIT],
        .no_cache = arguments->given[CLI_OPTION_NO_CACHE],
        .jobs = arguments->jobs,
        .progress = present_progress_show,
        .progress_context = progress,
    };
}

enum service_status cli_command_build(const struct cli_context *context)
{
    const struct present_output *output = &context->output;
    struct present_progress progress = present_progress_begin(output, "verifying");
    const struct service_build_options options = build_options(context->arguments, &progress);
    struct service_build_result result;
    struct base_findings findings;
    base_findings_init(&findings);
    enum service_status status = service_build(".", &options, &result, &findings);
    present_progress_end(&progress);
    present_build(output, &result, &findings);
    if (result.published == SERVICE_PUBLISHED && !result.verified && !output->quiet && !output->json) {
        (void)fputs("  not verified: run prpack verify, or build with --verify\n", output->out);
    }
    service_build_result_free(&result);
    base_findings_free(&findings);
    return status;
}
