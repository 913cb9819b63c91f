/* docs/contracts/extract.md 2 and 3: metadata that a declaration can have, and the asset.json and index.json around it.
 */
#include "export/declaration.h"

#include "export/metadata.h"
#include "export/pretty.h"
#include "export/registry.h"
#include "tests/lib/unit.h"

static const char *const computed[] = {"width", NULL};

/* What is left of metadata; `dropped` is what has to be said about it. */
static void check_left(const char *metadata, const char *left, bool dropped)
{
    struct base_text text = BASE_TEXT_EMPTY;
    bool was_dropped = false;
    const struct export_metadata source = {
        .text = base_bytes_of_string(metadata), .computed = computed, .most = EXPORT_DECLARATION_MOST};
    CHECK(export_metadata_print(&source, NULL, &text, &was_dropped));
    CHECK_STRING(base_text_string(&text), left);
    CHECK(was_dropped == dropped);
    base_text_free(&text);
}

UNIT_TEST(metadata_stays_as_it_is)
{
    check_left("{}", "{}", false);
    check_left("{\"a\":[1,{\"b\":null},[],{}],\"c\":\"\\u0001x\",\"d\":-9007199254740991}",
               "{\"a\":[1,{\"b\":null},[],{}],\"c\":\"\\u0001x\",\"d\":-9007199254740991}", false);
    check_left("{ \"a\" : [ 1 , true ] , \"b\" : \"\" }", "{\"a\":[1,true],\"b\":\"\"}", false);
}

UNIT_TEST(what_is_computed_is_not_declared)
{
    check_left("{\"width\":256}", "{}", false);
    check_left("{\"a\":1,\"width\":256,\"z\":2}", "{\"a\":1,\"z\":2}", false);
    check_left("{\"a\":{\"width\":1}}", "{\"a\":{\"width\":1}}", false);
}

UNIT_TEST(a_member_that_cannot_be_declared_is_left_out_of_its_object)
{
    check_left("{\"a\":1.5}", "{}", true);
    check_left("{\"a\":1,\"b\":1e3,\"c\":2}", "{\"a\":1,\"c\":2}", true);
    check_left("{\"a\":-0,\"b\":1}", "{\"b\":1}", true);
    check_left("{\"a\":9007199254740992,\"b\":1}", "{\"b\":1}", true);
    check_left("{\"a\":{\"b\":0.5,\"c\":1},\"d\":2}", "{\"a\":{\"c\":1},\"d\":2}", true);
    check_left("{\"a\":[1,[2.5,{\"x\":1}],3],\"b\":4}", "{\"b\":4}", true);
    check_left("{\"a\":[1,{\"b\":2.5,\"c\":[]},3],\"d\":4}", "{\"a\":[1,{\"c\":[]},3],\"d\":4}", true);
    check_left("{\"a\":1,\"b\":[[[[0.1]]]]}", "{\"a\":1}", true);
}

UNIT_TEST(a_nul_is_left_out_and_what_looks_like_one_is_not)
{
    check_left("{\"a\":\"x\\u0000\",\"b\":1}", "{\"b\":1}", true);
    check_left("{\"a\\u0000\":{\"b\":[1]},\"c\":1}", "{\"c\":1}", true);
    check_left("{\"a\":\"\\\\u0000\"}", "{\"a\":\"\\\\u0000\"}", false);
}

UNIT_TEST(the_first_of_equal_keys_counts)
{
    check_left("{\"b\":1,\"a\":2,\"b\":3}", "{\"b\":1,\"a\":2}", true);
    check_left("{\"b\":{\"x\":1,\"\\u0078\":2},\"b\":3,\"c\":{\"x\":1}}", "{\"b\":{\"x\":1},\"c\":{\"x\":1}}", true);
    check_left("{\"b\":1.5,\"b\":2}", "{}", true);
}

UNIT_TEST(pipeline_is_left_out_of_the_outermost_object_alone)
{
    check_left("{\"pipeline\":{\"a\":1},\"z\":{\"pipeline\":1}}", "{\"z\":{\"pipeline\":1}}", true);
}

UNIT_TEST(reading_knows_ranges)
{
    int64_t value = 7;
    struct base_bytes text = base_bytes_of_string("{\"a\":16,\"b\":\"16\"}");
    CHECK(export_metadata_integer(text, "a", 16, 16, &value));
    CHECK_U64(value, 16);
    CHECK(!export_metadata_integer(text, "a", 17, 20, &value));
    CHECK(!export_metadata_integer(text, "b", 0, 20, &value));
    CHECK(!export_metadata_integer(text, "c", 0, 20, &value));
    CHECK(export_metadata_has(text, "b") && !export_metadata_has(text, "c"));
}

static const struct export_sprite sprite = {.path = "sheet.png", .has_palette = true};

static struct export_declaration hero(void)
{
    return (struct export_declaration){
        .asset_uuid = "00000001-0011-8233-8455-66778899aabb",
        .name = base_bytes_of_string("he\\\"ro"),
        .bank = PP_BANK_GLYPH,
        .format = "GLYPH/indexed_v1",
        .sprites = &sprite,
        .sprite_count = 1,
        .palette_count = 2,
        .metadata = base_bytes_of_string("{\"list\":[{\"a\":1}],\"none\":{},\"tile_size\":8}"),
        .preloaded = true,
        .slot = 4,
    };
}

UNIT_TEST(a_declaration_has_the_form_of_the_workspace)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct export_declaration declaration = hero();
    bool fits = false;
    REQUIRE(export_declaration_print(&declaration, &text, &fits));
    CHECK(fits);
    CHECK_STRING(base_text_string(&text), "{\n"
                                          "  \"schema_version\": 1,\n"
                                          "  \"asset_uuid\": \"00000001-0011-8233-8455-66778899aabb\",\n"
                                          "  \"name\": \"he\\\"ro\",\n"
                                          "  \"type\": \"glyph_bank\",\n"
                                          "  \"inputs\": {\n"
                                          "    \"palettes\": [\n"
                                          "      {\"index\": 0, \"path\": \"palette-00.gpl\"},\n"
                                          "      {\"index\": 1, \"path\": \"palette-01.gpl\"}\n"
                                          "    ],\n"
                                          "    \"sprites\": [\n"
                                          "      {\"path\": \"sheet.png\", \"tile\": 0, \"palette\": 0}\n"
                                          "    ]\n"
                                          "  },\n"
                                          "  \"output\": {\n"
                                          "    \"format\": \"GLYPH/indexed_v1\",\n"
                                          "    \"codec\": \"NONE\",\n"
                                          "    \"metadata\": {\n"
                                          "      \"list\": [\n"
                                          "        {\n"
                                          "          \"a\": 1\n"
                                          "        }\n"
                                          "      ],\n"
                                          "      \"none\": {},\n"
                                          "      \"tile_size\": 8\n"
                                          "    }\n"
                                          "  },\n"
                                          "  \"preload\": {\n"
                                          "    \"enabled\": true,\n"
                                          "    \"slot\": 4\n"
                                          "  }\n"
                                          "}\n");
    base_text_free(&text);
}

UNIT_TEST(a_long_declaration_has_no_white_space_and_a_longer_one_does_not_fit)
{
    static char name[EXPORT_DECLARATION_MOST];
    struct base_text text = BASE_TEXT_EMPTY;
    struct export_declaration declaration = hero();
    bool fits = false;
    memset(name, 'n', sizeof name);
    declaration.name = base_bytes_make(name, 0);
    REQUIRE(export_declaration_print(&declaration, &text, &fits) && fits);
    size_t pretty = text.size;
    declaration.name = base_bytes_make(name, EXPORT_DECLARATION_MOST - pretty);
    REQUIRE(export_declaration_print(&declaration, &text, &fits) && fits);
    CHECK_U64(text.size, EXPORT_DECLARATION_MOST);
    declaration.name.size++;
    REQUIRE(export_declaration_print(&declaration, &text, &fits) && fits);
    CHECK(text.size < EXPORT_DECLARATION_MOST && strchr(base_text_string(&text), '\n') == NULL);
    declaration.name.size += EXPORT_DECLARATION_MOST - text.size;
    REQUIRE(export_declaration_print(&declaration, &text, &fits) && fits);
    CHECK_U64(text.size, EXPORT_DECLARATION_MOST);
    declaration.name.size++;
    REQUIRE(export_declaration_print(&declaration, &text, &fits));
    CHECK(!fits);
    base_text_free(&text);
}

UNIT_TEST(a_registry_has_the_form_of_the_workspace)
{
    struct base_text text = BASE_TEXT_EMPTY;
    export_registry_begin(&text, 7);
    export_registry_add(&text, 1, "u1", "0001-a");
    export_registry_add(&text, 3, "u3", "ui/b");
    export_registry_end(&text);
    CHECK_STRING(base_text_string(&text),
                 "{\n  \"schema_version\": 1,\n  \"next_asset_id\": 8,\n  \"assets\": [\n"
                 "    {\n      \"asset_id\": 1,\n      \"asset_uuid\": \"u1\",\n      \"root\": \"0001-a\",\n"
                 "      \"included_in_build\": true\n    },\n"
                 "    {\n      \"asset_id\": 3,\n      \"asset_uuid\": \"u3\",\n      \"root\": \"ui/b\",\n"
                 "      \"included_in_build\": true\n    }\n  ]\n}\n");
    base_text_clear(&text);
    export_registry_begin(&text, INT64_MIN);
    export_registry_end(&text);
    CHECK_STRING(base_text_string(&text),
                 "{\n  \"schema_version\": 1,\n  \"next_asset_id\": 1,\n  \"assets\": []\n}\n");
    base_text_free(&text);
}
