/* Inputs of an asset, opened for whoever packs or verifies them. */
#include "base/text.h"
#include "workspace/names.h"
#include "workspace/path.h"
#include "workspace/problem.h"
#include "workspace/suggest.h"
#include "workspace/workspace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *pp_input_display(const struct pp_workspace *workspace, const struct pp_asset *asset, size_t input)
{
    return pp_assets_path(workspace->directory, asset->record->root, asset->declaration.inputs[input].path);
}

/* The name of the directory that is closest to the wanted one. */
struct search {
    const char *wanted;
    struct pp_text found;
    unsigned distance;
};

static int compare_name(void *context, const char *name, enum pp_entry_kind kind)
{
    struct search *search = context;
    unsigned distance =
        kind == PP_ENTRY_FILE ? pp_distance(pp_bytes_of_string(name), search->wanted) : (unsigned)PP_NOT_CLOSE;
    bool closer = distance < search->distance;
    /* Directories come in any order; the answer should not. */
    bool earlier =
        distance == search->distance && distance != PP_NOT_CLOSE && strcmp(name, pp_text_string(&search->found)) < 0;
    if (closer || earlier) {
        search->distance = distance;
        pp_text_clear(&search->found);
        pp_text_add_string(&search->found, name);
    }
    return 0;
}

/* Says that an input is not there, and which name of its directory may have been meant. */
static void report_missing(int root_fd, const char *path, const struct pp_place *place, struct pp_findings *findings)
{
    struct search search = {.distance = PP_NOT_CLOSE};
    const char *slash = strrchr(path, '/');
    search.wanted = slash != NULL ? slash + 1 : path;
    char *parent = slash != NULL ? strndup(path, (size_t)(slash - path)) : NULL;
    int fd = -1;
    if (slash == NULL) {
        (void)pp_directory_reopen(&fd, root_fd);
    } else if (parent != NULL) {
        (void)pp_directory_open_below(&fd, root_fd, parent);
    }
    if (fd >= 0) {
        (void)pp_directory_each(fd, compare_name, &search);
    }
    if (search.distance != PP_NOT_CLOSE && !pp_text_failed(&search.found)) {
        struct pp_text shown = PP_TEXT_EMPTY;
        pp_text_add_printable(&shown, pp_text_bytes(&search.found), 80);
        pp_findings_add(findings, PP_INPUT_MISSING, place, NULL, NULL, "there is no such file; beside it stands \"%s\"",
                        pp_text_string(&shown));
        pp_text_done(findings, &shown);
    } else {
        pp_findings_add(findings, PP_INPUT_MISSING, place, NULL, NULL, "there is no such file");
    }
    pp_text_done(findings, &search.found);
    free(parent);
}

bool pp_input_open(const struct pp_workspace *workspace, const struct pp_asset *asset, size_t input,
                   struct pp_file *file, struct pp_findings *findings)
{
    *file = PP_FILE_CLOSED;
    const char *path = asset->declaration.inputs[input].path;
    char *display = pp_input_display(workspace, asset, input);
    if (display == NULL) {
        pp_report_out_of_memory(findings);
        return false;
    }
    struct pp_place place = {
        .file = display,
        .byte_offset = -1,
        .has_asset_id = true,
        .asset_id = asset->record->asset_id,
    };
    int root_fd = -1;
    int problem = pp_directory_open_below(&root_fd, workspace->assets_fd, asset->record->root);
    if (problem == 0) {
        problem = pp_file_open_below(file, root_fd, path);
    }
    if ((problem == ENOENT || problem == ENOTDIR) && root_fd >= 0) {
        report_missing(root_fd, path, &place, findings);
    } else if (problem != 0) {
        pp_report_read_problem(findings, &place, problem, PP_INPUT_MISSING, "there is no such file");
    }
    if (root_fd >= 0) {
        (void)close(root_fd);
    }
    free(display);
    return problem == 0;
}
