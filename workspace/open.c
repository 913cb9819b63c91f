/* Opens a workspace with its registry, and closes it. */
#include "base/directory.h"
#include "base/names.h"
#include "workspace/assets.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/registry/registry.h"
#include "workspace/workspace.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void workspace_close(struct workspace *workspace)
{
    workspace_drop_assets(workspace);
    workspace_registry_free(&workspace->registry);
    struct base_names unregistered = {.items = workspace->unregistered, .count = workspace->unregistered_count};
    base_names_free(&unregistered);
    if (workspace->assets_fd >= 0) {
        (void)close(workspace->assets_fd);
    }
    free(workspace->directory);
    *workspace = WORKSPACE_EMPTY;
}

static bool load_registry(struct workspace *workspace, const char *path, struct base_findings *findings)
{
    const struct base_place place = {.file = path};
    size_t size = 0;
    uint8_t *data = workspace_document_read(&workspace_document_registry, workspace->assets_fd, WORKSPACE_REGISTRY_PATH,
                                            &place, DIAG_WORKSPACE_MISSING, &size, NULL, findings);
    if (data == NULL) {
        return false;
    }
    bool loaded =
        workspace_registry_parse(base_bytes_make(data, size), workspace->task, &place, &workspace->registry, findings);
    free(data);
    return loaded;
}

static bool open_below(struct workspace *workspace, const char *assets, const char *path,
                       struct base_findings *findings)
{
    int problem = base_directory_open(&workspace->assets_fd, base_task_directory(workspace->task), assets);
    if (problem == 0) {
        return load_registry(workspace, path, findings);
    }
    const struct base_place place = {.file = path};
    workspace_report_read_problem(findings, &place, problem, DIAG_WORKSPACE_MISSING, "there is no registry");
    return false;
}

static bool open_workspace(struct workspace *workspace, struct base_findings *findings)
{
    bool opened = false;
    char *assets = workspace_assets_path(workspace->directory, NULL, NULL);
    char *path = workspace_assets_path(workspace->directory, WORKSPACE_REGISTRY_PATH, NULL);
    if (assets != NULL && path != NULL) {
        opened = open_below(workspace, assets, path, findings);
    } else {
        base_report_out_of_memory(findings, NULL);
    }
    free(path);
    free(assets);
    return opened;
}

bool workspace_open(struct workspace *workspace, const char *directory, struct base_task *task,
                    struct base_findings *findings)
{
    *workspace = WORKSPACE_EMPTY;
    workspace->task = task;
    workspace->directory = strdup(directory[0] != '\0' ? directory : ".");
    if (workspace->directory == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    if (!open_workspace(workspace, findings)) {
        workspace_close(workspace);
        return false;
    }
    return true;
}
