#include "verify/sources/source.h"

#include "base/path.h"
#include "reader/layout.h"
#include "verify/core/findings.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

bool verify_is_not_there(int problem)
{
    return problem == ENOENT || problem == ENOTDIR || problem == ELOOP || problem == ENAMETOOLONG ||
           problem == BASE_FILE_NOT_REGULAR || problem == BASE_FILE_OUTSIDE_ROOT;
}

__attribute__((format(printf, 4, 0))) static void report_details(const struct verify_source_asset *asset,
                                                                 enum diag diagnostic,
                                                                 const struct base_details *details, const char *format,
                                                                 va_list arguments)
{
    struct base_details complete = *details;
    complete.place.has_asset_id = true;
    complete.place.asset_id = asset->record->asset_id;
    base_reportv(&asset->sink->findings, diagnostic, &complete, format, arguments);
}

void verify_report_source(const struct verify_source_asset *asset, enum diag diagnostic, const struct base_place *place,
                          const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_details(asset, diagnostic, &(struct base_details){.place = *place}, format, arguments);
    va_end(arguments);
}

void verify_report_source_value(const struct verify_source_asset *asset, enum diag diagnostic,
                                const struct base_details *details, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_details(asset, diagnostic, details, format, arguments);
    va_end(arguments);
}

void verify_report_source_problem(const struct verify_source_asset *asset, const char *path, int problem)
{
    if (verify_is_not_there(problem)) {
        verify_report_source(asset, DIAG_SOURCE_CHANGED, &(struct base_place){.file = path},
                             "the source cannot be found: %s", base_file_problem_text(problem));
    } else {
        verify_report_read_failure(&asset->sink->findings, path, 0, problem);
    }
}

bool verify_source_open(const struct verify_source_asset *asset, const char *path, struct base_file *file, char **shown)
{
    *shown = base_path_join(asset->root_path, path);
    if (*shown == NULL) {
        base_report_out_of_memory(&asset->sink->findings, asset->root_path);
        return false;
    }
    int problem = base_file_open_below(file, asset->root_fd, path);
    if (problem != 0) {
        verify_report_source_problem(asset, *shown, problem);
        free(*shown);
        *shown = NULL;
        return false;
    }
    return true;
}

/* ---- Values of the set's documents ---- */

/* Where one of the two documents has the asset. */
struct document {
    const char *path;
    struct base_bytes text;
    size_t begins;                        /* in the file */
    const struct base_lines_marks *lines; /* of a text; else NULL */
    const char *list;
};

/* A value is quoted unless its kind is JSON_END. */
static void report_value(const struct verify_source_asset *asset, enum diag diagnostic, const struct document *document,
                         struct json_token value, const char *below, const char *expected, const char *message)
{
    struct base_findings *findings = &asset->sink->findings;
    struct base_text pointer = BASE_TEXT_EMPTY;
    struct base_details details = {.place = {.file = document->path,
                                             BASE_AT_BYTE(document->begins + json_token_start(value), 0),
                                             .has_asset_id = true,
                                             .asset_id = asset->record->asset_id},
                                   .expected = expected};
    if (value.kind == JSON_STRING || value.kind == JSON_NUMBER || value.kind == JSON_KEY) {
        details.actual_bytes = json_token_bytes(document->text, value);
        details.place.length = details.actual_bytes.size;
    }
    struct base_lines lines;
    if (document->lines != NULL) {
        lines = base_lines_near(document->lines, details.place.byte_offset);
        details.place.lines = &lines;
    }
    if (base_findings_keeps(findings, diagnostic)) {
        json_pointer_add_name(&pointer, document->list);
        json_pointer_add_index(&pointer, asset->index);
        base_text_add_string(&pointer, below);
        details.place.json_pointer = base_text_string(&pointer);
    }
    base_report(findings, diagnostic, &details, "%s", message);
    base_text_release(&pointer, &findings->out_of_memory);
}

void verify_report_recorded(const struct verify_source_asset *asset, enum diag diagnostic, struct json_token value,
                            const char *below, const char *expected, const char *text)
{
    const struct document document = {.path = asset->facts->record->path,
                                      .text = asset->facts->record->text,
                                      .lines = &asset->facts->record->lines,
                                      .list = "assets"};
    report_value(asset, diagnostic, &document, value, below, expected, text);
}

void verify_report_entry(const struct verify_source_asset *asset, enum diag diagnostic, struct json_token value,
                         const char *below, const char *expected, const char *text)
{
    const struct document document = {.path = asset->subject->path,
                                      .text = asset->facts->header,
                                      .begins = READER_PRELUDE_SIZE,
                                      .list = "asset_table"};
    report_value(asset, diagnostic, &document, value, below, expected, text);
}
