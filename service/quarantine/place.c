#include "service/quarantine/place.h"

#include "base/report.h"
#include "service/transaction/names.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool block(const struct service_change *change, const char *name, const char *fault)
{
    char *display =
        name != NULL ? workspace_assets_path(change->site->registry, name, NULL) : strdup(change->site->registry);
    const struct base_details details = {
        .place = {.file = display},
        .expected = "a directory",
        .remedy = "Put a directory in its place: what is moved into the quarantine follows no link.",
    };
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    base_report(change->findings, DIAG_ENVIRONMENT_WRITE, &details, "the quarantine cannot be used: %s", fault);
    free(display);
    return false;
}

/* A failure is passed over: what uses the quarantine reports it. */
bool service_quarantine_check_place(const struct service_change *change)
{
    struct stat status;
    if (fstatat(change->site->assets_fd, WORKSPACE_REGISTRY_DIRECTORY, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(status.st_mode)) {
        return block(change, NULL, "the directory of the registry is a link");
    }
    if (fstatat(change->site->registry_fd, SERVICE_QUARANTINE_NAME, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        !S_ISDIR(status.st_mode)) {
        return block(change, SERVICE_QUARANTINE_NAME,
                     S_ISLNK(status.st_mode) ? "it is a link" : "it is not a directory");
    }
    return true;
}
