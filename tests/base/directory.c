/* Opening and reading directories. */
#include "base/directory.h"

#include "base/file.h"
#include "base/names.h"
#include "tests/lib/sample.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int note(void *context, const char *name, enum base_entry_kind kind)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%d %s", (int)kind, name);
    return base_names_take(context, strdup(text)) ? 0 : 1;
}

UNIT_TEST(directories_tell_names_and_kinds)
{
    unit_write_file("d/file", "", 0);
    unit_write_file("d/sub/x", "", 0);
    REQUIRE(symlink("sub", unit_path("d/link")) == 0);
    REQUIRE(mkfifo(unit_path("d/fifo"), 0600) == 0);
    int fd;
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_path("d")) == 0);
    struct base_names names = BASE_NAMES_EMPTY;
    CHECK(base_directory_each(fd, note, &names) == 0);
    base_names_sort(&names, NULL);
    REQUIRE(names.count == 4);
    CHECK_STRING(names.items[0], "0 file");
    CHECK_STRING(names.items[1], "1 sub");
    CHECK_STRING(names.items[2], "2 link");
    CHECK_STRING(names.items[3], "3 fifo");
    base_names_free(&names);
}

static int stop(void *context, const char *name, enum base_entry_kind kind)
{
    (void)name;
    (void)kind;
    ++*(int *)context;
    return 77;
}

UNIT_TEST(a_walk_ends_where_it_is_told_to)
{
    unit_write_file("d/a", "", 0);
    unit_write_file("d/b", "", 0);
    int fd;
    int calls = 0;
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_path("d")) == 0);
    CHECK_U64(base_directory_each(fd, stop, &calls), 77);
    CHECK_U64(calls, 1);
    CHECK(base_directory_each(-1, stop, &calls) != 0);
}

static int remove_it(void *context, const char *name, enum base_entry_kind kind)
{
    (void)kind;
    return unlinkat(*(int *)context, name, 0) == 0 ? 0 : errno;
}

UNIT_TEST(a_visitor_may_remove_what_it_is_called_for)
{
    char path[16];
    for (int i = 0; i < 300; i++) {
        (void)snprintf(path, sizeof path, "d/%d", i);
        unit_write_file(path, "", 0);
    }
    int directory;
    int fd;
    REQUIRE(base_directory_open(&directory, BASE_CURRENT_DIRECTORY, unit_path("d")) == 0);
    REQUIRE(base_directory_reopen(&fd, directory) == 0);
    CHECK_U64(base_directory_each(fd, remove_it, &directory), 0);
    CHECK_U64(rmdir(unit_path("d")), 0);
    (void)close(directory);
}

UNIT_TEST(entering_follows_no_link)
{
    unit_write_file("d/sub/x", "", 0);
    REQUIRE(symlink("sub", unit_path("d/link")) == 0);
    int fd;
    int sub;
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_path("d")) == 0);
    REQUIRE(base_directory_enter(&sub, fd, "sub") == 0);
    CHECK((fcntl(sub, F_GETFD) & FD_CLOEXEC) != 0);
    (void)close(sub);
    CHECK_U64(base_directory_enter(&sub, fd, "link"), ENOTDIR);
    CHECK(sub == -1);
    CHECK_U64(base_directory_enter(&sub, fd, "missing"), ENOENT);
    (void)close(fd);
    REQUIRE(base_directory_open(&fd, BASE_CURRENT_DIRECTORY, unit_path("d/link")) == 0);
    (void)close(fd);
}

UNIT_TEST(a_plain_path_follows_no_link)
{
    unit_write_file("d/sub/in/x", "", 0);
    REQUIRE(symlink("sub", unit_path("d/link")) == 0);
    REQUIRE(symlink("in", unit_path("d/sub/last")) == 0);
    int root;
    int fd;
    REQUIRE(base_directory_open(&root, BASE_CURRENT_DIRECTORY, unit_path("d")) == 0);
    CHECK_U64(base_directory_open_plain(&fd, root, "sub/in"), 0);
    CHECK(fd >= 0 && close(fd) == 0);
    CHECK_U64(base_directory_open_below(&fd, root, "link/in"), 0);
    CHECK(fd >= 0 && close(fd) == 0);
    static const char *const outside[] = {"link/in", "link", "sub/last", "../d/sub", "/", "sub/./in", "sub//in", ""};
    for (size_t i = 0; i < COUNT_OF(outside); i++) {
        CHECK_U64(base_directory_open_plain(&fd, root, outside[i]), BASE_FILE_OUTSIDE_ROOT);
        CHECK(fd == -1);
    }
    CHECK_U64(base_directory_open_plain(&fd, root, "nowhere"), ENOENT);
    CHECK_U64(base_directory_open_plain(&fd, root, "sub/in/x"), ENOTDIR);
    CHECK(close(root) == 0);
}

/* ---- Where paths begin ---- */

UNIT_TEST(a_relative_path_begins_at_a_directory)
{
    unit_write_file("d/sub/x", "1", 1);
    int root;
    int fd;
    REQUIRE(base_directory_open(&root, BASE_CURRENT_DIRECTORY, unit_path("d")) == 0);
    CHECK_U64(base_directory_open(&fd, root, "sub"), 0);
    REQUIRE(close(fd) == 0);
    CHECK_U64(base_directory_open(&fd, root, "d/sub"), ENOENT);
    CHECK_U64(base_directory_open(&fd, root, unit_path("d")), 0);
    REQUIRE(close(fd) == 0);
    struct base_file file;
    CHECK_U64(base_file_open_at(&file, root, "sub/x"), 0);
    CHECK_U64(file.size, 1);
    base_file_close(&file);
    CHECK_U64(base_file_open_at(&file, root, "x"), ENOENT);
    REQUIRE(close(root) == 0);
}

static void check_resolved(int root, const char *path, const char *expected)
{
    char *real = base_directory_resolve(root, path);
    CHECK_STRING(real, expected);
    free(real);
}

UNIT_TEST(a_path_is_resolved_from_a_directory_on)
{
    unit_write_file("d/sub/x", "1", 1);
    REQUIRE(symlink("sub", unit_path("d/link")) == 0);
    char *whole = realpath(unit_path("d/sub"), NULL);
    int root;
    REQUIRE(base_directory_open(&root, BASE_CURRENT_DIRECTORY, unit_path("d")) == 0);
    check_resolved(root, "sub", whole);
    check_resolved(root, "link/../sub/.", whole);
    check_resolved(root, unit_path("d/link"), whole);
    check_resolved(BASE_CURRENT_DIRECTORY, unit_path("d/link"), whole);
    errno = 0;
    CHECK(base_directory_resolve(root, "missing") == NULL);
    CHECK_U64(errno, ENOENT);
    REQUIRE(close(root) == 0);
    free(whole);
}
