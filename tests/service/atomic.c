/* The writing of single files that are there whole or not at all. */
#include "service/transaction/atomic.h"

#include "base/directory.h"
#include "tests/workspace/fixture.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static int root_fd(void)
{
    int fd = -1;
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_directory()) == 0);
    return fd;
}

UNIT_TEST(a_file_is_replaced_with_the_modes_of_the_umask)
{
    int fd = root_fd();
    bool done = false;
    mode_t old = umask(027);
    CHECK_U64(service_write_atomically(fd, "f", base_bytes_of_string("one"), &done), 0);
    CHECK(done);
    struct stat status;
    REQUIRE(stat(unit_path("f"), &status) == 0);
    CHECK_U64(status.st_mode & 0777, 0640);
    (void)umask(old);
    /* The stage of a process that died is replaced. */
    unit_write_file(".f.new", "litter that is longer than the file", 35);
    CHECK_U64(service_write_atomically(fd, "f", base_bytes_of_string("two"), NULL), 0);
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
    REQUIRE(service_write_atomically(fd, "f", base_bytes_of_string("old"), NULL) == 0);
    struct rlimit limit;
    REQUIRE(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    struct rlimit small = limit;
    small.rlim_cur = 2;
    (void)signal(SIGXFSZ, SIG_IGN);
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    int problem = service_write_atomically(fd, "f", base_bytes_of_string("new"), &done);
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
    CHECK_U64(service_write_atomically(fd, "d", base_bytes_of_string("x"), &done), EISDIR);
    CHECK(!done && !exists(".d.new"));
    CHECK_U64(service_write_atomically(fd, "g", base_bytes_of_string("x"), &done), EISDIR);
    CHECK_U64(service_write_atomically(-1, "h", base_bytes_of_string("x"), &done), EBADF);
    char name[300];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    CHECK_U64(service_write_atomically(fd, name, base_bytes_of_string("x"), &done), ENAMETOOLONG);
    (void)close(fd);
}
