#include "verify/core/examination.h"

#include "reader/layout.h"

#include "base/checked.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_TEXT = 24 };

/* The member of an entry: looked up again, because only entries with a fault need its place. */
static struct json_token offset_token(const struct verify_examination *examination, const struct verify_entry *known)
{
    static const char *const names[] = {"offset"};
    struct json_token element = {.kind = JSON_OBJECT_BEGIN, .begin = known->at, .end = examination->asset_table.end};
    struct json_token offset;
    json_walk_object(examination->header, element, names, 1, &offset, NULL, NULL);
    return offset;
}

static void tell_slice(struct verify_examination *examination, enum diag diagnostic, size_t index, uint64_t expected,
                       const char *text)
{
    const struct verify_entry *known = &examination->entries[index];
    struct json_token offset = offset_token(examination, known);
    struct verify_spot spot = {
        .at = offset.begin, .array = "asset_table", .index = index, .member = "offset", .entry = known};
    char number[NUMBER_TEXT];
    (void)snprintf(number, sizeof number, "%" PRIu64, expected);
    verify_report_in_header(examination, diagnostic, &spot, number, json_token_bytes(examination->header, offset),
                            "offset: %s", text);
}

/* The first is compared with 0, each next one with the one before it in the table, when both are known (4.2.5). */
static void judge_neighbours(struct verify_examination *examination)
{
    for (size_t i = 0; i < examination->entry_count; i++) {
        const struct verify_entry *known = &examination->entries[i];
        if ((known->flags & VERIFY_ENTRY_HAS_SLICE) == 0 ||
            (i > 0 && (known[-1].flags & VERIFY_ENTRY_HAS_SLICE) == 0)) {
            continue;
        }
        uint64_t end = i > 0 ? known[-1].offset + known[-1].size : 0;
        if (known->offset > end) {
            tell_slice(examination, DIAG_SLICE_GAP, i, end,
                       i > 0 ? "bytes lie between this payload and the one before it"
                             : "bytes lie before the first payload");
        } else if (known->offset < end) {
            tell_slice(examination, DIAG_SLICE_OVERLAP, i, end, "the payload starts inside the one before it");
        }
    }
}

static void judge_region(struct verify_examination *examination)
{
    uint64_t header_end = READER_PRELUDE_SIZE + (uint64_t)examination->prelude.header_len;
    if (examination->prelude.payload_offset == header_end) {
        return;
    }
    char expected[NUMBER_TEXT];
    char actual[NUMBER_TEXT];
    struct base_place place = {.file = examination->path, .byte_offset = READER_PRELUDE_PAYLOAD_OFFSET_AT};
    (void)snprintf(expected, sizeof expected, "%" PRIu64, header_end);
    (void)snprintf(actual, sizeof actual, "%" PRIu64, examination->prelude.payload_offset);
    base_findings_add(&examination->findings, DIAG_SLICE_GAP, &place, expected, actual,
                      "payload_offset: the payload region does not start at the header's end");
}

/* Asked only if every slice is known and in range. Slices may stand in any order: the last is the one that ends
 * last. */
static void judge_trailing(struct verify_examination *examination)
{
    uint64_t end = 0;
    for (size_t i = 0; i < examination->entry_count; i++) {
        const struct verify_entry *known = &examination->entries[i];
        if ((known->flags & VERIFY_ENTRY_HAS_SLICE) == 0) {
            return;
        }
        if (known->offset + known->size > end) {
            end = known->offset + known->size;
        }
    }
    end += examination->prelude.payload_offset;
    if (end < examination->input.size) {
        char expected[NUMBER_TEXT];
        char actual[NUMBER_TEXT];
        struct base_place place = {.file = examination->path, .byte_offset = (int64_t)end};
        (void)snprintf(expected, sizeof expected, "%" PRIu64, end);
        (void)snprintf(actual, sizeof actual, "%" PRIu64, examination->input.size);
        base_findings_add(&examination->findings, DIAG_PAYLOAD_TRAILING, &place, expected, actual,
                          "%" PRIu64 " bytes follow the last payload", examination->input.size - end);
    }
}

/* Payloads may overlap as often as the table likes: what is read stays in proportion to the file. */
static void choose_payloads(struct verify_examination *examination)
{
    enum { TIMES = 4, ALWAYS = 1 << 24 };
    uint64_t budget = examination->input.size;
    budget = budget <= UINT64_MAX / TIMES - ALWAYS ? budget * TIMES + ALWAYS : UINT64_MAX;
    for (size_t i = 0; i < examination->entry_count; i++) {
        struct verify_entry *known = &examination->entries[i];
        if ((known->flags & VERIFY_ENTRY_IS_READABLE) == 0) {
            verify_report_not_checked(examination->report, "payloads of assets without a slice inside the file");
        } else if (known->size > budget) {
            known->flags = (uint16_t)(known->flags & ~(unsigned)VERIFY_ENTRY_IS_READABLE);
            verify_report_not_checked(examination->report, "payloads of assets that overlap many others");
        } else {
            budget -= known->size;
        }
    }
}

void verify_check_layout(struct verify_examination *examination)
{
    judge_region(examination);
    if (examination->asset_table.kind != JSON_ARRAY_BEGIN) {
        return;
    }
    judge_neighbours(examination);
    judge_trailing(examination);
    choose_payloads(examination);
}
