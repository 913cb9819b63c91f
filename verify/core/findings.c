#include "verify/core/findings.h"

#include "reader/layout.h"

#include <stdarg.h>

enum { LONGEST_ACTUAL = 96 };

static void write_pointer(struct base_text *pointer, const struct verify_spot *spot)
{
    if (spot->array != NULL) {
        json_pointer_add_name(pointer, spot->array);
        json_pointer_add_index(pointer, spot->index);
    }
    if (spot->member != NULL) {
        json_pointer_add_name(pointer, spot->member);
    }
    if (spot->key.data != NULL) {
        json_pointer_add_key(pointer, spot->key);
    }
    if (spot->path != NULL) {
        json_path_write(spot->path, pointer);
    }
}

void verify_quote(struct base_text *text, struct base_bytes bytes)
{
    base_text_add_printable(text, bytes, LONGEST_ACTUAL);
}

__attribute__((format(printf, 6, 0))) static void report(struct base_findings *findings, enum diag diagnostic,
                                                         const struct base_place *place, const char *expected,
                                                         struct base_bytes actual, const char *format,
                                                         va_list arguments)
{
    struct base_text shown = BASE_TEXT_EMPTY;
    struct base_text message = BASE_TEXT_EMPTY;
    base_text_addv(&message, format, arguments);
    verify_quote(&shown, actual);
    base_findings_add(findings, diagnostic, place, expected, actual.data != NULL ? base_text_string(&shown) : NULL,
                      "%s", base_text_string(&message));
    base_text_release(&shown, &findings->out_of_memory);
    base_text_release(&message, &findings->out_of_memory);
}

void verify_report_in_header(const struct verify_subject *subject, struct verify_sink *sink, enum diag diagnostic,
                             const struct verify_spot *spot, const char *expected, struct base_bytes actual,
                             const char *format, ...)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    if (sink->findings.total[diagnostic] < BASE_FINDINGS_KEPT) {
        write_pointer(&pointer, spot); /* later ones are only counted */
    }
    struct base_place place = {
        .file = subject->path,
        BASE_AT_BYTE(READER_PRELUDE_SIZE + spot->at, 0),
        .json_pointer = base_text_string(&pointer),
    };
    if (spot->entry != NULL && (spot->entry->flags & VERIFY_ENTRY_HAS_ID) != 0) {
        place.has_asset_id = true;
        place.asset_id = spot->entry->asset_id;
    }
    va_list arguments;
    va_start(arguments, format);
    report(&sink->findings, diagnostic, &place, expected, actual, format, arguments);
    va_end(arguments);
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

void verify_report_at(struct base_findings *findings, enum diag diagnostic, const struct base_place *place,
                      const char *expected, struct base_bytes actual, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(findings, diagnostic, place, expected, actual, format, arguments);
    va_end(arguments);
}

void verify_report_read_failure(struct base_findings *findings, const char *path, uint64_t at, int problem)
{
    struct base_place place = {.file = path, .has_byte_offset = at <= INT64_MAX, .byte_offset = at};
    base_report_read_failure(findings, &place, problem);
}

void verify_report_cancelled(struct base_findings *findings, const char *path)
{
    struct base_place place = BASE_NOWHERE;
    place.file = path;
    base_findings_add(findings, DIAG_CANCELLED, &place, NULL, NULL,
                      "the examination was cancelled before everything was checked");
}

void verify_check_hash(struct verify_sink *sink, const struct base_place *place, struct base_hash expected,
                       struct base_hash actual, const char *text)
{
    char wanted[BASE_HASH_HEX + 1];
    char found[BASE_HASH_HEX + 1];
    sink->checked.hashes++;
    if (base_hash_equal(expected, actual)) {
        return;
    }
    base_hash_to_hex(expected, wanted);
    base_hash_to_hex(actual, found);
    base_findings_add(&sink->findings, DIAG_HASH_MISMATCH, place, wanted, found, "%s", text);
}
