/* Whether a file still has the content that was read once: docs/contracts/build-cache.md, 2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WORKSPACE_STAMP_H
#define PRPACK_WORKSPACE_STAMP_H

#include "base/file.h"
#include "base/hash.h"

/* What the file system says of a file. Times are nanoseconds since 1970; one that does not fit is INT64_MAX. */
struct pp_stamp {
    uint64_t inode;
    uint64_t size;
    int64_t modified;
    int64_t changed; /* of content, name or rights; cannot be set */
};

/* A file as it was read: the stamp from before, the hash of all of it. */
struct pp_seen {
    struct pp_stamp stamp;
    struct pp_hash hash;
};

struct pp_stamp pp_stamp_of(const struct pp_file *file);
bool pp_stamp_equal(struct pp_stamp a, struct pp_stamp b);

/* The time of the system's clock. */
int64_t pp_stamp_now(void);

/* Whether a stamp that was taken at `recorded` or later shows every change of the file that came after. */
bool pp_stamp_is_settled(struct pp_stamp stamp, int64_t recorded);

/* What is left of a recorded file. */
enum pp_unchanged {
    PP_CHANGED,          /* other content; or not to be read, or not there: whoever opens it reports that */
    PP_UNCHANGED_HASHED, /* it was read: seen->stamp is new */
    PP_UNCHANGED_STAMPED /* its stamp stood for it */
};

/* Looks whether the file `relative` below root_fd has the content that was seen at `recorded`. Links are followed as
 * pp_file_open_below does. */
enum pp_unchanged pp_seen_check(int root_fd, const char *relative, int64_t recorded, struct pp_seen *seen);

/* Reads and hashes an open file. Returns 0 or what pp_file_problem_text takes; PP_FILE_SHRUNK also when it was written to
 * meanwhile. *seen is set on success only. */
int pp_seen_read(const struct pp_file *file, struct pp_seen *seen);

#endif
