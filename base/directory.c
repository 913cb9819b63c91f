#include "base/directory.h"

#include "base/below.h"
#include "base/descriptor.h"
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int base_directory_open(int *fd, int root_fd, const char *path)
{
    return base_descriptor_open(fd, root_fd, path, O_RDONLY | O_DIRECTORY);
}

/* The path of an open directory, as the kernel knows it. */
static ssize_t path_of(int fd, char path[PATH_MAX])
{
    char link[32];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, PATH_MAX - 1);
    path[size > 0 ? size : 0] = '\0';
    return size;
}

char *base_directory_resolve(int root_fd, const char *path)
{
    char root[PATH_MAX];
    if (root_fd == AT_FDCWD || path[0] == '/') {
        return realpath(path, NULL);
    }
    char *joined = path_of(root_fd, root) > 0 ? base_path_join(root, path) : NULL;
    char *real = joined != NULL ? realpath(joined, NULL) : NULL;
    int problem = errno;
    free(joined);
    errno = problem;
    return real;
}

int base_directory_open_below(int *fd, int root_fd, const char *relative)
{
    *fd = -1;
    return base_open_below(fd, root_fd, relative, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int base_directory_open_plain(int *fd, int root_fd, const char *relative)
{
    *fd = -1;
    return base_open_below_without_links(fd, root_fd, relative, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int base_directory_enter(int *fd, int directory_fd, const char *name)
{
    return base_descriptor_open(fd, directory_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

int base_directory_reopen(int *fd, int directory_fd)
{
    return base_directory_enter(fd, directory_fd, ".");
}

bool base_directory_is_deleted(int directory_fd)
{
    struct stat status;
    return fstatat(directory_fd, ".", &status, 0) == 0 && status.st_nlink == 0;
}

static enum base_entry_kind kind_of_mode(mode_t mode)
{
    if (S_ISREG(mode)) {
        return BASE_ENTRY_FILE;
    }
    if (S_ISDIR(mode)) {
        return BASE_ENTRY_DIRECTORY;
    }
    return S_ISLNK(mode) ? BASE_ENTRY_LINK : BASE_ENTRY_OTHER;
}

static enum base_entry_kind kind_of(int directory_fd, const struct dirent *entry)
{
    if (entry->d_type != DT_UNKNOWN) {
        return kind_of_mode((mode_t)DTTOIF(entry->d_type));
    }
    /* Some file systems do not report the type. */
    struct stat status;
    bool known = fstatat(directory_fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    return known ? kind_of_mode(status.st_mode) : BASE_ENTRY_OTHER;
}

int base_directory_each(int directory_fd, base_entry_visitor visit, void *context)
{
    DIR *directory = fdopendir(directory_fd);
    if (directory == NULL) {
        int problem = errno;
        (void)close(directory_fd);
        return problem;
    }
    int problem = 0;
    while (problem == 0) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            problem = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            problem = visit(context, entry->d_name, kind_of(directory_fd, entry));
        }
    }
    (void)closedir(directory);
    return problem;
}
