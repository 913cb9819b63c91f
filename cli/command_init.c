#include "cli/context.h"
#include "cli/findings_text.h"
#include "cli/report_json.h"

enum pp_status pp_command_init(const struct pp_context *context)
{
    struct pp_findings findings;
    pp_findings_init(&findings);
    enum pp_status status = pp_service_init(".", &findings);
    if (context->json) {
        struct pp_text text = PP_TEXT_EMPTY;
        struct pp_json_emit emit = pp_json_emit_make(&text);
        pp_json_report_begin(&emit, "init");
        pp_json_report_end(&emit, &findings, NULL, context);
        pp_text_free(&text);
    } else {
        if (status == PP_STATUS_WELL && !context->quiet) {
            (void)fputs("made assets/.prometeu/index.json\n"
                        "next: put an asset into a directory below assets/ and run prpack add assets/THAT\n",
                        context->out);
        }
        pp_findings_print(&findings, context->err, context->color_err, context->quiet);
    }
    pp_findings_free(&findings);
    return status;
}
