#include "workspace/edit/steps.h"

#include "workspace/declaration/identity.h"
#include "workspace/document/problem.h"
#include "workspace/edit/adopt.h"
#include "workspace/edit/each_root.h"
#include "workspace/edit/files.h"
#include "workspace/edit/infer.h"
#include "workspace/edit/left_out.h"
#include "workspace/edit/root.h"
#include "workspace/edit/update.h"
#include "workspace/model/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Looks at what lies directly in a directory that is around registered roots, and could be an asset. */
static void look_at_own_files(struct workspace_addition *add)
{
    struct workspace_files files = WORKSPACE_FILES_EMPTY;
    size_t counts[WORKSPACE_FILE_KINDS];
    bool listed = workspace_add_list_files(add, &files);
    workspace_files_count(&files, counts);
    size_t count = add->has_type ? files.count : counts[WORKSPACE_FILE_PNG] + counts[WORKSPACE_FILE_SOUND];
    add->is_bare = listed && count == 0;
    add->has_sounds = counts[WORKSPACE_FILE_SOUND] > 0;
    workspace_files_free(&files);
}

static bool report_around(struct workspace_addition *add, struct base_details *details)
{
    if (add->root_fd >= 0) {
        look_at_own_files(add);
    }
    if (add->is_bare) {
        details->cause = DIAG_CAUSE_EACH_DONE;
        details->severity = BASE_WARNING;
        details->place.has_asset_id = false;
        base_report(add->findings, DIAG_ROOT_REGISTERED, details,
                    "there is nothing to add: directories in it are registered, and it has no files of its own");
        return false;
    }
    details->expected = "a root outside of all others";
    details->cause = add->has_sounds ? DIAG_CAUSE_ROOT_AROUND_SOUNDS : DIAG_CAUSE_ROOT_AROUND;
    details->subject = add->root_display;
    base_report(add->findings, DIAG_ROOT_INVALID, details, "the root contains the root of asset %d",
                (int)details->place.asset_id);
    return false;
}

/* Whether the asset that has the root is registered, and its asset.json is gone. */
static bool lacks_anchor(const struct workspace_addition *add, int32_t asset_id)
{
    if (workspace_registry_find(&add->workspace->registry, asset_id) == NULL) {
        return false; /* an earlier root of the same plan has it */
    }
    const struct workspace_identity identity = workspace_identity_at(add->workspace->assets_fd, add->root);
    add->findings->out_of_memory = add->findings->out_of_memory || identity.problem == ENOMEM;
    return identity.state == WORKSPACE_IDENTITY_NONE;
}

static bool report_registered(struct workspace_addition *add, struct base_details *details)
{
    bool bare = lacks_anchor(add, (int32_t)details->place.asset_id);
    details->cause = bare ? DIAG_CAUSE_REGISTERED_BARE : DIAG_CAUSE_REGISTERED;
    details->subject = add->root_display;
    details->severity = BASE_WARNING;
    base_report(add->findings, DIAG_ROOT_REGISTERED, details, "there is nothing to add: the directory is registered%s",
                bare ? ", and its asset.json is not there" : "");
    return false;
}

bool workspace_add_check_root(struct workspace_addition *add)
{
    int32_t other = 0;
    enum workspace_root_relation relation = workspace_roots_find(&add->taken->roots, add->root, &other);
    struct base_details details = {.place = {.file = add->root_display, .has_asset_id = other != 0, .asset_id = other}};
    switch (relation) {
    case WORKSPACE_ROOT_SAME:
        if (add->each != NULL) {
            details.place.file = add->each->typed;
            details.cause = DIAG_CAUSE_ROOT_GONE;
            base_report(add->findings, DIAG_ROOT_INVALID, &details,
                        "the directory that the file would be moved into is the root of asset %d, and is not there",
                        (int)other);
            return false;
        }
        return report_registered(add, &details);
    case WORKSPACE_ROOT_AROUND:
        return report_around(add, &details);
    case WORKSPACE_ROOT_INSIDE:
        details.expected = "a root outside of all others";
        details.cause = DIAG_CAUSE_ROOT_NESTED;
        base_report(add->findings, DIAG_ROOT_INVALID, &details, "the root lies inside the root of asset %d",
                    (int)other);
        return false;
    case WORKSPACE_ROOT_FREE:
        break;
    }
    return true;
}

/* What else is wrong with the declaration is not asked here. */
static void report_undeclared(struct workspace_addition *add, const struct workspace_record *record)
{
    struct workspace workspace = *add->workspace;
    struct workspace_declaration declaration;
    struct base_findings ignored;
    base_findings_init(&ignored);
    workspace.entries = BASE_NAMES_EMPTY;
    bool loaded = workspace_load_record(add->workspace, record, &declaration, &ignored);
    if (loaded && workspace_list_root(add->workspace, add->ignore, record->root, &workspace.entries)) {
        workspace_report_undeclared_by(&workspace, record, &declaration, add->findings);
    } else if (loaded) {
        ignored.out_of_memory = true;
    }
    add->findings->out_of_memory = add->findings->out_of_memory || ignored.out_of_memory;
    workspace_declaration_free(&declaration);
    base_names_free(&workspace.entries);
    base_findings_free(&ignored);
}

void workspace_add_report_undeclared(struct workspace_addition *add)
{
    int32_t id = 0;
    if (workspace_roots_find(&add->taken->roots, add->root, &id) == WORKSPACE_ROOT_SAME) {
        const struct workspace_record *record = workspace_registry_find(&add->workspace->registry, id);
        if (record != NULL) { /* else an earlier root of the same plan has it */
            report_undeclared(add, record);
        }
    }
}

static bool find_anchor(struct workspace_addition *add)
{
    struct stat status;
    add->made = fstatat(add->root_fd, WORKSPACE_ANCHOR_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0;
    if (!add->made || errno == ENOENT) {
        return true;
    }
    const struct base_place place = {.file = add->anchor_display};
    workspace_report_read_problem(add->findings, &place, errno, DIAG_ANCHOR_MISSING, "there is no asset.json");
    return false;
}

/* A root that takes no asset.json is said now: later, the whole transaction would fail. */
static bool check_rights(struct workspace_addition *add)
{
    if (add->text.size == 0 || faccessat(add->root_fd, ".", W_OK | X_OK, AT_EACCESS) == 0) {
        return true;
    }
    const struct base_place place = {.file = add->anchor_display};
    base_report_write_failure(add->findings, &place, "write the file", errno);
    return false;
}

/* The root of a file that is moved is not there yet: there is no asset.json. */
static bool find_each(struct workspace_addition *add)
{
    add->made = true;
    return workspace_each_find_root(add) && workspace_add_check_root(add) && workspace_add_infer(add) &&
           check_rights(add);
}

bool workspace_add_root(struct workspace_addition *add)
{
    if (add->each != NULL) {
        return find_each(add);
    }
    if (add->options->update) {
        return workspace_add_find_root(add) && workspace_add_update(add) && check_rights(add);
    }
    if (!workspace_add_find_root(add) || !workspace_add_check_left_out(add) || !workspace_add_check_root(add) ||
        !find_anchor(add)) {
        return false;
    }
    if (!add->made && !workspace_add_check_anchor_left_out(add)) {
        return false;
    }
    bool known = add->made ? workspace_add_infer(add) : workspace_add_adopt(add);
    return known && check_rights(add);
}
