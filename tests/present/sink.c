/* What a presenter sees: each part of each answer, once and in order. */
#include "present/sink.h"
#include "tests/lib/sample.h"

#include <stdio.h>
#include <stdlib.h>

/* A presenter that writes down its calls. */
static void note(const struct present_sink *sink, const char *call, const char *name)
{
    (void)fprintf(sink->output.out, "%s%s%s\n", call, name != NULL ? " " : "", name != NULL ? name : "");
}

static void open(struct present_sink *sink)
{
    note(sink, "open", NULL);
}

static void begin(struct present_sink *sink)
{
    note(sink, "begin", sink->answer->operation->name);
}

static void member(struct present_sink *sink, const struct service_member *member, const void *record)
{
    (void)record;
    note(sink, "member", member->name);
}

static void segment(struct present_sink *sink, const struct service_member *member)
{
    note(sink, "segment", member->name);
}

static void row(struct present_sink *sink, const struct service_member *row, const void *record)
{
    struct service_value value;
    bool known = row->kind == SERVICE_KIND_STRING && service_member_read(row, record, &value);
    note(sink, "row", known ? value.string : row->table->members[0].name);
}

static void finding(struct present_sink *sink, const struct base_finding *finding)
{
    note(sink, "finding", finding->message);
}

static void segment_end(struct present_sink *sink)
{
    note(sink, "segment_end", NULL);
}

static void end(struct present_sink *sink)
{
    note(sink, "end", sink->shown > 0 ? "again" : "first");
}

static void close(struct present_sink *sink)
{
    note(sink, "close", NULL);
}

static const struct present_format recorder = {
    .name = "calls",
    .open = open,
    .begin = begin,
    .member = member,
    .segment = segment,
    .row = row,
    .finding = finding,
    .segment_end = segment_end,
    .end = end,
    .close = close,
};

/* What a presenter of some of the calls writes about two answers: a listing, and a refusal of it. */
static char *calls_of(const struct present_format *format)
{
    char *text = NULL;
    size_t size;
    char unregistered[] = "loose";
    char *unregistered_paths[] = {unregistered};
    struct service_listed_asset assets[2] = {{.asset_id = 1}, {.asset_id = 2}};
    struct service_answer answer;
    struct present_sink sink;
    const struct present_output output = {.out = open_memstream(&text, &size)};
    service_refuse(&answer, service_operation(SERVICE_OPERATION_LIST));
    answer.ran = true;
    answer.result.list = (struct service_listing){
        .assets = assets, .count = 2, .unregistered = unregistered_paths, .unregistered_count = 1};
    base_report(&answer.findings, DIAG_USAGE, NULL, "wrong");
    present_sink_open(&sink, format, &output);
    present_sink_show(&sink, &answer);
    answer.ran = false;
    present_sink_show(&sink, &answer);
    present_sink_close(&sink);
    base_findings_free(&answer.findings);
    (void)fclose(output.out);
    return text;
}

UNIT_TEST(a_presenter_sees_every_part_in_order)
{
    char *calls = calls_of(&recorder);
    CHECK_STRING(calls, "open\n"
                        "begin list\nmember schema_version\nmember command\n"
                        "segment assets\nrow asset_id\nrow asset_id\nsegment_end\n"
                        "segment unregistered\nrow loose\nsegment_end\n"
                        "segment unregistered_art\nsegment_end\n"
                        "segment diagnostics\nfinding wrong\nsegment_end\n"
                        "member diagnostics_not_listed\nmember errors\nmember warnings\nmember ignored\n"
                        "segment findings_by_file\nsegment_end\nend first\n"
                        "begin list\nmember schema_version\nmember command\n"
                        "segment diagnostics\nfinding wrong\nsegment_end\n"
                        "member diagnostics_not_listed\nmember errors\nmember warnings\nmember ignored\n"
                        "segment findings_by_file\nsegment_end\nend again\n"
                        "close\n");
    free(calls);
}

UNIT_TEST(a_presenter_leaves_out_what_it_need_not_see)
{
    static const struct present_format findings_alone = {.name = "findings", .finding = finding};
    char *calls = calls_of(&findings_alone);
    CHECK_STRING(calls, "finding wrong\nfinding wrong\n");
    free(calls);
}
