#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

#define DOCUMENT "asset_table_metadata.json: "

/* Changes the document of the small build; with `rehash` its own hash is made right again. */
static void check_document(const char *from, const char *to, bool rehash, const char *expected, unsigned line)
{
    struct build build = small_build();
    build_replace(&build, METADATA, from, to);
    if (rehash) {
        document_rehash(&build.files[METADATA]);
    }
    check_build(&build, expected, __FILE__, line);
    build_free(&build);
}
#define CHECK_DOCUMENT(from, to, expected) check_document(from, to, true, expected, __LINE__)
#define CHECK_UNHASHED(from, to, expected) check_document(from, to, false, expected, __LINE__)

/* ---- Hashes ---- */

UNIT_TEST(the_document_hashes_itself)
{
    CHECK_UNHASHED("'levels':[1,2]", "'levels':[1,3]", DOCUMENT "hash-mismatch:C @693 /document_xxh3_128");
    CHECK_UNHASHED("maps/one", "maps/two", DOCUMENT "hash-mismatch:C @693 /document_xxh3_128");
    CHECK_DOCUMENT("maps/one", "maps/two", "");
}

/* Makes the first hash of a member another one. */
static void check_wrong_hash(const char *member, const char *expected, unsigned line)
{
    struct build build = small_build();
    char *pack = strstr(build.files[METADATA].data, "assets_pa");
    char *at = strstr(member[0] == ',' ? pack : build.files[METADATA].data, member);
    if (at == NULL) {
        CHECK(at != NULL);
        build_free(&build);
        return;
    }
    at += strlen(member) + 3;
    *at = *at == '0' ? '1' : '0';
    document_rehash(&build.files[METADATA]);
    check_build(&build, expected, __FILE__, line);
    build_free(&build);
}

UNIT_TEST(each_recorded_hash_is_compared)
{
    check_wrong_hash("payload_xxh3_128", "hash-mismatch:C +0 /asset_table/0 #1", __LINE__);
    check_wrong_hash("decoded_xxh3_128", "hash-mismatch:C +0 /asset_table/0 #1", __LINE__);
    check_wrong_hash("header_xxh3_128", "hash-mismatch:C @32", __LINE__);
    check_wrong_hash(",\"xxh3_128", "hash-mismatch:C @0", __LINE__);
}

UNIT_TEST(a_payload_that_changed_changes_the_file)
{
    struct build build = small_build();
    build.files[ASSETS_PA].data[build.files[ASSETS_PA].size - 1] ^= 1;
    CHECK_BUILD(&build,
                "hash-mismatch:C +16 /asset_table/1 #7; hash-mismatch:C +16 /asset_table/1 #7; hash-mismatch:C @0");
    build_free(&build);
}

UNIT_TEST(a_size_that_differs_is_reported_instead_of_the_hash)
{
    CHECK_DOCUMENT("'size':420", "'size':419", "hash-mismatch:C +23");
    struct build build = small_build();
    base_text_add_char(&build.files[ASSETS_PA], 'x');
    CHECK_BUILD(&build, "payload-trailing:C +24; hash-mismatch:C +24");
    build_free(&build);
    build = small_build();
    build_replace(&build, ASSETS_PA, "'size':8}]", "'size':^8}]");
    build.files[ASSETS_PA].size--;
    CHECK_BUILD(&build, "slice-range:L ^0 /asset_table/1/size #7");
    build_free(&build);
}

UNIT_TEST(a_changed_header_is_told_by_rule_and_by_hash)
{
    struct build build = small_build();
    char *beep = strstr(build.files[ASSETS_PA].data + 32, "beep");
    REQUIRE(beep != NULL);
    beep[0] = 'p';
    CHECK_BUILD(&build,
                "asset_table.json: table-mismatch:C @150 /1/asset_name #7; hash-mismatch:C @32; hash-mismatch:C @0");
    build_free(&build);
}

UNIT_TEST(after_a_broken_prelude_the_hash_of_the_file_is_still_compared)
{
    struct build build = small_build();
    build.files[ASSETS_PA].data[0] = 'B';
    CHECK_BUILD(&build, "prelude-magic:L @0; hash-mismatch:C @0");
    build_free(&build);
}

UNIT_TEST(the_decoded_form_of_a_sheet_is_one_byte_a_pixel)
{
    static const struct recorded assets[] = {{.asset_id = "1", .root = "a", .size = GLYPH_BYTES}};
    struct plan plan = {.header = HEADER(GLYPH("1", "a", SHEET("64"), "0"), ""), .payload = GLYPH_BYTES};
    struct build build = build_make(&plan, assets, 1);
    CHECK_BUILD(&build, "");
    build_free(&build);
    /* Without its size a sheet has no decoded form; the payload's own hash is compared. */
    static const struct recorded odd[] = {{.asset_id = "1", .root = "a", .size = 100}};
    plan = (struct plan){.header = HEADER(ENTRY("1", "'a'", "'GLYPH'", "67584", SHEET("64"), "0", "100"), ""),
                         .payload = 100};
    build = build_make(&plan, odd, 1);
    CHECK_BUILD(&build, "glyph-size:C @246 /asset_table/0/size #1");
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, NULL, &report);
    CHECK_U64(report.checked.hashes, 4);
    verify_report_free(&report);
    build_free(&build);
}

/* Pieces are of a mebibyte: two payloads are larger, one has just that size, and one a byte more. */
UNIT_TEST(large_payloads_are_hashed_in_pieces)
{
    static const struct recorded assets[] = {
        {.asset_id = "1", .root = "a", .size = 2500001},
        {.asset_id = "2", .root = "b", .offset = 2500001, .size = 1200000},
        {.asset_id = "3", .root = "c", .offset = 3700001, .size = 1048576},
        {.asset_id = "4", .root = "d", .offset = 4748577, .size = 1048577},
    };
    struct plan plan = {
        .header = HEADER(
            SCENE("1", "a", "0", "2500001") "," SOUND("2", "b", TONE("1", "600000"), "2500001", "1200000") "," SCENE(
                "3", "c", "3700001", "1048576") "," ENTRY("4", "'d'", "'GLYPH'", "0", SHEET("1"), "4748577", "1048577"),
            ""),
        .payload = 5797154};
    struct build build = build_make(&plan, assets, 4);
    struct verify_build_bytes bytes = build_bytes(&build);
    for (unsigned jobs = 1; jobs <= 4; jobs++) {
        struct verify_report report;
        verify_bytes(&bytes, &(const struct verify_options){.jobs = jobs}, &report);
        struct base_text ids = ids_text(&report);
        CHECK_STRING(base_text_string(&ids), "glyph-size");
        CHECK_U64(report.checked.hashes, 3 + 4 + 3);
        for (size_t i = 0; i < 4; i++) {
            CHECK(report.assets[i].has_hash);
        }
        base_text_free(&ids);
        verify_report_free(&report);
    }
    build_free(&build);
}

UNIT_TEST(small_payloads_in_any_order_are_hashed_right)
{
    static const struct recorded assets[] = {
        {.asset_id = "1", .root = "a", .offset = 8, .size = 8},
        {.asset_id = "2", .root = "b", .offset = 0, .size = 8},
        {.asset_id = "3", .root = "c", .offset = 0, .size = 24},
        {.asset_id = "4", .root = "d", .offset = 24, .size = 0},
    };
    struct plan plan = {.header = HEADER(SCENE("1", "a", "8", "8") "," SCENE("2", "b", "0", "8") "," SCENE(
                                             "3", "c", "0", "24") "," SCENE("4", "d", "24", "0"),
                                         ""),
                        .payload = 24};
    struct build build = build_make(&plan, assets, 4);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, NULL, &report);
    struct base_text ids = ids_text(&report);
    CHECK_STRING(base_text_string(&ids), "slice-gap slice-overlap");
    CHECK_U64(report.checked.hashes, 3 + 8);
    base_text_free(&ids);
    verify_report_free(&report);
    build_free(&build);
}

/* ---- The shape ---- */

UNIT_TEST(the_root_of_the_document)
{
    CHECK_DOCUMENT("'schema_version':2", "'schema_version':^3", DOCUMENT "companion-syntax:C ^0 /schema_version");
    CHECK_DOCUMENT("'xxh3-128'", "^'xxh3-64'", DOCUMENT "companion-syntax:C ^0 /hash");
    CHECK_DOCUMENT("'schema_version':2", "'schema_version':1,^'time':5", DOCUMENT "companion-syntax:C ^0 /time");
    CHECK_UNHASHED(",'schema_version':2", "", DOCUMENT "companion-syntax:C @0");
    struct build build = small_build();
    base_text_clear(&build.files[METADATA]);
    base_text_add_string(&build.files[METADATA], "[]");
    CHECK_BUILD(&build, DOCUMENT "companion-syntax:C @0");
    base_text_clear(&build.files[METADATA]);
    base_text_add_string(&build.files[METADATA], "{\"assets\":5,\"assets_pa\":[]}");
    CHECK_BUILD(&build,
                DOCUMENT "companion-syntax:C @10 /assets; " DOCUMENT "companion-syntax:C @24 /assets_pa; " DOCUMENT
                         "companion-syntax:C @0; " DOCUMENT "companion-syntax:C @0; " DOCUMENT "companion-syntax:C @0");
    build_free(&build);
}

UNIT_TEST(the_document_is_canonical)
{
    /* White space hides nothing, and the hash is that of the canonical bytes. */
    CHECK_UNHASHED("'hash':", "'hash':^ ", DOCUMENT "companion-syntax:C ^0");
    CHECK_UNHASHED("'document_xxh3_128':", "'document_xxh3_128'^ : ", DOCUMENT "companion-syntax:C ^0");
    CHECK_DOCUMENT("'hash':", "'hash':^ ",
                   DOCUMENT "companion-syntax:C ^0; " DOCUMENT "hash-mismatch:C @693 /document_xxh3_128");
    /* Nothing else is asked of one that is not canonical in another way. */
    CHECK_DOCUMENT("'levels':[1,2]", "'levels':[1,^2.5]", DOCUMENT "companion-syntax:C ^0 /assets/0/pipeline/levels/1");
    CHECK_DOCUMENT("'levels':[1,2]", "'levels':[1,^9007199254740992]",
                   DOCUMENT "companion-syntax:C ^0 /assets/0/pipeline/levels/1");
    CHECK_DOCUMENT("'compress':false", "'compress':false,^'compress':1",
                   DOCUMENT "companion-syntax:C ^0 /assets/0/pipeline/compress");
}

UNIT_TEST(the_elements_of_assets)
{
    CHECK_DOCUMENT("'asset_id':7", "'asset_id':^8", DOCUMENT "companion-syntax:C ^0 /assets/1/asset_id #8");
    CHECK_DOCUMENT("'asset_id':7", "'asset_id':^'7'", DOCUMENT "companion-syntax:C ^0 /assets/1/asset_id");
    CHECK_DOCUMENT("{'asset_id':7,'asset_root':'beep',", "^{'asset_id':7,",
                   DOCUMENT "companion-syntax:C ^0 /assets/1 #7");
    CHECK_DOCUMENT("'beep'", "^'/beep'", DOCUMENT "companion-syntax:C ^0 /assets/1/asset_root #7");
    CHECK_DOCUMENT("'0b0ad1a4", "^'0B0ad1a4", DOCUMENT "companion-syntax:C ^0 /assets/0/asset_uuid #1");
    CHECK_DOCUMENT("'0b0ad1a4-9d5c", "^'0b0ad1a409d5c", DOCUMENT "companion-syntax:C ^0 /assets/0/asset_uuid #1");
    CHECK_DOCUMENT("'pipeline':{'compress':false,'levels':[1,2]}", "'pipeline':^null",
                   DOCUMENT "companion-syntax:C ^0 /assets/0/pipeline #1");
    CHECK_DOCUMENT("'inputs':[]", "'inputs':^{}", DOCUMENT "companion-syntax:C ^0 /assets/1/inputs #7");
    CHECK_DOCUMENT("'inputs':[]", "^'extra':1,'inputs':[]", DOCUMENT "companion-syntax:C ^0 /assets/1/extra");
    CHECK_DOCUMENT("'inputs':[]", "'inputs':[^7]", DOCUMENT "companion-syntax:C ^0 /assets/1/inputs/0 #7");
}

UNIT_TEST(one_element_for_each_entry)
{
    static const struct recorded one[] = {{.asset_id = "1", .root = "maps/one", .size = 16}};
    static const struct recorded swapped[] = {{.asset_id = "7", .root = "b", .offset = 16, .size = 8},
                                              {.asset_id = "1", .root = "a", .size = 16}};
    struct build build = small_build();
    struct pack pack = pack_make(&small_plan);
    base_text_free(&build.files[METADATA]);
    build.files[METADATA] = document_make(&pack, one, 1);
    CHECK_BUILD(&build, DOCUMENT "companion-syntax:C @10 /assets");
    base_text_free(&build.files[METADATA]);
    build.files[METADATA] = document_make(&pack, swapped, 2);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, NULL, &report);
    CHECK_U64(report.findings.total[DIAG_COMPANION_SYNTAX], 2);
    CHECK_U64(report.findings.count, 2);
    CHECK_U64(report.checked.hashes, 0);
    verify_report_free(&report);
    base_text_free(&build.files[METADATA]);
    base_text_add_string(&build.files[METADATA], "{\"assets\":[1,[]]}");
    verify_bytes(&(struct verify_build_bytes){.assets_pa = bytes.assets_pa,
                                              .asset_table = bytes.asset_table,
                                              .preload = bytes.preload,
                                              .metadata = base_text_bytes(&build.files[METADATA])},
                 NULL, &report);
    CHECK_U64(report.findings.total[DIAG_COMPANION_SYNTAX], 6);
    CHECK_STRING(report.findings.items[0].place.json_pointer, "/assets/0");
    verify_report_free(&report);
    pack_free(&pack);
    build_free(&build);
}

UNIT_TEST(inputs_are_path_size_and_hash)
{
#define INPUT "'path':'one.bin','size':16,'xxh3_128':'0123456789abcdef0123456789abcdef'"
    CHECK_DOCUMENT("'path':'one.bin'", "'path':^'../one.bin'",
                   DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/path #1");
    CHECK_DOCUMENT("'path':'one.bin'", "'path':^''", DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/path #1");
    CHECK_DOCUMENT("'path':'one.bin'", "'path':^'a//b'", DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/path #1");
    CHECK_DOCUMENT("'path':'one.bin'", "'path':^'a/./b'", DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/path #1");
    CHECK_DOCUMENT("'path':'one.bin'", "'path':^'a/'", DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/path #1");
    CHECK_DOCUMENT("'path':'one.bin'", "'path':^'a\\\\b'", DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/path #1");
    CHECK_DOCUMENT("'path':'one.bin'", "'path':^'a\\u0000'",
                   DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/path #1");
    CHECK_DOCUMENT("'path':'one.bin'", "'path':^5", DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/path #1");
    CHECK_DOCUMENT("'path':'one.bin'", "'path':'..a/b.../.c\\n\\u0010\\'~'", "");
    CHECK_DOCUMENT("'size':16", "'size':^-1", DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/size #1");
    CHECK_DOCUMENT("'0123456789abcdef0123456789abcdef'", "^'0123456789abcdef0123456789abcdeF'",
                   DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/xxh3_128 #1");
    CHECK_DOCUMENT("'0123456789abcdef0123456789abcdef'", "^'0123456789abcdef0123456789abcde'",
                   DOCUMENT "companion-syntax:C ^0 /assets/0/inputs/0/xxh3_128 #1");
    CHECK_DOCUMENT("{'path':'one.bin','size':16", "^{^'mode':1,'path':'one.bin'",
                   DOCUMENT "companion-syntax:C ^1 /assets/0/inputs/0/mode #1; " DOCUMENT
                            "companion-syntax:C ^0 /assets/0/inputs/0 #1");
}

UNIT_TEST(the_record_of_the_pack)
{
    CHECK_DOCUMENT("'size':420", "'size':^420.0", DOCUMENT "companion-syntax:C ^0 /assets_pa/size");
    CHECK_DOCUMENT("'size':420", "'size':^'409'", DOCUMENT "companion-syntax:C ^0 /assets_pa/size");
    struct build build = small_build();
    build_replace(&build, METADATA, "'assets_pa':{", "'assets_pa':^{");
    build_replace(&build, METADATA, "'size':420,", "");
    document_rehash(&build.files[METADATA]);
    CHECK_BUILD(&build, DOCUMENT "companion-syntax:C ^0 /assets_pa");
    build_free(&build);
}

/* Larger than what is read at once: hashed in parts. */
UNIT_TEST(the_hashes_of_a_large_payload_are_compared)
{
    static const struct plan plan = {
        .header = HEADER(SCENE("1", "a", "0", "5000000") "," SCENE("2", "b", "5000000", "3"), ""), .payload = 5000003};
    static const struct recorded assets[] = {{.asset_id = "1", .root = "a", .size = 5000000},
                                             {.asset_id = "2", .root = "b", .offset = 5000000, .size = 3}};
    struct build build = build_make(&plan, assets, 2);
    CHECK_BUILD(&build, "");
    build.files[ASSETS_PA].data[build.payload_at + 4999999] ^= 1;
    CHECK_BUILD(&build,
                "hash-mismatch:C +0 /asset_table/0 #1; hash-mismatch:C +0 /asset_table/0 #1; hash-mismatch:C @0");
    build_free(&build);
}

/* ---- Entries that say less than they should ---- */

static void check_entry(const char *header, const char *asset_id, const char *expected, uint64_t hashes, unsigned line)
{
    const struct recorded asset = {.asset_id = asset_id, .root = "a", .size = 8};
    struct build build = build_make(&(const struct plan){.header = header, .payload = 8}, &asset, 1);
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    check_build(&build, expected, __FILE__, line);
    verify_bytes(&bytes, NULL, &report);
    (void)unit_check_u64(report.checked.hashes, hashes, header, __FILE__, line);
    verify_report_free(&report);
    build_free(&build);
}

UNIT_TEST(an_entry_without_an_id_may_be_any_asset)
{
    check_entry(HEADER(ENTRY("'1'", "'a'", "'SCENE'", "8", "{}", "0", "8"), ""), "5",
                "entry-type:L @60 /asset_table/0/asset_id", 5, __LINE__);
}

UNIT_TEST(a_payload_of_no_bank_has_no_decoded_form)
{
    check_entry(HEADER(ENTRY("1", "'a'", "''", "8", "{}", "0", "8"), ""), "1",
                "bank-unknown:L @91 /asset_table/0/bank_type #1", 4, __LINE__);
}
