#include "service/transaction/edit_folders.h"

#include "base/descriptor.h"
#include "base/path.h"
#include "service/transaction/directory.h"
#include "service/transaction/edit_moves.h"
#include "service/transaction/edit_place.h"
#include "service/transaction/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens the folder of a record. */
static int open_folder(int assets_fd, const char *path, int *fd)
{
    const struct service_path whole = {.root_fd = assets_fd, .path = path, .below = true};
    return service_directory_open_first(&whole, (size_t)(base_path_name(path) - path) - 1, fd);
}

int service_edit_write_record(int assets_fd, const char *path, struct base_bytes content)
{
    int folder_fd = -1;
    int problem = service_edit_make_way(assets_fd, path);
    if (problem == 0) {
        problem = open_folder(assets_fd, path, &folder_fd);
    }
    if (problem != 0) {
        return problem;
    }
    problem = base_descriptor_make(folder_fd, SERVICE_FOLDER_RECORD, content);
    if (problem == 0) {
        problem = base_descriptor_sync_directory(folder_fd);
    }
    (void)close(folder_fd);
    return problem;
}

static int unlink_record(int folder_fd)
{
    static const int flags = 0;
    return unlinkat(folder_fd, SERVICE_FOLDER_RECORD, flags) == 0 || errno == ENOENT ? 0 : errno;
}

static int unwrite(int assets_fd, const char *path)
{
    int folder_fd;
    int problem = open_folder(assets_fd, path, &folder_fd);
    if (problem != 0) {
        return service_edit_is_gone(problem) ? 0 : problem;
    }
    problem = unlink_record(folder_fd);
    (void)close(folder_fd);
    return problem;
}

int service_edit_unwrite_records(int assets_fd, const struct service_edit *edit)
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < edit->record_count; i++) {
        if (!edit->records[i].is_dropped) {
            problem = unwrite(assets_fd, edit->records[i].path);
        }
    }
    return problem;
}

/* Deletes the folder of a record, which is open. Whatever else is in it stays. */
static int remove_folder(int assets_fd, const char *path, int folder_fd)
{
    struct stat status;
    if (fstatat(folder_fd, SERVICE_FOLDER_FILES, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        return 0;
    }
    int problem = errno == ENOENT ? unlink_record(folder_fd) : errno;
    if (problem != 0) {
        return problem;
    }
    size_t length = (size_t)(base_path_name(path) - path) - 1;
    char folder[256];
    if (length >= sizeof folder) {
        return ENAMETOOLONG;
    }
    memcpy(folder, path, length);
    folder[length] = '\0';
    /* The folder is empty unless another program has put something into it. */
    return unlinkat(assets_fd, folder, AT_REMOVEDIR) == 0 || errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT
               ? 0
               : errno;
}

static int drop(int registry_fd, int assets_fd, const char *path)
{
    int folder_fd;
    int problem = open_folder(assets_fd, path, &folder_fd);
    if (problem != 0) {
        return service_edit_is_gone(problem) ? 0 : problem;
    }
    problem = remove_folder(assets_fd, path, folder_fd);
    if (problem == 0) {
        problem = service_edit_sync_elsewhere(registry_fd, folder_fd);
    }
    (void)close(folder_fd);
    return problem;
}

static bool drops_any(const struct service_edit *edit)
{
    for (size_t i = 0; i < edit->record_count; i++) {
        if (edit->records[i].is_dropped) {
            return true;
        }
    }
    return false;
}

int service_edit_drop_records(int registry_fd, int assets_fd, const struct service_edit *edit)
{
    /* What came out of a folder is durable in its new place before the folder is deleted. */
    int problem = edit->move_count > 0 && drops_any(edit) ? base_descriptor_sync_file_system(registry_fd) : 0;
    for (size_t i = 0; problem == 0 && i < edit->record_count; i++) {
        if (edit->records[i].is_dropped) {
            problem = drop(registry_fd, assets_fd, edit->records[i].path);
        }
    }
    return problem;
}
