/* The output of asset.json: docs/contracts/workspace.md, 3.1 and 3.5. */
#include "tests/workspace/declared.h"

#include "base/text.h"

#include <stdlib.h>

UNIT_TEST(wrong_formats_are_refused)
{
    static const struct variant variants[] = {
        {"GLYPH/indexed_v1", "^TILES/indexed_v1", "declaration-value", "/output/format", "GLYPH/indexed_v1"},
        {"GLYPH/indexed_v1", "^TILES/raw_v1", "declaration-value", "/output/format", "GLYPH/raw_v1"},
        {"GLYPH/indexed_v1", "^TILES/", "declaration-value", "/output/format", "TILES is called GLYPH"},
        {"GLYPH/indexed_v1", "^glyph/indexed_v1", "declaration-value", "/output/format", "GLYPH/indexed_v1"},
        {"GLYPH/indexed_v1", "^GLYPH/indexed_v2", "declaration-value", "/output/format", "GLYPH/indexed_v1"},
        {"GLYPH/indexed_v1", "^png", "declaration-value", "/output/format", "SOUNDS/raw_v1 or SCENE/raw_v1"},
        {"GLYPH/indexed_v1", "^TILESET/x", "declaration-value", "/output/format", "the format is unknown"},
        {"'output': {\n    'format': 'GLYPH/indexed_v1',", "'output': ^{", "declaration-shape", "/output",
         "lacks \"format\""},
        {"'output': {\n    'format': 'GLYPH/indexed_v1',\n    'codec': 'NONE',",
         "'output': ^{\n 'format': 'GLYPH/indexed_v1',", "declaration-shape", "/output", "lacks \"codec\""},
        {"'GLYPH/indexed_v1'", "^1", "declaration-shape", "/output/format", "a string"},
        {"'codec': 'NONE'", "'codec': '^RAW'", "declaration-value", "/output/codec", "RAW is called NONE now"},
        {"'codec': 'NONE'", "'codec': '^none'", "declaration-value", "/output/codec", "the codec is unknown"},
        {"'codec': 'NONE'", "'codec': ^null", "declaration-shape", "/output/codec", "a string"},
        {"'codec_configuration': {}", "'codec_configuration': {'^level': 9}", "declaration-value",
         "/output/codec_configuration/level", "nothing to configure"},
        {"'codec_configuration': {}", "'codec_configuration': ^[]", "declaration-shape", "/output/codec_configuration",
         "an object"},
        {"'pipeline': {'step': 'draw'}", "'pipeline': ^['draw']", "declaration-shape", "/output/pipeline", "an object"},
        {"'codec_configuration': {}", "'^codec_config': {}", "declaration-shape", "/output/codec_config",
         "is not a member"},
        {"'codec_configuration': {}", "'decoded_size': ^67584", "declaration-shape", "/output/decoded_size",
         "computed"},
    };
    CHECK_VARIANTS(glyph_document, variants);
}

UNIT_TEST(a_format_fits_its_type)
{
    /* The format decides which roles are right: only the format is at fault. */
    static const struct variant variants[] = {
        {"'type': 'glyph_bank'", "'type': 'scene_bank'", "declaration-value", "/output/format", "scene_bank"},
    };
    char *document = replaced(glyph_document, "'GLYPH/indexed_v1'", "'^GLYPH/indexed_v1'");
    CHECK_VARIANTS(document, variants);
    free(document);
}

UNIT_TEST(wrong_tile_sizes_are_refused)
{
    static const struct variant variants[] = {
        {"'tile_size': 16", "'tile_size': ^24", "declaration-value", "/output/metadata/tile_size", "8, 16 or 32"},
        {"'tile_size': 16", "'tile_size': ^0", "declaration-value", "/output/metadata/tile_size", "no such tile size"},
        {"'tile_size': 16", "'tile_size': ^-16", "declaration-value", "/output/metadata/tile_size", "-16"},
        {"'tile_size': 16", "'tile_size': '^16'", "declaration-shape", "/output/metadata/tile_size", "an integer"},
        {"'tile_size': 16", "'tile_size': ^16.0", "declaration-value", "/output/metadata/tile_size", "fraction"},
        {"{'tile_size': 16, ", "^{", "declaration-shape", "/output/metadata", "needs output.metadata.tile_size"},
    };
    CHECK_VARIANTS(glyph_document, variants);
    char *document = replaced(glyph_document,
                              "'metadata': {'tile_size': 16, 'author': 'me', 'nested': [1, {'x': null}, true]},", "");
    char *marked = replaced(document, "'output': {", "'output': ^{");
    check_faulty(marked, "declaration-shape", "/output", "tile_size", __LINE__);
    free(marked);
    free(document);
}

UNIT_TEST(trees_hold_only_what_the_pack_can_carry)
{
    static const struct variant variants[] = {
        {"'author': 'me'", "'author': ^1.5", "declaration-value", "/output/metadata/author", "fraction"},
        {"'author': 'me'", "'author': ^1e3", "declaration-value", "/output/metadata/author", "exponent"},
        {"'author': 'me'", "'author': ^9007199254740992", "declaration-value", "/output/metadata/author", "2^53-1"},
        {"'author': 'me'", "'author': ^-9007199254740992", "declaration-value", "/output/metadata/author", "2^53-1"},
        {"'author': 'me'", "'author': ^-99999999999999999999999", "declaration-value", "/output/metadata/author",
         "-99999999999999999999999"},
        {"'author': 'me'", "'author': ^-0", "declaration-value", "/output/metadata/author", "-0"},
        {"{'x': null}", "{'x': [[^0.0]]}", "declaration-value", "/output/metadata/nested/1/x/0/0", "fraction"},
        {"'author': 'me'", "'pipeline': '^me'", "declaration-value", "/output/metadata/pipeline",
         "directly into output"},
        {"'author': 'me'", "'author': '^\\u0000'", "declaration-value", "/output/metadata/author", "U+0000"},
        {"'step': 'draw'", "'step': ^0.1", "declaration-value", "/output/pipeline/step",
         "a number in pipeline has a fraction"},
    };
    CHECK_VARIANTS(glyph_document, variants);
}

UNIT_TEST(members_of_the_pipeline_decide_how_pictures_are_packed)
{
    struct workspace_declaration declaration;
    parse_replaced(glyph_document, "'step': 'draw'", "'transparent': 'alpha', 'indices': 'banked', 'pad': true",
                   &declaration);
    CHECK_U64(declaration.rules.transparent, WORKSPACE_TRANSPARENT_ALPHA);
    CHECK(declaration.rules.banked);
    CHECK(declaration.rules.pad);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'step': 'draw'", "'transparent': 'i\\u006edex'", &declaration);
    CHECK_U64(declaration.rules.transparent, WORKSPACE_TRANSPARENT_INDEX);
    CHECK(!declaration.rules.banked);
    CHECK(!declaration.rules.pad);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(members_of_the_pipeline_have_few_values)
{
    static const struct variant of_glyphs[] = {
        {"'step': 'draw'", "'pad': ^false", "declaration-value", "/output/pipeline/pad",
         "output.pipeline.pad does not have this value"},
        {"'step': 'draw'", "'pad': ^1", "declaration-value", "/output/pipeline/pad", "true"},
        {"'step': 'draw'", "'transparent': '^none'", "declaration-value", "/output/pipeline/transparent",
         "\"alpha\" or \"index\""},
        {"'step': 'draw'", "'transparent': ^null", "declaration-value", "/output/pipeline/transparent", "null"},
        {"'step': 'draw'", "'indices': ^{'a': 1}", "declaration-value", "/output/pipeline/indices", "\"banked\""},
        {"'step': 'draw'", "'channels': ^null", "declaration-value", "/output/pipeline/channels",
         "output.pipeline.channels is for SOUNDS/pcm16le_v1"},
        {"'step': 'draw'", "'loop': '^source'", "declaration-value", "/output/pipeline/loop",
         "output.pipeline.loop is for SOUNDS/pcm16le_v1"},
    };
    CHECK_VARIANTS(glyph_document, of_glyphs);
}

/* A sound whose pipeline is `members`. */
#define SOUND_WITH(members)                                                                                            \
    "{'schema_version':1,'asset_uuid':'" UUID_2 "','name':'s','type':'sound_bank','inputs':{'sources':['s.wav']},"     \
    "'output':{'format':'SOUNDS/pcm16le_v1','codec':'NONE','pipeline':{" members "}},'preload':{'enabled':false}}"

UNIT_TEST(members_for_sounds_are_read)
{
    static const struct {
        const char *members;
        enum workspace_channels channels;
        bool loop;
    } cases[] = {
        {"", WORKSPACE_CHANNELS_ALL, false},
        {"'channels':'left'", WORKSPACE_CHANNELS_LEFT, false},
        {"'channels':'right','loop':'source'", WORKSPACE_CHANNELS_RIGHT, true},
        {"'loop':'source','channels':'mix'", WORKSPACE_CHANNELS_MIX, true},
        {"'notes':{'channels':'left','loop':'source'}", WORKSPACE_CHANNELS_ALL, false},
    };
    static const char document[] = SOUND_WITH("MEMBERS");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct workspace_declaration declaration;
        parse_replaced(document, "MEMBERS", cases[i].members, &declaration);
        CHECK_U64(declaration.channels, cases[i].channels);
        CHECK(declaration.loop_of_source == cases[i].loop);
        workspace_declaration_free(&declaration);
    }
}

UNIT_TEST(members_for_sounds_have_few_values)
{
    static const struct variant variants[] = {
        {"MEMBERS", "'channels':'^both'", "declaration-value", "/output/pipeline/channels",
         "output.pipeline.channels does not have this value"},
        {"MEMBERS", "'channels':^2", "declaration-value", "/output/pipeline/channels", "mix"},
        {"MEMBERS", "'channels':^null", "declaration-value", "/output/pipeline/channels", "mix"},
        {"MEMBERS", "'loop':^true", "declaration-value", "/output/pipeline/loop",
         "output.pipeline.loop does not have this value"},
        {"MEMBERS", "'loop':'^none'", "declaration-value", "/output/pipeline/loop", "source"},
    };
    CHECK_VARIANTS(SOUND_WITH("MEMBERS"), variants);
}

UNIT_TEST(their_names_are_free_in_other_places)
{
    struct workspace_declaration declaration;
    parse_replaced(glyph_document, "'step': 'draw'", "'notes': {'pad': 'none', 'loop': 1}", &declaration);
    workspace_declaration_free(&declaration);
    parse_replaced(glyph_document, "'author': 'me'", "'channels': 'left', 'pad': true", &declaration);
    workspace_declaration_free(&declaration);
}

UNIT_TEST(a_key_with_a_nul_is_refused_at_its_place)
{
    /* A pointer cannot show a NUL; the position does. */
    int64_t mark;
    struct workspace_declaration declaration;
    struct base_findings findings;
    char *document = replaced(glyph_document, "'author': 'me'", "'^a\\u0000': 'me'");
    CHECK(!parse_declaration(document, &mark, &declaration, &findings));
    REQUIRE(findings.count == 1);
    CHECK_U64(findings.items[0].place.byte_offset, mark);
    CHECK(findings.items[0].diagnostic == DIAG_DECLARATION_VALUE);
    base_findings_free(&findings);
    free(document);
}

/* metadata.nested as `levels` arrays around nothing; the ^ before the array of that level, from 1. */
static char *nested(unsigned levels, unsigned marked)
{
    char value[600];
    size_t size = 0;
    for (unsigned i = 1; i <= levels; i++) {
        if (i == marked) {
            value[size++] = '^';
        }
        value[size++] = '[';
    }
    for (unsigned i = 1; i <= levels; i++) {
        value[size++] = ']';
    }
    value[size] = '\0';
    return replaced(glyph_document, "[1, {'x': null}, true]", value);
}

UNIT_TEST(trees_are_as_deep_as_the_header_of_a_pack_allows)
{
    struct workspace_declaration declaration;
    /* metadata itself is level 1, so that 123 arrays end at level 124. */
    char *document = nested(123, 0);
    parse_fine(document, &declaration);
    workspace_declaration_free(&declaration);
    free(document);
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "/output/metadata/nested");
    for (unsigned i = 0; i < 123; i++) {
        base_text_add_string(&text, "/0");
    }
    const char *pointer = base_text_string(&text);
    document = nested(124, 124);
    check_faulty(document, "declaration-value", pointer, "at most 124 levels", __LINE__);
    free(document);
    /* Beyond 127 levels in the file it does not count as JSON. */
    document = nested(125, 125);
    check_faulty(document, "declaration-syntax", NULL, "127 levels", __LINE__);
    free(document);
    base_text_free(&text);
}

UNIT_TEST(wrong_sizes_of_raw_formats_are_refused)
{
    static const struct variant variants[] = {
        {"'decoded_size':9007199254740991,'metadata'", "'decoded_size':^1,'metadata'", "declaration-value",
         "/output/decoded_size", "not the one in output.metadata"},
        {"'decoded_size':9007199254740991,'metadata'", "'decoded_size':^9007199254740992,'metadata'",
         "declaration-value", "/output/decoded_size", "out of range"},
        {"'decoded_size':9007199254740991,'metadata'", "'decoded_size':^-1,'metadata'", "declaration-value",
         "/output/decoded_size", "-1"},
        {"'decoded_size':9007199254740991,'metadata'", "'decoded_size':'^1','metadata'", "declaration-shape",
         "/output/decoded_size", "an integer"},
        {"{'decoded_size':9007199254740991}", "{'decoded_size':^-5}", "declaration-value",
         "/output/metadata/decoded_size", "from 0 to 9007199254740991"},
        {"{'decoded_size':9007199254740991}", "{'decoded_size':^1.5}", "declaration-value",
         "/output/metadata/decoded_size", "fraction"},
        {"{'decoded_size':9007199254740991}", "{'decoded_size':^[]}", "declaration-shape",
         "/output/metadata/decoded_size", "an integer"},
    };
    CHECK_VARIANTS(scene_document, variants);
}

UNIT_TEST(members_of_another_format_are_refused)
{
    static const struct variant variants[] = {
        {"'codec':'NONE'", "'codec':'NONE','pipeline':{'pad':^true}", "declaration-value", "/output/pipeline/pad",
         "output.pipeline.pad is for GLYPH/indexed_v1, and the format is SCENE/raw_v1"},
    };
    CHECK_VARIANTS(scene_document, variants);
}
