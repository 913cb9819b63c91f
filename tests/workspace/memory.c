/* Every allocation fails once: nothing crashes, leaks or is half done, and the caller is told. */
#include "base/directory.h"
#include "base/task.h"
#include "tests/lib/memory_fault.h"
#include "tests/workspace/attempt.h"
#include "workspace/edit/edit.h"
#include "workspace/edit/mend.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool for_ever; /* all later allocations fail too */

/* Runs once; true when it did what it was meant to. */
typedef bool (*scenario)(struct base_findings *findings);

/* Fails the first, second, third … allocation of a scenario until it needs no more. Returns how many there were. */
static unsigned fail_each(scenario run, void (*prepare)(void))
{
    cJSON_Hooks hooks = {.malloc_fn = malloc, .free_fn = free};
    cJSON_InitHooks(&hooks);
    unsigned count = 0;
    for (;; count++) {
        struct base_findings findings;
        base_findings_init(&findings);
        prepare();
        (for_ever ? memory_fault_after : memory_fault_once)(count);
        bool fine = run(&findings);
        bool failed = memory_fault_off() > count;
        if (!failed) {
            CHECK(fine && !findings.out_of_memory);
            base_findings_free(&findings);
            break;
        }
        if (fine || !findings.out_of_memory) {
            (void)fprintf(stderr, "allocation %u: fine %d, out of memory %d\n", count, fine, findings.out_of_memory);
        }
        CHECK(!fine && findings.out_of_memory);
        base_findings_free(&findings);
    }
    cJSON_InitHooks(NULL);
    return count;
}

static void fail_each_way(scenario run, void (*prepare)(void), unsigned at_least)
{
    for_ever = false;
    CHECK(fail_each(run, prepare) >= at_least);
    for_ever = true;
    CHECK(fail_each(run, prepare) >= at_least);
}

static void put_three(void)
{
    put_registry("ui/hero", "sfx/jump", "level");
    (void)put("assets/ui/hero/asset.json", glyph_document);
    (void)put("assets/sfx/jump/asset.json", sound_document);
    (void)put("assets/level/asset.json", scene_document);
    (void)put("assets/ui/hero/inner/asset.json", "");
    unit_write_file("assets/level/level.bin", "", 0);
}

static bool load_and_scan(struct base_findings *findings)
{
    struct workspace workspace;
    struct base_file file;
    bool fine = workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, findings);
    if (fine) {
        fine = workspace_load(&workspace, findings);
        fine = workspace_scan(&workspace, findings) && fine;
        fine = fine && workspace_input_open(&workspace, &workspace.assets[2], 0, &file, findings);
        if (fine) {
            base_file_close(&file);
        }
        workspace_close(&workspace);
    }
    return fine;
}

UNIT_TEST(loading_survives_every_failed_allocation)
{
    fail_each_way(load_and_scan, put_three, 60);
}

static void put_nothing(void)
{
    (void)unlink(unit_path("assets/.prometeu/index.json"));
}

static bool init(struct base_findings *findings)
{
    struct workspace_plan plan;
    bool fine = workspace_plan_init(NULL, WORKSPACE_IN(unit_directory()), false, &plan, findings);
    CHECK_U64(plan.step_count, fine ? 2 : 0);
    workspace_plan_free(&plan);
    return fine;
}

UNIT_TEST(init_survives_every_failed_allocation)
{
    fail_each_way(init, put_nothing, 3);
}

static void put_conflict(void)
{
    (void)put("assets/.prometeu/index.json",
              "{'schema_version':1,'next_asset_id':4,'assets':[\n<<<<<<< a\n"
              "{'asset_id':2,'asset_uuid':'" UUID_2 "','root':'b','included_in_build':true},\n"
              "{'asset_id':3,'asset_uuid':'" UUID_3 "','root':'c','included_in_build':true}\n=======\n"
              "{'asset_id':2,'asset_uuid':'" UUID_1 "','root':'a','included_in_build':true}\n>>>>>>> b\n]}");
    (void)put("assets/c/asset.json", "");
}

static bool mend(struct base_findings *findings)
{
    int fd;
    struct workspace_plan plan;
    struct base_text text;
    if (base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_path("assets")) != 0) {
        return false;
    }
    bool fine = workspace_plan_mend(fd, "assets", NULL, &plan, &text, findings) == WORKSPACE_MENDED;
    CHECK_U64(plan.step_count, fine ? 1 : 0);
    workspace_plan_free(&plan);
    base_text_free(&text);
    (void)close(fd);
    return fine;
}

UNIT_TEST(mending_survives_every_failed_allocation)
{
    fail_each_way(mend, put_conflict, 30);
}

/* Nothing of a failed `add` is to be seen. */
static bool add(const char *root, size_t steps, struct base_findings *findings)
{
    struct workspace workspace;
    struct workspace_plan plan;
    if (!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, findings)) {
        return false;
    }
    bool fine = workspace_plan_add(&workspace, &root, 1, &nothing_said, &plan, findings);
    CHECK_U64(plan.added_count, fine ? 1 : 0);
    CHECK_U64(plan.step_count, fine ? steps : 0);
    workspace_plan_free(&plan);
    workspace_close(&workspace);
    return fine;
}

static void put_new(void)
{
    static const uint8_t png[24] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13,
                                    'I',  'H', 'D', 'R', 0,    0,    0,    16,   0, 0, 0, 16};
    put_registry("jump", NULL, NULL);
    char *document = replaced(sound_document, UUID_2, UUID_1);
    (void)put("assets/jump/asset.json", document);
    free(document);
    unit_write_file("assets/new/a.png", png, sizeof png);
    unit_write_file("assets/new/a.gpl", "", 0);
    (void)unlink(unit_path("assets/new/asset.json"));
}

static bool add_new(struct base_findings *findings)
{
    return add("new", 2, findings);
}

UNIT_TEST(adding_survives_every_failed_allocation)
{
    fail_each_way(add_new, put_new, 30);
}

static void put_old(void)
{
    put_registry(NULL, NULL, NULL);
    char *document = replaced(glyph_document, UUID_1, "");
    (void)put("assets/old/asset.json", document);
    free(document);
}

static bool add_old(struct base_findings *findings)
{
    return add("old", 2, findings);
}

UNIT_TEST(adopting_survives_every_failed_allocation)
{
    fail_each_way(add_old, put_old, 30);
}

/* A workspace in which next to everything is wrong: the findings themselves need memory. */
static void put_faults(void)
{
    put_registry("a", "b", "c");
    char *one = replaced(glyph_document, "'a.png'", "'../a.png', 5");
    char *two = replaced(one, "'index': 0", "'index': 5");
    char *three = replaced(two, "'author': 'me'", "'author': 1.5, 'pipeline': 'x'");
    (void)put("assets/a/asset.json", three);
    free(one);
    free(two);
    free(three);
    one = replaced(sound_document, "'codec':'NONE'", "'codec':'RAW','kodec':1,'format':7");
    (void)put("assets/b/asset.json", one);
    free(one);
    one = replaced(sound_document, UUID_2, UUID_3);
    two = replaced(one, "SOUNDS/pcm16le_v1", "TILES/x");
    (void)put("assets/c/asset.json", two);
    free(one);
    free(two);
}

/* "Fine" is: refused, and everything could be said. */
static bool refuse_all(struct base_findings *findings)
{
    struct workspace workspace;
    if (!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, findings)) {
        return false;
    }
    CHECK(!workspace_load(&workspace, findings));
    CHECK_U64(workspace.asset_count, 0);
    workspace_close(&workspace);
    return !findings->out_of_memory;
}

UNIT_TEST(refusing_survives_every_failed_allocation)
{
    fail_each_way(refuse_all, put_faults, 60);
}

static void put_duplicates(void)
{
    (void)put("assets/.prometeu/index.json",
              "{'schema_version':1,'next_asset_id':2,'assets':["
              "{'asset_id':1,'asset_uuid':'" UUID_1 "','root':'a','included_in_build':true},"
              "{'asset_id':2,'asset_uuid':'" UUID_1 "','root':'a/b','included_in_build':true},"
              "{'asset_id':2,'asset_uuid':'x','root':'..','included_in_build':1}]}");
}

static bool refuse_registry(struct base_findings *findings)
{
    struct workspace workspace;
    CHECK(!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, findings));
    CHECK(workspace.project == NULL && workspace.registry.records == NULL);
    return !findings->out_of_memory;
}

UNIT_TEST(refusing_a_registry_survives_every_failed_allocation)
{
    fail_each_way(refuse_registry, put_duplicates, 20);
}

static void put_twins(void)
{
    put_registry("a", "b", NULL);
    char *one = replaced(sound_document, UUID_2, UUID_1);
    (void)put("assets/a/asset.json", one);
    free(one);
    (void)put("assets/b/asset.json", sound_document);
}

static bool refuse_names(struct base_findings *findings)
{
    struct workspace workspace;
    struct base_file file;
    if (!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, findings)) {
        return false;
    }
    CHECK(!workspace_load(&workspace, findings));
    if (workspace.asset_count == 2) {
        CHECK(!workspace_input_open(&workspace, &workspace.assets[1], 0, &file, findings));
        CHECK(!workspace_input_open(&workspace, &workspace.assets[0], 0, &file, findings));
    }
    workspace_close(&workspace);
    return !findings->out_of_memory;
}

UNIT_TEST(refusing_names_and_inputs_survives_every_failed_allocation)
{
    fail_each_way(refuse_names, put_twins, 40);
}

static void put_roots(void)
{
    put_registry("a", NULL, NULL);
    unit_write_file("assets/a/x", "", 0);
    unit_write_file("assets/two/x", "", 0);
    unit_write_file("assets/two/y", "", 0);
    unit_write_file("outside/x", "", 0);
}

/* "Fine" is: all refused, and everything could be said. */
static bool refuse_roots(struct base_findings *findings)
{
    static const char *const roots[] = {"a", "two", "outside", "nowhere"};
    struct workspace workspace;
    struct workspace_plan plan;
    if (!workspace_open(&workspace, WORKSPACE_IN(unit_directory()), NULL, findings)) {
        return false;
    }
    bool fine = workspace_plan_add(&workspace, roots, 4, &nothing_said, &plan, findings);
    CHECK(plan.added_count == 0 && plan.step_count == 0);
    for (size_t i = 0; fine && i < plan.refusal_count; i++) {
        CHECK_U64(plan.refusals[i]->count, 1);
    }
    workspace_plan_free(&plan);
    workspace_close(&workspace);
    return fine;
}

UNIT_TEST(refusing_roots_survives_every_failed_allocation)
{
    fail_each_way(refuse_roots, put_roots, 30);
}
