#include "service/transaction/directory.h"

#include "base/descriptor.h"
#include "base/directory.h"

#include <errno.h>
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
        problem = base_descriptor_sync_directory(fd);
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

static int remove_entry(void *context, const char *name, enum base_entry_kind kind)
{
    const int *directory_fd = context;
    (void)kind;
    return unlinkat(*directory_fd, name, 0) == 0 || errno == ENOENT ? 0 : errno;
}

int service_directory_empty(int directory_fd)
{
    int fd;
    int problem = base_directory_reopen(&fd, directory_fd);
    return problem != 0 ? problem : base_directory_each(fd, remove_entry, &directory_fd);
}
