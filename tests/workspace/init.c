/* prpack init, and the writing of files that are there whole or not at all. */
#include "base/directory.h"
#include "tests/workspace/fixture.h"
#include "workspace/edit/atomic.h"
#include "workspace/edit/edit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define INDEX "assets/.prometeu/index.json"

static bool init(const char *directory, struct base_findings *findings)
{
    base_findings_init(findings);
    return workspace_init(directory, findings);
}

UNIT_TEST(init_makes_an_empty_workspace)
{
    struct base_findings findings;
    struct stat status;
    mode_t old = umask(027);
    CHECK(init(unit_path("new/deep/game/"), &findings));
    (void)umask(old);
    CHECK_U64(findings.count, 0);
    static const char *const made[] = {"new", "new/deep", "new/deep/game", "new/deep/game/assets",
                                       "new/deep/game/assets/.prometeu"};
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        REQUIRE(stat(unit_path(made[i]), &status) == 0);
        CHECK_U64(status.st_mode & 0777, 0750);
    }
    char *text = get("new/deep/game/" INDEX);
    CHECK_STRING(text, "{\n  \"schema_version\": 1,\n  \"next_asset_id\": 1,\n  \"assets\": []\n}\n");
    free(text);
    struct workspace workspace;
    CHECK(workspace_open(&workspace, unit_path("new/deep/game"), NULL, &findings));
    CHECK(workspace_load(&workspace, &findings));
    CHECK(workspace_scan(&workspace, &findings));
    CHECK_U64(workspace.asset_count, 0);
    CHECK_U64(workspace.registry.next_asset_id, 1);
    CHECK_U64(findings.count, 0);
    workspace_close(&workspace);
    base_findings_free(&findings);
}

UNIT_TEST(init_works_beside_what_is_there)
{
    (void)put("assets/hero/asset.json", "x");
    struct base_findings findings;
    go(".");
    CHECK(init(".", &findings));
    go_back();
    CHECK_U64(findings.count, 0);
    CHECK(exists(INDEX));
    CHECK(!exists("assets/.prometeu/.index.json.new"));
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
    REQUIRE(unlink(unit_path(INDEX)) == 0 && symlink("nowhere", unit_path(INDEX)) == 0);
    CHECK(!init(unit_directory(), &findings));
    CHECK_ONLY(&findings, "workspace-exists", INDEX, -1, NULL);
    base_findings_free(&findings);
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

static int root_fd(void)
{
    int fd = -1;
    REQUIRE(base_directory_open(&fd, unit_directory()) == 0);
    return fd;
}

UNIT_TEST(a_file_is_replaced_with_the_modes_of_the_umask)
{
    int fd = root_fd();
    bool done = false;
    mode_t old = umask(027);
    CHECK_U64(workspace_write_atomically(fd, "f", base_bytes_of_string("one"), &done), 0);
    CHECK(done);
    struct stat status;
    REQUIRE(stat(unit_path("f"), &status) == 0);
    CHECK_U64(status.st_mode & 0777, 0640);
    (void)umask(old);
    /* The stage of a process that died is replaced. */
    unit_write_file(".f.new", "litter that is longer than the file", 35);
    CHECK_U64(workspace_write_atomically(fd, "f", base_bytes_of_string("two"), NULL), 0);
    char *text = get("f");
    CHECK_STRING(text, "two");
    free(text);
    CHECK(!exists(".f.new"));
    (void)close(fd);
}

UNIT_TEST(a_failed_write_leaves_the_old_file)
{
    int fd = root_fd();
    bool done = true;
    REQUIRE(workspace_write_atomically(fd, "f", base_bytes_of_string("old"), NULL) == 0);
    struct rlimit limit;
    REQUIRE(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    struct rlimit small = limit;
    small.rlim_cur = 2;
    (void)signal(SIGXFSZ, SIG_IGN);
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    int problem = workspace_write_atomically(fd, "f", base_bytes_of_string("new"), &done);
    REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK_U64(problem, EFBIG);
    CHECK(!done);
    char *text = get("f");
    CHECK_STRING(text, "old");
    free(text);
    CHECK(!exists(".f.new"));
    (void)close(fd);
}

UNIT_TEST(what_cannot_be_written_is_told)
{
    int fd = root_fd();
    bool done = true;
    REQUIRE(mkdir(unit_path("d"), 0777) == 0 && mkdir(unit_path(".g.new"), 0777) == 0);
    CHECK_U64(workspace_write_atomically(fd, "d", base_bytes_of_string("x"), &done), EISDIR);
    CHECK(!done && !exists(".d.new"));
    CHECK_U64(workspace_write_atomically(fd, "g", base_bytes_of_string("x"), &done), EISDIR);
    CHECK_U64(workspace_write_atomically(-1, "h", base_bytes_of_string("x"), &done), EBADF);
    char name[300];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    CHECK_U64(workspace_write_atomically(fd, name, base_bytes_of_string("x"), &done), ENAMETOOLONG);
    (void)close(fd);
}
