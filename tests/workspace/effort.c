/* How much is done, counted: work that may not grow with the product of two sizes. The calls that do the work are
 * wrapped by the linker. */
#include "base/directory.h"
#include "base/suggest.h"
#include "tests/lib/sample.h"
#include "tests/workspace/fixture.h"
#include "workspace/descent.h"
#include "workspace/edit/roots.h"
#include "workspace/registry/registry.h"
#include "json/tokenizer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t distances;
static size_t directories_read;
static size_t tokens;
static size_t components; /* of paths that were opened */
static size_t allocated;

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-inconsistent-declaration-parameter-name):
 * the linker sends the product's calls here, under names that it makes. */
unsigned __real_base_edit_distance(struct base_bytes word, const char *name);
unsigned __wrap_base_edit_distance(struct base_bytes word, const char *name);
int __real_base_directory_each(int directory_fd, base_entry_visitor visit, void *context);
int __wrap_base_directory_each(int directory_fd, base_entry_visitor visit, void *context);
int __real_base_directory_open_below(int *fd, int root_fd, const char *relative);
int __wrap_base_directory_open_below(int *fd, int root_fd, const char *relative);
struct json_token __real_json_next(struct json_tokenizer *json);
struct json_token __wrap_json_next(struct json_tokenizer *json);
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

unsigned __wrap_base_edit_distance(struct base_bytes word, const char *name)
{
    distances++;
    return __real_base_edit_distance(word, name);
}

int __wrap_base_directory_each(int directory_fd, base_entry_visitor visit, void *context)
{
    directories_read++;
    return __real_base_directory_each(directory_fd, visit, context);
}

int __wrap_base_directory_open_below(int *fd, int root_fd, const char *relative)
{
    components++;
    for (size_t i = 0; relative[i] != '\0'; i++) {
        components += relative[i] == '/' ? 1 : 0;
    }
    return __real_base_directory_open_below(fd, root_fd, relative);
}

struct json_token __wrap_json_next(struct json_tokenizer *json)
{
    tokens++;
    return __real_json_next(json);
}

void *__wrap_malloc(size_t size)
{
    allocated += size;
    return __real_malloc(size);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,readability-inconsistent-declaration-parameter-name)
 */

/* ---- What may have been meant ---- */

/* Opens the same missing input again and again, beside `files` files. */
static void miss(struct base_findings *findings, size_t times, size_t files)
{
    enum { A_PNG = 2 }; /* among the inputs of glyph_document */
    put_registry("ui/hero", NULL, NULL);
    (void)put("assets/ui/hero/asset.json", glyph_document);
    for (size_t i = 0; i < files; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "assets/ui/hero/file%zu", i);
        unit_write_file(name, "", 0);
    }
    struct workspace workspace;
    base_findings_init(findings);
    open_fine(&workspace);
    REQUIRE(workspace_load(&workspace, findings));
    distances = 0;
    directories_read = 0;
    for (size_t i = 0; i < times; i++) {
        struct base_file file;
        CHECK(!workspace_input_open(&workspace, &workspace.assets[0], A_PNG, &file, findings));
    }
    workspace_close(&workspace);
}

UNIT_TEST(names_are_proposed_for_findings_that_are_kept)
{
    struct base_findings findings;
    miss(&findings, (size_t)3 * BASE_FINDINGS_KEPT, 10);
    CHECK_U64(findings.total[DIAG_INPUT_MISSING], UINT64_C(3) * BASE_FINDINGS_KEPT);
    CHECK_U64(directories_read, BASE_FINDINGS_KEPT);
    base_findings_free(&findings);
}

UNIT_TEST(no_name_is_proposed_in_a_directory_of_very_many)
{
    enum { MOST = 2048, ANCHOR = 1 };
    struct base_findings findings;
    miss(&findings, 1, MOST - ANCHOR);
    CHECK_U64(distances, MOST);
    base_findings_free(&findings);
    unit_write_file("assets/ui/hero/A.PNG", "", 0);
    miss(&findings, 1, MOST - ANCHOR);
    CHECK_U64(distances, 0);
    CHECK_SAYS(&findings, 0, "there is no such file");
    CHECK(strstr(findings.items[0].message, "beside") == NULL);
    base_findings_free(&findings);
    REQUIRE(unlink(unit_path("assets/ui/hero/file0")) == 0);
    miss(&findings, 1, 0);
    CHECK_SAYS(&findings, 0, "beside it is \"A.PNG\"");
    base_findings_free(&findings);
}

UNIT_TEST(missing_inputs_share_the_comparisons)
{
    enum { FILES = 700, ANCHOR = 1 }; /* of 2,048 for all: enough for two */
    struct base_findings findings;
    miss(&findings, 3, FILES);
    CHECK_U64(directories_read, 3);
    CHECK_U64(distances, 2 * (FILES + ANCHOR));
    base_findings_free(&findings);
}

/* ---- Deep directories ---- */

/* Makes directories of `depth` levels below the one of that descriptor; returns that of the last one. */
static int dig(int fd, size_t depth, bool two)
{
    for (size_t i = 0; i < depth; i++) {
        int next;
        REQUIRE(mkdirat(fd, "d", 0777) == 0 && (!two || mkdirat(fd, "e", 0777) == 0));
        REQUIRE(base_directory_enter(&next, fd, "d") == 0);
        (void)close(fd);
        fd = next;
    }
    return fd;
}

/* Opens a workspace without assets; returns a descriptor of its assets/. */
static int open_empty(struct workspace *workspace, struct base_findings *findings)
{
    int fd;
    put_registry(NULL, NULL, NULL);
    base_findings_init(findings);
    open_fine(workspace);
    REQUIRE(base_directory_reopen(&fd, workspace->assets_fd) == 0);
    return fd;
}

UNIT_TEST(a_deep_directory_is_opened_from_one_near_it)
{
    enum { DEPTH = 200, DIRECTORIES = 2 * DEPTH };
    struct workspace workspace;
    struct base_findings findings;
    int fd = dig(open_empty(&workspace, &findings), DEPTH, true);
    REQUIRE(mkdirat(fd, "asset", 0777) == 0);
    int anchor = openat(fd, "asset/asset.json", O_WRONLY | O_CREAT, 0666);
    REQUIRE(anchor >= 0);
    (void)close(anchor);
    (void)close(fd);
    components = 0;
    directories_read = 0;
    CHECK(workspace_scan(&workspace, &findings));
    CHECK_U64(workspace.unregistered_count, 1);
    CHECK_U64(directories_read, DIRECTORIES + 2); /* assets/ and asset/ */
    CHECK(components <= (size_t)DIRECTORIES * WORKSPACE_DESCENT_STRIDE);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(directories_beyond_the_longest_path_are_not_seen)
{
    struct workspace workspace;
    struct base_findings findings;
    (void)close(dig(open_empty(&workspace, &findings), PATH_MAX / 2 + 10, false));
    CHECK(workspace_scan(&workspace, &findings));
    CHECK_U64(findings.total[DIAG_ENVIRONMENT_READ], 1);
    CHECK_U64(findings.total[DIAG_ANCHOR_UNREGISTERED], 0);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(a_walk_may_go_up_and_down)
{
    static const char *const paths[] = {"", "a", "a/b", "c"};
    struct workspace_descent descent;
    int assets;
    REQUIRE(mkdir(unit_path("a"), 0777) == 0 && mkdir(unit_path("a/b"), 0777) == 0 && mkdir(unit_path("c"), 0777) == 0);
    REQUIRE(base_directory_open(&assets, BASE_CURRENT_DIRECTORY, unit_path(".")) == 0);
    workspace_descent_begin(&descent, assets);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        int fd;
        CHECK_ROW(workspace_descent_open(&descent, paths[i], &fd), 0, paths[i]);
        (void)close(fd);
    }
    int fd;
    CHECK(workspace_descent_open(&descent, "c/none", &fd) == ENOENT);
    CHECK(fd == -1);
    workspace_descent_end(&descent);
    (void)close(assets);
}

/* ---- Pointers ---- */

/* A registry of `count` records with two faults each, of which the one that is found last comes first. */
static void read_faulty_records(size_t count)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct base_place place = BASE_NOWHERE;
    struct workspace_registry registry;
    struct base_findings findings;
    base_text_addf(&text, "{\"schema_version\":1,\"next_asset_id\":9,\"assets\":[");
    for (size_t i = 0; i < count; i++) {
        base_text_addf(&text, "%s{\"root\":\"/\",\"included_in_build\":true,\"asset_uuid\":\"x\",\"asset_id\":0}",
                       i == 0 ? "" : ",");
    }
    base_text_addf(&text, "]}");
    base_findings_init(&findings);
    tokens = 0;
    CHECK(!workspace_registry_parse(base_text_bytes(&text), NULL, &place, &registry, &findings));
    CHECK_U64(findings.total[DIAG_ROOT_INVALID], count);
    size_t last = findings.count - 1;
    CHECK_STRING(findings.items[last].json_pointer + strlen(findings.items[last].json_pointer) - 5, "/root");
    base_findings_free(&findings);
    base_text_free(&text);
}

UNIT_TEST(a_fault_before_another_is_found_without_reading_all_again)
{
    enum { FEW = BASE_FINDINGS_KEPT / 10 };
    read_faulty_records(FEW);
    size_t few = tokens;
    read_faulty_records(FEW * 10 - 1);
    CHECK(tokens < 11 * few);
}

/* ---- Roots of many components ---- */

UNIT_TEST(a_root_takes_memory_for_its_own_length)
{
    enum { SIZE = 20001 };
    char *root = malloc(SIZE + 1);
    REQUIRE(root != NULL);
    for (size_t i = 0; i < SIZE; i++) {
        root[i] = i % 2 == 0 ? 'a' : '/';
    }
    root[SIZE] = '\0';
    struct workspace_roots roots = WORKSPACE_ROOTS_EMPTY;
    int32_t id = 0;
    allocated = 0;
    CHECK(workspace_roots_add(&roots, root, 1));
    CHECK(allocated < 2 * (size_t)SIZE);
    CHECK(workspace_roots_find(&roots, "a/a/a", &id) == WORKSPACE_ROOT_AROUND);
    CHECK_U64((uint64_t)id, 1);
    workspace_roots_free(&roots);
    free(root);
}
