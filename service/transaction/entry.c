#include "service/transaction/entry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#ifndef STATX_ATTR_MOUNT_ROOT
#define STATX_ATTR_MOUNT_ROOT 0U
#endif

/* In a directory with the sticky bit only the owners of the file and of the directory may replace a file. A process
 * with the right to all files is told so by the rename: it is not known here. */
static bool is_anothers(const struct stat *directory, const struct statx *entry)
{
    if ((directory->st_mode & S_ISVTX) == 0) {
        return false;
    }
    uid_t user = geteuid();
    return user != 0 && entry->stx_uid != user && directory->st_uid != user;
}

static bool is_fixed(const struct statx *entry)
{
    return (entry->stx_attributes & (STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND)) != 0;
}

int service_entry_check_directory(int directory_fd)
{
    struct statx directory;
    if (faccessat(directory_fd, ".", W_OK | X_OK, AT_EACCESS) != 0 ||
        statx(directory_fd, ".", AT_SYMLINK_NOFOLLOW, STATX_TYPE, &directory) != 0) {
        return errno;
    }
    return is_fixed(&directory) ? EPERM : 0;
}

int service_entry_check(int directory_fd, const struct stat *directory, const char *name, mode_t *mode)
{
    struct statx entry;
    if (statx(directory_fd, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_TYPE | STATX_UID, &entry) != 0) {
        return errno;
    }
    *mode = entry.stx_mode;
    if ((entry.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0) {
        return EBUSY;
    }
    return is_fixed(&entry) || is_anothers(directory, &entry) ? EPERM : 0;
}
