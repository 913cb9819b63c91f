#include "verify/companions/recorded.h"

#include "reader/layout.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 30 };

void verify_recorded_free(struct verify_recorded *record)
{
    if (record == NULL) {
        return;
    }
    free(record->path);
    free(record->memory);
    free(record->assets);
    free(record);
}

/* Reads and judges the document into *record. False when there is nothing to go on with, which is told. */
static bool accept(struct verify_examination *examination, const struct verify_companion *companion,
                   struct verify_recorded *record)
{
    int problem = verify_file_read_all(&companion->input, LONGEST, &record->memory, &record->text);
    if (problem == BASE_FILE_TOO_LARGE) {
        struct base_place place = {.file = companion->path, .byte_offset = LONGEST};
        base_findings_add(&examination->findings, DIAG_COMPANION_SYNTAX, &place, "1 GiB at most", NULL,
                          "the companion is too large to be one");
        return false;
    }
    if (problem != 0) {
        verify_report_read_failure(&examination->findings, companion->path, 0, problem);
        return false;
    }
    examination->report->checked.bytes += record->text.size;
    examination->report->checked.companions++;
    return verify_recorded_scan(examination, record) ||
           (verify_companion_is_canonical(&examination->findings, companion->path, record->text) &&
            verify_recorded_read(examination, record));
}

void verify_check_document(struct verify_examination *examination, const struct verify_companion *companion)
{
    if (!companion->present) {
        verify_report_not_checked(examination->report, "hashes: no asset_table_metadata.json");
        return;
    }
    struct verify_recorded *record = calloc(1, sizeof *record);
    if (record == NULL) {
        base_report_out_of_memory(&examination->findings, companion->path);
        return;
    }
    record->path = strdup(companion->path);
    if (record->path == NULL) {
        base_report_out_of_memory(&examination->findings, companion->path);
    } else if (accept(examination, companion, record)) {
        examination->record = record;
        return;
    } else {
        verify_report_not_checked(examination->report, "hashes: asset_table_metadata.json cannot be used");
    }
    verify_recorded_free(record);
}

/* ---- Hashes that need no payload ---- */

/* The document without its document_xxh3_128: the member ends with the comma before "hash", which always follows. */
static bool hash_of_document(const struct verify_recorded *record, struct base_hash *hash)
{
    static const char name[] = "\"document_xxh3_128\":";
    size_t begin = record->document_at - (sizeof name - 1);
    size_t end = record->document_at + 1 + BASE_HASH_HEX + 1 + 1;
    struct base_hasher *hasher = base_hasher_create();
    if (hasher == NULL) {
        return false;
    }
    base_hasher_add(hasher, base_bytes_make(record->text.data, begin));
    base_hasher_add(hasher, base_bytes_make(record->text.data + end, record->text.size - end));
    *hash = base_hasher_result(hasher);
    base_hasher_destroy(hasher);
    return true;
}

static void judge_document(struct verify_examination *examination)
{
    const struct verify_recorded *record = examination->record;
    struct base_hash hash;
    if (!hash_of_document(record, &hash)) {
        base_report_out_of_memory(&examination->findings, record->path);
        return;
    }
    struct base_place place = {
        .file = record->path, .byte_offset = (int64_t)record->document_at, .json_pointer = "/document_xxh3_128"};
    verify_check_hash(examination, &place, record->document, hash, "the document is not the one that was hashed");
}

void verify_check_hash(struct verify_examination *examination, const struct base_place *place,
                       struct base_hash expected, struct base_hash actual, const char *text)
{
    char wanted[BASE_HASH_HEX + 1];
    char found[BASE_HASH_HEX + 1];
    examination->report->checked.hashes++;
    if (base_hash_equal(expected, actual)) {
        return;
    }
    base_hash_to_hex(expected, wanted);
    base_hash_to_hex(actual, found);
    base_findings_add(&examination->findings, DIAG_HASH_MISMATCH, place, wanted, found, "%s", text);
}

void verify_check_recorded_hashes(struct verify_examination *examination)
{
    judge_document(examination);
    if (examination->header.data != NULL) {
        struct base_place place = {.file = examination->path, .byte_offset = READER_PRELUDE_SIZE};
        verify_check_hash(examination, &place, examination->record->header, base_hash_of(examination->header),
                          "the header is not the one that was hashed");
    }
}
