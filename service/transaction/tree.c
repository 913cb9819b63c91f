#include "service/transaction/tree.h"

#include "base/directory.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One directory that is read. */
struct place {
    struct service_tree *tree; /* NULL: it is not counted */
    const char *path;
    int fd;
};

static int open_place(int directory_fd, const char *path, int *fd)
{
    return path[0] == '\0' ? base_directory_reopen(fd, directory_fd)
                           : base_directory_open_plain(fd, directory_fd, path);
}

static int visit_all(struct place *place, base_entry_visitor visit)
{
    int fd;
    int problem = base_directory_reopen(&fd, place->fd);
    return problem != 0 ? problem : base_directory_each(fd, visit, place);
}

/* ---- Reading ---- */

/* A base_entry_visitor. */
static int count(void *context, const char *name, enum base_entry_kind kind)
{
    const struct place *place = context;
    struct service_tree *tree = place->tree;
    struct stat status;
    if (kind == BASE_ENTRY_DIRECTORY) {
        return base_names_take(&tree->directories, base_path_join(place->path, name)) ? 0 : ENOMEM;
    }
    if (kind != BASE_ENTRY_FILE) {
        return 0;
    }
    if (fstatat(place->fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? 0 : errno;
    }
    tree->files++;
    tree->bytes += (uint64_t)status.st_size;
    return 0;
}

static int read_place(struct service_tree *tree, int directory_fd, const char *path)
{
    struct place place = {.tree = tree, .path = path};
    int problem = open_place(directory_fd, path, &place.fd);
    if (problem != 0) {
        return problem;
    }
    problem = visit_all(&place, count);
    (void)close(place.fd);
    return problem;
}

int service_tree_read(struct service_tree *tree, struct base_task *task, int directory_fd)
{
    int problem = base_names_take(&tree->directories, strdup("")) ? 0 : ENOMEM;
    for (size_t i = 0; problem == 0 && i < tree->directories.count; i++) {
        problem = base_task_cancelled(task) ? ECANCELED : read_place(tree, directory_fd, tree->directories.items[i]);
    }
    return problem;
}

void service_tree_free(struct service_tree *tree)
{
    base_names_free(&tree->directories);
    *tree = (struct service_tree){.files = 0};
}

/* ---- Deleting ---- */

/* A base_entry_visitor: deletes what is not a directory. */
static int delete_entry(void *context, const char *name, enum base_entry_kind kind)
{
    static const int flags = 0;
    const struct place *place = context;
    if (kind == BASE_ENTRY_DIRECTORY || unlinkat(place->fd, name, flags) == 0 || errno == ENOENT) {
        return 0;
    }
    return errno;
}

static int delete_entries(int directory_fd, const char *path)
{
    struct place place = {.path = path};
    int problem = open_place(directory_fd, path, &place.fd);
    if (problem != 0) {
        return problem == ENOENT ? 0 : problem;
    }
    problem = visit_all(&place, delete_entry);
    (void)close(place.fd);
    return problem;
}

/* The directory above a path is opened without following a link, as the path may have changed meanwhile. */
static int delete_directory(int directory_fd, const char *path)
{
    const char *name = base_path_name(path);
    char *above = name > path ? strndup(path, (size_t)(name - path) - 1) : strdup("");
    int fd;
    int problem = above != NULL ? open_place(directory_fd, above, &fd) : ENOMEM;
    free(above);
    if (problem != 0) {
        return problem == ENOENT ? 0 : problem;
    }
    problem = unlinkat(fd, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : errno;
    (void)close(fd);
    return problem;
}

int service_tree_delete(const struct service_tree *tree, int directory_fd)
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < tree->directories.count; i++) {
        problem = delete_entries(directory_fd, tree->directories.items[i]);
    }
    for (size_t i = tree->directories.count; problem == 0 && i > 1; i--) {
        problem = delete_directory(directory_fd, tree->directories.items[i - 1]);
    }
    return problem;
}
