#include "service/quarantine/inventory.h"

#include "base/array.h"
#include "base/directory.h"
#include "base/file.h"
#include "base/hash_file.h"
#include "base/names.h"
#include "base/path.h"
#include "base/sort.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One walk. */
struct walk {
    struct service_inventory *inventory;
    struct base_names directories; /* that are still to be read; "" is the first one */
    const char *at;                /* the one that is read */
};

static int take_file(struct service_inventory *inventory, char *path)
{
    if (path == NULL) {
        return ENOMEM;
    }
    struct service_kept_file *files =
        base_array_grow(inventory->files, inventory->count, &inventory->capacity, sizeof *inventory->files);
    if (files == NULL) {
        free(path);
        return ENOMEM;
    }
    inventory->files = files;
    files[inventory->count++] = (struct service_kept_file){.path = path};
    return 0;
}

/* A base_entry_visitor. */
static int visit(void *context, const char *name, enum base_entry_kind kind)
{
    struct walk *walk = context;
    if (kind != BASE_ENTRY_FILE && kind != BASE_ENTRY_DIRECTORY) {
        return 0;
    }
    char *path = base_path_join(walk->at, name);
    if (kind == BASE_ENTRY_FILE) {
        return take_file(walk->inventory, path);
    }
    return base_names_take(&walk->directories, path) ? 0 : ENOMEM;
}

static int read_directory(struct walk *walk, int directory_fd)
{
    int fd;
    int problem = walk->at[0] == '\0' ? base_directory_reopen(&fd, directory_fd)
                                      : base_directory_open_plain(&fd, directory_fd, walk->at);
    return problem != 0 ? problem : base_directory_each(fd, visit, walk);
}

/* Without recursion: how deep the directories are nested is for the user to say. */
static int list(struct service_inventory *inventory, struct base_task *task, int directory_fd)
{
    struct walk walk = {.inventory = inventory, .directories = BASE_NAMES_EMPTY};
    int problem = base_names_take(&walk.directories, strdup("")) ? 0 : ENOMEM;
    for (size_t i = 0; problem == 0 && i < walk.directories.count; i++) {
        walk.at = walk.directories.items[i];
        problem = base_task_cancelled(task) ? ECANCELED : read_directory(&walk, directory_fd);
    }
    base_names_free(&walk.directories);
    return problem;
}

/* Of a file that may not be read, the size is known. */
static int look(struct service_kept_file *file, int directory_fd)
{
    struct stat status;
    if (fstatat(directory_fd, file->path, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    file->size = (uint64_t)status.st_size;
    return 0;
}

static int hash(struct service_kept_file *file, struct base_task *task, int directory_fd)
{
    struct base_file opened;
    int problem = base_file_open_below(&opened, directory_fd, file->path);
    if (problem == EACCES || problem == EPERM) {
        return look(file, directory_fd);
    }
    if (problem == 0) {
        file->size = opened.size;
        problem = base_hash_file(&opened, task, &file->hash);
        base_file_close(&opened);
    }
    file->has_hash = problem == 0;
    return problem;
}

static int by_path(const void *left, const void *right)
{
    return strcmp(((const struct service_kept_file *)left)->path, ((const struct service_kept_file *)right)->path);
}

int service_inventory(struct service_inventory *inventory, struct base_task *task, int directory_fd)
{
    int problem = list(inventory, task, directory_fd);
    if (problem == 0 && !base_sort(inventory->files, inventory->count, sizeof *inventory->files, by_path, task)) {
        problem = ECANCELED;
    }
    for (size_t i = 0; problem == 0 && i < inventory->count; i++) {
        problem = hash(&inventory->files[i], task, directory_fd);
    }
    return problem;
}

void service_inventory_free(struct service_inventory *inventory)
{
    for (size_t i = 0; i < inventory->count; i++) {
        free(inventory->files[i].path);
    }
    free(inventory->files);
    *inventory = (struct service_inventory){.files = NULL};
}
