/* What a directory or file is known by. */
#include "base/identity.h"

#include "base/directory.h"
#include "tests/lib/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HERE = AT_FDCWD };

static struct base_identity identity_of(const char *relative)
{
    struct base_identity identity;
    REQUIRE(base_identity_of_name(HERE, unit_path(relative), &identity) == 0);
    return identity;
}

UNIT_TEST(an_open_directory_is_what_its_name_says)
{
    REQUIRE(mkdir(unit_path("a"), 0777) == 0);
    struct base_identity opened;
    struct stat status;
    int fd;
    REQUIRE(base_directory_open(&fd, HERE, unit_path("a")) == 0);
    REQUIRE(base_identity_of(fd, &opened) == 0 && fstat(fd, &status) == 0);
    CHECK(base_identity_equal(opened, identity_of("a")));
    CHECK_U64(opened.inode, status.st_ino);
    CHECK_U64(opened.device, status.st_dev);
    (void)close(fd);
}

UNIT_TEST(a_name_keeps_what_it_is_and_a_copy_is_another)
{
    unit_write_file("a", "1", 1);
    struct base_identity old = identity_of("a");
    REQUIRE(rename(unit_path("a"), unit_path("b")) == 0);
    CHECK(base_identity_equal(old, identity_of("b")));
    unit_write_file("b", "22", 2);
    CHECK(base_identity_equal(old, identity_of("b")));
    unit_write_file("a", "1", 1);
    CHECK(!base_identity_equal(old, identity_of("a")));
}

UNIT_TEST(each_of_the_three_counts)
{
    const struct base_identity identity = {.device = 1, .inode = 2, .born = 3};
    CHECK(base_identity_equal(identity, (struct base_identity){1, 2, 3}));
    CHECK(!base_identity_equal(identity, (struct base_identity){0, 2, 3}));
    CHECK(!base_identity_equal(identity, (struct base_identity){1, 0, 3}));
    CHECK(!base_identity_equal(identity, (struct base_identity){1, 2, 0}));
}

UNIT_TEST(a_link_is_itself)
{
    unit_write_file("a", "1", 1);
    REQUIRE(symlink("a", unit_path("link")) == 0 && symlink("nowhere", unit_path("lost")) == 0);
    CHECK(!base_identity_equal(identity_of("a"), identity_of("link")));
    (void)identity_of("lost");
    struct base_identity none;
    CHECK_U64(base_identity_of_name(HERE, unit_path("nowhere"), &none), ENOENT);
    CHECK_U64(base_identity_of(-1, &none), EBADF);
}

UNIT_TEST(a_birth_is_that_of_the_file_system_or_0)
{
    struct statx status;
    unit_write_file("a", "1", 1);
    REQUIRE(statx(HERE, unit_path("a"), AT_SYMLINK_NOFOLLOW, STATX_BTIME, &status) == 0);
    int64_t born = (status.stx_mask & STATX_BTIME) != 0
                       ? status.stx_btime.tv_sec * INT64_C(1000000000) + status.stx_btime.tv_nsec
                       : 0;
    CHECK(identity_of("a").born == born);
}

UNIT_TEST(other_mounts_are_told)
{
    int here;
    int inner = -1;
    int other;
    REQUIRE(mkdir(unit_path("a"), 0777) == 0);
    REQUIRE(base_directory_open(&here, HERE, unit_directory()) == 0 && base_directory_enter(&inner, here, "a") == 0);
    REQUIRE(base_directory_open(&other, HERE, "/proc") == 0);
    CHECK_U64(base_identity_check_mount(here, inner), 0);
    CHECK_U64(base_identity_check_mount(here, other), EXDEV);
    CHECK_U64(base_identity_check_mount(here, -1), EBADF);
    (void)close(here);
    (void)close(inner);
    (void)close(other);
}
