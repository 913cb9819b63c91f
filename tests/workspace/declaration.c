/* asset.json: docs/contracts/workspace.md, 3. Its inputs and its output have tests of their own. */
#include "tests/workspace/declared.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

UNIT_TEST(a_glyph_declaration_is_read)
{
    struct workspace_declaration declaration;
    parse_fine(glyph_document, &declaration);
    CHECK_STRING(declaration.asset_uuid, UUID_1);
    CHECK_STRING(declaration.name, "hero");
    char *before = strstr(glyph_document, "hero");
    CHECK_U64(declaration.name_at, before - glyph_document);
    CHECK(declaration.type == WORKSPACE_ASSET_GLYPH && declaration.format == WORKSPACE_FORMAT_GLYPH_INDEXED);
    CHECK_U64(declaration.tile_size, 16);
    CHECK(declaration.preload && declaration.has_slot);
    CHECK_U64(declaration.slot, 3);
    CHECK(!declaration.has_decoded_size);
    static const struct {
        enum workspace_role role;
        const char *path;
    } inputs[] = {{WORKSPACE_ROLE_PALETTES, "five.gpl"},
                  {WORKSPACE_ROLE_PALETTES, "zero.pal"},
                  {WORKSPACE_ROLE_SPRITES, "a.png"},
                  {WORKSPACE_ROLE_SPRITES, "sub/b.png"}};
    REQUIRE(declaration.input_count == 4);
    for (size_t i = 0; i < 4; i++) {
        CHECK(declaration.inputs[i].role == inputs[i].role);
        CHECK_STRING(declaration.inputs[i].path, inputs[i].path);
    }
    CHECK(declaration.has_palettes);
    REQUIRE(declaration.palette_count == 2);
    CHECK_U64(declaration.palettes[0].index, 0);
    CHECK_U64(declaration.palettes[0].input, 1);
    CHECK_U64(declaration.palettes[1].index, 5);
    CHECK_U64(declaration.palettes[1].input, 0);
    char *metadata = cJSON_PrintUnformatted(declaration.metadata);
    CHECK_STRING(metadata, "{\"tile_size\":16,\"author\":\"me\",\"nested\":[1,{\"x\":null},true]}");
    cJSON_free(metadata);
    char *pipeline = cJSON_PrintUnformatted(declaration.pipeline);
    CHECK_STRING(pipeline, "{\"step\":\"draw\"}");
    cJSON_free(pipeline);
    workspace_declaration_free(&declaration);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(sounds_and_scenes_are_read)
{
    struct workspace_declaration declaration;
    parse_fine(sound_document, &declaration);
    CHECK(declaration.type == WORKSPACE_ASSET_SOUND && declaration.format == WORKSPACE_FORMAT_SOUND_PCM16LE);
    CHECK(!declaration.preload && !declaration.has_slot && !declaration.has_palettes && !declaration.has_decoded_size);
    CHECK(cJSON_IsObject(declaration.metadata) && declaration.metadata->child == NULL);
    CHECK(declaration.pipeline == NULL);
    CHECK_U64(declaration.input_count, 1);
    CHECK(declaration.inputs[0].role == WORKSPACE_ROLE_SOURCES);
    workspace_declaration_free(&declaration);
    parse_fine(scene_document, &declaration);
    CHECK(declaration.type == WORKSPACE_ASSET_SCENE && declaration.format == WORKSPACE_FORMAT_RAW);
    CHECK(declaration.has_decoded_size);
    CHECK_U64(declaration.decoded_size, UINT64_C(9007199254740991));
    CHECK(declaration.preload && !declaration.has_slot);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(edges_of_what_is_allowed)
{
    struct workspace_declaration declaration;
    parse_replaced(glyph_document, "'palettes': [{'index': 5, 'path': 'five.gpl'}, {'index': 0, 'path': 'zero.pal'}]",
                   "'palettes': []", &declaration);
    CHECK(declaration.has_palettes && declaration.palette_count == 0);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'index': 5", "'index': 63", &declaration);
    CHECK_U64(declaration.palettes[1].index, 63);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'name': 'hero'", "'name': '\\u00fc \xf0\x9f\x8e\xae / \\\"'", &declaration);
    CHECK_STRING(declaration.name, "\xc3\xbc \xf0\x9f\x8e\xae / \"");
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'a.png', 'sub/b.png'", "'a.png', 'a.png'", &declaration);
    CHECK_U64(declaration.input_count, 4);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'format': 'GLYPH/indexed_v1'", "'format': 'GLYPH\\/indexed_v1'", &declaration);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'author': 'me'", "'author': -9007199254740991", &declaration);
    CHECK(cJSON_GetObjectItem(declaration.metadata, "author")->valuedouble == -9007199254740991.0);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'tile_size': 16", "'tile_size': 32", &declaration);
    CHECK_U64(declaration.tile_size, 32);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'tile_size': 16", "'tile_size': 8", &declaration);
    CHECK_U64(declaration.tile_size, 8);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'slot': 3", "'slot': 15", &declaration);
    CHECK_U64(declaration.slot, 15);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(raw_formats_of_every_bank_are_read)
{
    static const struct {
        const char *type;
        const char *format;
    } cases[] = {{"glyph_bank", "GLYPH/raw_v1"}, {"sound_bank", "SOUNDS/raw_v1"}, {"scene_bank", "SCENE/raw_v1"}};
    for (size_t i = 0; i < 3; i++) {
        char *a = replaced(sound_document, "sound_bank", cases[i].type);
        char *b = replaced(a, "SOUNDS/pcm16le_v1", cases[i].format);
        struct workspace_declaration declaration;
        parse_fine(b, &declaration);
        CHECK(declaration.format == WORKSPACE_FORMAT_RAW && !declaration.has_decoded_size);
        CHECK_STRING(workspace_format_name(declaration.type, declaration.format), cases[i].format);
        workspace_declaration_free(&declaration);
        free(a);
        free(b);
    }
}

UNIT_TEST(decoded_size_is_in_either_place)
{
    struct workspace_declaration declaration;
    parse_replaced(scene_document, ",'metadata':{'decoded_size':9007199254740991}", "", &declaration);
    CHECK(declaration.has_decoded_size && declaration.decoded_size == UINT64_C(9007199254740991));
    workspace_declaration_free(&declaration);
    parse_replaced(scene_document, "'decoded_size':9007199254740991,'metadata':{'decoded_size':9007199254740991}",
                   "'metadata':{'decoded_size':7}", &declaration);
    CHECK(declaration.has_decoded_size && declaration.decoded_size == 7);
    CHECK(cJSON_GetObjectItem(declaration.metadata, "decoded_size") != NULL);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(wrong_members_of_the_root_are_refused)
{
    static const struct variant variants[] = {
        {"'schema_version': 1", "'schema_version': ^3", "declaration-value", "/schema_version",
         "a value that is not known"},
        {"'schema_version': 1", "'schema_version': ^true", "declaration-shape", "/schema_version", "an integer"},
        {"{\n  'schema_version': 1,", "^{", "declaration-shape", "", "asset.json lacks \"schema_version\""},
        {"'asset_uuid': '" UUID_1 "'", "'asset_uuid': ^null", "declaration-shape", "/asset_uuid", "a string"},
        {UUID_1, "^00000000-0000-4000-8000-00000000000X", "declaration-value", "/asset_uuid", "lower-case hex"},
        {"'name': 'hero'", "'name': ^false", "declaration-shape", "/name", "false"},
        {"'name': 'hero'", "'name': ^7", "declaration-shape", "/name", "has another type"},
        {"'name': 'hero'", "'name': '^'", "declaration-value", "/name", "is empty"},
        {"'name': 'hero'", "'name': '^a\\nb'", "declaration-value", "/name", "control character"},
        {"'name': 'hero'", "'name': '^a\x7f'", "declaration-value", "/name", "control character"},
        {"'name': 'hero'", "'name': '^a\\u0000b'", "declaration-value", "/name", "U+0000"},
        {"'type': 'glyph_bank'", "'type': '^glyph_bnak'", "declaration-value", "/type", "glyph_bank"},
        {"'type': 'glyph_bank'", "'type': '^tiles'", "declaration-value", "/type", "sound_bank or scene_bank"},
        {"'type': 'glyph_bank'", "'type': ^[]", "declaration-shape", "/type", "an array"},
        {"'preload': {'enabled': true, 'slot': 3},", "'preload': ^true,", "declaration-shape", "/preload", "an object"},
        {"'build': {'threads': 1.5}", "'build': '^fast'", "declaration-shape", "/build", "an object"},
        {"'build': ", "'^bild': ", "declaration-shape", "/bild", "Write \"build\""},
        {"'build': ", "'^preferences': ", "declaration-shape", "/preferences", "schema_version, asset_uuid, name"},
    };
    CHECK_VARIANTS(glyph_document, variants);
}

UNIT_TEST(every_needed_member_is_missed)
{
    static const char *const members[] = {"'name'", "'type'", "'inputs'", "'output'", "'preload'"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        char unknown[32];
        (void)snprintf(unknown, sizeof unknown, "'ZZZ%zu'", i);
        char *document = replaced(glyph_document, members[i], unknown);
        int64_t mark;
        struct workspace_declaration declaration;
        struct base_findings findings;
        CHECK(!parse_declaration(document, &mark, &declaration, &findings));
        CHECK_U64(findings.count, 2);
        CHECK_FINDING(&findings, 0, "declaration-shape", "asset.json", strstr(document, "ZZZ") - document,
                      i == 0   ? "/ZZZ0"
                      : i == 1 ? "/ZZZ1"
                      : i == 2 ? "/ZZZ2"
                      : i == 3 ? "/ZZZ3"
                               : "/ZZZ4");
        CHECK_FINDING(&findings, 1, "declaration-shape", "asset.json", 0, "");
        CHECK_SAYS(&findings, 1, "asset.json lacks");
        base_findings_free(&findings);
        free(document);
    }
}

UNIT_TEST(a_document_that_is_not_an_object_is_refused)
{
    check_faulty("^[]", "declaration-shape", "", "an object", __LINE__);
    check_faulty("\n '^x'", "declaration-shape", "", "has another type", __LINE__);
}

UNIT_TEST(another_schema_is_one_finding_alone)
{
    check_faulty("{'schema_version':^2,'name':7}", "declaration-value", "/schema_version", "2", __LINE__);
}

UNIT_TEST(minus_zero_is_the_integer_zero)
{
    struct workspace_declaration declaration;
    parse_replaced(glyph_document, "'index': 0", "'index': -0", &declaration);
    CHECK_U64(declaration.palette_count, 2);
    CHECK_U64(declaration.palettes[0].index, 0);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(a_schema_for_editors_is_taken)
{
    struct workspace_declaration declaration;
    static const struct variant variants[] = {
        {"{", "{'$schema': ^1, ", "declaration-shape", "/$schema", "a string"},
    };
    parse_replaced(sound_document, "{", "{'$schema': 'https://example.org/asset.json', ", &declaration);
    workspace_declaration_free(&declaration);
    CHECK_VARIANTS(sound_document, variants);
}

UNIT_TEST(wrong_preloads_are_refused)
{
    static const struct variant variants[] = {
        {"'enabled': true, 'slot': 3", "'enabled': true, 'slot': ^16", "declaration-value", "/preload/slot", "0 to 15"},
        {"'enabled': true, 'slot': 3", "'enabled': true, 'slot': ^-1", "declaration-value", "/preload/slot", "range"},
        {"'enabled': true, 'slot': 3", "'enabled': true, 'slot': ^3.5", "declaration-value", "/preload/slot",
         "fraction"},
        {"'enabled': true, 'slot': 3", "'enabled': true, 'slot': ^null", "declaration-shape", "/preload/slot", "null"},
        {"'enabled': true, 'slot': 3", "'enabled': false, 'slot': ^3", "declaration-value", "/preload/slot", "enabled"},
        {"'enabled': true, 'slot': 3", "'enabled': ^1", "declaration-shape", "/preload/enabled", "true or false"},
        {"{'enabled': true, 'slot': 3}", "^{}", "declaration-shape", "/preload", "preload lacks \"enabled\""},
        {"'slot': 3", "'^Slots': 3", "declaration-shape", "/preload/Slots", "Write \"slot\""},
    };
    CHECK_VARIANTS(glyph_document, variants);
}

UNIT_TEST(texts_that_are_no_strict_json_are_refused)
{
    check_faulty("^", "declaration-syntax", NULL, "line 1, column 1", __LINE__);
    check_faulty("^\xef\xbb\xbf{}", "declaration-syntax", NULL, "byte-order mark", __LINE__);
    check_faulty("{'a':1^,}", "declaration-syntax", NULL, "a comma comes before the closing '}'", __LINE__);
    check_faulty("{'a':^NaN}", "declaration-syntax", NULL, "line 1, column 6", __LINE__);
    check_faulty("{'a':'^\xc0\xaf'}", "declaration-syntax", NULL, "not valid text", __LINE__);
    static const struct variant variants[] = {
        {"'name': 'hero'", "'name': 'hero', '^n\\u0061me': 'hero'", "declaration-syntax", "/name",
         "twice in one object"},
        {"'x': null", "'x': null, '^x': null", "declaration-syntax", "/output/metadata/nested/1/x", "twice"},
        {"'threads': 1.5", "'t': 1, '^t': 2", "declaration-syntax", "/build/t", "each key once"},
        {"'threads': 1.5", "'t': '^\\u0000'", "declaration-value", "/build/t", "U+0000"},
    };
    CHECK_VARIANTS(glyph_document, variants);
}

UNIT_TEST(a_backslash_before_u0000_is_not_a_nul)
{
    struct workspace_declaration declaration;
    parse_replaced(glyph_document, "'name': 'hero'", "'name': '\\\\u0000'", &declaration);
    CHECK_STRING(declaration.name, "\\u0000");
    workspace_declaration_free(&declaration);
}

UNIT_TEST(several_faults_are_reported_at_once)
{
    char *a = replaced(glyph_document, "'name': 'hero'", "'name': ''");
    char *b = replaced(a, "'a.png'", "'/a.png'");
    char *c = replaced(b, "'tile_size': 16", "'tile_size': 9");
    char *document = replaced(c, "'slot': 3", "'slot': 99");
    int64_t mark;
    struct workspace_declaration declaration;
    struct base_findings findings;
    CHECK(!parse_declaration(document, &mark, &declaration, &findings));
    CHECK_U64(findings.count, 4);
    CHECK_FINDING(&findings, 0, "declaration-value", "asset.json", strstr(document, "'name': '") - document + 9,
                  "/name");
    CHECK_FINDING(&findings, 1, "declaration-value", "asset.json", strstr(document, " 9,") - document + 1,
                  "/output/metadata/tile_size");
    CHECK_FINDING(&findings, 2, "path-outside", "asset.json", strstr(document, "/a.png") - document,
                  "/inputs/sprites/0");
    CHECK_FINDING(&findings, 3, "declaration-value", "asset.json", strstr(document, "99") - document, "/preload/slot");
    base_findings_free(&findings);
    free(a);
    free(b);
    free(c);
    free(document);
}

UNIT_TEST(without_a_record_the_uuid_may_be_absent)
{
    struct workspace_declaration declaration;
    parse_replaced(glyph_document, UUID_1, "", &declaration);
    CHECK(declaration.asset_uuid == NULL);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "  'asset_uuid': '" UUID_1 "',\n", "", &declaration);
    CHECK(declaration.asset_uuid == NULL);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(values_in_messages_are_cut_and_printable)
{
    char name[400];
    (void)snprintf(name, sizeof name, "'type': '^%0200d'", 7);
    char *document = replaced(glyph_document, "'type': 'glyph_bank'", name);
    int64_t mark;
    struct workspace_declaration declaration;
    struct base_findings findings;
    CHECK(!parse_declaration(document, &mark, &declaration, &findings));
    REQUIRE(findings.count == 1);
    CHECK(strlen(findings.items[0].actual) < 80);
    base_findings_free(&findings);
    free(document);
    document = replaced(glyph_document, "'build'", "'^\xe2\x80\xaexyz'");
    CHECK(!parse_declaration(document, &mark, &declaration, &findings));
    CHECK_SAYS(&findings, 0, "\\u{202e}xyz");
    base_findings_free(&findings);
    free(document);
}

UNIT_TEST(values_in_messages_are_told_by_their_kind)
{
    static const char *const cases[][2] = {
        {"true", "true"},
        {"false", "false"},
        {"null", "null"},
        {"{'a':1}", "an object"},
        {"[1]", "an array"},
        {"-12.5e3", "-12.5e3"},
        {"1234567890123456789012345678901", "123456789012345678901234567890…"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char value[64];
        (void)snprintf(value, sizeof value, "'name': ^%s", cases[i][0]);
        char *document = replaced(glyph_document, "'name': 'hero'", value);
        int64_t mark;
        struct workspace_declaration declaration;
        struct base_findings findings;
        CHECK(!parse_declaration(document, &mark, &declaration, &findings));
        CHECK_ONLY(&findings, "declaration-shape", "asset.json", mark, "/name");
        CHECK_STRING(findings.items[0].actual, cases[i][1]);
        CHECK_STRING(findings.items[0].expected, "a string");
        base_findings_free(&findings);
        free(document);
    }
}
