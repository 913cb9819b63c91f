#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

#include <stdlib.h>

#define ONE HEADER(SCENE("1", "map", "0", "8"), "")
#define EMPTY HEADER("", "")

UNIT_TEST(a_sound_pack_has_no_finding)
{
    CHECK_HEADER(ONE, 8, "");
    CHECK_HEADER(EMPTY, 0, "");
    CHECK_HEADER(HEADER(GLYPH("1", "a", SHEET("64"), "0"), PRELOAD("1", "15")), GLYPH_BYTES, "");
    CHECK_HEADER(HEADER(SOUND("1", "a", TONE("1", "4"), "0", "8"), ""), 8, "");
}

UNIT_TEST(magic_and_version_are_checked_in_order)
{
    CHECK_PLAN("prelude-magic:L @0", .header = ONE, .payload = 8, .magic = "ASPB");
    CHECK_PLAN("prelude-magic:L @0", .header = ONE, .payload = 8, .magic = "XXXX", .schema_version = 2, .flags = 1);
    CHECK_PLAN("prelude-version:L @4", .header = ONE, .payload = 8, .schema_version = 2);
    /* 4.2.1: nothing after a fault of class L. */
    CHECK_PLAN("prelude-version:L @4", .header = ONE, .payload = 8, .schema_version = 2, .flags = 1,
               .payload_offset = 7);
    CHECK_PLAN("prelude-payload-offset:L @12", .header = ONE, .payload = 8, .payload_offset = 7, .flags = 1);
}

UNIT_TEST(header_length_is_inside_the_file)
{
    CHECK_PLAN("prelude-header-length:L @8", .header = ONE, .payload = 8, .has_header_len = true, .header_len = 1);
    CHECK_PLAN("prelude-header-length:L @8", .header = ONE, .payload = 8, .has_header_len = true);
    CHECK_PLAN("prelude-header-length:L @8", .header = ONE, .payload = 8, .has_header_len = true, .header_len = 5000);
    CHECK_PLAN("file-truncated:L +8", .header = ONE, .payload = 8, .has_header_len = true, .header_len = 5000,
               .payload_offset = 5032);
}

UNIT_TEST(payload_offset_is_between_header_and_end)
{
    CHECK_PLAN("prelude-payload-offset:L @12", .header = ONE, .payload = 8, .payload_offset = 33);
    CHECK_PLAN("prelude-payload-offset:L @12", .header = ONE, .payload = 8, .payload_offset = 5000);
    CHECK_PLAN("prelude-payload-offset:L @12", .header = ONE, .payload = 8, .payload_offset = UINT64_MAX);
}

UNIT_TEST(each_reserved_field_is_a_finding_and_the_rest_goes_on)
{
    CHECK_PLAN("prelude-reserved:C @20; prelude-reserved:C @24; prelude-reserved:C @28; name-empty:C ^0 "
               "/asset_table/0/asset_name #1",
               .header = HEADER(ENTRY("1", "^''", "'SCENE'", "8", "{}", "0", "8"), ""), .payload = 8, .flags = 1,
               .reserved = 0x80000000, .checksum = 7);
}

static void check_short(size_t size, const char *expected)
{
    static const struct verify_options options = {.no_companions = true, .jobs = 1};
    struct pack pack = pack_make(&(const struct plan){.header = ONE, .payload = 8});
    struct verify_build_bytes bytes = {.assets_pa = base_bytes_make(pack.data, size)};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    CHECK_REPORT(&report, expected);
    CHECK_U64(report.loads, VERIFY_VERDICT_NO);
    CHECK_U64(report.file_size, size);
    CHECK(report.has_prelude == (size >= 32));
    verify_report_free(&report);
    pack_free(&pack);
}

UNIT_TEST(a_short_file_is_truncated)
{
    check_short(0, "file-truncated:L @0");
    check_short(31, "file-truncated:L @31");
    check_short(32, "file-truncated:L @32");
    check_short(100, "file-truncated:L @100");
}

UNIT_TEST(the_cap_of_the_header_is_an_option)
{
    struct pack pack = pack_make(&(const struct plan){.header = ONE, .payload = 8});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_options options = {.no_companions = true, .jobs = 1, .max_header = 50};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    CHECK_REPORT(&report, "prelude-header-length:L @8");
    CHECK_STRING(report.findings.items[0].expected, "2 to 50");
    verify_report_free(&report);
    pack_free(&pack);
}

UNIT_TEST(findings_of_the_prelude_tell_expected_and_actual)
{
    struct pack pack = pack_make(&(const struct plan){.header = ONE, .payload = 8, .schema_version = 9});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_options options = {.no_companions = true, .jobs = 1};
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    REQUIRE(report.findings.count == 1);
    CHECK_STRING(report.findings.items[0].expected, "1");
    CHECK_STRING(report.findings.items[0].actual, "9");
    CHECK(report.has_prelude);
    CHECK_U64(report.prelude.schema_version, 9);
    CHECK_U64(report.asset_count, 0);
    CHECK(report.not_checked_count >= 1);
    verify_report_free(&report);
    pack_free(&pack);
}

/* ---- The legacy prelude: 24 bytes ---- */

static struct base_text legacy_pack(const char *pattern, uint32_t header_len)
{
    struct marked header = marked_make(pattern);
    struct base_text file = BASE_TEXT_EMPTY;
    uint8_t prelude[24] = "PPA1";
    base_store_le32(prelude + 4, 1);
    base_store_le32(prelude + 8, header_len != 0 ? header_len : (uint32_t)header.size);
    base_store_le32(prelude + 12, (uint32_t)(24 + header.size));
    base_store_le32(prelude + 16, 5);
    base_store_le32(prelude + 20, 6);
    base_text_add(&file, base_bytes_make(prelude, sizeof prelude));
    base_text_add(&file, marked_bytes(&header));
    base_text_add_string(&file, "12345678");
    marked_free(&header);
    return file;
}

static void verify_text(const struct base_text *file, struct verify_report *report)
{
    static const struct verify_options options = {.no_companions = true, .jobs = 1};
    struct verify_build_bytes bytes = {.assets_pa = base_text_bytes(file)};
    verify_bytes(&bytes, &options, report);
}

UNIT_TEST(a_legacy_pack_is_named_and_listed)
{
    struct base_text file = legacy_pack(
        HEADER(ENTRY("1", "'old'", "'TILES'", "8", "{'pipeline':{}}", "0", "8") ",{'asset_id':2}", PRELOAD("1", "99")),
        0);
    struct verify_report report;
    verify_text(&file, &report);
    CHECK_REPORT(&report, "prelude-legacy:L @0");
    CHECK(report.legacy && report.has_prelude);
    CHECK_U64(report.prelude.flags, 5);
    CHECK_U64(report.prelude.reserved, 6);
    CHECK_U64(report.prelude.payload_offset, file.size - 8);
    REQUIRE(report.asset_count == 2);
    CHECK_STRING(report.assets[0].bank, "TILES");
    CHECK_STRING(report.assets[0].name, "old");
    CHECK(report.assets[1].name == NULL && report.assets[1].has_asset_id);
    REQUIRE(report.preload_count == 1);
    CHECK_U64(report.preload[0].slot, 99);
    CHECK_U64(report.loads, VERIFY_VERDICT_NO);
    CHECK_U64(report.conforms, VERIFY_VERDICT_NO);
    CHECK_U64(report.checked.assets, 0);
    verify_report_free(&report);
    base_text_free(&file);
}

UNIT_TEST(a_damaged_legacy_pack_is_listed_as_far_as_it_goes)
{
    struct base_text file =
        legacy_pack("{'asset_table':[" SCENE("1", "map", "0", "8") ",{'asset_id':2,'asset_name':tru", 0);
    struct verify_report report;
    verify_text(&file, &report);
    CHECK_REPORT(&report, "prelude-legacy:L @0");
    REQUIRE(report.asset_count == 2);
    CHECK_STRING(report.assets[0].name, "map");
    CHECK_U64(report.assets[1].asset_id, 2);
    verify_report_free(&report);
    base_text_free(&file);
    file = legacy_pack("{}", 5000);
    verify_text(&file, &report);
    CHECK_REPORT(&report, "prelude-legacy:L @0");
    CHECK(!report.legacy);
    verify_report_free(&report);
    base_text_free(&file);
}
