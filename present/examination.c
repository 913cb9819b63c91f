#include "present/examination_json.h"
#include "present/examination_text.h"
#include "present/findings_text.h"
#include "present/json.h"
#include "present/present.h"

static void print_json(const struct present_output *output, const char *command, const struct service_report *report)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_json_begin(&emit, command);
    present_json_examination(&emit, report);
    present_json_end(&emit, &report->findings, NULL, output);
    base_text_free(&text);
}

void present_examination(const struct present_output *output, const char *command, const struct service_report *report)
{
    if (output->json) {
        print_json(output, command, report);
    } else if (output->quiet) {
        present_findings(output, &report->findings, output->err, true);
    } else {
        present_examination_text(output, report);
    }
}
