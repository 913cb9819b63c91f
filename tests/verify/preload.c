#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

#define TWO SCENE("1", "a", "0", "8") "," SCENE("2", "b", "8", "8")

UNIT_TEST(one_asset_in_two_slots)
{
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "0") "," PRELOAD("^1", "1")), 16,
                 "preload-duplicate:C ^0 /preload/1/asset_id #1");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "0") "," PRELOAD("2", "1") "," PRELOAD("^1", "2") "," PRELOAD("^1", "3")), 16,
                 "preload-duplicate:C ^0 /preload/2/asset_id #1; preload-duplicate:C ^1 /preload/3/asset_id #1");
}

UNIT_TEST(two_assets_in_two_slots_each_are_told_by_id)
{
    CHECK_HEADER(HEADER(TWO, PRELOAD("2", "0") "," PRELOAD("^2", "1") "," PRELOAD("1", "2") "," PRELOAD("^1", "3")), 16,
                 "preload-duplicate:C ^1 /preload/3/asset_id #1; preload-duplicate:C ^0 /preload/1/asset_id #2");
}

UNIT_TEST(asset_and_slot_twice_is_a_clash_alone)
{
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "0") "," PRELOAD("1", "^0")), 16,
                 "preload-slot-clash:L ^0 /preload/1/slot #1");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "0") "," PRELOAD("2", "^0")), 16,
                 "preload-slot-clash:L ^0 /preload/1/slot #2");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "0") "," PRELOAD("^1", "1") "," PRELOAD("^1", "^0")), 16,
                 "preload-slot-clash:L ^2 /preload/2/slot #1; preload-order:C ^1 /preload/2/asset_id #1; "
                 "preload-duplicate:C ^0 /preload/1/asset_id #1");
    /* Another slot than the asset's first, and taken by another asset: two faults. */
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "0") "," PRELOAD("2", "1") "," PRELOAD("^1", "^1")), 16,
                 "preload-slot-clash:L ^1 /preload/2/slot #1; preload-duplicate:C ^0 /preload/2/asset_id #1");
}

UNIT_TEST(slots_are_inside_their_bank)
{
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SOUND("2", "b", TONE("1", "4"), "8", "8"),
                        PRELOAD("2", "0") "," PRELOAD("1", "0")),
                 16, "");
}

UNIT_TEST(preload_ascends_by_bank_and_slot)
{
    CHECK_HEADER(HEADER(TWO, PRELOAD("2", "3") "," PRELOAD("1", "4")), 16, "");
    CHECK_HEADER(HEADER(TWO, PRELOAD("2", "4") "," PRELOAD("^1", "3")), 16,
                 "preload-order:C ^0 /preload/1/asset_id #1");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SOUND("2", "b", TONE("1", "4"), "8", "8"),
                        PRELOAD("1", "0") "," PRELOAD("^2", "15")),
                 16, "preload-order:C ^0 /preload/1/asset_id #2");
    /* Each one is compared with the one before it alone. */
    CHECK_HEADER(
        HEADER(TWO "," SCENE("3", "c", "16", "8"), PRELOAD("1", "9") "," PRELOAD("^2", "2") "," PRELOAD("3", "5")), 24,
        "preload-order:C ^0 /preload/1/asset_id #2");
}

UNIT_TEST(what_has_no_known_place_is_not_compared)
{
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "9") "," PRELOAD("^7", "5") "," PRELOAD("2", "0")), 16,
                 "preload-unknown-asset:L ^0 /preload/1/asset_id #7");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "9") ",{'asset_id':2,'slot':^'5'}"), 16,
                 "entry-type:L ^0 /preload/1/slot #2");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "^'TILES'", "8", "{}", "0", "8") "," SCENE("2", "b", "8", "8"),
                        PRELOAD("2", "9") "," PRELOAD("1", "0")),
                 16, "bank-legacy:L ^0 /asset_table/0/bank_type #1");
}

UNIT_TEST(only_an_object_can_lack_preload)
{
    CHECK_HEADER("^{'asset_table':[]}", 0, "preload-missing:C ^0");
    CHECK_HEADER("^{'asset_table':[" TWO "]}", 16, "preload-missing:C ^0");
    CHECK_HEADER("{'asset_table':[],'preload':^null}", 0, "header-shape:L ^0 /preload");
    CHECK_HEADER("^[]", 0, "header-shape:L ^0");
    CHECK_HEADER("{'asset_table':[],'preload':[]}", 0, "");
}

UNIT_TEST(a_slot_out_of_range_clashes_with_nothing)
{
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "^16") "," PRELOAD("2", "^16")), 16,
                 "preload-slot-range:L ^0 /preload/0/slot #1; preload-slot-range:L ^1 /preload/1/slot #2");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "0") "," PRELOAD("^1", "^-1")), 16,
                 "preload-slot-range:L ^1 /preload/1/slot #1; preload-duplicate:C ^0 /preload/1/asset_id #1");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "1") "," PRELOAD("^1", "^-1")), 16,
                 "preload-slot-range:L ^1 /preload/1/slot #1; preload-duplicate:C ^0 /preload/1/asset_id #1");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "^16") "," PRELOAD("^1", "^16")), 16,
                 "preload-slot-range:L ^0 /preload/0/slot #1; preload-slot-range:L ^2 /preload/1/slot #1; "
                 "preload-duplicate:C ^1 /preload/1/asset_id #1");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "^18446744073709551616")), 16, "preload-slot-range:L ^0 /preload/0/slot #1");
    /* 1, if it were taken modulo 2^64: neither a clash nor out of order. */
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "9") "," PRELOAD("2", "^-18446744073709551615")), 16,
                 "preload-slot-range:L ^0 /preload/1/slot #2");
    CHECK_HEADER(HEADER(TWO, PRELOAD("1", "1") "," PRELOAD("^1", "^-18446744073709551615")), 16,
                 "preload-slot-range:L ^1 /preload/1/slot #1; preload-duplicate:C ^0 /preload/1/asset_id #1");
}

UNIT_TEST(who_names_no_asset_repeats_none)
{
    CHECK_HEADER(
        HEADER(TWO, PRELOAD("^9", "0") "," PRELOAD("^9", "1")), 16,
        "preload-unknown-asset:L ^0 /preload/0/asset_id #9; preload-unknown-asset:L ^1 /preload/1/asset_id #9");
    CHECK_HEADER(HEADER(TWO, PRELOAD("^'1'", "0") "," PRELOAD("^1.0", "1") "," PRELOAD("1", "2")), 16,
                 "entry-type:L ^0 /preload/0/asset_id; entry-type:L ^1 /preload/1/asset_id");
}

UNIT_TEST(an_element_without_a_slot_repeats_its_asset)
{
    CHECK_HEADER(HEADER(TWO, "^{'asset_id':1}," PRELOAD("^1", "3")), 16,
                 "entry-missing-member:L ^0 /preload/0 #1; preload-duplicate:C ^1 /preload/1/asset_id #1");
}

UNIT_TEST(preload_is_listed_as_it_is)
{
    struct pack pack =
        pack_make(&(const struct plan){.header = HEADER(TWO, PRELOAD("2", "15") ",{'slot':'x'},4"), .payload = 16});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_options options = {.no_companions = true, .jobs = 1};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    REQUIRE(report.preload_count == 3);
    CHECK(report.preload[0].has_asset_id && report.preload[0].has_slot);
    CHECK_U64(report.preload[0].asset_id, 2);
    CHECK_U64(report.preload[0].slot, 15);
    CHECK(!report.preload[1].has_asset_id && !report.preload[1].has_slot);
    CHECK(!report.preload[2].has_asset_id);
    verify_report_free(&report);
    pack_free(&pack);
}
