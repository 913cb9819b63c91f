#include "base/stamp.h"

#include "base/hash_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

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

struct base_stamp base_stamp_of(const struct base_file *file)
{
    return (struct base_stamp){
        .inode = file->inode,
        .size = file->size,
        .modified = nanoseconds(file->modified_s, file->modified_ns),
        .changed = nanoseconds(file->changed_s, file->changed_ns),
    };
}

static struct base_stamp stamp_of_status(const struct stat *status)
{
    return (struct base_stamp){
        .inode = (uint64_t)status->st_ino,
        .size = (uint64_t)status->st_size,
        .modified = nanoseconds(status->st_mtim.tv_sec, status->st_mtim.tv_nsec),
        .changed = nanoseconds(status->st_ctim.tv_sec, status->st_ctim.tv_nsec),
    };
}

bool base_stamp_equal(struct base_stamp a, struct base_stamp b)
{
    return a.inode == b.inode && a.size == b.size && a.modified == b.modified && a.changed == b.changed;
}

bool base_stamp_is_settled(struct base_stamp stamp, int64_t recorded)
{
    return stamp.changed <= INT64_MAX - step && stamp.changed + step <= recorded;
}

/* The stamp of a plain file in the directory itself: no link can lead elsewhere, so nothing needs to be opened. */
static bool take_stamp(int root_fd, const char *name, struct base_stamp *stamp)
{
    struct stat status;
    if (strchr(name, '/') != NULL || fstatat(root_fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode)) {
        return false;
    }
    *stamp = stamp_of_status(&status);
    return true;
}

int base_content_read(const struct base_file *file, struct base_task *task, struct base_content *seen)
{
    struct base_content read = {.stamp = base_stamp_of(file)};
    struct stat status;
    int problem = base_hash_file(file, task, &read.hash);
    if (problem == 0 && fstat(file->fd, &status) != 0) {
        problem = errno;
    }
    if (problem == 0 && !base_stamp_equal(stamp_of_status(&status), read.stamp)) {
        problem = BASE_FILE_SHRUNK;
    }
    if (problem == 0) {
        *seen = read;
    }
    return problem;
}

/* Compares an open file with what was seen. */
static enum base_content_state check_open(const struct base_file *file, int64_t recorded, struct base_task *task,
                                          struct base_content *seen)
{
    if (base_stamp_equal(base_stamp_of(file), seen->stamp) && base_stamp_is_settled(seen->stamp, recorded)) {
        return BASE_CONTENT_STAMPED;
    }
    struct base_content read;
    if (file->size != seen->stamp.size || base_content_read(file, task, &read) != 0 ||
        !base_hash_equal(read.hash, seen->hash)) {
        return BASE_CONTENT_CHANGED;
    }
    *seen = read;
    return BASE_CONTENT_HASHED;
}

enum base_content_state base_content_check(int root_fd, const char *relative, int64_t recorded, struct base_task *task,
                                           struct base_content *seen)
{
    struct base_stamp stamp;
    if (take_stamp(root_fd, relative, &stamp)) {
        if (stamp.size != seen->stamp.size) {
            return BASE_CONTENT_CHANGED;
        }
        if (base_stamp_equal(stamp, seen->stamp) && base_stamp_is_settled(stamp, recorded)) {
            return BASE_CONTENT_STAMPED;
        }
    }
    struct base_file file;
    if (base_file_open_below(&file, root_fd, relative) != 0) {
        return BASE_CONTENT_CHANGED;
    }
    enum base_content_state result = check_open(&file, recorded, task, seen);
    base_file_close(&file);
    return result;
}
