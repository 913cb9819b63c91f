/* Opens a workspace with its registry, and closes it. */
#include "base/names.h"
#include "workspace/assets.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/registry/registry.h"
#include "workspace/whereabouts.h"
#include "workspace/workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void workspace_close(struct workspace *workspace)
{
    workspace_drop_assets(workspace);
    workspace_registry_free(&workspace->registry);
    struct base_names unregistered = {.items = workspace->unregistered, .count = workspace->unregistered_count};
    base_names_free(&unregistered);
    base_names_free(&workspace->entries);
    base_names_free(&workspace->stages);
    workspace_art_free(workspace->art, workspace->art_count);
    workspace_large_free(workspace->large, workspace->large_count);
    if (workspace->assets_fd >= 0) {
        (void)close(workspace->assets_fd);
    }
    free(workspace->project);
    free(workspace->assets_path);
    *workspace = WORKSPACE_EMPTY;
}

/* Whether directories below assets/ have been registered: their asset.json has a uuid. False if it cannot be found out.
 */
static bool has_assets(const struct workspace *workspace)
{
    struct workspace_whereabouts whereabouts = {.items = NULL};
    bool any = workspace_whereabouts_make(&whereabouts, workspace) && whereabouts.count > 0;
    workspace_whereabouts_free(&whereabouts);
    return any;
}

void workspace_report_missing(const struct workspace *workspace, const struct workspace_place *where, const char *path,
                              struct base_findings *findings)
{
    struct stat status;
    if (fstatat(workspace->assets_fd, WORKSPACE_REGISTRY_PATH, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        workspace_place_report_dangling(path, findings);
    } else if (has_assets(workspace)) {
        workspace_place_report_lost(path, findings);
    } else {
        workspace_place_report_missing(where, base_task_directory(workspace->task), path, findings);
    }
}

static bool load_registry(struct workspace *workspace, const struct workspace_place *where, const char *path,
                          struct base_findings *findings)
{
    const struct base_place place = {.file = path};
    size_t size = 0;
    uint64_t before = base_findings_errors(findings);
    uint8_t *data = workspace_document_read(&workspace_document_registry, workspace->assets_fd, WORKSPACE_REGISTRY_PATH,
                                            &place, DIAG_NONE, &size, NULL, findings);
    if (data == NULL) {
        if (workspace_nothing_wrong_since(findings, before)) {
            workspace_report_missing(workspace, where, path, findings);
        }
        return false;
    }
    bool loaded =
        workspace_registry_parse(base_bytes_make(data, size), workspace->task, &place, &workspace->registry, findings);
    free(data);
    return loaded;
}

static bool open_workspace(struct workspace *workspace, const struct workspace_place *place,
                           struct base_findings *findings)
{
    char *path = workspace_assets_path(workspace->assets_path, WORKSPACE_REGISTRY_PATH, NULL);
    if (path == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    bool opened = false;
    int problem = workspace_place_open_assets_alone(place, base_task_directory(workspace->task), &workspace->assets_fd);
    if (problem == 0) {
        opened = load_registry(workspace, place, path, findings);
    } else if (problem == ENOENT || problem == ENOTDIR) {
        workspace_place_report_missing(place, base_task_directory(workspace->task), path, findings);
    } else if (!workspace_place_report_links(place, problem, findings)) {
        const struct base_place at = {.file = path};
        workspace_report_read_problem(findings, &at, problem, DIAG_WORKSPACE_MISSING, "there is no registry");
    }
    free(path);
    return opened;
}

bool workspace_open(struct workspace *workspace, const struct workspace_place *place, struct base_task *task,
                    struct base_findings *findings)
{
    *workspace = WORKSPACE_EMPTY;
    workspace->task = task;
    workspace->project = strdup(place->project[0] != '\0' ? place->project : ".");
    workspace->assets_path = workspace_place_assets(place);
    if (workspace->project == NULL || workspace->assets_path == NULL) {
        base_report_out_of_memory(findings, NULL);
        workspace_close(workspace);
        return false;
    }
    if (!open_workspace(workspace, place, findings)) {
        workspace_close(workspace);
        return false;
    }
    return true;
}
