/* Whether a file still has the content that was read once. */
#include "base/stamp.h"
#include "base/hash.h"

#include "tests/lib/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const int64_t step = INT64_C(2000000000);

/* The test's directory, opened, with a file in it that was seen. */
static int begin(struct base_content *seen)
{
    unit_write_file("file", "ten bytes.", 10);
    int fd = open(unit_directory(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    REQUIRE(fd >= 0);
    struct base_file file;
    REQUIRE(base_file_open_below(&file, fd, "file") == 0);
    REQUIRE(base_content_read(&file, NULL, seen) == 0);
    CHECK_U64(seen->stamp.size, 10);
    CHECK_U64(seen->stamp.inode, file.inode);
    CHECK(base_hash_equal(seen->hash, base_hash_of(base_bytes_of_string("ten bytes."))));
    base_file_close(&file);
    return fd;
}

/* What is said of a file that was recorded at a time when its stamp was settled. */
static enum base_content_state check(int fd, const char *relative, struct base_content seen)
{
    return base_content_check(fd, relative, seen.stamp.changed + step, NULL, &seen);
}

UNIT_TEST(a_stamp_settles_after_two_seconds)
{
    struct base_stamp stamp = {.modified = INT64_MAX, .changed = 1000};
    CHECK(base_stamp_is_settled(stamp, 1000 + step));
    CHECK(!base_stamp_is_settled(stamp, 999 + step));
    CHECK(!base_stamp_is_settled(stamp, 0));
    stamp.changed = INT64_MAX;
    CHECK(!base_stamp_is_settled(stamp, INT64_MAX));
    stamp.changed = INT64_MAX - step;
    CHECK(base_stamp_is_settled(stamp, INT64_MAX));
}

UNIT_TEST(times_beyond_all_clocks_are_the_last)
{
    struct base_file file = {
        .fd = -1, .modified_s = INT64_MAX, .changed_s = INT64_MAX / 1000000000, .changed_ns = 999999999};
    struct base_stamp stamp = base_stamp_of(&file);
    CHECK(stamp.modified == INT64_MAX);
    CHECK(stamp.changed == INT64_MAX);
}

UNIT_TEST(every_member_of_a_stamp_counts)
{
    struct base_stamp stamp = {.inode = 1, .size = 2, .modified = 3, .changed = 4};
    for (unsigned member = 0; member < 4; member++) {
        struct base_stamp other = stamp;
        CHECK(base_stamp_equal(stamp, other));
        other.inode += member == 0;
        other.size += member == 1;
        other.modified += member == 2;
        other.changed += member == 3;
        CHECK(!base_stamp_equal(stamp, other));
    }
}

UNIT_TEST(a_settled_stamp_is_trusted_for_the_file)
{
    struct base_content seen;
    int fd = begin(&seen);
    seen.hash.bytes[0] ^= 1; /* the file is not read, so that is not noticed */
    CHECK(check(fd, "file", seen) == BASE_CONTENT_STAMPED);
    CHECK(base_content_check(fd, "file", seen.stamp.changed + step - 1, NULL, &seen) == BASE_CONTENT_CHANGED);
    (void)close(fd);
}

UNIT_TEST(the_content_decides_where_the_stamp_does_not)
{
    struct base_content seen;
    int fd = begin(&seen);
    struct base_stamp old = seen.stamp;
    CHECK(base_content_check(fd, "file", seen.stamp.changed, NULL, &seen) == BASE_CONTENT_HASHED);
    const struct timespec times[2] = {{.tv_sec = 5}, {.tv_sec = 5}};
    CHECK(utimensat(fd, "file", times, 0) == 0);
    CHECK(base_content_check(fd, "file", seen.stamp.changed + step, NULL, &seen) == BASE_CONTENT_HASHED);
    CHECK(seen.stamp.modified == INT64_C(5000000000));
    CHECK_U64(seen.stamp.inode, old.inode);
    unit_write_file("other", "ten bytes.", 10);
    CHECK(renameat(fd, "other", fd, "file") == 0);
    CHECK(check(fd, "file", seen) == BASE_CONTENT_HASHED);
    (void)close(fd);
}

/* The time of change cannot be put back. A file system that counts in coarse steps may give both the same: then the
 * stamp is not settled when it is recorded. */
UNIT_TEST(another_content_of_the_same_size_and_time_is_noticed)
{
    struct base_content seen;
    int fd = begin(&seen);
    struct stat status;
    CHECK(fstatat(fd, "file", &status, 0) == 0);
    const struct timespec wait = {.tv_nsec = 30000000};
    (void)nanosleep(&wait, NULL);
    int file = openat(fd, "file", O_WRONLY | O_CLOEXEC);
    CHECK(write(file, "10 bytes!!", 10) == 10);
    (void)close(file);
    const struct timespec times[2] = {status.st_atim, status.st_mtim};
    CHECK(utimensat(fd, "file", times, 0) == 0);
    CHECK(check(fd, "file", seen) == BASE_CONTENT_CHANGED);
    (void)close(fd);
}

UNIT_TEST(another_size_is_another_content)
{
    struct base_content seen;
    int fd = begin(&seen);
    CHECK(truncate(unit_path("file"), 9) == 0);
    CHECK(check(fd, "file", seen) == BASE_CONTENT_CHANGED);
    CHECK(truncate(unit_path("file"), 11) == 0);
    CHECK(check(fd, "file", seen) == BASE_CONTENT_CHANGED);
    (void)close(fd);
}

UNIT_TEST(what_cannot_be_read_has_changed)
{
    struct base_content seen;
    int fd = begin(&seen);
    CHECK(check(fd, "none", seen) == BASE_CONTENT_CHANGED);
    CHECK(check(fd, "none/file", seen) == BASE_CONTENT_CHANGED);
    CHECK(check(fd, "../file", seen) == BASE_CONTENT_CHANGED);
    CHECK(mkdirat(fd, "directory", 0777) == 0);
    CHECK(check(fd, "directory", seen) == BASE_CONTENT_CHANGED);
    CHECK(mkfifoat(fd, "fifo", 0666) == 0);
    CHECK(check(fd, "fifo", seen) == BASE_CONTENT_CHANGED);
    (void)close(fd);
}

UNIT_TEST(links_count_as_long_as_they_stay_inside)
{
    struct base_content seen;
    int fd = begin(&seen);
    CHECK(mkdirat(fd, "sub", 0777) == 0);
    CHECK(symlinkat("file", fd, "link") == 0);
    CHECK(symlinkat("../file", fd, "sub/up") == 0);
    CHECK(check(fd, "link", seen) == BASE_CONTENT_STAMPED);
    CHECK(check(fd, "sub/up", seen) == BASE_CONTENT_STAMPED);
    int sub = openat(fd, "sub", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(check(sub, "up", seen) == BASE_CONTENT_CHANGED);
    (void)close(sub);
    (void)close(fd);
}
