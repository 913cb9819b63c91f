#include "verify/core/findings.h"

#include "reader/layout.h"

#include <stdarg.h>

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

void verify_report_in_header(const struct verify_subject *subject, struct verify_sink *sink, enum diag diagnostic,
                             const struct verify_spot *spot, const char *expected, struct base_bytes actual,
                             const char *format, ...)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    if (base_findings_keeps(&sink->findings, diagnostic)) {
        write_pointer(&pointer, spot);
    }
    struct base_details details = {
        .place = {.file = subject->path,
                  BASE_AT_BYTE(READER_PRELUDE_SIZE + spot->at, spot->length > 0 ? spot->length : actual.size),
                  .json_pointer = base_text_string(&pointer)},
        .expected = expected,
        .actual_bytes = actual,
    };
    if (spot->entry != NULL && (spot->entry->flags & VERIFY_ENTRY_HAS_ID) != 0) {
        details.place.has_asset_id = true;
        details.place.asset_id = spot->entry->asset_id;
    }
    va_list arguments;
    va_start(arguments, format);
    base_reportv(&sink->findings, diagnostic, &details, format, arguments);
    va_end(arguments);
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

void verify_report_read_failure(struct base_findings *findings, const char *path, uint64_t at, int problem)
{
    struct base_place place = {.file = path, .has_byte_offset = at <= INT64_MAX, .byte_offset = at};
    base_report_read_failure(findings, &place, problem);
}

void verify_report_cancelled(struct base_findings *findings, const char *path)
{
    base_report(findings, DIAG_CANCELLED, &(struct base_details){.place.file = path},
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
    base_report(&sink->findings, DIAG_HASH_MISMATCH,
                &(struct base_details){.place = *place, .expected = wanted, .actual = found}, "%s", text);
}
