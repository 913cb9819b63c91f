#include "workspace/edit/each_root.h"

#include "base/directory.h"
#include "base/path.h"
#include "workspace/document/problem.h"
#include "workspace/edit/left_out.h"
#include "workspace/edit/root.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

size_t workspace_each_stem(const char *name)
{
    const char *point = strrchr(name, '.');
    return point != NULL ? (size_t)(point - name) : strlen(name);
}

char *workspace_each_source(const struct workspace_each_file *file)
{
    return base_path_join(file->directory, file->name);
}

static bool refuse(struct workspace_addition *add, const char *message, const char *expected)
{
    base_report(
        add->findings, DIAG_ROOT_INVALID,
        &(struct base_details){.place.file = add->each->typed, .expected = expected, .cause = DIAG_CAUSE_EACH_NAME},
        "%s", message);
    return false;
}

/* ---- The directory ---- */

/* Files of a root are not moved out of it. */
static bool check_directory(struct workspace_addition *add)
{
    int32_t other = 0;
    struct stat status;
    enum workspace_root_relation relation = workspace_roots_find(&add->taken->roots, add->root, &other);
    if (relation == WORKSPACE_ROOT_SAME || relation == WORKSPACE_ROOT_INSIDE) {
        base_report(add->findings, DIAG_ROOT_INVALID,
                    &(struct base_details){
                        .place = {.file = add->typed, .has_asset_id = true, .asset_id = other},
                        .expected = "a directory outside of all roots",
                        .cause = DIAG_CAUSE_EACH_IN_ROOT,
                    },
                    relation == WORKSPACE_ROOT_SAME ? "the directory is the root of asset %d"
                                                    : "the directory lies inside the root of asset %d",
                    (int)other);
        return false;
    }
    if (add->root[0] != '\0' && fstatat(add->root_fd, WORKSPACE_ANCHOR_NAME, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        base_report(add->findings, DIAG_ROOT_INVALID,
                    &(struct base_details){
                        .place.file = add->typed, .cause = DIAG_CAUSE_EACH_ANCHOR, .subject = add->root_display},
                    "the directory has an asset.json, so it is an asset itself");
        return false;
    }
    return true;
}

bool workspace_each_find_directory(struct workspace_addition *add)
{
    return workspace_add_find_directory(add) && workspace_add_check_left_out(add) && check_directory(add);
}

void workspace_each_report_none(struct workspace_addition *add)
{
    int32_t other = 0;
    bool sounds = !add->has_type || add->type == WORKSPACE_ASSET_SOUND;
    bool pictures = add->has_type && add->type == WORKSPACE_ASSET_GLYPH;
    struct base_details details = {
        .place.file = add->root_display, .cause = DIAG_CAUSE_EACH_NOTHING, .subject = add->root_display};
    if (add->root[0] == '\0' || workspace_roots_find(&add->taken->roots, add->root, &other) == WORKSPACE_ROOT_AROUND) {
        if (add->workspace->registry.count > 0) {
            details.cause = DIAG_CAUSE_EACH_DONE;
            details.severity = BASE_WARNING;
            base_report(add->findings, DIAG_ROOT_REGISTERED, &details,
                        "there is nothing to add: no %s lies directly in the directory any more",
                        sounds     ? "sound"
                        : pictures ? "picture"
                                   : "file");
            return;
        }
    }
    base_report(add->findings, DIAG_TYPE_UNDECIDED, &details, "no %s lies directly in the directory",
                sounds     ? "sound"
                : pictures ? "picture"
                           : "file");
}

/* What was found about it when it was looked for; a file was not reported yet. */
static bool refuse_directory(struct workspace_addition *add)
{
    if (add->each->refusal->count == 0) {
        return workspace_each_find_directory(add) && false;
    }
    base_findings_move(add->findings, add->each->refusal);
    return false;
}

/* ---- One file ---- */

static bool check_fault(struct workspace_addition *add)
{
    switch (add->each->fault) {
    case WORKSPACE_EACH_NONE:
        return refuse_directory(add);
    case WORKSPACE_EACH_THERE:
        return refuse(add, "something has the name of the directory that the file would be moved into",
                      "a name that is free without its ending");
    case WORKSPACE_EACH_SHARED:
        return refuse(add, "another file would be moved into a directory of the same name",
                      "a name of its own without its ending");
    case WORKSPACE_EACH_BARE:
        return refuse(add, "the directory that the file would be moved into would have the file's own name",
                      "a name with an ending");
    case WORKSPACE_EACH_ANCHOR:
        return refuse(add, "the directory that the file would be moved into would be called asset.json",
                      "a name that is not asset.json without its ending");
    case WORKSPACE_EACH_FINE:
        break;
    }
    return true;
}

static bool name_all(struct workspace_addition *add)
{
    const struct workspace_each_file *file = add->each;
    char *stem = strndup(file->name, workspace_each_stem(file->name));
    add->root = stem != NULL ? base_path_join(file->directory, stem) : NULL;
    free(stem);
    if (add->root != NULL) {
        add->root_display = strdup(file->typed); /* what is there */
        add->anchor_display = workspace_assets_path(add->workspace->assets_path, add->root, WORKSPACE_ANCHOR_NAME);
    }
    if (add->root_display == NULL || add->anchor_display == NULL) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    return true;
}

bool workspace_each_find_root(struct workspace_addition *add)
{
    if (!check_fault(add) || !name_all(add)) {
        return false;
    }
    const char *fault = workspace_root_fault(add->root);
    if (fault == NULL && !workspace_is_utf8(add->root)) {
        fault = "is not UTF-8, so that the registry cannot name it";
    }
    if (fault != NULL) {
        base_report(add->findings, DIAG_ROOT_INVALID, &(struct base_details){.place.file = add->each->typed},
                    "the root %s", fault);
        return false;
    }
    add->source_root = add->each->directory;
    int problem = add->source_root[0] == '\0'
                      ? base_directory_reopen(&add->root_fd, add->workspace->assets_fd)
                      : base_directory_open_below(&add->root_fd, add->workspace->assets_fd, add->source_root);
    if (problem != 0) {
        const struct base_place place = {.file = add->each->typed};
        workspace_report_read_problem(add->findings, &place, problem, DIAG_ROOT_INVALID, "there is no such directory");
    }
    return problem == 0;
}
