#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

UNIT_TEST(the_region_starts_at_the_end_of_the_header)
{
    CHECK_PLAN("slice-gap:C @12", .header = HEADER(SCENE("1", "a", "0", "8"), ""), .payload = 8, .gap = 1);
    CHECK_PLAN("slice-gap:C @12", .header = HEADER("", ""), .gap = 9);
    CHECK_PLAN("header-shape:L ^0; slice-gap:C @12; preload-missing:C ^0", .header = "^{}", .gap = 9);
}

UNIT_TEST(a_gap_before_or_between_payloads)
{
    CHECK_HEADER(HEADER(SCENE("1", "a", "^1", "8"), ""), 9, "slice-gap:C ^0 /asset_table/0/offset #1");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SCENE("2", "b", "^10", "8") "," SCENE("3", "c", "18", "2"), ""),
                 20, "slice-gap:C ^0 /asset_table/1/offset #2");
}

UNIT_TEST(an_overlap_is_with_the_one_before)
{
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SCENE("2", "b", "^7", "8"), ""), 15,
                 "slice-overlap:C ^0 /asset_table/1/offset #2");
    /* The second lies inside the first: the file does not go on after the last byte of either. */
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "16") "," SCENE("2", "b", "^0", "8"), ""), 16,
                 "slice-overlap:C ^0 /asset_table/1/offset #2");
    /* In another order: the first starts late, the second before its end. */
    CHECK_HEADER(HEADER(SCENE("1", "a", "^8", "8") "," SCENE("2", "b", "^0", "8"), ""), 16,
                 "slice-gap:C ^0 /asset_table/0/offset #1; slice-overlap:C ^1 /asset_table/1/offset #2");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "0") "," SCENE("2", "b", "0", "8") "," SCENE("3", "c", "8", "0"), ""), 8,
                 "");
}

UNIT_TEST(bytes_after_the_last_payload)
{
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8"), ""), 9, "payload-trailing:C +8");
    CHECK_HEADER(HEADER("", ""), 1, "payload-trailing:C +0");
    CHECK_HEADER("^{'asset_table':[]}", 2, "payload-trailing:C +0; preload-missing:C ^0");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SCENE("2", "b", "^9", "8"), ""), 18,
                 "slice-gap:C ^0 /asset_table/1/offset #2; payload-trailing:C +17");
}

UNIT_TEST(a_slice_out_of_range_takes_no_part)
{
    /* 4.2.5: the next one is not compared with it, and what comes after the last is not checked. */
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") "," SCENE("2", "b", "8", "^500") "," SCENE("3", "c", "20", "4"), ""),
                 30, "slice-range:L ^1 /asset_table/1/size #2");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "^9"), ""), 8, "slice-range:L ^1 /asset_table/0/size #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{}", "^18446744073709551615", "8"), ""), 8,
                 "slice-range:L ^0 /asset_table/0/offset #1; entry-range-exact:C ^0 /asset_table/0/offset #1");
    CHECK_HEADER(HEADER(SCENE("1", "a", "^8e0", "8") "," SCENE("2", "b", "12", "4"), ""), 20,
                 "entry-type:L ^0 /asset_table/0/offset #1");
    CHECK_HEADER(HEADER(SCENE("1", "a", "^'0'", "8") "," SCENE("2", "b", "12", "4"), ""), 20,
                 "entry-type:L ^0 /asset_table/0/offset #1");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "8") ","
                                                  "^7"
                                                  "," SCENE("2", "b", "12", "4"),
                        ""),
                 20, "header-shape:L ^0 /asset_table/1");
}

/* What the one finding of a pack says. */
static void check_message(const struct plan *plan, const char *words)
{
    struct pack pack = pack_make(plan);
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true, .jobs = 1}, &report);
    REQUIRE(report.findings.count == 1);
    CHECK(strstr(report.findings.items[0].message, words) != NULL);
    verify_report_free(&report);
    pack_free(&pack);
}

#define FOUR                                                                                                           \
    HEADER(SCENE("1", "a", "0", "8") "," SCENE("2", "b", "8", "^8") "," SCENE("3", "c", "^16",                         \
                                                                              "8") "," SCENE("4", "d", "24", "^8"),    \
           "")

UNIT_TEST(a_cut_is_one_finding)
{
    CHECK_HEADER(FOUR, 9, "slice-range:L ^1 /asset_table/1/size #2");
    check_message(&(const struct plan){.header = FOUR, .payload = 9}, "23 bytes are missing at its end, and 3 assets");
    /* At a boundary, the next one begins at the end of the file, and has no byte. */
    CHECK_HEADER(FOUR, 8, "slice-range:L ^1 /asset_table/1/size #2");
    CHECK_HEADER(FOUR, 31, "slice-range:L ^4 /asset_table/3/size #4");
    check_message(&(const struct plan){.header = FOUR, .payload = 31}, "1 byte is missing at its end, and 1 asset is");
    check_message(&(const struct plan){.header = FOUR, .payload = 0}, "32 bytes are missing at its end, and 4 assets");
    CHECK_HEADER(FOUR, 32, "");
    /* Payloads of no bytes after the cut are not in the file either. */
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "^8") "," SCENE("2", "b", "8", "0"), ""), 7,
                 "slice-range:L ^1 /asset_table/0/size #1");
    check_message(&(const struct plan){.header = HEADER(SCENE("1", "a", "0", "8") "," SCENE("2", "b", "8", "0"), ""),
                                       .payload = 7},
                  "2 assets");
}

UNIT_TEST(slices_that_leave_the_file_for_other_reasons_are_findings_each)
{
    /* A gap, an overlap, a member that is not known. */
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "^8") "," SCENE("2", "b", "^9", "8"), ""), 4,
                 "slice-range:L ^1 /asset_table/0/size #1; slice-range:L ^2 /asset_table/1/offset #2");
    CHECK_HEADER(HEADER(SCENE("1", "a", "0", "^8") "," SCENE("2", "b", "7", "^8"), ""), 7,
                 "slice-range:L ^1 /asset_table/0/size #1; slice-range:L ^3 /asset_table/1/size #2");
    CHECK_HEADER(HEADER(SCENE("1", "a", "^'0'", "8") "," SCENE("2", "b", "8", "^8"), ""), 8,
                 "entry-type:L ^0 /asset_table/0/offset #1; slice-range:L ^2 /asset_table/1/size #2");
    /* No file is that long. */
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{}", "0", "^18446744073709551615") "," ENTRY(
                            "2", "'b'", "'SCENE'", "8", "{}", "^18446744073709551615", "1"),
                        ""),
                 8,
                 "slice-range:L ^0 /asset_table/0/size #1; slice-range:L ^1 /asset_table/1/offset #2; "
                 "entry-range-exact:C ^0 /asset_table/0/size #1; entry-range-exact:C ^1 /asset_table/1/offset #2");
}

UNIT_TEST(work_stays_in_proportion_when_payloads_overlap)
{
    /* A thousand entries of the same mebibyte: a gibibyte of needless hashing. */
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_add_string(&header, "{'asset_table':[");
    for (int i = 1; i <= 1000; i++) {
        base_text_addf(&header,
                       "%s{'asset_id':%d,'asset_name':'%d','bank_type':'SCENE','codec':'NONE','decoded_size':1048576,"
                       "'metadata':{},'offset':0,'size':1048576}",
                       i > 1 ? "," : "", i, i);
    }
    base_text_add_string(&header, "],'preload':[]}");
    struct pack pack = pack_make(&(const struct plan){.header = base_text_string(&header), .payload = 1048576});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_options options = {.no_companions = true, .jobs = 2};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    CHECK_U64(report.findings.total[DIAG_SLICE_OVERLAP], 999);
    CHECK_U64(report.checked.assets, 1000);
    CHECK(report.checked.bytes < 32 * UINT64_C(1048576));
    CHECK(report.assets[0].has_hash);
    CHECK(!report.assets[999].has_hash);
    bool said = false;
    for (size_t i = 0; i < report.not_checked_count; i++) {
        said = said || strcmp(report.not_checked[i], "payloads of assets that overlap many others") == 0;
    }
    CHECK(said);
    verify_report_free(&report);
    pack_free(&pack);
    base_text_free(&header);
}
