/* Whether a file still has the content that was read once, seen without reading it where its stamp is enough.
 *
 * Threads: no shared state. */
#ifndef PRPACK_BASE_STAMP_H
#define PRPACK_BASE_STAMP_H

#include "base/file.h"
#include "base/hash_value.h"
#include "base/task.h"

/* What the file system says of a file. Times are nanoseconds since 1970; one that does not fit is INT64_MAX. */
struct base_stamp {
    uint64_t inode;
    uint64_t size;
    int64_t modified;
    int64_t changed; /* of content, name or rights; cannot be set */
};

/* A file as it was read: the stamp from before, the hash of all of it. */
struct base_content {
    struct base_stamp stamp;
    struct base_hash hash;
};

struct base_stamp base_stamp_of(const struct base_file *file);
bool base_stamp_equal(struct base_stamp a, struct base_stamp b);

/* Whether a stamp that was taken at `recorded` or later shows every change of the file that came after. */
bool base_stamp_is_settled(struct base_stamp stamp, int64_t recorded);

/* What has become of a file that was seen. */
enum base_content_state {
    BASE_CONTENT_CHANGED, /* other content; or unreadable, or not there: the caller reports that when it opens the file
                           */
    BASE_CONTENT_HASHED,  /* unchanged; it was read: seen->stamp is new */
    BASE_CONTENT_STAMPED  /* unchanged; it was not read: its stamp is the recorded one */
};

/* Looks whether the file `relative` below root_fd has the content that was seen at `recorded`. Links are followed as
 * base_file_open_below does. BASE_CONTENT_CHANGED also when the task was cancelled. */
enum base_content_state base_content_check(int root_fd, const char *relative, int64_t recorded, struct base_task *task,
                                           struct base_content *seen);

/* Reads and hashes an open file. Returns 0 or what base_file_problem_text takes; BASE_FILE_SHRUNK also when it was
 * written to meanwhile. *seen is set on success only. */
int base_content_read(const struct base_file *file, struct base_task *task, struct base_content *seen);

#endif
