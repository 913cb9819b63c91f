#include "service/undoing/lost.h"

#include "service/transaction/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static bool is_gone(const struct service_undoing *undoing, const char *path)
{
    struct stat status;
    return fstatat(undoing->change->workspace->assets_fd, path, &status, AT_SYMLINK_NOFOLLOW) != 0 &&
           (errno == ENOENT || errno == ENOTDIR);
}

const char *service_undoing_loss(const struct service_undoing *undoing)
{
    const struct service_past *past = &undoing->past;
    if (past->change_count == 0 && past->move_count == 0 && past->file_count == 0) {
        return "nothing that it did can be taken back";
    }
    for (size_t i = 0; i < past->move_count; i++) {
        if (service_folder_is_files(past->moves[i].to) && is_gone(undoing, past->moves[i].to)) {
            return "what it removed is not in the quarantine any more";
        }
    }
    return NULL;
}
