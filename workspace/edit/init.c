/* prpack init: docs/contracts/workspace.md, 5. */
#include "base/directory.h"
#include "base/file.h"
#include "workspace/document/problem.h"
#include "workspace/edit/edit.h"
#include "workspace/edit/git_files.h"
#include "workspace/edit/registry_step.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/search.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether entries can be made in what is at a path. ENOENT: nothing is there. */
static int check_directory(int root_fd, const char *path)
{
    struct stat status;
    if (fstatat(root_fd, path, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    if (S_ISLNK(status.st_mode) && fstatat(root_fd, path, &status, 0) != 0) {
        return errno == ENOENT ? EEXIST : errno;
    }
    if (!S_ISDIR(status.st_mode)) {
        return ENOTDIR;
    }
    return faccessat(root_fd, path, W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

/* Looks at the first of a directory and those above it that is there. path is cut. */
static int check_place(int root_fd, char *path)
{
    int problem = check_directory(root_fd, path);
    while (problem == ENOENT) {
        char *slash = strrchr(path, '/');
        if (slash == NULL) {
            return check_directory(root_fd, ".");
        }
        slash[slash == path ? 1 : 0] = '\0';
        problem = check_directory(root_fd, path);
    }
    return problem;
}

/* Returns EEXIST when there is something at index.json. `prometeu` is the path of its directory, and is cut. */
static int check_missing(int root_fd, const char *index, char *prometeu)
{
    struct stat status;
    /* A link in its place could lead out of assets/, where no registry is read. */
    if (fstatat(root_fd, prometeu, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode)) {
        return ENOTDIR;
    }
    if (fstatat(root_fd, index, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        return EEXIST;
    }
    return errno == ENOENT ? check_place(root_fd, prometeu) : errno;
}

/* ---- A workspace around it ---- */

/* The path of what the search has found, as the user would type it; from "/" on unless it begins where prpack runs.
 * NULL when memory ran out. */
static char *name_found(int begin_fd, const struct workspace_place *place, const struct base_text *project)
{
    bool begins_here = place->project[0] == '\0' || strcmp(place->project, ".") == 0;
    bool plain = begins_here && begin_fd == BASE_CURRENT_DIRECTORY;
    const char *path = project->size > 0 ? base_text_string(project) : ".";
    char *real = plain ? NULL : base_directory_resolve(begin_fd, path);
    return real != NULL ? real : strdup(path);
}

static void report_around(const char *project, struct base_findings *findings)
{
    char *index = workspace_assets_path(project, "assets", WORKSPACE_REGISTRY_PATH);
    const struct base_details details = {
        .place.file = index,
        .expected = "a directory outside of every workspace",
        .cause = DIAG_CAUSE_WORKSPACE_AROUND,
        .subject = project,
    };
    findings->out_of_memory = findings->out_of_memory || index == NULL || project == NULL;
    base_report(findings, DIAG_WORKSPACE_EXISTS, &details, "the directory for the new workspace lies in this one");
    free(index);
}

/* False, with the reason in findings, when the project directory lies in a workspace that commands would find from it.
 */
static bool check_around(int begin_fd, const struct workspace_place *place, struct base_findings *findings)
{
    struct base_text project = BASE_TEXT_EMPTY;
    bool fine =
        place->assets != NULL || workspace_search(begin_fd, place->project, true, &project) != WORKSPACE_SEARCH_FOUND;
    if (!fine) {
        char *name = name_found(begin_fd, place, &project);
        report_around(name, findings);
        free(name);
    }
    if (base_text_out_of_memory(&project)) {
        base_report_out_of_memory(findings, NULL);
        fine = false;
    }
    base_text_free(&project);
    return fine;
}

/* ---- The plan ---- */

/* Whether a registry is in the place of index.json; a link that no other command reads one through is not a registry,
 * and is reported. */
static bool is_registry_there(int root_fd, const struct workspace_place *where, const char *index,
                              struct base_findings *findings)
{
    const struct base_place place = {.file = index};
    struct base_file file;
    int fd;
    int problem = workspace_place_open_assets_alone(where, root_fd, &fd);
    if (problem == 0) {
        problem = base_file_open_below(&file, fd, WORKSPACE_REGISTRY_PATH);
        base_file_close(&file);
        (void)close(fd);
    }
    if (problem == ENOENT) {
        workspace_place_report_dangling(index, findings);
    } else if (problem == BASE_FILE_OUTSIDE_ROOT) {
        workspace_report_read_problem(findings, &place, problem, DIAG_WORKSPACE_MISSING, "there is no registry");
    }
    return problem != ENOENT && problem != BASE_FILE_OUTSIDE_ROOT;
}

static bool plan(int root_fd, const struct workspace_place *where, const char *assets, const char *index,
                 char *prometeu, bool git, struct workspace_plan *plan, struct base_findings *findings)
{
    const struct workspace_registry empty = {.next_asset_id = 1};
    const struct base_place place = {.file = index};
    struct stat status;
    int problem = check_missing(root_fd, index, prometeu);
    if (problem == 0) {
        return workspace_plan_git_files(root_fd, assets, git, plan, findings) &&
               workspace_plan_registry(plan, &empty, "there is no registry", assets, findings);
    }
    bool there = problem == EEXIST && fstatat(root_fd, index, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (!there) {
        base_report_write_failure(findings, &place, "make the workspace", problem);
        return false;
    }
    if (!is_registry_there(root_fd, where, index, findings)) {
        return false;
    }
    if (!git) {
        base_report(findings, DIAG_WORKSPACE_EXISTS, &(struct base_details){.place = place},
                    "there is a registry already");
        return false;
    }
    plan->registry_stays = true;
    return workspace_plan_git_files(root_fd, assets, git, plan, findings);
}

/* Opens assets/ and closes it again. Returns 0, an errno value or a base_file_problem. */
static int try_assets(int begin_fd, const struct workspace_place *place)
{
    int fd;
    int problem = workspace_place_open_assets_alone(place, begin_fd, &fd);
    if (fd >= 0) {
        (void)close(fd);
    }
    return problem;
}

bool workspace_plan_init(struct base_task *task, const struct workspace_place *place, bool git,
                         struct workspace_plan *result, struct base_findings *findings)
{
    int begin_fd = base_task_directory(task);
    char *assets = workspace_place_assets(place);
    char *index = assets != NULL ? workspace_assets_path(assets, WORKSPACE_REGISTRY_PATH, NULL) : NULL;
    char *prometeu = assets != NULL ? workspace_assets_path(assets, WORKSPACE_REGISTRY_DIRECTORY, NULL) : NULL;
    *result = WORKSPACE_PLAN_EMPTY;
    bool fine = false;
    if (index == NULL || prometeu == NULL) {
        base_report_out_of_memory(findings, NULL);
    } else if (!workspace_place_report_links(place, try_assets(begin_fd, place), findings)) {
        fine = plan(begin_fd, place, assets, index, prometeu, git, result, findings) &&
               (result->registry_stays || check_around(begin_fd, place, findings));
    }
    if (!fine) {
        workspace_plan_drop(result);
    }
    free(prometeu);
    free(index);
    free(assets);
    return fine;
}
