/* JUnit: one document for all answers, with a suite for each and a case for each group of checks and asset.
 * docs/contracts/ci-formats.md, 3.
 *
 * A suite says first how many cases it has, so each is walked twice: to count, then to write one case after the other.
 * The document is well-formed after any answer and when memory runs out. */
#include "present/finding_words.h"
#include "present/junit/cases.h"
#include "present/junit/xml.h"
#include "present/sink.h"
#include "present/unsaid.h"

#include <inttypes.h>

/* ---- Counting ---- */

struct counts {
    uint64_t tests, failures, errors, skipped;
};

/* A present_visit_case. */
static void count_case(void *context, const struct present_suite *suite, const struct present_case *case_)
{
    struct counts *counts = context;
    (void)suite;
    counts->tests++;
    counts->skipped += case_->outcome == PRESENT_OUTCOME_SKIPPED;
    counts->errors += case_->outcome == PRESENT_OUTCOME_FAILED && case_->check == PRESENT_CHECK_RUN;
    counts->failures += case_->outcome == PRESENT_OUTCOME_FAILED && case_->check != PRESENT_CHECK_RUN;
}

/* ---- Names ---- */

static const char *name_of_operation(const struct service_answer *answer)
{
    return answer->operation != NULL ? answer->operation->name : "prpack";
}

/* What the answer is about. */
static const char *examined(const struct service_answer *answer)
{
    const struct service_report *report = present_report_of(answer);
    if (report != NULL && report->file != NULL) {
        return report->file;
    }
    bool builds = answer->ran && answer->operation->id == SERVICE_OPERATION_BUILD;
    return builds && answer->result.build.output != NULL ? answer->result.build.output : "workspace";
}

/* Entries of a table that is wrong may share an id. */
static void add_subject(struct base_text *text, const struct present_subjects *subjects,
                        const struct present_subject *subject)
{
    bool shares = subject->has_asset_id && present_subject_of(subjects, subject->asset_id) != subject;
    const char *name = subject->root != NULL ? subject->root : subject->name;
    if (name != NULL) {
        base_text_addf(text, "%s ", name);
    }
    if (subject->has_asset_id) {
        base_text_addf(text, "(asset %" PRId64, subject->asset_id);
        base_text_add_string(text, shares ? ", " : ")");
    }
    if (shares) {
        base_text_addf(text, "entry %zu)", subject->row);
    } else if (!subject->has_asset_id) {
        base_text_addf(text, "(entry %zu)", subject->row);
    }
}

/* ---- Cases ---- */

static void add_findings(struct base_text *text, const struct present_output *output, const struct present_case *case_,
                         enum base_severity severity)
{
    struct base_text line = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < case_->findings.count; i++) {
        const struct base_finding *finding = case_->findings.placed[i].finding;
        if (finding->severity == severity) {
            base_text_clear(&line);
            present_words_add_line(&line, output, finding, false);
            present_xml_add(text, base_text_string(&line));
            base_text_add_char(text, '\n');
        }
    }
    base_text_release(&line, &text->out_of_memory);
}

static const struct base_finding *first_of(const struct present_case *case_, enum base_severity severity)
{
    for (size_t i = 0; i < case_->findings.count; i++) {
        if (case_->findings.placed[i].finding->severity == severity) {
            return case_->findings.placed[i].finding;
        }
    }
    return NULL;
}

static void add_outcome(struct base_text *text, const struct present_output *output, const struct present_case *case_)
{
    const struct base_finding *first = first_of(case_, BASE_ERROR);
    const char *element = case_->check == PRESENT_CHECK_RUN ? "error" : "failure";
    if (case_->outcome == PRESENT_OUTCOME_SKIPPED) {
        base_text_add_string(text, "<skipped");
        present_xml_attribute(text, "message", case_->reason);
        base_text_add_string(text, "/>\n");
    } else if (first != NULL) {
        struct base_text words = BASE_TEXT_EMPTY;
        present_words_add_message(&words, first);
        base_text_addf(text, "<%s", element);
        present_xml_attribute(text, "message", base_text_string(&words));
        present_xml_attribute(text, "type", diag_facts(first->diagnostic)->id);
        base_text_add_char(text, '>');
        add_findings(text, output, case_, BASE_ERROR);
        base_text_addf(text, "</%s>\n", element);
        base_text_release(&words, &text->out_of_memory);
    }
    if (first_of(case_, BASE_WARNING) != NULL) {
        base_text_add_string(text, "<system-out>");
        add_findings(text, output, case_, BASE_WARNING);
        base_text_add_string(text, "</system-out>\n");
    }
}

static void begin_case(struct base_text *text, const struct service_answer *answer, const char *check)
{
    base_text_addf(text, "<testcase classname=\"prpack.%s.%s\"", name_of_operation(answer), check);
}

static void add_case(struct base_text *text, const struct present_sink *sink, const struct present_case *case_)
{
    struct base_text name = BASE_TEXT_EMPTY;
    if (case_->subject != NULL) {
        add_subject(&name, &sink->subjects, case_->subject);
    } else {
        base_text_add_string(&name, examined(sink->answer));
    }
    begin_case(text, sink->answer, present_check_name(case_->check));
    present_xml_attribute(text, "name", base_text_string(&name));
    base_text_release(&name, &text->out_of_memory);
    base_text_add_string(text, ">\n");
    add_outcome(text, &sink->output, case_);
    base_text_add_string(text, "</testcase>\n");
}

/* What needs no memory: nothing is known of it any more. */
static void write_lost_case(const struct present_sink *sink)
{
    (void)fputs("<testcase classname=\"prpack\" name=\"lost\"><error message=\"memory ran out\"/></testcase>\n",
                sink->output.out);
    *sink->output.out_of_memory = true;
}

/* A present_visit_case. */
static void write_case(void *context, const struct present_suite *suite, const struct present_case *case_)
{
    struct present_sink *sink = context;
    struct base_text text = BASE_TEXT_EMPTY;
    (void)suite;
    add_case(&text, sink, case_);
    if (base_text_out_of_memory(&text)) {
        write_lost_case(sink);
    } else {
        (void)fputs(base_text_string(&text), sink->output.out);
    }
    base_text_free(&text);
}

/* ---- What is not checked ---- */

static size_t not_checked(const struct service_answer *answer)
{
    const struct service_report *report = present_report_of(answer);
    return report != NULL ? report->not_checked_count : 0;
}

/* One case for each reason of the examination. */
static void add_not_checked(struct base_text *text, const struct service_answer *answer)
{
    for (size_t i = 0; i < not_checked(answer); i++) {
        begin_case(text, answer, "not-checked");
        present_xml_attribute(text, "name", present_report_of(answer)->not_checked[i]);
        base_text_add_string(text, "><skipped message=\"not checked\"/></testcase>\n");
    }
}

static void add_unsaid(struct base_text *text, const struct service_answer *answer)
{
    struct base_text words = BASE_TEXT_EMPTY;
    struct present_unsaid unsaid = present_unsaid_begin(answer);
    base_text_add_string(text, "<system-out>");
    while (present_unsaid_next(&unsaid, &words)) {
        present_xml_add(text, base_text_string(&words));
        base_text_add_char(text, '\n');
    }
    base_text_add_string(text, "</system-out>\n");
    base_text_release(&words, &text->out_of_memory);
}

/* ---- Suites ---- */

static void add_suite(struct base_text *text, const struct service_answer *answer, const struct counts *counts)
{
    struct base_text name = BASE_TEXT_EMPTY;
    base_text_addf(&name, "prpack %s %s", name_of_operation(answer), examined(answer));
    base_text_add_string(text, "<testsuite");
    present_xml_attribute(text, "name", base_text_string(&name));
    base_text_release(&name, &text->out_of_memory);
    base_text_addf(text,
                   " tests=\"%" PRIu64 "\" failures=\"%" PRIu64 "\" errors=\"%" PRIu64 "\" skipped=\"%" PRIu64 "\">\n",
                   counts->tests, counts->failures, counts->errors, counts->skipped);
}

/* Writes and frees it; `instead` when memory ran out. */
static void write_text(struct present_sink *sink, struct base_text *text, const char *instead)
{
    (void)fputs(base_text_out_of_memory(text) ? instead : base_text_string(text), sink->output.out);
    base_text_release(text, sink->output.out_of_memory);
}

static void write_suite(struct present_sink *sink, const struct present_suite *suite)
{
    struct counts counts = {.tests = not_checked(sink->answer), .skipped = not_checked(sink->answer)};
    struct base_text text = BASE_TEXT_EMPTY;
    present_suite_each(suite, count_case, &counts);
    add_suite(&text, sink->answer, &counts);
    write_text(sink, &text, "<testsuite name=\"prpack\" tests=\"0\" failures=\"0\" errors=\"0\" skipped=\"0\">\n");
    present_suite_each(suite, write_case, sink);
    add_not_checked(&text, sink->answer);
    add_unsaid(&text, sink->answer);
    write_text(sink, &text, "");
    (void)fputs("</testsuite>\n", sink->output.out);
}

static void end(struct present_sink *sink)
{
    struct present_suite suite;
    if (sink->shown == 0) {
        (void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"prpack\">\n", sink->output.out);
    }
    if (present_subjects_make(&sink->subjects, sink->answer) &&
        present_suite_make(&suite, sink->answer, &sink->subjects)) {
        write_suite(sink, &suite);
        present_suite_free(&suite);
    } else {
        (void)fputs("<testsuite name=\"prpack\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n",
                    sink->output.out);
        write_lost_case(sink);
        (void)fputs("</testsuite>\n", sink->output.out);
    }
    present_subjects_free(&sink->subjects);
}

static void close(struct present_sink *sink)
{
    if (sink->shown > 0) {
        (void)fputs("</testsuites>\n", sink->output.out);
    }
}

const struct present_format present_junit = {
    .name = "junit",
    .help = "test cases in XML",
    .for_programs = true,
    .for_checks = true,
    .end = end,
    .close = close,
};
