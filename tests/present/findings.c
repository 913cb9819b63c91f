/* How findings are shown: two lists as one, and remedies in the front end's words. */
#include "base/report.h"
#include "present/json.h"
#include "present/present.h"
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
        base_findings_add(findings, diagnostic, &BASE_NOWHERE, NULL, NULL, "number %u", i);
    }
}

static bool contains(const struct written *written, const char *part)
{
    return strstr(written->text, part) != NULL;
}

/* The JSON document of one or two lists; other may be NULL. */
static struct written document_of_lists(const struct base_findings *one, const struct base_findings *other)
{
    struct written written;
    begin(&written);
    bool out_of_memory = false;
    const struct present_output output = {.out = written.stream, .out_of_memory = &out_of_memory};
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    present_json_begin(&emit, "build");
    present_json_end(&emit, one, other, &output);
    base_text_free(&text);
    finish(&written);
    return written;
}

/* The same of two lists, one of `first` and one of `second` findings of the same id. */
static struct written document_of(unsigned first, unsigned second)
{
    struct base_findings one;
    struct base_findings other;
    base_findings_init(&one);
    base_findings_init(&other);
    add(&one, DIAG_SLICE_GAP, first);
    add(&other, DIAG_SLICE_GAP, second);
    add(&other, DIAG_ID_ORDER, BASE_FINDINGS_KEPT);
    struct written written = document_of_lists(&one, &other);
    base_findings_free(&one);
    base_findings_free(&other);
    return written;
}

/* How often a list that lacks memory says so: the list has the finding, or only the sticky bit. */
static unsigned count_out_of_memory(bool listed)
{
    static const char id[] = "\"environment-memory\"";
    struct base_findings findings;
    base_findings_init(&findings);
    add(&findings, DIAG_SLICE_GAP, 1);
    findings.out_of_memory = true;
    if (listed) {
        base_report_out_of_memory(&findings, "a");
    }
    struct written written = document_of_lists(&findings, NULL);
    unsigned count = 0;
    for (const char *at = strstr(written.text, id); at != NULL; at = strstr(at + 1, id)) {
        count++;
    }
    end(&written);
    base_findings_free(&findings);
    return count;
}

UNIT_TEST(running_out_of_memory_is_said_once)
{
    CHECK_U64(count_out_of_memory(false), 1);
    CHECK_U64(count_out_of_memory(true), 1);
}

UNIT_TEST(two_lists_are_counted_as_one)
{
    static const struct {
        unsigned first;
        unsigned second;
        const char *end;
    } rows[] = {
        {150, 107, "\"diagnostics_not_listed\":{\"slice-gap\":57}}\n"},
        {101, 1, "\"diagnostics_not_listed\":{\"slice-gap\":1}}\n"},
        {1, 101, "\"diagnostics_not_listed\":{\"slice-gap\":1}}\n"},
        {100, 100, "\"diagnostics_not_listed\":{}}\n"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct written written = document_of(rows[i].first, rows[i].second);
        size_t length = strlen(rows[i].end);
        CHECK_ROW(written.size > length && strcmp(written.text + written.size - length, rows[i].end) == 0, true,
                  rows[i].end);
        end(&written);
    }
}

static const char *remedies(enum diag diagnostic, unsigned request_field)
{
    if (diagnostic != DIAG_USAGE) {
        return NULL;
    }
    return request_field == 7 ? "Change the seventh." : "Ask again.";
}

static struct written show(bool json, const struct base_findings *findings)
{
    struct written written;
    begin(&written);
    bool out_of_memory = false;
    const struct present_output output = {
        .out = written.stream,
        .err = written.stream,
        .json = json,
        .out_of_memory = &out_of_memory,
        .remedies = remedies,
    };
    present_outcome(&output, "init", findings);
    finish(&written);
    return written;
}

UNIT_TEST(remedies_are_the_front_ends_where_it_has_one)
{
    struct base_findings findings;
    base_findings_init(&findings);
    struct base_place place = BASE_NOWHERE;
    base_findings_add(&findings, DIAG_USAGE, &place, NULL, NULL, "one");
    place.request_field = 7;
    base_findings_add(&findings, DIAG_USAGE, &place, NULL, NULL, "two");
    base_findings_add(&findings, DIAG_BUILD_BUSY, &place, NULL, NULL, "three");
    struct written text = show(false, &findings);
    CHECK(contains(&text, "error[usage] one. Ask again.\n"));
    CHECK(contains(&text, "error[usage] two. Change the seventh.\n"));
    CHECK(contains(&text, "error[build-busy] three. "));
    CHECK(contains(&text, diag_facts(DIAG_BUILD_BUSY)->remedy));
    end(&text);
    struct written json = show(true, &findings);
    CHECK(contains(&json, "\"help\":\"Ask again.\""));
    CHECK(contains(&json, "\"help\":\"Change the seventh.\""));
    CHECK(contains(&json, diag_facts(DIAG_BUILD_BUSY)->remedy));
    end(&json);
    base_findings_free(&findings);
}
