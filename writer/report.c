#include "writer/report.h"

#include "base/report.h"
#include "base/text.h"
#include "workspace/declared_place.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

bool writer_report(const struct writer_reporter *report, enum diag diagnostic, const struct base_details *details,
                   const char *format, ...)
{
    struct base_details complete = {.severity = BASE_ERROR};
    if (details != NULL) {
        complete = *details;
    }
    complete.place.file = report->place.file;
    complete.place.has_asset_id = report->place.has_asset_id;
    complete.place.asset_id = report->place.asset_id;
    va_list arguments;
    va_start(arguments, format);
    base_reportv(report->findings, diagnostic, &complete, format, arguments);
    va_end(arguments);
    return false;
}

void writer_warn(const struct writer_reporter *report, enum diag diagnostic, const struct base_place *pixel,
                 const char *format, ...)
{
    struct base_text message = BASE_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    base_text_addv(&message, format, arguments);
    va_end(arguments);
    struct writer_warning warning = {
        .diagnostic = diagnostic,
        .input = report->input,
        .has_pixel = pixel != NULL,
        .message = base_text_string(&message),
    };
    if (pixel != NULL) {
        warning.x = pixel->x;
        warning.y = pixel->y;
        warning.tile = (uint32_t)pixel->tile;
        warning.pixels = (uint32_t)pixel->pixels;
        warning.tiles = (uint32_t)pixel->tiles;
    }
    writer_warning_report(&warning, report->place.file, (int32_t)report->place.asset_id, report->findings);
    if (report->warnings != NULL && !writer_warnings_add(report->warnings, &warning)) {
        report->findings->out_of_memory = true;
    }
    base_text_release(&message, &report->findings->out_of_memory);
}

__attribute__((format(printf, 5, 0))) static bool report_declaration(const struct writer_subject *subject,
                                                                     enum diag diagnostic, const char *pointer,
                                                                     struct base_details details, const char *format,
                                                                     va_list arguments)
{
    details.place = (struct base_place){.json_pointer = pointer};
    workspace_report_declaredv(subject->workspace, subject->asset, subject->findings, diagnostic, &details, format,
                               arguments);
    return false;
}

bool writer_report_declaration(const struct writer_subject *subject, enum diag diagnostic, const char *pointer,
                               const char *expected, const char *actual, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const struct base_details details = {.expected = expected, .actual = actual};
    (void)report_declaration(subject, diagnostic, pointer, details, format, arguments);
    va_end(arguments);
    return false;
}

bool writer_report_declaration_cause(const struct writer_subject *subject, enum diag diagnostic, const char *pointer,
                                     enum diag_cause cause, const char *about, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const struct base_details details = {.cause = cause, .subject = about};
    (void)report_declaration(subject, diagnostic, pointer, details, format, arguments);
    va_end(arguments);
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
