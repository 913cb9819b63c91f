/* Opens the inputs of an asset for the packer. */
#include "base/beside.h"
#include "base/path.h"
#include "base/suggest.h"
#include "base/text.h"
#include "workspace/document/problem.h"
#include "workspace/path.h"
#include "workspace/workspace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *workspace_input_display(const struct workspace *workspace, const struct workspace_asset *asset, size_t input)
{
    return workspace_assets_path(workspace->assets_path, asset->record->root, asset->declaration.inputs[input].path);
}

/* The names that the missing inputs of an asset are compared with, all together. A sheet has 1,024 tiles, so no root
 * has a use for as many files. */
enum { MOST_NAMES = 2048 };

/* Opens the directory that a missing input would be in. */
static int open_beside(int *fd, int root_fd, const char *path)
{
    const char *name = base_path_name(path);
    if (name == path) {
        return base_directory_reopen(fd, root_fd);
    }
    char *parent = strndup(path, (size_t)(name - path) - 1);
    int problem = parent != NULL ? base_directory_open_below(fd, root_fd, parent) : ENOMEM;
    free(parent);
    return problem;
}

/* What may have been meant instead of a missing input, or NULL. Each one reads its directory, so the k-th of them may
 * have a k-th of the names. */
static char *find_meant(int root_fd, const char *path, uint64_t missing, bool *out_of_memory)
{
    int fd = -1;
    int problem = open_beside(&fd, root_fd, path);
    *out_of_memory = *out_of_memory || problem == ENOMEM;
    return problem == 0 ? base_beside(fd, base_path_name(path), false, MOST_NAMES / (size_t)missing, out_of_memory)
                        : NULL;
}

static bool is_declared(const struct workspace_asset *asset, const char *path)
{
    const struct workspace_declaration *declaration = asset->written != NULL ? asset->written : &asset->declaration;
    for (size_t i = 0; i < declaration->input_count; i++) {
        if (strcmp(declaration->inputs[i].path, path) == 0) {
            return true;
        }
    }
    return false;
}

/* Says that an input is not there, and which name of its directory may have been meant. A file that is declared already
 * was not: it would be packed twice. One that an update would declare may be the input, under another name. */
static void report_missing(int root_fd, const struct workspace_asset *asset, const char *path,
                           const struct base_place *place, struct base_findings *findings)
{
    const char *name = base_path_name(path);
    char *meant = NULL;
    struct base_text shown = BASE_TEXT_EMPTY;
    struct base_text written = BASE_TEXT_EMPTY;
    struct base_details details = {.place = *place};
    if (base_findings_keeps(findings, DIAG_INPUT_MISSING)) {
        meant = find_meant(root_fd, path, findings->total[DIAG_INPUT_MISSING] + 1, &findings->out_of_memory);
    }
    if (meant != NULL) {
        base_text_add(&written, base_bytes_make(path, (size_t)(name - path)));
        base_text_add_string(&written, meant);
    }
    if (meant != NULL && !is_declared(asset, base_text_string(&written))) {
        base_text_add_string(&shown, "; beside it is ");
        base_text_add_quoted(&shown, base_bytes_of_string(meant), 80);
        details.cause = DIAG_CAUSE_INPUT_MISSPELT;
        details.subject = base_text_string(&written);
    } else if (meant != NULL) {
        details.remedy = "Put the file back, or take it out of asset.json if the asset does not need it any more.";
    }
    base_report(findings, DIAG_INPUT_MISSING, &details, "there is no such file%s", base_text_string(&shown));
    base_text_release(&written, &findings->out_of_memory);
    base_text_release(&shown, &findings->out_of_memory);
    free(meant);
}

/* A root is "", assets/ itself, while a file that lies there is checked before it gets a root. */
static int open_root(int *fd, const struct workspace *workspace, const char *root)
{
    return root[0] == '\0' ? base_directory_reopen(fd, workspace->assets_fd)
                           : base_directory_open_below(fd, workspace->assets_fd, root);
}

bool workspace_input_open(const struct workspace *workspace, const struct workspace_asset *asset, size_t input,
                          struct base_file *file, struct base_findings *findings)
{
    *file = BASE_FILE_CLOSED;
    const char *path = asset->declaration.inputs[input].path;
    char *display = workspace_input_display(workspace, asset, input);
    if (display == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    struct base_place place = {
        .file = display,
        .has_asset_id = true,
        .asset_id = asset->record->asset_id,
    };
    int root_fd = -1;
    int problem = open_root(&root_fd, workspace, asset->record->root);
    if (problem == 0) {
        problem = base_file_open_below(file, root_fd, path);
    }
    if ((problem == ENOENT || problem == ENOTDIR) && root_fd >= 0) {
        report_missing(root_fd, asset, path, &place, findings);
    } else if (problem != 0) {
        workspace_report_read_problem(findings, &place, problem, DIAG_INPUT_MISSING, "there is no such file");
    }
    if (root_fd >= 0) {
        (void)close(root_fd);
    }
    free(display);
    return problem == 0;
}
