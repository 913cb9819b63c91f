#include "service/transaction/journal.h"

#include "base/descriptor.h"
#include "base/path.h"
#include "service/transaction/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define JOURNAL ".prpack-output"

/* Sets path and base. */
static bool join(struct service_output *output, const char *workspace, const char *directory)
{
    struct base_text path = BASE_TEXT_EMPTY;
    if (directory[0] != '/' && strcmp(workspace, ".") != 0) {
        base_path_add_plain(&path, workspace);
        base_path_add(&path, "");
    }
    output->base = path.size;
    base_path_add_plain(&path, directory);
    output->path = base_text_take(&path);
    return output->path != NULL;
}

bool service_output_find(struct service_output *output, const char *workspace, const char *directory)
{
    if (!join(output, workspace, directory)) {
        return false;
    }
    output->present = service_directory_present(output->path);
    return true;
}

void service_output_free(struct service_output *output)
{
    free(output->path);
    output->path = NULL;
}

static bool means_read_only(int problem)
{
    return problem == EROFS || problem == EACCES || problem == EPERM || problem == ENOSYS || problem == EOPNOTSUPP;
}

/* Appends "I:N:". */
static bool add_numbers(struct base_text *text, int registry_fd, size_t present)
{
    struct stat status;
    if (fstat(registry_fd, &status) != 0) {
        return false;
    }
    base_text_addf(text, "%ju:%zu:", (uintmax_t)status.st_ino, present);
    return true;
}

int service_journal_write(int registry_fd, const struct service_output *output)
{
    struct base_text text = BASE_TEXT_EMPTY;
    size_t present = output->present > output->base ? output->present - output->base : 0;
    int problem = add_numbers(&text, registry_fd, present) ? 0 : errno;
    base_text_add_string(&text, output->path + output->base);
    if (problem == 0) {
        problem = base_text_out_of_memory(&text) ? ENOMEM : 0;
    }
    if (problem == 0) {
        service_journal_remove(registry_fd);
        problem = symlinkat(base_text_string(&text), registry_fd, JOURNAL) == 0
                      ? base_descriptor_sync_directory(registry_fd)
                      : errno;
    }
    base_text_free(&text);
    return means_read_only(problem) ? 0 : problem;
}

/* Reads decimal digits and the colon after them. False when something else is there. */
static bool take_number(const char **at, uintmax_t *number)
{
    const char *digits = *at;
    *number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        if (*number > UINTMAX_MAX / 10 - 1) {
            return false;
        }
        *number = *number * 10 + (uintmax_t)(**at - '0');
    }
    return *at > digits && *(*at)++ == ':';
}

bool service_journal_read(int registry_fd, const char *workspace, struct service_output *output)
{
    char text[PATH_MAX];
    struct stat status;
    uintmax_t inode;
    uintmax_t present;
    ssize_t size = readlinkat(registry_fd, JOURNAL, text, sizeof text - 1);
    if (size < 0 || fstat(registry_fd, &status) != 0) {
        return false;
    }
    text[size] = '\0';
    const char *at = text;
    if (!take_number(&at, &inode) || inode != status.st_ino || !take_number(&at, &present) ||
        !join(output, workspace, at)) {
        return false;
    }
    size_t length = strlen(output->path);
    output->present = present < length - output->base ? output->base + (size_t)present : length;
    return true;
}

bool service_journal_exists(int registry_fd)
{
    struct stat status;
    return fstatat(registry_fd, JOURNAL, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void service_journal_remove(int registry_fd)
{
    (void)unlinkat(registry_fd, JOURNAL, 0);
}
