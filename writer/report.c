#include "writer/report.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* Adds the finding with a message that has been formatted already. */
static void add(struct base_findings *findings, enum diag diagnostic, const struct base_place *place,
                const char *expected, const char *actual, struct base_text *message)
{
    if (base_text_failed(message)) {
        findings->out_of_memory = true;
    }
    base_findings_add(findings, diagnostic, place, expected, actual, "%s", base_text_string(message));
    base_text_free(message);
}

bool writer_report(const struct writer_reporter *report, enum diag diagnostic, int64_t byte_offset,
                   const char *expected, const char *actual, const char *format, ...)
{
    struct base_text message = BASE_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(&message, format, arguments);
    va_end(arguments);
    struct base_place place = report->place;
    place.byte_offset = byte_offset;
    add(report->findings, diagnostic, &place, expected, actual, &message);
    return false;
}

/* As the user would type it: the project directory stands in front unless it is the current one. */
static void add_declaration_path(struct base_text *path, const struct writer_subject *subject)
{
    const char *directory = subject->workspace->directory;
    if (directory != NULL && base_bytes_compare(base_bytes_of_string(directory), base_bytes_of_string(".")) != 0) {
        base_text_addf(path, "%s/", directory);
    }
    base_text_addf(path, "assets/%s/asset.json", subject->asset->record->root);
}

bool writer_report_declaration(const struct writer_subject *subject, enum diag diagnostic, const char *pointer,
                               const char *expected, const char *actual, const char *format, ...)
{
    struct base_text message = BASE_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(&message, format, arguments);
    va_end(arguments);
    struct base_text path = BASE_TEXT_EMPTY;
    add_declaration_path(&path, subject);
    struct base_place place = BASE_NOWHERE;
    place.file = base_text_string(&path);
    place.json_pointer = pointer;
    place.has_asset_id = true;
    place.asset_id = subject->asset->record->asset_id;
    add(subject->findings, diagnostic, &place, expected, actual, &message);
    base_text_free(&path);
    return false;
}

bool writer_report_memory(struct base_findings *findings)
{
    struct base_place nowhere = BASE_NOWHERE;
    base_findings_add(findings, DIAG_ENVIRONMENT_MEMORY, &nowhere, NULL, NULL, "memory ran out while packing");
    return false;
}

struct writer_decimal writer_decimal(uint64_t value)
{
    struct writer_decimal decimal;
    (void)snprintf(decimal.text, sizeof decimal.text, "%" PRIu64, value);
    return decimal;
}
