/* How findings are shown: those that are not listed are counted, and remedies are in the front end's words. */
#include "present/formats.h"
#include "tests/lib/sample.h"

#include <stdio.h>
#include <stdlib.h>

/* What was written to a stream. */
struct written {
    char *text;
    size_t size;
    FILE *stream;
};

static void begin(struct written *written)
{
    *written = (struct written){.text = NULL};
    written->stream = open_memstream(&written->text, &written->size);
}

static void finish(struct written *written)
{
    (void)fclose(written->stream);
    written->stream = NULL;
}

static void end(struct written *written)
{
    free(written->text);
}

static void add(struct base_findings *findings, enum diag diagnostic, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        base_report(findings, diagnostic, NULL, "number %u", i);
    }
}

static bool contains(const struct written *written, const char *part)
{
    return strstr(written->text, part) != NULL;
}

static void show_in(const char *format, const struct service_answer *answer, const struct present_output *output)
{
    struct present_sink sink;
    present_sink_open(&sink, present_format_named(format), output);
    present_sink_show(&sink, answer);
    present_sink_close(&sink);
}

/* The refusal of a build with so many findings of one id, and as many as are kept of another. */
static struct written refusal_with(const char *format, unsigned count)
{
    struct service_answer answer;
    service_refuse(&answer, service_operation(SERVICE_OPERATION_BUILD));
    add(&answer.findings, DIAG_SLICE_GAP, count);
    add(&answer.findings, DIAG_ID_ORDER, BASE_FINDINGS_KEPT);
    struct written written;
    begin(&written);
    bool out_of_memory = false;
    const struct present_output output = {
        .out = written.stream, .err = written.stream, .out_of_memory = &out_of_memory};
    show_in(format, &answer, &output);
    CHECK(!out_of_memory);
    base_findings_free(&answer.findings);
    finish(&written);
    return written;
}

UNIT_TEST(what_is_not_listed_is_counted)
{
    static const struct {
        unsigned count;
        const char *json;
        const char *text;
    } rows[] = {
        {157, "\"diagnostics_not_listed\":{\"slice-gap\":57},\"errors\":257,", "… and 57 more of [slice-gap]\n"},
        {101, "\"diagnostics_not_listed\":{\"slice-gap\":1},\"errors\":201,", "… and 1 more of [slice-gap]\n"},
        {100, "\"diagnostics_not_listed\":{},\"errors\":200,", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct written json = refusal_with("json", rows[i].count);
        CHECK(contains(&json, rows[i].json));
        end(&json);
        struct written text = refusal_with("text", rows[i].count);
        CHECK(contains(&text, rows[i].text != NULL ? rows[i].text : "number 99"));
        CHECK(rows[i].text != NULL || !contains(&text, "more of"));
        end(&text);
    }
}

static const char *remedies(enum diag diagnostic, enum diag_cause cause, unsigned request_field)
{
    if (diagnostic != DIAG_USAGE || cause != DIAG_CAUSE_NONE) {
        return NULL;
    }
    return request_field == 7 ? "Change the seventh." : "Ask again.";
}

static struct written show(const char *format, const struct service_answer *answer)
{
    struct written written;
    begin(&written);
    bool out_of_memory = false;
    const struct present_output output = {
        .out = written.stream,
        .err = written.stream,
        .out_of_memory = &out_of_memory,
        .remedies = remedies,
    };
    show_in(format, answer, &output);
    finish(&written);
    return written;
}

UNIT_TEST(remedies_are_the_front_ends_where_it_has_one)
{
    struct service_answer answer;
    struct base_place place = BASE_NOWHERE;
    service_refuse(&answer, service_operation(SERVICE_OPERATION_INIT));
    base_report(&answer.findings, DIAG_USAGE, &(struct base_details){.place = place}, "one");
    place.request_field = 7;
    base_report(&answer.findings, DIAG_USAGE, &(struct base_details){.place = place}, "two");
    base_report(&answer.findings, DIAG_BUILD_BUSY, &(struct base_details){.place = place}, "three");
    struct written text = show("text", &answer);
    CHECK(contains(&text, "error[usage] one. Ask again.\n"));
    CHECK(contains(&text, "error[usage] two. Change the seventh.\n"));
    CHECK(contains(&text, "error[build-busy] three. "));
    CHECK(contains(&text, diag_facts(DIAG_BUILD_BUSY)->remedy));
    end(&text);
    struct written json = show("json", &answer);
    CHECK(contains(&json, "\"help\":\"Ask again.\""));
    CHECK(contains(&json, "\"help\":\"Change the seventh.\""));
    CHECK(contains(&json, diag_facts(DIAG_BUILD_BUSY)->remedy));
    end(&json);
    base_findings_free(&answer.findings);
}

UNIT_TEST(a_cause_has_a_remedy_with_its_subject)
{
    static const struct {
        enum diag_cause cause;
        const char *subject;
        const char *remedy; /* of the finding */
        const char *shown;
    } rows[] = {
        {DIAG_CAUSE_INPUT_MISSPELT, "a \"b\".png", NULL, ". Write \"a \"b\".png\" in asset.json if that is meant, or"},
        {DIAG_CAUSE_INPUT_MISSPELT, NULL, NULL, ". Write \"PATH\" in asset.json if that is meant, or"},
        {DIAG_CAUSE_INPUT_MISSPELT, "a.png", "Do this.", "one. Do this.\n"},
        {DIAG_CAUSE_NONE, "a.png", NULL, "one. Restore the file. If it was renamed, write its new name"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct service_answer answer;
        service_refuse(&answer, service_operation(SERVICE_OPERATION_BUILD));
        base_report(
            &answer.findings, DIAG_INPUT_MISSING,
            &(struct base_details){.cause = rows[i].cause, .subject = rows[i].subject, .remedy = rows[i].remedy},
            "one");
        struct written text = show("text", &answer);
        CHECK(contains(&text, rows[i].shown));
        end(&text);
        base_findings_free(&answer.findings);
    }
}

UNIT_TEST(memory_that_ran_out_is_a_finding)
{
    struct service_answer answer;
    service_refuse(&answer, NULL);
    add(&answer.findings, DIAG_SLICE_GAP, 1);
    answer.findings.out_of_memory = true;
    struct written json = show("json", &answer);
    CHECK(contains(&json, "\"command\":\"prpack\",\"diagnostics\":[{\"id\":\"slice-gap\""));
    CHECK(contains(&json, "},{\"id\":\"environment-memory\",\"class\":\"E\",\"severity\":\"error\""));
    end(&json);
    struct written text = show("text", &answer);
    CHECK(contains(&text, "error[environment-memory] memory ran out. "));
    end(&text);
    add(&answer.findings, DIAG_ENVIRONMENT_MEMORY, 1);
    json = show("json", &answer);
    CHECK(strstr(strstr(json.text, "environment-memory") + 1, "environment-memory") == NULL);
    end(&json);
    base_findings_free(&answer.findings);
}
