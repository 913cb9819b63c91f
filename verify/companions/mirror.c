#include "verify/companions/mirror.h"

#include "verify/companions/compare.h"
#include "verify/companions/syntax.h"
#include "verify/core/findings.h"
#include "json/check.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 16 };

/* How many bytes are equal before the first that differs. */
static size_t equal_bytes(const uint8_t *a, const uint8_t *b, size_t size)
{
    size_t i = 0;
    if (memcmp(a, b, size) == 0) {
        return size;
    }
    while (i < size && a[i] == b[i]) {
        i++;
    }
    return i;
}

/* The position of the first byte at which the companion and `wanted` differ; -1 when it cannot be read, which is
 * reported. */
static int64_t first_difference(struct base_task *task, const struct verify_companion *companion,
                                struct base_bytes wanted, struct verify_sink *sink)
{
    uint8_t *piece = malloc(PIECE);
    if (piece == NULL) {
        base_report_out_of_memory(&sink->findings, companion->path);
        return -1;
    }
    uint64_t shared = companion->input.size < wanted.size ? companion->input.size : wanted.size;
    uint64_t at = 0;
    int problem = 0;
    bool same = true;
    while (at < shared && same && !base_task_cancelled(task)) {
        size_t size = shared - at < PIECE ? (size_t)(shared - at) : PIECE;
        problem = verify_file_read(&companion->input, at, piece, size);
        if (problem != 0) {
            break;
        }
        sink->checked.bytes += size;
        size_t equal = equal_bytes(piece, wanted.data + (size_t)at, size);
        same = equal == size;
        at += equal;
    }
    free(piece);
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, companion->path, at, problem);
        return -1;
    }
    return (int64_t)at;
}

/* lines: of the companion, or NULL when it was not read as a whole. */
static void report_whole(const struct verify_companion *companion, enum diag mismatch, uint64_t at,
                         struct base_lines *lines, struct verify_sink *sink)
{
    base_report(&sink->findings, mismatch,
                &(struct base_details){.place = {.file = companion->path, BASE_AT_BYTE(at, 0), .lines = lines}},
                "the companion differs from the header's array here");
}

/* Bytes that differ: what is wrong with them? One finding at least, so that no difference passes. */
static void check_difference(const struct verify_subject *subject, const struct verify_facts *facts,
                             const struct verify_companion *companion, struct json_token array, enum diag mismatch,
                             uint64_t difference, struct verify_sink *sink)
{
    uint8_t *memory;
    struct base_bytes text;
    if (companion->input.size > VERIFY_COMPANION_MAX) {
        report_whole(companion, mismatch, difference, NULL, sink);
        return;
    }
    struct base_task *task = subject->options->task;
    int problem = verify_file_read_all(&companion->input, task, VERIFY_COMPANION_MAX, &memory, &text);
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, companion->path, 0, problem);
        return;
    }
    uint64_t before = base_findings_errors(&sink->findings);
    struct base_lines lines = base_lines_of(text);
    struct verify_compare compare = {
        .task = task,
        .findings = &sink->findings,
        .mismatch = mismatch,
        .path = companion->path,
        .header = facts->header,
        .array = array,
        .lines = &lines,
    };
    struct json_tokenizer json;
    (void)verify_companion_form(task, &sink->findings, companion->path, &lines);
    json_begin(&json, text);
    json.task = task;
    if (json_finish(&json) && verify_compare_is_array(&compare)) {
        verify_compare_arrays(&compare);
    }
    if (base_findings_errors(&sink->findings) == before) {
        report_whole(companion, mismatch, difference, &lines, sink);
    }
    free(memory);
}

/* The companion's own form, when there is no array to compare it with. */
static void check_alone(struct base_task *task, const struct verify_companion *companion, struct verify_sink *sink)
{
    uint8_t *memory;
    struct base_bytes text;
    verify_report_not_checked(sink, "asset_table.json, preload.json: the header has no such array to compare");
    int problem = verify_file_read_all(&companion->input, task, VERIFY_COMPANION_MAX, &memory, &text);
    if (problem == BASE_FILE_TOO_LARGE) {
        return;
    }
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, companion->path, 0, problem);
        return;
    }
    sink->checked.bytes += text.size;
    struct base_lines lines = base_lines_of(text);
    if (verify_companion_form(task, &sink->findings, companion->path, &lines) != VERIFY_FORM_FAULTY) {
        struct verify_compare compare = {
            .task = task, .findings = &sink->findings, .path = companion->path, .lines = &lines};
        (void)verify_compare_is_array(&compare);
    }
    free(memory);
}

void verify_check_mirror(const struct verify_subject *subject, const struct verify_facts *facts,
                         const struct verify_companion *companion, struct json_token array, enum diag mismatch,
                         struct verify_sink *sink)
{
    static const uint8_t nothing[] = {'[', ']'};
    struct base_bytes wanted = base_bytes_make(nothing, sizeof nothing);
    if (!companion->present) {
        return;
    }
    if (array.kind == JSON_ARRAY_BEGIN) {
        wanted = json_span(facts->header, array);
    } else if (!facts->header_is_usable || array.kind != JSON_END || mismatch != DIAG_PRELOAD_MISMATCH) {
        check_alone(subject->options->task, companion, sink);
        return;
    }
    /* A header without preload preloads nothing: its mirror is the empty array. */
    int64_t difference = first_difference(subject->options->task, companion, wanted, sink);
    if (difference < 0) {
        return;
    }
    sink->checked.companions++;
    if ((uint64_t)difference < wanted.size || companion->input.size != wanted.size) {
        check_difference(subject, facts, companion, array, mismatch, (uint64_t)difference, sink);
    }
}
