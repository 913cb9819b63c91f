#include "verify/header/slice_layout.h"

#include "reader/layout.h"
#include "verify/core/findings.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_TEXT = 24 };

static void report_slice(const struct verify_subject *subject, const struct verify_facts *facts,
                         const struct verify_outline *outline, struct verify_sink *sink, enum diag diagnostic,
                         size_t index, uint64_t expected, const char *text)
{
    const struct verify_entry *known = &facts->entries[index];
    struct json_token members[VERIFY_ENTRY_MEMBERS];
    (void)verify_outline_entry(outline, index, members);
    struct json_token offset = members[VERIFY_ENTRY_OFFSET];
    struct verify_spot spot = {
        .at = offset.begin, .array = "asset_table", .index = index, .member = "offset", .entry = known};
    char number[NUMBER_TEXT];
    (void)snprintf(number, sizeof number, "%" PRIu64, expected);
    verify_report_in_header(subject, sink, diagnostic, &spot, number, json_token_bytes(facts->header, offset), "%s",
                            text);
}

/* The first is compared with 0, each next one with the one before it in the table, when both are known (4.2.5). */
static void check_neighbours(const struct verify_subject *subject, const struct verify_facts *facts,
                             const struct verify_outline *outline, struct verify_sink *sink)
{
    for (size_t i = 0; i < facts->entry_count && !base_task_cancelled_in(outline->task, i); i++) {
        const struct verify_entry *known = &facts->entries[i];
        if ((known->flags & VERIFY_ENTRY_HAS_SLICE) == 0 ||
            (i > 0 && (known[-1].flags & VERIFY_ENTRY_HAS_SLICE) == 0)) {
            continue;
        }
        uint64_t end = i > 0 ? known[-1].offset + known[-1].size : 0;
        if (known->offset > end) {
            report_slice(subject, facts, outline, sink, DIAG_SLICE_GAP, i, end,
                         i > 0 ? "bytes lie between this payload and the one before it"
                               : "bytes lie before the first payload");
        } else if (known->offset < end) {
            report_slice(subject, facts, outline, sink, DIAG_SLICE_OVERLAP, i, end,
                         "the payload starts inside the one before it");
        }
    }
}

static void check_region(const struct verify_subject *subject, const struct verify_facts *facts,
                         struct verify_sink *sink)
{
    uint64_t header_end = READER_PRELUDE_SIZE + (uint64_t)facts->prelude.header_len;
    if (facts->prelude.payload_offset == header_end) {
        return;
    }
    char expected[NUMBER_TEXT];
    char actual[NUMBER_TEXT];
    (void)snprintf(expected, sizeof expected, "%" PRIu64, header_end);
    (void)snprintf(actual, sizeof actual, "%" PRIu64, facts->prelude.payload_offset);
    base_report(&sink->findings, DIAG_SLICE_GAP,
                &(struct base_details){
                    .place = {.file = subject->path,
                              BASE_AT_BYTE(READER_PRELUDE_PAYLOAD_OFFSET_AT, sizeof facts->prelude.payload_offset)},
                    .expected = expected,
                    .actual = actual,
                },
                "the payload region does not start at the header's end");
}

/* Checked only if every slice is known and in range. Slices may be in any order: the last is the one that ends last. */
static void check_trailing(const struct verify_subject *subject, const struct verify_facts *facts,
                           struct verify_sink *sink)
{
    uint64_t end = 0;
    for (size_t i = 0; i < facts->entry_count && !base_task_cancelled_in(subject->options->task, i); i++) {
        const struct verify_entry *known = &facts->entries[i];
        if ((known->flags & VERIFY_ENTRY_HAS_SLICE) == 0) {
            return;
        }
        if (known->offset + known->size > end) {
            end = known->offset + known->size;
        }
    }
    end += facts->prelude.payload_offset;
    if (end < subject->input.size) {
        char expected[NUMBER_TEXT];
        char actual[NUMBER_TEXT];
        (void)snprintf(expected, sizeof expected, "%" PRIu64, end);
        (void)snprintf(actual, sizeof actual, "%" PRIu64, subject->input.size);
        base_report(&sink->findings, DIAG_PAYLOAD_TRAILING,
                    &(struct base_details){
                        .place = {.file = subject->path, BASE_AT_BYTE(end, subject->input.size - end)},
                        .expected = expected,
                        .actual = actual,
                    },
                    "bytes follow the last payload");
    }
}

/* Payloads may overlap many times; what is read is bounded in proportion to the file. */
static void choose_payloads(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink)
{
    enum { TIMES = 4, ALWAYS = 1 << 24 };
    uint64_t budget = subject->input.size;
    budget = budget <= UINT64_MAX / TIMES - ALWAYS ? budget * TIMES + ALWAYS : UINT64_MAX;
    for (size_t i = 0; i < facts->entry_count && !base_task_cancelled_in(subject->options->task, i); i++) {
        struct verify_entry *known = &facts->entries[i];
        if ((known->flags & VERIFY_ENTRY_IS_INSIDE) == 0) {
            verify_report_not_checked(sink, "payloads of assets without a slice inside the file");
        } else if (known->size > budget) {
            verify_report_not_checked(sink, "payloads of assets that overlap many others");
        } else {
            known->flags |= VERIFY_ENTRY_IS_READABLE;
            budget -= known->size;
        }
    }
}

void verify_check_slices(const struct verify_subject *subject, struct verify_facts *facts,
                         const struct verify_outline *outline, struct verify_sink *sink)
{
    check_region(subject, facts, sink);
    if (facts->asset_table.kind != JSON_ARRAY_BEGIN) {
        return;
    }
    check_neighbours(subject, facts, outline, sink);
    check_trailing(subject, facts, sink);
    choose_payloads(subject, facts, sink);
}
