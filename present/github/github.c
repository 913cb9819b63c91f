/* Annotations for GitHub Actions, one per finding, and the job summary. docs/contracts/ci-formats.md, 4.
 *
 * The summary is put together in sink->text and written when the run ends, by one call, since other programs may append
 * to the same file. */
#include "present/github/annotation.h"
#include "present/github/summary.h"
#include "present/unsaid.h"

static bool has_summary(const struct present_sink *sink)
{
    return sink->output.summary != NULL;
}

/* Writes lines, and frees them. */
static void write_lines(struct present_sink *sink, struct base_text *lines)
{
    if (!base_text_out_of_memory(lines)) {
        (void)fputs(base_text_string(lines), sink->output.out);
    }
    base_text_release(lines, sink->output.out_of_memory);
}

static void begin(struct present_sink *sink)
{
    if (has_summary(sink)) {
        present_summary_add_head(&sink->text, sink);
    }
}

static void finding(struct present_sink *sink, const struct base_finding *finding)
{
    struct base_text line = BASE_TEXT_EMPTY;
    if (finding->severity == BASE_ERROR || !sink->output.quiet) {
        present_github_add_finding(&line, &sink->output, finding);
        write_lines(sink, &line);
    }
    if (has_summary(sink)) {
        present_summary_add_finding(&sink->text, &sink->output, finding);
    }
}

static void end(struct present_sink *sink)
{
    struct base_text words = BASE_TEXT_EMPTY;
    struct base_text lines = BASE_TEXT_EMPTY;
    struct present_unsaid unsaid = present_unsaid_begin(sink->answer);
    while (present_unsaid_next(&unsaid, &words)) {
        present_github_add_notice(&lines, base_text_string(&words));
        if (has_summary(sink)) {
            present_summary_add_note(&sink->text, base_text_string(&words));
        }
    }
    base_text_release(&words, sink->output.out_of_memory);
    if (sink->output.quiet) {
        base_text_free(&lines);
    }
    write_lines(sink, &lines);
    if (has_summary(sink)) {
        present_summary_add_sum(&sink->text, sink->answer);
    }
}

static void close(struct present_sink *sink)
{
    if (!has_summary(sink) || sink->shown == 0) {
        return;
    }
    if (base_text_out_of_memory(&sink->text)) {
        *sink->output.out_of_memory = true;
        return;
    }
    (void)fwrite(base_text_string(&sink->text), 1, sink->text.size, sink->output.summary);
}

const struct present_format present_github = {
    .name = "github",
    .help = "annotations of GitHub Actions",
    .for_checks = true,
    .begin = begin,
    .finding = finding,
    .end = end,
    .close = close,
};
