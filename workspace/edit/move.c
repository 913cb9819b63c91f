#include "workspace/edit/move.h"

#include "base/ascii.h"
#include "base/report.h"
#include "workspace/document/problem.h"
#include "workspace/edit/addition.h"
#include "workspace/edit/name_case.h"
#include "workspace/edit/registry_step.h"
#include "workspace/edit/way.h"
#include "workspace/model/fields.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/typed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One plan. */
struct moving {
    const struct workspace *workspace;
    const struct workspace_record *record;
    const char *typed;
    char *root; /* that it gets; owned until it is handed over */
    struct workspace_plan *plan;
    struct base_findings *findings;
};

static bool report_memory(const struct moving *moving)
{
    base_report_out_of_memory(moving->findings, NULL);
    return false;
}

/* Says why the new root cannot be one. `other`: the asset in whose way it is; 0: none. */
static bool refuse(const struct moving *moving, const char *fault, int32_t other)
{
    const struct base_details details = {
        .place = {.file = moving->typed,
                  .request_field = WORKSPACE_FIELD_MOVE_ROOT,
                  .has_asset_id = other != 0,
                  .asset_id = other},
        .expected = "a path below assets/ at which nothing is",
    };
    base_report(moving->findings, DIAG_ROOT_INVALID, &details, "the new root %s", fault);
    return false;
}

/* ---- The new root ---- */

/* Whether a path begins at the directory of the task: it is absolute, or has the component "." or "..". */
static bool is_from_here(const char *plain)
{
    bool from_here = plain[0] == '/';
    for (const char *at = plain; !from_here && at != NULL; at = strchr(at, '/')) {
        at += *at == '/' ? 1 : 0;
        size_t length = strcspn(at, "/");
        from_here = (length == 1 && at[0] == '.') || (length == 2 && at[0] == '.' && at[1] == '.');
    }
    return from_here;
}

/* What follows the directory `above` in a path, "" when the path is that directory, or the path. */
static const char *below(const char *path, const char *above)
{
    size_t length = strlen(above);
    if (length == 0 || !workspace_path_within(path, above)) {
        return path;
    }
    return path + length + (path[length] == '/' ? 1 : 0);
}

/* The path relative to assets/ of what is typed; NULL: it is not below assets/, or memory ran out. */
static char *root_of(const struct workspace *workspace, const char *typed, bool *outside)
{
    size_t length = strlen(typed);
    while (length > 1 && typed[length - 1] == '/') {
        length--;
    }
    char *plain = strndup(typed, length);
    char *root = NULL;
    *outside = false;
    if (plain != NULL && is_from_here(plain)) {
        root = workspace_typed_root(workspace, plain);
        *outside = root == NULL;
    } else if (plain != NULL) {
        const char *rest = below(plain, workspace->assets_path);
        root = strdup(rest != plain ? rest : below(plain, "assets"));
    }
    free(plain);
    return root;
}

static bool read_root(struct moving *moving)
{
    bool outside;
    moving->root = root_of(moving->workspace, moving->typed, &outside);
    if (outside) {
        return refuse(moving, "lies outside of assets/", 0);
    }
    if (moving->root == NULL) {
        return report_memory(moving);
    }
    if (moving->root[0] == '\0' && moving->typed[0] != '\0') {
        return refuse(moving, "is assets/ itself", 0);
    }
    const char *fault = workspace_root_fault(moving->root);
    if (fault == NULL && !workspace_is_utf8(moving->root)) {
        fault = "is not UTF-8, so that the registry cannot name it";
    }
    return fault == NULL ? true : refuse(moving, fault, 0);
}

/* Roots do not lie in each other. */
static bool check_others(const struct moving *moving)
{
    const struct workspace_registry *registry = &moving->workspace->registry;
    for (size_t i = 0; i < registry->count; i++) {
        const struct workspace_record *other = &registry->records[i];
        bool inside = workspace_path_within(moving->root, other->root);
        if (other == moving->record) {
            if (inside) {
                return refuse(moving, "lies in the old one", 0);
            }
        } else if (inside || workspace_path_within(other->root, moving->root)) {
            return refuse(moving,
                          inside ? "is or lies in the root of another asset" : "contains the root of another asset",
                          other->asset_id);
        }
    }
    return true;
}

/* Some file systems take such directories for one. */
static void look_at_case(const struct moving *moving)
{
    const struct workspace_registry *registry = &moving->workspace->registry;
    for (size_t i = 0; i < registry->count; i++) {
        const struct workspace_record *other = &registry->records[i];
        if (other != moving->record && base_ascii_compare(moving->root, other->root) == 0) {
            char *path = workspace_assets_path(moving->workspace->assets_path, moving->root, NULL);
            workspace_warn_of_root(path, moving->root, other->asset_id, moving->findings);
            free(path);
            return;
        }
    }
}

/* ---- What is on the way ---- */

static bool report_write(const struct moving *moving, const char *path, int problem)
{
    char *display = workspace_assets_path(moving->workspace->assets_path, path, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(moving->findings, &place, "move the directory", problem);
    moving->findings->out_of_memory = moving->findings->out_of_memory || display == NULL;
    free(display);
    return false;
}

/* Says that the old root is not there, as a build would. */
static bool report_gone(const struct moving *moving, int problem)
{
    struct workspace_declaration unused;
    uint64_t before = base_findings_errors(moving->findings);
    (void)workspace_load_record(moving->workspace, moving->record, &unused, moving->findings);
    workspace_declaration_free(&unused);
    return workspace_nothing_wrong_since(moving->findings, before) ? report_write(moving, moving->record->root, problem)
                                                                   : false;
}

static bool check_old(const struct moving *moving, dev_t *device)
{
    const char *root = moving->record->root;
    int assets_fd = moving->workspace->assets_fd;
    size_t present;
    int problem = workspace_way_look(assets_fd, root, &present);
    if (problem == ELOOP) {
        char *display = workspace_assets_path(moving->workspace->assets_path, root, NULL);
        base_report(moving->findings, DIAG_ROOT_INVALID, &(struct base_details){.place.file = display},
                    "the root is a link, or a link is on the way to it; no link is moved or followed");
        moving->findings->out_of_memory = moving->findings->out_of_memory || display == NULL;
        free(display);
        return false;
    }
    if (problem != 0) {
        return report_gone(moving, problem);
    }
    struct stat status;
    if (fstatat(assets_fd, root, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(status.st_mode)) {
        return report_gone(moving, ENOTDIR);
    }
    dev_t own;
    problem = workspace_way_check(assets_fd, root, workspace_way_above(root), device);
    if (problem == 0) {
        problem = workspace_way_check(assets_fd, root, strlen(root), &own); /* its entry ".." is written */
    }
    return problem == 0 || report_write(moving, root, problem);
}

static bool check_new(const struct moving *moving, dev_t *device)
{
    size_t present;
    int problem = workspace_way_look(moving->workspace->assets_fd, moving->root, &present);
    if (problem == ELOOP && moving->root[present + 1 + strcspn(moving->root + present + 1, "/")] != '\0') {
        return refuse(moving, "has a link on its way", 0);
    }
    if (problem == 0 || problem == ELOOP) {
        return refuse(moving, "is there already", 0);
    }
    if (problem == ENOTDIR) {
        return refuse(moving, "has something on its way that is not a directory", 0);
    }
    if (problem == ENAMETOOLONG) {
        return refuse(moving, "has a name that is too long", 0);
    }
    if (problem == ENOENT) {
        problem = workspace_way_check(moving->workspace->assets_fd, moving->root, present, device);
    }
    return problem == 0 || report_write(moving, moving->root, problem);
}

static bool check_ways(const struct moving *moving)
{
    dev_t from = 0;
    dev_t to = 0;
    if (!check_old(moving, &from) || !check_new(moving, &to)) {
        return false;
    }
    return from == to || report_write(moving, moving->record->root, EXDEV);
}

/* ---- The plan ---- */

static bool add_step(const struct moving *moving)
{
    struct workspace_step *step = workspace_plan_next_step(moving->plan);
    if (step == NULL) {
        return report_memory(moving);
    }
    *step = (struct workspace_step){
        .action = WORKSPACE_ACTION_MOVE,
        .target = strdup(moving->root),
        .source = strdup(moving->record->root),
        .moves_directory = true,
        .asset_id = moving->record->asset_id,
        .reason = "it is the directory of the asset",
    };
    moving->plan->step_count++;
    return step->target != NULL && step->source != NULL ? true : report_memory(moving);
}

static bool plan_registry(const struct moving *moving)
{
    struct workspace_registry changed = moving->workspace->registry;
    changed.records = calloc(changed.count, sizeof *changed.records);
    if (changed.records == NULL) {
        return report_memory(moving);
    }
    for (size_t i = 0; i < changed.count; i++) {
        changed.records[i] = moving->workspace->registry.records[i];
        if (&moving->workspace->registry.records[i] == moving->record) {
            changed.records[i].root = moving->root;
        }
    }
    bool fine = workspace_plan_registry(moving->plan, &changed, "it names the new root", moving->workspace->assets_path,
                                        moving->findings);
    free(changed.records); /* their strings are those of the workspace */
    return fine;
}

static bool plan_all(struct moving *moving)
{
    if (!read_root(moving)) {
        return false;
    }
    if (strcmp(moving->root, moving->record->root) == 0) {
        return true;
    }
    bool fine = check_others(moving) && check_ways(moving) &&
                workspace_check_registry_rights(moving->workspace, moving->findings) && add_step(moving) &&
                plan_registry(moving);
    if (fine) {
        look_at_case(moving);
    }
    return fine;
}

bool workspace_plan_move(const struct workspace *workspace, const struct workspace_record *record, const char *typed,
                         struct workspace_plan *plan, char **root, struct base_findings *findings)
{
    struct moving moving = {
        .workspace = workspace, .record = record, .typed = typed, .plan = plan, .findings = findings};
    *plan = WORKSPACE_PLAN_EMPTY;
    bool fine = plan_all(&moving);
    if (!fine) {
        workspace_plan_drop(plan);
        free(moving.root);
        moving.root = NULL;
    }
    *root = moving.root;
    return fine;
}
