/* Problems of opening a file or directory that are no failure. */
#ifndef PRPACK_SERVICE_ABSENT_H
#define PRPACK_SERVICE_ABSENT_H

#include "base/file_problem.h"

#include <errno.h>
#include <stdbool.h>

/* Whether there is no such file or directory, or something that prpack did not make is in its place: a link that leads
 * out, a FIFO. Else it may be there and could not be opened. */
static inline bool service_is_absent(int problem)
{
    return problem == ENOENT || problem == ENOTDIR || problem == ELOOP || problem >= BASE_FILE_NOT_REGULAR;
}

#endif
