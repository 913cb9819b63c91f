#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

#include <sys/stat.h>
#include <unistd.h>

UNIT_TEST(a_sound_build_has_no_finding)
{
    struct build build = small_build();
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    CHECK_BUILD(&build, "");
    verify_bytes(&bytes, NULL, &report);
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    CHECK_U64(report.checked.assets, 2);
    CHECK_U64(report.checked.companions, 3);
    CHECK_U64(report.checked.hashes, 3 + 2 * 2);
    CHECK_U64(report.checked.bytes, build.files[ASSETS_PA].size + build.files[ASSET_TABLE].size +
                                        build.files[PRELOAD_JSON].size + build.files[METADATA].size);
    verify_report_free(&report);
    build_free(&build);
}

/* Verifies the small build after one replacement in one file. */
static void check_replaced(enum build_file file, const char *from, const char *to, const char *expected, unsigned line)
{
    struct build build = small_build();
    build_replace(&build, file, from, to);
    check_build(&build, expected, __FILE__, line);
    build_free(&build);
}
#define CHECK_REPLACED(file, from, to, expected) check_replaced(file, from, to, expected, __LINE__)

/* ---- Missing ---- */

static bool was_not_checked(const struct verify_report *report, const char *reason)
{
    size_t i = 0;
    while (i < report->not_checked_count && strcmp(report->not_checked[i], reason) != 0) {
        i++;
    }
    return i < report->not_checked_count;
}

UNIT_TEST(a_companion_that_is_not_there_is_missing)
{
    struct build build = small_build();
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    bytes.preload.data = NULL;
    verify_bytes(&bytes, NULL, &report);
    CHECK_REPORT(&report, "preload.json: companion-missing:C -");
    CHECK_U64(report.checked.hashes, 7);
    verify_report_free(&report);
    bytes = build_bytes(&build);
    bytes.metadata.data = NULL;
    verify_bytes(&bytes, NULL, &report);
    CHECK_REPORT(&report, "asset_table_metadata.json: companion-missing:C -");
    CHECK_U64(report.checked.hashes, 0);
    CHECK(was_not_checked(&report, "hashes: no asset_table_metadata.json"));
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(without_companions_none_is_missed)
{
    struct build build = small_build();
    struct verify_build_bytes bytes = {.assets_pa = base_text_bytes(&build.files[ASSETS_PA])};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true}, &report);
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    CHECK_U64(report.checked.companions, 0);
    REQUIRE(report.not_checked_count == 2);
    CHECK_STRING(report.not_checked[1], "companions, recorded hashes and sources: said to be none");
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(a_directory_is_verified_like_memory)
{
    struct build build = small_build();
    struct verify_report report;
    build_write(&build, "out");
    verify_build(unit_path("out"), NULL, &report);
    CHECK_REPORT(&report, "");
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    CHECK_U64(report.checked.companions, 3);
    CHECK_STRING(report.file, unit_path("out"));
    verify_report_free(&report);
    verify_path(unit_path("out/"), NULL, &report);
    CHECK_U64(report.kind, VERIFY_REPORT_PACK);
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    CHECK_U64(report.checked.companions, 3);
    verify_report_free(&report);
    verify_build(unit_path("out"), &(const struct verify_options){.no_companions = true}, &report);
    CHECK_U64(report.checked.companions, 0);
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(what_is_not_a_regular_file_is_missing)
{
    struct build build = small_build();
    struct verify_report report;
    build_write(&build, "out");
    REQUIRE(unlink(unit_path("out/preload.json")) == 0);
    REQUIRE(mkfifo(unit_path("out/preload.json"), 0600) == 0);
    REQUIRE(rename(unit_path("out/asset_table.json"), unit_path("out/table")) == 0);
    REQUIRE(symlink("table", unit_path("out/asset_table.json")) == 0);
    REQUIRE(unlink(unit_path("out/asset_table_metadata.json")) == 0);
    REQUIRE(mkdir(unit_path("out/asset_table_metadata.json"), 0700) == 0);
    verify_build(unit_path("out"), NULL, &report);
    CHECK_REPORT(&report, "asset_table.json: companion-missing:C -; preload.json: companion-missing:C -; "
                          "asset_table_metadata.json: companion-missing:C -");
    CHECK_STRING(report.findings.items[0].message, "the companion is not a regular file");
    CHECK_STRING(report.findings.items[0].place.file, unit_path("out/asset_table.json"));
    verify_report_free(&report);
    build_free(&build);
}

/* ---- table-mismatch, preload-mismatch ---- */

UNIT_TEST(a_member_that_differs_is_told_by_its_place)
{
    CHECK_REPLACED(ASSET_TABLE, "'size':8", "'size':^9", "asset_table.json: table-mismatch:C ^0 /1/size #7");
    CHECK_REPLACED(ASSET_TABLE, "'beep'", "^'peep'", "asset_table.json: table-mismatch:C ^0 /1/asset_name #7");
    CHECK_REPLACED(ASSET_TABLE, "'frames':4", "'frames':^5",
                   "asset_table.json: table-mismatch:C ^0 /1/metadata/frames #7");
    CHECK_REPLACED(ASSET_TABLE, "'asset_id':7", "'asset_id':^8",
                   "asset_table.json: table-mismatch:C ^0 /1/asset_id #7");
    CHECK_REPLACED(ASSET_TABLE, "'metadata':{}", "'metadata':{^'a':1}",
                   "asset_table.json: table-mismatch:C ^0 /0/metadata/a #1");
    CHECK_REPLACED(ASSET_TABLE, ",'sample_rate':8000}", "^}", "asset_table.json: table-mismatch:C ^0 /1/metadata #7");
    CHECK_REPLACED(PRELOAD_JSON, "'slot':0", "'slot':^1", "preload.json: preload-mismatch:C ^0 /0/slot #7");
}

UNIT_TEST(a_member_that_lacks_or_is_too_many)
{
    CHECK_REPLACED(ASSET_TABLE, "'codec':'NONE',", "", "asset_table.json: table-mismatch:C @1 /0 #1");
    CHECK_REPLACED(ASSET_TABLE, "'codec':'NONE',", "'codec':'NONE',^'crc':5,",
                   "asset_table.json: table-mismatch:C ^0 /0/crc #1");
    CHECK_REPLACED(PRELOAD_JSON, "'slot':0", "'slot':0,^'x':'y'", "preload.json: preload-mismatch:C ^0 /0/x #7");
}

UNIT_TEST(an_entry_that_lacks_or_is_too_many)
{
    struct build build = small_build();
    build_replace(&build, ASSET_TABLE, SCENE("1", "map", "0", "16") ",", "");
    CHECK_BUILD(&build, "asset_table.json: table-mismatch:C @1 /0 #1");
    build_free(&build);
    build = small_build();
    build_replace(&build, ASSET_TABLE, "}]", "},^" SCENE("9", "more", "24", "0") "]");
    CHECK_BUILD(&build, "asset_table.json: table-mismatch:C ^0 /2 #9");
    build_free(&build);
    build = small_build();
    build_replace(&build, PRELOAD_JSON, "," PRELOAD("1", "3") "]", "^]");
    CHECK_BUILD(&build, "preload.json: preload-mismatch:C ^0 /1 #1");
    build_free(&build);
    build = small_build();
    base_text_clear(&build.files[ASSET_TABLE]);
    base_text_add_string(&build.files[ASSET_TABLE], "[]");
    CHECK_BUILD(&build, "asset_table.json: table-mismatch:C @1 /0 #1; asset_table.json: table-mismatch:C @1 /0 #7");
    build_free(&build);
}

UNIT_TEST(every_member_that_differs_is_told)
{
    struct build build = small_build();
    build_replace(&build, ASSET_TABLE, "'asset_name':'map'", "'asset_name':^'mop'");
    build_replace(&build, ASSET_TABLE, "'offset':16", "'offset':^17");
    build_replace(&build, ASSET_TABLE, "'channels':1", "'channels':^2");
    CHECK_BUILD(&build, "asset_table.json: table-mismatch:C ^0 /0/asset_name #1; asset_table.json: table-mismatch:C ^2 "
                        "/1/metadata/channels #7; asset_table.json: table-mismatch:C ^1 /1/offset #7");
    build_free(&build);
}

UNIT_TEST(expected_is_the_header_and_actual_the_companion)
{
    struct build build = small_build();
    build_replace(&build, ASSET_TABLE, "'beep'", "'bep'");
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, NULL, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_TABLE_MISMATCH);
    REQUIRE(finding != NULL);
    CHECK_STRING(finding->expected, "\"beep\"");
    CHECK_STRING(finding->actual, "\"bep\"");
    verify_report_free(&report);
    build_free(&build);
}

/* ---- companion-syntax ---- */

UNIT_TEST(a_companion_that_is_not_canonical_json)
{
    CHECK_REPLACED(ASSET_TABLE, "'size':8}]", "'size':8^}", "asset_table.json: companion-syntax:C @287");
    CHECK_REPLACED(ASSET_TABLE, "}]", "}^ ]", "asset_table.json: companion-syntax:C ^0");
    CHECK_REPLACED(ASSET_TABLE, "}]", "}]^\n", "asset_table.json: companion-syntax:C ^0");
    CHECK_REPLACED(PRELOAD_JSON, "'asset_id':7,'slot':0", "'slot':0,'asset_id':7",
                   "preload.json: companion-syntax:C @3");
    CHECK_REPLACED(PRELOAD_JSON, "'slot':0", "'slot':0,^'slot':0", "preload.json: companion-syntax:C ^0 /0/slot");
    CHECK_REPLACED(PRELOAD_JSON, "'slot':0", "'slot':^0.0", "preload.json: companion-syntax:C ^0 /0/slot");
    CHECK_REPLACED(PRELOAD_JSON, "'slot':0", "'slot':^-0", "preload.json: companion-syntax:C ^0 /0/slot");
    CHECK_REPLACED(ASSET_TABLE, "'beep'", "'b^\\u0065ep'", "asset_table.json: companion-syntax:C ^0");
    CHECK_REPLACED(ASSET_TABLE, "'beep'", "'^\xff'", "asset_table.json: companion-syntax:C ^0");
}

UNIT_TEST(a_companion_of_another_shape)
{
    struct build build = small_build();
    const struct {
        const char *text;
        const char *expected;
    } cases[] = {
        {"{}", "preload.json: companion-syntax:C @0"},      {"null", "preload.json: companion-syntax:C @0"},
        {"\"x\"", "preload.json: companion-syntax:C @0"},   {"[{},3]", "preload.json: companion-syntax:C @4 /1"},
        {"[[]]", "preload.json: companion-syntax:C @1 /0"}, {"", "preload.json: companion-syntax:C @0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        base_text_clear(&build.files[PRELOAD_JSON]);
        base_text_add_string(&build.files[PRELOAD_JSON], cases[i].text);
        CHECK_BUILD(&build, cases[i].expected);
    }
    build_free(&build);
}

UNIT_TEST(two_faults_of_a_companion_are_both_told)
{
    struct build build = small_build();
    build_replace(&build, ASSET_TABLE, "[{", "[^ {");
    build_replace(&build, ASSET_TABLE, "'beep'", "^'peep'");
    CHECK_BUILD(&build,
                "asset_table.json: companion-syntax:C ^0; asset_table.json: table-mismatch:C ^1 /1/asset_name #7");
    build_free(&build);
}

/* ---- Headers that are not canonical themselves ---- */

static struct build build_with_header(const char *header, const char *table, const char *preload)
{
    static const struct recorded assets[] = {{.asset_id = "1", .root = "a", .size = 8}};
    struct plan plan = {.header = header, .payload = 8};
    struct pack pack = pack_make(&plan);
    struct build build = {.payload_at = pack.payload_at};
    base_text_add(&build.files[ASSETS_PA], pack_bytes(&pack));
    add_pattern(&build.files[ASSET_TABLE], table);
    add_pattern(&build.files[PRELOAD_JSON], preload);
    build.files[METADATA] = document_make(&pack, assets, 1);
    pack_free(&pack);
    return build;
}

UNIT_TEST(a_mirror_of_a_header_that_is_not_canonical_is_not_a_fault_of_its_own)
{
    struct build build = build_with_header("{'asset_table':[ " SCENE("1", "a", "0", "8") "],'preload':[]}",
                                           "[ " SCENE("1", "a", "0", "8") "]", "[]");
    CHECK_BUILD(&build, "json-not-canonical:C @48");
    build_free(&build);
    /* Other bytes are a mismatch, even when they say the same. */
    build = build_with_header("{'asset_table':[ " SCENE("1", "a", "0", "8") "],'preload':[]}",
                              "[" SCENE("1", "a", "0", "8") "]", "[]");
    CHECK_BUILD(&build, "json-not-canonical:C @48; asset_table.json: table-mismatch:C @1");
    build_free(&build);
}

UNIT_TEST(a_header_without_preload_mirrors_as_an_empty_array)
{
    struct build build =
        build_with_header("{'asset_table':[" SCENE("1", "a", "0", "8") "]}", "[" SCENE("1", "a", "0", "8") "]", "[]");
    CHECK_BUILD(&build, "preload-missing:C @32");
    build_free(&build);
    build = build_with_header("{'asset_table':[" SCENE("1", "a", "0", "8") "]}", "[" SCENE("1", "a", "0", "8") "]",
                              "[" PRELOAD("1", "0") "]");
    CHECK_BUILD(&build, "preload-missing:C @32; preload.json: preload-mismatch:C @1 /0 #1");
    build_free(&build);
}

UNIT_TEST(without_an_array_in_the_header_only_the_form_is_checked)
{
    struct build build = build_with_header("{'asset_table':{},'preload':[]}", "[" SCENE("1", "a", "0", "8") "]", "[]");
    CHECK_BUILD(&build, "header-shape:L @47 /asset_table");
    build_free(&build);
    build = build_with_header("{'asset_table':[}", "[ ]", "[5]");
    CHECK_BUILD(&build,
                "json-syntax:L @48; asset_table.json: companion-syntax:C @1; preload.json: companion-syntax:C @1 /0");
    build_free(&build);
}

UNIT_TEST(elements_of_the_header_that_are_no_objects_are_not_compared)
{
    struct build build = build_with_header("{'asset_table':[" SCENE("1", "a", "0", "8") "],'preload':[4]}",
                                           "[" SCENE("1", "a", "0", "8") "]", "[{}]");
    CHECK_BUILD(&build, "header-shape:L @178 /preload/0; preload.json: preload-mismatch:C @1");
    build_free(&build);
}

UNIT_TEST(of_repeated_members_the_first_is_compared)
{
    struct build build =
        build_with_header(HEADER(ENTRY("1", "'a','asset_name':'b'", "'SCENE'", "8", "{}", "0", "8"), ""),
                          "[" SCENE("1", "b", "0", "8") "]", "[]");
    CHECK_BUILD(&build, "json-duplicate-key:L @79 /asset_table/0/asset_name #1; asset_table.json: table-mismatch:C @28 "
                        "/0/asset_name #1");
    build_free(&build);
}

UNIT_TEST(large_companions_are_compared_in_pieces)
{
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_add_string(&header, "{'asset_table':[");
    for (int i = 1; i <= 1000; i++) {
        base_text_addf(&header,
                       "%s{'asset_id':%d,'asset_name':'asset number %d','bank_type':'SCENE','codec':'NONE',"
                       "'decoded_size':0,'metadata':{},'offset':0,'size':0}",
                       i > 1 ? "," : "", i, i);
    }
    struct base_text table = BASE_TEXT_EMPTY;
    base_text_add_string(&table, base_text_string(&header) + strlen("{'asset_table':"));
    base_text_add_char(&table, ']');
    base_text_add_string(&header, "],'preload':[]}");
    struct plan plan = {.header = base_text_string(&header)};
    struct pack pack = pack_make(&plan);
    struct build build = {.payload_at = pack.payload_at};
    base_text_add(&build.files[ASSETS_PA], pack_bytes(&pack));
    add_pattern(&build.files[ASSET_TABLE], base_text_string(&table));
    base_text_add_string(&build.files[PRELOAD_JSON], "[]");
    build.files[METADATA] = document_make(&pack, NULL, 0);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    CHECK(build.files[ASSET_TABLE].size > 2 << 16);
    verify_bytes(&bytes, NULL, &report);
    CHECK_REPORT(&report, "asset_table_metadata.json: companion-syntax:C @10 /assets");
    verify_report_free(&report);
    build_replace(&build, ASSET_TABLE, "'asset number 900'", "'asset number 9oo'");
    bytes = build_bytes(&build);
    verify_bytes(&bytes, NULL, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_TABLE_MISMATCH);
    REQUIRE(finding != NULL);
    CHECK_STRING(finding->place.json_pointer, "/899/asset_name");
    CHECK_U64(finding->place.asset_id, 900);
    CHECK_U64(report.findings.total[DIAG_TABLE_MISMATCH], 1);
    verify_report_free(&report);
    build_free(&build);
    pack_free(&pack);
    base_text_free(&table);
    base_text_free(&header);
}

/* The id of the companion's one endless element is read once, not once for each entry that it lacks. */
UNIT_TEST(a_companion_of_one_endless_element_costs_one_look)
{
    struct base_text header = BASE_TEXT_EMPTY;
    struct build build = {.payload_at = 0};
    base_text_add_string(&header, "{'asset_table':[");
    for (int i = 1; i <= 20000; i++) {
        base_text_addf(&header, "%s{'asset_id':%d}", i > 1 ? "," : "", i);
    }
    base_text_add_string(&header, "],'preload':[]}");
    struct plan plan = {.header = base_text_string(&header)};
    struct pack pack = pack_make(&plan);
    base_text_add(&build.files[ASSETS_PA], pack_bytes(&pack));
    base_text_add_string(&build.files[ASSET_TABLE], "[{\"a\":[0");
    for (int i = 0; i < 1000000; i++) {
        base_text_add_string(&build.files[ASSET_TABLE], ",0");
    }
    base_text_add_string(&build.files[ASSET_TABLE], "],\"asset_id\":30000}]");
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    bytes.preload = (struct base_bytes){.data = NULL};
    verify_bytes(&bytes, NULL, &report);
    CHECK_U64(report.findings.total[DIAG_TABLE_MISMATCH], 20001);
    verify_report_free(&report);
    pack_free(&pack);
    build_free(&build);
    base_text_free(&header);
}

/* Sparse files: a gibibyte of them is not read. */
UNIT_TEST(companions_too_large_to_be_ones)
{
    const off_t huge = (off_t)(1 << 30) + 1;
    struct build build = small_build();
    struct verify_report report;
    build_write(&build, "out");
    REQUIRE(truncate(unit_path("out/asset_table.json"), huge) == 0);
    REQUIRE(truncate(unit_path("out/preload.json"), huge) == 0);
    REQUIRE(truncate(unit_path("out/asset_table_metadata.json"), huge) == 0);
    verify_build(unit_path("out"), NULL, &report);
    struct base_text expected = BASE_TEXT_EMPTY;
    base_text_addf(&expected,
                   "asset_table.json: table-mismatch:C @%zu; preload.json: preload-mismatch:C @%zu; "
                   "asset_table_metadata.json: companion-syntax:C @1073741824",
                   build.files[ASSET_TABLE].size, build.files[PRELOAD_JSON].size);
    CHECK_REPORT(&report, base_text_string(&expected));
    CHECK(report.checked.bytes < 10000);
    base_text_free(&expected);
    verify_report_free(&report);
    build_free(&build);
}

/* ---- Elements that are no objects ---- */

UNIT_TEST(an_element_of_the_header_that_is_not_an_object_is_not_compared)
{
    struct build build = build_make(&(const struct plan){.header = "{'asset_table':[7],'preload':[]}"}, NULL, 0);
    build_replace(&build, ASSET_TABLE, "[7]", "[{'a':1}]");
    CHECK_BUILD(&build, "header-shape:L @48 /asset_table/0; asset_table.json: table-mismatch:C @1; "
                        "asset_table_metadata.json: companion-syntax:C @10 /assets");
    build_free(&build);
}

/* ---- Tiles ---- */

#define SPRITE(tile, columns, rows, palettes)                                                                          \
    "{'columns':" columns "," palettes ",'path':'a','rows':" rows ",'tile':" tile "}"

/* A sheet of 1,024 tiles with three palettes, and a pixel in tile 34: 16, 8. */
enum { PIXEL_16_8 = 8 * 128 + 16 / 2 };

static struct build sheet_with(const char *tiles, bool version_1)
{
    static const struct plan plan = {
        .header = HEADER(GLYPH("5", "a", SHEET("3"), "0"), ""), .payload = GLYPH_BYTES, .blank = true};
    struct recorded recorded = {
        .asset_id = "5", .root = "a", .size = GLYPH_BYTES, .tiles = tiles, .version_1 = version_1};
    struct build build = build_make(&plan, &recorded, 1);
    struct pack pack = pack_make(&plan);
    pack.data[pack.payload_at + PIXEL_16_8] = 0x01;
    memcpy(build.files[ASSETS_PA].data, pack.data, pack.size);
    base_text_free(&build.files[METADATA]);
    build.files[METADATA] = document_make(&pack, &recorded, 1);
    pack_free(&pack);
    return build;
}

static void check_tiles(const char *tiles, const char *expected, unsigned line)
{
    struct build build = sheet_with(tiles, false);
    check_build(&build, expected, __FILE__, line);
    build_free(&build);
}
#define CHECK_TILES(tiles, expected) check_tiles(tiles, expected, __LINE__)

UNIT_TEST(tiles_that_fit_the_sheet)
{
    CHECK_TILES("[" SPRITE("34", "1", "1", "'palette':2") "]", "");
    CHECK_TILES("[" SPRITE("0", "32", "32", "'palette':0") "]", "");
    CHECK_TILES("[" SPRITE("34", "2", "1", "'palettes':[0,2]") "," SPRITE("0", "1", "34", "'palette':1") "]", "");
}

UNIT_TEST(a_pixel_of_a_tile_that_no_sprite_has)
{
    CHECK_TILES("[" SPRITE("0", "2", "17", "'palette':0") "]", "tiles-mismatch:C +1032 /asset_table/0 #5");
    CHECK_TILES("[" SPRITE("35", "1", "1", "'palette':0") "]", "tiles-mismatch:C +1032 /asset_table/0 #5");
}

UNIT_TEST(numbers_of_tiles_have_their_ranges)
{
    static const struct {
        const char *tiles, *member, *expected;
    } rows[] = {
        {SPRITE("34", "0", "1", "'palette':0"), "columns", "1 to 1024"},
        {SPRITE("34", "1025", "1", "'palette':0"), "columns", "1 to 1024"},
        {SPRITE("34", "32", "33", "'palette':0"), "rows", "1 to 32"},
        {SPRITE("34", "1", "0", "'palette':0"), "rows", "1 to 1024"},
        {SPRITE("1023", "2", "1", "'palette':0"), "tile", "0 to 1022"},
        {SPRITE("-1", "2", "1", "'palette':0"), "tile", "0 to 1022"},
        {SPRITE("34", "1", "1", "'palette':3"), "palette", "0 to 2"},
        {SPRITE("34", "2", "1", "'palettes':[0,3]"), "palettes/1", "0 to 2"},
        {SPRITE("34", "2", "1", "'palettes':[0]"), "palettes", "2 palettes"},
        {SPRITE("34", "2", "1", "'palettes':[0,1,1]"), "palettes", "2 palettes"},
        {SPRITE("34", "2", "1", "'palettes':[1,1]"), "palettes", "the member palette"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char tiles[160];
        char pointer[64];
        (void)snprintf(tiles, sizeof tiles, "[%s]", rows[i].tiles);
        (void)snprintf(pointer, sizeof pointer, "/assets/0/tiles/0/%s", rows[i].member);
        struct build build = sheet_with(tiles, false);
        struct verify_build_bytes bytes = build_bytes(&build);
        struct verify_report report;
        verify_bytes(&bytes, NULL, &report);
        REQUIRE(report.findings.count == 1);
        CHECK_STRING(diag_facts(report.findings.items[0].diagnostic)->id, "tiles-mismatch");
        CHECK_STRING(report.findings.items[0].place.json_pointer, pointer);
        CHECK_STRING(report.findings.items[0].expected, rows[i].expected);
        CHECK_U64(report.findings.items[0].place.asset_id, 5);
        verify_report_free(&report);
        build_free(&build);
    }
}

UNIT_TEST(a_tile_has_one_sprite)
{
    struct build build =
        sheet_with("[" SPRITE("30", "5", "1", "'palette':0") "," SPRITE("34", "1", "1", "'palette':0") "]", false);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, NULL, &report);
    REQUIRE(report.findings.count == 1);
    CHECK_STRING(report.findings.items[0].place.json_pointer, "/assets/0/tiles/1");
    CHECK_STRING(report.findings.items[0].message, "tile 34 has two sprites: elements 0 and 1 of tiles");
    verify_report_free(&report);
    build_free(&build);
}

/* A sheet has 1,024 tiles; every further sprite is one too many, and the first one is enough. */
UNIT_TEST(more_sprites_than_tiles)
{
    struct base_text tiles = BASE_TEXT_EMPTY;
    for (unsigned i = 0; i < 3000; i++) {
        base_text_addf(&tiles, "%s{'columns':1,'palette':0,'path':'a','rows':1,'tile':%u}", i > 0 ? "," : "[",
                       i % 1024);
    }
    base_text_add_char(&tiles, ']');
    struct build build = sheet_with(base_text_string(&tiles), false);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, NULL, &report);
    CHECK_U64(report.findings.total[DIAG_TILES_MISMATCH], 1);
    verify_report_free(&report);
    build_free(&build);
    base_text_free(&tiles);
}

UNIT_TEST(tiles_of_an_asset_with_broken_metadata_are_not_checked)
{
    struct build build = sheet_with("[" SPRITE("9999", "1", "1", "'palette':0") "]", false);
    build_replace(&build, ASSETS_PA, "'tile_size':8", "'tile_size':9");
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, NULL, &report);
    CHECK_U64(report.findings.total[DIAG_TILES_MISMATCH], 0);
    CHECK(was_not_checked(&report, "tiles of assets with broken metadata or size"));
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(version_1_has_no_tiles)
{
    struct build build = sheet_with(NULL, true);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, NULL, &report);
    CHECK_REPORT(&report, "");
    CHECK(was_not_checked(&report, "tiles: asset_table_metadata.json is of version 1"));
    verify_report_free(&report);
    build_free(&build);
    build = sheet_with("[" SPRITE("34", "1", "1", "'palette':2") "]", true);
    bytes = build_bytes(&build);
    verify_bytes(&bytes, NULL, &report);
    REQUIRE(report.findings.count == 1);
    CHECK_STRING(diag_facts(report.findings.items[0].diagnostic)->id, "companion-syntax");
    CHECK_STRING(report.findings.items[0].place.json_pointer, "/assets/0/tiles");
    verify_report_free(&report);
    build_free(&build);
}
