#include "service/directory.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The length of the path of the directory above path[0, length): 0 for none in a relative path. */
static size_t above(const char *path, size_t length)
{
    while (length > 0 && path[length - 1] != '/') {
        length--;
    }
    return length > 1 ? length - 1 : length;
}

size_t pp_directory_present(const char *path)
{
    size_t length = strlen(path);
    char *prefix = strdup(path);
    struct stat status;
    while (prefix != NULL && length > 0 && lstat(prefix, &status) != 0) {
        length = above(path, length);
        prefix[length] = '\0';
    }
    free(prefix);
    return length;
}

/* Makes the entry of path[0, length) durable in the directory above it. */
static int sync_above(const char *path, size_t length)
{
    size_t parent_length = above(path, length);
    char *parent = parent_length == 0 ? strdup(".") : strndup(path, parent_length);
    if (parent == NULL) {
        return ENOMEM;
    }
    int fd;
    int problem = pp_directory_open(&fd, parent);
    if (problem == 0) {
        problem = pp_directory_sync(fd);
        (void)close(fd);
    }
    free(parent);
    return problem;
}

static int make_one(const char *path)
{
    if (mkdir(path, 0777) == 0) {
        return sync_above(path, strlen(path));
    }
    int problem = errno;
    struct stat status;
    if (problem == EEXIST && stat(path, &status) == 0) {
        return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    }
    return problem;
}

int pp_directory_make(const char *path)
{
    char *prefix = strdup(path);
    if (prefix == NULL) {
        return ENOMEM;
    }
    int problem = 0;
    for (char *slash = strchr(prefix + (prefix[0] == '/'), '/'); slash != NULL && problem == 0;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        problem = make_one(prefix);
        *slash = '/';
    }
    free(prefix);
    return problem != 0 ? problem : make_one(path);
}

void pp_directory_unmake(const char *path, size_t kept)
{
    size_t length = strlen(path);
    char *prefix = strdup(path);
    while (prefix != NULL && length > kept && (rmdir(prefix) == 0 || errno == ENOENT)) {
        length = above(path, length);
        prefix[length] = '\0';
    }
    free(prefix);
}

int pp_directory_sync(int directory_fd)
{
    int result;
    do {
        result = fsync(directory_fd);
    } while (result != 0 && errno == EINTR);
    /* Some file systems cannot sync a directory and say EINVAL: they have nothing to lose there. */
    return result == 0 || errno == EINVAL ? 0 : errno;
}

int pp_directory_enter(int parent_fd, const char *name, int *fd)
{
    do {
        *fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    } while (*fd < 0 && errno == EINTR);
    return *fd < 0 ? errno : 0;
}

static int remove_entries(DIR *stream)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (entry == NULL) {
            return errno;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlinkat(dirfd(stream), entry->d_name, 0) != 0 && errno != ENOENT) {
            return errno;
        }
    }
}

int pp_directory_clear(int parent_fd, const char *name)
{
    int fd;
    int problem = pp_directory_enter(parent_fd, name, &fd);
    if (problem != 0) {
        return problem == ENOENT ? 0 : problem;
    }
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        problem = errno;
        (void)close(fd);
        return problem;
    }
    problem = remove_entries(stream);
    (void)closedir(stream);
    if (problem == 0 && unlinkat(parent_fd, name, AT_REMOVEDIR) != 0 && errno != ENOENT) {
        problem = errno;
    }
    return problem;
}
