/* Unregistered anchors, and what no declaration names. */
#include "tests/workspace/fixture.h"
#include "workspace/workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void scan(struct workspace *workspace, struct base_findings *findings)
{
    base_findings_init(findings);
    open_fine(workspace);
    CHECK(workspace_scan(workspace, findings));
    CHECK_U64(base_findings_errors(findings), 0);
}

UNIT_TEST(anchors_without_a_record_are_warned_of_in_byte_order)
{
    put_registry("ui/hero", NULL, NULL);
    (void)put("assets/ui/hero/asset.json", "");
    (void)put("assets/ui/hero/inner/asset.json", "");
    (void)put("assets/z/asset.json", "");
    (void)put("assets/a-b/asset.json", "");
    (void)put("assets/a/asset.json", "");
    (void)put("assets/a/b/c/asset.json", "");
    (void)put("assets/\xc3\xa4/asset.json", "");
    (void)put("assets/Z/asset.json", "");
    (void)put("assets/plain/hero.png", "");
    (void)put("assets/.prometeu/asset.json", "");
    (void)put("assets/x/.prometeu/asset.json", "");
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    static const char *const roots[] = {"Z", "a", "a-b", "a/b/c", "ui/hero/inner", "x/.prometeu", "z", "\xc3\xa4"};
    enum { COUNT = sizeof roots / sizeof roots[0] };
    CHECK_U64(workspace.unregistered_count, COUNT);
    CHECK_U64(findings.count, COUNT + 1);
    for (size_t i = 0; i < COUNT && i < workspace.unregistered_count; i++) {
        char file[64];
        (void)snprintf(file, sizeof file, "assets/%s/asset.json", roots[i]);
        CHECK_STRING(workspace.unregistered[i], roots[i]);
        CHECK_FINDING(&findings, i, "anchor-unregistered", file, -1, NULL);
        CHECK(findings.items[i].severity == BASE_WARNING);
    }
    CHECK_FINDING(&findings, COUNT, "art-unregistered", "assets", -1, NULL);
    /* Again: the list starts afresh. */
    CHECK(workspace_scan(&workspace, &findings));
    CHECK_U64(workspace.unregistered_count, COUNT);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(excluded_assets_are_registered_all_the_same)
{
    (void)put("assets/.prometeu/index.json",
              "{'schema_version':1,'next_asset_id':2,'assets':[{'asset_id':1,'asset_uuid':'" UUID_1
              "','root':'a','included_in_build':false}]}");
    (void)put("assets/a/asset.json", "");
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    CHECK_ONLY(&findings, "workspace-empty", "assets/.prometeu/index.json", -1, NULL);
    CHECK_SAYS(&findings, 0, "no asset is included in the build");
    CHECK_U64(workspace.unregistered_count, 0);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(registered_roots_are_known_in_any_order)
{
    put_registry("z", "a", "m/n");
    (void)put("assets/z/asset.json", "");
    (void)put("assets/a/asset.json", "");
    (void)put("assets/m/n/asset.json", "");
    (void)put("assets/m/asset.json", "");
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    CHECK_ONLY(&findings, "anchor-unregistered", "assets/m/asset.json", -1, NULL);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(an_anchor_directly_in_assets_can_have_no_record)
{
    put_registry("kept", NULL, NULL);
    (void)put("assets/asset.json", "");
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    CHECK_ONLY(&findings, "anchor-unregistered", "assets/asset.json", -1, NULL);
    CHECK_SAYS(&findings, 0, "does not belong to an asset root");
    CHECK_U64(workspace.unregistered_count, 0);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(links_are_not_followed)
{
    put_registry("kept", NULL, NULL);
    (void)put("assets/a/asset.json", "");
    (void)put("outside/asset.json", "");
    REQUIRE(symlink("../outside", unit_path("assets/out")) == 0);
    REQUIRE(symlink("a", unit_path("assets/again")) == 0);
    REQUIRE(symlink("..", unit_path("assets/a/up")) == 0);
    REQUIRE(mkdir(unit_path("assets/d"), 0777) == 0 && mkdir(unit_path("assets/d/asset.json"), 0777) == 0);
    REQUIRE(mkdir(unit_path("assets/f"), 0777) == 0 && mkfifo(unit_path("assets/f/asset.json"), 0600) == 0);
    REQUIRE(mkdir(unit_path("assets/l"), 0777) == 0 && symlink("real", unit_path("assets/l/asset.json")) == 0);
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    CHECK_U64(workspace.unregistered_count, 2);
    CHECK_U64(findings.count, 2);
    CHECK_FINDING(&findings, 0, "anchor-unregistered", "assets/a/asset.json", -1, NULL);
    CHECK_FINDING(&findings, 1, "anchor-unregistered", "assets/l/asset.json", -1, NULL);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

/* Root may read everything, so the test runs as another user. */
static bool become_nobody(void)
{
    return geteuid() != 0 || (chmod(unit_directory(), 0755) == 0 && seteuid(65534) == 0);
}

UNIT_TEST(a_directory_that_cannot_be_read_is_a_warning)
{
    (void)umask(022);
    put_registry("kept", NULL, NULL);
    (void)put("assets/closed/asset.json", "");
    (void)put("assets/open/asset.json", "");
    REQUIRE(chmod(unit_path("assets/closed"), 0) == 0);
    uid_t self = geteuid();
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    open_fine(&workspace);
    REQUIRE(become_nobody());
    bool scanned = workspace_scan(&workspace, &findings);
    REQUIRE(seteuid(self) == 0 && chmod(unit_path("assets/closed"), 0700) == 0);
    CHECK(scanned);
    CHECK_U64(base_findings_errors(&findings), 0);
    REQUIRE(findings.count == 2);
    CHECK_FINDING(&findings, 0, "environment-read", "assets/closed", -1, NULL);
    CHECK_FINDING(&findings, 1, "anchor-unregistered", "assets/open/asset.json", -1, NULL);
    CHECK(findings.items[0].severity == BASE_WARNING);
    CHECK_U64(workspace.unregistered_count, 1);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(files_that_may_not_be_read_fail_the_environment)
{
    (void)umask(022);
    put_registry("a", NULL, NULL);
    (void)put("assets/a/asset.json", glyph_document);
    (void)put("assets/a/a.png", "");
    struct workspace workspace;
    struct base_findings findings;
    struct base_file file;
    base_findings_init(&findings);
    open_fine(&workspace);
    REQUIRE(workspace_load(&workspace, &findings));
    REQUIRE(chmod(unit_path("assets/a/a.png"), 0) == 0 && chmod(unit_path("assets/a/asset.json"), 0) == 0);
    uid_t self = geteuid();
    REQUIRE(become_nobody());
    bool opened = workspace_input_open(&workspace, &workspace.assets[0], 2, &file, &findings);
    bool loaded = workspace_load(&workspace, &findings);
    REQUIRE(seteuid(self) == 0);
    CHECK(!opened && !loaded);
    CHECK_U64(findings.count, 2);
    CHECK_FINDING(&findings, 0, "environment-read", "assets/a/a.png", -1, NULL);
    CHECK_FINDING(&findings, 1, "environment-read", "assets/a/asset.json", -1, NULL);
    CHECK_SAYS(&findings, 0, "Permission denied");
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(deep_trees_end_where_paths_end)
{
    put_registry("kept", NULL, NULL);
    /* 30 components of 200 bytes pass PATH_MAX; one asset.json is at the bottom. */
    char name[201];
    memset(name, 'd', 200);
    name[200] = '\0';
    go("assets");
    for (unsigned i = 0; i < 30; i++) {
        REQUIRE(mkdir(name, 0777) == 0 && chdir(name) == 0);
    }
    FILE *file = fopen("asset.json", "wb");
    REQUIRE(file != NULL && fclose(file) == 0);
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    CHECK_U64(findings.count, 1);
    CHECK_U64(findings.total[DIAG_ENVIRONMENT_READ], 1);
    CHECK_U64(workspace.unregistered_count, 0);
    workspace_close(&workspace);
    base_findings_free(&findings);
    /* The harness removes by path: shorten this one from inside. */
    REQUIRE(unlink("asset.json") == 0);
    for (unsigned i = 0; i < 30; i++) {
        REQUIRE(chdir("..") == 0 && rmdir(name) == 0);
    }
    go_back();
}

/* ---- What no declaration names ---- */

/* The warning about the only root when its inputs have these paths; NULL: there is none. */
static void check_undeclared(const char *const *paths, size_t count, const char *message)
{
    struct workspace workspace;
    struct base_findings findings;
    struct base_findings warned;
    base_findings_init(&warned);
    scan(&workspace, &findings);
    workspace_report_undeclared(&workspace, &workspace.registry.records[0], paths, count, &warned);
    CHECK_U64(warned.count, message != NULL);
    if (message != NULL && warned.count == 1) {
        CHECK_FINDING(&warned, 0, "input-undeclared", "assets/ui/hero", -1, NULL);
        CHECK_STRING(warned.items[0].message, message);
        CHECK(warned.items[0].severity == BASE_WARNING);
        CHECK(warned.items[0].place.has_asset_id);
    }
    workspace_close(&workspace);
    base_findings_free(&findings);
    base_findings_free(&warned);
}

UNIT_TEST(what_no_declaration_names_is_counted)
{
    static const char *const one[] = {"b.png"};
    static const char *const all[] = {"sub/d.png", "b.png", "a.png", "sub/deep/e.png", "notes", "b.png"};
    static const char *const most[] = {"sub/deep/e.png", "a.png", "b.png"};
    static const char *const near[] = {"a.pn", "b.png.bak", "su", "subs/x", "note"};
    put_registry("ui/hero", NULL, NULL);
    (void)put("assets/ui/hero/asset.json", "");
    (void)put("assets/ui/hero/a.png", "");
    (void)put("assets/ui/hero/b.png", "");
    (void)put("assets/ui/hero/notes", "");
    (void)put("assets/ui/hero/sub/d.png", "");
    (void)put("assets/ui/hero/sub/deep/e.png", "");
    (void)put("assets/ui/hero/.hidden", "");
    (void)put("assets/ui/hero/.git/config", "");
    (void)put("assets/ui/hero-2/x.png", "");
    (void)put("assets/ui/x.png", "");
    check_undeclared(all, sizeof all / sizeof all[0], NULL);
    /* A directory in which nothing is named counts as one. */
    check_undeclared(one, 1, "asset.json does not name 3 files or directories here: \"a.png\", \"notes\", \"sub/\"");
    check_undeclared(most, 3, "asset.json does not name 2 files or directories here: \"notes\", \"sub/d.png\"");
    check_undeclared(
        near, 5, "asset.json does not name 4 files or directories here: \"a.png\", \"b.png\", \"notes\" and 1 more");
    check_undeclared(
        NULL, 0, "asset.json does not name 4 files or directories here: \"a.png\", \"b.png\", \"notes\" and 1 more");
}

/* A link to a directory may be on the way to an input, too. */
UNIT_TEST(a_link_on_the_way_to_an_input_is_named)
{
    static const char *const through[] = {"link/a.png", "real/a.png"};
    static const char *const beside[] = {"real/a.png"};
    put_registry("ui/hero", NULL, NULL);
    (void)put("assets/ui/hero/real/a.png", "");
    REQUIRE(symlink("real", unit_path("assets/ui/hero/link")) == 0);
    check_undeclared(through, 2, NULL);
    check_undeclared(beside, 1, "asset.json does not name 1 file or directory here: \"link\"");
}

/* ---- Art that is not registered ---- */

static void check_art(const struct workspace *workspace, size_t i, const char *directory, uint64_t pictures,
                      uint64_t sounds)
{
    REQUIRE(i < workspace->art_count);
    CHECK_STRING(workspace->art[i].directory, directory);
    CHECK_U64(workspace->art[i].pictures, pictures);
    CHECK_U64(workspace->art[i].sounds, sounds);
}

UNIT_TEST(art_outside_of_roots_and_anchors_is_counted)
{
    put_registry("ui/hero", NULL, NULL);
    static const char *const files[] = {
        "assets/ui/hero/idle.png", "assets/ui/hero/old/idle.png", "assets/ui/b.PNG",        "assets/z/jump.wav",
        "assets/z/walk.flac",      "assets/z/walk.png",           "assets/top.aiff",        "assets/draft/asset.json",
        "assets/draft/a.png",      "assets/.hidden/a.png",        "assets/x/.hidden/a.png", "assets/x/.a.png",
        "assets/x/palette.gpl",    "assets/x/level.bin",          "assets/.prometeu/a.png",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)put(files[i], "");
    }
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    CHECK_U64(workspace.art_count, 3);
    check_art(&workspace, 0, "", 0, 1);
    check_art(&workspace, 1, "ui", 1, 0);
    check_art(&workspace, 2, "z", 1, 2);
    CHECK_U64(findings.count, 2);
    CHECK_FINDING(&findings, 1, "art-unregistered", "assets", -1, NULL);
    CHECK_STRING(findings.items[1].message,
                 "3 directories with 2 pictures and 3 sounds are not registered: \"assets/\", \"ui\", \"z\"");
    CHECK(findings.items[1].severity == BASE_WARNING);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(what_is_meant_to_stay_out_is_not_spoken_of)
{
    put_registry("ui/hero", NULL, NULL);
    (void)put("assets/.prometeu/ignore", "# ours\n/draft/\n*.tmp.png\nui/hero/notes\n");
    static const char *const files[] = {
        "assets/draft/a.png",      "assets/draft/deep/b.png", "assets/draft/asset.json",  "assets/one/x.tmp.png",
        "assets/ui/hero/idle.png", "assets/ui/hero/notes/a",  "assets/ui/hero/y.tmp.png", "assets/ui/hero/idle.ase",
        "assets/ui/hero/README",   "assets/ui/draft/c.png",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)put(files[i], "");
    }
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    CHECK_U64(workspace.unregistered_count, 0);
    CHECK_U64(workspace.art_count, 1);
    check_art(&workspace, 0, "ui/draft", 1, 0);
    CHECK_ONLY(&findings, "art-unregistered", "assets", -1, NULL);
    CHECK_STRING(findings.items[0].message, "1 directory with 1 picture is not registered: \"ui/draft\"");
    workspace_close(&workspace);
    base_findings_free(&findings);
    check_undeclared((const char *const[]){"idle.png"}, 1, NULL);
    check_undeclared((const char *const[]){"else.png"}, 1,
                     "asset.json does not name 1 file or directory here: \"idle.png\"");
}

UNIT_TEST(a_list_of_what_stays_out_that_cannot_be_read_is_a_finding)
{
    static char text[65536 + 1];
    memset(text, '#', sizeof text);
    text[sizeof text - 1] = '\0';
    put_registry("ui/hero", NULL, NULL);
    (void)put("assets/.prometeu/ignore", text);
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    CHECK_U64(findings.count, 0);
    REQUIRE(unlink(unit_path("assets/.prometeu/ignore")) == 0);
    REQUIRE(mkfifo(unit_path("assets/.prometeu/ignore"), 0600) == 0);
    CHECK(!workspace_scan(&workspace, &findings));
    CHECK_ONLY(&findings, "input-not-regular", "assets/.prometeu/ignore", -1, NULL);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(a_list_of_what_stays_out_has_a_limit)
{
    static char text[65536 + 2];
    memset(text, '#', sizeof text - 1);
    put_registry("ui/hero", NULL, NULL);
    (void)put("assets/.prometeu/ignore", text);
    struct workspace workspace;
    struct base_findings findings;
    base_findings_init(&findings);
    open_fine(&workspace);
    CHECK(!workspace_scan(&workspace, &findings));
    CHECK_ONLY(&findings, "input-too-large", "assets/.prometeu/ignore", -1, NULL);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(stages_of_edits_are_found_beside_asset_json_and_palettes)
{
    put_registry("ui/hero", NULL, NULL);
    (void)put("assets/ui/hero/asset.json", "");
    (void)put("assets/ui/hero/.asset.json.new", "");
    (void)put("assets/ui/hero/pal/.main.gpl.new", "");
    (void)put("assets/new/.asset.json.new", "");
    /* Not ours. */
    (void)put("assets/ui/hero/.hero.png.new", "");
    (void)put("assets/ui/hero/.git/.main.gpl.new", "");
    (void)put("assets/ui/hero/asset.json.new", "");
    (void)put("assets/ui/hero/.asset.json.newer", "");
    (void)put("assets/ui/hero/..new", "");
    (void)put("assets/ui/hero/.new", "");
    (void)put("assets/new/.main.gpl.new", "");
    (void)put("assets/.prometeu/.asset.json.new", "");
    struct workspace workspace;
    struct base_findings findings;
    scan(&workspace, &findings);
    static const char *const stages[] = {"new/.asset.json.new", "ui/hero/.asset.json.new", "ui/hero/pal/.main.gpl.new"};
    enum { COUNT = sizeof stages / sizeof stages[0] };
    CHECK_U64(workspace.stages.count, COUNT);
    for (size_t i = 0; i < COUNT && i < workspace.stages.count; i++) {
        CHECK_STRING(workspace.stages.items[i], stages[i]);
    }
    workspace_close(&workspace);
    base_findings_free(&findings);
}
