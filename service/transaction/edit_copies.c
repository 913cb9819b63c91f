#include "service/transaction/edit_copies.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/path.h"
#include "service/transaction/copy.h"
#include "service/transaction/edit_place.h"
#include "service/transaction/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The name that the copy has until it is complete. */
struct stage {
    char name[NAME_MAX + 1];
};

static int name_stage(struct stage *stage, const char *name)
{
    int length = snprintf(stage->name, sizeof stage->name, ".%s.new", name);
    return length > 0 && (size_t)length < sizeof stage->name ? 0 : ENAMETOOLONG;
}

static int delete_tree(int directory_fd, const char *name)
{
    struct service_tree tree = {.files = 0};
    int fd;
    int problem = base_directory_enter(&fd, directory_fd, name);
    if (problem != 0) {
        return problem == ENOENT || problem == ENOTDIR || problem == ELOOP ? 0 : problem;
    }
    problem = service_tree_read(&tree, NULL, fd);
    if (problem == 0) {
        problem = service_tree_delete(&tree, fd);
    }
    service_tree_free(&tree);
    (void)close(fd);
    return problem == 0 && unlinkat(directory_fd, name, AT_REMOVEDIR) != 0 ? errno : problem;
}

/* ---- Before the commit ---- */

int service_edit_check_copy(int assets_fd, const struct service_edit_move *move)
{
    struct service_edit_ends ends;
    struct stage stage;
    struct stat status;
    int problem = service_edit_ends_open(&ends, assets_fd, move);
    if (problem == 0) {
        problem = name_stage(&stage, ends.to.name);
        if (problem == 0 && fstatat(ends.to.directory_fd, stage.name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
            problem = EEXIST;
        }
    } else if (service_edit_is_gone(problem)) {
        problem = name_stage(&stage, base_path_name(move->to)); /* the directory is made for it */
    }
    service_edit_ends_close(&ends);
    return problem;
}

static int copy_into(struct base_task *task, const struct service_edit_ends *ends, const char *stage)
{
    int from = -1;
    int to = -1;
    int problem = base_directory_enter(&from, ends->from.directory_fd, ends->from.name);
    if (problem == 0) {
        problem = base_directory_enter(&to, ends->to.directory_fd, stage);
    }
    if (problem == 0) {
        problem = service_copy(task, from, to);
    }
    if (from >= 0) {
        (void)close(from);
    }
    if (to >= 0) {
        (void)close(to);
    }
    return problem;
}

int service_edit_copy(struct base_task *task, int assets_fd, const struct service_edit_move *move)
{
    struct service_edit_ends ends;
    struct stage stage;
    int problem = service_edit_ends_open(&ends, assets_fd, move);
    if (problem == 0) {
        problem = name_stage(&stage, ends.to.name);
    }
    if (problem == 0 && mkdirat(ends.to.directory_fd, stage.name, S_IRWXU) != 0) {
        problem = errno;
    }
    if (problem == 0) {
        problem = copy_into(task, &ends, stage.name);
    }
    service_edit_ends_close(&ends);
    return problem;
}

static int drop_copy(int assets_fd, const struct service_edit_move *move)
{
    struct service_edit_ends ends;
    struct stage stage;
    int problem = service_edit_ends_open(&ends, assets_fd, move);
    if (problem == 0) {
        problem = name_stage(&stage, ends.to.name);
    }
    if (problem == 0) {
        problem = delete_tree(ends.to.directory_fd, stage.name);
    }
    service_edit_ends_close(&ends);
    return service_edit_is_gone(problem) ? 0 : problem;
}

int service_edit_drop_copies(int assets_fd, const struct service_edit *edit)
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < edit->move_count; i++) {
        if (edit->moves[i].is_copied) {
            problem = drop_copy(assets_fd, &edit->moves[i]);
        }
    }
    return problem;
}

/* ---- After the commit ---- */

static int drop_original(const struct service_edit_ends *ends)
{
    int from = -1;
    int to = -1;
    int problem = base_directory_enter(&from, ends->from.directory_fd, ends->from.name);
    if (problem == 0) {
        problem = base_directory_enter(&to, ends->to.directory_fd, ends->to.name);
    }
    if (problem == 0) {
        problem = service_copy_drop_original(from, to);
    }
    if (problem == 0) {
        problem = service_copy_drop_directory(ends->from.directory_fd, ends->from.name);
    }
    if (problem == 0) {
        problem = base_descriptor_sync_directory(ends->from.directory_fd);
    }
    if (from >= 0) {
        (void)close(from);
    }
    if (to >= 0) {
        (void)close(to);
    }
    return problem == ENOENT || problem == ENOTDIR || problem == ELOOP || problem == EACCES ? 0 : problem;
}

int service_edit_finish_copy(const struct service_edit_ends *ends)
{
    struct stage stage;
    int fd = ends->to.directory_fd;
    int problem = name_stage(&stage, ends->to.name);
    if (problem == 0) {
        problem = base_descriptor_rename_new(fd, stage.name, fd, ends->to.name);
    }
    if (problem == EEXIST) {
        return delete_tree(fd, stage.name);
    }
    /* The copy has its name already when an earlier process has died after that. */
    if (problem != 0 && problem != ENOENT) {
        return problem;
    }
    problem = base_descriptor_sync_directory(fd);
    return problem != 0 ? problem : drop_original(ends);
}
