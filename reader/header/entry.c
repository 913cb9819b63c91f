#include "reader/header/entry.h"

#include "base/checked.h"
#include "reader/header/members.h"
#include "reader/header/numbers.h"
#include "json/value.h"

/* In the order of enum reader_member. */
static const struct json_member members[] = {
    {.name = "asset_id"},     {.name = "asset_name"}, {.name = "bank_type"}, {.name = "codec"},
    {.name = "decoded_size"}, {.name = "metadata"},   {.name = "offset"},    {.name = "size"},
};
static const struct json_table entry_table = {.members = members, .count = sizeof members / sizeof members[0]};

enum member { ASSET_ID, ASSET_NAME, BANK_TYPE, CODEC, DECODED_SIZE, METADATA, OFFSET, SIZE, MEMBER_COUNT };

_Static_assert(sizeof members / sizeof members[0] == MEMBER_COUNT, "a row for each member");
_Static_assert(1U << SIZE == READER_MEMBER_SIZE && (1U << MEMBER_COUNT) - 1 == READER_MEMBERS_ALL, "bit i is member i");

/* One entry while it is checked. */
struct entry {
    struct reader_members members;
    struct reader_member_verdict verdicts[MEMBER_COUNT];
    struct reader_row row;
};

static void fault(struct entry *entry, enum member member, enum diag diagnostic, const char *text, const char *expected)
{
    entry->verdicts[member] =
        (struct reader_member_verdict){.diagnostic = diagnostic, .text = text, .expected = expected};
}

/* Whether the member is there with that type; reports another type. */
static bool has_type(struct entry *entry, enum member member, enum json_kind kind, const char *expected)
{
    if (!reader_members_have(&entry->members, member)) {
        return false;
    }
    if (entry->members.value[member].kind != kind) {
        fault(entry, member, DIAG_ENTRY_TYPE, "the member has another JSON type", expected);
        return false;
    }
    return true;
}

static void mark_valid(struct entry *entry, enum member member)
{
    entry->row.valid = (uint8_t)(entry->row.valid | 1U << member);
}

static void read_asset_id(struct base_bytes header, struct entry *entry)
{
    if (reader_members_have(&entry->members, ASSET_ID)) {
        entry->verdicts[ASSET_ID] = reader_member_i32(header, entry->members.value[ASSET_ID], &entry->row.asset_id);
        if (entry->verdicts[ASSET_ID].diagnostic == DIAG_NONE) {
            mark_valid(entry, ASSET_ID);
        }
    }
}

static void read_number(struct base_bytes header, struct entry *entry, enum member member, uint64_t *value)
{
    if (reader_members_have(&entry->members, member)) {
        entry->verdicts[member] = reader_member_u64(header, entry->members.value[member], value);
        if (entry->verdicts[member].diagnostic == DIAG_NONE) {
            mark_valid(entry, member);
        }
    }
}

static void read_name(struct entry *entry)
{
    if (has_type(entry, ASSET_NAME, JSON_STRING, "a string")) {
        struct json_token value = entry->members.value[ASSET_NAME];
        entry->row.name_at = (uint32_t)value.begin;
        entry->row.name_size = (uint32_t)(value.end - value.begin);
        mark_valid(entry, ASSET_NAME);
    }
}

static void read_metadata(struct entry *entry)
{
    if (has_type(entry, METADATA, JSON_OBJECT_BEGIN, "an object")) {
        struct json_token value = entry->members.value[METADATA];
        entry->row.metadata_at = (uint32_t)value.begin;
        entry->row.metadata_size = (uint32_t)(value.end - value.begin);
        mark_valid(entry, METADATA);
    }
}

static void read_bank(struct base_bytes header, struct entry *entry)
{
    if (!has_type(entry, BANK_TYPE, JSON_STRING, "a string")) {
        return;
    }
    struct base_bytes span = json_span(header, entry->members.value[BANK_TYPE]);
    for (unsigned bank = 0; bank < PP_BANK_COUNT; bank++) {
        if (json_equals(span, pp_bank_name((enum pp_bank)bank))) {
            entry->row.bank = (uint8_t)bank;
            mark_valid(entry, BANK_TYPE);
            return;
        }
    }
    if (json_equals(span, "TILES")) {
        fault(entry, BANK_TYPE, DIAG_BANK_LEGACY, "the bank is TILES, the name of an earlier generation for GLYPH",
              "GLYPH");
    } else if (json_equals(span, "SOUND")) {
        fault(entry, BANK_TYPE, DIAG_BANK_UNKNOWN, "the console has no bank SOUND: the bank of sounds is SOUNDS",
              "SOUNDS");
    } else {
        fault(entry, BANK_TYPE, DIAG_BANK_UNKNOWN, "the console has no such bank", "GLYPH, SOUNDS or SCENE");
    }
}

static void read_codec(struct base_bytes header, struct entry *entry)
{
    if (!has_type(entry, CODEC, JSON_STRING, "a string")) {
        return;
    }
    struct base_bytes span = json_span(header, entry->members.value[CODEC]);
    if (json_equals(span, "NONE")) {
        mark_valid(entry, CODEC);
    } else if (json_equals(span, "RAW")) {
        fault(entry, CODEC, DIAG_CODEC_LEGACY, "the codec is RAW, the name of an earlier generation for NONE", "NONE");
    } else {
        fault(entry, CODEC, DIAG_CODEC_UNKNOWN, "the console has no such codec", "NONE");
    }
}

/* slice-range: payload_offset + offset + size against the end of the file, without a sum that could wrap. */
static void check_slice(const struct reader_header_frame *frame, struct entry *entry)
{
    if ((entry->row.valid & READER_MEMBER_OFFSET) == 0 || (entry->row.valid & READER_MEMBER_SIZE) == 0) {
        return;
    }
    uint64_t region = frame->payload_offset <= frame->file_size ? frame->file_size - frame->payload_offset : 0;
    bool inside =
        frame->payload_offset <= frame->file_size && base_range_inside(entry->row.offset, entry->row.size, region);
    entry->row.slice_inside = inside;
    if (!inside && entry->row.offset > region) {
        fault(entry, OFFSET, DIAG_SLICE_RANGE, "the payload begins past the end of the file", NULL);
        entry->verdicts[OFFSET].most = region;
    } else if (!inside) {
        fault(entry, SIZE, DIAG_SLICE_RANGE, "the payload passes the end of the file", NULL);
        entry->verdicts[SIZE].most = region - entry->row.offset;
    }
}

static bool read_entry(struct reader_parse *parse, struct json_walk *walk, struct json_token open, struct entry *entry)
{
    if (!reader_members_read(parse, walk, open, &entry_table, &entry->members)) {
        return false;
    }
    read_asset_id(parse->header, entry);
    read_name(entry);
    read_bank(parse->header, entry);
    read_codec(parse->header, entry);
    read_number(parse->header, entry, DECODED_SIZE, &entry->row.decoded_size);
    read_metadata(entry);
    read_number(parse->header, entry, OFFSET, &entry->row.offset);
    read_number(parse->header, entry, SIZE, &entry->row.size);
    check_slice(parse->frame, entry);
    struct reader_fault where = {
        .entry = (int64_t)parse->builder.table.count,
        .preload = -1,
        .has_asset_id = (entry->row.valid & READER_MEMBER_ASSET_ID) != 0,
        .asset_id = entry->row.asset_id,
    };
    return reader_members_report(parse, &entry->members, entry->verdicts, &where) &&
           ((entry->row.valid & READER_MEMBER_METADATA) == 0 ||
            reader_parse_check_numbers(parse, entry->members.value[METADATA], &where));
}

/* An element that is not an object still takes a row, so that a row's index is the element's. */
static bool skip_element(struct reader_parse *parse, struct json_walk *walk, struct json_token element)
{
    struct reader_fault where = {.entry = (int64_t)parse->builder.table.count, .preload = -1};
    return reader_members_skip(parse, walk, element, "an element of asset_table is not an object", &where);
}

static bool add_row(struct reader_parse *parse, const struct reader_row *row, size_t at)
{
    if (!reader_table_add_row(&parse->builder, row) || !reader_table_add_position(&parse->builder, (uint32_t)at)) {
        return reader_parse_stop(parse, READER_HEADER_NO_MEMORY);
    }
    return true;
}

bool reader_parse_entries(struct reader_parse *parse, struct json_walk *walk)
{
    uint32_t limit = parse->frame->max_entries;
    for (;;) {
        struct json_token element = json_walk_next(walk);
        if (element.kind == JSON_ARRAY_END) {
            return true;
        }
        if (element.kind == JSON_ERROR) {
            return reader_parse_stop(parse, READER_HEADER_UNUSABLE);
        }
        if (limit != 0 && parse->builder.table.count == limit) {
            return reader_parse_stop(parse, READER_HEADER_TOO_MANY);
        }
        struct entry entry = {.row = {.valid = 0}};
        bool goes_on = element.kind == JSON_OBJECT_BEGIN ? read_entry(parse, walk, element, &entry)
                                                         : skip_element(parse, walk, element);
        if (!goes_on || !add_row(parse, &entry.row, element.begin)) {
            return false;
        }
    }
}
