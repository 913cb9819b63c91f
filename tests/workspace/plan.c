/* The plan of prpack add for many roots: what goes in, what is left out, and in which order. */
#include "tests/workspace/attempt.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A plan of the test's workspace. */
struct planned {
    struct workspace workspace;
    struct workspace_plan plan;
    struct base_findings findings;
    bool fine;
};

static struct planned plan_with(const char *const *roots, size_t count, const struct workspace_add_options *options)
{
    struct planned it;
    base_findings_init(&it.findings);
    REQUIRE(workspace_open(&it.workspace, WORKSPACE_IN(unit_directory()), NULL, &it.findings));
    it.fine = workspace_plan_add(&it.workspace, roots, count, options, &it.plan, &it.findings);
    return it;
}

static struct planned plan(const char *const *roots, size_t count)
{
    return plan_with(roots, count, &nothing_said);
}

static void done(struct planned *it)
{
    workspace_plan_free(&it->plan);
    workspace_close(&it->workspace);
    base_findings_free(&it->findings);
}

static bool refused_with(const struct planned *it, size_t root, const char *id, const char *says)
{
    const struct base_findings *findings = it->plan.refusals[root];
    return findings != NULL && findings->count == 1 && strcmp(diag_facts(findings->items[0].diagnostic)->id, id) == 0 &&
           strstr(findings->items[0].message, says) != NULL;
}

UNIT_TEST(refused_roots_are_left_out)
{
    static const char *const roots[] = {"a", "nowhere", "b", "two", "c"};
    empty_workspace();
    unit_write_file("assets/a/x.wav", "", 0);
    unit_write_file("assets/b/x.wav", "", 0);
    unit_write_file("assets/c/x.wav", "", 0);
    unit_write_file("assets/two/x.wav", "", 0);
    unit_write_file("assets/two/y.wav", "", 0);
    char *before = get(INDEX);
    struct planned it = plan(roots, 5);
    REQUIRE(it.fine && it.plan.added_count == 3 && it.plan.step_count == 4);
    CHECK_U64(it.findings.count, 0);
    static const size_t requests[] = {0, 2, 4};
    for (size_t i = 0; i < 3; i++) {
        const struct workspace_added *added = &it.plan.added[i];
        CHECK_U64(added->request, requests[i]);
        CHECK_U64(added->asset_id, i + 1);
        CHECK_STRING(added->root, roots[requests[i]]);
        CHECK(added->wrote_declaration && added->drew_uuid && it.plan.refusals[requests[i]] == NULL);
        CHECK_U64(it.plan.steps[i].asset_id, i + 1);
        CHECK(!it.plan.steps[i].replaces);
        CHECK(strstr(base_text_string(&it.plan.steps[i].content), added->asset_uuid) != NULL);
    }
    CHECK_STRING(it.plan.steps[1].target, "b/asset.json");
    CHECK_STRING(it.plan.steps[3].target, ".prometeu/index.json");
    CHECK_U64(it.plan.steps[3].asset_id, 0);
    const char *registry = base_text_string(&it.plan.steps[3].content);
    CHECK(strstr(registry, "\"next_asset_id\": 4") != NULL && strstr(registry, "\"root\": \"c\"") != NULL);
    CHECK(refused_with(&it, 1, "root-invalid", "no such directory"));
    CHECK(refused_with(&it, 3, "type-undecided", "what kind of asset"));
    done(&it);
    /* Nothing was touched. */
    char *after = get(INDEX);
    CHECK_STRING(after, before);
    CHECK(!exists("assets/a/asset.json"));
    free(after);
    free(before);
}

UNIT_TEST(earlier_roots_count_for_later_ones)
{
    static const char *const roots[] = {"in/a", "in/a", "in/a/b", "in", "x/a", "in/c"};
    put_registry("old", NULL, NULL);
    unit_write_file("assets/in/a/x.wav", "", 0);
    unit_write_file("assets/in/a/b/x.wav", "", 0);
    unit_write_file("assets/x/a/x.wav", "", 0);
    unit_write_file("assets/in/c/x.wav", "", 0);
    struct planned it = plan(roots, 6);
    REQUIRE(it.fine && it.plan.added_count == 3);
    CHECK_U64(it.plan.added[0].asset_id, 4);
    CHECK_STRING(it.plan.added[0].name, "a");
    CHECK_STRING(it.plan.added[1].root, "x/a");
    CHECK_STRING(it.plan.added[1].name, "x/a");
    CHECK_U64(it.plan.added[2].asset_id, 6);
    CHECK_STRING(it.plan.added[2].root, "in/c");
    CHECK(refused_with(&it, 1, "root-registered", "the directory is registered"));
    CHECK(refused_with(&it, 2, "root-invalid", "inside the root of asset 4"));
    CHECK(refused_with(&it, 3, "root-invalid", "contains the root of asset 4"));
    done(&it);
}

UNIT_TEST(a_refused_root_takes_nothing)
{
    static const char *const roots[] = {"a", "a/b", "c/b"};
    empty_workspace();
    /* The first is refused for its files, so the second lies in no root, and has the name that the third would get. */
    unit_write_file("assets/a/x.wav", "", 0);
    unit_write_file("assets/a/y.wav", "", 0);
    unit_write_file("assets/a/b/x.wav", "", 0);
    unit_write_file("assets/c/b/x.wav", "", 0);
    struct planned it = plan(roots, 3);
    REQUIRE(it.fine && it.plan.added_count == 2);
    CHECK_STRING(it.plan.added[0].root, "a/b");
    CHECK_STRING(it.plan.added[0].name, "b");
    CHECK_U64(it.plan.added[0].asset_id, 1);
    CHECK_STRING(it.plan.added[1].name, "c/b");
    done(&it);
}

/* ---- What the check finds ---- */

struct checks {
    atomic_uint count;
    atomic_bool unexpected; /* an asset was not as it has to be */
};

/* Finds an error at the sources of "bad", an error of another kind in "wrong", and a warning in "odd". */
static void check(void *context, const struct workspace *workspace, const struct workspace_asset *asset,
                  struct base_findings *findings)
{
    struct checks *checks = context;
    const char *root = asset->record->root;
    const struct base_place place = {.file = root, .has_asset_id = true, .asset_id = asset->record->asset_id};
    (void)workspace;
    (void)atomic_fetch_add(&checks->count, 1);
    if (!asset->is_unwritten || asset->record->asset_id != 0) {
        atomic_store(&checks->unexpected, true);
    }
    if (strcmp(root, "bad") == 0) {
        base_report(findings, DIAG_IMAGE_INVALID, &(struct base_details){.place = place}, "bad");
    } else if (strcmp(root, "wrong") == 0) {
        base_report(findings, DIAG_DECLARATION_VALUE, &(struct base_details){.place = place}, "wrong");
    } else if (strcmp(root, "odd") == 0) {
        base_report(findings, DIAG_SOUND_LOSSY, &(struct base_details){.place = place, .severity = BASE_WARNING},
                    "odd");
    }
}

static struct planned plan_checked(const struct base_policy *policy, bool anyway)
{
    static const char *const roots[] = {"bad", "nowhere", "odd", "wrong", "good"};
    struct checks checks = {.count = 0};
    struct workspace_add_options options = nothing_said;
    options.type = "scene_bank";
    options.check = check;
    options.check_context = &checks;
    options.policy = policy;
    options.anyway = anyway;
    for (size_t i = 0; i < 5; i++) {
        char path[64];
        (void)snprintf(path, sizeof path, "assets/%s/x", roots[i]);
        if (i != 1) {
            unit_write_file(path, "", 0);
        }
    }
    struct planned it = plan_with(roots, 5, &options);
    CHECK(checks.count == 4 && !checks.unexpected);
    REQUIRE(it.fine);
    return it;
}

static bool is_added(const struct planned *it, size_t index, const char *root, int32_t asset_id)
{
    return index < it->plan.added_count && strcmp(it->plan.added[index].root, root) == 0 &&
           it->plan.added[index].asset_id == asset_id;
}

UNIT_TEST(what_the_check_refuses_is_left_out)
{
    empty_workspace();
    struct planned it = plan_checked(NULL, false);
    CHECK_U64(it.plan.added_count, 2);
    CHECK(is_added(&it, 0, "odd", 1) && is_added(&it, 1, "good", 2));
    CHECK(refused_with(&it, 0, "image-invalid", "bad") && refused_with(&it, 3, "declaration-value", "wrong"));
    CHECK(!it.plan.refusals[0]->items[0].place.has_asset_id);
    CHECK_U64(it.plan.refusals[2]->items[0].place.asset_id, 1);
    static const bool sources_alone[] = {true, false, false, false, false};
    for (size_t i = 0; i < 5; i++) {
        CHECK(it.plan.sources_alone[i] == sources_alone[i]);
    }
    done(&it);
}

UNIT_TEST(what_is_wrong_at_sources_can_be_added_anyway)
{
    empty_workspace();
    struct planned it = plan_checked(NULL, true);
    CHECK_U64(it.plan.added_count, 3);
    CHECK(is_added(&it, 0, "bad", 1) && is_added(&it, 1, "odd", 2) && is_added(&it, 2, "good", 3));
    CHECK(it.plan.refusals[0]->items[0].severity == BASE_WARNING);
    CHECK_U64(it.plan.refusals[0]->items[0].place.asset_id, 1);
    CHECK(refused_with(&it, 3, "declaration-value", "wrong"));
    done(&it);
}

UNIT_TEST(a_warning_that_is_an_error_leaves_its_root_out)
{
    const struct base_policy policy = {.strict = true};
    empty_workspace();
    struct planned it = plan_checked(&policy, false);
    CHECK_U64(it.plan.added_count, 1);
    CHECK(is_added(&it, 0, "good", 1) && refused_with(&it, 2, "sound-lossy", "odd"));
    done(&it);
    it = plan_checked(&policy, true);
    CHECK_U64(it.plan.added_count, 1);
    CHECK(is_added(&it, 0, "good", 1) && refused_with(&it, 0, "image-invalid", "bad"));
    done(&it);
}

UNIT_TEST(a_uuid_is_taken_once)
{
    static const char *const roots[] = {"a", "b", "c"};
    empty_workspace();
    (void)put("assets/a/asset.json", glyph_document);
    char *document = replaced(sound_document, UUID_2, UUID_1);
    (void)put("assets/b/asset.json", document);
    free(document);
    document = replaced(scene_document, UUID_3, "");
    (void)put("assets/c/asset.json", document);
    free(document);
    struct planned it = plan(roots, 3);
    REQUIRE(it.fine && it.plan.added_count == 2 && it.plan.step_count == 2);
    CHECK(!it.plan.added[0].drew_uuid && !it.plan.added[0].wrote_declaration);
    CHECK(it.plan.added[1].drew_uuid && !it.plan.added[1].wrote_declaration);
    CHECK(refused_with(&it, 1, "declaration-identity", "the one of asset 1 already"));
    /* Only the last needs a new asset.json, in place of the one that was read. */
    const struct workspace_step *step = &it.plan.steps[0];
    CHECK_STRING(step->target, "c/asset.json");
    CHECK(step->replaces && step->asset_id == 2);
    CHECK_STRING(step->reason, "asset.json has no asset_uuid");
    done(&it);
}

UNIT_TEST(wrong_options_are_said_once)
{
    static const char *const roots[] = {"a", "b"};
    empty_workspace();
    unit_write_file("assets/a/x.wav", "", 0);
    unit_write_file("assets/b/x.wav", "", 0);
    struct workspace_add_options options = nothing_said;
    options.type = "glyph";
    struct planned it = plan_with(roots, 2, &options);
    CHECK(!it.fine && it.plan.step_count == 0 && it.plan.added_count == 0);
    CHECK_ONLY(&it.findings, "usage", NULL, -1, NULL);
    done(&it);
}

UNIT_TEST(one_name_for_two_roots_goes_to_the_first)
{
    static const char *const roots[] = {"a", "b"};
    empty_workspace();
    unit_write_file("assets/a/x.wav", "", 0);
    unit_write_file("assets/b/x.wav", "", 0);
    struct workspace_add_options options = nothing_said;
    options.name = "mine";
    struct planned it = plan_with(roots, 2, &options);
    REQUIRE(it.fine && it.plan.added_count == 1);
    CHECK(refused_with(&it, 1, "declaration-value", "asset 1 already has this name"));
    done(&it);
}

UNIT_TEST(nothing_to_add_is_an_empty_plan)
{
    static const char *const roots[] = {"nowhere"};
    empty_workspace();
    struct planned it = plan(roots, 1);
    CHECK(it.fine && it.plan.step_count == 0 && it.plan.added_count == 0);
    done(&it);
    it = plan(roots, 0);
    CHECK(it.fine && it.plan.step_count == 0 && it.plan.refusal_count == 0);
    done(&it);
}

UNIT_TEST(a_cancelled_plan_is_empty)
{
    static const char *const roots[] = {"a"};
    empty_workspace();
    unit_write_file("assets/a/x.wav", "", 0);
    struct planned it;
    struct base_task task = BASE_TASK_INIT;
    base_findings_init(&it.findings);
    REQUIRE(workspace_open(&it.workspace, WORKSPACE_IN(unit_directory()), &task, &it.findings));
    base_task_cancel(&task);
    CHECK(!workspace_plan_add(&it.workspace, roots, 1, &nothing_said, &it.plan, &it.findings));
    CHECK(it.plan.step_count == 0 && it.plan.added_count == 0);
    CHECK_U64(it.findings.count, 0);
    done(&it);
}

UNIT_TEST(what_may_not_be_written_is_said_before_anything_is)
{
    static const char *const roots[] = {"open", "shut"};
    (void)umask(022);
    empty_workspace();
    unit_write_file("assets/open/x.wav", "", 0);
    unit_write_file("assets/shut/x.wav", "", 0);
    REQUIRE(chmod(unit_path("assets/open"), 0777) == 0 && chmod(unit_path("assets/.prometeu"), 0777) == 0);
    REQUIRE(chmod(unit_path("assets/shut"), 0555) == 0 && chmod(unit_directory(), 0755) == 0);
    uid_t self = geteuid();
    REQUIRE(self != 0 || seteuid(65534) == 0);
    struct planned it = plan(roots, 2);
    REQUIRE(seteuid(self) == 0);
    REQUIRE(it.fine && it.plan.added_count == 1);
    CHECK(refused_with(&it, 1, "environment-write", "Permission denied"));
    done(&it);
    REQUIRE(chmod(unit_path("assets/.prometeu"), 0555) == 0);
    REQUIRE(self != 0 || seteuid(65534) == 0);
    it = plan(roots, 1);
    REQUIRE(seteuid(self) == 0 && chmod(unit_path("assets/.prometeu"), 0755) == 0);
    CHECK(!it.fine);
    CHECK_ONLY(&it.findings, "environment-write", INDEX, -1, NULL);
    CHECK_SAYS(&it.findings, 0, "could not write the registry");
    done(&it);
}
