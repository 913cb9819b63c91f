#include "verify/payloads/results.h"

#include "verify/core/findings.h"
#include "verify/core/format.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBER_TEXT = 24 };

static struct base_place place_of(const struct verify_subject *subject, const struct verify_facts *facts,
                                  const struct verify_entry *known, uint64_t at, uint64_t length)
{
    return (struct base_place){
        .file = subject->path,
        BASE_AT_BYTE(verify_payload_position(facts, known) + at, length),
        .has_asset_id = (known->flags & VERIFY_ENTRY_HAS_ID) != 0,
        .asset_id = known->asset_id,
    };
}

static void report_stray(const struct verify_subject *subject, const struct verify_facts *facts,
                         struct verify_sink *sink, size_t index)
{
    const struct verify_entry *known = &facts->entries[index];
    struct base_text pointer = BASE_TEXT_EMPTY;
    uint16_t at = facts->payloads[index].stray_at;
    struct base_place place = place_of(subject, facts, known, at, 1);
    unsigned palette = ((unsigned)at - VERIFY_GLYPH_PLANE_BYTES) / VERIFY_GLYPH_PALETTE_BYTES;
    json_pointer_add_name(&pointer, "asset_table");
    json_pointer_add_index(&pointer, index);
    place.json_pointer = base_text_string(&pointer);
    base_report(&sink->findings, DIAG_GLYPH_PALETTE_UNUSED, &(struct base_details){.place = place, .expected = "0"},
                "palette %u is not zero, but palette_authored is %u", palette,
                known->bank_facts.glyph.palette_authored);
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

static void report_stray_pixel(const struct verify_subject *subject, const struct verify_facts *facts,
                               struct verify_sink *sink, size_t index)
{
    const struct verify_entry *known = &facts->entries[index];
    struct base_text pointer = BASE_TEXT_EMPTY;
    uint32_t at = facts->payloads[index].stray_pixel_at;
    uint32_t side = known->bank_facts.glyph.tile_size;
    uint32_t x = at % (PP_GLYPH_SIDE / 2) * 2;
    uint32_t y = at / (PP_GLYPH_SIDE / 2);
    struct base_place place = place_of(subject, facts, known, at, 1);
    json_pointer_add_name(&pointer, "asset_table");
    json_pointer_add_index(&pointer, index);
    place.json_pointer = base_text_string(&pointer);
    base_report(&sink->findings, DIAG_TILES_MISMATCH, &(struct base_details){.place = place, .expected = "0"},
                "tile %u is not empty, and no sprite has it by the recorded tiles",
                (unsigned)(y / side * (PP_GLYPH_SIDE / side) + x / side));
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

/* Compares one recorded hash of a payload. */
static void check_hash(const struct verify_subject *subject, const struct verify_facts *facts, struct verify_sink *sink,
                       size_t index, struct base_hash expected, struct base_hash actual, const char *text)
{
    const struct verify_entry *known = &facts->entries[index];
    struct base_place place = place_of(subject, facts, known, 0, known->size);
    struct base_text pointer = BASE_TEXT_EMPTY;
    if (!base_hash_equal(expected, actual)) {
        json_pointer_add_name(&pointer, "asset_table");
        json_pointer_add_index(&pointer, index);
        place.json_pointer = base_text_string(&pointer);
    }
    verify_check_hash(sink, &place, expected, actual, text);
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

static void check_recorded(const struct verify_subject *subject, const struct verify_facts *facts,
                           struct verify_sink *sink, size_t index)
{
    const struct verify_recorded_asset *recorded = &facts->record->assets[index];
    const struct verify_payload *payload = &facts->payloads[index];
    check_hash(subject, facts, sink, index, recorded->payload, payload->hash,
               "the payload is not the one that was hashed");
    if (payload->has_decoded) {
        check_hash(subject, facts, sink, index, recorded->decoded, payload->decoded,
                   "the decoded form is not the one that was hashed");
    } else {
        verify_report_not_checked(sink, "decoded forms of assets without a valid bank and size");
    }
}

static void check_payloads(const struct verify_subject *subject, const struct verify_facts *facts,
                           struct verify_sink *sink, size_t listed)
{
    for (size_t i = 0; i < facts->entry_count && i < listed && !base_task_cancelled_in(subject->options->task, i);
         i++) {
        if (!facts->payloads[i].has_hash) {
            continue;
        }
        if (facts->payloads[i].has_stray) {
            report_stray(subject, facts, sink, i);
        }
        if (facts->payloads[i].has_stray_pixel) {
            report_stray_pixel(subject, facts, sink, i);
        }
        if (verify_entry_is_bank(&facts->entries[i], PP_BANK_SCENE)) {
            verify_report_not_checked(sink, "inside of SCENE payloads: their layout is not published");
        }
        if (facts->record != NULL && i < facts->record->asset_count) {
            check_recorded(subject, facts, sink, i);
        }
    }
}

/* 4.2.11: a size that differs is reported as such; the hash follows from it. */
static void check_whole(const struct verify_subject *subject, const struct verify_facts *facts,
                        const struct verify_whole_file *whole, struct verify_sink *sink)
{
    const struct verify_record *record = facts->record;
    uint64_t size = subject->input.size;
    uint64_t recorded = record->pack_size;
    /* Where the headers differ, it has been said. */
    bool two_builds = record->is_intact && record->has_header;
    if (facts->size_without_cut != 0 && recorded == facts->size_without_cut) {
        return; /* 4.2.17: `slice-range` has said it */
    }
    if (recorded != size) {
        char expected[NUMBER_TEXT];
        char actual[NUMBER_TEXT];
        (void)snprintf(expected, sizeof expected, "%" PRIu64, recorded);
        (void)snprintf(actual, sizeof actual, "%" PRIu64, size);
        base_report(
            &sink->findings, DIAG_HASH_MISMATCH,
            &(struct base_details){
                .place = {.file = subject->path,
                          BASE_AT_BYTE(recorded < size ? recorded : size, recorded < size ? size - recorded : 0)},
                .expected = expected,
                .actual = actual,
            },
            two_builds ? "the file does not have the size that was recorded; " VERIFY_TWO_BUILDS
                       : "the file does not have the size that was recorded");
    } else if (whole->has_hash) {
        const struct base_place place = {.file = subject->path, BASE_AT_BYTE(0, size)};
        verify_check_hash(sink, &place, record->pack, whole->hash,
                          two_builds ? "the file is not the one that was hashed; " VERIFY_TWO_BUILDS
                                     : "the file is not the one that was hashed");
    }
}

void verify_check_payload_results(const struct verify_subject *subject, const struct verify_facts *facts,
                                  const struct verify_whole_file *whole, size_t listed, struct verify_sink *sink)
{
    check_payloads(subject, facts, sink, listed);
    if (facts->record != NULL) {
        check_whole(subject, facts, whole, sink);
    }
}
