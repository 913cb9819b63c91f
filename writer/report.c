#include "writer/report.h"

#include "base/report.h"
#include "base/text.h"
#include "workspace/path.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Adds the finding with a message that has been formatted already. */
static void add(struct base_findings *findings, enum diag diagnostic, const struct base_place *place,
                const char *expected, const char *actual, struct base_text *message)
{
    base_findings_add(findings, diagnostic, place, expected, actual, "%s", base_text_string(message));
    base_text_release(message, &findings->out_of_memory);
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
    place.has_byte_offset = byte_offset >= 0;
    place.byte_offset = place.has_byte_offset ? (uint64_t)byte_offset : 0;
    add(report->findings, diagnostic, &place, expected, actual, &message);
    return false;
}

bool writer_report_declaration(const struct writer_subject *subject, enum diag diagnostic, const char *pointer,
                               const char *expected, const char *actual, const char *format, ...)
{
    struct base_text message = BASE_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(&message, format, arguments);
    va_end(arguments);
    char *path = workspace_assets_path(subject->workspace->directory, subject->asset->record->root, "asset.json");
    subject->findings->out_of_memory = subject->findings->out_of_memory || path == NULL;
    struct base_place place = BASE_NOWHERE;
    place.file = path;
    place.json_pointer = pointer;
    place.has_asset_id = true;
    place.asset_id = subject->asset->record->asset_id;
    add(subject->findings, diagnostic, &place, expected, actual, &message);
    free(path);
    return false;
}

bool writer_report_memory(struct base_findings *findings)
{
    base_report_out_of_memory(findings, NULL);
    return false;
}

struct writer_decimal writer_decimal(uint64_t value)
{
    struct writer_decimal decimal;
    (void)snprintf(decimal.text, sizeof decimal.text, "%" PRIu64, value);
    return decimal;
}
