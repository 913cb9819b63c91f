#include "base/findings.h"

#include "base/array.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void base_findings_init(struct base_findings *findings)
{
    *findings = (struct base_findings){.items = NULL};
}

static void finding_free(struct base_finding *finding)
{
    free(finding->file);
    free(finding->json_pointer);
    free(finding->message);
    free(finding->expected);
    free(finding->actual);
}

void base_findings_free(struct base_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        finding_free(&findings->items[i]);
    }
    free(findings->items);
    base_findings_init(findings);
}

/* A copy of a string that may be NULL; *failed is set when memory ran out. */
static char *copy_string(const char *string, bool *failed)
{
    if (string == NULL) {
        return NULL;
    }
    char *copy = strdup(string);
    *failed = *failed || copy == NULL;
    return copy;
}

static bool reserve_one(struct base_findings *findings)
{
    struct base_finding *items =
        base_array_grow(findings->items, findings->count, &findings->capacity, sizeof *findings->items);
    if (items == NULL) {
        return false;
    }
    findings->items = items;
    return true;
}

/* What is known of a finding before it is copied; everything is borrowed. */
struct draft {
    enum diag diagnostic;
    enum diag_class class_;
    enum base_severity severity;
    const struct base_place *place;
    const char *expected;
    const char *actual;
};

__attribute__((format(printf, 3, 0))) static void keep(struct base_findings *findings, const struct draft *draft,
                                                       const char *format, va_list arguments)
{
    struct base_text message = BASE_TEXT_EMPTY;
    base_text_addv(&message, format, arguments);
    bool failed = base_text_out_of_memory(&message);
    struct base_finding finding = {
        .diagnostic = draft->diagnostic,
        .class_ = draft->class_,
        .severity = draft->severity,
        .place = *draft->place,
        .file = copy_string(draft->place->file, &failed),
        .json_pointer = copy_string(draft->place->json_pointer, &failed),
        .message = base_text_take(&message),
        .expected = copy_string(draft->expected, &failed),
        .actual = copy_string(draft->actual, &failed),
    };
    finding.place.file = finding.file;
    finding.place.json_pointer = finding.json_pointer;
    if (failed || finding.message == NULL || !reserve_one(findings)) {
        findings->out_of_memory = true;
        finding_free(&finding);
        return;
    }
    findings->items[findings->count++] = finding;
}

__attribute__((format(printf, 3, 0))) static void add(struct base_findings *findings, const struct draft *draft,
                                                      const char *format, va_list arguments)
{
    findings->total[draft->diagnostic]++;
    if (draft->severity == BASE_ERROR) {
        findings->errors[draft->class_]++;
    }
    if (findings->total[draft->diagnostic] <= BASE_FINDINGS_KEPT) {
        keep(findings, draft, format, arguments);
    }
}

void base_findings_add(struct base_findings *findings, enum diag diagnostic, const struct base_place *place,
                       const char *expected, const char *actual, const char *format, ...)
{
    enum diag_class class_ = diag_facts(diagnostic)->class_;
    const struct draft draft = {diagnostic, class_, BASE_ERROR, place, expected, actual};
    va_list arguments;
    va_start(arguments, format);
    add(findings, &draft, format, arguments);
    va_end(arguments);
}

void base_findings_add_as(struct base_findings *findings, enum diag diagnostic, enum diag_class class_,
                          enum base_severity severity, const struct base_place *place, const char *expected,
                          const char *actual, const char *format, ...)
{
    const struct draft draft = {diagnostic, class_, severity, place, expected, actual};
    va_list arguments;
    va_start(arguments, format);
    add(findings, &draft, format, arguments);
    va_end(arguments);
}

void base_findings_move(struct base_findings *to, struct base_findings *from)
{
    uint64_t kept[DIAG_COUNT];
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        kept[i] = to->total[i] < BASE_FINDINGS_KEPT ? to->total[i] : BASE_FINDINGS_KEPT;
        to->total[i] += from->total[i];
    }
    for (size_t i = 0; i < sizeof to->errors / sizeof to->errors[0]; i++) {
        to->errors[i] += from->errors[i];
    }
    to->out_of_memory = to->out_of_memory || from->out_of_memory;
    for (size_t i = 0; i < from->count; i++) {
        struct base_finding *finding = &from->items[i];
        if (kept[finding->diagnostic] >= BASE_FINDINGS_KEPT) {
            finding_free(finding);
        } else if (!reserve_one(to)) {
            to->out_of_memory = true;
            finding_free(finding);
        } else {
            kept[finding->diagnostic]++;
            to->items[to->count++] = *finding;
        }
    }
    free(from->items);
    base_findings_init(from);
}

bool base_findings_any(const struct base_findings *findings, enum diag_class class_)
{
    return findings->errors[class_] > 0;
}

uint64_t base_findings_errors(const struct base_findings *findings)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof findings->errors / sizeof findings->errors[0]; i++) {
        sum += findings->errors[i];
    }
    return sum;
}
