#include "service/history/file.h"

#include "base/directory.h"
#include "base/file.h"
#include "service/transaction/names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- The file ---- */

/* What opening a file says, as this room has it: a link or a special file is no history. */
static int problem_of(int registry_fd, int problem)
{
    struct stat status;
    if (problem == ENOENT || problem == 0) {
        return 0;
    }
    if (fstatat(registry_fd, SERVICE_HISTORY_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? 0 : errno;
    }
    if (S_ISDIR(status.st_mode)) {
        return EISDIR;
    }
    return S_ISREG(status.st_mode) ? problem : 0;
}

/* Reads the end of an open file: what comes after the first newline, when the file is longer than the limit. */
static int read_end(struct service_history_file *file, const struct base_file *opened)
{
    size_t size = opened->size < SERVICE_HISTORY_LIMIT ? (size_t)opened->size : SERVICE_HISTORY_LIMIT;
    uint64_t before = opened->size - size;
    file->memory = malloc(size + 1);
    int problem = file->memory != NULL ? base_file_read_at(opened, before, file->memory, size) : ENOMEM;
    if (problem != 0) {
        return problem;
    }
    const uint8_t *newline = before > 0 ? memchr(file->memory, '\n', size) : NULL;
    size_t begin = newline != NULL ? (size_t)(newline - file->memory) + 1 : before > 0 ? size : 0;
    file->skipped = before + begin;
    file->text = base_bytes_make(file->memory + begin, size - begin);
    return 0;
}

int service_history_read(struct service_history_file *file, int registry_fd)
{
    struct base_file opened;
    struct stat status;
    *file = (struct service_history_file){.memory = NULL};
    if (fstatat(registry_fd, SERVICE_HISTORY_NAME, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode)) {
        return 0;
    }
    int problem = base_file_open_below(&opened, registry_fd, SERVICE_HISTORY_NAME);
    if (problem != 0) {
        return problem_of(registry_fd, problem);
    }
    problem = read_end(file, &opened);
    base_file_close(&opened);
    return problem >= BASE_FILE_NOT_REGULAR ? EIO : problem;
}

void service_history_free(struct service_history_file *file)
{
    free(file->memory);
    *file = (struct service_history_file){.memory = NULL};
}

bool service_history_next(struct base_bytes text, size_t *at, struct base_bytes *line)
{
    if (*at >= text.size) {
        return false;
    }
    const uint8_t *begin = text.data + *at;
    const uint8_t *newline = memchr(begin, '\n', text.size - *at);
    size_t size = newline != NULL ? (size_t)(newline - begin) : text.size - *at;
    *line = base_bytes_make(begin, size);
    *at += size + 1;
    return true;
}

/* ---- Numbers ---- */

static uint64_t highest_of_file(const struct service_history_file *file)
{
    struct base_bytes text;
    struct service_history_line line;
    uint64_t highest = 0;
    for (size_t at = 0; service_history_next(file->text, &at, &text);) {
        if (service_history_line_read(&line, text) && line.operation > highest) {
            highest = line.operation;
        }
    }
    return highest;
}

/* A base_entry_visitor; the context is the highest number so far. */
static int visit_folder(void *context, const char *name, enum base_entry_kind kind)
{
    uint64_t *highest = context;
    uint64_t number;
    (void)kind;
    if (service_folder_number(name, &number) && number > *highest) {
        *highest = number;
    }
    return 0;
}

/* A link or a file in place of the quarantine has no folders. */
static int highest_of_folders(int registry_fd, uint64_t *highest)
{
    int fd;
    int problem = base_directory_enter(&fd, registry_fd, SERVICE_QUARANTINE_NAME);
    if (problem == ENOENT || problem == ENOTDIR || problem == ELOOP) {
        return 0;
    }
    return problem != 0 ? problem : base_directory_each(fd, visit_folder, highest);
}

int service_history_next_number(const struct service_history_file *file, int registry_fd, uint64_t *number)
{
    uint64_t highest = highest_of_file(file);
    int problem = highest_of_folders(registry_fd, &highest);
    *number = highest + 1;
    return problem;
}
