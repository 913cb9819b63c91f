/* The plan of prpack init. What is made of it: tests/service/edit.c. */
#include "tests/workspace/fixture.h"
#include "workspace/edit/edit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INDEX "assets/.prometeu/index.json"

static bool init(const char *directory, struct base_findings *findings)
{
    struct workspace_plan plan;
    base_findings_init(findings);
    bool fine = workspace_plan_init(NULL, WORKSPACE_IN(directory), false, &plan, findings);
    CHECK_U64(plan.step_count, fine ? 2 : 0);
    workspace_plan_free(&plan);
    return fine;
}

UNIT_TEST(an_empty_registry_is_planned_and_nothing_made)
{
    struct base_findings findings;
    struct workspace_plan plan;
    base_findings_init(&findings);
    REQUIRE(workspace_plan_init(NULL, WORKSPACE_IN(unit_path("new/deep/game/")), false, &plan, &findings));
    CHECK_U64(findings.count, 0);
    REQUIRE(plan.step_count == 2);
    CHECK_STRING(plan.steps[0].target, ".prometeu/.gitignore");
    CHECK(strstr(base_text_string(&plan.steps[0].content),
                 "\n*\n!/.gitattributes\n!/.gitignore\n!/ignore\n!/index.json\n") != NULL);
    CHECK_STRING(plan.steps[1].target, ".prometeu/index.json");
    CHECK_STRING(base_text_string(&plan.steps[1].content),
                 "{\n  \"schema_version\": 1,\n  \"next_asset_id\": 1,\n  \"assets\": []\n}\n");
    for (size_t i = 0; i < plan.step_count; i++) {
        CHECK(plan.steps[i].asset_id == 0 && !plan.steps[i].replaces);
    }
    CHECK_STRING(plan.steps[1].reason, "there is no registry");
    CHECK(!exists("new"));
    workspace_plan_free(&plan);
    (void)put("assets/hero/asset.json", "x");
    go(".");
    CHECK(init(".", &findings));
    CHECK(init("", &findings));
    go_back();
    CHECK(!exists("assets/.prometeu"));
    base_findings_free(&findings);
}

UNIT_TEST(init_leaves_a_registry_alone)
{
    (void)put(INDEX, "damaged");
    struct base_findings findings;
    CHECK(!init(unit_directory(), &findings));
    CHECK_ONLY(&findings, "workspace-exists", INDEX, -1, NULL);
    char *text = get(INDEX);
    CHECK_STRING(text, "damaged");
    free(text);
    base_findings_free(&findings);
    /* Anything that is there counts. */
    REQUIRE(unlink(unit_path(INDEX)) == 0 && mkdir(unit_path(INDEX), 0700) == 0);
    CHECK(!init(unit_directory(), &findings));
    CHECK_ONLY(&findings, "workspace-exists", INDEX, -1, NULL);
    base_findings_free(&findings);
    REQUIRE(rmdir(unit_path(INDEX)) == 0);
    /* What other commands say of a link that is not a registry is said here, too. */
    static const char *const links[][2] = {{"nowhere", "workspace-missing"}, {"/nowhere", "path-outside"}};
    for (size_t i = 0; i < 2; i++) {
        struct workspace workspace;
        struct base_findings others;
        const struct workspace_place place = {.project = unit_directory()};
        base_findings_init(&others);
        REQUIRE(symlink(links[i][0], unit_path(INDEX)) == 0);
        CHECK(!init(unit_directory(), &findings));
        CHECK_ONLY(&findings, links[i][1], INDEX, -1, NULL);
        CHECK(!workspace_open(&workspace, &place, NULL, &others));
        CHECK_ONLY(&others, links[i][1], INDEX, -1, NULL);
        CHECK_STRING(others.items[0].message, findings.items[0].message);
        REQUIRE(unlink(unit_path(INDEX)) == 0);
        base_findings_free(&others);
        base_findings_free(&findings);
    }
}

UNIT_TEST(init_says_what_is_in_the_way)
{
    struct base_findings findings;
    unit_write_file("file", "", 0);
    CHECK(!init(unit_path("file"), &findings));
    CHECK_ONLY(&findings, "environment-write", "file/" INDEX, -1, NULL);
    CHECK_SAYS(&findings, 0, "Not a directory");
    base_findings_free(&findings);
    CHECK(!init(unit_path("file/below/it"), &findings));
    CHECK_ONLY(&findings, "environment-write", "file/below/it/" INDEX, -1, NULL);
    base_findings_free(&findings);
    unit_write_file("a/assets", "", 0);
    CHECK(!init(unit_path("a"), &findings));
    CHECK_ONLY(&findings, "environment-write", "a/" INDEX, -1, NULL);
    base_findings_free(&findings);
    unit_write_file("b/assets/x", "", 0);
    REQUIRE(symlink("/tmp", unit_path("b/assets/.prometeu")) == 0);
    CHECK(!init(unit_path("b"), &findings));
    CHECK_ONLY(&findings, "environment-write", "b/" INDEX, -1, NULL);
    base_findings_free(&findings);
}
