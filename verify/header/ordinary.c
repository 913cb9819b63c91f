#include "verify/header/ordinary.h"

#include "base/checked.h"
#include "base/fast_hash.h"
#include "reader/header.h"
#include "verify/core/format.h"
#include "verify/header/list.h"
#include "verify/header/members.h"
#include "verify/header/names.h"
#include "verify/header/outline.h"
#include "json/scan.h"

#include <stdlib.h>
#include <string.h>

/* Almost every header is as the packer writes it, and a large one has a million entries, so this way must be fast.
 * The reader's fast way takes a header only if it is canonical, has no other members than those of 1.2, and has no
 * fault of class L (reader/header.h). What remains to be checked are the rules of class C for single entries, and equal
 * names. An entry is compared with the bytes that the packer writes; at the first difference the general rules of
 * members.c check that entry. The invariant: both ways give the same facts, findings and report. */

/* ---- Metadata: the bytes that the packer writes ---- */

/* Expects an integer from 0 to 2^53-1 between two literals. */
#define SCAN_NUMBER(at, end, before, value)                                                                            \
    do {                                                                                                               \
        (at) = (at) != NULL ? JSON_SCAN_LITERAL(at, end, before) : NULL;                                               \
        (at) = (at) != NULL ? json_scan_integer(at, end, &(value)) : NULL;                                             \
    } while (0)

static bool is_glyph(const struct reader_row *row, const uint8_t *at, const uint8_t *end, struct verify_entry *known)
{
    uint64_t authored = 0;
    uint64_t tile_size = 0;
    SCAN_NUMBER(at, end, "{\"height\":" VERIFY_GLYPH_SIDE_TEXT ",\"palette_authored\":", authored);
    SCAN_NUMBER(at, end, ",\"palette_count\":" VERIFY_GLYPH_PALETTES_TEXT ",\"tile_size\":", tile_size);
    at = at != NULL ? JSON_SCAN_LITERAL(at, end, ",\"width\":" VERIFY_GLYPH_SIDE_TEXT "}") : NULL;
    if (at != end || authored < 1 || authored > PP_GLYPH_PALETTES || !verify_is_tile_size(tile_size) ||
        row->size != PP_GLYPH_STORED || row->decoded_size != PP_GLYPH_DECODED) {
        return false;
    }
    known->flags |= VERIFY_ENTRY_HAS_GLYPH;
    known->bank_facts.glyph.tile_size = (uint8_t)tile_size;
    known->bank_facts.glyph.palette_authored = (uint8_t)authored;
    return true;
}

static bool is_sound(const struct reader_row *row, const uint8_t *at, const uint8_t *end, struct verify_entry *known)
{
    uint64_t channels = 0;
    uint64_t frames = 0;
    uint64_t rate = 0;
    SCAN_NUMBER(at, end, "{\"channels\":", channels);
    SCAN_NUMBER(at, end, ",\"frames\":", frames);
    SCAN_NUMBER(at, end, ",\"sample_rate\":", rate);
    at = at != NULL ? JSON_SCAN_LITERAL(at, end, "}") : NULL;
    if (at != end || channels < 1 || channels > VERIFY_SOUND_CHANNELS_MAX || rate < VERIFY_SOUND_RATE_MIN ||
        rate > VERIFY_SOUND_RATE_MAX || row->size != frames * channels * READER_SOUND_SAMPLE_BYTES ||
        row->decoded_size != row->size) {
        return false;
    }
    known->flags |= VERIFY_ENTRY_HAS_SOUND;
    known->bank_facts.sound.sample_rate = (uint16_t)rate;
    known->bank_facts.sound.channels = (uint8_t)channels;
    return true;
}

/* All numbers of a canonical text are exact, so `pipeline` is the one thing that the metadata of a scene must not have.
 * The general rules find out whether it is a member. */
static bool is_scene(const uint8_t *at, const uint8_t *end)
{
    static const char pipeline[] = "\"pipeline\":";
    return end - at == 2 || memmem(at, (size_t)(end - at), pipeline, sizeof pipeline - 1) == NULL;
}

static bool has_plain_metadata(struct base_bytes header, const struct reader_row *row, struct verify_entry *known)
{
    const uint8_t *at = header.data + row->metadata_at;
    const uint8_t *end = at + row->metadata_size;
    if (row->bank == PP_BANK_GLYPH) {
        return is_glyph(row, at, end, known);
    }
    return row->bank == PP_BANK_SOUNDS ? is_sound(row, at, end, known) : is_scene(at, end);
}

/* ---- Entries ---- */

/* Neither empty nor with a control character, which only an escape or U+007F itself can spell. */
static bool has_plain_name(struct base_bytes header, const struct reader_row *row)
{
    const uint8_t *name = header.data + row->name_at;
    bool plain = row->name_size > 0;
    for (size_t i = 0; i < row->name_size; i++) {
        plain = plain && name[i] != '\\' && name[i] != 0x7F;
    }
    return plain;
}

/* Where the element begins: in a canonical entry a fixed number of bytes and the digits of its id precede the name. */
static uint32_t begin_of(const struct reader_row *row)
{
    uint32_t before = sizeof "{\"asset_id\":,\"asset_name\":\"";
    for (int32_t rest = row->asset_id / 10; rest > 0; rest /= 10) {
        before++;
    }
    return row->name_at - before;
}

static bool is_ordinary(struct base_bytes header, const struct reader_row *row, struct verify_entry *known)
{
    known->flags = VERIFY_ENTRY_IS_OBJECT | VERIFY_ENTRY_HAS_ID | VERIFY_ENTRY_HAS_NAME | VERIFY_ENTRY_HAS_BANK |
                   VERIFY_ENTRY_IS_INSIDE | VERIFY_ENTRY_HAS_SLICE;
    known->asset_id = row->asset_id;
    known->name_at = row->name_at;
    known->name_size = row->name_size;
    known->offset = row->offset;
    known->size = row->size;
    known->bank = row->bank;
    return row->asset_id >= 1 && has_plain_name(header, row) && has_plain_metadata(header, row, known);
}

static void check_generally(const struct verify_subject *subject, const struct verify_facts *facts, size_t index,
                            struct verify_sink *sink)
{
    static const struct json_table table = {verify_entry_members, VERIFY_ENTRY_MEMBERS, NULL};
    struct json_token members[VERIFY_ENTRY_MEMBERS];
    struct json_token element = {
        .kind = JSON_OBJECT_BEGIN, .begin = facts->entries[index].at, .end = facts->asset_table.end};
    (void)json_object_read(facts->header, element, &table, members, NULL, NULL);
    verify_check_entry(subject, facts, index, members, sink);
}

static void check_rows(const struct verify_subject *subject, const struct verify_facts *facts,
                       const struct reader_table *table, struct verify_sink *sink)
{
    for (size_t i = 0; i < table->count; i++) {
        struct verify_entry *known = &facts->entries[i];
        *known = (struct verify_entry){.at = begin_of(&table->rows[i])};
        if (is_ordinary(facts->header, &table->rows[i], known)) {
            sink->checked.assets++;
        } else {
            *known = (struct verify_entry){.at = known->at};
            check_generally(subject, facts, i, sink);
        }
    }
}

static void copy_preload(struct verify_facts *facts, const struct reader_table *table)
{
    for (size_t i = 0; i < table->preload_count; i++) {
        const struct reader_preload_row *row = &table->preload[i];
        facts->preloads[i] = (struct verify_preload){
            .asset_id_at = row->at + (uint32_t)(sizeof "{\"asset_id\":" - 1),
            .has_asset_id = true,
            .has_slot = true,
            .asset_id = row->asset_id,
            .slot = row->slot,
        };
    }
}

/* ---- Names ---- */

/* Whether no two names are equal, with 64 bits of their hashes in a table that is at most half full. Names of a
 * canonical header are equal when their bytes are. False when in doubt: two hashes are equal, places are crowded, or
 * memory runs out. */
static bool names_differ(const struct verify_facts *facts)
{
    enum { FIRST = 16, FARTHEST = 64 };
    size_t capacity = FIRST;
    while (capacity / 2 < facts->entry_count) {
        if (!base_mul_size(capacity, 2, &capacity)) {
            return false;
        }
    }
    uint64_t *places = calloc(capacity, sizeof *places);
    bool differ = places != NULL;
    for (size_t i = 0; differ && i < facts->entry_count; i++) {
        const struct verify_entry *known = &facts->entries[i];
        struct base_hash hash =
            base_fast_hash_of(base_bytes_make(facts->header.data + known->name_at, known->name_size));
        uint64_t mark;
        memcpy(&mark, hash.bytes, sizeof mark);
        mark |= 1; /* 0: the place is free */
        size_t at = (size_t)(mark >> 1) & (capacity - 1);
        unsigned steps = 0;
        while (places[at] != 0 && places[at] != mark && steps < FARTHEST) {
            at = (at + 1) & (capacity - 1);
            steps++;
        }
        differ = places[at] == 0;
        places[at] = mark;
    }
    free(places);
    return differ;
}

/* ---- All of it ---- */

/* The span of an array in the header; END when there is none. */
static struct json_token array_of(struct base_bytes header, struct base_bytes array)
{
    struct json_token token = {.kind = JSON_END};
    if (array.data != NULL) {
        token.kind = JSON_ARRAY_BEGIN;
        token.begin = (size_t)(array.data - header.data);
        token.end = token.begin + array.size;
    }
    return token;
}

static bool make_rows(const struct verify_subject *subject, struct verify_facts *facts,
                      const struct reader_table *table, struct verify_sink *sink, struct verify_report *report)
{
    facts->entries = calloc(table->count + 1, sizeof *facts->entries);
    facts->preloads = calloc(table->preload_count + 1, sizeof *facts->preloads);
    if (facts->entries != NULL && facts->preloads != NULL &&
        verify_list_table(subject, facts->header, table, sink, report)) {
        return true;
    }
    free(facts->entries);
    free(facts->preloads);
    facts->entries = NULL;
    facts->preloads = NULL;
    return false;
}

bool verify_check_ordinary(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                           struct verify_report *report)
{
    struct reader_table table;
    bool out_of_memory = false;
    struct reader_header_frame frame = {.payload_offset = facts->prelude.payload_offset,
                                        .file_size = subject->input.size};
    if (!reader_header_parse_canonical(facts->header, &frame, &table, &out_of_memory)) {
        return false;
    }
    if (!make_rows(subject, facts, &table, sink, report)) {
        reader_table_free(&table);
        return false;
    }
    facts->entry_count = table.count;
    facts->preload_count = table.preload_count;
    facts->asset_table = array_of(facts->header, table.asset_table);
    facts->preload = array_of(facts->header, table.preload_array);
    check_rows(subject, facts, &table, sink);
    copy_preload(facts, &table);
    reader_table_free(&table);
    if (!names_differ(facts)) {
        verify_check_names(subject, facts, sink);
    }
    return true;
}
