#include "cli/context.h"

enum service_status cli_command_list(const struct cli_context *context)
{
    struct service_listing listing;
    struct base_findings findings;
    base_findings_init(&findings);
    enum service_status status = service_list(context->task, ".", &listing, &findings);
    present_listing(&context->output, status, &listing, &findings);
    service_listing_free(&listing);
    base_findings_free(&findings);
    return status;
}
