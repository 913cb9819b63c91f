#include "workspace/workspace.h"

#include "workspace/document.h"
#include "workspace/load.h"
#include "workspace/names.h"
#include "workspace/path.h"
#include "workspace/problem.h"
#include "workspace/registry.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void pp_workspace_drop_assets(struct pp_workspace *workspace)
{
    for (size_t i = 0; i < workspace->asset_count; i++) {
        pp_declaration_free(&workspace->assets[i].declaration);
    }
    free(workspace->assets);
    workspace->assets = NULL;
    workspace->asset_count = 0;
}

void pp_workspace_close(struct pp_workspace *workspace)
{
    pp_workspace_drop_assets(workspace);
    pp_registry_free(&workspace->registry);
    struct pp_names unregistered = {.items = workspace->unregistered, .count = workspace->unregistered_count};
    pp_names_free(&unregistered);
    if (workspace->assets_fd >= 0) {
        (void)close(workspace->assets_fd);
    }
    free(workspace->directory);
    *workspace = PP_WORKSPACE_EMPTY;
}

static bool load_registry(struct pp_workspace *workspace, const char *path, struct pp_findings *findings)
{
    struct pp_place place = PP_NOWHERE;
    place.file = path;
    size_t size = 0;
    uint8_t *data = pp_document_read(&pp_document_registry, workspace->assets_fd, PP_REGISTRY_PATH, &place,
                                     PP_WORKSPACE_MISSING, &size, NULL, findings);
    if (data == NULL) {
        return false;
    }
    bool loaded = pp_registry_parse(pp_bytes_make(data, size), &place, &workspace->registry, findings);
    free(data);
    return loaded;
}

static bool open_below(struct pp_workspace *workspace, const char *assets, const char *path,
                       struct pp_findings *findings)
{
    int problem = pp_directory_open(&workspace->assets_fd, assets);
    if (problem == 0) {
        return load_registry(workspace, path, findings);
    }
    struct pp_place place = PP_NOWHERE;
    place.file = path;
    pp_report_read_problem(findings, &place, problem, PP_WORKSPACE_MISSING, "there is no registry");
    return false;
}

static bool open_workspace(struct pp_workspace *workspace, struct pp_findings *findings)
{
    bool opened = false;
    char *assets = pp_assets_path(workspace->directory, NULL, NULL);
    char *path = pp_assets_path(workspace->directory, PP_REGISTRY_PATH, NULL);
    if (assets != NULL && path != NULL) {
        opened = open_below(workspace, assets, path, findings);
    } else {
        pp_report_out_of_memory(findings);
    }
    free(path);
    free(assets);
    return opened;
}

bool pp_workspace_open(struct pp_workspace *workspace, const char *directory, struct pp_findings *findings)
{
    *workspace = PP_WORKSPACE_EMPTY;
    workspace->directory = strdup(directory[0] != '\0' ? directory : ".");
    if (workspace->directory == NULL) {
        pp_report_out_of_memory(findings);
        return false;
    }
    if (!open_workspace(workspace, findings)) {
        pp_workspace_close(workspace);
        return false;
    }
    return true;
}
