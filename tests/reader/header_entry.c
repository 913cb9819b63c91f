/* The members of an entry: entry-*, id-duplicate, bank-*, codec-*, slice-range. */
#include "reader/header.h"

#include "tests/lib/unit.h"
#include "tests/reader/builder.h"
#include "tests/reader/faults.h"

#include <stdio.h>

/* An entry with one member written by the test. */
#define WITH_ID(value)                                                                                                 \
    HEADER("{'asset_id':" value ",'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,'metadata':{}," \
           "'offset':0,'size':0}")
#define WITH_NAME(value)                                                                                               \
    HEADER("{'asset_id':1,'asset_name':" value ",'bank_type':'GLYPH','codec':'NONE','decoded_size':0,'metadata':{},"   \
           "'offset':0,'size':0}")
#define WITH_BANK(value)                                                                                               \
    HEADER("{'asset_id':1,'asset_name':'a','bank_type':" value ",'codec':'NONE','decoded_size':0,'metadata':{},"       \
           "'offset':0,'size':0}")
#define WITH_CODEC(value)                                                                                              \
    HEADER("{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':" value ",'decoded_size':0,'metadata':{},"      \
           "'offset':0,'size':0}")
#define WITH_DECODED(value)                                                                                            \
    HEADER("{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':" value                   \
           ",'metadata':{},'offset':0,'size':0}")
#define WITH_METADATA(value)                                                                                           \
    HEADER("{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,'metadata':" value      \
           ",'offset':0,'size':0}")
#define WITH_SLICE(offset, size)                                                                                       \
    HEADER("{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,'metadata':{},"         \
           "'offset':" offset ",'size':" size "}")

UNIT_TEST(reports_each_missing_member_at_the_brace)
{
    static const char *const members[] = {"'asset_id':1,",   "'asset_name':'a',", "'bank_type':'GLYPH',",
                                          "'codec':'NONE',", "'decoded_size':0,", "'metadata':{},",
                                          "'offset':0,",     "'size':0,"};
    enum { MEMBERS = sizeof members / sizeof members[0] };
    for (unsigned missing = 0; missing < MEMBERS; missing++) {
        char pattern[512];
        char *at = stpcpy(pattern, "{'asset_table':[^{");
        for (unsigned i = 0; i < MEMBERS; i++) {
            at = i != missing ? stpcpy(at, members[i]) : at;
        }
        (void)stpcpy(at - 1, "}],'preload':[]}");
        CHECK_FAULT(DIAG_ENTRY_MISSING_MEMBER, pattern);
    }
}

UNIT_TEST(an_empty_entry_lacks_all_eight)
{
    CHECK_FAULTS(HEADER("^^^^^^^^{}"), DIAG_ENTRY_MISSING_MEMBER, DIAG_ENTRY_MISSING_MEMBER, DIAG_ENTRY_MISSING_MEMBER,
                 DIAG_ENTRY_MISSING_MEMBER, DIAG_ENTRY_MISSING_MEMBER, DIAG_ENTRY_MISSING_MEMBER,
                 DIAG_ENTRY_MISSING_MEMBER, DIAG_ENTRY_MISSING_MEMBER);
}

UNIT_TEST(missing_members_are_named)
{
    struct marked header = marked_make(HEADER(ENTRY("1", "a") ",{'asset_id':7,'codec':'NONE'}"));
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct faults faults = faults_of(marked_bytes(&header), &frame, NULL);
    static const char *const names[] = {"asset_name", "bank_type", "decoded_size", "metadata", "offset", "size"};
    REQUIRE(faults.count == 6);
    for (size_t i = 0; i < 6; i++) {
        CHECK_STRING(faults.items[i].member, names[i]);
        CHECK(faults.items[i].has_asset_id && faults.items[i].asset_id == 7 && faults.items[i].entry == 1);
    }
    marked_free(&header);
}

UNIT_TEST(asset_id_is_an_integer_of_32_bits)
{
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_ID("^'1'"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_ID("^null"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_ID("^1.0"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_ID("^1e2"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_ID("^2147483648"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_ID("^-2147483649"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_ID("^18446744073709551616"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_ID("^-18446744073709551617"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_ID("^99999999999999999999999999999"));
    CHECK_LOADS_CANONICAL(WITH_ID("2147483647"));
    CHECK_LOADS(WITH_ID("-2147483648"));
    CHECK_LOADS_CANONICAL(WITH_ID("0"));
    CHECK_LOADS(WITH_ID("-0"));
}

UNIT_TEST(asset_name_is_any_string)
{
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_NAME("^1"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_NAME("^{}"));
    CHECK_LOADS_CANONICAL(WITH_NAME("''"));
    CHECK_LOADS_CANONICAL(WITH_NAME("'\\u0000\\n\\\\\\\"/\x7F\xF0\x9F\x98\x80'"));
    CHECK_LOADS(WITH_NAME("'\\u0061\\/\\ud83d\\ude00'"));
}

UNIT_TEST(bank_is_one_of_three)
{
    CHECK_LOADS_CANONICAL(WITH_BANK("'GLYPH'"));
    CHECK_LOADS_CANONICAL(WITH_BANK("'SOUNDS'"));
    CHECK_LOADS_CANONICAL(WITH_BANK("'SCENE'"));
    CHECK_LOADS(WITH_BANK("'\\u0047LYPH'"));
    CHECK_FAULT(DIAG_BANK_LEGACY, WITH_BANK("^'TILES'"));
    CHECK_FAULT(DIAG_BANK_UNKNOWN, WITH_BANK("^'glyph'"));
    CHECK_FAULT(DIAG_BANK_UNKNOWN, WITH_BANK("^''"));
    CHECK_FAULT(DIAG_BANK_UNKNOWN, WITH_BANK("^'GLYPHS'"));
    CHECK_FAULT(DIAG_BANK_UNKNOWN, WITH_BANK("^'GLYPH\\u0000'"));
    CHECK_FAULT(DIAG_BANK_UNKNOWN, WITH_BANK("^'SOUND'"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_BANK("^1"));
}

UNIT_TEST(codec_is_none)
{
    CHECK_LOADS(WITH_CODEC("'N\\u004fNE'"));
    CHECK_FAULT(DIAG_CODEC_LEGACY, WITH_CODEC("^'RAW'"));
    CHECK_FAULT(DIAG_CODEC_UNKNOWN, WITH_CODEC("^'None'"));
    CHECK_FAULT(DIAG_CODEC_UNKNOWN, WITH_CODEC("^''"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_CODEC("^[]"));
}

UNIT_TEST(sizes_are_integers_of_64_bits)
{
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_DECODED("^'0'"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_DECODED("^0.5"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_DECODED("^0E0"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_DECODED("^-1"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_DECODED("^18446744073709551616"));
    CHECK_LOADS(WITH_DECODED("18446744073709551615"));
    CHECK_LOADS(WITH_DECODED("9007199254740992"));
    CHECK_LOADS_CANONICAL(WITH_DECODED("9007199254740991"));
    CHECK_LOADS(WITH_DECODED("-0"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_SLICE("^'x'", "0"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_SLICE("^-5", "0"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_SLICE("0", "^true"));
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_SLICE("0", "^-1"));
}

UNIT_TEST(metadata_is_any_object)
{
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_METADATA("^[]"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_METADATA("^'{}'"));
    CHECK_LOADS(WITH_METADATA("{ }"));
    CHECK_LOADS(WITH_METADATA("{'x':1.5e3}"));
    CHECK_LOADS(WITH_METADATA("{'b':1,'a':2}"));
    CHECK_LOADS(WITH_METADATA("{'x':9007199254740992}"));
    CHECK_LOADS_CANONICAL(WITH_METADATA("{'a':[{},[],1,-1,'x',true,false,null],'b':{'c':{'d':-9007199254740991}}}"));
}

UNIT_TEST(slices_end_with_the_file)
{
    CHECK_LOADS_CANONICAL(WITH_SLICE("0", "64"));
    CHECK_LOADS_CANONICAL(WITH_SLICE("64", "0"));
    CHECK_LOADS_CANONICAL(WITH_SLICE("63", "1"));
    CHECK_FAULT(DIAG_SLICE_RANGE, WITH_SLICE("0", "^65"));
    CHECK_FAULT(DIAG_SLICE_RANGE, WITH_SLICE("63", "^2"));
    CHECK_FAULT(DIAG_SLICE_RANGE, WITH_SLICE("^65", "0"));
    CHECK_FAULT(DIAG_SLICE_RANGE, WITH_SLICE("^65", "65"));
    CHECK_FAULT(DIAG_SLICE_RANGE, WITH_SLICE("64", "^18446744073709551615"));
    CHECK_FAULT(DIAG_SLICE_RANGE, WITH_SLICE("^18446744073709551615", "1"));
    CHECK_FAULT(DIAG_SLICE_RANGE, WITH_SLICE("^18446744073709551615", "18446744073709551615"));
    CHECK_FAULT(DIAG_SLICE_RANGE, WITH_SLICE("^9007199254740992", "0")); /* class C ends nothing of this */
}

UNIT_TEST(a_slice_needs_both_numbers)
{
    CHECK_FAULT(DIAG_ENTRY_RANGE, WITH_SLICE("^-1", "999"));
    CHECK_FAULT(DIAG_ENTRY_TYPE, WITH_SLICE("999", "^'1'"));
    CHECK_FAULT(DIAG_ENTRY_MISSING_MEMBER,
                HEADER("^{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,"
                       "'metadata':{},'size':999}"));
}

UNIT_TEST(nothing_is_inside_when_the_region_is_not)
{
    struct marked header = marked_make(WITH_SLICE("0", "0"));
    struct reader_header_frame frame = {.payload_offset = 1000, .file_size = 999};
    struct reader_table table;
    bool out_of_memory = false;
    struct faults faults = faults_of(marked_bytes(&header), &frame, &table);
    REQUIRE(faults.count == 1);
    CHECK_U64(faults.items[0].diagnostic, DIAG_SLICE_RANGE);
    CHECK(!table.rows[0].slice_inside && table.rows[0].valid == READER_MEMBERS_ALL);
    reader_table_free(&table);
    CHECK(!reader_header_parse_canonical(marked_bytes(&header), &frame, &table, &out_of_memory));
    marked_free(&header);
}

UNIT_TEST(faults_of_one_entry_come_in_the_order_of_the_text)
{
    struct marked header = marked_make(
        "{'asset_table':[" ENTRY("1", "a") ",{'size':^1.5,'codec':^'RAW','asset_id':9,"
                                           "'offset':^-1,'asset_name':^7,'bank_type':^'TILES','metadata':{}}]}");
    static const enum diag expected[] = {DIAG_ENTRY_TYPE, DIAG_CODEC_LEGACY, DIAG_ENTRY_RANGE, DIAG_ENTRY_TYPE,
                                         DIAG_BANK_LEGACY};
    static const char *const members[] = {"size", "codec", "offset", "asset_name", "bank_type"};
    static const char *const actual[] = {"1.5", "\"RAW\"", "-1", "7", "\"TILES\""};
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct faults faults = faults_of(marked_bytes(&header), &frame, NULL);
    REQUIRE(faults.count == 6);
    CHECK_U64(faults.items[0].diagnostic, DIAG_ENTRY_MISSING_MEMBER);
    CHECK_STRING(faults.items[0].member, "decoded_size");
    for (size_t i = 0; i < 5; i++) {
        const struct reader_fault *fault = &faults.items[i + 1];
        CHECK_U64(fault->diagnostic, expected[i]);
        CHECK_U64(fault->at, header.marks[i]);
        CHECK_STRING(fault->member, members[i]);
        CHECK(fault->actual.size == strlen(actual[i]) &&
              memcmp(fault->actual.data, actual[i], fault->actual.size) == 0);
        CHECK(fault->entry == 1 && fault->preload == -1 && fault->has_asset_id && fault->asset_id == 9);
    }
    marked_free(&header);
}

UNIT_TEST(valid_bits_tell_what_can_be_used)
{
    struct marked header = marked_make("{'asset_table':[{'size':^1.5,'codec':'NONE','asset_id':9,'offset':7,"
                                       "'asset_name':'n','bank_type':'TILES','metadata':^{'a':1}^,'decoded_size':3}]}");
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct reader_table table;
    CHECK_U64(faults_of(marked_bytes(&header), &frame, &table).count, 2);
    REQUIRE(table.count == 1);
    const struct reader_row *row = &table.rows[0];
    CHECK_U64(row->valid, READER_MEMBERS_ALL & ~(READER_MEMBER_SIZE | READER_MEMBER_BANK_TYPE));
    CHECK(row->asset_id == 9 && row->offset == 7 && row->decoded_size == 3 && row->slice_inside == 0);
    CHECK_U64(row->metadata_at, header.marks[1]);
    CHECK_U64(row->metadata_size, header.marks[2] - header.marks[1]);
    CHECK_U64(row->name_size, 1);
    CHECK_U64(header.text[row->name_at], 'n');
    CHECK_U64(table.row_at[0], strlen("{'asset_table':["));
    reader_table_free(&table);
    marked_free(&header);
}

UNIT_TEST(reports_every_later_holder_of_an_id)
{
    CHECK_FAULT(DIAG_ID_DUPLICATE, HEADER(ENTRY("5", "a") "," ENTRY("^5", "b")));
    CHECK_FAULTS(
        HEADER(ENTRY("5", "a") "," ENTRY("7", "b") "," ENTRY("^5", "c") "," ENTRY("^7", "d") "," ENTRY("^5", "e")),
        DIAG_ID_DUPLICATE, DIAG_ID_DUPLICATE, DIAG_ID_DUPLICATE);
    CHECK_FAULT(DIAG_ID_DUPLICATE, HEADER(ENTRY("-3", "a") "," ENTRY("0", "b") "," ENTRY("^-3", "c")));
    CHECK_FAULT(DIAG_ID_DUPLICATE, HEADER(ENTRY("0", "a") "," ENTRY("^-0", "b")));
}

UNIT_TEST(id_duplicate_names_the_entry)
{
    struct marked header = marked_make(HEADER(ENTRY("5", "a") "," ENTRY("4", "b") "," ENTRY("5", "c")));
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct reader_table table;
    struct faults faults = faults_of(marked_bytes(&header), &frame, &table);
    REQUIRE(faults.count == 1);
    CHECK(faults.items[0].entry == 2 && faults.items[0].has_asset_id && faults.items[0].asset_id == 5);
    CHECK_STRING(faults.items[0].member, "asset_id");
    CHECK_U64(table.rows[2].reserved, 0);
    CHECK_U64(reader_table_find_id(&table, 5), 0);
    reader_table_free(&table);
    marked_free(&header);
}

UNIT_TEST(unusable_ids_are_no_duplicates)
{
    CHECK_FAULTS(HEADER(ENTRY("^'1'", "a") "," ENTRY("^'1'", "b")), DIAG_ENTRY_TYPE, DIAG_ENTRY_TYPE);
    CHECK_FAULTS(HEADER(ENTRY("^2147483648", "a") "," ENTRY("^2147483648", "b")), DIAG_ENTRY_RANGE, DIAG_ENTRY_RANGE);
    CHECK_FAULTS(HEADER("^5,^5," ENTRY("0", "b")), DIAG_HEADER_SHAPE, DIAG_HEADER_SHAPE);
}

UNIT_TEST(any_order_of_ids_loads)
{
    CHECK_LOADS(HEADER(ENTRY("3", "a") "," ENTRY("1", "b") "," ENTRY("2", "c")));
    CHECK_LOADS(HEADER(ENTRY("-1", "a") "," ENTRY("1", "b")));
    CHECK_LOADS_CANONICAL(HEADER(ENTRY("3", "a") "," ENTRY("10", "b") "," ENTRY("2147483647", "c")));
}

UNIT_TEST(names_may_repeat)
{
    CHECK_LOADS_CANONICAL(HEADER(ENTRY("1", "a") "," ENTRY("2", "a")));
}
