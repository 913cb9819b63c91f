/* The elements of preload, and keys that repeat. */
#include "reader/header.h"

#include "tests/lib/unit.h"
#include "tests/reader/builder.h"
#include "tests/reader/faults.h"

#define G1 ENTRY_BANK("1", "a", "GLYPH")
#define G2 ENTRY_BANK("2", "b", "GLYPH")
#define S3 ENTRY_BANK("3", "c", "SOUNDS")

UNIT_TEST(accepts_slots_of_every_bank)
{
    CHECK_LOADS_CANONICAL(
        HEADER_PRELOAD(G1 "," G2 "," S3, PRELOAD("1", "0") "," PRELOAD("2", "15") "," PRELOAD("3", "0")));
}

UNIT_TEST(members_of_preload_must_be_there)
{
    CHECK_FAULT(DIAG_ENTRY_MISSING_MEMBER, HEADER_PRELOAD(G1, "^{'asset_id':1}"));
    CHECK_FAULT(DIAG_ENTRY_MISSING_MEMBER, HEADER_PRELOAD(G1, "^{'slot':1}"));
    CHECK_FAULTS(HEADER_PRELOAD(G1, "^^{}"), DIAG_ENTRY_MISSING_MEMBER, DIAG_ENTRY_MISSING_MEMBER);
}

UNIT_TEST(preload_asset_id_is_an_integer_of_32_bits)
{
    CHECK_FAULT(DIAG_ENTRY_TYPE, HEADER_PRELOAD(G1, PRELOAD("^'1'", "0")));
    CHECK_FAULT(DIAG_ENTRY_TYPE, HEADER_PRELOAD(G1, PRELOAD("^1.0", "0")));
    CHECK_FAULT(DIAG_ENTRY_RANGE, HEADER_PRELOAD(G1, PRELOAD("^2147483648", "0")));
    CHECK_FAULT(DIAG_ENTRY_RANGE, HEADER_PRELOAD(G1, PRELOAD("^-2147483649", "0")));
    CHECK_FAULT(DIAG_ENTRY_RANGE, HEADER_PRELOAD(G1, PRELOAD("^4294967297", "0"))); /* 1, were it cut to 32 bits */
}

UNIT_TEST(slot_is_an_integer_from_0_to_15)
{
    CHECK_FAULT(DIAG_ENTRY_TYPE, HEADER_PRELOAD(G1, PRELOAD("1", "^'0'")));
    CHECK_FAULT(DIAG_ENTRY_TYPE, HEADER_PRELOAD(G1, PRELOAD("1", "^0.0")));
    CHECK_FAULT(DIAG_PRELOAD_SLOT_RANGE, HEADER_PRELOAD(G1, PRELOAD("1", "^16")));
    CHECK_FAULT(DIAG_PRELOAD_SLOT_RANGE, HEADER_PRELOAD(G1, PRELOAD("1", "^-1")));
    CHECK_FAULT(DIAG_PRELOAD_SLOT_RANGE, HEADER_PRELOAD(G1, PRELOAD("1", "^256")));
    CHECK_FAULT(DIAG_PRELOAD_SLOT_RANGE, HEADER_PRELOAD(G1, PRELOAD("1", "^18446744073709551616")));
    CHECK_LOADS(HEADER_PRELOAD(G1, PRELOAD("1", "-0")));
}

UNIT_TEST(preload_names_an_entry)
{
    CHECK_FAULT(DIAG_PRELOAD_UNKNOWN_ASSET, HEADER_PRELOAD(G1, PRELOAD("^2", "0")));
    CHECK_FAULT(DIAG_PRELOAD_UNKNOWN_ASSET, HEADER_PRELOAD("", PRELOAD("^0", "0")));
    CHECK_FAULTS(HEADER_PRELOAD(G1, PRELOAD("^2", "^16") "," PRELOAD("1", "0")), DIAG_PRELOAD_UNKNOWN_ASSET,
                 DIAG_PRELOAD_SLOT_RANGE);
}

UNIT_TEST(an_entry_with_a_broken_id_may_be_the_one_that_is_meant)
{
    CHECK_FAULT(DIAG_ENTRY_TYPE, HEADER_PRELOAD(ENTRY("^'1'", "a"), PRELOAD("1", "0")));
    CHECK_FAULT(DIAG_HEADER_SHAPE, HEADER_PRELOAD("^1," G2, PRELOAD("1", "0")));
}

UNIT_TEST(one_slot_of_one_bank_is_taken_once)
{
    CHECK_FAULT(DIAG_PRELOAD_SLOT_CLASH, HEADER_PRELOAD(G1 "," G2, PRELOAD("1", "4") "," PRELOAD("2", "^4")));
    CHECK_FAULTS(HEADER_PRELOAD(G1 "," G2, PRELOAD("1", "4") "," PRELOAD("2", "^4") "," PRELOAD("1", "^4")),
                 DIAG_PRELOAD_SLOT_CLASH, DIAG_PRELOAD_SLOT_CLASH);
    CHECK_LOADS_CANONICAL(HEADER_PRELOAD(G1 "," S3, PRELOAD("1", "4") "," PRELOAD("3", "4"))); /* another bank */
}

UNIT_TEST(one_asset_twice_is_not_a_fault_of_class_l)
{
    CHECK_LOADS_CANONICAL(HEADER_PRELOAD(G1, PRELOAD("1", "4") "," PRELOAD("1", "5")));
    CHECK_FAULT(DIAG_PRELOAD_SLOT_CLASH, HEADER_PRELOAD(G1, PRELOAD("1", "4") "," PRELOAD("1", "^4")));
}

UNIT_TEST(what_is_unknown_clashes_with_nothing)
{
    CHECK_FAULTS(HEADER_PRELOAD(G1, PRELOAD("1", "^16") "," PRELOAD("1", "^16")), DIAG_PRELOAD_SLOT_RANGE,
                 DIAG_PRELOAD_SLOT_RANGE);
    CHECK_FAULTS(HEADER_PRELOAD(G1, PRELOAD("^8", "1") "," PRELOAD("^9", "1") "," PRELOAD("1", "1")),
                 DIAG_PRELOAD_UNKNOWN_ASSET, DIAG_PRELOAD_UNKNOWN_ASSET);
    CHECK_FAULT(DIAG_BANK_UNKNOWN, HEADER_PRELOAD("{'asset_id':1,'asset_name':'a','bank_type':^'X','codec':'NONE',"
                                                  "'decoded_size':0,'metadata':{},'offset':0,'size':0}",
                                                  PRELOAD("1", "1") "," PRELOAD("1", "1")));
}

UNIT_TEST(faults_of_preload_name_the_element)
{
    struct marked header =
        marked_make(HEADER_PRELOAD(G1 "," G2, PRELOAD("1", "4") "," PRELOAD("2", "4") ",{'slot':1}"));
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct reader_table table;
    struct faults faults = faults_of(marked_bytes(&header), &frame, &table);
    REQUIRE(faults.count == 2);
    CHECK(faults.items[0].preload == 1 && faults.items[0].entry == -1);
    CHECK(faults.items[0].has_asset_id && faults.items[0].asset_id == 2);
    CHECK_STRING(faults.items[0].member, "slot");
    CHECK(faults.items[1].preload == 2 && !faults.items[1].has_asset_id);
    CHECK_STRING(faults.items[1].member, "asset_id");
    REQUIRE(table.preload_count == 3);
    CHECK_U64(table.preload[1].entry, 1);
    CHECK_U64(table.preload[2].entry, UINT32_MAX);
    CHECK_U64(table.preload[2].valid, READER_PRELOAD_SLOT);
    reader_table_free(&table);
    marked_free(&header);
}

/* ---- json-duplicate-key ---- */

UNIT_TEST(a_repeated_key_is_reported_and_its_first_value_counts)
{
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY, "{'asset_table':[],^'asset_table':7}");
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY, "{'asset_table':[],'preload':[],^'preload':7}");
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY, "{'asset_table':[],'x':1,^'\\u0078':2}");
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY, HEADER_PRELOAD(G1, "{'asset_id':1,^'asset_id':'x','slot':0}"));
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY,
                HEADER("{'asset_id':1,^'asset_id':'x','asset_name':'a','bank_type':'GLYPH','codec':'NONE',"
                       "'decoded_size':0,'metadata':{},'offset':0,'size':0}"));
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY,
                HEADER("{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,"
                       "'metadata':{},^'metadata':5,'offset':0,'size':0}"));
    CHECK_FAULTS("{'asset_table':^7,^'asset_table':[]}", DIAG_HEADER_SHAPE, DIAG_JSON_DUPLICATE_KEY);
}

UNIT_TEST(a_key_repeated_in_an_unknown_member_counts_too)
{
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY, "{'asset_table':[],'x':[{'a':1,^'a':2}]}");
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY, HEADER_PRELOAD(G1, "{'asset_id':1,'metadata':{'a':1,^'a':2},'slot':0}"));
    CHECK_FAULT(DIAG_JSON_DUPLICATE_KEY, "{'asset_table':[],'metadata':{'a':1,^'a':2}}");
    CHECK_FAULTS("{'asset_table':^{'metadata':{'a':1,^'a':2}}}", DIAG_HEADER_SHAPE, DIAG_JSON_DUPLICATE_KEY);
    CHECK_FAULTS("{'asset_table':[^[{'metadata':{'a':1,^'a':2}}]]}", DIAG_HEADER_SHAPE, DIAG_JSON_DUPLICATE_KEY);
}

/* Parses and expects one duplicate; returns it. */
static struct reader_fault only_duplicate(const char *pattern)
{
    struct marked header = marked_make(pattern);
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct faults faults = faults_of(marked_bytes(&header), &frame, NULL);
    CHECK_U64(faults.count, 1);
    CHECK_U64(faults.items[0].diagnostic, DIAG_JSON_DUPLICATE_KEY);
    CHECK_U64(faults.items[0].at, header.marks[0]);
    CHECK_U64(faults.items[0].actual.size, 3);                  /* the key with its quotes */
    faults.items[0].actual = (struct base_bytes){.data = NULL}; /* about to be freed */
    marked_free(&header);
    return faults.items[0];
}

#define WITH_METADATA(id, value)                                                                                       \
    "{'asset_id':" id ",'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,'metadata':" value        \
    ",'offset':0,'size':0}"

UNIT_TEST(a_key_repeated_in_metadata_is_of_class_c)
{
    struct reader_fault fault = only_duplicate(HEADER(G1 "," WITH_METADATA("8", "{'a':1,^'a':2}")));
    CHECK_U64(fault.class_, DIAG_CLASS_C);
    CHECK(fault.entry == 1 && fault.has_asset_id && fault.asset_id == 8);
    fault = only_duplicate(HEADER(WITH_METADATA("8", "{'x':[{'a':1,^'a':2}]}")));
    CHECK_U64(fault.class_, DIAG_CLASS_C);
    CHECK_LOADS(HEADER(WITH_METADATA("8", "{'a':1,'a':2}")));
}

UNIT_TEST(class_c_ends_with_the_metadata)
{
    struct reader_fault fault = only_duplicate(
        HEADER("{'asset_id':8,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':0,'metadata':{'z':{}},"
               "'offset':0,'size':0,'x':{'a':1,^'a':2}}"));
    CHECK_U64(fault.class_, DIAG_CLASS_L);
    CHECK(fault.entry == 0 && fault.asset_id == 8);
    fault = only_duplicate(HEADER_PRELOAD(G1, PRELOAD("1", "0") ",{'asset_id':1,'slot':1,'x':{'a':1,^'a':2}}"));
    CHECK_U64(fault.class_, DIAG_CLASS_L);
    CHECK(fault.preload == 1 && fault.entry == -1);
    fault = only_duplicate("{'asset_table':[{'asset_id':8,'asset_name':'a','bank_type':'GLYPH','codec':'NONE',"
                           "'decoded_size':0,'offset':0,'size':0,'metadata':{}}],'x':[[{'a':1,^'a':2}]]}");
    CHECK_U64(fault.class_, DIAG_CLASS_L);
    CHECK(fault.preload == -1 && fault.entry == -1);
}

UNIT_TEST(repeated_keys_come_in_rising_position)
{
    CHECK_FAULTS("{'asset_table':[],'x':{'b':{'c':1,^'c':2},'a':1,^'b':2},^'x':3,'w':{'a':1,^'a':2}}",
                 DIAG_JSON_DUPLICATE_KEY, DIAG_JSON_DUPLICATE_KEY, DIAG_JSON_DUPLICATE_KEY, DIAG_JSON_DUPLICATE_KEY);
}

UNIT_TEST(a_repeated_table_lends_no_asset_to_its_faults)
{
    struct marked header = marked_make("{'asset_table':[" G1 "],^'asset_table':[{'x':1,^'x':2}]}");
    struct reader_header_frame frame = frame_after(marked_bytes(&header), PAYLOAD_BYTES);
    struct faults faults = faults_of(marked_bytes(&header), &frame, NULL);
    REQUIRE(faults.count == 2);
    CHECK_U64(faults.items[1].at, header.marks[1]);
    CHECK(faults.items[1].entry == -1 && !faults.items[1].has_asset_id);
    marked_free(&header);
}

UNIT_TEST(nothing_is_reported_to_who_wants_no_more)
{
    /* Opening takes the fault of the preload, though the repeated key is a fault as well. */
    CHECK_FAULTS("{'asset_table':[" G1 "],'preload':[" PRELOAD("1", "^16") "],^'preload':[]}", DIAG_PRELOAD_SLOT_RANGE,
                 DIAG_JSON_DUPLICATE_KEY);
}
