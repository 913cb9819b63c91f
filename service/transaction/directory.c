#include "service/transaction/directory.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A path that is shortened component by component. It needs no memory: cleaning up must work without. */
struct prefix {
    char path[PATH_MAX];
    size_t length;
};

static bool prefix_begin(struct prefix *prefix, const char *path)
{
    prefix->length = strlen(path);
    if (prefix->length >= sizeof prefix->path) {
        return false;
    }
    memcpy(prefix->path, path, prefix->length + 1);
    return true;
}

/* Goes to the directory above: "" for none in a relative path. */
static void prefix_shorten(struct prefix *prefix)
{
    size_t length = prefix->length;
    while (length > 0 && prefix->path[length - 1] != '/') {
        length--;
    }
    prefix->length = length > 1 ? length - 1 : length;
    prefix->path[prefix->length] = '\0';
}

size_t service_directory_present(const char *path)
{
    struct prefix prefix;
    struct stat status;
    if (!prefix_begin(&prefix, path)) {
        return strlen(path);
    }
    while (prefix.length > 0 && lstat(prefix.path, &status) != 0) {
        prefix_shorten(&prefix);
    }
    return prefix.length;
}

static int sync_prefix(const struct prefix *prefix)
{
    int fd;
    int problem = base_directory_open(&fd, prefix->length == 0 ? "." : prefix->path);
    if (problem == 0) {
        problem = service_directory_sync(fd);
        (void)close(fd);
    }
    return problem;
}

static int make_one(const struct prefix *made)
{
    if (mkdir(made->path, 0777) == 0) {
        struct prefix above = *made;
        prefix_shorten(&above);
        return sync_prefix(&above);
    }
    int problem = errno;
    struct stat status;
    if (problem == EEXIST && stat(made->path, &status) == 0) {
        return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    }
    return problem;
}

int service_directory_make(const char *path)
{
    struct prefix prefix;
    if (!prefix_begin(&prefix, path)) {
        return ENAMETOOLONG;
    }
    size_t length = prefix.length;
    int problem = 0;
    for (size_t end = 1; end <= length && problem == 0; end++) {
        if (path[end] == '/' || path[end] == '\0') {
            prefix.length = end;
            prefix.path[end] = '\0';
            problem = make_one(&prefix);
            prefix.path[end] = path[end];
        }
    }
    return problem;
}

void service_directory_unmake(const char *path, size_t kept)
{
    struct prefix prefix;
    bool removed = false;
    if (!prefix_begin(&prefix, path)) {
        return;
    }
    while (prefix.length > kept && (rmdir(prefix.path) == 0 || errno == ENOENT)) {
        removed = true;
        prefix_shorten(&prefix);
    }
    if (removed) {
        (void)sync_prefix(&prefix);
    }
}

int service_directory_sync(int directory_fd)
{
    int result;
    do {
        result = fsync(directory_fd);
    } while (result != 0 && errno == EINTR);
    /* Some file systems cannot sync a directory and say EINVAL: they have nothing to lose there. */
    return result == 0 || errno == EINVAL ? 0 : errno;
}

int service_directory_enter(int parent_fd, const char *name, int *fd)
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

int service_directory_empty(int directory_fd)
{
    int fd;
    int problem = service_directory_enter(directory_fd, ".", &fd);
    if (problem != 0) {
        return problem;
    }
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        problem = errno;
        (void)close(fd);
        return problem;
    }
    problem = remove_entries(stream);
    (void)closedir(stream);
    return problem;
}
