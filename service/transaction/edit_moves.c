#include "service/transaction/edit_moves.h"

#include "base/descriptor.h"
#include "base/file_problem.h"
#include "base/identity.h"
#include "service/transaction/directory.h"
#include "service/transaction/edit_copies.h"
#include "service/transaction/edit_ends.h"
#include "service/transaction/edit_place.h"
#include "service/transaction/entry.h"
#include "service/transaction/folder.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Before the commit ---- */

int service_edit_check_paths(const struct service_edit_move *move)
{
    bool out = service_folder_is_files(move->from);
    bool in = service_folder_is_files(move->to);
    bool fine = (out || workspace_root_fault(move->from) == NULL) && (in || workspace_root_fault(move->to) == NULL) &&
                !(in && out) && !workspace_path_within(move->to, move->from);
    return fine ? 0 : EINVAL;
}

int service_edit_make_way(int assets_fd, const char *target)
{
    size_t length = service_edit_length_above(target);
    if (length == 0) {
        return 0;
    }
    char *above = strndup(target, length);
    const struct service_path path = {.root_fd = assets_fd, .path = above, .below = true};
    int problem = above != NULL ? service_directory_make(&path) : ENOMEM;
    free(above);
    return problem;
}

static int check_source(const struct service_edit_end *from, bool is_directory)
{
    struct stat directory;
    mode_t mode = 0;
    int problem =
        fstat(from->directory_fd, &directory) == 0 ? service_entry_check_directory(from->directory_fd) : errno;
    if (problem == 0) {
        problem = service_entry_check(from->directory_fd, &directory, from->name, &mode);
    }
    if (problem != 0) {
        return problem;
    }
    if (!is_directory) {
        return S_ISREG(mode) ? 0 : BASE_FILE_NOT_REGULAR;
    }
    if (!S_ISDIR(mode)) {
        return ENOTDIR;
    }
    /* Its entry ".." is written. */
    return faccessat(from->directory_fd, from->name, W_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
}

static int check_target(const struct service_edit_end *to)
{
    struct stat status;
    if (fstatat(to->directory_fd, to->name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        return EEXIST;
    }
    return errno == ENOENT ? service_entry_check_directory(to->directory_fd) : errno;
}

int service_edit_check_move(int assets_fd, const struct service_edit_move *move)
{
    struct service_edit_ends ends;
    int problem = service_edit_ends_open(&ends, assets_fd, move);
    if (problem == 0 && !move->is_copied) {
        problem = base_identity_check_mount(ends.from.directory_fd, ends.to.directory_fd);
    }
    if (problem == 0) {
        problem = check_source(&ends.from, move->is_directory);
    }
    if (problem == 0) {
        problem = check_target(&ends.to);
    }
    service_edit_ends_close(&ends);
    return problem;
}

/* ---- After the commit ---- */

/* Whether what has the name now is what was to be moved: 0, ENOENT when it is not, or another errno value. */
static int check_kind(const struct service_edit_end *from, bool is_directory)
{
    struct stat status;
    if (fstatat(from->directory_fd, from->name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    return (is_directory ? S_ISDIR(status.st_mode) : S_ISREG(status.st_mode)) ? 0 : ENOENT;
}

static int move_entry(int registry_fd, const struct service_edit_ends *ends, bool is_directory)
{
    int problem = check_kind(&ends->from, is_directory);
    if (problem == 0) {
        problem =
            base_descriptor_rename_new(ends->from.directory_fd, ends->from.name, ends->to.directory_fd, ends->to.name);
    }
    /* Moved already, or changed by hand. The syncs are repeated: an earlier process may have died before them. */
    if (problem != 0 && problem != ENOENT && problem != EEXIST) {
        return problem;
    }
    problem = service_edit_sync_elsewhere(registry_fd, ends->to.directory_fd);
    return problem != 0 ? problem : service_edit_sync_elsewhere(registry_fd, ends->from.directory_fd);
}

int service_edit_move_all(int registry_fd, int assets_fd, const struct service_edit *edit)
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < edit->move_count; i++) {
        struct service_edit_ends ends;
        problem = service_edit_ends_open(&ends, assets_fd, &edit->moves[i]);
        if (problem == 0 && edit->moves[i].is_copied) {
            problem = service_edit_finish_copy(&ends);
        } else if (problem == 0) {
            problem = move_entry(registry_fd, &ends, edit->moves[i].is_directory);
        } else if (service_edit_is_gone(problem)) {
            problem = 0;
        }
        service_edit_ends_close(&ends);
    }
    return problem;
}

/* ---- Undone ---- */

void service_edit_unmake(int assets_fd, const struct service_edit *edit)
{
    for (size_t i = edit->way_count; i > 0; i--) {
        const struct service_path path = {.root_fd = assets_fd, .path = edit->ways[i - 1].path, .below = true};
        service_directory_unmake(&path, edit->ways[i - 1].present);
    }
}
