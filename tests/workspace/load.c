/* The build set, and the inputs of its assets. */
#include "workspace/declaration/load.h"
#include "tests/workspace/fixture.h"
#include "workspace/workspace.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void put_three(void)
{
    put_registry("ui/hero", "sfx/jump", "level");
    (void)put("assets/ui/hero/asset.json", glyph_document);
    (void)put("assets/sfx/jump/asset.json", sound_document);
    (void)put("assets/level/asset.json", scene_document);
}

UNIT_TEST(the_build_set_is_loaded_in_order)
{
    put_three();
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    open_fine(&workspace);
    /* Twice: loading starts afresh. */
    CHECK(workspace_load(&workspace, &findings));
    CHECK(workspace_load(&workspace, &findings));
    CHECK_U64(findings.count, 0);
    REQUIRE(workspace.asset_count == 3);
    CHECK_STRING(workspace.assets[0].declaration.name, "hero");
    CHECK_STRING(workspace.assets[1].declaration.name, "jump");
    CHECK_STRING(workspace.assets[2].declaration.name, "level");
    for (size_t i = 0; i < 3; i++) {
        CHECK(workspace.assets[i].record == &workspace.registry.records[i]);
    }
    workspace_close(&workspace);
    base_findings_free(&findings);
}

static void check_load(size_t loaded, size_t expected_findings, struct base_findings *findings, unsigned line)
{
    struct workspace workspace;
    base_findings_init(findings);
    open_fine(&workspace);
    (void)unit_check_u64(workspace_load(&workspace, findings), expected_findings == 0, "loads", __FILE__, line);
    (void)unit_check_u64(workspace.asset_count, loaded, "assets", __FILE__, line);
    (void)unit_check_u64(findings->count, expected_findings, "findings", __FILE__, line);
    workspace_close(&workspace);
}

static void check_refused(const char *id, const char *file, int64_t offset, const char *pointer, const char *says,
                          unsigned line)
{
    struct base_findings findings;
    check_load(2, 1, &findings, line);
    check_only(&findings, id, file, offset, pointer, line);
    check_says(&findings, 0, says, line);
    CHECK(findings.count == 1 && findings.items[0].place.has_asset_id && findings.items[0].place.asset_id == 1);
    base_findings_free(&findings);
}

#define ANCHOR "assets/ui/hero/asset.json"

UNIT_TEST(a_root_must_be_a_directory)
{
    put_three();
    REQUIRE(unlink(unit_path(ANCHOR)) == 0 && rmdir(unit_path("assets/ui/hero")) == 0);
    check_refused("root-invalid", "assets/ui/hero", -1, NULL, "no such directory", __LINE__);
    unit_write_file("assets/ui/hero", "", 0);
    check_refused("root-invalid", "assets/ui/hero", -1, NULL, "is not a directory", __LINE__);
    REQUIRE(unlink(unit_path("assets/ui/hero")) == 0);
    REQUIRE(mkdir(unit_path("outside"), 0777) == 0);
    REQUIRE(symlink("../../outside", unit_path("assets/ui/hero")) == 0);
    check_refused("path-outside", "assets/ui/hero", -1, NULL, "through a link", __LINE__);
}

UNIT_TEST(a_root_must_have_its_anchor)
{
    put_three();
    REQUIRE(unlink(unit_path(ANCHOR)) == 0);
    check_refused("anchor-missing", ANCHOR, -1, NULL, "no asset.json", __LINE__);
}

UNIT_TEST(an_anchor_is_a_regular_file_of_its_root)
{
    put_three();
    REQUIRE(rename(unit_path(ANCHOR), unit_path("assets/ui/declaration.json")) == 0);
    REQUIRE(mkfifo(unit_path(ANCHOR), 0600) == 0);
    check_refused("input-not-regular", ANCHOR, -1, NULL, "FIFO", __LINE__);
    REQUIRE(unlink(unit_path(ANCHOR)) == 0);
    REQUIRE(mkdir(unit_path(ANCHOR), 0777) == 0);
    check_refused("input-not-regular", ANCHOR, -1, NULL, "a directory", __LINE__);
    REQUIRE(rmdir(unit_path(ANCHOR)) == 0);
    /* Still inside assets/, but out of the root. */
    REQUIRE(symlink("../declaration.json", unit_path(ANCHOR)) == 0);
    check_refused("path-outside", ANCHOR, -1, NULL, "through a link", __LINE__);
    REQUIRE(unlink(unit_path(ANCHOR)) == 0);
    REQUIRE(symlink("asset.json", unit_path(ANCHOR)) == 0);
    check_refused("path-outside", ANCHOR, -1, NULL, "loop", __LINE__);
    REQUIRE(unlink(unit_path(ANCHOR)) == 0);
    /* A link inside the root is fine. */
    REQUIRE(rename(unit_path("assets/ui/declaration.json"), unit_path("assets/ui/hero/real.json")) == 0);
    REQUIRE(symlink("real.json", unit_path(ANCHOR)) == 0);
    struct base_findings findings;
    check_load(3, 0, &findings, __LINE__);
    base_findings_free(&findings);
}

UNIT_TEST(an_anchor_beyond_the_limit_is_not_read)
{
    put_three();
    REQUIRE(truncate(unit_path(ANCHOR), (1 << 20) + 1) == 0);
    check_refused("input-too-large", ANCHOR, -1, NULL, "at most 1048576 bytes", __LINE__);
    REQUIRE(truncate(unit_path(ANCHOR), 1 << 20) == 0);
    check_refused("declaration-syntax", ANCHOR, (int64_t)strlen(glyph_document), NULL, "line 20, column 1", __LINE__);
}

UNIT_TEST(the_uuid_is_the_one_of_the_record)
{
    put_three();
    char *document = replaced(glyph_document, UUID_1, "^" UUID_2);
    int64_t mark = put(ANCHOR, document);
    free(document);
    check_refused("declaration-identity", ANCHOR, mark, "/asset_uuid", UUID_1, __LINE__);
    document = replaced(glyph_document, UUID_1, "^");
    mark = put(ANCHOR, document);
    free(document);
    check_refused("declaration-identity", ANCHOR, mark, "/asset_uuid", "is missing", __LINE__);
    document = replaced(glyph_document, "  'asset_uuid': '" UUID_1 "',\n", "");
    (void)put(ANCHOR, document);
    free(document);
    check_refused("declaration-identity", ANCHOR, 0, "", UUID_1, __LINE__);
}

UNIT_TEST(two_assets_with_one_name_are_refused_at_the_second)
{
    put_three();
    char *document = replaced(scene_document, "'name':'level'", "'name':'^hero'");
    int64_t mark = put("assets/level/asset.json", document);
    free(document);
    struct base_findings findings;
    check_load(3, 1, &findings, __LINE__);
    CHECK_ONLY(&findings, "declaration-value", "assets/level/asset.json", mark, "/name");
    CHECK_SAYS(&findings, 0, "\"ui/hero\" and \"level\"");
    CHECK_SAYS(&findings, 0, "1 and 3");
    CHECK(findings.count == 1 && findings.items[0].actual != NULL && strcmp(findings.items[0].actual, "hero") == 0);
    CHECK(findings.items[0].place.has_asset_id && findings.items[0].place.asset_id == 3);
    base_findings_free(&findings);
    document = replaced(sound_document, "'name':'jump'", "'name':'hero'");
    (void)put("assets/sfx/jump/asset.json", document);
    free(document);
    check_load(3, 2, &findings, __LINE__);
    CHECK_SAYS(&findings, 0, "1 and 2");
    CHECK_SAYS(&findings, 1, "1 and 3");
    base_findings_free(&findings);
}

UNIT_TEST(equal_names_are_found_after_other_names)
{
    put_three();
    char *document = replaced(sound_document, "'name':'jump'", "'name':'zz'");
    (void)put("assets/sfx/jump/asset.json", document);
    free(document);
    document = replaced(scene_document, "'name':'level'", "'name':'^zz'");
    int64_t mark = put("assets/level/asset.json", document);
    free(document);
    struct base_findings findings;
    check_load(3, 1, &findings, __LINE__);
    CHECK_ONLY(&findings, "declaration-value", "assets/level/asset.json", mark, "/name");
    CHECK_SAYS(&findings, 0, "2 and 3");
    base_findings_free(&findings);
}

UNIT_TEST(every_faulty_asset_is_reported_in_one_run)
{
    put_three();
    char *document = replaced(glyph_document, "'codec': 'NONE'", "'codec': '^RAW'");
    int64_t mark = put(ANCHOR, document);
    free(document);
    (void)put("assets/sfx/jump/asset.json", "{");
    REQUIRE(unlink(unit_path("assets/level/asset.json")) == 0);
    struct base_findings findings;
    check_load(0, 3, &findings, __LINE__);
    CHECK_FINDING(&findings, 0, "declaration-value", ANCHOR, mark, "/output/codec");
    CHECK_FINDING(&findings, 1, "declaration-syntax", "assets/sfx/jump/asset.json", 1, NULL);
    CHECK_FINDING(&findings, 2, "anchor-missing", "assets/level/asset.json", -1, NULL);
    for (size_t i = 0; i < 3 && i < findings.count; i++) {
        CHECK_U64(findings.items[i].place.asset_id, i + 1);
    }
    base_findings_free(&findings);
}

UNIT_TEST(what_is_not_included_is_not_looked_at)
{
    put_three();
    char *registry = get("assets/.prometeu/index.json");
    char *document = replaced(registry, "\"included_in_build\":true", "\"included_in_build\":false");
    (void)put("assets/.prometeu/index.json", document);
    free(document);
    free(registry);
    REQUIRE(unlink(unit_path(ANCHOR)) == 0 && rmdir(unit_path("assets/ui/hero")) == 0);
    struct base_findings findings;
    check_load(2, 0, &findings, __LINE__);
    base_findings_free(&findings);
}

UNIT_TEST(a_declaration_is_loaded_without_a_record)
{
    put_registry(NULL, NULL, NULL);
    char *document = replaced(glyph_document, UUID_1, "");
    (void)put("assets/new/asset.json", document);
    free(document);
    struct workspace workspace;
    struct base_findings findings;
    struct workspace_declaration declaration;
    base_findings_init(&findings);
    open_fine(&workspace);
    CHECK(workspace_load(&workspace, &findings));
    CHECK_U64(workspace.asset_count, 0);
    CHECK(workspace_declaration_load("assets", workspace.assets_fd, "new", NULL, &declaration, &findings));
    CHECK(declaration.asset_uuid == NULL);
    workspace_declaration_free(&declaration);
    CHECK(!workspace_declaration_load("assets", workspace.assets_fd, "none", NULL, &declaration, &findings));
    REQUIRE(findings.count == 1);
    CHECK(findings.items[0].diagnostic == DIAG_ROOT_INVALID && !findings.items[0].place.has_asset_id);
    CHECK_STRING(findings.items[0].place.file, "assets/none");
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(one_record_is_loaded_by_itself)
{
    (void)put("assets/.prometeu/index.json",
              "{'schema_version':1,'next_asset_id':3,'assets':[{'asset_id':2,'asset_uuid':'" UUID_1
              "','root':'ui/hero','included_in_build':false}]}");
    (void)put(ANCHOR, glyph_document);
    struct workspace workspace;
    struct base_findings findings;
    struct workspace_declaration declaration;
    base_findings_init(&findings);
    open_fine(&workspace);
    CHECK(workspace_load_record(&workspace, &workspace.registry.records[0], &declaration, &findings));
    CHECK_STRING(declaration.name, "hero");
    workspace_declaration_free(&declaration);
    REQUIRE(unlink(unit_path(ANCHOR)) == 0);
    CHECK(!workspace_load_record(&workspace, &workspace.registry.records[0], &declaration, &findings));
    CHECK_ONLY(&findings, "anchor-missing", ANCHOR, -1, NULL);
    CHECK(findings.items[0].place.has_asset_id && findings.items[0].place.asset_id == 2);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

/* ---- Inputs ---- */

static void check_input(size_t input, const char *id, const char *file, const char *says, unsigned line)
{
    struct workspace workspace;
    struct base_findings findings;
    struct base_file opened;
    base_findings_init(&findings);
    open_fine(&workspace);
    REQUIRE(workspace_load(&workspace, &findings));
    CHECK(!workspace_input_open(&workspace, &workspace.assets[0], input, &opened, &findings));
    CHECK(opened.fd == -1);
    check_only(&findings, id, file, -1, NULL, line);
    check_says(&findings, 0, says, line);
    CHECK(findings.count == 1 && findings.items[0].place.has_asset_id && findings.items[0].place.asset_id == 1);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(an_input_is_opened_below_its_root)
{
    put_three();
    unit_write_file("assets/ui/hero/sub/b.png", "12345", 5);
    REQUIRE(symlink("sub/b.png", unit_path("assets/ui/hero/a.png")) == 0);
    struct workspace workspace;
    struct base_findings findings;
    struct base_file file;
    base_findings_init(&findings);
    open_fine(&workspace);
    REQUIRE(workspace_load(&workspace, &findings));
    for (size_t input = 2; input < 4; input++) {
        CHECK(workspace_input_open(&workspace, &workspace.assets[0], input, &file, &findings));
        CHECK_U64(file.size, 5);
        base_file_close(&file);
    }
    char *display = workspace_input_display(&workspace, &workspace.assets[0], 3);
    CHECK_STRING(display, unit_path("assets/ui/hero/sub/b.png"));
    free(display);
    CHECK_U64(findings.count, 0);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(a_missing_input_names_what_may_have_been_meant)
{
    put_three();
    check_input(2, "input-missing", "assets/ui/hero/a.png", "there is no such file", __LINE__);
    unit_write_file("assets/ui/hero/A.PNG", "", 0);
    unit_write_file("assets/ui/hero/a.pngg", "", 0);
    check_input(2, "input-missing", "assets/ui/hero/a.png", "beside it is \"A.PNG\"", __LINE__);
    check_input(3, "input-missing", "assets/ui/hero/sub/b.png", "there is no such file", __LINE__);
    unit_write_file("assets/ui/hero/sub/B.png", "", 0);
    check_input(3, "input-missing", "assets/ui/hero/sub/b.png", "\"B.png\"", __LINE__);
    unit_write_file("assets/ui/hero/sub/B.PNG", "", 0);
    check_input(3, "input-missing", "assets/ui/hero/sub/b.png", "\"B.PNG\"", __LINE__);
    /* A directory of that name is not suggested as a file. */
    REQUIRE(mkdir(unit_path("assets/ui/hero/five.gp"), 0777) == 0);
    check_input(0, "input-missing", "assets/ui/hero/five.gpl", "there is no such file", __LINE__);
}

UNIT_TEST(an_input_under_a_file_is_missing)
{
    put_three();
    unit_write_file("assets/ui/hero/sub", "", 0);
    check_input(3, "input-missing", "assets/ui/hero/sub/b.png", "there is no such file", __LINE__);
}

UNIT_TEST(an_input_is_a_regular_file_of_its_root)
{
    put_three();
    REQUIRE(mkfifo(unit_path("assets/ui/hero/a.png"), 0600) == 0);
    check_input(2, "input-not-regular", "assets/ui/hero/a.png", "leads to a directory", __LINE__);
    REQUIRE(unlink(unit_path("assets/ui/hero/a.png")) == 0);
    REQUIRE(mkdir(unit_path("assets/ui/hero/a.png"), 0777) == 0);
    check_input(2, "input-not-regular", "assets/ui/hero/a.png", "leads to a directory", __LINE__);
    REQUIRE(rmdir(unit_path("assets/ui/hero/a.png")) == 0);
    REQUIRE(symlink("../../level/asset.json", unit_path("assets/ui/hero/a.png")) == 0);
    check_input(2, "path-outside", "assets/ui/hero/a.png", "through a link", __LINE__);
    REQUIRE(unlink(unit_path("assets/ui/hero/a.png")) == 0);
    REQUIRE(symlink("/etc/passwd", unit_path("assets/ui/hero/a.png")) == 0);
    check_input(2, "path-outside", "assets/ui/hero/a.png", "through a link", __LINE__);
}

UNIT_TEST(a_root_that_is_gone_takes_its_inputs_along)
{
    put_three();
    struct workspace workspace;
    struct base_findings findings;
    struct base_file file;
    base_findings_init(&findings);
    open_fine(&workspace);
    REQUIRE(workspace_load(&workspace, &findings));
    REQUIRE(rename(unit_path("assets/ui"), unit_path("assets/ui2")) == 0);
    CHECK(!workspace_input_open(&workspace, &workspace.assets[0], 2, &file, &findings));
    CHECK_ONLY(&findings, "input-missing", "assets/ui/hero/a.png", -1, NULL);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

/* ---- Size ---- */

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

UNIT_TEST(ten_thousand_assets_load_fast)
{
    enum { COUNT = 10000 };
    char *registry = malloc((size_t)COUNT * 160);
    REQUIRE(registry != NULL);
    size_t size = (size_t)sprintf(registry, "{\"schema_version\":1,\"next_asset_id\":%d,\"assets\":[", COUNT + 1);
    for (int i = 1; i <= COUNT; i++) {
        size += (size_t)sprintf(registry + size,
                                "%s{\"asset_id\":%d,\"asset_uuid\":\"00000000-0000-4000-8000-%012x\",\"root\":\"r%d\","
                                "\"included_in_build\":true}",
                                i == 1 ? "" : ",", i, i, i);
        char path[64];
        char name[64];
        char uuid[64];
        (void)snprintf(path, sizeof path, "assets/r%d/asset.json", i);
        (void)snprintf(name, sizeof name, "'name':'%d'", i);
        (void)snprintf(uuid, sizeof uuid, "00000000-0000-4000-8000-%012x", i);
        char *named = replaced(sound_document, "'name':'jump'", name);
        char *document = replaced(named, UUID_2, uuid);
        (void)put(path, document);
        free(document);
        free(named);
    }
    size += (size_t)sprintf(registry + size, "]}");
    unit_write_file("assets/.prometeu/index.json", registry, size);
    free(registry);
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    double begin = seconds();
    open_fine(&workspace);
    CHECK(workspace_load(&workspace, &findings));
    CHECK(workspace_scan(&workspace, &findings));
    CHECK(seconds() - begin < 10.0);
    CHECK_U64(workspace.asset_count, COUNT);
    CHECK_U64(workspace.unregistered_count, 0);
    CHECK_U64(findings.count, 0);
    workspace_close(&workspace);
    base_findings_free(&findings);
}
