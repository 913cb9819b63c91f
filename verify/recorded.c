#include "verify/recorded.h"

#include "reader/layout.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 30 };

void pp_recorded_free(struct pp_recorded *record)
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
static bool accept(struct pp_examination *examination, const struct pp_companion *companion, struct pp_recorded *record)
{
    int problem = pp_input_read_all(&companion->input, LONGEST, &record->memory, &record->text);
    if (problem == PP_FILE_TOO_LARGE) {
        struct pp_place place = {.file = companion->path, .byte_offset = LONGEST};
        pp_findings_add(&examination->findings, PP_COMPANION_SYNTAX, &place, "1 GiB at most", NULL,
                        "the companion is too large to be one");
        return false;
    }
    if (problem != 0) {
        pp_tell_problem(&examination->findings, companion->path, 0, problem);
        return false;
    }
    examination->report->checked.bytes += record->text.size;
    examination->report->checked.companions++;
    return pp_recorded_scan(examination, record) ||
           (pp_companion_is_canonical(&examination->findings, companion->path, record->text) &&
            pp_recorded_read(examination, record));
}

void pp_examine_document(struct pp_examination *examination, const struct pp_companion *companion)
{
    if (!companion->present) {
        pp_report_not_checked(examination->report, "hashes: no asset_table_metadata.json");
        return;
    }
    struct pp_recorded *record = calloc(1, sizeof *record);
    if (record == NULL) {
        pp_tell_no_memory(&examination->findings, companion->path);
        return;
    }
    record->path = strdup(companion->path);
    if (record->path == NULL) {
        pp_tell_no_memory(&examination->findings, companion->path);
    } else if (accept(examination, companion, record)) {
        examination->record = record;
        return;
    } else {
        pp_report_not_checked(examination->report, "hashes: asset_table_metadata.json cannot be used");
    }
    pp_recorded_free(record);
}

/* ---- Hashes that need no payload ---- */

/* The document without its document_xxh3_128: the member ends with the comma before "hash", which always follows. */
static bool hash_of_document(const struct pp_recorded *record, struct pp_hash *hash)
{
    static const char name[] = "\"document_xxh3_128\":";
    size_t begin = record->document_at - (sizeof name - 1);
    size_t end = record->document_at + 1 + PP_HASH_HEX + 1 + 1;
    struct pp_hasher *hasher = pp_hasher_create();
    if (hasher == NULL) {
        return false;
    }
    pp_hasher_add(hasher, pp_bytes_make(record->text.data, begin));
    pp_hasher_add(hasher, pp_bytes_make(record->text.data + end, record->text.size - end));
    *hash = pp_hasher_result(hasher);
    pp_hasher_destroy(hasher);
    return true;
}

static void judge_document(struct pp_examination *examination)
{
    const struct pp_recorded *record = examination->record;
    struct pp_hash hash;
    if (!hash_of_document(record, &hash)) {
        pp_tell_no_memory(&examination->findings, record->path);
        return;
    }
    struct pp_place place = {
        .file = record->path, .byte_offset = (int64_t)record->document_at, .json_pointer = "/document_xxh3_128"};
    pp_judge_hash(examination, &place, record->document, hash, "the document is not the one that was hashed");
}

void pp_judge_hash(struct pp_examination *examination, const struct pp_place *place, struct pp_hash expected,
                   struct pp_hash actual, const char *text)
{
    char wanted[PP_HASH_HEX + 1];
    char found[PP_HASH_HEX + 1];
    examination->report->checked.hashes++;
    if (pp_hash_equal(expected, actual)) {
        return;
    }
    pp_hash_to_hex(expected, wanted);
    pp_hash_to_hex(actual, found);
    pp_findings_add(&examination->findings, PP_HASH_MISMATCH, place, wanted, found, "%s", text);
}

void pp_examine_recorded_hashes(struct pp_examination *examination)
{
    judge_document(examination);
    if (examination->header.data != NULL) {
        struct pp_place place = {.file = examination->path, .byte_offset = PP_PRELUDE_SIZE};
        pp_judge_hash(examination, &place, examination->record->header, pp_hash_of(examination->header),
                      "the header is not the one that was hashed");
    }
}
