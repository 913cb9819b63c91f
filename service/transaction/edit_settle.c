#include "service/transaction/edit_settle.h"

#include "base/descriptor.h"
#include "service/transaction/edit_files.h"
#include "service/transaction/names.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether there is a file of that name: 0, ENOENT or another errno value. A directory is not ours and stays; a link is
 * removed, and never followed. */
static int look_for(int registry_fd, const char *name)
{
    struct stat status;
    if (fstatat(registry_fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    return S_ISDIR(status.st_mode) ? ENOENT : 0;
}

bool service_edit_exists(int registry_fd)
{
    static const char *const names[] = {SERVICE_EDIT_NAME, SERVICE_EDIT_COMMIT_NAME, SERVICE_HISTORY_STAGE_NAME,
                                        SERVICE_REGISTRY_STAGE_NAME};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (look_for(registry_fd, names[i]) != ENOENT) {
            return true; /* or cannot be looked for: settling says why */
        }
    }
    return false;
}

bool service_edit_is_committed(int registry_fd)
{
    struct service_edit edit;
    bool committed = service_edit_read(registry_fd, SERVICE_EDIT_COMMIT_NAME, &edit) == 0;
    service_edit_free(&edit);
    return committed;
}

static int remove_file(int registry_fd, const char *name)
{
    static const int flags = 0;
    int problem = look_for(registry_fd, name);
    if (problem == 0 && unlinkat(registry_fd, name, flags) != 0) {
        problem = errno;
    }
    return problem == ENOENT ? 0 : problem;
}

/* The registry's stage goes last: a journal without it could not be read. */
int service_edit_drop(int registry_fd)
{
    int problem = remove_file(registry_fd, SERVICE_EDIT_COMMIT_NAME);
    if (problem == 0) {
        problem = remove_file(registry_fd, SERVICE_EDIT_NAME);
    }
    if (problem == 0) {
        problem = base_descriptor_sync_directory(registry_fd);
    }
    if (problem == 0) {
        problem = remove_file(registry_fd, SERVICE_HISTORY_STAGE_NAME);
    }
    return problem != 0 ? problem : remove_file(registry_fd, SERVICE_REGISTRY_STAGE_NAME);
}

static int complete(int registry_fd, int assets_fd, bool *foreign)
{
    struct service_edit edit;
    int problem = service_edit_read(registry_fd, SERVICE_EDIT_COMMIT_NAME, &edit);
    if (problem == 0) {
        problem = service_edit_move(registry_fd, assets_fd, &edit);
    }
    service_edit_free(&edit);
    *foreign = problem == EBADMSG || problem == ESTALE;
    return problem;
}

static int undo(int registry_fd, int assets_fd, bool *foreign)
{
    struct service_edit edit;
    int problem = look_for(registry_fd, SERVICE_REGISTRY_STAGE_NAME);
    if (problem != 0) {
        return problem == ENOENT ? 0 : problem; /* nothing was staged yet, or all of it is removed */
    }
    problem = service_edit_read(registry_fd, SERVICE_EDIT_NAME, &edit);
    if (problem == 0) {
        problem = service_edit_unstage(registry_fd, assets_fd, &edit);
    }
    service_edit_free(&edit);
    *foreign = problem == ESTALE;
    /* Cut: nothing was staged yet. */
    return problem == ENOENT || problem == EBADMSG ? 0 : problem;
}

int service_edit_settle(int registry_fd, int assets_fd, bool *foreign)
{
    *foreign = false;
    int problem = look_for(registry_fd, SERVICE_EDIT_COMMIT_NAME);
    if (problem == 0) {
        problem = complete(registry_fd, assets_fd, foreign);
    } else if (problem == ENOENT) {
        problem = undo(registry_fd, assets_fd, foreign);
    }
    if (*foreign) {
        return 0;
    }
    return problem != 0 ? problem : service_edit_drop(registry_fd);
}
