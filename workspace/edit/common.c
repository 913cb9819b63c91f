#include "workspace/edit/common.h"

#include "base/directory.h"
#include "base/report.h"
#include "workspace/edit/options.h"
#include "workspace/ignore_file.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* *registry becomes a new string: the real path of .prometeu, which may be a link, below the real path ASSETS; its name
 * where it is not below. Returns 0 or an errno value; *registry is then NULL. */
static int find_registry(char **registry, const struct workspace *workspace, const char *assets)
{
    *registry = NULL;
    char *path = workspace_assets_path(workspace->assets_path, WORKSPACE_REGISTRY_DIRECTORY, NULL);
    if (path == NULL) {
        return ENOMEM;
    }
    char *real = base_directory_resolve(base_task_directory(workspace->task), path);
    int problem = real != NULL ? 0 : errno;
    if (real != NULL) {
        size_t length = strlen(assets);
        bool is_below = workspace_path_within(real, assets) && real[length] == '/';
        *registry = strdup(is_below ? real + length + 1 : WORKSPACE_REGISTRY_DIRECTORY);
        problem = *registry != NULL ? 0 : ENOMEM;
    }
    free(real);
    free(path);
    return problem;
}

/* Finds the real paths of assets/ and .prometeu. Returns 0 or an errno value. */
static int find_places(struct workspace_add_common *common, const struct workspace *workspace)
{
    common->assets = base_directory_resolve(base_task_directory(workspace->task), workspace->assets_path);
    if (common->assets == NULL) {
        return errno;
    }
    return find_registry(&common->registry, workspace, common->assets);
}

bool workspace_add_common_begin(struct workspace_add_common *common, struct workspace_addition *add,
                                const struct workspace *workspace, const struct workspace_add_options *options,
                                struct base_findings *findings)
{
    *common = (struct workspace_add_common){.ignore = WORKSPACE_IGNORE_EMPTY};
    *add = (struct workspace_addition){
        .workspace = workspace,
        .options = options,
        .taken = &common->taken,
        .ignore = &common->ignore,
        .findings = findings,
        .root_fd = -1,
    };
    if (!workspace_add_check_options(add) || !workspace_ignore_load(&common->ignore, workspace, findings)) {
        return false;
    }
    int problem = find_places(common, workspace);
    if (problem != 0) {
        const struct base_place place = {.file = workspace->assets_path};
        base_report_read_failure(findings, &place, problem);
        return false;
    }
    add->assets = common->assets;
    add->registry = common->registry;
    if (!workspace_taken_begin(&common->taken, &workspace->registry)) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    return true;
}

void workspace_add_common_free(struct workspace_add_common *common)
{
    workspace_taken_free(&common->taken);
    workspace_ignore_free(&common->ignore);
    free(common->registry);
    free(common->assets);
}
