#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

/* What the reader finds comes with place, pointer and asset: one of each id that has no test elsewhere. */

UNIT_TEST(banks_and_codecs)
{
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "^'TILES'", "8", "{}", "0", "8"), ""), 8,
                 "bank-legacy:L ^0 /asset_table/0/bank_type #1");
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "^'glyph'", "8", "{}", "0", "8"), ""), 8,
                 "bank-unknown:L ^0 /asset_table/0/bank_type #1");
    CHECK_HEADER(
        HEADER("{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':^'RAW','decoded_size':8,'metadata':{},"
               "'offset':0,'size':8}",
               ""),
        8, "codec-legacy:L ^0 /asset_table/0/codec #1");
    CHECK_HEADER(
        HEADER("{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':^'LZ4','decoded_size':8,'metadata':{},"
               "'offset':0,'size':8}",
               ""),
        8, "codec-unknown:L ^0 /asset_table/0/codec #1");
}

UNIT_TEST(the_pointer_names_the_member_and_the_message_says_what_is_there)
{
    struct pack pack = pack_make(
        &(const struct plan){.header = HEADER(ENTRY("1", "'a'", "'x^\ty'", "8", "{}", "0", "8"), ""), .payload = 8});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true}, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_JSON_SYNTAX);
    REQUIRE(finding != NULL);
    CHECK_U64(finding->place.byte_offset, pack.marks[0]);
    CHECK(finding->place.json_pointer == NULL);
    CHECK_STRING(finding->message, "expected control characters in strings to be escaped");
    verify_report_free(&report);
    pack_free(&pack);

    pack = pack_make(
        &(const struct plan){.header = HEADER(ENTRY("1", "'a'", "'BOX'", "8", "{}", "0", "8"), ""), .payload = 8});
    bytes.assets_pa = pack_bytes(&pack);
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true}, &report);
    finding = finding_of(&report, DIAG_BANK_UNKNOWN);
    REQUIRE(finding != NULL);
    CHECK_STRING(finding->place.json_pointer, "/asset_table/0/bank_type");
    CHECK(strstr(finding->message, "bank_type") == NULL);
    CHECK_STRING(finding->actual, "\"BOX\"");
    verify_report_free(&report);
    pack_free(&pack);
}

UNIT_TEST(messages_of_a_shape_name_their_member_once)
{
    struct pack pack = pack_make(&(const struct plan){.header = "{'asset_table':7}"});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true}, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_HEADER_SHAPE);
    REQUIRE(finding != NULL);
    CHECK(strncmp(finding->message, "asset_table: ", 13) != 0);
    CHECK_STRING(finding->expected, "an array");
    CHECK_STRING(finding->actual, "7");
    verify_report_free(&report);
    pack_free(&pack);
}

UNIT_TEST(a_thousand_faults_are_counted_and_a_hundred_kept)
{
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_add_string(&header, "{'asset_table':[");
    for (int i = 1; i <= 1000; i++) {
        base_text_addf(&header, "%s{'asset_id':%d}", i > 1 ? "," : "", i);
    }
    base_text_add_string(&header, "],'preload':[]}");
    struct pack pack = pack_make(&(const struct plan){.header = base_text_string(&header)});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true, .jobs = 1}, &report);
    CHECK_U64(report.findings.total[DIAG_ENTRY_MISSING_MEMBER], 7000);
    CHECK_U64(report.findings.errors[DIAG_CLASS_L], 7000);
    CHECK_U64(report.findings.count, BASE_FINDINGS_KEPT);
    CHECK_U64(report.asset_count, 1000);
    verify_report_free(&report);
    pack_free(&pack);
    base_text_free(&header);
}

/* 4.1: class C inside the metadata of an element; an object where the array belongs has no elements. */
UNIT_TEST(metadata_is_that_of_an_element)
{
    CHECK_HEADER("{'asset_table':^{'a':{'metadata':{'k':1,^'k':2}}},'preload':[]}", 0,
                 "header-shape:L ^0 /asset_table; json-duplicate-key:L ^1 /asset_table/a/metadata/k");
    CHECK_HEADER("{'asset_table':[],'preload':^{'a':{'metadata':{'k':1,^'k':2}}}}", 0,
                 "header-shape:L ^0 /preload; json-duplicate-key:L ^1 /preload/a/metadata/k");
}
