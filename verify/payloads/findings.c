#include "verify/payloads/payloads.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_TEXT = 24 };

/* 2.1: bytes of the pixel plane, and of one palette. */
enum { PLANE = PP_GLYPH_STORED - PP_GLYPH_PALETTE_BYTES, PALETTE = PP_GLYPH_PALETTE_BYTES / PP_GLYPH_PALETTES };

static struct base_place place_of(const struct verify_examination *examination, const struct verify_entry *known,
                                  uint64_t at)
{
    return (struct base_place){
        .file = examination->path,
        .byte_offset = (int64_t)(verify_payload_position(examination, known) + at),
        .has_asset_id = (known->flags & VERIFY_ENTRY_HAS_ID) != 0,
        .asset_id = known->asset_id,
    };
}

static void tell_stray(struct verify_examination *examination, size_t index, uint16_t at)
{
    const struct verify_entry *known = &examination->entries[index];
    struct base_text pointer = BASE_TEXT_EMPTY;
    struct base_place place = place_of(examination, known, at);
    unsigned palette = ((unsigned)at - PLANE) / PALETTE;
    json_pointer_add_name(&pointer, "asset_table");
    json_pointer_add_index(&pointer, index);
    place.json_pointer = base_text_string(&pointer);
    base_findings_add(&examination->findings, DIAG_GLYPH_PALETTE_UNUSED, &place, "0", NULL,
                      "palette %u is not zero, and only %u are authored", palette,
                      known->bank_facts.glyph.palette_authored);
    base_text_release(&pointer, &examination->findings.out_of_memory);
}

/* Compares one recorded hash of a payload. */
static void judge_hash(struct verify_examination *examination, size_t index, struct base_hash expected,
                       struct base_hash actual, const char *text)
{
    struct base_place place = place_of(examination, &examination->entries[index], 0);
    struct base_text pointer = BASE_TEXT_EMPTY;
    if (!base_hash_equal(expected, actual)) {
        json_pointer_add_name(&pointer, "asset_table");
        json_pointer_add_index(&pointer, index);
        place.json_pointer = base_text_string(&pointer);
    }
    verify_check_hash(examination, &place, expected, actual, text);
    base_text_release(&pointer, &examination->findings.out_of_memory);
}

static void judge_recorded(struct verify_examination *examination, size_t index,
                           const struct verify_payload_outcome *outcome)
{
    const struct verify_recorded_asset *recorded = &examination->record->assets[index];
    judge_hash(examination, index, recorded->payload, examination->report->assets[index].payload_hash,
               "the payload is not the one that was hashed");
    if (outcome->has_decoded) {
        judge_hash(examination, index, recorded->decoded, outcome->decoded,
                   "the decoded form is not the one that was hashed");
    } else {
        verify_report_not_checked(examination->report, "decoded forms of assets without a valid bank and size");
    }
}

static void judge_entries(struct verify_examination *examination, const struct verify_payload_outcomes *outcomes)
{
    const struct verify_report *report = examination->report;
    for (size_t i = 0; i < examination->entry_count && i < report->asset_count; i++) {
        if (!report->assets[i].has_hash) {
            continue;
        }
        if (outcomes->entries[i].has_stray) {
            tell_stray(examination, i, outcomes->entries[i].stray_at);
        }
        if (verify_entry_is_bank(&examination->entries[i], PP_BANK_SCENE)) {
            verify_report_not_checked(examination->report, "inside of SCENE payloads: their layout is not published");
        }
        if (examination->record != NULL && i < examination->record->asset_count) {
            judge_recorded(examination, i, &outcomes->entries[i]);
        }
    }
}

/* 4.2.11: a size that differs is told as such; the hash follows from it. */
static void judge_whole(struct verify_examination *examination, const struct verify_payload_outcomes *outcomes)
{
    const struct verify_recorded *record = examination->record;
    struct base_place place = {.file = examination->path, .byte_offset = 0};
    if (record->pack_size != examination->input.size) {
        char expected[NUMBER_TEXT];
        char actual[NUMBER_TEXT];
        (void)snprintf(expected, sizeof expected, "%" PRIu64, record->pack_size);
        (void)snprintf(actual, sizeof actual, "%" PRIu64, examination->input.size);
        place.byte_offset =
            (int64_t)(record->pack_size < examination->input.size ? record->pack_size : examination->input.size);
        base_findings_add(&examination->findings, DIAG_HASH_MISMATCH, &place, expected, actual,
                          "the file has not the size that was recorded");
    } else if (outcomes->has_whole) {
        verify_check_hash(examination, &place, record->pack, outcomes->whole,
                          "the file is not the one that was hashed");
    }
}

void verify_check_decoded_payloads(struct verify_examination *examination,
                                   const struct verify_payload_outcomes *outcomes)
{
    judge_entries(examination, outcomes);
    if (examination->record != NULL) {
        judge_whole(examination, outcomes);
    }
}
