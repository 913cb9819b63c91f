#include "present/sink.h"

static bool is_findings(const struct service_member *member)
{
    return member == &service_members_tail.members[0];
}

static void show_list(struct present_sink *sink, const struct service_member *member, const void *record)
{
    const struct present_format *format = sink->format;
    const void *list = service_member_nested(member, record);
    union service_row space;
    size_t at = 0;
    if (format->segment != NULL) {
        format->segment(sink, member);
    }
    for (const void *row = member->rows(list, &at, &space); row != NULL; row = member->rows(list, &at, &space)) {
        if (is_findings(member)) {
            if (format->finding != NULL) {
                format->finding(sink, row);
            }
        } else if (format->row != NULL) {
            format->row(sink, member->row, row);
        }
    }
    if (format->segment_end != NULL) {
        format->segment_end(sink);
    }
}

/* Tables are constant and contain each other no deeper than a build its examination. */
static void show_members(struct present_sink *sink, const struct service_table *table, const void *record)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct service_member *member = &table->members[i];
        if (!service_member_applies(table, member, record)) {
            continue;
        }
        if (member->kind == SERVICE_KIND_MEMBERS) {
            show_members(sink, member->table, service_member_nested(member, record));
        } else if (member->kind == SERVICE_KIND_LIST) {
            show_list(sink, member, record);
        } else if (sink->format->member != NULL) {
            sink->format->member(sink, member, record);
        }
    }
}

void present_sink_open(struct present_sink *sink, const struct present_format *format,
                       const struct present_output *output)
{
    *sink = (struct present_sink){.format = format, .output = *output, .text = BASE_TEXT_EMPTY};
    if (format->open != NULL) {
        format->open(sink);
    }
}

void present_sink_show(struct present_sink *sink, const struct service_answer *answer)
{
    sink->answer = answer;
    if (sink->format->begin != NULL) {
        sink->format->begin(sink);
    }
    show_members(sink, &service_members_head, answer);
    if (answer->ran) {
        show_members(sink, answer->operation->result, &answer->result);
    }
    show_members(sink, &service_members_tail, answer);
    if (sink->format->end != NULL) {
        sink->format->end(sink);
    }
    sink->answer = NULL;
    sink->worst = service_status_worse(sink->worst, answer->status);
    sink->shown++;
}

void present_sink_close(struct present_sink *sink)
{
    if (sink->format->close != NULL) {
        sink->format->close(sink);
    }
    base_text_free(&sink->text);
}
