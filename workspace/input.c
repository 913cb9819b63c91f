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
    return workspace_assets_path(workspace->directory, asset->record->root, asset->declaration.inputs[input].path);
}

/* Nothing is proposed in a directory with more names: each missing input reads its directory again. A sheet has 1,024
 * tiles, so no root has a use for as many files. */
enum { MOST_NAMES = 2048 };

/* The name of the directory that is closest to the wanted one. */
struct search {
    const char *wanted;
    size_t names; /* that were looked at */
    struct base_text found;
    unsigned distance;
};

static int compare_name(void *context, const char *name, enum base_entry_kind kind)
{
    struct search *search = context;
    if (++search->names > MOST_NAMES) {
        search->distance = BASE_DISTANCE_FAR;
        return E2BIG;
    }
    unsigned distance = kind == BASE_ENTRY_FILE ? base_edit_distance(base_bytes_of_string(name), search->wanted)
                                                : (unsigned)BASE_DISTANCE_FAR;
    bool closer = distance < search->distance;
    /* Directories come in any order; the answer should not. */
    bool earlier = distance == search->distance && distance != BASE_DISTANCE_FAR &&
                   strcmp(name, base_text_string(&search->found)) < 0;
    if (closer || earlier) {
        search->distance = distance;
        base_text_clear(&search->found);
        base_text_add_string(&search->found, name);
    }
    return 0;
}

/* Looks for it in the directory that the missing input would be in. */
static void find_beside(int root_fd, const char *path, struct search *search)
{
    search->wanted = base_path_name(path);
    bool nested = search->wanted > path;
    char *parent = nested ? strndup(path, (size_t)(search->wanted - path) - 1) : NULL;
    int fd = -1;
    if (!nested) {
        (void)base_directory_reopen(&fd, root_fd);
    } else if (parent != NULL) {
        (void)base_directory_open_below(&fd, root_fd, parent);
    }
    if (fd >= 0) {
        (void)base_directory_each(fd, compare_name, search);
    }
    free(parent);
}

/* Says that an input is not there, and which name of its directory may have been meant. */
static void report_missing(int root_fd, const char *path, const struct base_place *place,
                           struct base_findings *findings)
{
    struct search search = {.distance = BASE_DISTANCE_FAR};
    if (base_findings_keeps(findings, DIAG_INPUT_MISSING)) {
        find_beside(root_fd, path, &search);
    }
    struct base_text shown = BASE_TEXT_EMPTY;
    if (search.distance != BASE_DISTANCE_FAR && !base_text_out_of_memory(&search.found)) {
        base_text_add_string(&shown, "; beside it is \"");
        base_text_add_printable(&shown, base_text_bytes(&search.found), 80);
        base_text_add_char(&shown, '"');
    }
    base_report(findings, DIAG_INPUT_MISSING, &(struct base_details){.place = *place}, "there is no such file%s",
                base_text_string(&shown));
    base_text_release(&shown, &findings->out_of_memory);
    base_text_release(&search.found, &findings->out_of_memory);
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
