#include "service/transaction/targets.h"

#include "base/path.h"
#include "base/report.h"
#include "service/request.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef STATX_ATTR_MOUNT_ROOT
#define STATX_ATTR_MOUNT_ROOT 0U
#endif

const char *const service_artifacts[SERVICE_ARTIFACT_COUNT] = {"asset_table.json", "preload.json",
                                                               "asset_table_metadata.json", "assets.pa"};

/* In a directory with the sticky bit only the owners of the file and of the directory may replace a file. A process
 * with the right to all files is told so by the rename: it is not known here. */
static bool is_anothers(const struct stat *directory, const struct statx *target)
{
    if ((directory->st_mode & S_ISVTX) == 0) {
        return false;
    }
    uid_t user = geteuid();
    return user != 0 && target->stx_uid != user && directory->st_uid != user;
}

static int check(int directory_fd, const struct stat *directory, const char *name)
{
    struct statx target;
    if (statx(directory_fd, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_TYPE | STATX_UID, &target) != 0) {
        return errno == ENOENT ? 0 : errno;
    }
    if ((target.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0) {
        return EBUSY;
    }
    if (S_ISDIR(target.stx_mode)) {
        return EISDIR;
    }
    if ((target.stx_attributes & (STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND)) != 0 || is_anothers(directory, &target)) {
        return EPERM;
    }
    return 0;
}

int service_targets_check(int directory_fd, const char **name)
{
    struct stat directory;
    *name = service_artifacts[0];
    int problem = fstat(directory_fd, &directory) == 0 ? 0 : errno;
    for (size_t i = 0; problem == 0 && i < SERVICE_ARTIFACT_COUNT; i++) {
        *name = service_artifacts[i];
        problem = check(directory_fd, &directory, *name);
    }
    return problem;
}

void service_targets_report(const char *directory, const char *name, int problem, struct base_findings *findings)
{
    char *path = base_path_join(directory, name);
    const struct base_place place = {.file = path, .request_field = SERVICE_FIELD_BUILD_OUTPUT};
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report_write_failure(findings, &place,
                              "be replaced by the new file, so nothing is published: what is there now is in the way",
                              problem);
    free(path);
}
