#include "workspace/stamp.h"

#include "base/hash_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* Two seconds: no file system counts time in larger steps. */
static const int64_t step = INT64_C(2000000000);

static int64_t nanoseconds(int64_t seconds, int64_t rest)
{
    int64_t time;
    if (__builtin_mul_overflow(seconds, INT64_C(1000000000), &time) || __builtin_add_overflow(time, rest, &time)) {
        return INT64_MAX;
    }
    return time;
}

struct pp_stamp pp_stamp_of(const struct pp_file *file)
{
    return (struct pp_stamp){
        .inode = file->inode,
        .size = file->size,
        .modified = nanoseconds(file->modified_s, file->modified_ns),
        .changed = nanoseconds(file->changed_s, file->changed_ns),
    };
}

static struct pp_stamp stamp_of_status(const struct stat *status)
{
    return (struct pp_stamp){
        .inode = (uint64_t)status->st_ino,
        .size = (uint64_t)status->st_size,
        .modified = nanoseconds(status->st_mtim.tv_sec, status->st_mtim.tv_nsec),
        .changed = nanoseconds(status->st_ctim.tv_sec, status->st_ctim.tv_nsec),
    };
}

bool pp_stamp_equal(struct pp_stamp a, struct pp_stamp b)
{
    return a.inode == b.inode && a.size == b.size && a.modified == b.modified && a.changed == b.changed;
}

int64_t pp_stamp_now(void)
{
    struct timespec now = {.tv_sec = 0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return nanoseconds(now.tv_sec, now.tv_nsec);
}

bool pp_stamp_is_settled(struct pp_stamp stamp, int64_t recorded)
{
    return stamp.changed <= INT64_MAX - step && stamp.changed + step <= recorded;
}

/* The stamp of a plain file in the directory itself: no link can lead elsewhere, so nothing needs to be opened. */
static bool take_stamp(int root_fd, const char *name, struct pp_stamp *stamp)
{
    struct stat status;
    if (strchr(name, '/') != NULL || fstatat(root_fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode)) {
        return false;
    }
    *stamp = stamp_of_status(&status);
    return true;
}

int pp_seen_read(const struct pp_file *file, struct pp_seen *seen)
{
    struct pp_seen read = {.stamp = pp_stamp_of(file)};
    struct stat status;
    int problem = pp_hash_file(file, &read.hash);
    if (problem == 0 && fstat(file->fd, &status) != 0) {
        problem = errno;
    }
    if (problem == 0 && !pp_stamp_equal(stamp_of_status(&status), read.stamp)) {
        problem = PP_FILE_SHRUNK;
    }
    if (problem == 0) {
        *seen = read;
    }
    return problem;
}

/* Compares an open file with what was seen. */
static enum pp_unchanged check_open(const struct pp_file *file, int64_t recorded, struct pp_seen *seen)
{
    if (pp_stamp_equal(pp_stamp_of(file), seen->stamp) && pp_stamp_is_settled(seen->stamp, recorded)) {
        return PP_UNCHANGED_STAMPED;
    }
    struct pp_seen read;
    if (file->size != seen->stamp.size || pp_seen_read(file, &read) != 0 || !pp_hash_equal(read.hash, seen->hash)) {
        return PP_CHANGED;
    }
    *seen = read;
    return PP_UNCHANGED_HASHED;
}

enum pp_unchanged pp_seen_check(int root_fd, const char *relative, int64_t recorded, struct pp_seen *seen)
{
    struct pp_stamp stamp;
    if (take_stamp(root_fd, relative, &stamp)) {
        if (stamp.size != seen->stamp.size) {
            return PP_CHANGED;
        }
        if (pp_stamp_equal(stamp, seen->stamp) && pp_stamp_is_settled(stamp, recorded)) {
            return PP_UNCHANGED_STAMPED;
        }
    }
    struct pp_file file;
    if (pp_file_open_below(&file, root_fd, relative) != 0) {
        return PP_CHANGED;
    }
    enum pp_unchanged result = check_open(&file, recorded, seen);
    pp_file_close(&file);
    return result;
}
