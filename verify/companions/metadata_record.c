#include "verify/companions/metadata_record.h"

#include "base/fast_hash.h"
#include "reader/layout.h"
#include "verify/companions/metadata_read.h"
#include "verify/companions/metadata_scan.h"
#include "verify/companions/syntax.h"
#include "verify/core/findings.h"

#include <stdlib.h>
#include <string.h>

/* Reads and checks the document into *record. False when it cannot be used, which is reported. */
static bool read_document(struct base_task *task, const struct verify_companion *companion,
                          const struct verify_facts *facts, struct verify_record *record, struct verify_sink *sink)
{
    int problem = verify_file_read_all(&companion->input, task, VERIFY_COMPANION_MAX, &record->memory, &record->text);
    if (problem == BASE_FILE_TOO_LARGE) {
        base_report(&sink->findings, DIAG_COMPANION_SYNTAX,
                    &(struct base_details){.place = {.file = companion->path, BASE_AT_BYTE(VERIFY_COMPANION_MAX, 0)},
                                           .expected = "1 GiB at most"},
                    "the companion is too large to be one");
        return false;
    }
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, companion->path, 0, problem);
        return false;
    }
    sink->checked.bytes += record->text.size;
    sink->checked.companions++;
    struct base_lines lines = base_lines_of(record->text);
    return verify_recorded_scan(task, facts, record) ||
           (verify_companion_is_canonical(task, &sink->findings, companion->path, &lines) &&
            verify_recorded_read(task, facts, record, &lines, &sink->findings));
}

void verify_check_record(const struct verify_subject *subject, const struct verify_companion *companion,
                         struct verify_facts *facts, struct verify_sink *sink)
{
    if (!companion->present) {
        verify_report_not_checked(sink, "hashes: no asset_table_metadata.json");
        return;
    }
    struct verify_record *record = calloc(1, sizeof *record);
    if (record == NULL) {
        base_report_out_of_memory(&sink->findings, companion->path);
        return;
    }
    record->path = strdup(companion->path);
    if (record->path == NULL) {
        base_report_out_of_memory(&sink->findings, companion->path);
    } else if (read_document(subject->options->task, companion, facts, record, sink)) {
        facts->record = record;
        return;
    } else {
        verify_report_not_checked(sink, "hashes: asset_table_metadata.json cannot be used");
    }
    verify_record_free(record);
}

/* ---- Hashes that need no payload ---- */

/* The document without its document_xxh3_128: the member ends with the comma before "hash", which always follows. */
static bool hash_of_document(const struct verify_record *record, struct base_hash *hash)
{
    static const char name[] = "\"document_xxh3_128\":";
    size_t begin = record->document_at - (sizeof name - 1);
    size_t end = record->document_at + 1 + BASE_HASH_HEX + 1 + 1;
    struct base_fast_hasher *hasher = base_fast_hasher_create();
    if (hasher == NULL) {
        return false;
    }
    base_fast_hasher_add(hasher, base_bytes_make(record->text.data, begin));
    base_fast_hasher_add(hasher, base_bytes_make(record->text.data + end, record->text.size - end));
    *hash = base_fast_hasher_result(hasher);
    base_fast_hasher_destroy(hasher);
    return true;
}

static void check_document(const struct verify_record *record, struct verify_sink *sink)
{
    struct base_hash hash;
    if (!hash_of_document(record, &hash)) {
        base_report_out_of_memory(&sink->findings, record->path);
        return;
    }
    struct base_lines lines = base_lines_of(record->text);
    const struct base_place place = {
        .file = record->path,
        BASE_AT_BYTE(record->document_at, 1 + BASE_HASH_HEX + 1),
        .lines = &lines,
        .json_pointer = "/document_xxh3_128",
    };
    verify_check_hash(sink, &place, record->document, hash, "the document is not the one that was hashed");
}

void verify_check_recorded_hashes(const struct verify_subject *subject, const struct verify_facts *facts,
                                  struct verify_sink *sink)
{
    check_document(facts->record, sink);
    if (facts->header.data != NULL) {
        struct base_place place = {.file = subject->path, BASE_AT_BYTE(READER_PRELUDE_SIZE, facts->header.size)};
        verify_check_hash(sink, &place, facts->record->header, base_fast_hash_of(facts->header),
                          "the header is not the one that was hashed");
    }
}
