#include "workspace/edit/root.h"

#include "base/directory.h"
#include "base/path.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What became of a candidate, from worst to best: the best one is reported. The last two end the search. */
enum outcome { MISSING, UNREADABLE, OUTSIDE, ITSELF, NO_DIRECTORY, FOUND, NO_MEMORY };

struct search {
    int root_fd;        /* where relative paths begin */
    const char *assets; /* the real path of assets/ */
    char *root;         /* when FOUND */
    enum outcome outcome;
    int problem; /* when UNREADABLE or NO_MEMORY */
};

static enum outcome check_candidate(struct search *search, const char *path, int *problem)
{
    char *real = base_directory_resolve(search->root_fd, path);
    if (real == NULL) {
        *problem = errno;
        if (errno == ENOMEM) {
            return NO_MEMORY;
        }
        return errno == ENOENT || errno == ENOTDIR ? MISSING : UNREADABLE;
    }
    struct stat status;
    enum outcome outcome = FOUND;
    size_t length = strlen(search->assets);
    if (!workspace_path_within(real, search->assets)) {
        outcome = OUTSIDE;
    } else if (real[length] == '\0') {
        outcome = ITSELF;
    } else if (stat(real, &status) != 0) {
        *problem = errno;
        outcome = UNREADABLE;
    } else if (!S_ISDIR(status.st_mode)) {
        outcome = NO_DIRECTORY;
    } else {
        search->root = strdup(real + length + 1);
        if (search->root == NULL) {
            *problem = ENOMEM;
            outcome = NO_MEMORY;
        }
    }
    free(real);
    return outcome;
}

static void try_path(struct search *search, const char *path)
{
    int problem = 0;
    enum outcome outcome = check_candidate(search, path, &problem);
    if (outcome > search->outcome) {
        search->outcome = outcome;
        search->problem = problem;
    }
}

static void try_path_below(struct search *search, const char *above, const char *path)
{
    if (search->outcome >= FOUND) {
        return;
    }
    char *joined = base_path_join(above, path);
    if (joined == NULL) {
        search->outcome = NO_MEMORY;
        search->problem = ENOMEM;
    } else {
        try_path(search, joined);
    }
    free(joined);
}

static void report(struct workspace_addition *add, const struct search *search)
{
    const struct base_place place = {.file = add->typed};
    static const char *const texts[] = {
        [MISSING] = "there is no such directory below assets/",
        [OUTSIDE] = "the directory lies outside of assets/",
        [ITSELF] = "assets/ itself is not an asset root: name a directory in it",
        [NO_DIRECTORY] = "an asset root is a directory: name that, not a file in it",
    };
    if (search->outcome == NO_MEMORY ||
        (search->outcome == UNREADABLE && search->problem != ELOOP && search->problem != ENAMETOOLONG)) {
        workspace_report_read_problem(add->findings, &place, search->problem, DIAG_ROOT_INVALID, texts[MISSING]);
    } else {
        const char *text = search->outcome == UNREADABLE ? "the path cannot be resolved" : texts[search->outcome];
        base_report(add->findings, DIAG_ROOT_INVALID,
                    &(struct base_details){.place = place, .expected = "a directory below assets/"}, "%s", text);
    }
}

static void try_everywhere(struct workspace_addition *add, struct search *search)
{
    try_path(search, add->typed);
    if (add->typed[0] != '/') {
        try_path_below(search, add->workspace->project, add->typed);
        try_path_below(search, search->assets, add->typed);
    }
}

static bool find(struct workspace_addition *add)
{
    struct search search = {
        .root_fd = base_task_directory(add->workspace->task), .assets = add->assets, .outcome = MISSING};
    if (add->typed[0] != '\0') {
        try_everywhere(add, &search);
    }
    if (search.outcome != FOUND) {
        report(add, &search);
    }
    add->root = search.root;
    return add->root != NULL;
}

bool workspace_add_find_root(struct workspace_addition *add)
{
    if (!find(add)) {
        return false;
    }
    const struct base_place place = {.file = add->typed};
    const char *fault = workspace_root_fault(add->root);
    if (fault == NULL && !workspace_is_utf8(add->root)) {
        fault = "is not UTF-8, so that the registry cannot name it";
    }
    if (fault != NULL) {
        base_report(add->findings, DIAG_ROOT_INVALID, &(struct base_details){.place = place}, "the root %s", fault);
        return false;
    }
    add->root_display = workspace_assets_path(add->workspace->assets_path, add->root, NULL);
    add->anchor_display = workspace_assets_path(add->workspace->assets_path, add->root, WORKSPACE_ANCHOR_NAME);
    if (add->root_display == NULL || add->anchor_display == NULL) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    int problem = base_directory_open_below(&add->root_fd, add->workspace->assets_fd, add->root);
    if (problem != 0) {
        workspace_report_read_problem(add->findings, &place, problem, DIAG_ROOT_INVALID, "there is no such directory");
    }
    return problem == 0;
}
