/* The longest entries that an asset.json of 1 MiB can declare: assets-pa-v1.md 4.4. */
#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

enum { LIMIT = 1 << 20 };

/* What a declaration has beside the name and the rest of the table in 4.4. */
enum { GLYPH_ALWAYS = 208, SOUND_ALWAYS = 209, SCENE_ALWAYS = 204, NOT_PRELOADED = 1 };

/* A header with `fill` letters between two patterns. */
static void check_filled(const char *before, size_t fill, const char *after, const char *expected)
{
    static uint8_t payload[GLYPH_BYTES];
    static char letters[LIMIT];
    struct base_text header = BASE_TEXT_EMPTY;
    memset(letters, 'x', sizeof letters);
    add_pattern(&header, before);
    base_text_add(&header, base_bytes_make(letters, fill));
    add_pattern(&header, after);
    struct pack pack = pack_build(base_text_bytes(&header), 0, base_bytes_make(payload, sizeof payload));
    struct verify_build_bytes bytes = {.assets_pa = pack_bytes(&pack)};
    struct verify_report report;
    verify_bytes(&bytes, &(const struct verify_options){.no_companions = true, .jobs = 1}, &report);
    CHECK_REPORT(&report, expected);
    verify_report_free(&report);
    pack_free(&pack);
    base_text_free(&header);
}

/* `other` bytes of the shortest declaration are not letters: the letters that fill it up are right, one more is not. */
static void check_longest(const char *before, const char *after, size_t other)
{
    check_filled(before, LIMIT - other, after, "");
    check_filled(before, LIMIT - other + 1, after, "entry-too-long:C @48 /asset_table/0 #1");
}

#define BYTES(text) (sizeof(text) - 1)
#define FILLER ",'offset':0,'size':34816}],'preload':[]}"

UNIT_TEST(a_name_fills_a_declaration)
{
    check_longest("{'asset_table':[{'asset_id':1,'asset_name':'",
                  "','bank_type':'SCENE','codec':'NONE','decoded_size':34816,'metadata':{}" FILLER,
                  SCENE_ALWAYS + NOT_PRELOADED + BYTES("''"));
}

UNIT_TEST(a_preloaded_asset_has_a_byte_more)
{
    check_longest("{'asset_table':[{'asset_id':1,'asset_name':'",
                  "','bank_type':'SCENE','codec':'NONE','decoded_size':34816,'metadata':{},'offset':0,'size':34816}],"
                  "'preload':[{'asset_id':1,'slot':0}]}",
                  SCENE_ALWAYS + BYTES("''"));
}

UNIT_TEST(a_decoded_size_of_its_own_is_declared)
{
    check_longest("{'asset_table':[{'asset_id':1,'asset_name':'",
                  "','bank_type':'SCENE','codec':'NONE','decoded_size':5,'metadata':{}" FILLER,
                  SCENE_ALWAYS + NOT_PRELOADED + BYTES("''") + BYTES(",'decoded_size':5"));
    /* Once is enough. */
    check_longest("{'asset_table':[{'asset_id':1,'asset_name':'",
                  "','bank_type':'SCENE','codec':'NONE','decoded_size':5,'metadata':{'decoded_size':5}" FILLER,
                  SCENE_ALWAYS + NOT_PRELOADED + BYTES("''") + BYTES(",'metadata':{'decoded_size':5}"));
}

UNIT_TEST(metadata_fills_a_declaration)
{
    check_longest(
        "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'SCENE','codec':'NONE','decoded_size':34816,"
        "'metadata':{'k':[1,null],'x':'",
        "'}" FILLER, SCENE_ALWAYS + NOT_PRELOADED + BYTES("'a'") + BYTES(",'metadata':{'k':[1,null],'x':''}"));
}

UNIT_TEST(what_the_packer_computes_is_not_declared)
{
    check_longest(
        "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'GLYPH','codec':'NONE','decoded_size':67584,"
        "'metadata':{'height':256,'palette_authored':1,'palette_count':64,'tile_size':8,'width':256,'x':'",
        "'}" FILLER, GLYPH_ALWAYS + NOT_PRELOADED + BYTES("'a'") + BYTES(",'metadata':{'tile_size':8,'x':''}"));
    check_longest("{'asset_table':[{'asset_id':1,'asset_name':'",
                  "','bank_type':'SOUNDS','codec':'NONE','decoded_size':34816,"
                  "'metadata':{'channels':1,'frames':17408,'sample_rate':8000}" FILLER,
                  SOUND_ALWAYS + NOT_PRELOADED + BYTES("''"));
}

UNIT_TEST(only_bytes_of_the_canonical_form_are_counted)
{
    /* Blanks that fill a MiB are one fault, and no other. */
    check_filled("{'asset_table':[{'asset_id':1,'asset_name':'a\\u0078", LIMIT,
                 "','bank_type':'SCENE','codec':'NONE','decoded_size':34816,'metadata':{}" FILLER,
                 "json-not-canonical:C @77");
}

UNIT_TEST(without_bank_or_name_nothing_is_known)
{
    check_filled("{'asset_table':[{'asset_id':1,'asset_name':'", LIMIT,
                 "','bank_type':5,'codec':'NONE','decoded_size':34816,'metadata':{}" FILLER,
                 "entry-type:L @1048666 /asset_table/0/bank_type #1");
    check_filled("{'asset_table':[{'asset_id':1,'asset_name':5,'bank_type':'SCENE','codec':'NONE','decoded_size':34816,"
                 "'metadata':{'x':'",
                 LIMIT, "'}" FILLER, "entry-type:L @75 /asset_table/0/asset_name #1");
}
