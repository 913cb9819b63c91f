#include "verify/examination.h"

#include "reader/layout.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

enum { LONGEST_ACTUAL = 96 };

static void write_pointer(struct pp_text *pointer, const struct pp_spot *spot)
{
    if (spot->array != NULL) {
        pp_pointer_add_name(pointer, spot->array);
        pp_pointer_add_index(pointer, spot->index);
    }
    if (spot->member != NULL) {
        pp_pointer_add_name(pointer, spot->member);
    }
    if (spot->key.data != NULL) {
        pp_pointer_add_key(pointer, spot->key);
    }
    if (spot->path != NULL) {
        pp_path_write(spot->path, pointer);
    }
}

void pp_tell_bytes(struct pp_text *text, struct pp_bytes bytes)
{
    pp_text_add_printable(text, bytes, LONGEST_ACTUAL);
}

__attribute__((format(printf, 6, 0))) static void tell(struct pp_findings *findings, enum pp_diagnostic diagnostic,
                                                       const struct pp_place *place, const char *expected,
                                                       struct pp_bytes actual, const char *format, va_list arguments)
{
    struct pp_text shown = PP_TEXT_EMPTY;
    struct pp_text message = PP_TEXT_EMPTY;
    pp_text_addv(&message, format, arguments);
    pp_tell_bytes(&shown, actual);
    pp_findings_add(findings, diagnostic, place, expected, actual.data != NULL ? pp_text_string(&shown) : NULL, "%s",
                    pp_text_string(&message));
    findings->out_of_memory = findings->out_of_memory || pp_text_failed(&shown) || pp_text_failed(&message);
    pp_text_free(&shown);
    pp_text_free(&message);
}

void pp_tell(struct pp_examination *examination, enum pp_diagnostic diagnostic, const struct pp_spot *spot,
             const char *expected, struct pp_bytes actual, const char *format, ...)
{
    struct pp_text pointer = PP_TEXT_EMPTY;
    if (examination->findings.total[diagnostic] < PP_FINDINGS_KEPT) {
        write_pointer(&pointer, spot); /* later ones are only counted */
    }
    struct pp_place place = {
        .file = examination->path,
        .byte_offset = (int64_t)(PP_PRELUDE_SIZE + spot->at),
        .json_pointer = pp_text_string(&pointer),
    };
    if (spot->entry != NULL && (spot->entry->flags & PP_KNOWN_ID) != 0) {
        place.has_asset_id = true;
        place.asset_id = spot->entry->asset_id;
    }
    va_list arguments;
    va_start(arguments, format);
    tell(&examination->findings, diagnostic, &place, expected, actual, format, arguments);
    va_end(arguments);
    examination->findings.out_of_memory = examination->findings.out_of_memory || pp_text_failed(&pointer);
    pp_text_free(&pointer);
}

void pp_tell_at(struct pp_findings *findings, enum pp_diagnostic diagnostic, const struct pp_place *place,
                const char *expected, struct pp_bytes actual, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tell(findings, diagnostic, place, expected, actual, format, arguments);
    va_end(arguments);
}

void pp_tell_no_memory(struct pp_findings *findings, const char *path)
{
    struct pp_place place = PP_NOWHERE;
    place.file = path;
    pp_findings_add(findings, PP_ENVIRONMENT_MEMORY, &place, NULL, NULL, "memory ran out");
}

void pp_tell_problem(struct pp_findings *findings, const char *path, uint64_t at, int problem)
{
    if (problem == ENOMEM) {
        pp_tell_no_memory(findings, path);
        return;
    }
    struct pp_place place = {.file = path, .byte_offset = at <= INT64_MAX ? (int64_t)at : -1};
    pp_findings_add(findings, PP_ENVIRONMENT_READ, &place, NULL, NULL, "%s", pp_file_problem_text(problem));
}

void pp_report_not_checked(struct pp_report *report, const char *reason)
{
    for (size_t i = 0; i < report->not_checked_count; i++) {
        if (strcmp(report->not_checked[i], reason) == 0) {
            return;
        }
    }
    if (report->not_checked_count < PP_NOT_CHECKED_MAX) {
        report->not_checked[report->not_checked_count++] = reason;
    }
}
