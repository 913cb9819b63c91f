#include "cli/summary.h"

#include "base/descriptor.h"
#include "base/file_problem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* O_NONBLOCK: opening a FIFO must not hold the program. */
enum { FLAGS = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY };

/* Returns 0 or the problem; on success *stream owns the descriptor. */
static int open_stream(const char *path, FILE **stream)
{
    struct stat status;
    int fd;
    int problem = base_descriptor_open(&fd, AT_FDCWD, path, FLAGS);
    if (problem != 0) {
        return problem;
    }
    if (fstat(fd, &status) != 0) {
        problem = errno;
    } else if (!S_ISREG(status.st_mode)) {
        problem = BASE_FILE_NOT_REGULAR;
    } else {
        *stream = fdopen(fd, "a");
        problem = *stream == NULL ? errno : 0;
    }
    if (problem != 0) {
        (void)close(fd);
    }
    return problem;
}

void cli_summary_open(struct cli_summary *summary, const struct cli_arguments *arguments)
{
    const char *path = getenv("GITHUB_STEP_SUMMARY");
    bool runs = !arguments->given[CLI_OPTION_HELP] && !arguments->given[CLI_OPTION_VERSION];
    if (runs && arguments->format == &present_github && path != NULL && path[0] != '\0') {
        summary->path = path;
        summary->problem = open_stream(path, &summary->stream);
    }
}

int cli_summary_close(struct cli_summary *summary)
{
    if (summary->stream != NULL) {
        bool failed = ferror(summary->stream) != 0;
        errno = 0;
        if ((fclose(summary->stream) != 0 || failed) && summary->problem == 0) {
            summary->problem = errno != 0 ? errno : EIO;
        }
        summary->stream = NULL;
    }
    return summary->problem;
}
