/* Rules of registry and declaration, as the verifier reads them: each breach is one finding at its place, and the
 * answer to matches is no. */
#include "tests/lib/unit.h"
#include "tests/verify/project.h"

#include <stdio.h>
#include <stdlib.h>

/* One breach: `old` of the right text becomes `new`, whose ^ marks the byte that is reported. */
struct breach {
    const char *old;
    const char *new;
    const char *id;
    const char *pointer;
};

static const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8};

static struct project raw_project(const char *declaration)
{
    return (struct project){.header = HEADER(SCENE("1", "a", "0", "8"), ""),
                            .payload = base_bytes_make(bytes, sizeof bytes),
                            .declaration = declaration,
                            .sources = {{.path = "one.bin", .data = bytes, .size = sizeof bytes}},
                            .source_count = 1};
}

static char *replaced(const char *text, const char *old, const char *new)
{
    struct base_text result = BASE_TEXT_EMPTY;
    const char *at = strstr(text, old);
    REQUIRE(at != NULL);
    base_text_add(&result, base_bytes_make((const uint8_t *)text, (size_t)(at - text)));
    base_text_add_string(&result, new);
    base_text_add_string(&result, at + strlen(old));
    return base_text_take(&result);
}

/* What is in unit_path("project") breaks one rule. */
static void check_breach(const struct build *build, const char *file, size_t mark, const struct breach *breach,
                         unsigned line)
{
    struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
    struct verify_build_bytes files = build_bytes(build);
    struct verify_report report;
    char expected[256];
    verify_bytes(&files, &options, &report);
    (void)snprintf(expected, sizeof expected, "%s: %s:W @%zu%s%s%s", file, breach->id, mark,
                   breach->pointer[0] != '\0' ? " " : "", breach->pointer,
                   strcmp(file, "asset.json") == 0 ? " #1" : "");
    check_findings(&report, build, expected, __FILE__, line);
    CHECK_U64(report.loads, VERIFY_VERDICT_YES);
    CHECK_U64(report.conforms, VERIFY_VERDICT_YES);
    CHECK_U64(report.matches, VERIFY_VERDICT_NO);
    verify_report_free(&report);
}

/* ---- The registry ---- */

#define OTHER_UUID "0b0ad1a4-9d5c-4a3e-8f27-2d6f3b3c9a11"
#define EXCLUDED "{'asset_id':2,'asset_uuid':'" OTHER_UUID "','root':'other','included_in_build':false}"
static const char registry[] = REGISTRY("3", REGISTRY_RECORD("1", PROJECT_UUID, "root") "," EXCLUDED);

UNIT_TEST(each_rule_of_the_registry)
{
    static const struct breach breaches[] = {
        {"{'schema_version':1,", "^x", "registry-syntax", ""},
        {"'assets'", "'assets':[],'^assets'", "registry-syntax", "/assets"},
        {"'schema_version':1", "'schema_version':^2", "registry-shape", "/schema_version"},
        {"'schema_version':1,", "", "registry-shape", ""},
        {"'next_asset_id':3", "'next_asset_id':^2", "registry-shape", "/next_asset_id"},
        {"'next_asset_id':3", "'next_asset_id':^2147483649", "registry-shape", "/next_asset_id"},
        {"'next_asset_id':3", "'next_asset_id':'^3'", "registry-shape", "/next_asset_id"},
        {"'next_asset_id':3", "'^more':1,'next_asset_id':3", "registry-shape", "/more"},
        {"'next_asset_id':3", "'$schema':^3,'next_asset_id':3", "registry-shape", "/$schema"},
        {"'asset_id':2", "'^$schema':'x','asset_id':2", "registry-shape", "/assets/1/$schema"},
        {"'asset_id':2", "'asset_id':^1", "registry-duplicate", "/assets/1/asset_id"},
        {"'asset_id':2", "'asset_id':^0", "registry-shape", "/assets/1/asset_id"},
        {"'asset_id':2", "'asset_id':^2.0", "registry-shape", "/assets/1/asset_id"},
        {OTHER_UUID, "^" PROJECT_UUID, "registry-duplicate", "/assets/1/asset_uuid"},
        {OTHER_UUID, "^0B0AD1A4-9d5c-4a3e-8f27-2d6f3b3c9a11", "registry-shape", "/assets/1/asset_uuid"},
        {OTHER_UUID, "^", "registry-shape", "/assets/1/asset_uuid"},
        {"'other'", "'^root'", "registry-duplicate", "/assets/1/root"},
        {"'other'", "'^root/inner'", "root-invalid", "/assets/1/root"},
        {"'other'", "'^.prometeu'", "root-invalid", "/assets/1/root"},
        {"'other'", "'^.prometeu/x'", "root-invalid", "/assets/1/root"},
        {"'other'", "'^../x'", "root-invalid", "/assets/1/root"},
        {"'other'", "'^a//b'", "root-invalid", "/assets/1/root"},
        {"'other'", "'^'", "root-invalid", "/assets/1/root"},
        {"'other'", "'^a\\\\b'", "root-invalid", "/assets/1/root"},
        {"'other'", "'^a\\u0000'", "registry-shape", "/assets/1/root"},
        {"'other'", "^7", "registry-shape", "/assets/1/root"},
        {"'included_in_build':false", "'included_in_build':^0", "registry-shape", "/assets/1/included_in_build"},
        {"{'asset_id':2", "[^}],{'asset_id':2", "registry-syntax", ""},
    };
    struct project project = raw_project(DECLARATION("SCENE/raw_v1", "'sources':['one.bin']"));
    struct build build = project_make(&project);
    registry_write(registry);
    CHECK_SOURCES(&build, "");
    char *with_schema = replaced(registry, "{", "{'$schema':'x',");
    registry_write(with_schema);
    CHECK_SOURCES(&build, "");
    free(with_schema);
    for (size_t i = 0; i < sizeof breaches / sizeof breaches[0]; i++) {
        char *text = replaced(registry, breaches[i].old, breaches[i].new);
        struct marked marked = marked_make(text);
        registry_write(text);
        check_breach(&build, "index.json", marked.mark_count > 0 ? marked.marks[0] : 0, &breaches[i], (unsigned)i);
        marked_free(&marked);
        free(text);
    }
    build_free(&build);
}

UNIT_TEST(neighbours_of_a_root_are_not_in_it)
{
    struct project project = raw_project(DECLARATION("SCENE/raw_v1", "'sources':['one.bin']"));
    struct build build = project_make(&project);
    static const char *const roots[] = {
        "root.d", "root-2", "roo", "rooter", "other/root", "Root", "prometeu/.prometeu"};
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        char *text = replaced(registry, "other", roots[i]);
        registry_write(text);
        CHECK_SOURCES(&build, "");
        free(text);
    }
    build_free(&build);
}

/* ---- The declaration ---- */

static const char declaration[] =
    "{'schema_version':1,'asset_uuid':'" PROJECT_UUID "','name':'a','type':'scene_bank',"
    "'inputs':{'sources':['one.bin']},'output':{'format':'SCENE/raw_v1','codec':'NONE',"
    "'codec_configuration':{},'decoded_size':8,'metadata':{},'pipeline':{}},'preload':{'enabled':false},'build':{},"
    "'$schema':'x'}";

static void check_declaration(const char *right, const struct breach *breach, unsigned line)
{
    char *text = replaced(right, breach->old, breach->new);
    struct marked marked = marked_make(text);
    struct project project = raw_project(text);
    struct build build = project_make(&project);
    check_breach(&build, "asset.json", marked.mark_count > 0 ? marked.marks[0] : 0, breach, line);
    build_free(&build);
    marked_free(&marked);
    free(text);
}

UNIT_TEST(each_rule_of_the_declaration)
{
    static const struct breach breaches[] = {
        {"{'schema_version':1", "^", "declaration-syntax", ""},
        {"'name':'a'", "'name':'a','^name':'a'", "declaration-syntax", "/name"},
        {"'schema_version':1", "'schema_version':^2", "declaration-value", "/schema_version"},
        {"'schema_version':1", "'schema_version':^1.0", "declaration-value", "/schema_version"},
        {"'schema_version':1", "'schema_version':'^1'", "declaration-shape", "/schema_version"},
        {"'name':'a'", "'name':'a','^nmae':'a'", "declaration-shape", "/nmae"},
        {PROJECT_UUID, "^" OTHER_UUID, "declaration-identity", "/asset_uuid"},
        {PROJECT_UUID, "^", "declaration-identity", "/asset_uuid"},
        {PROJECT_UUID, "^x", "declaration-value", "/asset_uuid"},
        {"'asset_uuid':'" PROJECT_UUID "',", "", "declaration-identity", ""},
        {"'name':'a'", "'name':'^'", "declaration-value", "/name"},
        {"'name':'a'", "'name':'^\\u007f'", "declaration-value", "/name"},
        {"'name':'a'", "'name':'^\\n'", "declaration-value", "/name"},
        {"'name':'a'", "'name':'^\\u0000'", "declaration-value", "/name"},
        {"'name':'a',", "", "declaration-shape", ""},
        {"'scene_bank'", "'^scene'", "declaration-value", "/type"},
        {"'scene_bank'", "^1", "declaration-shape", "/type"},
        {"['one.bin']", "^[]", "declaration-value", "/inputs/sources"},
        {"['one.bin']", "^['one.bin','one.bin']", "declaration-value", "/inputs/sources"},
        {"'one.bin'", "'^/one.bin'", "path-outside", "/inputs/sources/0"},
        {"'one.bin'", "'^../one.bin'", "path-outside", "/inputs/sources/0"},
        {"'one.bin'", "'^./one.bin'", "path-outside", "/inputs/sources/0"},
        {"{'sources':['one.bin']}", "{'sources':['one.bin'],'^palettes':[]}", "declaration-shape", "/inputs/palettes"},
        {"'SCENE/raw_v1'", "'^TILES/raw_v1'", "declaration-value", "/output/format"},
        {"'SCENE/raw_v1'", "'^SOUNDS/raw_v1'", "declaration-value", "/output/format"},
        {"'NONE'", "'^RAW'", "declaration-value", "/output/codec"},
        {"{'format':'SCENE/raw_v1','codec':'NONE'", "^{'format':'SCENE/raw_v1'", "declaration-shape", "/output"},
        {"'codec_configuration':{}", "'codec_configuration':{'^level':9}", "declaration-value",
         "/output/codec_configuration/level"},
        {"'decoded_size':8", "'decoded_size':^-1", "declaration-value", "/output/decoded_size"},
        {"'decoded_size':8", "'decoded_size':^9007199254740992", "declaration-value", "/output/decoded_size"},
        {"'decoded_size':8,'metadata':{}", "'decoded_size':^8,'metadata':{'decoded_size':9}", "declaration-value",
         "/output/decoded_size"},
        {"'metadata':{}", "'metadata':{'a':^1.5}", "declaration-value", "/output/metadata/a"},
        {"'metadata':{}", "'metadata':{'a':[^-0]}", "declaration-value", "/output/metadata/a/0"},
        {"'metadata':{}", "'metadata':{'a':^9007199254740992}", "declaration-value", "/output/metadata/a"},
        {"'metadata':{}", "'metadata':{'pipeline':^1}", "declaration-value", "/output/metadata/pipeline"},
        {"'pipeline':{}", "'pipeline':^[]", "declaration-shape", "/output/pipeline"},
        {"'pipeline':{}", "'pipeline':{'a':^1e3}", "declaration-value", "/output/pipeline/a"},
        {"'pipeline':{}", "'pipeline':{'transparent':'^alpha'}", "declaration-value", "/output/pipeline/transparent"},
        {"'pipeline':{}", "'pipeline':{'indices':^7}", "declaration-value", "/output/pipeline/indices"},
        {"'pipeline':{}", "'pipeline':{'pad':^true}", "declaration-value", "/output/pipeline/pad"},
        {"'pipeline':{}", "'pipeline':{'channels':'^left'}", "declaration-value", "/output/pipeline/channels"},
        {"'pipeline':{}", "'pipeline':{'loop':'^source'}", "declaration-value", "/output/pipeline/loop"},
        {"{'enabled':false}", "^{}", "declaration-shape", "/preload"},
        {"{'enabled':false}", "{'enabled':^0}", "declaration-shape", "/preload/enabled"},
        {"{'enabled':false}", "{'enabled':false,'slot':^1}", "declaration-value", "/preload/slot"},
        {"{'enabled':false}", "{'enabled':true,'slot':^16}", "declaration-value", "/preload/slot"},
        {"'build':{}", "'build':^[]", "declaration-shape", "/build"},
        {"'$schema':'x'", "'$schema':^1", "declaration-shape", "/$schema"},
    };
    for (size_t i = 0; i < sizeof breaches / sizeof breaches[0]; i++) {
        check_declaration(declaration, &breaches[i], (unsigned)i);
    }
}

static const char glyphs[] = "{'schema_version':1,'asset_uuid':'" PROJECT_UUID
                             "','name':'a','type':'glyph_bank','inputs':{'palettes':[{'index':0,'path':'p'},"
                             "{'index':1,'path':'q'}],'sprites':['one.bin']},'output':{'format':'GLYPH/indexed_v1',"
                             "'codec':'NONE','metadata':{'tile_size':8}},'preload':{'enabled':false}}";

UNIT_TEST(each_rule_of_a_declaration_of_glyphs)
{
    static const struct breach breaches[] = {
        {"'tile_size':8", "'tile_size':^9", "declaration-value", "/output/metadata/tile_size"},
        {"'tile_size':8", "'tile_size':'^8'", "declaration-shape", "/output/metadata/tile_size"},
        {"{'tile_size':8}", "^{}", "declaration-shape", "/output/metadata"},
        {"'metadata'", "'decoded_size':^67584,'metadata'", "declaration-shape", "/output/decoded_size"},
        {"'index':1", "'index':^0", "palette-index", "/inputs/palettes/1/index"},
        {"'index':1", "'index':^64", "palette-index", "/inputs/palettes/1/index"},
        {"'index':1,", "'index':1,'^more':1,", "declaration-shape", "/inputs/palettes/1/more"},
        {"{'index':1,'path':'q'}", "^{'index':1}", "declaration-shape", "/inputs/palettes/1"},
        {"[{'index':0,'path':'p'},{'index':1,'path':'q'}]", "^[]", "palette-missing", "/inputs/palettes"},
        {"['one.bin']", "^[]", "declaration-value", "/inputs/sprites"},
        {"['one.bin']", "[^{'tile':1}]", "declaration-shape", "/inputs/sprites/0"},
        {"['one.bin']", "[{'path':^1}]", "declaration-shape", "/inputs/sprites/0/path"},
        {"['one.bin']", "[{'path':'^/one'}]", "path-outside", "/inputs/sprites/0/path"},
        {"['one.bin']", "[{'path':'one.bin','^more':1}]", "declaration-shape", "/inputs/sprites/0/more"},
        {"['one.bin']", "[{'path':'one.bin','tile':'^1'}]", "declaration-shape", "/inputs/sprites/0/tile"},
        {"['one.bin']", "[{'path':'one.bin','tile':^1024}]", "declaration-value", "/inputs/sprites/0/tile"},
        {"['one.bin']", "[{'path':'one.bin','tile':^-1}]", "declaration-value", "/inputs/sprites/0/tile"},
        {"['one.bin']", "[{'path':'one.bin','tile':^1.0}]", "declaration-value", "/inputs/sprites/0/tile"},
        {"['one.bin']", "[{'path':'one.bin','palette':^64}]", "declaration-value", "/inputs/sprites/0/palette"},
        {"'codec':'NONE'", "'codec':'NONE','pipeline':{'transparent':'^none'}", "declaration-value",
         "/output/pipeline/transparent"},
        {"'codec':'NONE'", "'codec':'NONE','pipeline':{'transparent':^null}", "declaration-value",
         "/output/pipeline/transparent"},
        {"'codec':'NONE'", "'codec':'NONE','pipeline':{'indices':'^kept'}", "declaration-value",
         "/output/pipeline/indices"},
        {"'codec':'NONE'", "'codec':'NONE','pipeline':{'pad':^false}", "declaration-value", "/output/pipeline/pad"},
        {"['one.bin']", "[^1]", "declaration-shape", "/inputs/sprites/0"},
        {"{'palettes':[{'index':0,'path':'p'},{'index':1,'path':'q'}],'sprites':['one.bin']}", "^{}",
         "declaration-shape", "/inputs"},
    };
    for (size_t i = 0; i < sizeof breaches / sizeof breaches[0]; i++) {
        check_declaration(glyphs, &breaches[i], (unsigned)i);
    }
}

UNIT_TEST(metadata_is_124_levels_deep_at_most)
{
    struct base_text text = BASE_TEXT_EMPTY;
    for (int levels = 124; levels <= 125; levels++) {
        base_text_clear(&text);
        base_text_add_string(&text, "{'a':");
        for (int i = 1; i < levels; i++) {
            base_text_add_char(&text, '[');
        }
        for (int i = 1; i < levels; i++) {
            base_text_add_char(&text, ']');
        }
        base_text_add_char(&text, '}');
        char *deep = replaced(declaration, "'pipeline':{}", "'pipeline':~");
        char *whole = replaced(deep, "~", base_text_string(&text));
        struct project project = raw_project(whole);
        struct build build = project_make(&project);
        struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
        struct verify_build_bytes files = build_bytes(&build);
        struct verify_report report;
        verify_bytes(&files, &options, &report);
        CHECK_U64(report.findings.total[DIAG_DECLARATION_VALUE], levels > 124);
        CHECK_U64(report.findings.total[DIAG_PIPELINE_MISMATCH], levels <= 124);
        verify_report_free(&report);
        build_free(&build);
        free(deep);
        free(whole);
    }
    base_text_free(&text);
}
