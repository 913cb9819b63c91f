#include "service/transaction/directory.h"

#include "base/descriptor.h"
#include "base/directory.h"

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

size_t service_directory_present(int root_fd, const char *path)
{
    struct prefix prefix;
    struct stat status;
    if (!prefix_begin(&prefix, path)) {
        return strlen(path);
    }
    while (prefix.length > 0 && fstatat(root_fd, prefix.path, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        prefix_shorten(&prefix);
    }
    return prefix.length;
}

static int sync_prefix(int root_fd, const struct prefix *prefix)
{
    int fd;
    int problem = base_directory_open(&fd, root_fd, prefix->length == 0 ? "." : prefix->path);
    if (problem == 0) {
        problem = base_descriptor_sync_directory(fd);
        (void)close(fd);
    }
    return problem;
}

static int make_one(int root_fd, const struct prefix *made)
{
    if (mkdirat(root_fd, made->path, 0777) == 0) {
        struct prefix above = *made;
        prefix_shorten(&above);
        return sync_prefix(root_fd, &above);
    }
    int problem = errno;
    struct stat status;
    if (problem == EEXIST && fstatat(root_fd, made->path, &status, 0) == 0) {
        return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    }
    return problem;
}

int service_directory_make(int root_fd, const char *path)
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
            problem = make_one(root_fd, &prefix);
            prefix.path[end] = path[end];
        }
    }
    return problem;
}

void service_directory_unmake(int root_fd, const char *path, size_t kept)
{
    struct prefix prefix;
    bool removed = false;
    if (!prefix_begin(&prefix, path)) {
        return;
    }
    while (prefix.length > kept && (unlinkat(root_fd, prefix.path, AT_REMOVEDIR) == 0 || errno == ENOENT)) {
        removed = true;
        prefix_shorten(&prefix);
    }
    if (removed) {
        (void)sync_prefix(root_fd, &prefix);
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
