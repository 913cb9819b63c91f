/* Whether a file still has the content that was read once: docs/contracts/build-cache.md, 2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WORKSPACE_STAMP_H
#define PRPACK_WORKSPACE_STAMP_H

#include "base/file.h"
#include "base/hash_value.h"
#include "base/task.h"

/* What the file system says of a file. Times are nanoseconds since 1970; one that does not fit is INT64_MAX. */
struct workspace_stamp {
    uint64_t inode;
    uint64_t size;
    int64_t modified;
    int64_t changed; /* of content, name or rights; cannot be set */
};

/* A file as it was read: the stamp from before, the hash of all of it. */
struct workspace_content {
    struct workspace_stamp stamp;
    struct base_hash hash;
};

struct workspace_stamp workspace_stamp_of(const struct base_file *file);
bool workspace_stamp_equal(struct workspace_stamp a, struct workspace_stamp b);

/* Whether a stamp that was taken at `recorded` or later shows every change of the file that came after. */
bool workspace_stamp_is_settled(struct workspace_stamp stamp, int64_t recorded);

/* What is left of a recorded file. */
enum workspace_unchanged {
    WORKSPACE_CHANGED, /* other content; or unreadable, or not there: the caller reports that when it opens the file */
    WORKSPACE_UNCHANGED_HASHED, /* it was read: seen->stamp is new */
    WORKSPACE_UNCHANGED_STAMPED /* it was not read: its stamp is the recorded one */
};

/* Looks whether the file `relative` below root_fd has the content that was seen at `recorded`. Links are followed as
 * base_file_open_below does. WORKSPACE_CHANGED also when the task was cancelled. */
enum workspace_unchanged workspace_content_check(int root_fd, const char *relative, int64_t recorded,
                                                 struct base_task *task, struct workspace_content *seen);

/* Reads and hashes an open file. Returns 0 or what base_file_problem_text takes; BASE_FILE_SHRUNK also when it was
 * written to meanwhile. *seen is set on success only. */
int workspace_content_read(const struct base_file *file, struct base_task *task, struct workspace_content *seen);

#endif
