#include "base/below.h"
#include "base/directory.h"

#include "base/file.h"
#include "tests/lib/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int (*open_function)(int *fd, int root_fd, const char *relative, int flags);

static int root_of_test(void)
{
    int root = -1;
    unit_write_file("root/file", "x", 1);
    unit_write_file("root/one/two/file", "y", 1);
    unit_write_file("outside", "z", 1);
    REQUIRE(symlink("../outside", unit_path("root/link-out")) == 0);
    REQUIRE(symlink("file", unit_path("root/link-in")) == 0);
    REQUIRE(symlink("..", unit_path("root/up")) == 0);
    REQUIRE(symlink("one", unit_path("root/directory-link")) == 0);
    REQUIRE(mkfifo(unit_path("root/fifo"), 0600) == 0);
    REQUIRE(base_directory_open(&root, BASE_CURRENT_DIRECTORY, unit_path("root")) == 0);
    return root;
}

/* The problem of opening, with whatever was opened closed again. */
static int try_open(open_function function, int root, const char *relative, int flags)
{
    int fd = -1;
    int problem = function(&fd, root, relative, flags | O_CLOEXEC);
    if (problem == 0) {
        CHECK(fd >= 0);
        (void)close(fd);
    }
    return problem;
}

static const int file_flags = O_RDONLY | O_NONBLOCK;
static const int directory_flags = O_RDONLY | O_DIRECTORY;

/* What both ways have in common. */
static void check_common(open_function function)
{
    int root = root_of_test();
    CHECK_U64(try_open(function, root, "file", file_flags), 0);
    CHECK_U64(try_open(function, root, "one/two/file", file_flags), 0);
    CHECK_U64(try_open(function, root, "one/two", directory_flags), 0);
    CHECK_U64(try_open(function, root, "fifo", file_flags), 0);
    CHECK_U64(try_open(function, root, "none", file_flags), ENOENT);
    CHECK_U64(try_open(function, root, "none/file", file_flags), ENOENT);
    CHECK_U64(try_open(function, root, "file/file", file_flags), ENOTDIR);
    CHECK_U64(try_open(function, root, "file", directory_flags), ENOTDIR);
    static const char *const outside[] = {"",         "/",  ".",    "..",       "../outside", "one/../file",
                                          "one//two", "a/", "/etc", "link-out", "up/outside", "up/root/file"};
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        int expected = try_open(function, root, outside[i], file_flags);
        if (expected != BASE_FILE_OUTSIDE_ROOT) {
            CHECK_STRING(outside[i], "outside of the root");
        }
    }
    (void)close(root);
}

UNIT_TEST(the_kernel_keeps_paths_below)
{
    check_common(base_open_below);
}

UNIT_TEST(stepwise_keeps_paths_below)
{
    check_common(base_open_below_stepwise);
}

UNIT_TEST(stepwise_follows_no_link_at_all)
{
    int root = root_of_test();
    CHECK_U64(try_open(base_open_below_stepwise, root, "link-in", file_flags), BASE_FILE_OUTSIDE_ROOT);
    CHECK_U64(try_open(base_open_below_stepwise, root, "directory-link/two/file", file_flags), BASE_FILE_OUTSIDE_ROOT);
    CHECK_U64(try_open(base_open_below_stepwise, root, "directory-link", directory_flags), BASE_FILE_OUTSIDE_ROOT);
    (void)close(root);
}

UNIT_TEST(stepwise_refuses_a_name_that_cannot_be)
{
    int root = root_of_test();
    char name[300];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    CHECK_U64(try_open(base_open_below_stepwise, root, name, file_flags), ENAMETOOLONG);
    (void)close(root);
}
