#include "service/transaction/targets.h"

#include "base/path.h"
#include "base/report.h"
#include "service/request.h"
#include "service/transaction/entry.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/stat.h>

const char *const service_artifacts[SERVICE_ARTIFACT_COUNT] = {"asset_table.json", "preload.json",
                                                               "asset_table_metadata.json", "assets.pa"};

static int check(int directory_fd, const struct stat *directory, const char *name)
{
    mode_t mode = 0;
    int problem = service_entry_check(directory_fd, directory, name, &mode);
    if (problem == ENOENT) {
        return 0;
    }
    return problem != EBUSY && S_ISDIR(mode) ? EISDIR : problem;
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

bool service_targets_are_free(int directory_fd, const char *directory, struct base_findings *findings)
{
    const char *name;
    int problem = service_targets_check(directory_fd, &name);
    if (problem != EISDIR && problem != EBUSY) {
        return true;
    }
    service_targets_report(directory, name, problem, findings);
    return false;
}
