/* Formats for CI when memory runs out: what is written is well-formed, and the front end is told. */
#include "present/formats.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/sample.h"
#include "json/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>

static char root[] = "hero";
static struct service_registered_asset assets[] = {{.asset_id = 1, .root = root, .included = true},
                                                   {.asset_id = 2, .root = root}};

static void report_some(struct base_findings *findings)
{
    const struct base_details declared = {
        .place = {.file = "assets/hero/asset.json", .json_pointer = "/type", .has_asset_id = true, .asset_id = 1},
        .expected = "this",
        .actual = "that"};
    base_report(findings, DIAG_DECLARATION_VALUE, &declared, "it is wrong");
    base_report(findings, DIAG_WORKSPACE_EMPTY, &(struct base_details){.severity = BASE_WARNING}, "it is odd");
    base_report(findings, DIAG_ENVIRONMENT_READ, &(struct base_details){.place.file = "x"}, "it is away");
}

/* What was written about a run of two answers: one of `doctor`, and a refusal. */
static char *show(const char *format, const struct base_findings *findings, bool *out_of_memory)
{
    char *text = NULL;
    char *summary = NULL;
    size_t size;
    size_t summary_size;
    struct service_answer answer;
    struct present_sink sink;
    *out_of_memory = false;
    const struct present_output output = {.out = open_memstream(&text, &size),
                                          .summary = open_memstream(&summary, &summary_size),
                                          .from.current = "/home",
                                          .out_of_memory = out_of_memory};
    service_refuse(&answer, service_operation(SERVICE_OPERATION_DOCTOR));
    answer.ran = true;
    answer.findings = *findings;
    answer.result.doctor = (struct service_doctor_result){.registered = {.items = assets, .count = COUNT_OF(assets)}};
    present_sink_open(&sink, present_format_named(format), &output);
    present_sink_show(&sink, &answer);
    answer.ran = false;
    present_sink_show(&sink, &answer);
    present_sink_close(&sink);
    (void)fclose(output.out);
    (void)fclose(output.summary);
    free(summary);
    return text;
}

typedef bool (*is_well_formed)(const char *text);

static unsigned count_of(const char *text, const char *part)
{
    unsigned count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static bool is_json(const char *text)
{
    struct json_tokenizer json;
    json_begin(&json, base_bytes_of_string(text));
    struct json_token token = json_next(&json);
    return token.kind == JSON_OBJECT_BEGIN && json_skip(&json, token).kind == JSON_OBJECT_END &&
           json_next(&json).kind == JSON_END;
}

static bool is_xml(const char *text)
{
    static const char end[] = "</testsuites>\n";
    size_t length = strlen(text);
    return length > sizeof end && strcmp(text + length - (sizeof end - 1), end) == 0 &&
           count_of(text, "<testsuite ") == 2 && count_of(text, "</testsuite>") == 2 &&
           count_of(text, "<testcase ") == count_of(text, "</testcase>");
}

static bool is_commands(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        const char *end = strchr(at, '\n');
        if (strncmp(at, "::", 2) != 0 || end == NULL) {
            return false;
        }
        at = end;
    }
    return true;
}

static void check_each(const char *format, is_well_formed well_formed)
{
    struct base_findings findings;
    base_findings_init(&findings);
    report_some(&findings);
    unsigned count = 0;
    bool refused;
    do {
        bool out_of_memory;
        memory_fault_once(count);
        char *text = show(format, &findings, &out_of_memory);
        refused = memory_fault_off() > count;
        CHECK(well_formed(text));
        CHECK(out_of_memory == refused);
        free(text);
        count++;
    } while (refused);
    CHECK(count > 10);
    base_findings_free(&findings);
}

UNIT_TEST(a_sarif_log_is_json_whatever_is_refused)
{
    check_each("sarif", is_json);
}

UNIT_TEST(a_junit_document_is_closed_whatever_is_refused)
{
    check_each("junit", is_xml);
}

UNIT_TEST(annotations_are_lines_whatever_is_refused)
{
    check_each("github", is_commands);
}
