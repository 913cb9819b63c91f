#include "workspace/declaration/load.h"

#include "base/directory.h"
#include "workspace/declaration/declaration.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* The anchor of an open root; path names it. */
static bool load_anchor(int root_fd, const char *path, const struct workspace_record *record,
                        struct workspace_declaration *declaration, struct base_findings *findings)
{
    const struct base_place place = {
        .file = path, .has_asset_id = record != NULL, .asset_id = record != NULL ? record->asset_id : 0};
    size_t size = 0;
    struct base_content anchor;
    uint8_t *data = workspace_document_read(&workspace_document_declaration, root_fd, WORKSPACE_ANCHOR_NAME, &place,
                                            DIAG_ANCHOR_MISSING, &size, &anchor, findings);
    if (data == NULL) {
        return false;
    }
    bool loaded = workspace_declaration_parse(base_bytes_make(data, size), &place, record, declaration, findings);
    if (loaded) {
        declaration->anchor = anchor;
    }
    free(data);
    return loaded;
}

static void report_root(const char *assets, const char *root, const struct workspace_record *record, int problem,
                        struct base_findings *findings)
{
    char *path = workspace_assets_path(assets, root, NULL);
    const struct base_place place = {
        .file = path, .has_asset_id = record != NULL, .asset_id = record != NULL ? record->asset_id : 0};
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    workspace_report_read_problem(findings, &place, problem, DIAG_ROOT_INVALID,
                                  problem == ENOENT ? "there is no such directory"
                                                    : "the asset root is not a directory");
    free(path);
}

bool workspace_declaration_load(const char *assets, int assets_fd, const char *root,
                                const struct workspace_record *record, struct workspace_declaration *declaration,
                                struct base_findings *findings)
{
    *declaration = (struct workspace_declaration){.asset_uuid = NULL};
    int root_fd = -1;
    int problem = base_directory_open_below(&root_fd, assets_fd, root);
    if (problem != 0) {
        report_root(assets, root, record, problem, findings);
        return false;
    }
    bool loaded = false;
    char *path = workspace_assets_path(assets, root, WORKSPACE_ANCHOR_NAME);
    if (path != NULL) {
        loaded = load_anchor(root_fd, path, record, declaration, findings);
    } else {
        base_report_out_of_memory(findings, NULL);
    }
    free(path);
    (void)close(root_fd);
    return loaded;
}
