/* The format of programs: one compact document per answer and line, by the tables of the operations. Its shape is
 * docs/schemas/report.schema.json. */
#include "present/json_value.h"
#include "present/sink.h"

/* The emitter between two parts of a document: the sink keeps what it has written and whether a comma is due. */
static struct json_emit resume(struct present_sink *sink)
{
    return (struct json_emit){.text = &sink->text, .needs_comma = sink->needs_comma};
}

static void suspend(struct present_sink *sink, const struct json_emit *emit)
{
    sink->needs_comma = emit->needs_comma;
}

static void begin(struct present_sink *sink)
{
    base_text_free(&sink->text); /* what one document lacked, the next one may have */
    struct json_emit emit = json_emit_make(&sink->text);
    json_emit_object(&emit);
    suspend(sink, &emit);
}

static void member(struct present_sink *sink, const struct service_member *member, const void *record)
{
    struct json_emit emit = resume(sink);
    json_emit_key(&emit, member->name);
    present_json_value(&emit, &sink->output, member, record);
    suspend(sink, &emit);
}

static void segment(struct present_sink *sink, const struct service_member *member)
{
    struct json_emit emit = resume(sink);
    json_emit_key(&emit, member->name);
    json_emit_array(&emit);
    suspend(sink, &emit);
}

static void row(struct present_sink *sink, const struct service_member *row, const void *record)
{
    struct json_emit emit = resume(sink);
    present_json_value(&emit, &sink->output, row, record);
    suspend(sink, &emit);
}

static void finding(struct present_sink *sink, const struct base_finding *finding)
{
    row(sink, service_members_tail.members[0].row, finding);
}

static void segment_end(struct present_sink *sink)
{
    struct json_emit emit = resume(sink);
    json_emit_array_end(&emit);
    suspend(sink, &emit);
}

static void end(struct present_sink *sink)
{
    struct json_emit emit = resume(sink);
    json_emit_object_end(&emit);
    base_text_add_char(&sink->text, '\n');
    if (!base_text_out_of_memory(&sink->text)) {
        (void)fwrite(base_text_string(&sink->text), 1, sink->text.size, sink->output.out);
        return;
    }
    *sink->output.out_of_memory = true;
    /* Still one valid line, and no allocation to write it. */
    (void)fputs("{\"schema_version\":1,\"diagnostics\":[{\"id\":\"environment-memory\",\"class\":\"E\","
                "\"severity\":\"error\",\"message\":\"memory ran out\"}]}\n",
                sink->output.out);
}

const struct present_format present_json = {
    .name = "json",
    .help = "one line for each thing examined",
    .for_programs = true,
    .begin = begin,
    .member = member,
    .segment = segment,
    .row = row,
    .finding = finding,
    .segment_end = segment_end,
    .end = end,
};
