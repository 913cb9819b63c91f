#include "cli/context.h"

enum service_status cli_command_init(const struct cli_context *context)
{
    const struct present_output *output = &context->output;
    struct base_findings findings;
    base_findings_init(&findings);
    enum service_status status = service_init(context->task, ".", &findings);
    present_init(output, status, &findings);
    if (status == SERVICE_STATUS_WELL && !output->quiet && !output->json) {
        (void)fputs("next: put an asset into a directory below assets/ and run prpack add assets/THAT\n", output->out);
    }
    base_findings_free(&findings);
    return status;
}
