/* prpack add: which root may be added, and what is left when that fails. */
#include "tests/workspace/attempt.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

UNIT_TEST(a_root_may_be_typed_from_anywhere)
{
    empty_workspace();
    unit_write_file("assets/a/x.wav", "", 0);
    unit_write_file("assets/deep/b/x.wav", "", 0);
    unit_write_file("assets/c/x.wav", "", 0);
    unit_write_file("assets/d/x.wav", "", 0);
    unit_write_file("assets/e/x.wav", "", 0);
    unit_write_file("e/decoy", "", 0);
    REQUIRE(symlink("d", unit_path("assets/link")) == 0);
    static const struct {
        const char *from;      /* current directory, below the test's */
        const char *workspace; /* as -C names it */
        const char *typed;
        const char *root;
    } cases[] = {
        {".", ".", "assets/a", "a"},
        {"assets", "..", "./deep/b/", "deep/b"},
        {"assets/c", "../..", ".", "c"},
        {"assets", "..", "link", "d"},
        {".", ".", "e", "e"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        go(cases[i].from);
        struct attempt it = attempt_in(cases[i].workspace, cases[i].typed, &nothing_said);
        CHECK(it.added);
        CHECK_STRING(it.result.root, cases[i].root);
        forget(&it);
    }
    go_back();
}

UNIT_TEST(a_root_may_be_typed_from_another_directory)
{
    empty_workspace();
    unit_write_file("assets/a/x.wav", "", 0);
    unit_write_file("assets/b/x.wav", "", 0);
    unit_write_file("elsewhere/a/decoy", "", 0);
    go("elsewhere");
    struct attempt it = attempt("assets/a", &nothing_said);
    CHECK(it.added);
    forget(&it);
    it = attempt("b", &nothing_said);
    CHECK(it.added);
    CHECK_STRING(it.result.root, "b");
    forget(&it);
    go_back();
}

UNIT_TEST(the_current_directory_wins_over_assets)
{
    empty_workspace();
    unit_write_file("assets/x/f.wav", "", 0);
    unit_write_file("assets/sub/x/f.wav", "", 0);
    go("assets/sub");
    struct attempt it = attempt_in("../..", "x", &nothing_said);
    CHECK(it.added);
    CHECK_STRING(it.result.root, "sub/x");
    forget(&it);
    go_back();
}

static void check_root_refused(const char *typed, const char *id, const char *says, unsigned line)
{
    char *before = get(INDEX);
    struct attempt it = attempt(typed, &nothing_said);
    CHECK(!it.added);
    CHECK_U64(it.findings.count, 1);
    if (it.findings.count == 1) {
        CHECK_STRING(diag_facts(it.findings.items[0].diagnostic)->id, id);
        CHECK_STRING(it.findings.items[0].place.file, typed);
    }
    check_says(&it.findings, 0, says, line);
    char *after = get(INDEX);
    CHECK_STRING(after, before);
    free(before);
    free(after);
    forget(&it);
}

UNIT_TEST(a_root_is_a_directory_below_assets)
{
    empty_workspace();
    unit_write_file("outside/x.wav", "", 0);
    unit_write_file("assetsx/x.wav", "", 0);
    unit_write_file("assets/file.bin", "", 0);
    REQUIRE(symlink("../outside", unit_path("assets/out")) == 0);
    REQUIRE(symlink("loop", unit_path("assets/loop")) == 0);
    check_root_refused("", "root-invalid", "no such directory", __LINE__);
    check_root_refused("nowhere", "root-invalid", "no such directory", __LINE__);
    check_root_refused("file.bin/x", "root-invalid", "no such directory", __LINE__);
    check_root_refused("file.bin", "root-invalid", "this is a file", __LINE__);
    check_root_refused("outside", "root-invalid", "outside of assets/", __LINE__);
    check_root_refused("assetsx", "root-invalid", "outside of assets/", __LINE__);
    check_root_refused("assets/../outside", "root-invalid", "outside of assets/", __LINE__);
    check_root_refused("assets/out", "root-invalid", "outside of assets/", __LINE__);
    check_root_refused("/", "root-invalid", "outside of assets/", __LINE__);
    check_root_refused("assets", "root-invalid", "assets/ itself", __LINE__);
    check_root_refused("assets/loop", "root-invalid", "cannot be resolved", __LINE__);
    check_root_refused("assets/.prometeu", "root-invalid", "where the registry lives", __LINE__);
}

UNIT_TEST(what_the_registry_is_a_link_to_is_not_a_root)
{
    empty_workspace();
    unit_write_file("assets/data/own/inner/x.wav", "", 0);
    REQUIRE(rename(unit_path("assets/.prometeu"), unit_path("assets/data/reg")) == 0);
    REQUIRE(symlink("data/reg", unit_path("assets/.prometeu")) == 0);
    unit_write_file("assets/data/reg/x.wav", "", 0);
    unit_write_file("assets/data/reg/inner/x.wav", "", 0);
    check_root_refused("data/reg", "root-invalid", "where the registry lives", __LINE__);
    check_root_refused("assets/.prometeu", "root-invalid", "where the registry lives", __LINE__);
    check_root_refused("data/reg/inner", "root-invalid", "where the registry lives", __LINE__);
    struct attempt it = attempt("data/own/inner", &nothing_said);
    CHECK(it.added);
    forget(&it);
}

UNIT_TEST(a_root_contains_no_other_root)
{
    put_registry("ui/hero", NULL, NULL);
    unit_write_file("assets/ui/hero/inner/x.wav", "", 0);
    check_refused("ui/hero", &nothing_said, "root-registered", "assets/ui/hero", "nothing to add", __LINE__);
    check_refused("ui/hero/inner", &nothing_said, "root-invalid", "assets/ui/hero/inner", "inside the root of asset 1",
                  __LINE__);
    check_refused("ui", &nothing_said, "root-registered", "assets/ui", "directories in it are registered", __LINE__);
    unit_write_file("assets/ui/own.wav", "", 0);
    check_refused("ui", &nothing_said, "root-invalid", "assets/ui", "contains the root of asset 1", __LINE__);
}

UNIT_TEST(ids_come_to_an_end)
{
    (void)put(INDEX, "{'schema_version':1,'next_asset_id':2147483647,'assets':[]}");
    unit_write_file("assets/a/x.wav", "", 0);
    unit_write_file("assets/b/x.wav", "", 0);
    struct attempt it = attempt("a", &nothing_said);
    REQUIRE(it.added);
    CHECK_U64(it.result.asset_id, INT32_MAX);
    forget(&it);
    check_refused("b", &nothing_said, "registry-shape", "assets/b", "2^31-1", __LINE__);
}

UNIT_TEST(a_name_of_the_build_set_is_not_given_twice)
{
    put_registry("sfx/jump", "level", NULL);
    char *document = replaced(sound_document, UUID_2, UUID_1);
    (void)put("assets/sfx/jump/asset.json", document);
    free(document);
    document = replaced(scene_document, UUID_3, UUID_2);
    (void)put("assets/level/asset.json", document);
    free(document);
    unit_write_file("assets/moves/jump/x.wav", "", 0);
    struct workspace workspace;
    struct base_findings findings;
    struct workspace_added result;
    base_findings_init(&findings);
    open_fine(&workspace);
    REQUIRE(workspace_load(&workspace, &findings));
    struct workspace_add_options options = nothing_said;
    options.name = "jump";
    CHECK(!add_root(&workspace, "moves/jump", &options, &result, &findings));
    CHECK_ONLY(&findings, "declaration-value", "assets/moves/jump", -1, NULL);
    CHECK_SAYS(&findings, 0, "asset 1 already has this name");
    CHECK_U64(findings.items[0].place.request_field, WORKSPACE_FIELD_ADD_NAME);
    CHECK(!exists("assets/moves/jump/asset.json"));
    options.name = "jump 2";
    CHECK(add_root(&workspace, "moves/jump", &options, &result, &findings));
    CHECK_U64(workspace.registry.count, 3);
    forget_added(&result);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(names_outside_the_build_set_and_faulty_neighbours_are_no_matter)
{
    (void)put(INDEX, "{'schema_version':1,'next_asset_id':4,'assets':["
                     "{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'gone','included_in_build':true},"
                     "{'asset_id':2,'asset_uuid':'" UUID_2 "','root':'out','included_in_build':false}]}");
    (void)put("assets/out/asset.json", sound_document);
    unit_write_file("assets/jump/x.wav", "", 0);
    struct attempt it = attempt("jump", &nothing_said);
    CHECK(it.added);
    CHECK_U64(it.findings.count, 0);
    CHECK_STRING(it.result.name, "jump");
    forget(&it);
}

/* ---- Failures of the environment ---- */

UNIT_TEST(a_root_that_may_not_be_read_is_told)
{
    (void)umask(022);
    empty_workspace();
    unit_write_file("assets/shut/a/x.wav", "", 0);
    REQUIRE(chmod(unit_path("assets/shut"), 0) == 0 && chmod(unit_directory(), 0755) == 0);
    struct attempt it;
    base_findings_init(&it.findings);
    open_fine(&it.workspace);
    uid_t self = geteuid();
    REQUIRE(self != 0 || seteuid(65534) == 0);
    bool added = add_root(&it.workspace, "shut/a", &nothing_said, &it.result, &it.findings);
    REQUIRE(seteuid(self) == 0 && chmod(unit_path("assets/shut"), 0700) == 0);
    CHECK(!added);
    REQUIRE(it.findings.count == 1);
    CHECK(it.findings.items[0].diagnostic == DIAG_ENVIRONMENT_READ);
    CHECK_STRING(it.findings.items[0].place.file, "shut/a");
    forget(&it);
}

UNIT_TEST(an_asset_json_beyond_the_limit_is_not_written)
{
    empty_workspace();
    char path[300];
    for (unsigned i = 0; i < 4700; i++) {
        (void)snprintf(path, sizeof path, "assets/big/%0230u.png", i);
        put_png(path, 8, 8);
    }
    check_refused("big", &nothing_said, "input-too-large", "assets/big/asset.json", "bytes", __LINE__);
    CHECK(!exists("assets/big/asset.json"));
}
