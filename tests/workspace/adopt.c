/* prpack add where an asset.json exists already. */
#include "tests/workspace/attempt.h"
#include "workspace/edit/edit.h"
#include "workspace/model/uuid.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ANCHOR "assets/new/asset.json"

static bool add(const struct workspace_add_options *options, struct workspace_added *result,
                struct base_findings *findings)
{
    struct workspace workspace;
    base_findings_init(findings);
    open_fine(&workspace);
    bool added = add_root(&workspace, "new", options, result, findings);
    workspace_close(&workspace);
    return added;
}

static void check_refused_for(const struct workspace_add_options *options, const char *id, int64_t offset,
                              const char *pointer, const char *says, enum workspace_field field, unsigned line)
{
    char *index = get(INDEX);
    char *anchor = get(ANCHOR);
    struct workspace_added result;
    struct base_findings findings;
    CHECK(!add(options, &result, &findings));
    check_only(&findings, id, ANCHOR, offset, pointer, line);
    check_says(&findings, 0, says, line);
    CHECK_U64(findings.items[0].place.request_field, field);
    char *index_after = get(INDEX);
    char *anchor_after = get(ANCHOR);
    CHECK_STRING(index_after, index);
    CHECK_STRING(anchor_after, anchor);
    free(index);
    free(anchor);
    free(index_after);
    free(anchor_after);
    base_findings_free(&findings);
}

static void check_anchor_refused(const struct workspace_add_options *options, const char *id, int64_t offset,
                                 const char *pointer, const char *says, unsigned line)
{
    check_refused_for(options, id, offset, pointer, says, WORKSPACE_FIELD_NONE, line);
}

UNIT_TEST(an_asset_json_with_a_uuid_stays_as_it_is)
{
    (void)put(INDEX, "{'schema_version':1,'next_asset_id':9,'assets':[]}");
    (void)put(ANCHOR, glyph_document);
    char *before = get(ANCHOR);
    struct stat status_before;
    REQUIRE(stat(unit_path(ANCHOR), &status_before) == 0);
    struct workspace_added result;
    struct base_findings findings;
    REQUIRE(add(&nothing_said, &result, &findings));
    CHECK_U64(findings.count, 0);
    CHECK_U64(result.asset_id, 9);
    CHECK_STRING(result.asset_uuid, UUID_1);
    CHECK_STRING(result.name, "hero");
    CHECK_STRING(result.format, "GLYPH/indexed_v1");
    CHECK(!result.wrote_declaration);
    char *after = get(ANCHOR);
    CHECK_STRING(after, before);
    struct stat status_after;
    REQUIRE(stat(unit_path(ANCHOR), &status_after) == 0);
    CHECK_U64(status_after.st_ino, status_before.st_ino);
    free(after);
    free(before);
    forget_added(&result);
    base_findings_free(&findings);
}

/* `before` gets a uuid and becomes `after`, in which %s is that uuid. */
static void check_filled(const char *before, const char *after)
{
    (void)put(INDEX, "{'schema_version':1,'next_asset_id':1,'assets':[]}");
    unit_write_file(ANCHOR, before, strlen(before));
    struct workspace_added result;
    struct base_findings findings;
    REQUIRE(add(&nothing_said, &result, &findings));
    CHECK(workspace_uuid_is_valid(result.asset_uuid));
    char expected[2048];
    const char *hole = strstr(after, "%s");
    REQUIRE(hole != NULL);
    (void)snprintf(expected, sizeof expected, "%.*s%s%s", (int)(hole - after), after, result.asset_uuid, hole + 2);
    char *text = get(ANCHOR);
    CHECK_STRING(text, expected);
    free(text);
    struct workspace workspace;
    open_fine(&workspace);
    CHECK(workspace_load(&workspace, &findings));
    CHECK_STRING(workspace.registry.records[0].asset_uuid, result.asset_uuid);
    workspace_close(&workspace);
    forget_added(&result);
    base_findings_free(&findings);
}

#define REST                                                                                                           \
    "\"name\":\"l\\u0065vel\",\t\"type\": \"scene_bank\",\r\n\n \"inputs\":{\"sources\":[\"level.bin\"]},"             \
    "\"output\":{\"format\":\"SCENE/raw_v1\",\"codec\":\"NONE\"},\"preload\":{\"enabled\":false}}  \n\n"

UNIT_TEST(a_missing_uuid_is_the_only_change)
{
    check_filled("{\"schema_version\":1, \"asset_uuid\" : \"\" ," REST,
                 "{\"schema_version\":1, \"asset_uuid\" : \"%s\" ," REST);
    check_filled("{\"schema_version\":1," REST, "{\"asset_uuid\": \"%s\",\"schema_version\":1," REST);
    check_filled(" \n{\r\n\t\"schema_version\":1," REST,
                 " \n{\r\n\t\"asset_uuid\": \"%s\",\r\n\t\"schema_version\":1," REST);
    check_filled("{\"asset\\u005fuuid\":\"\",\"schema_version\":1," REST,
                 "{\"asset\\u005fuuid\":\"%s\",\"schema_version\":1," REST);
}

UNIT_TEST(a_uuid_belongs_to_one_record)
{
    put_registry("other", NULL, NULL);
    char *document = replaced(glyph_document, UUID_1, "^" UUID_1);
    int64_t mark = put(ANCHOR, document);
    free(document);
    check_anchor_refused(&nothing_said, "declaration-identity", mark, "/asset_uuid", "the one of asset 1 already",
                         __LINE__);
}

UNIT_TEST(a_faulty_asset_json_is_refused_as_a_build_would)
{
    put_registry(NULL, NULL, NULL);
    char *document = replaced(glyph_document, "'codec': 'NONE'", "'codec': '^RAW'");
    int64_t mark = put(ANCHOR, document);
    free(document);
    check_anchor_refused(&nothing_said, "declaration-value", mark, "/output/codec", "Write \"NONE\"", __LINE__);
    mark = put(ANCHOR, "{'a':1 ^x");
    check_anchor_refused(&nothing_said, "declaration-syntax", mark, NULL, "line 1, column 8", __LINE__);
    REQUIRE(unlink(unit_path(ANCHOR)) == 0 && mkfifo(unit_path(ANCHOR), 0600) == 0);
    struct workspace_added result;
    struct base_findings findings;
    CHECK(!add(&nothing_said, &result, &findings));
    CHECK_ONLY(&findings, "input-not-regular", ANCHOR, -1, NULL);
    base_findings_free(&findings);
    /* A link that leads nowhere is an asset.json that is not there to be read, and none to be written over. */
    REQUIRE(unlink(unit_path(ANCHOR)) == 0 && symlink("nowhere", unit_path(ANCHOR)) == 0);
    CHECK(!add(&nothing_said, &result, &findings));
    CHECK_ONLY(&findings, "anchor-missing", ANCHOR, -1, NULL);
    base_findings_free(&findings);
    REQUIRE(unlink(unit_path(ANCHOR)) == 0 && symlink("/etc/passwd", unit_path(ANCHOR)) == 0);
    CHECK(!add(&nothing_said, &result, &findings));
    CHECK_ONLY(&findings, "path-outside", ANCHOR, -1, NULL);
    base_findings_free(&findings);
}

/* Options that say what the document says are fine; others are refused at the member. */
static void check_contradiction(struct workspace_add_options options, const char *document, const char *pointer,
                                const char *says, enum workspace_field field, unsigned line)
{
    int64_t mark = put(ANCHOR, document);
    check_refused_for(&options, "declaration-value", mark, pointer, says, field, line);
}

UNIT_TEST(options_that_contradict_are_refused_at_the_member)
{
    put_registry(NULL, NULL, NULL);
    static const struct {
        struct workspace_add_options options;
        const char *old;
        const char *new;
        const char *pointer;
        const char *says;
        enum workspace_field field;
    } cases[] = {
        {{.type = "sound_bank", .tile_size = -1, .preload = -1, .slot = -1},
         "'glyph_bank'",
         "'^glyph_bank'",
         "/type",
         "not say what was asked",
         WORKSPACE_FIELD_ADD_TYPE},
        {{.format = "GLYPH/raw_v1", .tile_size = -1, .preload = -1, .slot = -1},
         "'GLYPH/i",
         "'^GLYPH/i",
         "/output/format",
         "GLYPH/raw_v1",
         WORKSPACE_FIELD_ADD_FORMAT},
        {{.name = "Hero", .tile_size = -1, .preload = -1, .slot = -1},
         "'hero'",
         "'^hero'",
         "/name",
         "Hero",
         WORKSPACE_FIELD_ADD_NAME},
        {{.tile_size = 8, .preload = -1, .slot = -1},
         "'metadata': {",
         "'metadata': ^{",
         "/output/metadata",
         "8",
         WORKSPACE_FIELD_ADD_TILE_SIZE},
        {{.tile_size = -1, .preload = 0, .slot = -1},
         "'enabled': true",
         "'enabled': ^true",
         "/preload/enabled",
         "false",
         WORKSPACE_FIELD_ADD_PRELOAD},
        {{.tile_size = -1, .preload = -1, .slot = 4},
         "'slot': 3",
         "'slot': ^3",
         "/preload/slot",
         "4",
         WORKSPACE_FIELD_ADD_SLOT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *document = replaced(glyph_document, cases[i].old, cases[i].new);
        check_contradiction(cases[i].options, document, cases[i].pointer, cases[i].says, cases[i].field, (unsigned)i);
        free(document);
    }
    struct workspace_add_options options = nothing_said;
    options.preload = 1;
    char *document = replaced(sound_document, "'enabled':false", "'enabled':^false");
    check_contradiction(options, document, "/preload/enabled", "true", WORKSPACE_FIELD_ADD_PRELOAD, __LINE__);
    free(document);
    options = nothing_said;
    options.slot = 2;
    document = replaced(sound_document, "'preload':{", "'preload':^{");
    check_contradiction(options, document, "/preload", "none", WORKSPACE_FIELD_ADD_SLOT, __LINE__);
    free(document);
    options = nothing_said;
    options.tile_size = 8;
    document = replaced(sound_document, "'output':{", "'output':^{");
    check_contradiction(options, document, "/output", "none", WORKSPACE_FIELD_ADD_TILE_SIZE, __LINE__);
    free(document);
    options = nothing_said;
    options.pad = true;
    document = replaced(glyph_document, "'pipeline': {", "'pipeline': ^{");
    check_contradiction(options, document, "/output/pipeline", "no padding", WORKSPACE_FIELD_ADD_PAD, __LINE__);
    free(document);
}

UNIT_TEST(options_that_agree_are_fine)
{
    put_registry(NULL, NULL, NULL);
    (void)put(ANCHOR, glyph_document);
    struct workspace_add_options options = {
        .type = "glyph_bank", .format = "GLYPH/indexed_v1", .name = "hero", .tile_size = 16, .preload = 1, .slot = 3};
    struct workspace_added result;
    struct base_findings findings;
    CHECK(add(&options, &result, &findings));
    CHECK_U64(findings.count, 0);
    forget_added(&result);
    base_findings_free(&findings);
}

UNIT_TEST(a_uuid_that_does_not_fit_into_the_limit_is_refused)
{
    put_registry(NULL, NULL, NULL);
    char *document = replaced(scene_document, "'asset_uuid':'" UUID_3 "',", "");
    (void)put(ANCHOR, document);
    free(document);
    char *text = get(ANCHOR);
    size_t size = strlen(text);
    char *padded = malloc(1 << 20);
    REQUIRE(padded != NULL);
    for (size_t i = 0; i < 1 << 20; i++) {
        padded[i] = ' ';
        if (i < size) {
            padded[i] = text[i];
        }
    }
    unit_write_file(ANCHOR, padded, 1 << 20);
    free(padded);
    free(text);
    struct workspace_added result;
    struct base_findings findings;
    CHECK(!add(&nothing_said, &result, &findings));
    CHECK_ONLY(&findings, "input-too-large", ANCHOR, -1, NULL);
    base_findings_free(&findings);
}
