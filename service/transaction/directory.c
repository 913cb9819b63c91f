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
    const struct service_path *whole;
    char path[PATH_MAX];
    size_t length;
};

static bool prefix_begin(struct prefix *prefix, const struct service_path *path, size_t length)
{
    prefix->whole = path;
    prefix->length = length;
    if (length >= sizeof prefix->path) {
        return false;
    }
    memcpy(prefix->path, path->path, length);
    prefix->path[length] = '\0';
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

static int prefix_open(const struct prefix *prefix, int *fd)
{
    const struct service_path *whole = prefix->whole;
    if (prefix->length == 0 || strcmp(prefix->path, ".") == 0) {
        return base_directory_reopen(fd, whole->root_fd);
    }
    return whole->below ? base_directory_open_plain(fd, whole->root_fd, prefix->path)
                        : base_directory_open(fd, whole->root_fd, prefix->path);
}

/* Opens the directory above; *name is then what the path calls the last directory in it. */
static int prefix_open_above(const struct prefix *prefix, int *fd, const char **name)
{
    struct prefix above = *prefix;
    prefix_shorten(&above);
    *name = prefix->path + above.length;
    *name += **name == '/' ? 1 : 0;
    return prefix_open(&above, fd);
}

int service_directory_open_first(const struct service_path *path, size_t length, int *fd)
{
    struct prefix prefix;
    *fd = -1;
    return prefix_begin(&prefix, path, length) ? prefix_open(&prefix, fd) : ENAMETOOLONG;
}

int service_directory_open(const struct service_path *path, int *fd)
{
    return service_directory_open_first(path, strlen(path->path), fd);
}

size_t service_directory_present(const struct service_path *path)
{
    struct prefix prefix;
    struct stat status;
    size_t length = strlen(path->path);
    if (!prefix_begin(&prefix, path, length)) {
        return length;
    }
    while (prefix.length > 0 && fstatat(path->root_fd, prefix.path, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        prefix_shorten(&prefix);
    }
    return prefix.length;
}

/* What has the name of a directory that is to be made: 0 for a directory. */
static int check_made(const struct prefix *made)
{
    int fd;
    int problem = prefix_open(made, &fd);
    if (problem == 0) {
        (void)close(fd);
    }
    return problem == ENOENT ? EEXIST : problem; /* a link that leads nowhere */
}

static int make_one(const struct prefix *made)
{
    const char *name;
    int fd;
    int problem = prefix_open_above(made, &fd, &name);
    if (problem != 0) {
        return problem;
    }
    problem = mkdirat(fd, name, 0777) == 0 ? base_descriptor_sync_directory(fd) : errno;
    (void)close(fd);
    return problem == EEXIST ? check_made(made) : problem;
}

int service_directory_make(const struct service_path *path)
{
    struct prefix prefix;
    size_t length = strlen(path->path);
    if (!prefix_begin(&prefix, path, length)) {
        return ENAMETOOLONG;
    }
    int problem = 0;
    for (size_t end = service_directory_present(path) + 1; end <= length && problem == 0; end++) {
        if (path->path[end] == '/' || path->path[end] == '\0') {
            prefix.length = end;
            prefix.path[end] = '\0';
            problem = make_one(&prefix);
            prefix.path[end] = path->path[end];
        }
    }
    return problem;
}

/* Whether the directory is gone. */
static bool remove_one(const struct prefix *prefix)
{
    const char *name;
    int fd;
    int problem = prefix_open_above(prefix, &fd, &name);
    if (problem == 0) {
        problem = unlinkat(fd, name, AT_REMOVEDIR) == 0 ? base_descriptor_sync_directory(fd) : errno;
        (void)close(fd);
    }
    return problem == 0 || problem == ENOENT;
}

void service_directory_unmake(const struct service_path *path, size_t kept)
{
    struct prefix prefix;
    if (!prefix_begin(&prefix, path, strlen(path->path))) {
        return;
    }
    bool goes = true;
    while (goes && prefix.length > kept) {
        goes = remove_one(&prefix);
        prefix_shorten(&prefix);
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
