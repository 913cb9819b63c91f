/* Opens the inputs of an asset for the packer. */
#include "base/directory.h"
#include "base/names.h"
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

/* The names of a directory. */
struct listing {
    struct base_names files;
    size_t entries; /* files and all else */
    size_t most;
};

static int take_name(void *context, const char *name, enum base_entry_kind kind)
{
    struct listing *listing = context;
    if (listing->entries++ == listing->most) {
        return E2BIG;
    }
    bool taken = kind != BASE_ENTRY_FILE || base_names_take(&listing->files, strdup(name));
    return taken ? 0 : ENOMEM;
}

/* Reads the directory that a missing input would be in. Returns 0 or a problem; then the listing is not whole. */
static int list_beside(int root_fd, const char *path, struct listing *listing)
{
    const char *name = base_path_name(path);
    int fd = -1;
    if (name == path) {
        int problem = base_directory_reopen(&fd, root_fd);
        return problem == 0 ? base_directory_each(fd, take_name, listing) : problem;
    }
    char *parent = strndup(path, (size_t)(name - path) - 1);
    int problem = parent != NULL ? base_directory_open_below(&fd, root_fd, parent) : ENOMEM;
    free(parent);
    return problem == 0 ? base_directory_each(fd, take_name, listing) : problem;
}

/* The name that is closest to the wanted one, or NULL. Directories come in any order; the answer does not. */
static const char *closest(const struct base_names *names, const char *wanted)
{
    const char *found = NULL;
    unsigned best = BASE_DISTANCE_FAR;
    for (size_t i = 0; i < names->count; i++) {
        const char *name = names->items[i];
        unsigned distance = base_edit_distance(base_bytes_of_string(name), wanted);
        if (distance < best || (found != NULL && distance == best && strcmp(name, found) < 0)) {
            best = distance;
            found = name;
        }
    }
    return found;
}

/* Appends what may have been meant instead of a missing input. Each one reads its directory, so the k-th of them may
 * have a k-th of the names. */
static void propose(int root_fd, const char *path, uint64_t missing, struct base_text *text, bool *out_of_memory)
{
    struct listing listing = {.files = BASE_NAMES_EMPTY, .most = MOST_NAMES / (size_t)missing};
    int problem = list_beside(root_fd, path, &listing);
    const char *meant = problem == 0 ? closest(&listing.files, base_path_name(path)) : NULL;
    if (meant != NULL) {
        base_text_add_string(text, "; beside it is \"");
        base_text_add_printable(text, base_bytes_of_string(meant), 80);
        base_text_add_char(text, '"');
    }
    base_names_free(&listing.files);
    *out_of_memory = *out_of_memory || problem == ENOMEM;
}

/* Says that an input is not there, and which name of its directory may have been meant. */
static void report_missing(int root_fd, const char *path, const struct base_place *place,
                           struct base_findings *findings)
{
    struct base_text proposal = BASE_TEXT_EMPTY;
    if (base_findings_keeps(findings, DIAG_INPUT_MISSING)) {
        propose(root_fd, path, findings->total[DIAG_INPUT_MISSING] + 1, &proposal, &findings->out_of_memory);
    }
    base_report(findings, DIAG_INPUT_MISSING, &(struct base_details){.place = *place}, "there is no such file%s",
                base_text_string(&proposal));
    base_text_release(&proposal, &findings->out_of_memory);
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
    int problem = base_directory_open_below(&root_fd, workspace->assets_fd, asset->record->root);
    if (problem == 0) {
        problem = base_file_open_below(file, root_fd, path);
    }
    if ((problem == ENOENT || problem == ENOTDIR) && root_fd >= 0) {
        report_missing(root_fd, path, &place, findings);
    } else if (problem != 0) {
        workspace_report_read_problem(findings, &place, problem, DIAG_INPUT_MISSING, "there is no such file");
    }
    if (root_fd >= 0) {
        (void)close(root_fd);
    }
    free(display);
    return problem == 0;
}
