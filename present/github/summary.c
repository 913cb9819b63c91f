#include "present/github/summary.h"

#include "present/finding_words.h"
#include "present/github/markdown.h"
#include "present/location.h"
#include "present/quantity.h"
#include "present/unsaid.h"

#include <inttypes.h>

/* GitHub takes 1 MiB from a step, which may run several programs. The sums of many answers have their share. */
enum { LIMIT = 512 << 10, LIMIT_OF_SUMS = LIMIT + (128 << 10) };

static bool is_full(const struct base_text *text)
{
    return text->size >= LIMIT;
}

static void add_verdict(struct base_text *text, const char *name, enum service_verdict verdict)
{
    static const char *const words[] = {
        [SERVICE_VERDICT_NO] = "no", [SERVICE_VERDICT_YES] = "yes", [SERVICE_VERDICT_UNKNOWN] = "not checked"};
    base_text_addf(text, "- %s: %s\n", name, words[verdict]);
}

static const char *name_of_status(enum service_status status)
{
    static const char *const names[] = {
        [SERVICE_STATUS_WELL] = "passed",
        [SERVICE_STATUS_WRONG] = "failed",
        [SERVICE_STATUS_USAGE] = "not run: the request is wrong",
        [SERVICE_STATUS_ENVIRONMENT] = "not complete: something could not be read or written",
        [SERVICE_STATUS_CANCELLED] = "cancelled",
    };
    return names[status];
}

static void add_printable(struct base_text *text, const char *bytes)
{
    struct base_text shown = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, base_bytes_of_string(bytes), 4096);
    present_markdown_add(text, base_text_string(&shown));
    base_text_release(&shown, &text->out_of_memory);
}

void present_summary_add_head(struct base_text *text, const struct present_sink *sink)
{
    const struct service_answer *answer = sink->answer;
    const struct service_report *report = present_report_of(answer);
    if (is_full(text)) {
        return;
    }
    base_text_addf(text, "%s### prpack", text->size > 0 ? "\n" : "");
    if (answer->operation != NULL) {
        base_text_addf(text, " %s", answer->operation->name);
    }
    if (report != NULL && report->file != NULL) {
        base_text_add_char(text, ' ');
        add_printable(text, report->file);
    }
    base_text_addf(text, ": %s\n\n", name_of_status(answer->status));
    if (report != NULL) {
        add_verdict(text, "loads", report->loads);
        add_verdict(text, "conforms", report->conforms);
        add_verdict(text, "matches", report->matches);
        base_text_add_char(text, '\n');
    }
    if (answer->findings.count > 0) {
        base_text_add_string(text, "| severity | id | place | finding |\n|---|---|---|---|\n");
    }
}

static void add_place(struct base_text *text, const struct present_output *output, const struct base_place *place)
{
    struct base_text words = BASE_TEXT_EMPTY;
    if (place->file != NULL) {
        present_location_add(&words, &output->from, place->file);
        add_printable(text, base_text_string(&words));
    }
    if (place->file != NULL && place->line > 0) {
        base_text_addf(text, " line %" PRIu64 ", column %" PRIu64, place->line, place->column);
    }
    base_text_clear(&words);
    present_words_add_place(&words, place);
    base_text_add_string(text, words.size > 0 ? ", " : "");
    present_markdown_add(text, base_text_string(&words));
    base_text_release(&words, &text->out_of_memory);
}

void present_summary_add_finding(struct base_text *text, const struct present_output *output,
                                 const struct base_finding *finding)
{
    struct base_text words = BASE_TEXT_EMPTY;
    if (is_full(text)) {
        return;
    }
    base_text_addf(text, "| %s | %s | ", present_severity(finding), diag_facts(finding->diagnostic)->id);
    add_place(text, output, &finding->place);
    base_text_add_string(text, " | ");
    present_words_add_message(&words, finding);
    base_text_add_string(&words, ". ");
    present_words_add_remedy(&words, output, finding);
    present_markdown_add(text, base_text_string(&words));
    base_text_add_string(text, " |\n");
    base_text_release(&words, &text->out_of_memory);
}

void present_summary_add_note(struct base_text *text, const char *words)
{
    if (!is_full(text)) {
        base_text_add_string(text, "\n");
        present_markdown_add(text, words);
        base_text_add_string(text, "\n");
    }
}

void present_summary_add_sum(struct base_text *text, const struct service_answer *answer)
{
    char errors[PRESENT_QUANTITY_SIZE + sizeof " errors"];
    char warnings[PRESENT_QUANTITY_SIZE + sizeof " warnings"];
    if (text->size >= LIMIT_OF_SUMS) {
        return;
    }
    base_text_addf(
        text, "\n%s, %s%s\n",
        present_quantity_of(service_count_errors(answer), "error", "errors", errors, sizeof errors),
        present_quantity_of(service_count_warnings(answer), "warning", "warnings", warnings, sizeof warnings),
        is_full(text) ? "; the log of the step has those that are not listed here" : "");
}
