#include "present/json_document.h"

#include "present/json_value.h"
#include "present/sink.h"

void present_json_document_add(struct base_text *text, const struct present_output *output,
                               const struct service_answer *answer)
{
    struct present_format document = present_json;
    struct present_sink sink;
    document.end = NULL;
    present_sink_open(&sink, &document, output);
    present_sink_show(&sink, answer);
    base_text_add(text, base_text_bytes(&sink.text));
    base_text_add_char(text, '}');
    text->out_of_memory = text->out_of_memory || base_text_out_of_memory(&sink.text);
    present_sink_close(&sink);
}

void present_json_finding_add(struct base_text *text, const struct present_output *output,
                              const struct base_finding *finding)
{
    struct json_emit emit = json_emit_make(text);
    present_json_value(&emit, output, service_members_tail.members[0].row, finding);
}
