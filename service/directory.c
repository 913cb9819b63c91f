#include "service/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes the entry of a new directory durable in the one above it. */
static int sync_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *parent = slash == NULL ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
    if (parent == NULL) {
        return ENOMEM;
    }
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int problem = fd < 0 ? errno : pp_directory_sync(fd);
    if (fd >= 0) {
        (void)close(fd);
    }
    free(parent);
    return problem;
}

static int make_one(const char *path, bool *made)
{
    *made = mkdir(path, 0777) == 0;
    if (*made) {
        return sync_parent(path);
    }
    int problem = errno;
    struct stat status;
    if (problem == EEXIST && stat(path, &status) == 0) {
        return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    }
    return problem;
}

int pp_directory_make(const char *path, bool *made_last)
{
    *made_last = false;
    char *prefix = strdup(path);
    if (prefix == NULL) {
        return ENOMEM;
    }
    int problem = 0;
    for (char *slash = strchr(prefix + (prefix[0] == '/'), '/'); slash != NULL && problem == 0;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made;
        problem = make_one(prefix, &made);
        *slash = '/';
    }
    free(prefix);
    return problem != 0 ? problem : make_one(path, made_last);
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
    int fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        return errno == ENOENT ? 0 : errno;
    }
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        int problem = errno;
        (void)close(fd);
        return problem;
    }
    int problem = remove_entries(stream);
    (void)closedir(stream);
    if (problem == 0 && unlinkat(parent_fd, name, AT_REMOVEDIR) != 0 && errno != ENOENT) {
        problem = errno;
    }
    return problem;
}
