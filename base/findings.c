#include "base/findings.h"

#include "base/array.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_VALUE = 96 }; /* source bytes of a value that is shown */

void base_findings_init(struct base_findings *findings)
{
    *findings = (struct base_findings){.items = NULL};
}

void base_finding_free(struct base_finding *finding)
{
    free(finding->file);
    free(finding->json_pointer);
    free(finding->image);
    free(finding->message);
    free(finding->expected);
    free(finding->actual);
    free(finding->subject);
    free(finding->remedy);
}

void base_findings_free(struct base_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        base_finding_free(&findings->items[i]);
    }
    free(findings->items);
    base_tally_free(&findings->tally);
    base_findings_init(findings);
}

struct base_tally_kind base_finding_kind(const struct base_finding *finding)
{
    return (struct base_tally_kind){
        .diagnostic = finding->diagnostic,
        .class_ = finding->class_,
        .severity = finding->severity,
        .promoted = finding->promoted,
    };
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

/* A copy of a value: of the string, or else of the bytes as they can be shown, or else NULL. */
static char *copy_value(const char *string, struct base_bytes bytes, bool *failed)
{
    if (string != NULL || bytes.data == NULL) {
        return copy_string(string, failed);
    }
    struct base_text shown = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, bytes, LONGEST_VALUE);
    char *copy = base_text_take(&shown);
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

/* The place as it is kept, without its strings. */
static struct base_place place_of(const struct base_place *given)
{
    struct base_place place = *given;
    if (!given->has_byte_offset) {
        place.byte_offset = 0;
        place.length = 0;
    } else if (given->lines != NULL) {
        (void)base_lines_find(given->lines, given->byte_offset, &place.line, &place.column);
        place.character_utf16 = base_lines_character(given->lines);
    }
    place.lines = NULL;
    return place;
}

__attribute__((format(printf, 3, 0))) static void keep(struct base_findings *findings, struct base_finding finding,
                                                       const char *format, va_list arguments,
                                                       const struct base_details *details)
{
    struct base_text message = BASE_TEXT_EMPTY;
    base_text_addv(&message, format, arguments);
    bool failed = base_text_out_of_memory(&message);
    finding.place = place_of(&details->place);
    finding.file = copy_string(details->place.file, &failed);
    finding.json_pointer = copy_string(details->place.json_pointer, &failed);
    finding.image = copy_string(details->place.image, &failed);
    finding.message = base_text_take(&message);
    finding.expected = copy_value(details->expected, details->expected_bytes, &failed);
    finding.actual = copy_value(details->actual, details->actual_bytes, &failed);
    finding.subject = copy_string(details->subject, &failed);
    finding.remedy = copy_string(details->remedy, &failed);
    finding.place.file = finding.file;
    finding.place.json_pointer = finding.json_pointer;
    finding.place.image = finding.image;
    if (failed || finding.message == NULL || !reserve_one(findings)) {
        findings->out_of_memory = true;
        base_finding_free(&finding);
        return;
    }
    findings->items[findings->count++] = finding;
}

bool base_findings_keeps(const struct base_findings *findings, enum diag diagnostic)
{
    return findings->total[diagnostic] < BASE_FINDINGS_KEPT;
}

void base_reportv(struct base_findings *findings, enum diag diagnostic, const struct base_details *details,
                  const char *format, va_list arguments)
{
    static const struct base_details none;
    details = details != NULL ? details : &none;
    const struct base_finding finding = {
        .diagnostic = diagnostic,
        .class_ = details->has_class ? details->class_ : diag_facts(diagnostic)->class_,
        .severity = details->severity,
        .cause = details->cause,
    };
    bool keeps = base_findings_keeps(findings, diagnostic);
    findings->total[diagnostic]++;
    if (finding.severity == BASE_ERROR) {
        findings->errors[finding.class_]++;
    }
    const struct base_place *place = &details->place;
    if (!base_tally_add(&findings->tally, place->file, place->has_asset_id ? &place->asset_id : NULL,
                        base_finding_kind(&finding))) {
        findings->out_of_memory = true;
    }
    if (keeps) {
        keep(findings, finding, format, arguments, details);
    }
}

void base_report(struct base_findings *findings, enum diag diagnostic, const struct base_details *details,
                 const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    base_reportv(findings, diagnostic, details, format, arguments);
    va_end(arguments);
}

void base_findings_set_image(struct base_findings *findings, const char *image)
{
    for (size_t i = 0; image != NULL && i < findings->count; i++) {
        struct base_finding *finding = &findings->items[i];
        if (finding->place.has_pixel) {
            free(finding->image);
            finding->image = strdup(image);
            finding->place.image = finding->image;
            findings->out_of_memory = findings->out_of_memory || finding->image == NULL;
        }
    }
}

void base_findings_set_asset(struct base_findings *findings, int64_t from, const int64_t *to)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct base_place *place = &findings->items[i].place;
        if (place->has_asset_id && place->asset_id == from) {
            place->has_asset_id = to != NULL;
            place->asset_id = to != NULL ? *to : 0;
        }
    }
    base_tally_set_asset(&findings->tally, from, to);
}

static void move_counts(struct base_findings *to, struct base_findings *from)
{
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        to->total[i] += from->total[i];
    }
    for (size_t i = 0; i < sizeof to->errors / sizeof to->errors[0]; i++) {
        to->errors[i] += from->errors[i];
        to->ignored_errors[i] += from->ignored_errors[i];
    }
    to->promoted += from->promoted;
    to->ignored += from->ignored;
    bool moved = base_tally_move(&to->tally, &from->tally);
    to->out_of_memory = to->out_of_memory || from->out_of_memory || !moved;
}

void base_findings_move(struct base_findings *to, struct base_findings *from)
{
    uint64_t kept[DIAG_COUNT];
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        kept[i] = base_findings_keeps(to, (enum diag)i) ? to->total[i] : BASE_FINDINGS_KEPT;
    }
    move_counts(to, from);
    for (size_t i = 0; i < from->count; i++) {
        struct base_finding *finding = &from->items[i];
        if (kept[finding->diagnostic] >= BASE_FINDINGS_KEPT) {
            base_finding_free(finding);
        } else if (!reserve_one(to)) {
            to->out_of_memory = true;
            base_finding_free(finding);
        } else {
            kept[finding->diagnostic]++;
            to->items[to->count++] = *finding;
        }
    }
    free(from->items);
    base_findings_init(from);
}

static size_t copy_group(const struct base_findings *findings, enum base_severity severity, struct base_finding *to)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].severity == severity) {
            to[count++] = findings->items[i];
        }
    }
    return count;
}

void base_findings_order(struct base_findings *findings)
{
    struct base_finding *items = findings->count > 0 ? malloc(findings->count * sizeof *items) : NULL;
    if (items == NULL) {
        return;
    }
    size_t errors = copy_group(findings, BASE_ERROR, items);
    (void)copy_group(findings, BASE_WARNING, items + errors);
    free(findings->items);
    findings->items = items;
    findings->capacity = findings->count;
}

struct base_findings base_findings_take(struct base_findings *from)
{
    struct base_findings taken = *from;
    base_findings_init(from);
    return taken;
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
    return sum + findings->promoted;
}

uint64_t base_findings_warnings(const struct base_findings *findings)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        sum += findings->total[i];
    }
    return sum - base_findings_errors(findings);
}
