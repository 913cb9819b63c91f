#include "base/file_problem.h"

#include <errno.h>
#include <string.h>

const char *base_file_problem_text(int problem)
{
    switch (problem) {
    case BASE_FILE_NOT_REGULAR:
        return "Not a regular file";
    case BASE_FILE_OUTSIDE_ROOT:
        return "The path leaves its root";
    case BASE_FILE_SHRUNK:
        return "The file became shorter while it was read";
    case BASE_FILE_TOO_LARGE:
        return "The file is too large";
    /* Where what the catalogue advises would not help. */
    case EMFILE:
        return "Too many open files; allow more with ulimit -n";
    case EDQUOT:
        return "The disk quota is used up";
    case EROFS:
        return "Read-only file system";
    default: {
        /* strerror would follow the locale; the descriptions are constant strings. */
        const char *text = strerrordesc_np(problem);
        return text != NULL ? text : "Unknown error";
    }
    }
}
