#include "base/findings.h"

#include "base/checked.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void pp_findings_init(struct pp_findings *findings)
{
    *findings = (struct pp_findings){.items = NULL};
}

static void finding_free(struct pp_finding *finding)
{
    /* The list made these strings itself; the place declares them const for those who read it. */
    free((void *)(uintptr_t)finding->place.file);
    free((void *)(uintptr_t)finding->place.json_pointer);
    free(finding->message);
    free(finding->expected);
    free(finding->actual);
}

void pp_findings_free(struct pp_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        finding_free(&findings->items[i]);
    }
    free(findings->items);
    pp_findings_init(findings);
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

static bool reserve_one(struct pp_findings *findings)
{
    if (findings->count < findings->capacity) {
        return true;
    }
    size_t capacity = findings->capacity == 0 ? 8 : findings->capacity * 2;
    size_t size;
    if (!pp_mul_size(capacity, sizeof *findings->items, &size)) {
        return false;
    }
    struct pp_finding *items = realloc(findings->items, size);
    if (items == NULL) {
        return false;
    }
    findings->items = items;
    findings->capacity = capacity;
    return true;
}

__attribute__((format(printf, 3, 0))) static void keep(struct pp_findings *findings, const struct pp_finding *draft,
                                                       const char *format, va_list arguments)
{
    struct pp_text message = PP_TEXT_EMPTY;
    pp_text_addv(&message, format, arguments);
    bool failed = pp_text_failed(&message);
    struct pp_finding finding = *draft;
    finding.message = pp_text_take(&message);
    finding.place.file = copy_string(draft->place.file, &failed);
    finding.place.json_pointer = copy_string(draft->place.json_pointer, &failed);
    finding.expected = copy_string(draft->expected, &failed);
    finding.actual = copy_string(draft->actual, &failed);
    if (failed || finding.message == NULL || !reserve_one(findings)) {
        findings->out_of_memory = true;
        finding_free(&finding);
        return;
    }
    findings->items[findings->count++] = finding;
}

__attribute__((format(printf, 3, 0))) static void add(struct pp_findings *findings, const struct pp_finding *draft,
                                                      const char *format, va_list arguments)
{
    findings->total[draft->diagnostic]++;
    if (draft->severity == PP_ERROR) {
        findings->errors[draft->class_]++;
    }
    if (findings->total[draft->diagnostic] <= PP_FINDINGS_KEPT) {
        keep(findings, draft, format, arguments);
    }
}

/* expected and actual are only borrowed here: keep() copies them. */
static struct pp_finding draft_of(enum pp_diagnostic diagnostic, const struct pp_place *place, const char *expected,
                                  const char *actual)
{
    const struct pp_diagnostic_facts *facts = pp_diagnostic_facts(diagnostic);
    return (struct pp_finding){
        .diagnostic = diagnostic,
        .class_ = facts->class_,
        .severity = PP_ERROR,
        .place = *place,
        .expected = (char *)(uintptr_t)expected,
        .actual = (char *)(uintptr_t)actual,
        .help = facts->help,
    };
}

void pp_findings_add(struct pp_findings *findings, enum pp_diagnostic diagnostic, const struct pp_place *place,
                     const char *expected, const char *actual, const char *format, ...)
{
    struct pp_finding draft = draft_of(diagnostic, place, expected, actual);
    va_list arguments;
    va_start(arguments, format);
    add(findings, &draft, format, arguments);
    va_end(arguments);
}

void pp_findings_add_as(struct pp_findings *findings, enum pp_diagnostic diagnostic, enum pp_class class_,
                        enum pp_severity severity, const struct pp_place *place, const char *expected,
                        const char *actual, const char *format, ...)
{
    struct pp_finding draft = draft_of(diagnostic, place, expected, actual);
    draft.class_ = class_;
    draft.severity = severity;
    va_list arguments;
    va_start(arguments, format);
    add(findings, &draft, format, arguments);
    va_end(arguments);
}

void pp_findings_move(struct pp_findings *to, struct pp_findings *from)
{
    uint64_t kept[PP_DIAGNOSTIC_COUNT];
    for (size_t i = 0; i < PP_DIAGNOSTIC_COUNT; i++) {
        kept[i] = to->total[i] < PP_FINDINGS_KEPT ? to->total[i] : PP_FINDINGS_KEPT;
        to->total[i] += from->total[i];
    }
    for (size_t i = 0; i < sizeof to->errors / sizeof to->errors[0]; i++) {
        to->errors[i] += from->errors[i];
    }
    to->out_of_memory = to->out_of_memory || from->out_of_memory;
    for (size_t i = 0; i < from->count; i++) {
        struct pp_finding *finding = &from->items[i];
        if (kept[finding->diagnostic] >= PP_FINDINGS_KEPT) {
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
    pp_findings_init(from);
}

bool pp_findings_any(const struct pp_findings *findings, enum pp_class class_)
{
    return findings->errors[class_] > 0;
}

uint64_t pp_findings_errors(const struct pp_findings *findings)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof findings->errors / sizeof findings->errors[0]; i++) {
        sum += findings->errors[i];
    }
    return sum;
}
