#include "workspace/edit/root.h"

#include "base/beside.h"
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
    bool takes_itself;  /* assets/ itself is FOUND, as "" */
    char *real;         /* relative to it, when FOUND or NO_DIRECTORY; owned */
    enum outcome outcome;
    int problem; /* when UNREADABLE or NO_MEMORY */
};

/* *relative, which the caller frees, is the real path below assets/ of what is there; else NULL. */
static enum outcome check_candidate(const struct search *search, const char *path, char **relative, int *problem)
{
    *relative = NULL;
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
    } else if (real[length] == '\0' && !search->takes_itself) {
        outcome = ITSELF;
    } else if (stat(real, &status) != 0) {
        *problem = errno;
        outcome = UNREADABLE;
    } else {
        outcome = S_ISDIR(status.st_mode) ? FOUND : NO_DIRECTORY;
        *relative = strdup(real[length] != '\0' ? real + length + 1 : "");
        if (*relative == NULL) {
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
    char *relative;
    enum outcome outcome = check_candidate(search, path, &relative, &problem);
    if (outcome > search->outcome) {
        search->outcome = outcome;
        search->problem = problem;
        free(search->real);
        search->real = relative;
    } else {
        free(relative);
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

/* Whether a path can only be meant from one directory: it is absolute, or begins with "." or "..". */
static bool is_explicit(const char *typed)
{
    size_t dots = strspn(typed, ".");
    return typed[0] == '/' || ((dots == 1 || dots == 2) && (typed[dots] == '/' || typed[dots] == '\0'));
}

/* ---- What to do about it ---- */

/* A directory whose name is similar to that of the missing one, as the user would type it; or NULL. */
static char *find_similar(struct workspace_addition *add, const struct search *search)
{
    const char *places[] = {NULL, add->workspace->project, search->assets};
    char *found = NULL;
    size_t count = add->typed[0] == '/' ? 1 : sizeof places / sizeof places[0];
    if (!base_findings_keeps(add->findings, DIAG_ROOT_INVALID)) {
        return NULL;
    }
    for (size_t i = 0; found == NULL && i < count && add->typed[0] != '\0'; i++) {
        char *path = places[i] != NULL ? base_path_join(places[i], add->typed) : strdup(add->typed);
        char *near = path != NULL ? base_beside_path(search->root_fd, path, &add->findings->out_of_memory) : NULL;
        char *real = near != NULL ? base_directory_resolve(search->root_fd, near) : NULL;
        size_t length = strlen(search->assets);
        struct stat status;
        bool fits = real != NULL && workspace_path_within(real, search->assets) && real[length] == '/' &&
                    workspace_root_fault(real + length + 1) == NULL && stat(real, &status) == 0 &&
                    S_ISDIR(status.st_mode);
        if (fits) {
            found = workspace_assets_path(add->workspace->assets_path, real + length + 1, NULL);
        }
        bool lost = path == NULL || (near != NULL && real == NULL && errno == ENOMEM) || (fits && found == NULL);
        add->findings->out_of_memory = add->findings->out_of_memory || lost;
        free(real);
        free(near);
        free(path);
    }
    return found;
}

/* The last component of what was typed, without the '/' at its end; "NAME" where there is none. */
static char *last_name(const char *typed)
{
    size_t length = strlen(typed);
    while (length > 0 && typed[length - 1] == '/') {
        length--;
    }
    size_t begin = length;
    while (begin > 0 && typed[begin - 1] != '/') {
        begin--;
    }
    bool none = length == begin || typed[begin] == '.';
    return none ? strdup("NAME") : strndup(typed + begin, length - begin);
}

/* The cause of an outcome; *subject, which the caller frees, is what its remedy speaks of, or NULL. */
static enum diag_cause find_cause(struct workspace_addition *add, const struct search *search, char **subject)
{
    *subject = NULL;
    switch (search->outcome) {
    case MISSING:
        *subject = find_similar(add, search);
        return *subject != NULL ? DIAG_CAUSE_ROOT_MISSPELT : DIAG_CAUSE_ROOT_MISSING;
    case OUTSIDE:
        *subject = last_name(add->typed);
        add->findings->out_of_memory = add->findings->out_of_memory || *subject == NULL;
        return DIAG_CAUSE_ROOT_OUTSIDE;
    case ITSELF:
        return DIAG_CAUSE_ROOT_ITSELF;
    case NO_DIRECTORY:
    case UNREADABLE:
    case FOUND:
    case NO_MEMORY:
        break;
    }
    return DIAG_CAUSE_NONE;
}

static void report(struct workspace_addition *add, const struct search *search)
{
    const struct base_place place = {.file = add->typed};
    static const char *const texts[] = {
        [MISSING] = "there is no such directory below assets/",
        [OUTSIDE] = "the directory lies outside of assets/",
        [ITSELF] = "this is assets/ itself",
    };
    if (search->outcome == NO_MEMORY ||
        (search->outcome == UNREADABLE && search->problem != ELOOP && search->problem != ENAMETOOLONG)) {
        workspace_report_read_problem(add->findings, &place, search->problem, DIAG_ROOT_INVALID, texts[MISSING]);
    } else {
        const char *text = search->outcome == UNREADABLE ? "the path cannot be resolved" : texts[search->outcome];
        char *subject = NULL;
        struct base_details details = {.place = place, .expected = "a directory below assets/"};
        details.cause = find_cause(add, search, &subject);
        details.subject = subject;
        base_report(add->findings, DIAG_ROOT_INVALID, &details, "%s", text);
        free(subject);
    }
}

static void try_everywhere(struct workspace_addition *add, struct search *search)
{
    try_path(search, add->typed);
    if (!is_explicit(add->typed)) {
        try_path_below(search, add->workspace->project, add->typed);
        try_path_below(search, search->assets, add->typed);
    }
}

static bool find(struct workspace_addition *add, bool takes_itself)
{
    struct search search = {
        .root_fd = base_task_directory(add->workspace->task),
        .assets = add->assets,
        .takes_itself = takes_itself,
        .outcome = MISSING,
    };
    if (add->typed[0] != '\0') {
        try_everywhere(add, &search);
    }
    if (search.outcome == FOUND) {
        add->root = search.real;
        return true;
    }
    if (search.outcome == NO_DIRECTORY) {
        add->no_root = search.real;
        return false;
    }
    report(add, &search);
    free(search.real);
    return false;
}

/* ---- What is no root ---- */

/* A path relative to assets/, without links. */
static bool is_registry(const struct workspace_addition *add, const char *path)
{
    return strcmp(path, WORKSPACE_REGISTRY_DIRECTORY) == 0 || strcmp(path, add->registry) == 0;
}

/* Why the root that was found cannot be one, or NULL. */
static const char *fault_of(const struct workspace_addition *add)
{
    const char *fault = add->root[0] != '\0' ? workspace_root_fault(add->root) : NULL;
    if (fault == NULL && workspace_path_within(add->root, add->registry)) {
        fault = workspace_root_fault(WORKSPACE_REGISTRY_DIRECTORY);
    }
    if (fault == NULL && !workspace_is_utf8(add->root)) {
        fault = "is not UTF-8, so that the registry cannot name it";
    }
    return fault;
}

/* The length of the directory that a path relative to assets/ lies in; 0: assets/ itself. */
static size_t level_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) : 0;
}

bool workspace_levels_add(struct base_index *levels, const char *path)
{
    return base_index_add(levels, base_bytes_make(path, level_of(path)), 0);
}

bool workspace_levels_have(const struct base_index *levels, const char *path)
{
    int64_t number;
    return base_index_find(levels, base_bytes_make(path, level_of(path)), &number);
}

void workspace_add_report_no_root(struct workspace_addition *add, bool passed_over)
{
    struct base_details details = {.place.file = add->typed, .expected = "a directory below assets/"};
    bool registry = is_registry(add, add->no_root);
    size_t level = level_of(add->no_root);
    char *directory = level > 0 ? strndup(add->no_root, level) : NULL;
    char *display = directory != NULL ? workspace_assets_path(add->workspace->assets_path, directory, NULL) : NULL;
    if (level > 0 && display == NULL) {
        base_report_out_of_memory(add->findings, NULL);
    }
    if (passed_over) {
        details.severity = BASE_WARNING;
        details.expected = NULL;
        details.cause = registry ? DIAG_CAUSE_NONE : DIAG_CAUSE_ROOT_FILE_BESIDE;
        details.remedy = registry ? "Nothing to do." : NULL;
    } else if (!registry) {
        details.cause = level > 0 ? DIAG_CAUSE_ROOT_FILE : DIAG_CAUSE_ROOT_FILE_LOOSE;
        details.subject = display;
    }
    base_report(add->findings, DIAG_ROOT_INVALID, &details, "%s%s",
                registry ? "the root lies in .prometeu, where the registry lives" : "this is a file",
                passed_over ? "; it is passed over" : "");
    free(display);
    free(directory);
}

/* ---- What is found ---- */

/* Opens the root, which may be "": assets/ itself. */
static bool open_root(struct workspace_addition *add)
{
    const struct base_place place = {.file = add->typed};
    add->root_display =
        workspace_assets_path(add->workspace->assets_path, add->root[0] != '\0' ? add->root : NULL, NULL);
    if (add->root_display == NULL) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    int problem = add->root[0] == '\0' ? base_directory_reopen(&add->root_fd, add->workspace->assets_fd)
                                       : base_directory_open_below(&add->root_fd, add->workspace->assets_fd, add->root);
    if (problem != 0) {
        workspace_report_read_problem(add->findings, &place, problem, DIAG_ROOT_INVALID, "there is no such directory");
    }
    return problem == 0;
}

static bool find_directory(struct workspace_addition *add, bool takes_itself)
{
    if (!find(add, takes_itself)) {
        return false;
    }
    if (is_registry(add, add->root)) {
        add->no_root = add->root;
        add->root = NULL;
        return false;
    }
    const char *fault = fault_of(add);
    if (fault != NULL) {
        base_report(add->findings, DIAG_ROOT_INVALID, &(struct base_details){.place.file = add->typed}, "the root %s",
                    fault);
        return false;
    }
    return open_root(add);
}

bool workspace_add_find_directory(struct workspace_addition *add)
{
    return find_directory(add, true);
}

bool workspace_add_find_root(struct workspace_addition *add)
{
    if (!find_directory(add, false)) {
        return false;
    }
    add->anchor_display = workspace_assets_path(add->workspace->assets_path, add->root, WORKSPACE_ANCHOR_NAME);
    if (add->anchor_display == NULL) {
        base_report_out_of_memory(add->findings, NULL);
    }
    return add->anchor_display != NULL;
}
