#include "present/findings_text.h"
#include "present/json.h"
#include "present/present.h"

void present_outcome(const struct present_output *output, const char *command, const struct base_findings *findings)
{
    if (!output->json) {
        present_findings(output, findings, output->err, output->quiet);
        return;
    }
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_json_begin(&emit, command);
    present_json_end(&emit, findings, NULL, output);
    base_text_free(&text);
}
