/* The format for people. */
#include "present/findings_text.h"
#include "present/sink.h"
#include "present/text_answers.h"

typedef void (*print)(const struct present_output *output, const struct service_answer *answer);

static const print before_findings[SERVICE_OPERATION_COUNT] = {
    [SERVICE_OPERATION_INIT] = present_text_init,
    [SERVICE_OPERATION_ADD] = present_text_add,
    [SERVICE_OPERATION_PALETTES] = present_text_palettes,
    [SERVICE_OPERATION_LIST] = present_text_list,
    [SERVICE_OPERATION_SHOW] = present_text_show,
    [SERVICE_OPERATION_VERIFY] = present_text_report,
    [SERVICE_OPERATION_INSPECT] = present_text_report,
    [SERVICE_OPERATION_INCLUDE] = present_text_include,
    [SERVICE_OPERATION_EXCLUDE] = present_text_exclude,
    [SERVICE_OPERATION_RENAME] = present_text_rename,
    [SERVICE_OPERATION_FORGET] = present_text_forget,
    [SERVICE_OPERATION_ADOPT] = present_text_adopt,
    [SERVICE_OPERATION_MOVE] = present_text_move,
    [SERVICE_OPERATION_REMOVE] = present_text_remove,
    [SERVICE_OPERATION_QUARANTINE_LIST] = present_text_quarantine_list,
    [SERVICE_OPERATION_QUARANTINE_RESTORE] = present_text_quarantine_restore,
    [SERVICE_OPERATION_QUARANTINE_PURGE] = present_text_quarantine_purge,
    [SERVICE_OPERATION_UNDO] = present_text_undo,
    [SERVICE_OPERATION_HISTORY] = present_text_history,
    [SERVICE_OPERATION_DOCTOR] = present_text_doctor,
    [SERVICE_OPERATION_GC] = present_text_gc,
    [SERVICE_OPERATION_EXPLAIN] = present_text_explain,
    [SERVICE_OPERATION_EXTRACT] = present_text_extract,
    [SERVICE_OPERATION_IDS] = present_text_ids,
    [SERVICE_OPERATION_MERGE_REGISTRY] = present_text_merge_registry,
};

static const print after_findings[SERVICE_OPERATION_COUNT] = {
    [SERVICE_OPERATION_BUILD] = present_text_build,
    [SERVICE_OPERATION_DOCTOR] = present_text_doctor_verdict,
    [SERVICE_OPERATION_WATCH] = present_text_watch,
};

static void print_part(const print parts[], const struct present_sink *sink)
{
    const struct service_answer *answer = sink->answer;
    if (answer->ran && answer->status != SERVICE_STATUS_CANCELLED && parts[answer->operation->id] != NULL) {
        parts[answer->operation->id](&sink->output, answer);
    }
}

/* The findings of an examination are its result, unless it was cancelled, or did not begin because the request is
 * wrong. */
static bool is_report(const struct present_sink *sink)
{
    const struct service_answer *answer = sink->answer;
    return answer->ran && !sink->output.quiet && answer->status != SERVICE_STATUS_CANCELLED &&
           answer->status != SERVICE_STATUS_USAGE &&
           (answer->operation->id == SERVICE_OPERATION_VERIFY || answer->operation->id == SERVICE_OPERATION_INSPECT ||
            answer->operation->id == SERVICE_OPERATION_DOCTOR);
}

static bool is_watch(const struct service_answer *answer)
{
    return answer->ran && answer->operation->id == SERVICE_OPERATION_WATCH;
}

static FILE *stream_of_findings(const struct present_sink *sink)
{
    return is_report(sink) ? sink->output.out : sink->output.err;
}

static void begin(struct present_sink *sink)
{
    const struct base_findings *findings = &sink->answer->findings;
    if (is_report(sink) && sink->shown > 0) {
        (void)fputc('\n', sink->output.out);
    }
    print_part(before_findings, sink);
    if (is_report(sink) && (findings->count > 0 || findings->ignored > 0 || findings->out_of_memory)) {
        (void)fputc('\n', sink->output.out);
    }
}

/* The warnings of a watch are said when they are others than before: they would come with each build. */
static bool says_warnings(const struct present_sink *sink)
{
    return !sink->output.quiet && !(is_watch(sink->answer) && sink->answer->result.watch.repeated);
}

static void finding(struct present_sink *sink, const struct base_finding *finding)
{
    if (finding->severity == BASE_ERROR || says_warnings(sink)) {
        present_finding_text(&sink->output, finding, stream_of_findings(sink));
    }
}

static void end(struct present_sink *sink)
{
    const struct present_output *output = &sink->output;
    FILE *stream = stream_of_findings(sink);
    if (service_count_errors(sink->answer) > 0 || says_warnings(sink)) {
        present_findings_not_shown(output, sink->answer, stream);
    }
    print_part(after_findings, sink);
    const char *hint = sink->answer->ran && output->hints != NULL ? output->hints(sink->answer) : NULL;
    if (hint != NULL && !output->quiet) {
        (void)fputs(hint, output->out);
    }
    if (stream != output->out) {
        (void)fflush(output->out); /* so that the sum is the last line where both streams meet */
    }
    if (!is_watch(sink->answer)) { /* its line has the sum */
        present_findings_sum(output, sink->answer, stream);
    }
}

const struct present_format present_text = {
    .name = "text", .help = "for people", .begin = begin, .finding = finding, .end = end};
