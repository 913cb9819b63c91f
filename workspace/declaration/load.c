#include "workspace/declaration/load.h"

#include "base/beside.h"
#include "base/path.h"
#include "workspace/declaration/declaration.h"
#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many names a directory may have to be searched for a similar one: every asset that is not where it was may need
 * that. */
enum { MOST_NAMES = 100 };

/* Reports that an open root has no asset.json. */
static void report_no_anchor(int root_fd, const char *root_path, const struct base_place *place,
                             struct base_findings *findings)
{
    int fd = -1;
    char *near = NULL;
    struct base_details details = {.place = *place, .cause = DIAG_CAUSE_ANCHOR_LOST, .subject = root_path};
    if (base_findings_keeps(findings, DIAG_ANCHOR_MISSING) && base_directory_reopen(&fd, root_fd) == 0) {
        near = base_beside(fd, WORKSPACE_ANCHOR_NAME, false, MOST_NAMES, &findings->out_of_memory);
    }
    if (near != NULL) {
        details.cause = DIAG_CAUSE_ANCHOR_MISSPELT;
        details.subject = near;
    }
    base_report(findings, DIAG_ANCHOR_MISSING, &details, "there is no asset.json");
    free(near);
}

/* The anchor of an open root; path names it. */
static bool load_anchor(int root_fd, const char *root_path, const char *path, const struct workspace_record *record,
                        struct workspace_declaration *declaration, struct base_findings *findings)
{
    const struct base_place place = {
        .file = path, .has_asset_id = record != NULL, .asset_id = record != NULL ? record->asset_id : 0};
    size_t size = 0;
    struct base_content anchor;
    uint64_t before = base_findings_errors(findings);
    uint8_t *data = workspace_document_read(&workspace_document_declaration, root_fd, WORKSPACE_ANCHOR_NAME, &place,
                                            DIAG_NONE, &size, &anchor, findings);
    if (data == NULL) {
        if (workspace_nothing_wrong_since(findings, before)) {
            report_no_anchor(root_fd, root_path, &place, findings);
        }
        return false;
    }
    bool loaded = workspace_declaration_parse(base_bytes_make(data, size), &place, record, declaration, findings);
    if (loaded) {
        declaration->anchor = anchor;
    }
    free(data);
    return loaded;
}

/* Whether a directory below ASSETS_FD has an asset.json: then it is an asset of its own. */
static bool has_anchor(int assets_fd, const char *root)
{
    int fd = -1;
    struct stat status;
    bool has = base_directory_open_below(&fd, assets_fd, root) == 0 &&
               fstatat(fd, WORKSPACE_ANCHOR_NAME, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return has;
}

/* A directory without asset.json and with a name similar to that of a root that is not there: its path below assets/,
 * or NULL. */
static char *find_similar(int assets_fd, const char *root, struct base_findings *findings)
{
    const char *name = base_path_name(root);
    int fd = -1;
    char *parent = strndup(root, name > root ? (size_t)(name - root) - 1 : 0);
    char *near = NULL;
    char *found = NULL;
    int problem = ENOMEM;
    if (parent != NULL) {
        problem =
            name > root ? base_directory_open_below(&fd, assets_fd, parent) : base_directory_reopen(&fd, assets_fd);
    }
    if (problem == 0) {
        near = base_beside(fd, name, true, MOST_NAMES, &findings->out_of_memory);
    }
    if (near != NULL) {
        found = base_path_join(parent, near);
    }
    findings->out_of_memory = findings->out_of_memory || problem == ENOMEM || (near != NULL && found == NULL);
    if (found != NULL && has_anchor(assets_fd, found)) {
        free(found);
        found = NULL;
    }
    free(near);
    free(parent);
    return found;
}

static void report_root(const char *assets, int assets_fd, const char *root, const struct workspace_record *record,
                        int problem, struct base_findings *findings)
{
    char *path = workspace_assets_path(assets, root, NULL);
    const struct base_place place = {
        .file = path, .has_asset_id = record != NULL, .asset_id = record != NULL ? record->asset_id : 0};
    bool gone = problem == ENOENT && base_findings_keeps(findings, DIAG_ROOT_INVALID);
    char *near = gone ? find_similar(assets_fd, root, findings) : NULL;
    bool excluded = record != NULL && !record->included_in_build;
    const struct base_details details = {
        .place = place,
        .cause = near != NULL ? DIAG_CAUSE_ROOT_GONE_MISSPELT
                 : excluded   ? DIAG_CAUSE_ROOT_GONE_EXCLUDED
                              : DIAG_CAUSE_ROOT_GONE,
        .subject = path,
    };
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, problem == ENOENT ? "there is no such directory" : "the asset root is not a directory");
    if (near != NULL) {
        base_text_add_string(&text, "; beside it is ");
        base_text_add_quoted(&text, base_bytes_of_string(base_path_name(near)), 80);
    }
    workspace_report_read_problem_details(findings, &details, problem, DIAG_ROOT_INVALID, base_text_string(&text));
    base_text_release(&text, &findings->out_of_memory);
    free(near);
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
        report_root(assets, assets_fd, root, record, problem, findings);
        return false;
    }
    bool loaded = false;
    char *path = workspace_assets_path(assets, root, WORKSPACE_ANCHOR_NAME);
    char *root_path = workspace_assets_path(assets, root, NULL);
    if (path != NULL && root_path != NULL) {
        loaded = load_anchor(root_fd, root_path, path, record, declaration, findings);
    } else {
        base_report_out_of_memory(findings, NULL);
    }
    free(root_path);
    free(path);
    (void)close(root_fd);
    return loaded;
}
