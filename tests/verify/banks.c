#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

/* One asset with the given metadata; the payload is blank, so that no unused palette is stained. */
#define CHECK_GLYPH(metadata, expected)                                                                                \
    CHECK_PLAN(expected, .header = HEADER(GLYPH("1", "a", metadata, "0"), ""), .payload = GLYPH_BYTES, .blank = true)
#define CHECK_SOUND(metadata, expected)                                                                                \
    CHECK_PLAN(expected, .header = HEADER(SOUND("1", "a", metadata, "0", "8"), ""), .payload = 8)

/* ---- Any metadata ---- */

UNIT_TEST(no_fraction_no_exponent_no_pipeline)
{
    CHECK_HEADER(
        HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{'g':^0.5,'h':{'i':[1,^1e3]},^'pipeline':{'x':^-0.0}}", "0", "8"),
               ""),
        8,
        "metadata-float:C ^0 /asset_table/0/metadata/g #1; metadata-float:C ^1 "
        "/asset_table/0/metadata/h/i/1 #1; metadata-float:C ^3 /asset_table/0/metadata/pipeline/x #1; "
        "metadata-pipeline:C ^2 /asset_table/0/metadata/pipeline #1");
    /* Only at the top of metadata. */
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{'a':{'pipeline':1}}", "0", "8"), ""), 8, "");
    /* Asked whatever the bank is. */
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "^'TILES'", "8", "{'g':^1.0}", "0", "8"), ""), 8,
                 "bank-legacy:L ^0 /asset_table/0/bank_type #1; metadata-float:C ^1 /asset_table/0/metadata/g #1");
}

UNIT_TEST(no_character_0_in_a_string_or_key)
{
    CHECK_HEADER(
        HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{'a':^'\\u0000',^'b\\u0000':[{^'\\u0000':^'c\\u0000d'}]}", "0", "8"),
               ""),
        8,
        "metadata-nul:C ^0 /asset_table/0/metadata/a #1; metadata-nul:C ^1 /asset_table/0/metadata/b\uFFFD #1; "
        "metadata-nul:C ^2 /asset_table/0/metadata/b\uFFFD/0/\uFFFD #1; "
        "metadata-nul:C ^3 /asset_table/0/metadata/b\uFFFD/0/\uFFFD #1");
    /* The nearest that are right: another control character, and an escaped backslash. */
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", "8", "{'a':'\\u0001','b':'\\\\u0000'}", "0", "8"), ""), 8, "");
}

/* ---- SCENE: 2.3 ---- */

#define CHECK_SCENE(decoded, metadata, expected)                                                                       \
    CHECK_HEADER(HEADER(ENTRY("1", "'a'", "'SCENE'", decoded, metadata, "0", "8"), ""), 8, expected)

UNIT_TEST(decoded_size_in_the_metadata_of_a_scene_is_that_of_the_entry)
{
    static const char other[] = "metadata-decoded-size:C ^0 /asset_table/0/metadata/decoded_size #1";
    CHECK_SCENE("8", "{'decoded_size':8}", "");
    CHECK_SCENE("9007199254740991", "{'decoded_size':9007199254740991}", "");
    CHECK_SCENE("0", "{'decoded_size':0}", "");
    CHECK_SCENE("8", "{'decoded_size':^9}", other);
    CHECK_SCENE("8", "{'a':'b','decoded_size':^-8}", other);
    CHECK_SCENE("8", "{'decoded_size':^'8'}", other);
    CHECK_SCENE("8", "{'decoded_size':^[8]}", other);
    /* Inside another member, and in another bank, the name means nothing. */
    CHECK_SCENE("8", "{'a':{'decoded_size':9}}", "");
    CHECK_SOUND("{'channels':1,'decoded_size':9,'frames':4,'sample_rate':8000}", "");
    /* One fault, one finding. */
    CHECK_SCENE("8", "{'decoded_size':^8.0}", "metadata-float:C ^0 /asset_table/0/metadata/decoded_size #1");
    CHECK_SCENE("^9007199254740992", "{'decoded_size':8}", "entry-range-exact:C ^0 /asset_table/0/decoded_size #1");
    CHECK_SCENE("^'8'", "{'decoded_size':9}", "entry-type:L ^0 /asset_table/0/decoded_size #1");
}

/* ---- GLYPH: 2.1 ---- */

UNIT_TEST(every_member_of_a_sheet_has_its_value)
{
    CHECK_GLYPH("{'height':256,'palette_authored':1,'palette_count':64,'tile_size':16,'width':256,'x':'y'}", "");
    CHECK_GLYPH("{'height':^255,'palette_authored':^0,'palette_count':^65,'tile_size':^9,'width':^'256'}",
                "glyph-metadata:C ^3 /asset_table/0/metadata/tile_size #1; glyph-metadata:C ^4 "
                "/asset_table/0/metadata/width #1; glyph-metadata:C ^0 /asset_table/0/metadata/height #1; "
                "glyph-metadata:C ^2 /asset_table/0/metadata/palette_count #1; glyph-metadata:C ^1 "
                "/asset_table/0/metadata/palette_authored #1");
    CHECK_GLYPH("^{}",
                "glyph-metadata:C ^0 /asset_table/0/metadata #1; glyph-metadata:C ^0 /asset_table/0/metadata #1; "
                "glyph-metadata:C ^0 /asset_table/0/metadata #1; glyph-metadata:C ^0 /asset_table/0/metadata #1; "
                "glyph-metadata:C ^0 /asset_table/0/metadata #1");
    CHECK_GLYPH("{'height':256,'palette_authored':^65,'palette_count':64,'tile_size':32,'width':256}",
                "glyph-metadata:C ^0 /asset_table/0/metadata/palette_authored #1");
}

UNIT_TEST(a_number_that_is_told_already_is_not_told_again)
{
    CHECK_GLYPH("{'height':256,'palette_authored':1,'palette_count':64,'tile_size':^8.0,'width':^9007199254740992}",
                "metadata-float:C ^0 /asset_table/0/metadata/tile_size #1; entry-range-exact:C ^1 "
                "/asset_table/0/metadata/width #1");
}

static void check_generation(const char *palette_count, bool named)
{
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_addf(&header,
                   "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE',"
                   "'decoded_size':67584,'metadata':{'height':256,'palette_authored':1,'palette_count':%s,"
                   "'tile_size':8,'width':256},'offset':0,'size':34816}],'preload':[]}",
                   palette_count);
    struct pack pack =
        pack_make(&(const struct plan){.header = base_text_string(&header), .payload = GLYPH_BYTES, .blank = true});
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true, .jobs = 1}, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_GLYPH_METADATA);
    REQUIRE(finding != NULL);
    CHECK_U64(report.findings.count, 1);
    CHECK((strstr(finding->message, "generation") != NULL) == named);
    CHECK_STRING(finding->expected, "64");
    CHECK_STRING(finding->actual, palette_count);
    verify_report_free(&report);
    pack_free(&pack);
    base_text_free(&header);
}

UNIT_TEST(the_generation_with_256_palettes_is_named)
{
    check_generation("256", true);
    check_generation("16", true);
    check_generation("0", true);
    check_generation("257", false);
    check_generation("-1", false);
}

#define SIZED(metadata, decoded, size) HEADER(ENTRY("1", "'a'", "'GLYPH'", decoded, metadata, "0", size), "")

UNIT_TEST(the_sizes_of_a_sheet_are_fixed)
{
    CHECK_PLAN("glyph-size:C ^0 /asset_table/0/size #1", .header = SIZED(SHEET("64"), "67584", "^34815"),
               .payload = 34815);
    CHECK_PLAN("glyph-size:C ^0 /asset_table/0/decoded_size #1", .header = SIZED(SHEET("64"), "^0", "34816"),
               .payload = 34816);
    CHECK_PLAN("glyph-size:C ^1 /asset_table/0/size #1; glyph-size:C ^0 /asset_table/0/decoded_size #1",
               .header = SIZED(SHEET("64"), "^67585", "^0"));
}

UNIT_TEST(with_a_broken_side_the_declared_numbers_will_do)
{
#define SMALL "{'height':^3,'palette_authored':1,'palette_count':64,'tile_size':8,'width':^5}"
    /* ceil(15 / 2) + 2048 and 15 + 2048 */
    CHECK_PLAN("glyph-metadata:C ^1 /asset_table/0/metadata/width #1; glyph-metadata:C ^0 "
               "/asset_table/0/metadata/height #1",
               .header = SIZED(SMALL, "2063", "2056"), .payload = 2056);
    CHECK_PLAN("glyph-metadata:C ^1 /asset_table/0/metadata/width #1; glyph-metadata:C ^0 "
               "/asset_table/0/metadata/height #1",
               .header = SIZED(SMALL, "67584", "34816"), .payload = 34816, .blank = true);
    CHECK_PLAN("glyph-metadata:C ^2 /asset_table/0/metadata/width #1; glyph-metadata:C ^1 "
               "/asset_table/0/metadata/height #1; glyph-size:C ^3 /asset_table/0/size #1; glyph-size:C ^0 "
               "/asset_table/0/decoded_size #1",
               .header = SIZED(SMALL, "^2064", "^2055"), .payload = 2055);
    /* Numbers that are none leave the fixed sheet alone. */
    CHECK_PLAN("glyph-metadata:C ^0 /asset_table/0/metadata/width #1; glyph-size:C ^1 /asset_table/0/size #1",
               .header = SIZED("{'height':256,'palette_authored':1,'palette_count':64,'tile_size':8,'width':^-5}",
                               "67584", "^2047"),
               .payload = 2047);
    CHECK_PLAN("glyph-metadata:C ^1 /asset_table/0/metadata/width #1; glyph-metadata:C ^0 "
               "/asset_table/0/metadata/height #1; glyph-size:C ^2 /asset_table/0/size #1",
               .header = SIZED("{'height':^9007199254740991,'palette_authored':1,'palette_count':64,'tile_size':8,"
                               "'width':^9007199254740991}",
                               "67584", "^2048"),
               .payload = 2048);
}

UNIT_TEST(a_sheet_of_more_pixels_than_can_be_declared_has_no_size)
{
    /* 2 * 4503599627370497 is beyond 2^53-1; half of it, and the palettes, would not be. */
    CHECK_PLAN("slice-range:L ^2 /asset_table/0/size #1; glyph-metadata:C ^1 /asset_table/0/metadata/width #1; "
               "glyph-metadata:C ^0 /asset_table/0/metadata/height #1; glyph-size:C ^2 /asset_table/0/size #1",
               .header = SIZED("{'height':^2,'palette_authored':1,'palette_count':64,'tile_size':8,"
                               "'width':^4503599627370497}",
                               "67584", "^4503599627372545"));
}

static void check_stain(const char *authored, size_t at, bool told)
{
    struct base_text header = BASE_TEXT_EMPTY;
    base_text_addf(&header,
                   "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE',"
                   "'decoded_size':67584,'metadata':{'height':256,'palette_authored':%s,'palette_count':64,"
                   "'tile_size':8,'width':256},'offset':0,'size':34816}],'preload':[]}",
                   authored);
    struct pack pack =
        pack_make(&(const struct plan){.header = base_text_string(&header), .payload = GLYPH_BYTES, .blank = true});
    pack.data[pack.payload_at + at] = 0x10;
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true, .jobs = 1}, &report);
    const struct base_finding *finding = finding_of(&report, DIAG_GLYPH_PALETTE_UNUSED);
    CHECK((finding != NULL) == told);
    if (finding != NULL) {
        CHECK_U64(finding->place.byte_offset, pack.payload_at + at);
        CHECK_STRING(finding->place.json_pointer, "/asset_table/0");
        CHECK_U64(finding->place.asset_id, 1);
    }
    CHECK_U64(report.findings.count, told ? 1 : 0);
    verify_report_free(&report);
    pack_free(&pack);
    base_text_free(&header);
}

UNIT_TEST(palettes_beyond_the_authored_ones_are_zero)
{
    check_stain("1", PLANE_BYTES + PALETTE_BYTES - 1, false);
    check_stain("1", PLANE_BYTES + PALETTE_BYTES, true);
    check_stain("1", GLYPH_BYTES - 1, true);
    check_stain("63", PLANE_BYTES + 63 * PALETTE_BYTES - 1, false);
    check_stain("63", PLANE_BYTES + 63 * PALETTE_BYTES, true);
    check_stain("64", GLYPH_BYTES - 1, false);
    check_stain("6", PLANE_BYTES + 5 * PALETTE_BYTES, false);
    /* What follows is another payload's. */
    CHECK_HEADER(HEADER(GLYPH("1", "a", SHEET("64"), "0") "," SCENE("2", "b", "34816", "8"), ""), GLYPH_BYTES + 8, "");
}

UNIT_TEST(unused_palettes_are_asked_only_of_sound_metadata)
{
    CHECK_PLAN(
        "glyph-metadata:C ^0 /asset_table/0/metadata/tile_size #1",
        .header = HEADER(
            GLYPH("1", "a", "{'height':256,'palette_authored':1,'palette_count':64,'tile_size':^7,'width':256}", "0"),
            ""),
        .payload = GLYPH_BYTES);
}

/* ---- SOUNDS: 2.2 ---- */

UNIT_TEST(every_member_of_a_sound_has_its_range)
{
    CHECK_SOUND("{'channels':1,'frames':4,'sample_rate':48000}", "");
    CHECK_SOUND("{'channels':^2,'frames':2,'sample_rate':48000}",
                "sound-metadata:C ^0 /asset_table/0/metadata/channels #1");
    CHECK_SOUND("{'channels':^0,'frames':2,'sample_rate':^7999}",
                "sound-metadata:C ^1 /asset_table/0/metadata/sample_rate #1; sound-metadata:C ^0 "
                "/asset_table/0/metadata/channels #1");
    CHECK_SOUND("{'channels':^3,'frames':^-1,'sample_rate':^48001}",
                "sound-metadata:C ^2 /asset_table/0/metadata/sample_rate #1; sound-metadata:C ^0 "
                "/asset_table/0/metadata/channels #1; sound-metadata:C ^1 /asset_table/0/metadata/frames #1");
    CHECK_SOUND("^{'channels':1,'sample_rate':8000}", "sound-metadata:C ^0 /asset_table/0/metadata #1");
    CHECK_SOUND("{'channels':1,'frames':^4.0,'sample_rate':8000}",
                "metadata-float:C ^0 /asset_table/0/metadata/frames #1");
}

#define CHECK_LOOP(members, expected) CHECK_SOUND("{'channels':1,'frames':4," members "'sample_rate':8000}", expected)

UNIT_TEST(a_loop_lies_inside_the_frames)
{
    static const char at_start[] = "sound-metadata:C ^0 /asset_table/0/metadata/loop_start #1";
    static const char at_end[] = "sound-metadata:C ^0 /asset_table/0/metadata/loop_end #1";
    CHECK_LOOP("'loop_end':4,'loop_start':0,", "");
    CHECK_LOOP("'loop_end':4,'loop_start':3,", "");
    CHECK_LOOP("'loop_start':^0,", at_start);
    CHECK_LOOP("'loop_end':^4,", at_end);
    CHECK_LOOP("'loop_end':^5,'loop_start':9,", at_end);
    CHECK_LOOP("'loop_end':3,'loop_start':^3,", at_start);
    CHECK_LOOP("'loop_end':3,'loop_start':^4,", at_start);
    CHECK_LOOP("'loop_end':0,'loop_start':^-1,", at_start);
    CHECK_LOOP("'loop_end':^'4','loop_start':0,", at_end);
    CHECK_LOOP("'loop_end':^null,'loop_start':^true,",
               "sound-metadata:C ^1 /asset_table/0/metadata/loop_start #1; sound-metadata:C ^0 "
               "/asset_table/0/metadata/loop_end #1");
    CHECK_LOOP("'loop_end':^4.0,'loop_start':0,", "metadata-float:C ^0 /asset_table/0/metadata/loop_end #1");
    CHECK_LOOP("'loop_end':^4.0,", "metadata-float:C ^0 /asset_table/0/metadata/loop_end #1");
    CHECK_LOOP("'loop':{'loop_start':9},", "");
    /* Without frames only the two are compared. */
    CHECK_SOUND("^{'channels':1,'loop_end':9,'loop_start':^9,'sample_rate':8000}",
                "sound-metadata:C ^0 /asset_table/0/metadata #1; sound-metadata:C ^1 "
                "/asset_table/0/metadata/loop_start #1");
}

UNIT_TEST(the_size_of_a_sound_follows_from_its_metadata)
{
    CHECK_PLAN("sound-size:C ^1 /asset_table/0/size #1; sound-size:C ^0 /asset_table/0/decoded_size #1",
               .header = HEADER(ENTRY("1", "'a'", "'SOUNDS'", "^8", TONE("1", "5"), "0", "^8"), ""), .payload = 8);
    CHECK_PLAN("sound-size:C ^0 /asset_table/0/decoded_size #1",
               .header = HEADER(ENTRY("1", "'a'", "'SOUNDS'", "^9", TONE("1", "4"), "0", "8"), ""), .payload = 8);
    /* The rate does not matter for it. */
    CHECK_PLAN("sound-metadata:C ^1 /asset_table/0/metadata/sample_rate #1; sound-size:C ^2 /asset_table/0/size #1; "
               "sound-size:C ^0 /asset_table/0/decoded_size #1",
               .header = HEADER(
                   ENTRY("1", "'a'", "'SOUNDS'", "^8", "{'channels':1,'frames':5,'sample_rate':^1}", "0", "^8"), ""),
               .payload = 8);
    CHECK_PLAN("", .header = HEADER(SOUND("1", "a", TONE("1", "0"), "0", "0"), ""));
}
