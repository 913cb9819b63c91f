/* SARIF 2.1.0: one log with one run for all answers, written as they come. docs/contracts/ci-formats.md, 2.
 *
 * What is wrong with the thing examined is a result. What kept prpack from examining it, and what it leaves unsaid, is
 * a notification; these come last in the log, so they wait in sink->text. The log is valid JSON after any answer and
 * when memory runs out. */
#include "present/sarif/message.h"
#include "present/sarif/result.h"
#include "present/sarif/rule.h"
#include "present/unsaid.h"

static void write_head(const struct present_sink *sink)
{
    FILE *out = sink->output.out;
    (void)fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
                "\"tool\":{\"driver\":{\"name\":\"prpack\",\"version\":\"" PRPACK_VERSION "\","
                "\"semanticVersion\":\"" PRPACK_VERSION "\",\"rules\":",
                out);
    present_sarif_rules(&sink->output);
    (void)fprintf(out,
                  "}},\"columnKind\":\"utf16CodeUnits\",\"automationDetails\":{\"id\":\"prpack/%s/\"},\"results\":[",
                  sink->answer->operation != NULL ? sink->answer->operation->name : "");
}

static void begin(struct present_sink *sink)
{
    if (sink->shown == 0) {
        write_head(sink);
        sink->needs_comma = false;
    }
    *sink->output.out_of_memory = !present_subjects_make(&sink->subjects, sink->answer) || *sink->output.out_of_memory;
}

/* ---- Notifications ---- */

static struct json_emit begin_notification(struct present_sink *sink)
{
    if (sink->text.size > 0) {
        base_text_add_string(&sink->text, ",\n");
    }
    return json_emit_make(&sink->text);
}

/* The last notification is left out when memory ran out for it. */
static void end_notification(struct present_sink *sink, size_t before)
{
    if (base_text_out_of_memory(&sink->text)) {
        *sink->output.out_of_memory = true;
        sink->text.out_of_memory = false;
        sink->text.size = before;
        if (sink->text.data != NULL) {
            sink->text.data[before] = '\0';
        }
    }
}

static void add_note(struct present_sink *sink, const char *words)
{
    size_t before = sink->text.size;
    struct json_emit emit = begin_notification(sink);
    json_emit_object(&emit);
    json_emit_key(&emit, "level");
    json_emit_string(&emit, "note");
    json_emit_key(&emit, "message");
    present_sarif_message(&emit, words);
    json_emit_object_end(&emit);
    end_notification(sink, before);
}

static void add_failure(struct present_sink *sink, const struct base_finding *finding)
{
    size_t before = sink->text.size;
    struct json_emit emit = begin_notification(sink);
    present_sarif_failure(&emit, sink, finding);
    end_notification(sink, before);
}

/* ---- Results ---- */

static void write_result(struct present_sink *sink, const struct base_finding *finding)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_sarif_result(&emit, sink, finding);
    if (!base_text_out_of_memory(&text)) {
        (void)fprintf(sink->output.out, "%s\n%s", sink->needs_comma ? "," : "", base_text_string(&text));
        sink->needs_comma = true;
    }
    base_text_release(&text, sink->output.out_of_memory);
}

static void finding(struct present_sink *sink, const struct base_finding *finding)
{
    if (finding->class_ == DIAG_CLASS_E || finding->class_ == DIAG_CLASS_U) {
        add_failure(sink, finding);
    } else {
        write_result(sink, finding);
    }
}

/* ---- Ends ---- */

static void end(struct present_sink *sink)
{
    struct base_text words = BASE_TEXT_EMPTY;
    struct present_unsaid unsaid = present_unsaid_begin(sink->answer);
    while (present_unsaid_next(&unsaid, &words)) {
        add_note(sink, base_text_string(&words));
    }
    base_text_release(&words, sink->output.out_of_memory);
    present_subjects_free(&sink->subjects);
}

static void close(struct present_sink *sink)
{
    if (sink->shown > 0) {
        (void)fprintf(sink->output.out,
                      "],\"invocations\":[{\"executionSuccessful\":%s,\"toolExecutionNotifications\":[%s]}]}]}\n",
                      sink->worst <= SERVICE_STATUS_WRONG ? "true" : "false", base_text_string(&sink->text));
    }
}

const struct present_format present_sarif = {
    .name = "sarif",
    .help = "SARIF 2.1.0",
    .for_programs = true,
    .for_checks = true,
    .begin = begin,
    .finding = finding,
    .end = end,
    .close = close,
};
