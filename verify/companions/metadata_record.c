#include "verify/companions/metadata_record.h"

#include "base/fast_hash.h"
#include "reader/layout.h"
#include "verify/companions/metadata_read.h"
#include "verify/companions/metadata_scan.h"
#include "verify/companions/syntax.h"
#include "verify/core/compact.h"
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
    if (verify_recorded_scan(task, facts, record)) {
        return true;
    }
    enum verify_form form = verify_companion_form(task, &sink->findings, companion->path, &lines);
    record->is_spaced = form == VERIFY_FORM_SPACED;
    return form != VERIFY_FORM_FAULTY && verify_recorded_read(task, facts, record, &lines, &sink->findings);
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
        record->lines = base_lines_mark(record->text);
        facts->record = record;
        return;
    } else {
        verify_report_not_checked(sink, "hashes: asset_table_metadata.json cannot be used");
    }
    verify_record_free(record);
}

/* ---- Hashes that need no payload ---- */

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Where the member document_xxh3_128 begins, and where it ends: after the comma before "hash", which always follows. In
 * a canonical text there are no blanks to step over. */
static void find_document_member(const struct verify_record *record, size_t *begin, size_t *end)
{
    static const char name[] = "\"document_xxh3_128\"";
    const uint8_t *text = record->text.data;
    size_t at = record->document_at;
    while (is_blank(text[at - 1]) || text[at - 1] == ':') {
        at--;
    }
    *begin = at - (sizeof name - 1);
    at = record->document_at + 1 + BASE_HASH_HEX + 1;
    while (is_blank(text[at])) {
        at++;
    }
    *end = at + 1;
}

static bool add_part(struct base_fast_hasher *hasher, const struct verify_record *record, struct base_bytes part,
                     struct base_task *task)
{
    if (!record->is_spaced) {
        base_fast_hasher_add(hasher, part);
        return true;
    }
    char *memory = malloc(part.size + 1);
    if (memory == NULL) {
        return false;
    }
    size_t size = verify_compact(part, memory, task);
    base_fast_hasher_add(hasher, base_bytes_make((const uint8_t *)memory, size));
    free(memory);
    return true;
}

/* The canonical document without its document_xxh3_128. */
static bool hash_of_document(const struct verify_record *record, struct base_task *task, struct base_hash *hash)
{
    size_t begin;
    size_t end;
    struct base_fast_hasher *hasher = base_fast_hasher_create();
    if (hasher == NULL) {
        return false;
    }
    find_document_member(record, &begin, &end);
    bool done = add_part(hasher, record, base_bytes_make(record->text.data, begin), task) &&
                add_part(hasher, record, base_bytes_make(record->text.data + end, record->text.size - end), task);
    *hash = base_fast_hasher_result(hasher);
    base_fast_hasher_destroy(hasher);
    return done;
}

/* Returns whether the document is as it was written. */
static bool check_document(const struct verify_record *record, struct base_task *task, struct verify_sink *sink)
{
    struct base_hash hash;
    if (!hash_of_document(record, task, &hash)) {
        base_report_out_of_memory(&sink->findings, record->path);
        return false;
    }
    struct base_lines lines = base_lines_of(record->text);
    const struct base_place place = {
        .file = record->path,
        BASE_AT_BYTE(record->document_at, 1 + BASE_HASH_HEX + 1),
        .lines = &lines,
        .json_pointer = "/document_xxh3_128",
    };
    verify_check_hash(sink, &place, record->document, hash, "the document is not the one that was hashed");
    return base_hash_equal(record->document, hash);
}

void verify_check_recorded_hashes(const struct verify_subject *subject, const struct verify_facts *facts,
                                  struct verify_sink *sink)
{
    struct verify_record *record = facts->record;
    record->is_intact = check_document(record, subject->options->task, sink);
    if (facts->header.data != NULL) {
        struct base_place place = {.file = subject->path, BASE_AT_BYTE(READER_PRELUDE_SIZE, facts->header.size)};
        struct base_hash hash = base_fast_hash_of(facts->header);
        record->has_header = base_hash_equal(record->header, hash);
        verify_check_hash(sink, &place, record->header, hash,
                          record->is_intact ? "the header is not the one that was hashed; " VERIFY_TWO_BUILDS
                                            : "the header is not the one that was hashed");
    }
}
