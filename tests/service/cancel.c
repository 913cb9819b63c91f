/* Every operation, cancelled at every look at its task: it ends, says `cancelled` and nothing that is wrong, and leaves
 * the tree as it was. */
#include "base/hash_file.h"
#include "base/names.h"
#include "base/text.h"
#include "service/operations.h"
#include "tests/lib/unit.h"

#include <ftw.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Trees ---- */

static struct base_names *listed; /* by list_file */

static int list_file(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    struct base_text line = BASE_TEXT_EMPTY;
    (void)place;
    base_text_addf(&line, "%s %o", path, (unsigned)status->st_mode);
    if (kind == FTW_F) {
        struct base_file file;
        struct base_hash hash = {.bytes = {0}};
        char hex[BASE_HASH_HEX + 1];
        REQUIRE(base_file_open(&file, path) == 0 && base_hash_file(&file, NULL, &hash) == 0);
        base_file_close(&file);
        base_hash_to_hex(hash, hex);
        base_text_addf(&line, " %s", hex);
    }
    REQUIRE(base_names_take(listed, base_text_take(&line)));
    return 0;
}

/* All files of the directory, with their content. The caller frees it. */
static char *tree_of(const char *directory)
{
    struct base_names names = BASE_NAMES_EMPTY;
    struct base_text text = BASE_TEXT_EMPTY;
    listed = &names;
    REQUIRE(nftw(directory, list_file, 20, FTW_PHYS) == 0);
    base_names_sort(&names, NULL);
    for (size_t i = 0; i < names.count; i++) {
        base_text_addf(&text, "%s\n", names.items[i]);
    }
    base_names_free(&names);
    return base_text_take(&text);
}

/* The paths have nothing in them that a shell would take for its own. */
static void copy_tree(const char *from, const char *to)
{
    struct base_text command = BASE_TEXT_EMPTY;
    base_text_addf(&command, "rm -rf '%s' && cp -a '%s' '%s'", to, from, to);
    REQUIRE(system(base_text_string(&command)) == 0); /* NOLINT(cert-env33-c) */
    base_text_free(&command);
}

/* ---- Running an operation ---- */

struct looks {
    atomic_uint count;
    unsigned last; /* this look cancels */
};

static bool count_look(void *context)
{
    struct looks *looks = context;
    return atomic_fetch_add(&looks->count, 1) + 1 == looks->last;
}

/* What came of a run. */
struct seen {
    enum service_status status;
    unsigned answers;
    uint64_t cancelled; /* findings */
    uint64_t others;
    bool published;
};

static void take_answer(void *context, const struct service_answer *answer)
{
    struct seen *seen = context;
    seen->answers++;
    seen->cancelled += answer->findings.total[DIAG_CANCELLED];
    for (unsigned id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
        seen->others += id != DIAG_CANCELLED ? answer->findings.total[id] : 0;
    }
    CHECK(!answer->findings.out_of_memory);
    if (answer->operation->id == SERVICE_OPERATION_BUILD) {
        seen->published = answer->result.build.published == SERVICE_PUBLISHED;
    }
}

struct subject {
    enum service_operation_id operation;
    union service_request request;
    const char *workspace;
    uint64_t warnings; /* findings of a run that is not cancelled */
};

static struct seen run(const struct subject *subject, struct looks *looks)
{
    struct seen seen = {.answers = 0};
    struct base_task task = BASE_TASK_INIT;
    task.ask = count_look;
    task.ask_context = looks;
    const struct service_call call = {
        .operation = service_operation(subject->operation),
        .task = &task,
        .workspace = subject->workspace,
        .request = &subject->request,
        .take = take_answer,
        .take_context = &seen,
    };
    seen.status = service_run(&call);
    return seen;
}

/* Cancels the operation at each of its looks, and runs it to its end. Returns how many runs were cancelled. */
static unsigned cancel_everywhere(const struct subject *subject)
{
    char *before = tree_of(unit_directory());
    unsigned cancelled = 0;
    bool complete = false;
    for (unsigned last = 1; !complete; last++) {
        struct looks looks = {.last = last};
        struct seen seen = run(subject, &looks);
        complete = seen.status != SERVICE_STATUS_CANCELLED;
        CHECK_U64(seen.answers, 1);
        CHECK_U64(seen.cancelled, complete ? 0 : 1);
        CHECK(seen.others <= subject->warnings);
        if (!complete) {
            char *after = tree_of(unit_directory());
            CHECK_STRING(after, before);
            CHECK(!seen.published);
            free(after);
            cancelled++;
        } else {
            CHECK_U64(seen.status, SERVICE_STATUS_WELL);
        }
    }
    free(before);
    return cancelled;
}

/* ---- The demo: it has assets of every kind ---- */

static const char *demo(void)
{
    static char path[512];
    struct base_text from = BASE_TEXT_EMPTY;
    base_text_addf(&from, "%s/workspaces/demo", unit_corpus());
    (void)snprintf(path, sizeof path, "%s", unit_path("demo"));
    copy_tree(base_text_string(&from), path);
    base_text_free(&from);
    return path;
}

enum { WARNINGS = 4 }; /* of the demo: anchors that are not registered */

static struct subject build_of(const char *workspace, unsigned jobs, bool verify, bool no_cache)
{
    struct subject subject = {.operation = SERVICE_OPERATION_BUILD, .workspace = workspace, .warnings = WARNINGS};
    subject.request.build = (struct service_build_request){.verify = verify, .no_cache = no_cache, .jobs = jobs};
    return subject;
}

static void build(const char *workspace)
{
    const struct subject subject = build_of(workspace, 2, false, false);
    struct looks looks = {.last = 0};
    struct seen seen = run(&subject, &looks);
    REQUIRE(seen.status == SERVICE_STATUS_WELL);
}

UNIT_TEST(a_first_build)
{
    const struct subject subject = build_of(demo(), 1, true, false);
    CHECK(cancel_everywhere(&subject) > 100);
}

UNIT_TEST(a_build_over_an_older_one_by_several_workers)
{
    const char *workspace = demo();
    build(workspace);
    const struct subject subject = build_of(workspace, 3, true, true);
    CHECK(cancel_everywhere(&subject) > 100);
}

UNIT_TEST(a_build_that_keeps_what_has_not_changed)
{
    const char *workspace = demo();
    build(workspace);
    unit_write_file("demo/assets/scenes/menu/menu.map", "changed", 7);
    const struct subject subject = build_of(workspace, 1, true, false);
    CHECK(cancel_everywhere(&subject) > 30);
}

UNIT_TEST(a_build_without_a_change)
{
    const char *workspace = demo();
    build(workspace);
    const struct subject subject = build_of(workspace, 2, true, false);
    CHECK(cancel_everywhere(&subject) > 10);
}

UNIT_TEST(a_verification_with_its_sources)
{
    const char *workspace = demo();
    build(workspace);
    struct subject subject = {.operation = SERVICE_OPERATION_VERIFY, .workspace = workspace};
    for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
        subject.request.verify =
            (struct service_verify_request){.directory = unit_path("demo/build"), .sources = true, .jobs = jobs};
        CHECK(cancel_everywhere(&subject) > 20);
    }
}

UNIT_TEST(an_inspection)
{
    const char *workspace = demo();
    build(workspace);
    const char *paths[] = {unit_path("demo/build/assets.pa")};
    struct subject subject = {.operation = SERVICE_OPERATION_INSPECT, .workspace = workspace};
    subject.request.inspect = (struct service_inspect_request){.paths = {paths, 1}, .jobs = 1};
    CHECK(cancel_everywhere(&subject) > 3);
}

UNIT_TEST(a_listing)
{
    const struct subject subject = {.operation = SERVICE_OPERATION_LIST, .workspace = demo(), .warnings = WARNINGS};
    CHECK(cancel_everywhere(&subject) > 10);
}

UNIT_TEST(an_addition)
{
    const char *workspace = demo();
    char root[512];
    unit_write_file("demo/assets/level/data.bin", "123", 3);
    (void)snprintf(root, sizeof root, "%s", unit_path("demo/assets/level"));
    const char *roots[] = {root};
    struct subject subject = {.operation = SERVICE_OPERATION_ADD, .workspace = workspace};
    subject.request.add = (struct service_add_request){.roots = {roots, 1}, .type = "scene_bank"};
    CHECK(cancel_everywhere(&subject) > 0);
}

/* Its pictures are decoded, and its files are listed. */
UNIT_TEST(an_addition_of_art)
{
    const char *workspace = demo();
    REQUIRE(unlink(unit_path("demo/assets/backdrops/storm/asset.json")) == 0);
    static const char nothing[] = "{\"schema_version\": 1, \"next_asset_id\": 1, \"assets\": []}";
    unit_write_file("demo/assets/.prometeu/index.json", nothing, sizeof nothing - 1);
    char root[512];
    (void)snprintf(root, sizeof root, "%s", unit_path("demo/assets/backdrops/storm"));
    const char *roots[] = {root};
    struct subject subject = {.operation = SERVICE_OPERATION_ADD, .workspace = workspace};
    subject.request.add = (struct service_add_request){.roots = {roots, 1}};
    CHECK(cancel_everywhere(&subject) > 10);
}

UNIT_TEST(a_new_workspace)
{
    const char *workspace = unit_path("new");
    const struct subject subject = {.operation = SERVICE_OPERATION_INIT, .workspace = workspace};
    CHECK(cancel_everywhere(&subject) > 0);
}

/* What gc has deleted stays deleted. It is well only when all of it is gone. */
UNIT_TEST(a_clearing)
{
    static const char *const left[] = {"demo/assets/.prometeu/.cache.json.new",
                                       "demo/assets/scenes/menu/.asset.json.new",
                                       "demo/assets/backdrops/storm/.asset.json.new"};
    enum { LEFT = sizeof left / sizeof left[0] };
    const struct subject subject = {.operation = SERVICE_OPERATION_GC, .workspace = demo()};
    unsigned parts = 0;
    bool complete = false;
    for (unsigned last = 1; !complete; last++) {
        struct looks looks = {.last = last};
        unsigned kept = 0;
        for (size_t i = 0; i < LEFT; i++) {
            unit_write_file(left[i], "{", 1);
        }
        struct seen seen = run(&subject, &looks);
        for (size_t i = 0; i < LEFT; i++) {
            kept += access(unit_path(left[i]), F_OK) == 0;
        }
        complete = seen.status != SERVICE_STATUS_CANCELLED;
        CHECK_U64(seen.cancelled, complete ? 0 : 1);
        CHECK(!complete || kept == 0);
        parts += kept > 0 && kept < LEFT;
    }
    CHECK(parts > 0);
}
