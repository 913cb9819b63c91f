#include "writer/report.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* Adds the finding with a message that has been formatted already. */
static void add(struct pp_findings *findings, enum pp_diagnostic diagnostic, const struct pp_place *place,
                const char *expected, const char *actual, struct pp_text *message)
{
    if (pp_text_failed(message)) {
        findings->out_of_memory = true;
    }
    pp_findings_add(findings, diagnostic, place, expected, actual, "%s", pp_text_string(message));
    pp_text_free(message);
}

bool pp_writer_report(const struct pp_report *report, enum pp_diagnostic diagnostic, int64_t byte_offset,
                      const char *expected, const char *actual, const char *format, ...)
{
    struct pp_text message = PP_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    pp_text_addv(&message, format, arguments);
    va_end(arguments);
    struct pp_place place = report->place;
    place.byte_offset = byte_offset;
    add(report->findings, diagnostic, &place, expected, actual, &message);
    return false;
}

/* As the user would type it: the project directory stands in front unless it is the current one. */
static void add_declaration_path(struct pp_text *path, const struct pp_subject *subject)
{
    const char *directory = subject->workspace->directory;
    if (directory != NULL && pp_bytes_compare(pp_bytes_of_string(directory), pp_bytes_of_string(".")) != 0) {
        pp_text_addf(path, "%s/", directory);
    }
    pp_text_addf(path, "assets/%s/asset.json", subject->asset->record->root);
}

bool pp_writer_report_declaration(const struct pp_subject *subject, enum pp_diagnostic diagnostic, const char *pointer,
                                  const char *expected, const char *actual, const char *format, ...)
{
    struct pp_text message = PP_TEXT_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    pp_text_addv(&message, format, arguments);
    va_end(arguments);
    struct pp_text path = PP_TEXT_EMPTY;
    add_declaration_path(&path, subject);
    struct pp_place place = PP_NOWHERE;
    place.file = pp_text_string(&path);
    place.json_pointer = pointer;
    place.has_asset_id = true;
    place.asset_id = subject->asset->record->asset_id;
    add(subject->findings, diagnostic, &place, expected, actual, &message);
    pp_text_free(&path);
    return false;
}

bool pp_writer_report_memory(struct pp_findings *findings)
{
    struct pp_place nowhere = PP_NOWHERE;
    pp_findings_add(findings, PP_ENVIRONMENT_MEMORY, &nowhere, NULL, NULL, "memory ran out while packing");
    return false;
}

struct pp_decimal pp_writer_decimal(uint64_t value)
{
    struct pp_decimal decimal;
    (void)snprintf(decimal.text, sizeof decimal.text, "%" PRIu64, value);
    return decimal;
}
