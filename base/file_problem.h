/* Why a file could not be opened or read: an errno value, or one of ours, which lie outside errno. 0 is success. */
#ifndef PRPACK_BASE_FILE_PROBLEM_H
#define PRPACK_BASE_FILE_PROBLEM_H

enum base_file_problem {
    BASE_FILE_NOT_REGULAR = 100000, /* a directory, FIFO, socket or device is there */
    BASE_FILE_OUTSIDE_ROOT,         /* the path leaves its root: "..", absolute, or a link out of it */
    BASE_FILE_SHRUNK,               /* fewer bytes than the size it had when it was opened */
    BASE_FILE_TOO_LARGE             /* larger than the caller's limit */
};

/* The text for an errno value or a base_file_problem: static or thread-local storage, valid until the next call in this
 * thread, independent of the locale. */
const char *base_file_problem_text(int problem);

#endif
