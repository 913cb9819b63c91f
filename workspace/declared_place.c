#include "workspace/declared_place.h"

#include "base/directory.h"
#include "base/hash.h"
#include "workspace/document/document.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "json/resolve.h"
#include "json/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* Reads asset.json once more: *data is NULL when it has changed since it was loaded. Returns 0, an errno value or a
 * base_file_problem. The caller frees *data. */
static int read_anchor(const struct workspace *workspace, const struct workspace_asset *asset, uint8_t **data,
                       size_t *size)
{
    struct base_file file = BASE_FILE_CLOSED;
    int root_fd;
    int problem = base_directory_open_below(&root_fd, workspace->assets_fd, asset->record->root);
    if (problem != 0) {
        return problem;
    }
    problem = base_file_open_below(&file, root_fd, WORKSPACE_ANCHOR_NAME);
    if (problem == 0) {
        problem = base_file_read_all(&file, workspace_document_declaration.limit, data, size);
    }
    if (problem == 0 && !base_hash_equal(base_hash_of(base_bytes_make(*data, *size)), asset->declaration.anchor.hash)) {
        free(*data);
        *data = NULL;
    }
    base_file_close(&file);
    (void)close(root_fd);
    return problem;
}

static void locate(struct base_lines *lines, struct base_task *task, struct base_place *place)
{
    bool found;
    struct json_token value = json_resolve(lines->text, json_root(lines->text, task), place->json_pointer, &found);
    if (value.kind != JSON_ERROR) {
        place->has_byte_offset = true;
        place->byte_offset = value.begin;
        place->length = found ? value.end - value.begin : 0;
        place->lines = lines;
    }
}

void workspace_report_declared(const struct workspace *workspace, const struct workspace_asset *asset,
                               struct base_findings *findings, enum diag diagnostic, const struct base_details *details,
                               const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    workspace_report_declaredv(workspace, asset, findings, diagnostic, details, format, arguments);
    va_end(arguments);
}

void workspace_report_declaredv(const struct workspace *workspace, const struct workspace_asset *asset,
                                struct base_findings *findings, enum diag diagnostic,
                                const struct base_details *details, const char *format, va_list arguments)
{
    struct base_details placed = *details;
    uint8_t *data = NULL;
    size_t size = 0;
    const char *root = asset->record->root[0] != '\0' ? asset->record->root : NULL;
    char *path =
        workspace_assets_path(workspace->assets_path, root, asset->is_unwritten ? NULL : WORKSPACE_ANCHOR_NAME);
    if (asset->is_unwritten) {
        placed.place.json_pointer = NULL;
    }
    if (placed.place.json_pointer != NULL && base_findings_keeps(findings, diagnostic) &&
        read_anchor(workspace, asset, &data, &size) == ENOMEM) {
        findings->out_of_memory = true;
    }
    struct base_lines lines = base_lines_of(base_bytes_make(data, size));
    if (data != NULL) {
        locate(&lines, workspace->task, &placed.place);
    }
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    placed.place.file = path;
    placed.place.has_asset_id = true;
    placed.place.asset_id = asset->record->asset_id;
    base_reportv(findings, diagnostic, &placed, format, arguments);
    free(path);
    free(data);
}
