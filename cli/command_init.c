#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/report_json.h"

enum service_status cli_command_init(const struct cli_context *context)
{
    struct base_findings findings;
    base_findings_init(&findings);
    enum service_status status = service_init(".", &findings);
    if (context->json) {
        struct base_text text = BASE_TEXT_EMPTY;
        struct json_emit emit = json_emit_make(&text);
        cli_json_report_begin(&emit, "init");
        cli_json_report_end(&emit, &findings, NULL, context);
        base_text_free(&text);
    } else {
        if (status == SERVICE_STATUS_WELL && !context->quiet) {
            (void)fputs("made assets/.prometeu/index.json\n"
                        "next: put an asset into a directory below assets/ and run prpack add assets/THAT\n",
                        context->out);
        }
        cli_findings_print(&findings, context->err, context->color_err, context->quiet);
    }
    base_findings_free(&findings);
    return status;
}
