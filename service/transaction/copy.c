#include "service/transaction/copy.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/file.h"
#include "base/hash_file.h"
#include "base/identity.h"
#include "base/path.h"
#include "service/transaction/entry.h"
#include "service/transaction/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 20, MODE_BITS = 07777, MODE_WITHOUT_OWNER = 01777 };

/* A directory of the original, and the one that it becomes. */
struct pair {
    struct base_task *task;
    int from;
    int to;
};

static int open_at(int root_fd, const char *path, int *fd)
{
    return path[0] == '\0' ? base_directory_reopen(fd, root_fd) : base_directory_open_plain(fd, root_fd, path);
}

static int pair_open(struct pair *pair, int from_fd, int to_fd, const char *path)
{
    pair->to = -1;
    int problem = open_at(from_fd, path, &pair->from);
    return problem != 0 ? problem : open_at(to_fd, path, &pair->to);
}

static void pair_close(const struct pair *pair)
{
    if (pair->from >= 0) {
        (void)close(pair->from);
    }
    if (pair->to >= 0) {
        (void)close(pair->to);
    }
}

static int visit_entries(struct pair *pair, base_entry_visitor visit)
{
    int fd;
    int problem = base_directory_reopen(&fd, pair->from);
    return problem != 0 ? problem : base_directory_each(fd, visit, pair);
}

/* Calls a function for each directory of the original that the copy has, too. */
static int visit_pairs(struct base_task *task, const struct service_tree *tree, int from_fd, int to_fd,
                       int (*function)(struct pair *pair))
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < tree->directories.count; i++) {
        struct pair pair = {.task = task};
        problem = base_task_cancelled(task) ? ECANCELED : pair_open(&pair, from_fd, to_fd, tree->directories.items[i]);
        if (problem == 0) {
            problem = function(&pair);
        }
        if (problem != ECANCELED) {
            pair_close(&pair);
        }
    }
    return problem;
}

/* ---- Copying ---- */

/* Rights, times and, where that is allowed, owner. */
static int dress(int fd, const struct stat *original)
{
    const struct timespec times[2] = {original->st_atim, original->st_mtim};
    bool owned = fchown(fd, original->st_uid, original->st_gid) == 0;
    mode_t bits = owned ? MODE_BITS : MODE_WITHOUT_OWNER; /* no other user gets the rights of this one */
    if (fchmod(fd, original->st_mode & bits) != 0 || futimens(fd, times) != 0) {
        return errno;
    }
    return 0;
}

static int copy_bytes(const struct base_file *file, int fd, struct base_task *task)
{
    uint8_t *piece = malloc(PIECE);
    int problem = piece != NULL ? 0 : ENOMEM;
    for (uint64_t at = 0; problem == 0 && at < file->size;) {
        size_t size = file->size - at < PIECE ? (size_t)(file->size - at) : PIECE;
        problem = base_task_cancelled(task) ? ECANCELED : base_file_read_at(file, at, piece, size);
        if (problem == 0) {
            problem = base_descriptor_write(fd, base_bytes_make(piece, size));
        }
        at += size;
    }
    free(piece);
    return problem;
}

static int copy_opened(const struct pair *pair, const char *name, const struct base_file *file)
{
    struct stat original;
    int fd;
    if (fstat(file->fd, &original) != 0) {
        return errno;
    }
    int problem = base_descriptor_open(&fd, pair->to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (problem != 0) {
        return problem;
    }
    problem = copy_bytes(file, fd, pair->task);
    if (problem == 0) {
        problem = dress(fd, &original);
    }
    int closing = base_descriptor_close(fd);
    return problem != 0 ? problem : closing;
}

static int copy_file(const struct pair *pair, const char *name)
{
    struct base_file file;
    int problem = base_file_open_below(&file, pair->from, name);
    if (problem == 0) {
        problem = copy_opened(pair, name, &file);
        base_file_close(&file);
    }
    return problem;
}

/* The target of a link, with a NUL at its end. */
static int read_link(int directory_fd, const char *name, char target[PATH_MAX + 1])
{
    ssize_t size = readlinkat(directory_fd, name, target, PATH_MAX);
    target[size > 0 ? size : 0] = '\0';
    return size >= 0 ? 0 : errno;
}

/* Times of what is not opened. */
static int dress_entry(const struct pair *pair, const char *name)
{
    struct stat original;
    if (fstatat(pair->from, name, &original, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    const struct timespec times[2] = {original.st_atim, original.st_mtim};
    return utimensat(pair->to, name, times, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
}

static int copy_link(const struct pair *pair, const char *name)
{
    char target[PATH_MAX + 1];
    int problem = read_link(pair->from, name, target);
    if (problem == 0 && symlinkat(target, pair->to, name) != 0) {
        problem = errno;
    }
    return problem != 0 ? problem : dress_entry(pair, name);
}

static int copy_other(const struct pair *pair, const char *name)
{
    struct stat status;
    if (fstatat(pair->from, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    if (!S_ISFIFO(status.st_mode)) {
        return ENOTSUP;
    }
    if (mkfifoat(pair->to, name, S_IRUSR | S_IWUSR) != 0 ||
        fchmodat(pair->to, name, status.st_mode & MODE_WITHOUT_OWNER, 0) != 0) {
        return errno;
    }
    return dress_entry(pair, name);
}

/* A base_entry_visitor. What could not be deleted afterwards is not begun. */
static int copy_entry(void *context, const char *name, enum base_entry_kind kind)
{
    const struct pair *pair = context;
    struct stat directory;
    mode_t mode;
    int problem = fstat(pair->from, &directory) == 0 ? service_entry_check(pair->from, &directory, name, &mode) : errno;
    if (problem != 0) {
        return problem == EBUSY ? EXDEV : problem;
    }
    switch (kind) {
    case BASE_ENTRY_FILE:
        return copy_file(pair, name);
    case BASE_ENTRY_DIRECTORY:
        return mkdirat(pair->to, name, S_IRWXU) == 0 ? 0 : errno;
    case BASE_ENTRY_LINK:
        return copy_link(pair, name);
    case BASE_ENTRY_OTHER:
        break;
    }
    return copy_other(pair, name);
}

static int copy_directory(struct pair *pair)
{
    int problem = service_entry_check_directory(pair->from);
    return problem != 0 ? problem : visit_entries(pair, copy_entry);
}

/* The inner ones come first: what is put into a directory changes its times. */
static int dress_directories(const struct service_tree *tree, int from_fd, int to_fd)
{
    int problem = 0;
    for (size_t i = tree->directories.count; problem == 0 && i > 0; i--) {
        struct pair pair;
        struct stat original;
        problem = pair_open(&pair, from_fd, to_fd, tree->directories.items[i - 1]);
        if (problem == 0) {
            problem = fstat(pair.from, &original) == 0 ? dress(pair.to, &original) : errno;
        }
        pair_close(&pair);
    }
    return problem;
}

/* ---- Comparing ---- */

static int hash_of(int directory_fd, const char *name, struct base_task *task, uint64_t *size, struct base_hash *hash)
{
    struct base_file file;
    int problem = base_file_open_below(&file, directory_fd, name);
    if (problem == 0) {
        *size = file.size;
        problem = base_hash_file(&file, task, hash);
        base_file_close(&file);
    }
    return problem >= BASE_FILE_NOT_REGULAR ? ENOENT : problem;
}

static int compare_files(const struct pair *pair, const char *name)
{
    uint64_t sizes[2];
    struct base_hash hashes[2];
    int problem = hash_of(pair->from, name, pair->task, &sizes[0], &hashes[0]);
    if (problem == 0) {
        problem = hash_of(pair->to, name, pair->task, &sizes[1], &hashes[1]);
    }
    return problem == 0 && (sizes[0] != sizes[1] || !base_hash_equal(hashes[0], hashes[1])) ? ENOENT : problem;
}

static int compare_links(const struct pair *pair, const char *name)
{
    char from[PATH_MAX + 1];
    char to[PATH_MAX + 1];
    int problem = read_link(pair->from, name, from);
    if (problem == 0) {
        problem = read_link(pair->to, name, to);
    }
    return problem == EINVAL || (problem == 0 && strcmp(from, to) != 0) ? ENOENT : problem;
}

/* Whether the copy has an entry likewise; of a directory only that it is one. 0, ENOENT when not, or another problem.
 */
static int compare(const struct pair *pair, const char *name, enum base_entry_kind kind)
{
    struct stat from;
    struct stat to;
    if (kind == BASE_ENTRY_FILE) {
        return compare_files(pair, name);
    }
    if (kind == BASE_ENTRY_LINK) {
        return compare_links(pair, name);
    }
    if (fstatat(pair->from, name, &from, AT_SYMLINK_NOFOLLOW) != 0 ||
        fstatat(pair->to, name, &to, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    return (from.st_mode & S_IFMT) == (to.st_mode & S_IFMT) ? 0 : ENOENT;
}

/* A base_entry_visitor. */
static int compare_entry(void *context, const char *name, enum base_entry_kind kind)
{
    const struct pair *pair = context;
    int problem = compare(pair, name, kind);
    return problem == ENOENT ? EBUSY : problem;
}

static int compare_directory(struct pair *pair)
{
    return visit_entries(pair, compare_entry);
}

int service_copy(struct base_task *task, int from_fd, int to_fd)
{
    struct service_tree tree = {.files = 0};
    int problem = service_tree_read(&tree, task, from_fd);
    if (problem == 0) {
        problem = visit_pairs(task, &tree, from_fd, to_fd, copy_directory);
    }
    if (problem == 0) {
        problem = base_descriptor_sync_file_system(to_fd);
    }
    if (problem == 0) {
        problem = visit_pairs(task, &tree, from_fd, to_fd, compare_directory);
    }
    if (problem == 0) {
        problem = dress_directories(&tree, from_fd, to_fd);
    }
    if (problem == 0) {
        problem = base_descriptor_sync_file_system(to_fd);
    }
    service_tree_free(&tree);
    return problem;
}

/* ---- The original ---- */

/* What the kernel keeps stays: the asset is in its new place, and nothing is lost. */
static int allow(int problem)
{
    bool stays = problem == ENOENT || problem == EPERM || problem == EACCES || problem == EBUSY || problem == EROFS ||
                 problem == ENOTEMPTY || problem == EEXIST || problem == ENOTDIR;
    return stays ? 0 : problem;
}

/* A base_entry_visitor. */
static int drop_entry(void *context, const char *name, enum base_entry_kind kind)
{
    static const int flags = 0;
    const struct pair *pair = context;
    if (kind == BASE_ENTRY_DIRECTORY) {
        return 0;
    }
    int problem = compare(pair, name, kind);
    if (problem == 0 && unlinkat(pair->from, name, flags) != 0) {
        problem = errno;
    }
    return allow(problem);
}

static int drop_entries(int from_fd, int to_fd, const char *path)
{
    struct pair pair = {.task = NULL};
    int problem = pair_open(&pair, from_fd, to_fd, path);
    if (problem == 0) {
        problem = visit_entries(&pair, drop_entry);
    }
    pair_close(&pair);
    return problem == BASE_FILE_OUTSIDE_ROOT ? 0 : allow(problem);
}

int service_copy_drop_directory(int directory_fd, const char *name)
{
    return unlinkat(directory_fd, name, AT_REMOVEDIR) == 0 ? 0 : allow(errno);
}

static int drop_directory(int from_fd, int to_fd, const char *path)
{
    const char *name = base_path_name(path);
    char *above = name > path ? strndup(path, (size_t)(name - path) - 1) : strdup("");
    struct pair pair = {.from = -1, .to = -1};
    int problem = above != NULL ? pair_open(&pair, from_fd, to_fd, above) : ENOMEM;
    if (problem == 0) {
        problem = compare(&pair, name, BASE_ENTRY_DIRECTORY);
    }
    if (problem == 0) {
        problem = service_copy_drop_directory(pair.from, name);
    }
    pair_close(&pair);
    free(above);
    return problem == BASE_FILE_OUTSIDE_ROOT ? 0 : allow(problem);
}

int service_copy_drop_original(int from_fd, int to_fd)
{
    struct service_tree tree = {.files = 0};
    int problem = allow(service_tree_read(&tree, NULL, from_fd));
    for (size_t i = 0; problem == 0 && i < tree.directories.count; i++) {
        problem = drop_entries(from_fd, to_fd, tree.directories.items[i]);
    }
    for (size_t i = tree.directories.count; problem == 0 && i > 1; i--) {
        problem = drop_directory(from_fd, to_fd, tree.directories.items[i - 1]);
    }
    service_tree_free(&tree);
    return problem;
}
